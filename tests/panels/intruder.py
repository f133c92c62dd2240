"""A motivated intruder: has the register of cases and a pack, and links letters by matching.

Who has no tools but reads well: names, numbers, places and days of each case are looked for in
each letter. Where several cases fit a letter alike, the intruder guesses among them.
"""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from itertools import combinations

from forthright.anonymiser.known import Known
from forthright.rules.words import MONTHS

WORD = re.compile(r"\w+")
DAY = re.compile(rf"(\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})", re.IGNORECASE)
SHORTEST = 3
# Words of names that every letter holds, whoever it is about.
EVERYWHERE = 0.2


def words_of_case(known: Known) -> set[str]:
    """Return every word, number and day of a case as its register has it."""
    said = [f"{each.given} {each.family} {' '.join(each.also)}" for each in known.people]
    said += [each.words for each in known.words]
    found = {word for text in said for word in WORD.findall(text.casefold())}
    return {each for each in found if len(each) >= SHORTEST} | {
        f"{each.day} {MONTHS[each.month - 1]} {each.year}".casefold() for each in known.days
    }


def words_of_letter(text: str) -> set[str]:
    """Return every word, number and day of a letter."""
    days = {f"{int(day)} {month} {year}".casefold() for day, month, year in DAY.findall(text)}
    return set(WORD.findall(text.casefold())) | days


def rate_of_links(letters: Sequence[str], register: Sequence[Known]) -> float:
    """Return the share of letters that are linked to their own case, the i-th to the i-th.

    Of cases that fit alike each is guessed with the same chance, so that nothing known gives
    exactly one in as many as there are cases.
    """
    cases = [words_of_case(each) for each in register]
    said = [words_of_letter(each) for each in letters]
    common = {
        word for word in set().union(*cases)
        if sum(word in each for each in said) > EVERYWHERE * len(letters)
    }  # fmt: skip
    right = 0.0
    for number, words in enumerate(said):
        scores = [len((case - common) & words) for case in cases]
        best = max(scores)
        if scores[number] == best:
            right += 1 / scores.count(best)
    return right / len(letters)


def days_in(text: str) -> set[date]:
    """Return the days that a text tells of."""
    named = [each.casefold() for each in MONTHS]
    found = set()
    for day, month, year in DAY.findall(text):
        with suppress(ValueError):
            found.add(date(int(year), named.index(month.casefold()) + 1, int(day)))
    return found


def gaps(days: Iterable[date]) -> set[int]:
    """Return the numbers of days between every two days."""
    return {(other - one).days for one, other in combinations(sorted(days), 2)}


def links_by_days(letters: Sequence[str], register: Sequence[set[date]]) -> float:
    """Return the share of letters that are linked to their own case by the time between days."""
    cases = [gaps(each) for each in register]
    right = 0.0
    for number, text in enumerate(letters):
        said = gaps(days_in(text))
        scores = [len(said & each) for each in cases]
        if scores[number] == max(scores):
            right += 1 / scores.count(max(scores))
    return right / len(letters)
