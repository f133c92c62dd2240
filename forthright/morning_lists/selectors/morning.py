"""A unit's morning list: what is new, due today and tomorrow, overdue, or with nobody yet."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.db.models import QuerySet
from django.urls import reverse

from forthright.accounts.models import Unit
from forthright.cases.models import Decision
from forthright.morning_lists.models import Reminder
from forthright.morning_lists.selectors import awaiting
from forthright.morning_lists.selectors.allowances import allowances_of
from forthright.morning_lists.selectors.lines import (
    About,
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
from forthright.schemes.models import Duty
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
OF_NEW = Most(SHOWN, 500)
# The list of letters shows the rest: today's work is not to drown in what is late already.
OF_OVERDUE = Most(10, 10)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLine:
    """A decision with nobody to tell."""

    decision: Decision
    prosecutor: str
    can_ask: bool
    reminded: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """Of what not all is shown: how much there is, and the page that has all of it."""

    name: str
    what: str
    shown: int
    number: int
    address: str

    @property
    def is_more(self) -> bool:
        """Say whether there is more than is shown."""
        return self.number > self.shown

    @property
    def words(self) -> str:
        """Say how many of how many are shown: "50 of 80 letters are shown"."""
        return f"{self.shown} of {number_words(self.number)} {self.what} are shown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One part of the list: its letters, how many there are, and where the rest is."""

    key: str
    heading: str
    none: str
    number: int
    lines: list[Line] = field(default_factory=list)
    decisions: list[NewLine] = field(default_factory=list)
    # Nothing where all is shown.
    rests: list[Rest] = field(default_factory=list)

    @property
    def number_words(self) -> str:
        """Say how many there are; more than are counted, as "more than"."""
        return number_words(self.number)

    @property
    def shown(self) -> int:
        """Return how many are shown."""
        return len(self.lines) + len(self.decisions)


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
    def waits_words(self) -> str:
        """Say how many things wait: "1 thing waits"."""
        if not self.number:
            return "nothing waits"
        return f"{things_words(self.number)} {'waits' if self.number == 1 else 'wait'}"

    @property
    def duties(self) -> list[Duty]:
        """Return the letters it shows, for the record of who saw them."""
        return [line.duty for section in self.sections for line in section.lines]


def number_words(number: int) -> str:
    """Say a number exactly, or that it is more than are counted."""
    most = awaiting.MOST_COUNTED
    return f"more than {most:,}" if number > most else f"{number:,}"


