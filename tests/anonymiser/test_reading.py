"""A letter is read as people see it, and each place is told in the letter as it was given."""

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forthright.anonymiser.known import known_of
from forthright.anonymiser.letters import anonymise, read_plainly
from forthright.anonymiser.reading import read_composed
from forthright.rules.letter_checks.examples import example_case

LETTER = "Dear Ms Osei\n\nWe told {} on 2 April 2026.\n\nHollis denied it to Zoë Khan.\n\nYours"
KNOWN = known_of(example_case())
WRITTEN = [
    "José Hollis", "Hol\u200blis", "Hol-\nlis", "Hol\u00ad- \n  lis", "Ame\u0301lie Hollis",
    "\ufeffHollis", "Priya\u2010Nair", "Bo\u0323\u0301la\u0301 Hollis", "ਜਸਲੀਨ ਕੌਰ Hollis",
    "한예슬 Hollis",
]  # fmt: skip
STRANGE = st.text(
    st.sampled_from(
        "aeé\u0301\u0323o -\n\r\u200b\u00ad\u2010\u0a4c\u0915\u093c\u0958\u212b"
        "가\u1100\u1161\u11a8\u09c7\u09be"
    )
)


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"], ids=["Unix", "Windows", "an old Mac"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("name", WRITTEN)
def test_what_stands_at_each_place_is_what_was_replaced(name, form, ends):
    letter = unicodedata.normalize(form, LETTER.format(name)).replace("\n", ends)

    done = anonymise(letter, KNOWN)
    told = done.as_table()

    assert len(told["spans"]) >= 4
    for said, each in zip(told["spans"], done.spans, strict=True):
        replaced = done.given[each.found.start : each.found.end]
        assert read_plainly(letter[said["start"] : said["end"]]) == replaced
    for said, found in zip(told["look_at"], done.looked_at, strict=True):
        looked_at = done.given[found.start : found.end]
        assert read_plainly(letter[said["start"] : said["end"]]) == looked_at


def test_a_place_of_several_characters_is_taken_whole():
    letter = "We told Ame\u0301\u200blie\u0301."
    start = len("We told ")

    read = read_composed(letter)

    assert read.text == "We told Amélié."
    assert read.place(start, len(read.text) - 1) == (start, len(letter) - 1)
    assert read.place(start + 2, start + 3) == (start + 2, start + 4)


@given(STRANGE)
def test_every_text_is_read_as_it_is_composed_whole(text):
    read = read_composed(text)
    seen = re.sub("[\u200b\u00ad]", "", re.sub("\r\n?", "\n", text))
    composed = unicodedata.normalize("NFC", seen).replace("\u2010", "-")

    # Nothing else is joined over the ends of lines than what a hyphen parts.
    if "-" not in composed:
        assert read.text == composed
    places = [read.place(at, at + 1) for at in range(len(read.text))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)
