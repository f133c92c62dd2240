"""The time limits of disclosure that an Area uses: its own newest edition, or those that ship."""

from datetime import date

from forthright.accounts.models import Area
from forthright.disclosure.models import CourtDate, DisclosureDuty, LimitEdition
from forthright.rules.bank_holidays import published_bank_holidays
from forthright.rules.disclosure_deadlines import (
    Court,
    DisclosureLimit,
    DisclosureLimits,
    Remand,
    SentCase,
    Step,
    disclosure_steps,
    published_disclosure_limits,
)
from forthright.rules.working_days import Calendar
from forthright.schemes.selectors.area_clock import calendar_of, is_started
from forthright.web import clock


def limits_of_area(area: Area) -> DisclosureLimits:
    """Return the time limits that an Area uses, with their version."""
    own = edition_of(area)
    if own is None:
        return published_disclosure_limits()
    rows = tuple(DisclosureLimit.model_validate(row) for row in own.rows)
    return DisclosureLimits(f"{area} {own.number}", rows)


def edition_of(area: Area) -> LimitEdition | None:
    """Return the Area's own newest edition."""
    return LimitEdition.objects.filter(area=area).order_by("-number").first()


def calendar_for(area: Area) -> Calendar:
    """Return the Area's calendar, or the published one before it has its own."""
    return calendar_of(area) if is_started(area) else published_bank_holidays().calendar


def court_dates_of(duty: DisclosureDuty) -> dict[str, CourtDate]:
    """Return the newest date that a court set for each step."""
    return {each.key: each for each in duty.court_dates.all()}


def steps_of(duty: DisclosureDuty) -> tuple[Step, ...]:
    """Return every date of a duty that can be worked out.

    :raises LookupError: if no time limit is in force, or the calendar is too short
    """
    ordered = {key: each.day for key, each in court_dates_of(duty).items() if each.day}
    case = SentCase(
        sent=duty.triggered_on,
        remand=Remand(duty.remand),
        court=Court(duty.court),
        disclosed=clock.day_of(duty.served_at) if duty.served_at else None,
        stated=_stated(duty),
        ordered=ordered or None,
    )
    return disclosure_steps(
        case, limits=limits_of_area(duty.area), calendar=calendar_for(duty.area)
    )


def _stated(duty: DisclosureDuty) -> date | None:
    """Return the day on which the first defence statement came; one brought up to date is later."""
    came = duty.statements.filter(received_on__isnull=False).order_by("received_on", "pk")
    return came.values_list("received_on", flat=True).first()
