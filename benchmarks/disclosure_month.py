"""How long a month of 100,000 duties takes to count, show and write, and what endorsing costs."""

import io
import os
import tempfile
from collections.abc import Callable
from contextlib import redirect_stdout
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import django
import time_machine

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.test_settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be set up first
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks.grid_in_browser import grid_figures  # noqa: E402
from benchmarks.measuring import Figure, median_seconds  # noqa: E402
from forthright.accounts.models import Area, Role, Unit, User  # noqa: E402
from forthright.cases.models import Case, Defendant  # noqa: E402
from forthright.cli.disclosure_months import write_compliance  # noqa: E402
from forthright.disclosure.models import (  # noqa: E402
    DateChange,
    Delivery,
    DisclosureDuty,
    Item,
    PoliceReturn,
    Schedule,
    Serving,
)
from forthright.disclosure.selectors.compliance import compliance_of  # noqa: E402
from forthright.disclosure.selectors.corrected import SERVICE_DAY  # noqa: E402
from forthright.disclosure.selectors.standings import lines_of  # noqa: E402
from forthright.disclosure.selectors.trends import trends_of  # noqa: E402
from forthright.disclosure.services.endorsing import Written, endorse_item  # noqa: E402
from forthright.rules.disclosure_compliance import read_month  # noqa: E402
from forthright.rules.disclosure_duty import DutyState  # noqa: E402
from forthright.web.writing import insert_many  # noqa: E402

GOAL_MONTH_S, GOAL_ENDORSE_S = 2, 0.2
NOON = datetime(2026, 10, 21, 12, 0, tzinfo=ZoneInfo("Europe/London"))
# The day after the month is over on which it is asked for.
ASKED = datetime(2026, 11, 2, 12, 0, tzinfo=NOON.tzinfo)
ITEMS = 2_000
# One in so many duties: schedules were decided on; the day of its service or its due day was
# corrected since. Of the deliveries one in three went back, and one in 300 by mistake.
DECIDED, CORRECTED, BACK, BY_MISTAKE = 10, 500, 3, 300
# Of ten duties these are of the case of the one before: five cases of one, one of two and of three.
CO_DEFENDANTS = frozenset({6, 8, 9})


def measure(*, quick: bool) -> list[Figure]:
    """Time a month of many duties, and endorsing in a schedule of 2,000 items."""
    call_command("migrate", verbosity=0)
    number = 5_000 if quick else 100_000
    area = Area.objects.create(name="Mercia")
    unit = Unit.objects.create(area=area, name="Crown Court", kind=Unit.Kind.CROWN_COURT)
    _fill(area, unit, number)
    month = read_month("2026-10")

    def count() -> None:
        found = compliance_of(
            DisclosureDuty.objects.filter(area=area), Delivery.objects.filter(area=area), month,
            date(2026, 11, 2),
        )  # fmt: skip
        assert len(found.duties) == number

    taken = median_seconds(count, times=3 if quick else 5)
    charts = median_seconds(
        lambda: trends_of(
            DisclosureDuty.objects.filter(area=area), Delivery.objects.filter(area=area),
            date(2026, 11, 2),
        ),
        times=3 if quick else 5,
    )  # fmt: skip
    with time_machine.travel(ASKED, tick=True):
        opened = median_seconds(_page(area), times=3 if quick else 5)
        written = median_seconds(_written, times=3 if quick else 5)
    duty, lawyer = _long_duty(area, unit)
    return [
        _figure(f"compliance of a month with {number:,} duties, counted", taken, GOAL_MONTH_S),
        _figure(f"compliance of {number:,} duties, the page", opened, GOAL_MONTH_S),
        _figure(
            f"compliance of {number:,} duties, the files of the command", written, GOAL_MONTH_S
        ),
        _figure(f"its control charts, from {number:,} duties", charts, GOAL_MONTH_S),
        _endorsing(duty, lawyer, times=5 if quick else 25),
        *grid_figures(duty, lawyer, items=ITEMS, keys=10 if quick else 100),
    ]


def _page(area: Area) -> Callable[[], object]:
    """Return what opens the page of the month, signed in and opened once."""
    head = User.objects.create_user("head@example.test", role=Role.CHIEF_CROWN_PROSECUTOR,
                                    area=area, full_name="Ada North")  # fmt: skip
    browser = Client(HTTP_HOST="127.0.0.1")
    browser.force_login(head)

    def open_it() -> None:
        assert browser.get("/disclosure/compliance/?month=2026-10").status_code == 200

    open_it()
    return open_it


def _written() -> None:
    """Write the files of the month, as the command does once it has started."""
    with tempfile.TemporaryDirectory() as folder, redirect_stdout(io.StringIO()):
        write_compliance("2026-10", Path(folder), "", as_json=False)


