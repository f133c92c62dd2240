"""The list of letters owed: its filters, its counts and its order, each answered by an index.

An address may carry: show (a name in SHOW), week ("2026-W40"), unit, entitlement, late_stage
and drafter (each once or more), and words (a URN, a letter's reference or a surname).
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from forthright.accounts.models import Area, User
from forthright.cases.selectors import cases_named, people_named
from forthright.rules.weeks import Week
from forthright.rules.words import day_words
from forthright.schemes.models import Duty
from forthright.schemes.selectors.duties import duties_visible_to, next_working_day

# More people or cases than this are not looked through; the page asks to type more. One surname in
# a hundred is Smith, so it must stand well above a hundredth of what an Area holds in years.
MOST_FOUND = 5_000
SHOW = {
    "open": "Still to be sent",
    "overdue": "Overdue: not sent",
    "today": "Due today",
    "tomorrow": "Due next working day",
    "later": "Due later",
    "late": "Sent late",
    "met": "Sent in time",
    "not_required": "Not required",
    "all": "All",
}
# The stage of a late letter whose earlier steps nobody recorded.
STAGE_NOT_KNOWN = "NOT_KNOWN"
STATES = {
    "late": Duty.State.LATE,
    "met": Duty.State.MET,
    "not_required": Duty.State.NOT_REQUIRED,
}


class TooManyFound(ValueError):
    """What was typed fits more people or cases than can be looked through."""


@dataclass(frozen=True, kw_only=True)
class DutyFilters:
    """What a person asked the list to show."""

    show: str = ""
    week: Week | None = None
    unit: tuple[int, ...] = ()
    entitlement: tuple[str, ...] = ()
    late_stage: tuple[str, ...] = ()
    drafter: int | None = None
    words: str = ""

    @property
    def shown(self) -> str:
        """Return which letters to list; everything only within a week or a search."""
        is_narrow = bool(self.words or self.week)
        if self.show == "all" or not self.show:
            return "all" if is_narrow else "open"
        return self.show


@dataclass(frozen=True)
class Days:
    """Today and the next day that counts, by which open letters are told apart."""

    today: date
    tomorrow: date

    def group_of(self, duty: Duty) -> str:
        """Return the heading an open letter stands under."""
        if duty.due_on < self.today:
            return "overdue"
        if duty.due_on == self.today:
            return "today"
        return "tomorrow" if duty.due_on <= self.tomorrow else "later"


def days_for(area: Area, today: date) -> Days:
    """Return today and the Area's next working day."""
    return Days(today, next_working_day(area, today))


def filtered(user: User, filters: DutyFilters) -> "QuerySet[Duty]":
    """Return the letters that fit the filters, whatever their state.

    :raises TooManyFound: if what was typed fits too many people or cases
    """
    rows = duties_visible_to(user)
    if filters.words:
        rows = _searched(rows, user.area, filters.words)
    stages = tuple("" if stage == STAGE_NOT_KNOWN else stage for stage in filters.late_stage)
    wanted = {
        "state": Duty.State.LATE if "" in stages else None,
        "due_week": filters.week.monday if filters.week else None,
        "unit__in": filters.unit,
        "entitlement__in": filters.entitlement,
        "late_stage__in": stages,
        "drafter": filters.drafter,
    }
    return rows.filter(**{name: value for name, value in wanted.items() if value})


def shown(rows: "QuerySet[Duty]", show: str, days: Days) -> "QuerySet[Duty]":
    """Return those of the filtered letters that are listed."""
    if show == "all":
        return rows
    if show in STATES:
        return rows.filter(state=STATES[show])
    rows = rows.filter(state=Duty.State.OPEN)
    cut = {
        "overdue": Q(due_on__lt=days.today),
        "today": Q(due_on=days.today),
        "tomorrow": Q(due_on__gt=days.today, due_on__lte=days.tomorrow),
        "later": Q(due_on__gt=days.tomorrow),
    }
    return rows.filter(cut[show]) if show in cut else rows


def order_of(show: str) -> tuple[str, ...]:
    """Return the order of a list: what is due first first, what is done the newest first."""
    return ("-due_on", "-pk") if show in STATES else ("due_on", "pk")


def with_names(rows: list[Duty]) -> list[Duty]:
    """Return the letters of one page with the names that are shown, in the same order.

    Joining only these few lets the database sort bare letters before it.
    """
    found = Duty.objects.filter(pk__in=[duty.pk for duty in rows])
    found = found.select_related("case", "person", "unit", "drafter")
    whole = {duty.pk: duty for duty in found.defer("due_because", "not_required_reason")}
    return [whole[duty.pk] for duty in rows if duty.pk in whole]


def counts_of(rows: "QuerySet[Duty]", days: Days) -> dict[str, int]:
    """Return how many of the filtered letters stand under each heading."""
    plain = rows.order_by()
    by_state = dict(plain.values_list("state").annotate(Count("pk")))
    opened = plain.filter(state=Duty.State.OPEN).aggregate(
        overdue=Count("pk", filter=Q(due_on__lt=days.today)),
        today=Count("pk", filter=Q(due_on=days.today)),
        tomorrow=Count("pk", filter=Q(due_on__gt=days.today, due_on__lte=days.tomorrow)),
        later=Count("pk", filter=Q(due_on__gt=days.tomorrow)),
    )
    closed = {show: by_state.get(state, 0) for show, state in STATES.items()}
    return {**opened, **closed}


def heading_of(show: str, days: Days) -> str:
    """Return the words over a group of letters."""
    if show == "tomorrow":
        is_next_day = (days.tomorrow - days.today).days == 1
        return "Due tomorrow" if is_next_day else f"Due {day_words(days.tomorrow, year=False)}"
    return SHOW[show]


def _searched(rows: "QuerySet[Duty]", area: Area, words: str) -> "QuerySet[Duty]":
    """Return the letters of a case or of people with a surname.

    The few cases or people are found first, each by their own index, so that
    the database never walks through every letter of the Area.
    """
    if words[:2].isdigit():
        named = cases_named(area, _without_number(words))
        return rows.filter(case__in=_few(named, "cases have a URN", words))
    return rows.filter(person__in=_few(people_named(area, words), "people have a surname", words))


def _few(rows: "QuerySet[Any]", what: str, words: str) -> list[int]:
    found = list(rows.values_list("pk", flat=True)[: MOST_FOUND + 1])
    if len(found) > MOST_FOUND:
        raise TooManyFound(
            f"More than {MOST_FOUND:,} {what} that begins with “{words}”. Type more of it."
        )
    return found


def _without_number(words: str) -> str:
    """Return a letter's reference without the letter's number: the URN of its case."""
    written, _, number = words.replace(" ", "").rpartition("-")
    return written if written and number.isdigit() and len(number) <= 3 else words
