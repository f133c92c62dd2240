"""The stock of recordings that are not yet with everybody, how it flows, and how old it is.

A recording is in stock from the day it was registered until everybody who must have it has it,
or until it is found not to be needed, or withdrawn. Who must have it is the ladder's rule: the
court and whoever represents each defendant.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from math import ceil

from forthright.rules.media_copies import Copy
from forthright.rules.weeks import Week


class Left(StrEnum):
    """How a recording left the stock."""

    SHARED = "SHARED"
    NOT_NEEDED = "NOT_NEEDED"
    WITHDRAWN = "WITHDRAWN"

    @property
    def words(self) -> str:
        """Say how it stood when it had left."""
        return {
            Left.SHARED: "With everybody",
            Left.NOT_NEEDED: "Not needed by the parties",
            Left.WITHDRAWN: "Withdrawn",
        }[self]


class Came(StrEnum):
    """When a recording relied on was with everybody, beside the hearing of its case."""

    EARLY = "EARLY"
    BEFORE = "BEFORE"
    LATE = "LATE"
    NOT = "NOT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """One recording beside a day on which a hearing of its case was held, and was put off."""

    held_on: date
    is_relied_on: bool = False
    is_unassessed: bool = False
    shared_on: date | None = None
    opened_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingFact:
    """One recording as a report counts it.

    Where its hearing was held on several days, it stands beside the last, and `earlier` are those
    before it, the first first. `left_on` is worked out for those who must have it now; the days of
    sharing and opening beside the hearing for those who had to have it when it was held.
    """

    id: int
    unit: str
    police: str
    entered_on: date
    # What recordings of one case share; None for one that is alone in its case.
    case: int | None = None
    left_on: date | None = None
    left_how: Left | None = None
    received_on: date | None = None
    # Each copy that came, also those before it was asked for again, and whether it plays.
    copies: tuple[Copy, ...] = ()
    is_relied_on: bool = False
    # Nobody has said what it is; so it is in no share of what is relied on.
    is_unassessed: bool = False
    # The day of a hearing that was listed and is over.
    held_on: date | None = None
    shared_on: date | None = None
    opened_on: date | None = None
    earlier: tuple[Beside, ...] = ()
    # A link of the police's own that expired before anything was kept.
    is_link_lost: bool = False
    # A link to a party that expired before anybody opened it.
    is_unopened: bool = False

    def beside_each(self) -> "tuple[RecordingFact, ...]":
        """Return it as it is counted beside each day on which its hearing was held."""
        before = tuple(
            replace(
                self, held_on=each.held_on, is_relied_on=each.is_relied_on,
                is_unassessed=each.is_unassessed, shared_on=each.shared_on,
                opened_on=each.opened_on, earlier=(),
            )
            for each in self.earlier
        )  # fmt: skip
        return (*before, self) if self.held_on else ()

    def plays_of(self, first: date, last: date) -> bool | None:
        """Say whether all that came of it between two days plays; None where nobody knows."""
        known = [
            each.plays for each in self.copies
            if each.plays is not None and first <= each.received_on <= last
        ]  # fmt: skip
        return all(known) if known else None

    def is_in_stock(self, day: date) -> bool:
        """Say whether it was in stock at the end of a day."""
        return self.entered_on <= day and (self.left_on is None or self.left_on > day)

    def age(self, day: date) -> int:
        """Return for how many days it had been registered at the end of a day."""
        return (day - self.entered_on).days

    def came(self, early_days: int) -> Came:
        """Say when it was with everybody, beside a hearing that is over."""
        if self.shared_on is None or self.held_on is None:
            return Came.NOT
        days = (self.held_on - self.shared_on).days
        if days <= 0:
            return Came.LATE
        return Came.EARLY if days >= early_days else Came.BEFORE

    @property
    def was_opened_before(self) -> bool:
        """Say whether everybody had opened it before the hearing."""
        if self.opened_on is None or self.held_on is None:
            return False
        return self.opened_on < self.held_on


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscFact:
    """One disc or stick that was neither returned nor destroyed, nor, as missing, written off."""

    id: int
    is_missing: bool
    # It is known what is on it, and no recording of that is of a case whose hearing is to come.
    is_over: bool
    # Nobody recorded what is on it, so nobody knows whether a hearing is to come.
    is_unknown: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BacklogFacts:
    """All that a report counts of the register, to the end of the day `until`.

    `periods` names the edition of the periods, `early_days` is how long before the hearing key
    media are to go out, `begun_on` the day of the first recording.
    """

    until: date
    periods: str
    early_days: int
    begun_on: date | None
    recordings: tuple[RecordingFact, ...] = ()
    discs: tuple[DiscFact, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """What came into the stock and left it in a week, and what was there at its end."""

    week: Week
    entered: list[int]
    shared: list[int]
    not_needed: list[int]
    stock: list[int]

    @property
    def change(self) -> int:
        """Return by how much the stock grew."""
        return len(self.entered) - len(self.shared) - len(self.not_needed)


def flow_of(recordings: Sequence[RecordingFact], week: Week) -> Flow:
    """Return how the stock flowed in a week."""
    first, last = week.monday, week.sunday
    left = [each for each in recordings if each.left_on and first <= each.left_on <= last]
    return Flow(
        week=week,
        entered=[each.id for each in recordings if first <= each.entered_on <= last],
        shared=[each.id for each in left if each.left_how is Left.SHARED],
        not_needed=[each.id for each in left if each.left_how is not Left.SHARED],
        # As is_in_stock says; asked of thousands for each of many weeks.
        stock=[
            each.id
            for each in recordings
            if each.entered_on <= last and (each.left_on is None or each.left_on > last)
        ],
    )


def ninetieth(numbers: Sequence[int]) -> int:
    """Return the 90th percentile by the nearest rank: at least nine in ten are no greater."""
    return sorted(numbers)[ceil(0.9 * len(numbers)) - 1]
