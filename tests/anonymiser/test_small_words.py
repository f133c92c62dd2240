"""A word that is like a known name is left and asked about; a name in small letters is hidden."""

import pytest

from forthright.anonymiser import record, small_words
from forthright.anonymiser.gate import left_in
from forthright.anonymiser.known import Known, KnownPerson, KnownWords
from forthright.anonymiser.letters import anonymise
from forthright.anonymiser.spans import Kind

KNOWN = Known(
    people=(
        KnownPerson("the victim", "Marian", "Parkes"),
        KnownPerson("the defendant", "Robert", "Baker"),
        KnownPerson("the witness", "Margaret", "Singh"),
        KnownPerson("the neighbour", "Grace", "Thatcher"),
    ),
    words=(
        KnownWords(Kind.PLACE, "Reading"),
        KnownWords(Kind.PLACE, "Bath"),
        KnownWords(Kind.PLACE, "Sandwich"),
        KnownWords(Kind.PLACE, "Deal"),
    ),
)
NAMES = [
    ("Then baker hit me.", "baker"),
    ("Then mr baker hit me.", "baker"),
    ("I know that baker hit me.", "baker"),
    ("I was hit by baker.", "baker"),
    ("The man baker hit me.", "baker"),
    ("The baker family hit me.", "baker"),
    ("Then the baker boys hit me.", "baker"),
    ("We asked robert bakers about it.", "bakers"),
    ("Then bakers told me.", "bakers"),
    ("We asked mr sings about it.", "sings"),
    ("Then margaret sings said so.", "sings"),
    ("I saw that bakker was there.", "bakker"),
    ("He told singh so.", "singh"),
    ("A baker saw it.", "baker"),
    ("She lives in reading.", "reading"),
    ("He lives in bath with her.", "bath"),
    ("It was in the bath road.", "bath"),
    ("From: J Doe, reading", "reading"),
    ("he rang. he said so. then he met a baker.", "baker"),
    ("he rang. he said so. she was reading then.", "reading"),
    ("Yours\nbaker\n", "baker"),
]
WORDS = [
    ("He is a baker by trade.", "baker"),
    ("He was the only baker in the village.", "baker"),
    ("He is an apprentice baker.", "baker"),
    ("He works for the bakers.", "bakers"),
    ("She often sings in a choir.", "sings"),
    ("He moored at the marina.", "marina"),
    ("A man and a thatcher came.", "thatcher"),
    ("She was reading a book.", "reading"),
    ("Thank you for reading it.", "reading"),
    ("He lay in the bath.", "bath"),
    ("He ate a sandwich then.", "sandwich"),
    ("We had to deal with it.", "deal"),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_a_known_name_in_small_letters_is_hidden(text, name):
    start = text.rindex(name)

    assert any(each.start <= start < each.end for each in record.known_in(text, KNOWN))
    assert left_in([("the letter", text)], KNOWN)


@pytest.mark.parametrize(("text", "word"), WORDS)
def test_a_word_of_the_sentence_is_asked_about(text, word):
    seen = list(record.seen_in(text, KNOWN))

    assert word in {text[each.start : each.end] for each in seen}
    assert list(record.known_in(text, KNOWN)) == []
    assert left_in([("the letter", text)], KNOWN) == []


def test_nobody_of_the_case_comes_into_a_letter_by_a_word():
    said = "He is a baker and sings in a choir."

    done = anonymise(f"Dear reader\n\n{said}\n\nYours sincerely", KNOWN)

    assert "[the defendant]" not in done.text
    assert "sings in a choir" in done.text
    looked_at = [done.given[each.start : each.end] for each in done.looked_at]
    assert "sings" in looked_at
    assert "baker" not in done.text or "baker" in looked_at


def test_without_a_dictionary_only_listed_words_are_left(monkeypatch):
    monkeypatch.setattr(small_words, "dictionary", lambda: None)
    small_words._is_english.cache_clear()
    try:
        assert list(record.known_in("He is a baker by trade.", KNOWN)) == []
        assert list(record.known_in("She often sings in a choir.", KNOWN))
    finally:
        small_words._is_english.cache_clear()
