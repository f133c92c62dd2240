"""Finds what a row nearly names among what is held: it may be that, corrected, or another.

A decision is near if it is held with the same kind and a day not far off, or with another hour of
the same day; a person if the names differ by a letter or two. What another row of the file names
as it is held is not meant by this one.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property

from rapidfuzz.distance import Levenshtein

from forthright.extracts.imports.wanted import (
    CaseWanted,
    Facts,
    Wanted,
    decided_at,
    held_name_of,
    is_named,
    name_of,
    reference_of,
)
from forthright.extracts.plans import RowFacts
from forthright.rules.words import is_day_only

NEAR_DAYS = 14
NEAR_LETTERS = 2


class NearOnes:
    """The people and decisions held of a case that no row of the file names as they are held."""

    def __init__(self, wanted: CaseWanted, rows: Sequence[RowFacts]) -> None:
        """Keep the rows: they are looked through once one of them names nothing that is held."""
        self._wanted = wanted
        self._rows = rows

    @cached_property
    def _people(self) -> list[Wanted]:
        said = [facts for row in self._rows for facts in row.people]
        return [
            held
            for held in self._wanted.people
            if not held.is_new and not any(_names_person(facts, held) for facts in said)
        ]

    @cached_property
    def _decisions(self) -> dict[int, datetime]:
        """Return when each was made as it is held, by the identity of the decision."""
        said = [(row.decision, self._defendant_of(row)) for row in self._rows if row.decision]
        return {
            id(held): decided_at(held)
            for held in self._wanted.decisions
            if not held.is_new
            and not any(self._names_decision(facts, whose, held) for facts, whose in said)
        }

    def person(self, facts: Facts) -> Wanted | None:
        """Return the one person held whom a row that names nobody held may mean."""
        name = name_of(facts)
        known = self._wanted.people
        if facts.get("reference") or not name or any(is_named(each, name) for each in known):
            return None
        near = [each for each in self._people if is_near_name(name, held_name_of(each))]
        return near[0] if len(near) == 1 else None

    def decisions(self, facts: Facts, defendant: Wanted | None) -> list[Wanted]:
        """Return the decisions held that a row may mean which names none of them."""
        if facts.get("reference"):
            return []
        whose = defendant.key if defendant else ""
        moment = datetime.fromisoformat(facts["made_at"])
        same_day = self._wanted.decisions_of_day(facts, whose)
        if same_day:
            return same_day if len(same_day) == 1 and _has_other_hour(same_day[0], moment) else []
        return [
            each
            for each in self._wanted.decisions
            if id(each) in self._decisions
            and abs((self._decisions[id(each)].date() - moment.date()).days) <= NEAR_DAYS
            and self._wanted.is_same_kind(each, facts["kind"], whose)
        ]

    def _defendant_of(self, row: RowFacts) -> str:
        if not row.defendants:
            return ""
        found = self._wanted.matching(self._wanted.defendants, row.defendants[0])
        return found[0].key if found else "not held"

    def _names_decision(self, facts: Facts, whose: str, held: Wanted) -> bool:
        reference = str(facts.get("reference", "")).casefold()
        if reference and reference_of(held):
            return reference == reference_of(held)
        return any(each is held for each in self._wanted.decisions_of_day(facts, whose))


def is_near_name(one: str, other: str) -> bool:
    """Say whether two plain names differ by one or two letters, and no word of them wholly.

    "J Smith" and "K Smith" are two people, as are two names of one letter in another script.
    """
    words, others = one.split(), other.split()
    if len(words) != len(others):
        return 0 <= _letters_apart(one.replace(" ", ""), other.replace(" ", "")) <= NEAR_LETTERS
    pairs = list(zip(words, others, strict=True))
    apart = [_letters_apart(*pair) for pair in pairs]
    is_alike = all(
        2 * letters <= max(map(len, pair)) for letters, pair in zip(apart, pairs, strict=True)
    )
    return is_alike and sum(apart) <= NEAR_LETTERS


def _letters_apart(one: str, other: str) -> int:
    return Levenshtein.distance(one, other, score_cutoff=NEAR_LETTERS)


def _names_person(facts: Facts, held: Wanted) -> bool:
    reference = str(facts.get("reference", "")).casefold()
    if reference and reference_of(held):
        return reference == reference_of(held)
    return is_named(held, name_of(facts))


def _has_other_hour(known: Wanted, moment: datetime) -> bool:
    """Say whether a decision held, which no row gave an hour yet, was made at another hour."""
    if known.held is None or "made_at" in known.values:
        return False
    held = decided_at(known)
    return held != moment and not is_day_only(held) and not is_day_only(moment)
