"""Words and patterns are found as whole words, whatever makes the looking quick."""

import re

import pytest

from forthright.rules.letter_checks.phrases import pattern, phrase

TEXT = "you saw your bayou, and you-know-who told you’d you: per se, semper se, u and ur, youth"


@pytest.mark.parametrize(
    "written",
    [
        r"\byou\b",
        r"\byour? \w+",
        r"\byou(?:r)?\b",
        r"\byou saw\b|\btold you\b",
        r"\band (?:you|ur)\b",
    ],
)
def test_a_pattern_finds_what_python_finds(written):
    found = [each.span() for each in pattern(written).found_in(TEXT)]

    assert found == [each.span() for each in re.finditer(written, TEXT)] != []


@pytest.mark.parametrize(
    ("words", "places"),
    [("per se", ["per se"]), ("u", ["u"]), ("you*", ["you", "your", "you-know-who", "you", "you",
                                                     "youth"])],
)  # fmt: skip
def test_a_phrase_is_found_as_whole_words(words, places):
    found = [each.group() for each in phrase(words).found_in(TEXT)]

    assert found == places
