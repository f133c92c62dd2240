"""Moves the end of the Area's calendar: further with the bank holidays of every year, or back."""

from datetime import date, datetime, timedelta

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.rules.foretold_holidays import FORETOLD_SOURCE
from forthright.rules.written import reason_in
from forthright.schemes import policies
from forthright.schemes.models import CalendarSpan, ClosedDay
from forthright.schemes.selectors import calendar_reach as reach
from forthright.schemes.services.owing import lock_area


@transaction.atomic
def extend_calendar(
    area: Area, until: date, *, source: str, by: User | None, at: datetime
) -> CalendarSpan:
    """Make the calendar reach a later day, with the bank holidays that every year has.

    Those that were not in the calendar come in as foretold, to be confirmed against GOV.UK.

    :raises NotAllowed: if this person may not change the calendar
    :raises DayRefused: if the day is not later than the calendar's end, or too far ahead
    """
    area = lock_area(area.pk)
    policies.check_can_change_scheme(by, area)
    span = reach.started_span_of(area)
    days = reach.days_to_add(span, until, today=at.date())
    ClosedDay.objects.bulk_create(
        ClosedDay(area=area, day=day, name=name, source=FORETOLD_SOURCE, is_foretold=True,
                  added_at=at, added_by=by)
        for day, name in days.items()
    )  # fmt: skip
    was, begins = span.known_until, span.known_until + timedelta(days=1)
    span.added = [
        *span.added,
        {"from": begins.isoformat(), "until": until.isoformat(), "source": source},
    ]
    span.known_until = until
    span.save(update_fields=["known_until", "added"])
    audit.record("calendar.extended", span, by=by, at=at, was=was, until=until, source=source,
                 days_added=[day.isoformat() for day in days])  # fmt: skip
    return span


@transaction.atomic
def shorten_calendar(
    area: Area, until: date, *, reason: str, by: User | None, at: datetime
) -> CalendarSpan:
    """Take the calendar back to an earlier last day; the closed days after it stay.

    :raises NotAllowed: if this person may not change the calendar
    :raises DayRefused: if nothing says why, or a due date or today lies beyond the day
    """
    area = lock_area(area.pk)
    policies.check_can_change_scheme(by, area)
    span = reach.started_span_of(area)
    reach.check_can_end(span, until, today=at.date())
    if not reason_in(reason):
        raise reach.DayRefused("Say why the calendar ends earlier.")
    was, last = span.known_until, until.isoformat()
    span.added = [
        {**row, "until": min(row["until"], last)} for row in span.added if row["from"] <= last
    ]
    span.known_until = until
    span.save(update_fields=["known_until", "added"])
    audit.record("calendar.shortened", span, by=by, at=at, was=was, until=until,
                 reason=reason_in(reason))  # fmt: skip
    return span


@transaction.atomic
def confirm_foretold_days(area: Area, year: int, *, by: User | None, at: datetime) -> int:
    """Say that the foretold days of a year stand in the list of GOV.UK; return how many.

    :raises NotAllowed: if this person may not change the calendar
    """
    area = lock_area(area.pk)
    policies.check_can_change_scheme(by, area)
    days = reach.foretold_days_of(area, year)
    for closed in days:
        closed.is_foretold, closed.source = False, "GOV.UK bank holidays"
    ClosedDay.objects.bulk_update(days, ["is_foretold", "source"])
    audit.record("calendar.days_confirmed", by=by, at=at, area=area, year=year, days=len(days))
    return len(days)
