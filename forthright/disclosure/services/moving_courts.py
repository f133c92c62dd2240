"""Keeps that a case went to another court, with what had begun the duty before; or takes it back.

By what stood before the court that the case left, the duty stands again once the change is taken
back: the day, custody or bail, and what that court had ordered.
"""

from datetime import date, datetime

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure.models import DisclosureDuty, EarlierCourt
from forthright.disclosure.selectors.judged_by import first_serving
from forthright.disclosure.selectors.orders import standing_orders
from forthright.disclosure.services.reckoning import DateRefused
from forthright.rules.disclosure_limits import Court
from forthright.web import clock

CHANGED = "disclosure.court_changed"
TAKEN_BACK = "disclosure.court_change_taken_back"


def leave_court(
    duty: DisclosureDuty, court: str, day: date, *, by: User | None, at: datetime
) -> None:
    """Keep the court that a locked duty leaves for another, and what had begun the duty there."""
    serving = first_serving(duty)
    newest = duty.court_dates.order_by("-pk").values_list("pk", flat=True).first()
    EarlierCourt.objects.create(
        duty=duty, court=duty.court, triggered_on=duty.triggered_on, remand=duty.remand,
        orders_until=newest or 0, serving_id=serving.pk if serving else None, set_at=at, set_by=by,
    )  # fmt: skip
    audit.record(CHANGED, duty, by=by, at=at, court=court, day=day)


def last_change(duty: DisclosureDuty) -> EarlierCourt | None:
    """Return what was kept of the court from which a duty came to the one where it is now."""
    return duty.earlier_courts.order_by("pk").last()


def go_back(duty: DisclosureDuty, left: EarlierCourt, *, by: User | None, at: datetime) -> None:
    """Take a change of court back, which never was; a locked duty stands as before it, unsaved."""
    audit.record(TAKEN_BACK, duty, by=by, at=at, court=duty.court, day=duty.triggered_on)
    left.taken_back_at = at
    left.save(update_fields=["taken_back_at"])
    duty.court, duty.triggered_on, duty.remand = left.court, left.triggered_on, left.remand


def steps_ordered(duty: DisclosureDuty) -> set[str]:
    """Return for which steps an order of the court stands before which a duty is."""
    return set(standing_orders(duty))


def check_moved_on(duty: DisclosureDuty, day: date | None, court: str, *, at: datetime) -> date:
    """Return the day on which a case came to another court.

    :raises DateRefused: if it is not said, before the duty began, or to come
    """
    asked = {
        Court.CROWN: "on which day it was sent to the Crown Court",
        Court.MAGISTRATES: "on which day the plea of not guilty was entered before the "
        "magistrates’ court to which it was sent",
    }[Court(court)]
    wrong = "Where the court was wrong from the start, say that it was typed wrong."
    if day is None:
        raise DateRefused(f"The case went to another court: enter {asked}. {wrong}")
    if day > clock.day_of(at):
        raise DateRefused("The day on which it came before the other court must be today or past.")
    if day < duty.triggered_on:
        raise DateRefused(
            f"The case came to the other court on or after the day on which the duty began. {wrong}"
        )
    return day
