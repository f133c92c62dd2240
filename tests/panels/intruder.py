"""A motivated intruder: has the register of cases and a pack, and links letters by matching.

Who has no tools but reads well: names, numbers, places and days of each case are looked for in
each letter. Where several cases fit a letter alike, the intruder guesses among them.
"""

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from forthright.anonymiser.known import Known
from forthright.rules.words import MONTHS
from tests.panels.register import Row

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


# What stands in a letter for its reader, by what the register says they are.
READERS = {"the victim": "VICTIM", "the parent": "PARENT", "the family member": "BEREAVED",
           "the spokesperson": "SPOKESPERSON", "the business": "BUSINESS"}  # fmt: skip
SEVERAL = re.compile(r"\[(?:defendant|suspect|offender) B\]")
COLUMNS = ("offence", "reader", "accused", "decision")


def rate_by_columns(
    letters: Sequence[str], register: Sequence[Row], columns: Sequence[str]
) -> float:
    """Return the share of letters linked to their case by what the register says besides names.

    The i-th letter is about the i-th case; the register may go on with cases whose letters are in
    no pack. The intruder reads well: what was decided they take from the letter without a slip.
    """
    right = 0.0
    for number, text in enumerate(letters):
        said = _told_by(text, register[number])
        scores = [sum(_fits(said, row, each) for each in columns) for row in register]
        if scores[number] == max(scores):
            right += 1 / scores.count(max(scores))
    return right / len(letters)


@dataclass(frozen=True, slots=True)
class Told:
    """What a letter tells whoever reads it with the register beside it."""

    text: str
    reader: str
    has_several_accused: bool
    decision: str


def _told_by(text: str, row: Row) -> Told:
    reader = next((kind for said, kind in READERS.items() if f"[{said}]" in text), "")
    return Told(text.casefold(), reader, SEVERAL.search(text) is not None, row.decision)


def _fits(told: Told, row: Row, column: str) -> bool:
    if column == "offence":
        return any(each.casefold() in told.text for each in (row.offence, row.in_plain_words))
    if column == "reader":
        return told.reader == row.relation
    if column == "accused":
        return told.has_several_accused == row.has_several_accused
    return told.decision == row.decision
