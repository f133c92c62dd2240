"""Changes the Area's calendar: closed days are added and taken away, and letters follow."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.rules.words import date_words, day_words
from forthright.rules.written import reason_in
from forthright.schemes import policies
from forthright.schemes.models import ClosedDay
from forthright.schemes.selectors.calendar_reach import DayRefused, started_span_of
from forthright.schemes.selectors.redating import moves_if_closed, moves_if_open_again
from forthright.schemes.services.owing import lock_area
from forthright.schemes.services.redating import move_due_dates
from forthright.web import jobs


@dataclass(frozen=True, kw_only=True)
class NewClosedDay:
    """A day that is to be closed, why, and who says so."""

    day: date
    name: str
    source: str
    kind: str = ClosedDay.Kind.BANK_HOLIDAY


def check_day_can_close(area: Area, day: date) -> None:
    """Refuse a day that does not count already or lies before the calendar.

    :raises DayRefused: with what is wrong
    """
    if day.weekday() >= 5:
        raise DayRefused(
            f"{day_words(day)} is a weekend day, and weekends never count. "
            "Add the weekday that is closed in its place."
        )
    if ClosedDay.objects.filter(area=area, day=day, removed_at__isnull=True).exists():
        raise DayRefused(f"{day_words(day)} is in the calendar already.")
    span = started_span_of(area)
    if day < span.known_from:
        raise DayRefused(f"The calendar begins on {date_words(span.known_from)}.")


@transaction.atomic
def add_closed_day(area: Area, new: NewClosedDay, *, by: User | None, at: datetime) -> int:
    """Add a day that does not count and return how many letters got another due date.

    :raises NotAllowed: if this person may not change the calendar
    :raises DayRefused: if the day does not count already
    """
    area = lock_area(area.pk)
    policies.check_can_change_scheme(by, area)
    check_day_can_close(area, new.day)
    redating = moves_if_closed(area, new.day, new.name, today=at.date())
    closed = ClosedDay.objects.create(
        area=area,
        day=new.day,
        name=new.name,
        kind=new.kind,
        source=new.source,
        added_at=at,
        added_by=by,
    )
    reason = f"{new.name}, {day_words(new.day)}, was added to the calendar"
    moved = move_due_dates(redating, reason=reason, by=by, at=at)
    audit.record("calendar.day_added", closed, by=by, at=at, day=new.day, moved=moved)
    _ask_to_move_dispute_days(closed, by=by, at=at)
    return moved


@transaction.atomic
def remove_closed_day(closed: ClosedDay, *, reason: str, by: User | None, at: datetime) -> int:
    """Take a day out of the calendar and return how many letters got another due date.

    :raises NotAllowed: if this person may not change the calendar
    :raises DayRefused: if the day was taken out already, or nothing says why
    """
    area = lock_area(closed.area_id)
    policies.check_can_change_scheme(by, area)
    closed = ClosedDay.objects.select_related("area").get(pk=closed.pk)
    if closed.removed_at:
        raise DayRefused(f"{day_words(closed.day)} was taken out of the calendar already.")
    if not reason_in(reason):
        raise DayRefused("Say why this day counts after all.")
    redating = moves_if_open_again(closed, today=at.date())
    closed.removed_at, closed.removed_by = at, by
    closed.save(update_fields=["removed_at", "removed_by"])
    said = f"{closed.name}, {day_words(closed.day)}, was taken out of the calendar: {reason}"
    moved = move_due_dates(redating, reason=said, by=by, at=at)
    audit.record("calendar.day_removed", closed, by=by, at=at, day=closed.day, moved=moved,
                 reason=reason)  # fmt: skip
    _ask_to_move_dispute_days(closed, by=by, at=at)
    return moved


def _ask_to_move_dispute_days(closed: ClosedDay, *, by: User | None, at: datetime) -> None:
    """Have the days to dispute marks counted anew too; they belong to a room above this one."""
    what = "removed" if closed.removed_at else "added"
    jobs.ask("reviews.move_days", key=f"closed day {closed.pk} {what}", by=by, at=at,
             args={"closed_day": closed.pk}, area=closed.area)  # fmt: skip
