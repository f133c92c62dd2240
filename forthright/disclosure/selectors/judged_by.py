"""By when initial disclosure was due as it is judged, told from what happened until then.

What happened is gone through in its order. A change of court counts from the day on which it was
recorded, what a court ordered from the day on which it was ordered. Each may move the day while it
is not over and nothing was served; what comes later moves it no more. What was recorded wrong is
gone through as it should have been, so a correction leads to the same day whenever it is made.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from forthright.audit.models import Event
from forthright.disclosure.models import CourtDate, DisclosureDuty, Serving
from forthright.disclosure.selectors.earlier_courts import Stage, stages_of
from forthright.disclosure.selectors.limits import calendar_for, case_of, limits_of_area
from forthright.disclosure.selectors.orders import recorded_orders, standing_orders
from forthright.rules.disclosure_deadlines import Step, disclosure_steps, initial_step
from forthright.web import clock
from forthright.web.meanwhile import newest_event

# What was recorded as the first service before it was none.
SERVICE_WAS_TAKEN_BACK = "disclosure.service_taken_back"


@dataclass(frozen=True, slots=True)
class _Fact:
    """Something that moved the day, or would have: an order, or that the case came to a court.

    :param place: what sorts it among those of its day
    """

    day: date
    place: tuple[int, int]
    order: CourtDate | None = None
    stage: Stage | None = None


def initial_as_judged(duty: DisclosureDuty) -> Step:
    """Return by when initial disclosure was due, as orders, courts and limits stood until then.

    :raises LookupError: if no time limit was in force, or the calendar is too short
    """
    served = first_service(duty)
    until = served.at if served else clock.start_of(duty.due_on + timedelta(days=1))
    limits, calendar = limits_of_area(duty.area, until=until), calendar_for(duty.area)
    stage, *later = stages_of(duty)
    known: set[int] = set()

    def counted() -> Step:
        orders = standing_orders(duty, stage=stage, is_known=lambda each: each.pk in known)
        ordered = {key: each.day for key, each in orders.items() if each.day}
        case = replace(case_of(stage.stood), ordered=ordered or None)
        return initial_step(disclosure_steps(case, limits=limits, calendar=calendar))

    step = counted()
    facts = [*_orders(duty, served), *_changes_of_court(duty, later)]
    for fact in sorted(facts, key=lambda each: (each.day, each.place)):
        if fact.day > step.day:
            break
        if fact.order:
            known.add(fact.order.pk)
        stage = fact.stage or stage
        step = counted()
    return step


def first_serving(duty: DisclosureDuty) -> Serving | None:
    """Return the first service; one that was taken back is none."""
    return duty.servings.exclude(kind=Serving.Kind.CONTINUING).order_by("pk").first()


def first_service(duty: DisclosureDuty) -> Event | None:
    """Return the event by which the first service was recorded."""
    if duty.served_at is None:
        return None
    events = Event.objects.filter(subject_kind=duty._meta.label, subject_id=str(duty.pk))
    if taken_back := newest_event(duty, SERVICE_WAS_TAKEN_BACK):
        events = events.filter(sequence__gt=taken_back.sequence)
    return events.filter(name="disclosure.served").order_by("sequence").first()


def _orders(duty: DisclosureDuty, served: Event | None) -> list[_Fact]:
    """Return what a court ordered before the first service, as it stands corrected."""
    moment = duty.served_at
    made = [each for theirs in recorded_orders(duty).values() for each in theirs]
    if served and moment:
        on = clock.day_of(moment)
        made = [
            each
            for each in made
            if (each.day <= on if each.order.ordered_on else each.order.set_at <= served.at)
        ]
    return [_Fact(each.day, (each.first, 0), order=each.order) for each in made]


def _changes_of_court(duty: DisclosureDuty, later: list[Stage]) -> list[_Fact]:
    """Return that the case came to each later court, where nothing had been served."""
    serving = first_serving(duty)
    return [
        _Fact(clock.day_of(left.set_at), (left.orders_until, left.pk), stage=each)
        for each in later
        if (left := each.left) and (serving is None or left.serving_id != serving.pk)
    ]
