"""Which words with a capital name nobody, by a closed list, and which English has small as well."""

import re
from functools import cache, lru_cache
from importlib.resources import files

from forthright.anonymiser.classifier import classifier
from forthright.anonymiser.titles import GO_ON
from forthright.rules.letter_checks.spelling import common_words, dictionary, is_small_word
from forthright.rules.words import DAYS, MONTHS

POSSESSIVE = re.compile(r"['’]s?$")
# “It’ll”, “I’d”.
SHORTENED = re.compile(r"(?<=\w)'(?:ll|d|ve|re|m)$")
DAYS_AND_MONTHS = (*DAYS, *MONTHS)
CALENDAR = frozenset(
    form
    for each in DAYS_AND_MONTHS
    for form in (each.lower(), f"{each.lower()}s", each.lower()[:3])
) | {"sept", "tues", "weds", "thur", "thurs"}


def as_small(word: str) -> str:
    """Return a word in small letters, without what makes it possessive."""
    return SHORTENED.sub("", POSSESSIVE.sub("", word.lower().replace("’", "'")))


@cache
def listed(part: str) -> frozenset[str]:
    """Return the words of one part of the list: “roles”, “alone”, “openers”, “establishments”."""
    text = files("forthright.anonymiser").joinpath("data/capital_words.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    start = lines.index(f"[{part}]") + 1
    end = next((n for n in range(start, len(lines)) if lines[n].startswith("[")), len(lines))
    return frozenset(" ".join(lines[start:end]).split())


@lru_cache(maxsize=20_000)
def is_ordinary(word: str) -> bool:
    """Say whether English has a word in small letters too: “battle”, and not “leeds”.

    Where the machine has no dictionary, the words that the model knows whole stand for it.
    """
    small = as_small(word)
    if small in common_words() or small in listed("openers"):
        return True
    if dictionary() is None:
        return small in classifier().vocabulary.numbers
    return all(is_small_word(part) for part in small.split("-") if part)


def is_common(word: str) -> bool:
    """Say whether a word with a capital tells little by itself: “House”, “Road”, “Letter”."""
    small = as_small(word)
    held = ("openers", "establishments", "streets")
    return small in common_words() or small in GO_ON or any(small in listed(each) for each in held)


@lru_cache(maxsize=20_000)
def is_edge(word: str) -> bool:
    """Say whether a word is a role, a court or a day, and so no part of the name beside it."""
    small = as_small(word)
    return small in listed("roles") or small in CALENDAR


@lru_cache(maxsize=20_000)
def stays(word: str) -> bool:
    """Say whether a word may have a capital within a sentence and name nobody."""
    small = as_small(word)
    has_digit = any(each.isdigit() for each in small)
    return has_digit or len(small) == 1 or is_edge(word) or small in listed("alone")
