"""Foretells the letters that an import makes owed in one case, and the due dates that it moves.

An import opens a letter for every decision of a case and every person to be told in it, and not
only for the pairs that stand in one row of the file: a new person is told of earlier decisions,
and people who are held are told of a new one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from forthright.extracts.imports.clock import LetterClock
from forthright.extracts.imports.wanted import CaseWanted, Wanted, decided_at
from forthright.schemes.models import Duty

OPENS = ("kind", "made_at")


@dataclass(frozen=True, slots=True)
class Foretold:
    """One letter that becomes owed, or is due on another day, and the row by which it is so."""

    decision: Wanted
    person: Wanted
    due: date | None  # None where it cannot be worked out
    number: int
    was_due: date | None = None  # of a letter that is owed already


@dataclass
class Forecast:
    """What an import makes of the letters of one case."""

    owed: list[Foretold] = field(default_factory=list)
    moved: list[Foretold] = field(default_factory=list)


def foretell(wanted: CaseWanted, clock: LetterClock) -> Forecast:
    """Return what importing a case, as its rows leave it, does to the letters owed in it."""
    opens = _opens_letters(wanted)
    forecast = Forecast()
    for decision in wanted.decisions:
        moment = decided_at(decision)
        owes = opens and clock.qualifies(str(decision.current("kind")), moment)
        for person in wanted.people:
            held = wanted.held_letter(decision, person)
            if held is not None:
                forecast.moved += _moved(decision, person, held, clock)
            elif owes:
                due = clock.due_on(moment, _entitlement(person))
                number = _row_of_new(wanted, decision, person)
                forecast.owed.append(Foretold(decision, person, due, number))
    return forecast


def _opens_letters(wanted: CaseWanted) -> bool:
    """Say whether an import looks afresh at which letters are owed in a case."""
    return (
        any(person.is_new for person in wanted.people)
        or any(each.is_new or any(map(each.corrects, OPENS)) for each in wanted.decisions)
        or any(letter.is_new for letter in wanted.letters())
    )


def _moved(decision: Wanted, person: Wanted, held: Duty, clock: LetterClock) -> Iterator[Foretold]:
    """Yield the letter if its decision's time or its person's entitlement moves its due date."""
    corrected = [(decision, "made_at"), (person, "entitlement")]
    rows = [each.rows[name] for each, name in corrected if each.corrects(name)]
    if rows:
        due = clock.due_on(decided_at(decision), _entitlement(person))
        if due != held.due_on:
            yield Foretold(decision, person, due, max(rows), held.due_on)


def _row_of_new(wanted: CaseWanted, decision: Wanted, person: Wanted) -> int:
    """Return the row that makes a letter owed: the one that names both, else the last cause."""
    letter = wanted.letter_named(decision, person)
    if letter is not None:
        return letter.first_row
    causes = [each.first_row for each in (decision, person) if each.is_new]
    causes += [decision.rows[name] for name in OPENS if decision.corrects(name)]
    # Neither is new: another letter of the case has the case looked at afresh.
    return max(causes or [each.first_row for each in wanted.letters() if each.is_new])


def _entitlement(person: Wanted) -> str:
    return str(person.current("entitlement") or "UNKNOWN")
