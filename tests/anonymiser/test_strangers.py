"""The search of a finished file asks about names that no record has, and about little else."""

import pytest

from benchmarks.anonymiser.letters import FIFTH, SIXTH, measuring_letters
from forthright.anonymiser.gate import left_in, strangers_in
from forthright.anonymiser.known import Known, KnownPerson
from forthright.anonymiser.letters import anonymise

KNOWN = Known((KnownPerson("the victim", "Amira", "Osei"),))
ASKED = [
    ("We wrote to Ms Patel.", "Patel"),
    ("The officer was PC 4412.", "4412"),
    ("The officer was PC 4412 Brownlow.", "4412 Brownlow"),
    ("Your mum, Bernadette, was there.", "Bernadette"),
    ("They met outside Rugeley station.", "Rugeley"),
    ("We heard that Ogunbanjo was there.", "Ogunbanjo"),
    ("Hello Nicky\n\nThe case was stopped.", "Nicky"),
    ("Microsoft Office Word\nPriya Nair", "Priya Nair"),
]
STAYS = [
    "I met [officer A], [the defendant] and [person B] at [place C]; [the victim] is [25 to 39].",
    "Dr [person A] of [organisation B] wrote to the [place A] office.",
    "We asked Ms X, Mr A and PC B.",
    "The Complainant and Officer A met Defendant 1, Witness B and Person 2.",
    "Ms XXXX and [REDACTED] met [Redacted] at Xxxxx.",
    "The Senior Crown Prosecutor and the Crown Court know the Victims’ Code.",
    "Case: R v [the defendant]",
    "Microsoft Office Word\nNormal.dotm\nSkia/PDF m120\nWeasyPrint 70.0",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120 Safari/537",
]


@pytest.mark.parametrize(("text", "name"), ASKED)
def test_a_name_that_no_record_has_is_asked_about(text, name):
    assert [each.words for each in strangers_in([("the letter", text)], KNOWN)] == [name]


@pytest.mark.parametrize("text", STAYS)
def test_what_hides_a_name_a_role_or_a_program_is_not_asked_about(text):
    assert strangers_in([("the letter", text)], KNOWN) == []


def test_what_is_known_is_left_and_not_asked_about():
    parts = [("the letter", "Ms Osei and the Oseis met Mr Nair.")]

    assert [each.words for each in left_in(parts, KNOWN)] == ["Osei", "Oseis"]
    assert [each.words for each in strangers_in(parts, KNOWN)] == ["Mr Nair"]


@pytest.mark.slow  # letters that are anonymised and searched again
@pytest.mark.parametrize("of", [FIFTH, SIXTH])
def test_of_anonymised_letters_hardly_one_is_asked_about(of):
    asked = [
        found.words
        for letter in measuring_letters(42, seed=77, of=of)
        for found in strangers_in([("it", anonymise(letter.text, letter.known).text)], letter.known)
    ]

    # What a dog is trained for, with capitals, names somebody where nobody has a name for it.
    assert set(asked) <= {"Control Dog"}
