"""Which due dates would move, and to where, before anything is changed."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from forthright.accounts.models import Area
from forthright.rules.deadlines import DueDate
from forthright.rules.words import LONDON, count_words
from forthright.rules.working_days import Calendar
from forthright.schemes.models import ClosedDay, Duty, RuleSet
from forthright.schemes.selectors.area_clock import AreaClock, area_clock


@dataclass(frozen=True)
class Move:
    """One letter with the due date it would have."""

    duty: Duty
    due: DueDate
    rule_set: RuleSet

    @property
    def is_to_another_day(self) -> bool:
        """Return whether the date itself moves, and not only the words or the rule set."""
        return self.due.day != self.duty.due_on


@dataclass
class Redating:
    """What a change to the rules or the calendar would do to letters."""

    moves: list[Move] = field(default_factory=list)
    today: date = date.min

    @property
    def moved(self) -> list[Move]:
        """Return the letters whose due date would be another day."""
        return [move for move in self.moves if move.is_to_another_day]

    @property
    def become_overdue(self) -> int:
        """Count the letters that would be overdue today and are not now."""
        return sum(move.due.day < self.today <= move.duty.due_on for move in self.moved)

    @property
    def no_longer_overdue(self) -> int:
        """Count the letters that are overdue now and would not be."""
        return sum(move.duty.due_on < self.today <= move.due.day for move in self.moved)

    @property
    def words(self) -> str:
        """Say what would happen: "This moves 14 letters; 3 would become overdue."."""
        if not self.moved:
            return "No letter that is still to be sent gets another due date."
        said = f"This moves the due date of {count_words(len(self.moved), 'letter')}"
        if self.become_overdue:
            said += f"; {self.become_overdue:,} would become overdue"
        if self.no_longer_overdue:
            said += f"; {self.no_longer_overdue:,} would no longer be overdue"
        return f"{said}."


def moves_if_closed(area: Area, day: date, name: str, *, today: date) -> Redating:
    """Return what adding a closed day would move."""
    return planned(_open_across(area, day), clock_if_closed(area, day, name), today=today)


def moves_if_open_again(closed: ClosedDay, *, today: date) -> Redating:
    """Return what taking a closed day away would move."""
    across = _open_across(closed.area, closed.day)
    return planned(across, clock_if_open_again(closed), today=today)


def clock_if_closed(area: Area, day: date, name: str) -> AreaClock:
    """Return the clock of an Area as it would be with one more closed day."""
    clock = area_clock(area)
    return with_calendar(clock, _with_days(clock.calendar, {**clock.calendar.closed, day: name}))


def clock_if_open_again(closed: ClosedDay) -> AreaClock:
    """Return the clock of an Area as it would be without one of its closed days."""
    clock = area_clock(closed.area)
    days = {day: name for day, name in clock.calendar.closed.items() if day != closed.day}
    return with_calendar(clock, _with_days(clock.calendar, days))


def planned(duties: Iterable[Duty], clock: AreaClock, *, today: date) -> Redating:
    """Return where each letter's due date would move by a clock.

    :raises CalendarTooShort: if the calendar does not reach a due date
    """
    redating = Redating(today=today)
    for duty in duties:
        due, rule_set = clock.due(duty.decided_at, duty.entitlement)
        move = Move(duty, due, rule_set)
        is_reworded = list(due.arithmetic) != duty.due_because
        if move.is_to_another_day or is_reworded or rule_set.pk != duty.rule_set_id:
            redating.moves.append(move)
    return redating


def open_since(area: Area, day: date) -> Iterable[Duty]:
    """Return the letters still open of decisions made on a day or after it."""
    start = datetime.combine(day, time(0), tzinfo=LONDON)
    rows = Duty.objects.filter(area=area, state=Duty.State.OPEN, decided_at__gte=start)
    return rows.select_related("case", "rule_set")


def with_calendar(clock: AreaClock, calendar: Calendar) -> AreaClock:
    """Return a clock that counts on another calendar."""
    return replace(clock, calendar=calendar, _rules={}, _known={})


def _open_across(area: Area, day: date) -> Iterable[Duty]:
    """Return the open letters whose clock runs across a day."""
    end = datetime.combine(day + timedelta(days=1), time(0), tzinfo=LONDON)
    rows = Duty.objects.filter(
        area=area, state=Duty.State.OPEN, due_on__gte=day, decided_at__lt=end
    )
    return rows.select_related("case", "rule_set")


def _with_days(calendar: Calendar, closed: dict[date, str]) -> Calendar:
    return Calendar(closed, calendar.known_from, calendar.known_until)
