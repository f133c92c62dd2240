"""The time limits of disclosure that an Area uses: its own newest edition, or those that ship."""

from dataclasses import replace
from datetime import date, datetime

from forthright.accounts.models import Area
from forthright.cases.hearings import listed_of
from forthright.disclosure.models import DisclosureDuty, LimitEdition, Serving
from forthright.disclosure.selectors.earlier_courts import stood_now
from forthright.disclosure.selectors.orders import (
    lapsed_words,
    ordered_day,
    outdated_words,
    standing_orders,
)
from forthright.disclosure.selectors.remands import turns_of
from forthright.rules.bank_holidays import published_bank_holidays
from forthright.rules.deemed_service import given_on, judged_words
from forthright.rules.defence_time import time_for_statement
from forthright.rules.disclosure_deadlines import Step, Stood, disclosure_steps
from forthright.rules.disclosure_limits import (
    Court,
    DisclosureLimit,
    DisclosureLimits,
    Remand,
    SentCase,
    Way,
    published_disclosure_limits,
)
from forthright.rules.words import local
from forthright.rules.working_days import Calendar
from forthright.schemes.selectors.area_clock import calendar_of, is_started
from forthright.web import clock


def limits_of_area(area: Area, *, until: datetime | None = None) -> DisclosureLimits:
    """Return the time limits that an Area uses, or used until a moment, with their version."""
    own = edition_of(area, until=until)
    if own is None:
        return published_disclosure_limits()
    rows = tuple(DisclosureLimit.model_validate(row) for row in own.rows)
    return DisclosureLimits(f"{area} {own.number}", rows)


def edition_of(area: Area, *, until: datetime | None = None) -> LimitEdition | None:
    """Return the Area's own newest edition, or the newest that counts for what was until a moment.

    An edition that was made later counts too where it says from which day it applies.
    """
    rows = LimitEdition.objects.filter(area=area)
    if until is None:
        return rows.order_by("-number").first()
    found = None
    for each in rows.order_by("number"):
        # One that says from which day it applies changes nothing that began before, or corrects it.
        if each.made_at > until and each.applies_from is None:
            break
        found = each
    return found


def calendar_for(area: Area) -> Calendar:
    """Return the Area's calendar, or the published one before it has its own."""
    return calendar_of(area) if is_started(area) else published_bank_holidays().calendar


def steps_of(duty: DisclosureDuty) -> tuple[Step, ...]:
    """Return every date of a duty that can be worked out.

    :raises LookupError: if no time limit is in force, or the calendar is too short
    """
    case, limits, calendar = _case_of(duty), limits_of_area(duty.area), calendar_for(duty.area)
    if duty.served_at:
        given = given_on(local(duty.served_at), case, limits=limits, calendar=calendar)
        case = replace(
            case, disclosed=given.day, deemed=given.words, deemed_unverified=given.unverified
        )
    return disclosure_steps(case, limits=limits, calendar=calendar)


def judged_words_of(duty: DisclosureDuty) -> tuple[str, ...]:
    """Say by which day a service is judged that counts for the defence on a later one."""
    if duty.served_at is None:
        return ()
    served = local(duty.served_at)
    try:
        given = given_on(
            served, _case_of(duty), limits=limits_of_area(duty.area),
            calendar=calendar_for(duty.area),
        )  # fmt: skip
    except LookupError:
        # No calendar reaches that far: then its dates say so already.
        return ()
    return judged_words(served.date(), duty.due_on, given)


def case_of(stood: Stood) -> SentCase:
    """Return the case of a duty as the rules count with what began it, and nothing else."""
    return SentCase(sent=stood.day, remand=Remand(stood.remand), court=Court(stood.court))


def statement_words_of(duty: DisclosureDuty) -> tuple[str, ...]:
    """Say until when the defence has for its statement, as the letter of a first service says it.

    :raises LookupError: if no time limit is in force, or the calendar is too short
    """
    return time_for_statement(
        _case_of(duty), local(duty.served_at) if duty.served_at else None,
        limits=limits_of_area(duty.area), calendar=calendar_for(duty.area), today=clock.today(),
    )  # fmt: skip


def _case_of(duty: DisclosureDuty) -> SentCase:
    """Return the case of a duty without the day on which disclosure was given."""
    orders, stated = standing_orders(duty), _stated(duty)
    ordered = {key: each.day for key, each in orders.items() if each.day}
    since = [key for key, each in orders.items() if stated and ordered_day(each) > stated]
    listed = listed_of(duty.case_id)
    done_on, on = (listed.done_on, listed.on) if listed else (None, None)
    return replace(
        case_of(stood_now(duty)), stated=stated, ordered=ordered or None,
        ordered_since=tuple(since), way=_way_of(duty), listed=done_on or on,
        was_done=done_on is not None, turns=turns_of(duty), outdated=_uncounted(duty),
    )  # fmt: skip


def _uncounted(duty: DisclosureDuty) -> dict[str, tuple[str, ...]]:
    """Say which orders of each step do not count."""
    lapsed, outdated = lapsed_words(duty), outdated_words(duty)
    return {key: lapsed.get(key, ()) + outdated.get(key, ()) for key in {*lapsed, *outdated}}


def _way_of(duty: DisclosureDuty) -> Way:
    """Return how initial disclosure was served; by electronic means where it was not yet."""
    first = duty.servings.exclude(kind=Serving.Kind.CONTINUING).order_by("pk").first()
    return first.way if first else Way.ELECTRONIC


def _stated(duty: DisclosureDuty) -> date | None:
    """Return the day on which the first defence statement came; one brought up to date is later."""
    came = duty.statements.filter(received_on__isnull=False).order_by("received_on", "pk")
    return came.values_list("received_on", flat=True).first()
