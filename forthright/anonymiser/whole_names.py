"""Finds the people of other cases of the same weeks, by their whole names alone.

An office has a hundred such cases. By a lone family name, a given name or the first letters of
them, a word of nearly every letter would be somebody: “We told the court” of a Mrs We. A whole name
is a given name, a short form of one or a first letter with the family name, in either order. One
name of theirs by itself is asked about, where English has no such word and no layer hides it.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from forthright.anonymiser.capital_words import is_ordinary
from forthright.anonymiser.known import KnownPerson
from forthright.anonymiser.plain_words import POSSESSIVE, WORD, as_plain
from forthright.anonymiser.record_people import NOT_INITIALS, name_words, short_words
from forthright.anonymiser.short_names import is_word_too, short_forms
from forthright.anonymiser.spans import ASKED, Found, Kind, Layer
from forthright.anonymiser.titles import TITLE

WHOLE = "the whole name of somebody in another case"
ALONE = "one name of somebody in another case, by itself"
BESIDE = re.compile(r"[ \u00a0]{1,2}|[ \u00a0]*\n[ \u00a0]*|-")
AFTER_INITIAL = re.compile(r"\.?[ \u00a0]{0,2}|\.-")
TURNED = re.compile(r",[ \u00a0]")
TITLED = re.compile(rf"(?<!\w){TITLE}\.?[ \u00a0]$")
TITLE_FITS, TWO = 15, 2


def whole_names_in(text: str, person: KnownPerson) -> Iterator[Found]:
    """Yield each place where somebody of another case is named whole, word by word.

    None has a role: what stands instead is what stands for anybody whom no record knows. A name by
    itself has a score of less than what is masked.
    """
    words, plain = _words(text), _plain(text)
    if plain.isdisjoint(name_words(person)) and plain.isdisjoint(_together(person)):
        return
    told: set[int] = set()
    for number, word in enumerate(words):
        run = _whole_at(text, words, number, person)
        told.update(run)
        if as_plain(word[0]) in _together(person) and not is_ordinary(word[0]):
            told.add(number)
    for number in sorted(told):
        yield _found(words[number], 1.0, WHOLE)
    for number, word in enumerate(words):
        if number not in told and _is_lone_name(word[0], person):
            yield _found(word, ASKED, ALONE)


def _found(word: re.Match[str], score: float, because: str) -> Found:
    end = word.start() + len(POSSESSIVE.sub("", word[0]))
    return Found(word.start(), end, Kind.PERSON, Layer.RECORD, score, because=because)


@lru_cache(maxsize=16)
def _words(text: str) -> tuple[re.Match[str], ...]:
    return tuple(WORD.finditer(text))


@lru_cache(maxsize=16)
def _plain(text: str) -> frozenset[str]:
    return frozenset(as_plain(word[0]) for word in _words(text))


@lru_cache(maxsize=5_000)
def _firsts(person: KnownPerson) -> frozenset[str]:
    """Return what stands before or after a family name: given names, their forms and letters."""
    given = _parts(person.given)
    also = (each for name in person.also if len(_parts(name)) == 1 for each in _parts(name))
    letters = (each[0] for each in given)
    return frozenset((*given, *also, *letters, *short_forms(person.given))) - {""}


@lru_cache(maxsize=5_000)
def _families(person: KnownPerson) -> tuple[tuple[str, ...], ...]:
    """Return the family name whole, and each long part of one of several: “Hale” of “Hale-Osei”."""
    family = _parts(person.family)
    parts = [(each,) for each in family if len(each) > TWO] if len(family) > 1 else []
    return (family, *parts) if family else ()


@lru_cache(maxsize=5_000)
def _aliases(person: KnownPerson) -> tuple[tuple[str, ...], ...]:
    return tuple(each for name in person.also if len(each := _parts(name)) > 1)


@lru_cache(maxsize=5_000)
def _together(person: KnownPerson) -> frozenset[str]:
    """Return a given name and the family name in one word: “EllaHale”."""
    family = "".join(_parts(person.family))
    firsts = [each for each in _firsts(person) if len(each) > 1]
    return frozenset(two for one in firsts if family for two in (one + family, family + one))


@lru_cache(maxsize=5_000)
def _parts(name: str) -> tuple[str, ...]:
    return tuple(as_plain(word) for word in WORD.findall(name.replace("-", " ")))


def _whole_at(text: str, words: Sequence[re.Match[str]], number: int, person: KnownPerson) -> range:
    """Return the numbers of the words of a whole name whose family name begins at a word."""
    for alias in _aliases(person):
        if _stands(text, words, number, alias):
            return range(number, number + len(alias))
    for family in _families(person):
        if not _stands(text, words, number, family):
            continue
        end, first = number + len(family), number
        while first > 0 and _goes_before(text, words, first, person):
            first -= 1
        last = end
        while last < len(words) and _goes_after(text, words, last, person, is_first=last == end):
            last += 1
        run = range(first, last)
        if len(run) > len(family) and not _is_of_words(text, words, run):
            return run
    return range(0)


def _stands(text: str, words: Sequence[re.Match[str]], number: int, name: tuple[str, ...]) -> bool:
    here = words[number : number + len(name)]
    return [as_plain(word[0]) for word in here] == list(name) and all(
        BESIDE.fullmatch(text, one.end(), two.start()) for one, two in pairwise(here)
    )


def _goes_before(
    text: str, words: Sequence[re.Match[str]], number: int, person: KnownPerson
) -> bool:
    """Say whether the word before a part of a name is a first name or letter that belongs to it."""
    word, following = words[number - 1], words[number]
    if as_plain(word[0]) not in _firsts(person) or word[0] != POSSESSIVE.sub("", word[0]):
        return False
    if len(word[0]) > 1:
        return BESIDE.fullmatch(text, word.end(), following.start()) is not None
    beside = AFTER_INITIAL.fullmatch(text, word.end(), following.start())
    leads = following[0][0].isupper() or (beside is not None and "." in beside[0])
    return beside is not None and word[0].isupper() and leads


def _goes_after(
    text: str, words: Sequence[re.Match[str]], number: int, person: KnownPerson, *, is_first: bool
) -> bool:
    """Say whether the word after a family name is a first name or letter: “Hale, Ella”."""
    before, word = words[number - 1], words[number]
    if as_plain(word[0]) not in _firsts(person):
        return False
    is_beside = BESIDE.fullmatch(text, before.end(), word.start()) is not None
    if len(word[0]) == 1 and not word[0].isupper():
        return False
    return is_beside or (
        is_first and TURNED.fullmatch(text, before.end(), word.start()) is not None
    )


def _is_of_words(text: str, words: Sequence[re.Match[str]], run: range) -> bool:
    """Say whether a name is words of its sentence: “will power”, “A court can”, “I will”."""
    said = [words[each][0] for each in run]
    if TITLED.search(text, max(0, words[run[0]].start() - TITLE_FITS), words[run[0]].start()):
        return False
    if all(each.islower() for each in said):
        return all(len(each) == 1 or _is_plain(each) for each in said)
    letters = [each for each in run if len(words[each][0]) == 1]
    is_article = any(
        words[each][0] in "AI" and text[words[each].end() : words[each].end() + 1] != "."
        for each in letters
    )
    rest = [each for each in said if len(each) > 1]
    return is_article and all(_is_plain(each) for each in rest)


def _is_plain(word: str) -> bool:
    return is_ordinary(word) or is_word_too(as_plain(word))


def _is_lone_name(said: str, person: KnownPerson) -> bool:
    """Say whether a word by itself is a name of somebody and no word of English."""
    plain = as_plain(said)
    if plain not in name_words(person) and plain not in short_words(person):
        return False
    if len(plain) <= TWO and not (said.istitle() and plain not in NOT_INITIALS):
        return False
    return not _is_plain(POSSESSIVE.sub("", said))
