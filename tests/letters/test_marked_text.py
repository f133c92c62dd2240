"""A letter as it is edited, and read back without losing what it knew."""

import json
from importlib.resources import files

import pytest
from hypothesis import given as given_that
from hypothesis import settings
from hypothesis import strategies as st

from forthright.letters.marked_text import marked_text, places_in, read_marked_text
from forthright.rules.case_file import CaseFile
from forthright.rules.letter_blocks.assemble import assemble
from forthright.rules.letter_blocks.block import published_wordings
from forthright.rules.letter_blocks.composed import (
    Composed,
    Origin,
    Paragraph,
    ParagraphKind,
    Run,
)

K = ParagraphKind


def a_letter():
    text = files("forthright.rules").joinpath("data/example_case.json").read_text("utf-8")
    held = published_wordings()
    return assemble(
        held.templates["discontinued"], held.blocks, CaseFile.model_validate(json.loads(text))
    )


LETTER = a_letter()


def words_by_origin(letter):
    runs = [run for each in letter.paragraphs for run in each.runs]
    return [(run.origin, run.block, word) for run in runs for word in run.text.split()]


def test_a_letter_that_nobody_changed_is_read_back_as_it_was():
    again = read_marked_text(marked_text(LETTER), before=LETTER)

    assert again.plain() == LETTER.plain()
    assert [each.kind for each in again.paragraphs] == [each.kind for each in LETTER.paragraphs]
    assert words_by_origin(again) == words_by_origin(LETTER)


@pytest.mark.parametrize(
    ("old", "new", "kind"),
    [
        pytest.param("Dear Ms Osei", "Dear Miss Osei", K.SALUTATION, id="another greeting"),
        pytest.param("4 Quarry Close", "5 Quarry Close", K.ADDRESS, id="another house"),
        pytest.param("Priya Nair\nVictim", "Ann Lee\nVictim", K.SIGN_OFF, id="another signatory"),
        pytest.param("# Support for you", "# Help for you", K.HEADING, id="another heading"),
        pytest.param("# Support for you", "Support for you", K.TEXT, id="no heading any more"),
        pytest.param("- The two", "- Two", K.BULLET, id="another point"),
    ],
)
def test_a_changed_line_stays_what_it_is(old, new, kind):
    again = read_marked_text(marked_text(LETTER).replace(old, new), before=LETTER)

    words = new.lstrip("#- ").partition("\n")[0]
    changed = next(each for each in again.paragraphs if each.text.startswith(words))
    assert changed.kind is kind


def test_only_the_words_that_were_written_are_the_writers():
    text = marked_text(LETTER).replace("It will not go to trial.", "It will never go to trial.")

    again = read_marked_text(text, before=LETTER)

    written = [run for each in again.paragraphs for run in each.runs if run.origin is Origin.WRITER]
    assert [run.text for run in written] == [" never"]


def test_bold_words_are_kept_and_lone_stars_are_words():
    before = Composed(paragraphs=())

    again = read_marked_text("Dear Ann\n\nPlease **ring us** by 3 ** 4", before=before)

    runs = again.paragraphs[1].runs
    assert [(run.text, run.is_bold) for run in runs] == [
        ("Please ", False), ("ring us", True), (" by 3 ** 4", False),
    ]  # fmt: skip


def test_a_place_in_the_letter_is_found_in_the_text_that_is_edited():
    text = marked_text(LETTER)
    plain = LETTER.plain()
    places = places_in(text, LETTER)

    for words in ("Dean Hollis", "Support for you", "The two witnesses", "Priya Nair"):
        start = places.of(plain.index(words))
        assert text[start : start + len(words)] == words


LINES = st.lists(
    st.text(alphabet="abc *#-1.\nÅ🙂’", max_size=30), min_size=1, max_size=8
).map("\n\n".join)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given_that(LINES)
def test_whatever_is_typed_reads_back_as_the_same_letter(text):
    first = read_marked_text(text, before=LETTER)

    places_in(text, first)
    again = read_marked_text(marked_text(first), before=first)

    assert again.plain() == first.plain()


def test_an_empty_letter_has_no_paragraphs():
    assert read_marked_text(" \n\n", before=LETTER) == Composed(paragraphs=())
    assert marked_text(Composed(paragraphs=())) == ""
    one = Composed(paragraphs=(Paragraph(runs=(Run(text="x"),)),))
    assert places_in("x", one).of(0) == 0
