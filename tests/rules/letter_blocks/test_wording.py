"""Wordings are read line by line, and what is wrong in one is refused with its place."""

import pytest

from forthright.rules.letter_blocks.composed import ParagraphKind
from forthright.rules.letter_blocks.wording import WordingRefused, read_wording

KNOWN = ("accused_names", "offence", "letter_date")


def read(text):
    return read_wording(text, known=KNOWN, place="blocks.toml, block “news”")


def test_lines_become_paragraphs_of_their_kind():
    lines = read("## Why\n\nWe stopped it.\n- One\n2. Two")

    assert [line.kind for line in lines] == [
        ParagraphKind.HEADING, ParagraphKind.TEXT, ParagraphKind.BULLET, ParagraphKind.NUMBERED,
    ]  # fmt: skip
    assert lines[0].pieces[0].text == "Why"


def test_fields_and_bold_words_are_told_apart():
    (line,) = read("Ask on or before **{{ letter_date }}**, please.")

    assert [(p.text, p.is_field, p.is_bold) for p in line.pieces] == [
        ("Ask on or before ", False, False),
        ("letter_date", True, True),
        (", please.", False, False),
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        pytest.param("We stopped it.\nAgainst {{ accused_name }}.",
                     "line 2, column 9: there is no field “accused_name”. "
                     "Did you mean “accused_names”?", id="a field misspelt"),
        pytest.param("{{ zzz }}", "column 1: there is no field “zzz”. Nothing", id="no such field"),
        pytest.param("{{ Insert name }}", "cannot be the name of a field", id="a blank"),
        pytest.param("Dear {{ offence", "opened with “{{” and not closed", id="not closed"),
        pytest.param("Dear offence }}", "column 14: “}}” closes a field", id="not opened"),
        pytest.param("By **Friday", "not ended with **", id="bold not ended"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_with_its_place(text, words):
    with pytest.raises(WordingRefused) as refusal:
        read(text)

    assert "blocks.toml, block “news”" in str(refusal.value)
    assert words in str(refusal.value)


def test_everything_that_is_wrong_is_said_at_once():
    with pytest.raises(WordingRefused) as refusal:
        read("{{ zzz }} and {{ accused_name }}\nBy **Friday\nDear offence }}\nOn {{ offence")

    places = [each.partition("”, ")[2].partition(":")[0] for each in refusal.value.problems]
    assert places == ["line 1, column 1", "line 1, column 15", "line 2", "line 3, column 14",
                      "line 4, column 4"]  # fmt: skip
