"""Whom a schedule is headed with, against the people of the case that it was brought for."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz import fuzz

# Spellings this alike, of 100, may be of one name; shorter names are too often others.
ALIKE, LEAST_ALIKE = 85, 5
# Where a heading goes on with something else than names.
NO_NAME = re.compile(
    r"\b(?:disclosure|officer|oic|investigat\w+|date|case|unit|force|operation|op|schedule|mg\s?6\w?"
    r"|sdc|page|form|station|police|court|ref|reference|prepared|version)\b"
)
OTHERS = re.compile(r"\b(?:others?|another|ors?|co-?defendants?)\b")
TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "and", "ltd", "limited", "plc"})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody of the case, by their names."""

    key: int
    family: str
    given: str = ""


class Fit(IntEnum):
    """How well a heading fits somebody: their name, one like it, or none of theirs."""

    NO = 0
    NEAR = 1
    YES = 2


@dataclass(frozen=True, slots=True)
class Named:
    """Who of a case a heading names, and whether it says that there are others."""

    fit: Fit
    people: tuple[int, ...] = ()
    has_others: bool = False


def who_is_named(heading: str, people: Iterable[Person]) -> Named:
    """Return who of a case is named in what follows "R v" at the head of a schedule.

    Order, capitals, accents, hyphens, titles and initials make no difference. A name that is
    spelt nearly so, or another given name before the family name, is near and needs a look.
    """
    said = _folded(heading)
    has_others = OTHERS.search(said) is not None
    names = NO_NAME.split(OTHERS.sub(" ", said))[0]
    words = [word for word in names.split() if word not in TITLES]
    fits = [(_fit(words, person), person.key) for person in people]
    best = max((fit for fit, _ in fits), default=Fit.NO)
    if best is Fit.NO:
        return Named(Fit.NO, (), has_others)
    return Named(best, tuple(key for fit, key in fits if fit is best), has_others)


def _fit(words: Sequence[str], person: Person) -> Fit:
    family = [word for word in _folded(person.family).split() if word not in TITLES]
    if not family or not words:
        return Fit.NO
    if not _holds(words, family):
        is_like = any(
            len(theirs) >= LEAST_ALIKE and fuzz.ratio(theirs, word) >= ALIKE
            for theirs in family
            for word in words
        )
        is_part = any(len(theirs) >= LEAST_ALIKE and theirs in words for theirs in family)
        return Fit.NEAR if is_like or is_part else Fit.NO
    given = _folded(person.given).split()
    before = [word for word in words if word not in family]
    # Of several names, some are other people's.
    is_theirs = any(word in given or word in {each[0] for each in given} for word in before)
    return Fit.YES if not before or not given or is_theirs else Fit.NEAR


def _holds(words: Sequence[str], family: Sequence[str]) -> bool:
    return set(family) <= set(words) or "".join(family) in words


def _folded(text: str) -> str:
    """Return words in small letters without accents; what parts a name in two is a space."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(each for each in plain if not unicodedata.combining(each))
    return re.sub(r"[^\w]+", " ", re.sub(r"['’‘`]", "", letters)).strip()
