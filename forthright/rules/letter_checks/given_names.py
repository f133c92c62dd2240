"""Where a letter holds what reads as somebody's whole name, whoever that may be."""

import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from forthright.rules.letter_checks.name_words import ALWAYS_CAPITAL, PLACES, SAINTS, TITLES
from forthright.rules.letter_checks.sentences import GO_ON, words_of
from forthright.rules.letter_checks.spelling import (
    common_words,
    is_small_word,
)
from forthright.rules.letter_checks.subject import Subject
from forthright.rules.letter_checks.text import LetterText, Span, key_of

BESIDE = re.compile(r"[ \u00a0]+|[ \u00a0]*\n[ \u00a0]*(?!\n)|\.[ \u00a0]")
# Ends of places' names that are surnames besides, and given names that places often bear.
SURNAMES_TOO = words_of("green hill church park bridge")
OF_PLACES = words_of("victoria albert alexandra george charlotte mary elizabeth kelvin lee stanley")
BEFORE_A_THING = words_of("a an the this that your our their his her its my each every any")
# "I’m Helen" begins with no name.
SAYS = re.compile(r"(?:i|you|we|they|he|she|it|that|there|here|who|what)'(?:m|re|ve|ll|d|s)$")
PARTICLES = words_of("van von de der den da la le ap ab bin al el")
MOST_NAMES = 4
SHORTEST = 2


@cache
def given_names() -> frozenset[str]:
    """Return common given names in small letters."""
    text = files("forthright.rules").joinpath("data/given_names.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


def capital_runs(subject: Subject) -> tuple[tuple[Span, ...], ...]:
    """Return the words that stand together with a capital each, "Ana de Souza" among them."""
    letter = subject.letter
    words, runs, told = letter.words, list[tuple[Span, ...]](), -1
    for number in sorted(each for numbers in letter.capitals.values() for each in numbers):
        if number <= told:
            continue
        last = number
        while (following := _next_of_name(letter, last)) is not None:
            last = following
        told = last
        runs.append(tuple(words[number : last + 1]))
    return tuple(runs)


def _next_of_name(letter: LetterText, number: int) -> int | None:
    """Return the number of the next capital of a name, behind a "de" or "van" where one stands."""
    for following in range(number + 1, min(number + 4, len(letter.words))):
        before, here = letter.words[following - 1 : following + 1]
        between = letter.text[before.end : here.start]
        is_dotted = len(before.text) == 1 or key_of(before.text) in TITLES
        is_beside = BESIDE.fullmatch(between) and ("." not in between or is_dotted)
        if not is_beside or before.text.endswith(("’s", "'s", "’", "'")):
            return None
        if here.text[0].isupper():
            return following
        if here.text not in PARTICLES:
            return None
    return None


def whole_names(subject: Subject) -> tuple[tuple[Span, ...], ...]:
    """Return the words of each given name and surname that stand together, "St Peter Port" not."""
    return tuple(_whole_names(subject.letter))


def _whole_names(letter: LetterText) -> Iterator[tuple[Span, ...]]:
    told = -1
    for number in sorted(each for numbers in letter.capitals.values() for each in numbers):
        run = _run(letter, number) if number > told else ()
        if len(run) > 1:
            told = letter.words.index(run[-1], number)
            if _is_name(letter, number, run):
                yield run


def _run(letter: LetterText, first: int) -> tuple[Span, ...]:
    """Return a word that may be a given name, and the words that may be the rest of the name."""
    words = [letter.words[first]]
    if not _is_given(letter, first):
        return tuple(words)
    number = first
    while len(words) < MOST_NAMES and (following := _next_of_name(letter, number)) is not None:
        number = following
        if key_of(letter.words[number].text) in GO_ON:
            break
        words.append(letter.words[number])
    return tuple(words)


def _is_given(letter: LetterText, number: int) -> bool:
    """Say whether a word is a given name: a common one, or a word of no language we know."""
    word = letter.words[number]
    key = key_of(word.text)
    if not word.text[0].isupper() or len(key) < SHORTEST:
        return False
    before = key_of(letter.words[number - 1].text) if number else ""
    if key in TITLES or before in SAINTS or SAYS.match(key):
        return False
    if key in given_names():
        return True
    # "A Vauxhall Corsa" is a thing; nobody is called "the" or "his" anything.
    return before not in BEFORE_A_THING and not is_small_word(word.text)


def _is_name(letter: LetterText, number: int, run: tuple[Span, ...]) -> bool:
    last = key_of(run[-1].text)
    given = key_of(run[0].text)
    is_place = last in PLACES and (last not in SURNAMES_TOO or given in OF_PLACES)
    is_thing = len(last) < SHORTEST or is_place or last in ALWAYS_CAPITAL
    is_listed = given in given_names()
    if is_thing or (last in common_words() and not is_listed):
        return False
    return is_listed or not is_small_word(run[-1].text)
