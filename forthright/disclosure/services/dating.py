"""Keeps the dates that a court set for a duty, each with why and on which day it was ordered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import CourtDate, DisclosureDuty
from forthright.disclosure.selectors.orders import standing_orders
from forthright.disclosure.selectors.secrets import READERS_OF_DUTY, why_not_said
from forthright.disclosure.services.judging import judge_anew
from forthright.disclosure.services.moving import locked
from forthright.disclosure.services.reckoning import DateRefused, is_judged, reckon
from forthright.rules.disclosure_duty import DutyState
from forthright.rules.disclosure_limits import INITIAL
from forthright.rules.hearing_days import asked_why, oddities_of
from forthright.rules.media_periods import published_periods
from forthright.rules.words import day_words
from forthright.rules.written import reason_in
from forthright.schemes.selectors.area_clock import closed_days_of
from forthright.web import clock
from forthright.web.meanwhile import by_whom, check_unchanged

SET = "disclosure.date_set"
LONGEST_REASON = 300


class OddDate(DateRefused):
    """A day that is more likely a slip; nobody has said why it is right."""

    def __init__(self, odd: Sequence[str]) -> None:
        """Say what is odd, and ask for why the day is right."""
        super().__init__(asked_why(odd))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """A date that a court set for one step; without a day the order is taken back.

    :param odd_because: why a day that is odd, such as a Sunday, is right all the same
    :param ordered_on: the day on which the court ordered it; None where it was ordered today
    :param is_correction: whether it says what the last order, typed wrong, had said from the start
    """

    key: str
    day: date | None
    reason: str
    odd_because: str = ""
    ordered_on: date | None = None
    is_correction: bool = False


def check_is_open(duty: DisclosureDuty) -> None:
    """Refuse to move the dates of a duty that is closed.

    :raises DateRefused: with what to do first
    """
    if duty.stands is DutyState.CLOSED:
        raise DateRefused(
            "This duty is closed, so its dates stay. Open it again first, with why, where a date "
            "of it is wrong."
        )


def court_stamp(duty: DisclosureDuty) -> str:
    """Return the stamp of the dates that a court has set."""
    newest = duty.court_dates.order_by("-pk").values_list("pk", flat=True).first()
    return str(newest or 0)


@transaction.atomic
def set_court_date(
    duty: DisclosureDuty, ordered: Ordered, *, by: User | None, at: datetime,
    opened: str | None = None,
) -> int:  # fmt: skip
    """Keep a date that a court ordered, or that a hearing moved to; return how many dates moved.

    Of two orders of one date the one counts that the court made last, whenever each was recorded.
    One that was made before the service, or before the day was over, counts for the figures, and
    so does a correction of one that was typed wrong.

    :raises NotAllowed: if the duty is not this person's
    :raises DateRefused: if there is no such step, no reason, the day is before the trigger, the
        duty is closed, or a figure becomes better and this person recorded what it rests on
    :raises OddDate: if the day is more likely a slip, and nobody says why it is right
    :raises ChangedMeanwhile: if somebody set a date since the page was opened
    """
    duty = locked(duty)
    policies.check_can_serve(by, duty)
    check_is_open(duty)
    check_unchanged(opened, court_stamp(duty), by_whom(duty, SET))
    if ordered.key not in set(duty.dates.values_list("key", flat=True)):
        raise DateRefused("Choose which date the court set.")
    if ordered.day is not None and ordered.day < duty.triggered_on:
        raise DateRefused("The date must be on or after the day on which the duty began.")
    reason = reason_in(ordered.reason)
    if not reason:
        raise DateRefused("Write why, such as the hearing at which the court ordered it.")
    if against := why_not_said(duty, "why", f"{reason}\n{ordered.odd_because}",
                               readers=READERS_OF_DUTY, by=by):  # fmt: skip
        raise DateRefused(against)
    was_wrong = _corrected_by(duty, ordered) if ordered.is_correction else None
    ordered_on = _ordered_on(duty, ordered, was_wrong, clock.day_of(at))
    if odd := _odd_about(duty, ordered.day, ordered_on or clock.day_of(at)):
        reason = with_why_right(reason, odd, ordered.odd_because)
    was_judged = is_judged(duty, at)
    CourtDate.objects.create(
        duty=duty, key=ordered.key, day=ordered.day, ordered_on=ordered_on, reason=reason,
        is_correction=ordered.is_correction, set_at=at, set_by=by,
    )  # fmt: skip
    audit.record(SET, duty, by=by, at=at, key=ordered.key, day=ordered.day, odd=list(odd),
                 ordered_on=ordered_on, is_correction=ordered.is_correction or None)  # fmt: skip
    moved = reckon(duty, reason, by=by, at=at)
    if was_judged and ordered_on is not None and ordered.key == INITIAL:
        recorded = {was_wrong.set_by_id} if was_wrong else set()
        moved += judge_anew(duty, reason, recorded_by=recorded, by=by, at=at)
    return moved


def check_orders_follow(duty: DisclosureDuty, sent_on: date) -> None:
    """Refuse a day on which a duty began where a court ordered something for a day before it.

    :raises DateRefused: with what to do first
    """
    early = next((e for e in standing_orders(duty).values() if e.day and e.day < sent_on), None)
    if early is None or early.day is None:
        return
    titles = dict(duty.dates.values_list("key", "title"))
    raise DateRefused(
        f"The court ordered {day_words(early.day)} for “{titles.get(early.key, early.key)}”. That "
        f"is before {day_words(sent_on)}, and nothing is due before the duty began. Say first what "
        "becomes of the order, on “Record a date that the court set”: correct its day, or take it "
        "back. Then correct this day."
    )


def _corrected_by(duty: DisclosureDuty, ordered: Ordered) -> CourtDate:
    """Return the order that was typed wrong."""
    last = duty.court_dates.filter(key=ordered.key).order_by("-pk").first()
    if last is None:
        raise DateRefused("No order of this date is kept, so there is none to correct.")
    return last


def _ordered_on(
    duty: DisclosureDuty, ordered: Ordered, was_wrong: CourtDate | None, today: date
) -> date | None:  # fmt: skip
    """Return the day on which the court ordered a date, where it is known.

    A correction is of the order as it was made, so it has the day of that.
    """
    day = ordered.ordered_on
    if day is None and was_wrong is not None:
        return was_wrong.ordered_on or clock.day_of(was_wrong.set_at)
    if day is not None and not duty.triggered_on <= day <= today:
        raise DateRefused(
            "The court ordered it today or before, and not before the day on which the duty began."
        )
    return day


def _odd_about(duty: DisclosureDuty, day: date | None, today: date) -> tuple[str, ...]:
    """Return what is odd about a day for something at court; nothing where no day is set."""
    if day is None:
        return ()
    furthest = published_periods()["furthest_days"]
    return oddities_of(day, today=today, furthest_days=furthest, closed=closed_days_of(duty.area))


def with_why_right(reason: str, odd: Sequence[str], because: str) -> str:
    """Return why a date was set, with why its odd day is right.

    :raises OddDate: if nobody says why
    :raises DateRefused: if that is more than is kept
    """
    if not (why := reason_in(because)):
        raise OddDate(odd)
    said = f"{reason} The day is right all the same: {why}"
    if len(said) > LONGEST_REASON:
        raise DateRefused(f"Both reasons together have more than {LONGEST_REASON} letters.")
    return said
