"""A firm that is known is found as letters write it, and ordinary words are no firm."""

import pytest

from forthright.anonymiser.gate import left_in
from forthright.anonymiser.known import Known, KnownWords
from forthright.anonymiser.letters import anonymise
from forthright.anonymiser.spans import Kind

WRITTEN = [
    ("Tandem Law LLP", "Tandem Law LLP"),
    ("Tandem Law LLP", "Tandem Law"),
    ("Tandem Law LLP", "TANDEM LAW"),
    ("Smith & Co LLP", "Smith & Co LLP"),
    ("Smith & Co LLP", "Smith and Co"),
    ("Osei & Marsh", "Osei and Marsh"),
    ("Osei and Marsh", "Osei & Marsh"),
    ("Baker, Okafor & Co Ltd", "Baker & Okafor"),
    ("Baker and Okafor Solicitors Limited", "Baker and Okafor"),
    ("Okafor Ltd", "Okafor"),
    ("Okafor’s Solicitors", "Okafors Solicitors"),
]
STAYS = [
    ("Criminal Law Solicitors", "We wrote to you about criminal law."),
    ("The Law Partnership", "We wrote to you about the law."),
    ("Worcester Solicitors", "We wrote to the court at Worcester."),
    ("Next Ltd", "We wrote to you next week."),
]


@pytest.mark.parametrize(("firm", "said"), WRITTEN)
def test_a_known_firm_is_stopped_at_and_hidden_as_it_is_written(firm, said):
    known = Known(words=(KnownWords(Kind.ORGANISATION, firm, "the firm"),))
    text = f"Dear reader\n\nWe wrote to {said} about it.\n\nYours sincerely"

    assert said in [each.words for each in left_in([("the letter", text)], known)]
    assert left_in([("the letter", anonymise(text, known).text)], known) == []


@pytest.mark.parametrize(("firm", "text"), STAYS)
def test_words_of_every_letter_are_no_firm(firm, text):
    known = Known(words=(KnownWords(Kind.ORGANISATION, firm),))

    assert left_in([("the letter", text)], known) == []