def things_words(number: int) -> str:
    """Say a number of things: exactly, or that it is more than are counted."""
    if number > awaiting.MOST_COUNTED:
        return f"more than {awaiting.MOST_COUNTED:,} things"
    return count_words(number, "thing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A section as it is looked for: its letters, of which more may be than were looked at."""

    key: str
    heading: str
    none: str
    rest: str
    most: Most
    rows: "QuerySet[Duty]"
    found: list[Duty]

    @property
    def number(self) -> int:
        """Count the letters: those found, or up to one more than are counted."""
        is_all = len(self.found) <= self.most.looked_at
        return len(self.found) if is_all else awaiting.bounded(self.rows)


def morning_list(unit: Unit, now: datetime) -> MorningList:
    """Return the morning list of a unit as it stands now.

    :raises AreaNotStarted: if the Area has no calendar yet
    """
    calendar = calendar_of(unit.area)
    allowances = allowances_of(unit.area)
    by = Reckoning(allowances, allowances.hours(calendar), now)
    days = awaiting.days_around(day_of(local(now)), calendar)
    decisions = decisions_with_nobody(unit)
    parts = _parts(unit, days)
    # What the lines of all sections need is read once.
    known = about([duty for each in parts for duty in each.found], now)
    new, *others = [_section(each, _lines(each.found, known, by)) for each in parts]
    return MorningList(
        unit=unit,
        days=days,
        allowances=allowances,
        sections=[_with_decisions(new, unit, decisions, now), *others],
    )


def decisions_with_nobody(unit: Unit) -> "QuerySet[Decision]":
    """Return the decisions of a unit for which nobody to tell is recorded, the newest first."""
    return awaiting.with_nobody_to_tell(unit, rule_sets_of(unit.area))


def new_lines(decisions: Sequence[Decision], now: datetime) -> list[NewLine]:
    """Return what a list shows of decisions with nobody to tell."""
    asked = reminded_of([each.pk for each in decisions], Reminder.About.WHO_IS_TOLD, now)
    return [
        NewLine(
            decision=each,
            prosecutor=prosecutor_words(each),
            can_ask=each.made_by is not None and each.made_by.is_active,
            reminded=reminded_words(asked[each.pk]) if each.pk in asked else "",
        )
        for each in decisions
    ]


def letters_of(unit: Unit, key: str, now: datetime) -> "QuerySet[Duty]":
    """Return all letters of one section of a unit's list, what is due first first.

    :raises AreaNotStarted: if the Area has no calendar yet
    """
    days = awaiting.days_around(day_of(local(now)), calendar_of(unit.area))
    return _shown(next(each.rows for each in _parts(unit, days) if each.key == key))


def lines_of(unit: Unit, duties: list[Duty], now: datetime) -> list[Line]:
    """Return what a list shows of letters of a unit, in the order in which they come.

    :raises AreaNotStarted: if the Area has no calendar yet
    """
    allowances = allowances_of(unit.area)
    by = Reckoning(allowances, allowances.hours(calendar_of(unit.area)), now)
    known = about(duties, now)
    return [line_of(each, known, by) for each in duties]


def things_waiting(unit: Unit, now: datetime) -> int:
    """Count what stands on a unit's list, without reading it; more than are counted by one more.

    :raises AreaNotStarted: if the Area has no calendar yet
    """
    days = awaiting.days_around(day_of(local(now)), calendar_of(unit.area))
    number = awaiting.bounded(decisions_with_nobody(unit))
    number += awaiting.bounded(awaiting.new_letters(unit, days))
    # What is due by tomorrow and what is overdue are one stretch of the index.
    soon = awaiting.not_sent(unit).filter(due_on__lte=days.after)
    later = (awaiting.unexplained_later(unit, days), awaiting.not_taken_up(unit, days))
    return number + sum(awaiting.bounded(each) for each in (soon, *later))


def _parts(unit: Unit, days: awaiting.Days) -> list[Part]:
    """Return the sections about letters, each with those that are looked at."""
    day_after = day_words(days.after, year=False)
    due = f"{reverse('schemes:duties')}?unit={unit.pk}&show="
    return [
        _part(
            awaiting.new_letters(unit, days), OF_NEW, key="new",
            heading=f"Decided since {day_words(days.before, year=False)} with nobody told, or with "
            "nobody to tell",
            none="Of every new decision the Victim Liaison Unit was told, or has the reasons to "
            "write from; and for every decision somebody is to be told or nobody needs to be.",
            rest=reverse("morning_lists:new_letters", args=[unit.pk]),
        ),
        _part(
            awaiting.due_on(unit, days.today, days.today), OF_A_DAY, key="today",
            heading="Due today", none="No letter is due today.", rest=f"{due}today",
        ),
        _part(
            awaiting.due_on(unit, days.today + ONE_DAY, days.after), OF_A_DAY, key="tomorrow",
            heading=f"Due {day_after}", none=f"No letter is due {day_after}.",
            rest=f"{due}tomorrow",
        ),
        _part(
            awaiting.overdue(unit, days), OF_OVERDUE, key="overdue", heading="Overdue",
            none="No letter is overdue.", rest=f"{due}overdue",
        ),
        _part(
            awaiting.unexplained_later(unit, days), OF_LATER, key="unexplained",
            heading="Due later, and not explained yet",
            none="Every decision whose letter is due later is explained.",
            rest=reverse("morning_lists:unexplained", args=[unit.pk]),
        ),
        _part(
            awaiting.not_taken_up(unit, days), OF_LATER, key="not-taken-up",
            heading="Due later, explained, and nobody is here to draft it",
            none="Every letter that is due later and explained has a drafter who is here.",
            rest=reverse("morning_lists:not_taken_up", args=[unit.pk]),
        ),
    ]  # fmt: skip


def _part(rows: "QuerySet[Duty]", most: Most, **words: str) -> Part:
    found = list(_shown(rows)[: most.looked_at + 1])
    return Part(rows=rows, most=most, found=found, **words)


def _section(part: Part, lines: list[Line]) -> Section:
    # It is counted in the database, once.
    shown, number = lines[: part.most.shown], part.number
    rest = Rest(
        name=part.heading, what="letters", shown=len(shown), number=number, address=part.rest
    )
    return Section(
        key=part.key, heading=part.heading, none=part.none, number=number, lines=shown,
        rests=[rest] if rest.is_more else [],
    )  # fmt: skip


def _with_decisions(
    new: Section, unit: Unit, decisions: "QuerySet[Decision]", now: datetime
) -> Section:
    """Return the section of new letters, with the decisions for which nobody to tell is known."""
    without = list(decisions[: SHOWN + 1])
    number = len(without) if len(without) <= SHOWN else awaiting.bounded(decisions)
    rest = Rest(
        name="Decisions with nobody to tell", what="decisions with nobody to tell",
        shown=min(number, SHOWN), number=number,
        address=reverse("morning_lists:untold", args=[unit.pk]),
    )  # fmt: skip
    letters = [replace(each, name="New letters", what="new letters") for each in new.rests]
    return replace(
        new,
        number=number + new.number,
        decisions=new_lines(without[:SHOWN], now),
        rests=[rest, *letters] if rest.is_more else letters,
    )


def _shown(rows: "QuerySet[Duty]") -> "QuerySet[Duty]":
    """Return letters with what their lines show."""
    rows = rows.select_related("case", "decision__made_by", "drafter__unit")
    return rows.only(
        "unit", "number", "drafter_name", "state", "decided_at", "due_on", "told_at",
        "explained_at", "drafted_at", "approved_at", "came_back", "in_post", "reopened",
        "case__urn", "case__urn_suffix", "decision__kind", "decision__made_by_name",
        "decision__made_by__full_name",
        "decision__made_by__is_active", "decision__made_by__role", "decision__made_by__unit",
        "drafter__full_name", "drafter__is_active", "drafter__role", "drafter__unit__name",
        "drafter__unit__kind",
    )  # fmt: skip


def _lines(duties: list[Duty], known: About, by: Reckoning) -> list[Line]:
    """Return letters by the hour at which the step they are in is to be over."""
    return sorted((line_of(each, known, by) for each in duties), key=lambda each: each.order)
