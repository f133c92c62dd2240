"""Laws stay in a letter, and a run of capitals without one is not searched for them."""

import time

import pytest

from forthright.anonymiser.keeping import kept_places


def kept_of(text):
    kept = kept_places(text)
    return "".join(letter for letter, stays in zip(text, kept, strict=True) if stays)


@pytest.mark.parametrize(
    "law",
    [
        "Police and Criminal Evidence Act 1984",
        "Offences Against the Person Act 1861",
        "Police, Crime, Sentencing and Courts Act 2022",
        "Criminal Justice (Terrorism and Conspiracy) Act 1998",
        "Protection from Harassment Act 1997",
        "Representation of the People Act 1983",
    ],
)
def test_a_law_stays(law):
    assert kept_of(f"Under the {law} he was held.") == law


@pytest.mark.parametrize(
    "text",
    [
        "When Quill went to see Bramble about the Bail Act 1976 he left.",
        "I told Quill of the Bail Act 1976.",
        "(Quill was told of the Bail Act 1976.)",
    ],
)
def test_what_the_sentence_says_before_a_law_does_not_stay(text):
    assert kept_of(text) == "Bail Act 1976"


def test_a_long_run_of_capitals_costs_no_time():
    began = time.process_time()

    assert not any(kept_places("Aa " * 13_000))
    assert time.process_time() - began < 5


def test_a_word_within_what_stays_stays_beside_a_name():
    assert kept_of("- Mercia Rape Crisis helps.") == "Rape Crisis"
