"""Somebody whose given name is known is found by the short forms of it, and words stay words."""

import pytest

from forthright.anonymiser.gate import left_in
from forthright.anonymiser.known import Known, KnownPerson
from forthright.anonymiser.letters import anonymise
from forthright.anonymiser.short_names import short_forms

KNOWN = Known(
    (
        KnownPerson("the victim", "Elizabeth Rose", "Hope-Marsh"),
        KnownPerson("the defendant", "Robert", "Baker"),
        KnownPerson("the witness", "Margaret", "Singh"),
        KnownPerson("the child", "Joshua", "Green"),
        KnownPerson("the neighbour", "William", "Okafor"),
        KnownPerson("the adviser", "Mary", "Marks"),
        KnownPerson("the friend", "Liz", "Adeyemi"),
        KnownPerson("the teacher", "Alexandra", "Bell"),
        KnownPerson("the cousin", "Patricia", "Drew"),
    )
)
FOUND = [
    ("We spoke to Liz.", "Liz"),
    ("We spoke to Beth about it.", "Beth"),
    ("lizzie told us so.", "lizzie"),
    ("Bob told us so.", "Bob"),
    ("bob told us so.", "bob"),
    ("Rob was there.", "Rob"),
    ("Dear Bobby", "Bobby"),
    ("We asked Maggie.", "Maggie"),
    ("We asked Peggy’s mother.", "Peggy"),
    ("Josh was there.", "Josh"),
    ("we asked josh green", "josh"),
    ("we asked rob Baker", "rob"),
    ("It was tagged #justice4josh.", "#justice4josh"),
    ("It was tagged #BobBaker.", "#BobBaker"),
    ("He said that Will hit him.", "Will"),
    ("Will told us so.", "Will"),
    ("It was said by Pat and others.", "Pat"),
    ("We asked Sandy.", "Sandy"),
    ("We asked Elizabeth.", "Elizabeth"),
]
STAYS = [
    "Will you write to us? You will, and may, mark the sandy dot and pat the jack.",
    "May we ring you? May is near. He drew it to rob him of art.",
    "A ray of light, a bill and a bob.",
]


@pytest.mark.parametrize(("text", "name"), FOUND, ids=[text for text, _ in FOUND])
def test_a_short_form_of_a_known_name_is_stopped_and_hidden(text, name):
    start, end = text.index(name), text.index(name) + len(name)

    left = left_in([("the letter", text)], KNOWN)

    assert any(each.found.start < end and each.found.end > start for each in left)
    letter = f"Dear reader\n\nI write about the case. {text}\n\nYours sincerely"
    assert left_in([("the letter", anonymise(letter, KNOWN).text)], KNOWN) == []


@pytest.mark.parametrize("text", STAYS)
def test_a_word_that_is_a_short_form_stays_a_word(text):
    assert left_in([("the letter", text)], KNOWN) == []


def test_a_short_form_that_is_known_finds_the_whole_name():
    assert {"joshua"} <= short_forms("Josh")
    assert {"liz", "beth", "rosie"} <= short_forms("Elizabeth-Rose")
    assert short_forms("Xanthippe") == frozenset()
