"""Whom the record does not know is told apart: by names, and not by “Mr”, “The” or “Hospital”."""

import re

import pytest

from forthright.anonymiser.known import Known
from forthright.anonymiser.letters import anonymise
from forthright.anonymiser.replacing import replaced
from forthright.anonymiser.spans import Found, Kind, Layer


def letters(*said, kind=Kind.PERSON, before=""):
    """Return the letters that places have, each in a sentence of its own."""
    text = "".join(f"{before}{each} x.\n" for each in said)
    found, at = [], 0
    for each in said:
        start = text.index(each, at)
        at = start + len(each)
        found.append(Found(start, at, kind, Layer.TITLE))
    changed, _ = replaced(text, found, None)
    return "".join(re.findall(r" ([A-Z]\d*)\]", changed))


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("Mr Osgood", "Mr Tennant", "Osgood", "Mr Osgood"), "ABAA"),
        (("Dr Shah", "Dr Lowe"), "AB"),
        (("Miss Carey", "Miss Dunlop", "Carey"), "ABA"),
        (("MR OSGOOD", "MR TENNANT"), "AB"),
        (("PC 2231 Bird", "PC 4417 Lowe", "Bird"), "ABA"),
        (("Mr. Osgood", "Mr. Tennant"), "AB"),
        (("John Barker", "John Fielding", "Barker", "Fielding", "Mr Barker"), "ABABA"),
        (("Mr Barker", "John Barker", "Ann Barker"), "AAB"),
        (("John Barker", "John", "Barker"), "AAA"),
        # “John” may be either, and is nobody else the second time.
        (("John Barker", "John Fielding", "John", "John"), "ABCC"),
        (("Mr Khan", "Mrs Khan", "Mr Khan"), "ABA"),
        (("Ms Khan", "Mrs Khan"), "AA"),
        (("Mr and Mrs Khan", "Mrs Khan", "Mr Khan"), "ABC"),
        (("John Paul Barker", "John Barker"), "AA"),
        (("Robert Khan", "Bob Khan", "Sara Khan", "Bob"), "AABA"),
        (("Ann West", "Ann", "Mr West", "West"), "AAAA"),
        (("Osei’s", "Oséi"), "AA"),
        (("Lord", "Lady"), "AB"),
        (("王", "李", "王"), "ABA"),
    ],
)
def test_people_are_told_apart_by_their_names(said, told):
    assert letters(*said) == told


def test_a_title_that_stays_before_a_name_tells_two_apart():
    text = "Mr Khan and Mrs Khan"
    found = [
        Found(at.start(), at.end(), Kind.PERSON, Layer.TITLE) for at in re.finditer("Khan", text)
    ]

    assert replaced(text, found, None)[0] == "Mr [person A] and Mrs [person B]"


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("The Swan", "The Railway", "the Swan", "Swan Inn"), "ABAA"),
        (("Best Cabs", "Best Tyres"), "AB"),
        (("Leeds Hospital", "York Hospital"), "AB"),
        (("Leeds Hospital", "Leeds School"), "AB"),
        (("St Mary’s School", "St John’s School", "St Mary’s"), "ABA"),
        (("Tesco Express", "Tesco", "Tesco Express"), "AAA"),
        (("The Club", "The Club"), "AA"),
    ],
)
def test_firms_are_told_apart_by_what_they_are_called(said, told):
    assert letters(*said, kind=Kind.ORGANISATION) == told


@pytest.mark.parametrize(
    ("said", "told"),
    [
        (("St Albans", "St Helens"), "AB"),
        (("York", "New York"), "AB"),
        (("Newcastle upon Tyne", "Newcastle"), "AA"),
        (("Stoke on Trent", "Burton on Trent"), "AB"),
    ],
)
def test_places_are_told_apart_by_their_names(said, told):
    assert letters(*said, kind=Kind.PLACE) == told


@pytest.mark.parametrize("known", [None, Known()])
def test_a_letter_does_not_contradict_itself(known):
    text = (
        "Dear Ms Osei\n\nMr Osgood, your neighbour, saw the attack. Mr Tennant told the police that"
        " no attack happened. Dr Shah treated your hand. Dr Lowe said that the wound was old.\n"
    )

    told = re.findall(r"\[person (\w+)\]", anonymise(text, known).text)

    assert told == ["A", "B", "C", "D", "E"]
