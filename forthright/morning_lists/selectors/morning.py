"""A unit's morning list: what is new, due today and tomorrow, overdue, and not explained yet."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from forthright.accounts.models import Unit
from forthright.cases.models import Decision
from forthright.morning_lists.models import Reminder
from forthright.morning_lists.selectors import awaiting
from forthright.morning_lists.selectors.allowances import allowances_of
from forthright.morning_lists.selectors.lines import (
    Line,
    about,
    line_of,
    prosecutor_words,
    reminded_of,
    reminded_words,
)
from forthright.rules.stage_allowances import StageAllowances
from forthright.rules.stage_clock import Reckoning
from forthright.rules.words import count_words, day_of, day_words, local
from forthright.rules.working_days import ONE_DAY
from forthright.schemes.models import Duty, RuleSet
from forthright.schemes.selectors.area_clock import calendar_of, rule_sets_of

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Most:
    """How many letters of a section are shown, and how many are looked at to sort them."""

    shown: int
    looked_at: int


# A day's letters are sorted by the hour, so more of them are looked at than are shown.
OF_A_DAY = Most(SHOWN, 150)
OF_LATER = Most(SHOWN, SHOWN)
# The list of letters shows the rest: today's work is not to drown in what is late already.
OF_OVERDUE = Most(10, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """A decision since the last working day with nobody to tell."""

    decision: Decision
    prosecutor: str
    can_ask: bool
    reminded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of the list: its letters, how many there are, and where the rest is."""

    key: str
    heading: str
    none: str
    number: int
    lines: list[Line] = field(default_factory=list)
    decisions: list[NewLine] = field(default_factory=list)
    rest: str = ""

    @property
    def number_words(self) -> str:
        """Say how many there are; more than are counted, as "more than"."""
        most = awaiting.MOST_COUNTED
        return f"more than {most:,}" if self.number > most else f"{self.number:,}"

    @property
    def shown(self) -> int:
        """Return how many are shown."""
        return len(self.lines) + len(self.decisions)

    @property
    def has_more(self) -> bool:
        """Say whether there are more than are shown."""
        return self.number > self.shown


@dataclass(frozen=True, slots=True, kw_only=True)
class MorningList:
    """All that a unit's page shows."""

    unit: Unit
    days: awaiting.Days
    sections: list[Section]
    allowances: StageAllowances

    @property
    def number(self) -> int:
        """Return how many things stand on it."""
        return sum(each.number for each in self.sections)

    @property
    def number_words(self) -> str:
        """Say how many things stand on it."""
        return things_words(self.number)

    @property
    def duties(self) -> list[Duty]:
        """Return the letters it shows, for the record of who saw them."""
        return [line.duty for section in self.sections for line in section.lines]


def things_words(number: int) -> str:
    """Say a number of things: exactly, or that it is more than are counted."""
    if number > awaiting.MOST_COUNTED:
        return f"more than {awaiting.MOST_COUNTED:,} things"
    return count_words(number, "thing")


def morning_list(unit: Unit, now: datetime) -> MorningList:
    """Return the morning list of a unit as it stands now.

    :raises AreaNotStarted: if the Area has no calendar yet
    """
    calendar = calendar_of(unit.area)
    allowances = allowances_of(unit.area)
    by = Reckoning(allowances, allowances.hours(calendar), now)
    days = awaiting.days_around(day_of(local(now)), calendar)
    new = _new(unit, days, rule_sets_of(unit.area), by)
    day_after = day_words(days.after, year=False)
    due = f"{reverse('schemes:duties')}?unit={unit.pk}&show="
    return MorningList(
        unit=unit,
        days=days,
        allowances=allowances,
        sections=[
            new,
            _letters(
                awaiting.due_on(unit, days.today, days.today), by, OF_A_DAY, key="today",
                heading="Due today", none="No letter is due today.", rest=f"{due}today",
            ),
            _letters(
                awaiting.due_on(unit, days.today + ONE_DAY, days.after), by, OF_A_DAY,
                key="tomorrow", heading=f"Due {day_after}", rest=f"{due}tomorrow",
                none=f"No letter is due {day_after}.",
            ),
            _letters(
                awaiting.overdue(unit, days), by, OF_OVERDUE, key="overdue", heading="Overdue",
                none="No letter is overdue.", rest=f"{due}overdue",
            ),
            _letters(
                awaiting.unexplained_later(unit, days), by, OF_LATER, key="unexplained",
                heading="Due later, and not explained yet",
                none="Every decision whose letter is due later is explained.", rest=f"{due}later",
            ),
        ],
    )  # fmt: skip


def things_waiting(unit: Unit, now: datetime) -> int:
    """Count what stands on a unit's list, without reading it; more than are counted by one more.

    :raises AreaNotStarted: if the Area has no calendar yet
    """
    days = awaiting.days_around(day_of(local(now)), calendar_of(unit.area))
    decisions = awaiting.decided_since(unit, days, rule_sets_of(unit.area))
    number = sum(not each.has_duty for each in decisions)  # type: ignore[attr-defined]
    number += len(awaiting.untold(decisions, days))
    # What is due by tomorrow and what is overdue are one stretch of the index.
    soon = awaiting.not_sent(unit).filter(due_on__lte=days.after)
    return (
        number + awaiting.bounded(soon) + awaiting.bounded(awaiting.unexplained_later(unit, days))
    )


def _new(unit: Unit, days: awaiting.Days, rule_sets: list[RuleSet], by: Reckoning) -> Section:
    """Return the decisions since the last working day that nobody was told of."""
    decisions = awaiting.decided_since(unit, days, rule_sets)
    without = [each for each in decisions if not each.has_duty]  # type: ignore[attr-defined]
    untold = awaiting.untold(decisions, days)
    asked = reminded_of([each.pk for each in without], Reminder.About.WHO_IS_TOLD, by.now)
    return Section(
        key="new",
        heading=f"Decided since {day_words(days.before, year=False)}, and nobody told",
        none="Of every new decision the Victim Liaison Unit was told, and somebody is to be told.",
        number=len(without) + len(untold),
        decisions=[
            NewLine(
                decision=each,
                prosecutor=prosecutor_words(each),
                can_ask=each.made_by is not None and each.made_by.is_active,
                reminded=reminded_words(asked[each.pk]) if each.pk in asked else "",
            )
            for each in without[:SHOWN]
        ],
        lines=_lines(with_people(untold[:SHOWN]), by),
    )


def with_people(duties: list[Duty]) -> list[Duty]:
    """Return letters again with what their lines show."""
    return list(_shown(Duty.objects.filter(pk__in=[each.pk for each in duties])))


def _shown(rows: "QuerySet[Duty]") -> "QuerySet[Duty]":
    return rows.select_related("case", "decision__made_by", "drafter").defer("due_because")


def _letters(rows: "QuerySet[Duty]", by: Reckoning, most: Most, **words: str) -> Section:
    found = list(_shown(rows)[: most.looked_at + 1])
    number = len(found) if len(found) <= most.looked_at else awaiting.bounded(rows)
    return Section(number=number, lines=_lines(found, by)[: most.shown], **words)  # type: ignore[arg-type]


def _lines(duties: list[Duty], by: Reckoning) -> list[Line]:
    """Return letters by the hour at which the step they are in is to be over."""
    known = about(duties, by.now)
    return sorted((line_of(each, known, by) for each in duties), key=lambda each: each.order)
