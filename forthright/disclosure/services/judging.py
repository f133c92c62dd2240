"""Counts anew by when a duty was due, where that is history and something about it was wrong."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from forthright.accounts.models import User
from forthright.audit.models import Event
from forthright.disclosure.models import DateChange, DisclosureDuty, Serving
from forthright.disclosure.selectors import limits
from forthright.disclosure.selectors.corrected import JUDGED_BY, JUDGED_WHEN_OVER
from forthright.disclosure.services.reckoning import DateRefused, say_what_is_judged
from forthright.rules.disclosure_deadlines import Stood
from forthright.web import clock
from forthright.web.meanwhile import newest_event

CORRECTED = "disclosure.trigger_corrected"
# What was recorded as the first service before it was none.
SERVICE_WAS_TAKEN_BACK = "disclosure.service_taken_back"


@dataclass(frozen=True, slots=True)
class Judged:
    """What a duty is judged by: what stood when it was served, or when its day was over.

    `day` is the day of the service or the last day, `until` the moment until which what was
    recorded counts, `served` the event of the service.
    """

    day: date
    until: datetime
    served: Event | None
    stood: Stood


def judged_of(duty: DisclosureDuty) -> Judged:
    """Return what a duty that was served, or whose day is over, is judged by."""
    served = _first_service(duty)
    if duty.served_at is None or served is None:
        day = clock.day_of(duty.served_at) if duty.served_at else duty.due_on
        until = clock.start_of(day + timedelta(days=1))
        return Judged(day, until, None, _stood(duty, served, until))
    day = clock.day_of(duty.served_at)
    return Judged(day, served.at, served, _stood(duty, served, served.at))


def judge_anew(
    duty: DisclosureDuty, judged: Judged, why: str, *, recorded_by: Collection[int | None],
    by: User | None, at: datetime,
) -> int:  # fmt: skip
    """Count anew by when a duty was due, from what stood then; keep that it was corrected.

    :param recorded_by: who recorded what was wrong
    :returns: 1 where that is a move which no other date tells of; otherwise 0
    :raises DateRefused: if a figure becomes better and this person recorded what it rests on
    """
    try:
        step = limits.initial_as_it_was(duty, judged.stood, until=judged.until, on=judged.day)
    except LookupError as refusal:
        raise DateRefused(str(refusal)) from None
    before, duty.due_on, duty.serve_by = duty.due_on, step.day, step.serve_by
    if before == duty.due_on:
        return 0
    first = _first_serving(duty)
    # Also where it was given in time: the day on which it was may yet be corrected to a later one.
    if duty.due_on > before:
        check_is_another(by, {*recorded_by, first.served_by_id if first else None})
    duty.save(update_fields=["due_on", "serve_by"])
    say_what_is_judged(duty)
    told = duty.date_changes.filter(changed_at=at, old_day=before, new_day=duty.due_on).exists()
    if told and first:
        # Of a service the day that was typed stays beside it, so nothing more has to be kept.
        return 0
    DateChange.objects.create(
        duty=duty, title=JUDGED_BY if first else JUDGED_WHEN_OVER, old_day=before,
        new_day=duty.due_on, reason=why, changed_at=at, changed_by=by,
    )  # fmt: skip
    return 0 if told else 1


def check_is_another(by: User | None, recorded_by: Collection[int | None]) -> None:
    """Refuse a correction by which a figure becomes better to who recorded what was wrong.

    :raises DateRefused: with who may record it
    """
    if by is not None and by.pk in recorded_by:
        raise DateRefused(
            "By this correction a figure becomes better, and you recorded what it rests on. "
            "Somebody else of the unit records it: a second person sees what the first no longer "
            "sees."
        )


def _first_serving(duty: DisclosureDuty) -> Serving | None:
    return duty.servings.exclude(kind=Serving.Kind.CONTINUING).order_by("pk").first()


def _first_service(duty: DisclosureDuty) -> Event | None:
    events = Event.objects.filter(subject_kind=duty._meta.label, subject_id=str(duty.pk))
    if taken_back := newest_event(duty, SERVICE_WAS_TAKEN_BACK):
        events = events.filter(sequence__gt=taken_back.sequence)
    return events.filter(name="disclosure.served").order_by("sequence").first()


def _stood(duty: DisclosureDuty, served: Event | None, until: datetime) -> Stood:
    """Return what began a duty as it counted then: what changed since does not count."""
    event = newest_event(duty, CORRECTED)
    if event is None:
        return limits.stood_now(duty)
    is_before = event.sequence < served.sequence if served else event.at < until
    if is_before:
        return limits.stood_now(duty)
    said = event.detail
    return Stood(
        day=date.fromisoformat(said["day_then"]) if "day_then" in said else duty.triggered_on,
        court=str(said.get("court_then", duty.court)),
        remand=str(said.get("remand_then", duty.remand)),
    )
