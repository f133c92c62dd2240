"""A house that is named by its number alone is hidden, and asked about where it may be none."""

import pytest

from forthright.anonymiser.gate import left_in
from forthright.anonymiser.house_numbers import asked_about, house_numbers_in
from forthright.anonymiser.known import Known
from forthright.anonymiser.letters import anonymise

HIDDEN = [
    ("The people at no 12 rang.", "no 12"),
    ("Rang 999 from number 14 and left.", "number 14"),
    ("An au pair at number 7 saw it.", "number 7"),
    ("He lives at no. 14.", "no. 14"),
    ("the family in No 9b moved", "No 9b"),
    ("outside Number 3, where", "Number 3"),
]
ASKED = [
    ("Number 12 rang us.", "Number 12"),
    ("He went to number 7 and knocked.", "number 7"),
    ("We heard it in no 4.", "no 4"),
    ("In the parade he stood at number 3.", "number 3"),
]
STAYS = [
    "Look at number 3 of your points.",
    "He is at number 4 on the list.",
    "In number 2 of the letter we say so.",
    "There was no 12 month order.",
    "from no 12 people",
    "It is at no 10% rate.",
    "Count number 2 was left.",
    "Rang us on number 101.",
]


def words(found, text):
    return [text[each.start : each.end] for each in found]


@pytest.mark.parametrize(("text", "number"), HIDDEN, ids=[text for text, _ in HIDDEN])
def test_the_number_of_a_house_is_hidden_and_stopped_by_the_gate(text, number):
    assert words(house_numbers_in(text), text) == [number]
    assert [each.words for each in left_in([("the letter", text)], Known())] == [number]


@pytest.mark.parametrize(("text", "number"), ASKED, ids=[text for text, _ in ASKED])
def test_what_may_be_a_house_is_asked_about(text, number):
    assert words(house_numbers_in(text), text) == []
    assert words(asked_about(text), text) == [number]


@pytest.mark.parametrize("text", STAYS)
def test_a_number_of_a_list_stays(text):
    assert words([*house_numbers_in(text), *asked_about(text)], text) == []


def test_a_letter_says_an_address_instead():
    letter = "Dear you\n\nThe people at no 12 rang. He went in no 4.\n\nYours sincerely\n"

    done = anonymise(letter)

    assert "The people at [address] rang." in done.text
    assert "no 4" not in done.text or "no 4" in words(done.looked_at, done.given)
