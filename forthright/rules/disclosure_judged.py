"""What is judged of initial disclosure: a duty as the record has it, and those that are alike."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain, repeat
from operator import itemgetter
from typing import NamedTuple

from forthright.rules.rubric import Level


class DutyFacts(NamedTuple):
    """One duty whose initial disclosure was due in the month, as the record has it."""

    key: int
    case: int
    due_on: date
    served_on: date | None = None
    is_nil: bool = False
    items_total: int = 0
    items_endorsed: int = 0
    presumed_total: int = 0
    presumed_given: int = 0
    sensitive_total: int = 0
    sensitive_settled: int = 0
    court_told_on: date | None = None
    # Whether a disclosure management document went with it.
    has_document: bool = False
    # Whether the record sheet shows that schedules came before it.
    has_receipt: bool = False
    # The day on which the case ended for the defendant, where nothing was served before.
    ended_on: date | None = None

    @property
    def is_spared(self) -> bool:
        """Say whether nothing had to be given: the case ended on its day or before.

        Where it ended later, disclosure was owed on its day and was not given.
        """
        is_ended = self.served_on is None and self.ended_on is not None
        return is_ended and self.ended_on <= self.due_on  # type: ignore[operator]

    @property
    def has_whole_sheet(self) -> bool:
        """Say whether its record sheet shows the schedules' receipt and a decision on every item.

        The sheet is written by the record itself, so there is one for every duty; whether it shows
        what annex C of the Disclosure Manual asks for is what can be missing.
        """
        return self.has_receipt and self.items_endorsed == self.items_total

    @property
    def days_late(self) -> int | None:
        """Return how many days after its day it was served; fewer than none is early."""
        return (self.served_on - self.due_on).days if self.served_on else None

    @property
    def weight(self) -> tuple[int, ...]:
        """Return what sorts the worst first: not given, then each failing, as failings weigh.

        That is items not endorsed, sensitive ones not decided on, days late, and a court that was
        never told before one that was told on another day; each by how much of it there is, and so
        whatever fails stands above all that meets everything. Of those that were not given, the one
        that has been owed for longest comes first: it was due first.
        """
        if self.is_spared:
            return (2,)
        left = self.items_total - self.items_endorsed
        if self.served_on is None:
            return (0, self.due_on.toordinal(), -left)
        late = self.days_late or 0
        untold = 0 if self.court_told_on is None else 1 + (self.court_told_on == self.served_on)
        undecided = self.sensitive_total - self.sensitive_settled
        return (1, -left, -undecided, -max(late, 0), untold, -late)


@dataclass(frozen=True, slots=True)
class Alike:
    """Duties on which every answer is the same, so that they are marked once.

    Kept by their keys and cases alone: a record for each of a hundred thousand takes longer to
    make, and to keep track of, than all that is counted.
    """

    facts: DutyFacts
    marks: tuple[Level, ...]
    failing: str
    keys: list[int]
    # The case of each, in the order of the keys.
    cases: list[int]
    # Its place among all groups.
    place: int


class MarkedDuty(NamedTuple):
    """One duty of those that are alike, with its marks and the failing that weighs most."""

    key: int
    case: int
    alike: Alike

    @property
    def facts(self) -> DutyFacts:
        """Return what the record has of it."""
        return self.alike.facts._replace(key=self.key, case=self.case)

    @property
    def marks(self) -> tuple[Level, ...]:
        """Return its mark on each question."""
        return self.alike.marks

    @property
    def failing(self) -> str:
        """Return the failing that weighs most; blank where there is none."""
        return self.alike.failing


def worst_first(groups: Iterable[Alike]) -> Iterator[MarkedDuty]:
    """Yield each duty of some groups: the worst first, then by its key."""
    of_weight: defaultdict[tuple[int, ...], dict[int, Alike]] = defaultdict(dict)
    for group in groups:
        of_weight[group.facts.weight][group.place] = group
    for _, alike in sorted(of_weight.items(), key=itemgetter(0)):
        rows = (zip(each.keys, each.cases, repeat(place)) for place, each in alike.items())
        for key, case, place in sorted(chain.from_iterable(rows)):
            yield MarkedDuty(key, case, alike[place])
