"""A name that the end of a page takes apart is found, whatever heads and feet stand between."""

from io import BytesIO

import pytest
from weasyprint import HTML

from forthright.anonymiser.gate import left_in
from forthright.anonymiser.known import Known, KnownPerson, KnownWords
from forthright.anonymiser.letters import anonymise
from forthright.anonymiser.spans import Kind
from forthright.letter_files.everything import parts_of_file
from forthright.letter_files.pdf_page_ends import OVER, over_page_ends
from forthright.letter_files.reading import words_as_given

KNOWN = Known(
    (KnownPerson("the victim", "Siobhan", "Khan"),),
    (KnownWords(Kind.PLACE, "The Fox and Hounds"), KnownWords(Kind.PHONE, "07700 900123")),
)
MARGINS = """
    @page { @top-center { content: "OFFICIAL" }
            @bottom-center { content: "Page " counter(page) " of " counter(pages) } }
    @page :first { @top-center { content: "For you alone" } }
"""


def pages(first, second, looks=""):
    return HTML(
        string=f"<style>{looks}</style><p>Dear reader</p><p>{first}</p>"
        f"<p style='break-before: page'>{second}</p>"
    ).write_pdf()


@pytest.mark.parametrize("looks", ["", MARGINS], ids=["bare", "with heads and feet"])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("We spoke of Siob-", "han there."),
        ("We spoke of Siob\u2010", "han there."),
        ("We met at The Fox", "and Hounds that day."),
        ("You can ring 07700", "900123 of an evening."),
        ("We asked Mr", "Kahn about it."),
    ],
)
def test_what_the_end_of_a_page_takes_apart_is_left(first, second, looks):
    parts = parts_of_file(pages(first, second, looks), "letter.pdf")

    left = left_in([(each.where, each.words) for each in parts], KNOWN)

    assert f"{OVER} 1" in {each.where for each in left}


@pytest.mark.parametrize("looks", ["", MARGINS], ids=["bare", "with heads and feet"])
@pytest.mark.parametrize(
    ("first", "second", "role"),
    [
        ("We spoke of Siob-", "han there.", "[the victim]"),
        ("We spoke of Siob\u2010", "han there.", "[the victim]"),
        ("We met at The Fox", "and Hounds that day.", "[place"),
        ("You can ring 07700", "900123 of an evening.", "[telephone number]"),
        ("We asked Mr", "Kahn about it.", "[person"),
    ],
)
def test_what_the_end_of_a_page_takes_apart_is_hidden(first, second, role, looks):
    words = words_as_given(BytesIO(pages(first, second, looks)), "letter.pdf")

    made = anonymise(words.text, KNOWN, words.page_ends)

    parts = {first.split()[-1], second.split()[0]}
    assert not parts & set(made.text.split())
    assert role in made.text
    assert (looks == "") or "Page 1 of 2" in made.text
    spans = made.as_table()["spans"]
    said = " ".join(words.text[each["start"] : each["end"]] for each in spans)
    assert parts <= set(said.split())


def test_pages_that_say_nothing_over_their_end_stay_as_they_are():
    words = words_as_given(BytesIO(pages("We spoke of it.", "He has gone.", MARGINS)), "letter.pdf")

    assert anonymise(words.text, KNOWN, words.page_ends).text == words.text


def test_pages_that_say_nothing_over_their_end_are_let_through():
    parts = parts_of_file(pages("We spoke of it.", "He has gone.", MARGINS), "letter.pdf")

    assert left_in([(each.where, each.words) for each in parts], KNOWN) == []


def test_an_empty_page_parts_no_words():
    held = [each.words for each in over_page_ends(["Dear Siob-", "", "han"])]

    assert held == ["Dear Siob-\nhan"]


def test_a_foot_of_one_page_alone_hides_no_word_that_goes_on():
    ends = over_page_ends(["Dear Siob-\nPlease turn over", "Draft\nhan was there"])

    assert "Dear Siob-\nhan was there" in next(ends).words.split("\n\n")


def test_what_a_page_has_is_not_told_again_over_its_end():
    parts = parts_of_file(pages("We asked Khan.", "Siobhan Khan was there."), "letter.pdf")

    left = left_in([(each.where, each.words) for each in parts], KNOWN)

    assert [each.where for each in left] == ["page 1", "page 2", "page 2"]


def test_what_is_over_the_end_is_told_once():
    parts = [(f"{OVER} 1", "Dear Siob-\nhan was\n\nWe asked Siob-\nhan was")]

    assert [each.words for each in left_in(parts, KNOWN)] == ["Siob-han"]