def _fill(area: Area, unit: Unit, number: int) -> None:
    """Write duties of one month; nine in ten were served, by another day each."""
    cases = [Case(area=area, unit=unit, urn=f"20AB{each:05d}26", urn_suffix=str(each // 100_000))
             for each in range(number) if each % 10 not in CO_DEFENDANTS]  # fmt: skip
    insert_many(cases)
    waiting = iter(cases)
    people: list[Defendant] = []
    for place in range(number):
        case = people[-1].case if place % 10 in CO_DEFENDANTS else next(waiting)
        people.append(Defendant(case=case, key=str(place), family_name="Marsden"))
    insert_many(people)
    duties = [_duty(area, unit, person, place) for place, person in enumerate(people)]
    insert_many(duties)
    insert_many([_serving(duty) for duty in duties if duty.served_at])
    _correct(duties)
    _decide(area, unit, duties[::DECIDED])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _correct(duties: list[DisclosureDuty]) -> None:
    """Let the day of a service, and the one by which it was due, be corrected of some duties."""
    corrected = [each for each in duties[1::CORRECTED] if each.served_at]
    again = {"reason": "It was typed wrong", "changed_at": NOON + timedelta(days=9)}
    for duty in corrected:
        duty.servings.update(due_on=duty.due_on + timedelta(days=1))
    insert_many([
        change for duty in corrected for change in (
            DateChange(duty=duty, title=SERVICE_DAY, old_day=duty.due_on, new_day=duty.due_on,
                       **again),
            DateChange(duty=duty, title="Initial disclosure", new_day=duty.due_on, **again),
        )
    ])  # fmt: skip


def _decide(area: Area, unit: Unit, duties: list[DisclosureDuty]) -> None:
    """Write deliveries that were decided on; those that went back were mended, or sent in error."""
    police = Unit.objects.create(area=area, name="Mercia Police", kind=Unit.Kind.POLICE)
    came = [
        Delivery(
            area=area, unit=unit, case=duty.case, police_unit=police, checked_at=NOON,
            received_at=NOON, triaged_at=NOON,
            state=Delivery.State.ADEQUATE if place % BACK else Delivery.State.RETURNED,
        )
        for place, duty in enumerate(duties)
    ]  # fmt: skip
    insert_many(came)
    back = came[::BACK]
    mended = [Delivery(area=area, unit=unit, case=each.case, police_unit=police,
                       checked_at=NOON + timedelta(days=5), received_at=NOON + timedelta(days=5))
              for each in back]  # fmt: skip
    insert_many(mended)
    insert_many([
        PoliceReturn(
            delivery=each, area=area, unit=police, answer_by=date(2026, 10, 28), sent_at=NOON,
            mended_by=new if place % (BY_MISTAKE // BACK) else None,
            taken_back_at=None if place % (BY_MISTAKE // BACK) else NOON,
        )
        for place, (each, new) in enumerate(zip(back, mended, strict=True))
    ])  # fmt: skip


def _duty(area: Area, unit: Unit, person: Defendant, place: int) -> DisclosureDuty:
    is_served = place % 10 != 0
    return DisclosureDuty(
        area=area, unit=unit, case=person.case, defendant=person, court="CROWN", remand="BAIL",
        triggered_on=date(2026, 8, 1), moved_at=NOON, rules_version="2026.2",
        due_on=date(2026, 10, 1) + timedelta(days=place % 30),
        serve_by=date(2026, 10, 1) + timedelta(days=place % 30),
        state=DutyState.COURT_TOLD if is_served else DutyState.REVIEWING,
        served_at=NOON + timedelta(days=place % 7) if is_served else None,
    )  # fmt: skip


def _serving(duty: DisclosureDuty) -> Serving:
    served_at = duty.served_at or NOON
    return Serving(
        duty=duty, kind="INITIAL", method="DCS", proof="Receipt", served_at=served_at,
        served_on=served_at.date(), court_told_at=served_at, court_told_on=served_at.date(),
        due_on=duty.due_on, items_total=40, items_endorsed=40,
        presumed_total=3, presumed_given=2, sensitive_total=1, sensitive_settled=1,
    )  # fmt: skip


def _long_duty(area: Area, unit: Unit) -> tuple[DisclosureDuty, User]:
    """Return a duty whose schedule has 2,000 items, and who endorses them."""
    case = Case.objects.create(area=area, unit=unit, urn="20ZZ0000126")
    person = Defendant.objects.create(case=case, key="1", family_name="Hollis")
    duty = _duty(area, unit, person, 0)
    duty.save()
    delivery = Delivery.objects.create(area=area, unit=unit, case=case, checked_at=NOON,
                                       state=Delivery.State.ADEQUATE)  # fmt: skip
    schedule = Schedule.objects.create(delivery=delivery, form="MG6C", version=1, is_live=True)
    insert_many([Item(schedule=schedule, place=place, number=place, description=f"Receipt {place}")
                 for place in range(1, ITEMS + 1)])  # fmt: skip
    lawyer = User.objects.create_user("lawyer@example.test", role=Role.PROSECUTOR, area=area,
                                      unit=unit, full_name="Ada Hill")  # fmt: skip
    return duty, lawyer


def _endorsing(duty: DisclosureDuty, lawyer: User, *, times: int) -> Figure:
    """Time one endorsement after another in a schedule of 2,000 items, as the grid keeps them."""
    waiting = iter([line.item.pk for line in lines_of(duty)])

    def endorse() -> None:
        endorse_item(duty, Written(item_id=next(waiting), code="CND"), by=lawyer, at=NOON)

    taken = median_seconds(endorse, times=times)
    return _figure(f"one endorsement kept, among {ITEMS:,} items", taken, GOAL_ENDORSE_S)


def _figure(name: str, taken: float, goal: float) -> Figure:
    return Figure(name, taken, "s", goal=f"under {goal:g} s", is_met=taken < goal)
