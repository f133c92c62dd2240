"""Words quoted from a letter are found as people copy them, and nothing else is."""

import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st

from forthright.rules.quotations import Span, find_quotation, paragraphs_of, pieces_of

LETTER = (
    "Dear Ms Begum,\n\n"
    "I am sorry  to tell you\nthat the case against “Mr Price” has ended.\n\n"
    "I am sorry that this is hard news – please ring me.\n"
)


@pytest.mark.parametrize(
    ("quotation", "found"),
    [
        pytest.param("the case", "the case", id="as it stands"),
        pytest.param("THE CASE", "the case", id="in capitals"),
        pytest.param("sorry to tell you that", "sorry  to tell you\nthat", id="over a line end"),
        pytest.param('against "Mr Price"', "against “Mr Price", id="straight quotation marks"),
        pytest.param("“the case”", "the case", id="with marks around it"),
        pytest.param("news - please", "news – please", id="another dash"),
        pytest.param("the court", None, id="not in the letter"),
        pytest.param("“”", None, id="only marks"),
    ],
)
def test_a_quotation_is_found_as_people_copy_it(quotation, found):
    place = find_quotation(LETTER, quotation)

    assert (LETTER[place[0] : place[1]] if place else None) == found


def test_words_that_stand_twice_are_found_near_where_they_were_taken():
    third = paragraphs_of(LETTER)[2]

    assert find_quotation(LETTER, "I am sorry")[0] < third.start
    assert find_quotation(LETTER, "I am sorry", near=third.start)[0] == third.start
    assert find_quotation(LETTER, "Dear", near=third.start)[0] == 0


def test_paragraphs_are_parted_by_empty_lines_or_else_by_lines():
    assert [each.text[:10] for each in paragraphs_of(LETTER)] == [
        "Dear Ms Be", "I am sorry", "I am sorry",
    ]  # fmt: skip
    assert [each.text for each in paragraphs_of("Dear Sam,\nThe case has ended.\n")] == [
        "Dear Sam,", "The case has ended.",
    ]  # fmt: skip
    assert paragraphs_of(" \n\n ") == ()


def test_evidence_that_overlaps_is_shown_for_both():
    paragraph = paragraphs_of("One two three")[0]

    pieces = pieces_of(paragraph, [Span(0, 7, "A1"), Span(4, 13, "B2")])

    assert [(each.text, each.codes) for each in pieces] == [
        ("One ", ("A1",)), ("two", ("A1", "B2")), (" three", ("B2",)),
    ]  # fmt: skip


@for_any(st.text(max_size=300))
def test_paragraphs_hold_every_word_once(text):
    paragraphs = paragraphs_of(text)

    assert "".join(each.text for each in paragraphs).split() == "".join(
        text[each.start : each.end] for each in paragraphs
    ).split()  # fmt: skip
    assert "".join("".join(each.text for each in paragraphs).split()) == "".join(text.split())


@for_any(st.text(max_size=200), st.data())
def test_whatever_is_cut_from_a_text_is_found_in_it(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    place = find_quotation(text, text[start:end])

    assert place is None or 0 <= place[0] < place[1] <= len(text)
