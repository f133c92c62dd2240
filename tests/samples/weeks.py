"""A week of letters owed, and a plan to sample it by."""

from datetime import timedelta

from forthright.accounts.models import Role, Unit, User
from forthright.rules.weeks import Week
from forthright.samples.models import Draw, Plan
from forthright.samples.services import PlanSettings, draw_sample, make_plan
from forthright.schemes.models import Duty
from forthright.schemes.services import open_duties
from tests import given

W40 = Week(2026, 40)  # Monday 28 September to Sunday 4 October
BEFORE = given.at("2026-09-01 09:00")
# A decision that day makes a letter due five working days later, in week 40.
DECIDED = given.at("2026-09-22 10:00")
MONDAY_AFTER = given.at("2026-10-05 06:00")


def letters_owed(
    number: int, *, unit: Unit | None = None, drafters: list[User] | None = None, **case: object
) -> list[Duty]:
    """Return so many letters due in week 40, sent in turn by these drafters."""
    unit = unit or given.a_unit()
    drafters = drafters or [given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=unit)]
    given.a_started_area(unit.area.name)
    decisions = []
    for _ in range(number):
        new_case = given.a_case(unit=unit, **case)
        given.a_person_to_tell(new_case)
        decisions.append(given.a_decision(new_case, made_at=DECIDED))
    opened = open_duties(decisions, by=None, at=given.NOON)
    letters = list(Duty.objects.filter(pk__in=opened.ids).order_by("pk"))
    for place, duty in enumerate(letters):
        duty.drafter = drafters[place % len(drafters)]
        duty.sent_at = DECIDED + timedelta(days=2)
        duty.state = Duty.State.MET
    Duty.objects.bulk_update(letters, ["drafter", "sent_at", "state"])
    return letters


def never_sent(duty: Duty) -> Duty:
    """Return a letter owed that nobody has sent."""
    duty.sent_at, duty.state = None, Duty.State.OPEN
    duty.save()
    return duty


def a_marker(unit: Unit | None = None) -> User:
    """Return a line manager of the unit."""
    return given.a_person(Role.LINE_MANAGER, unit=unit or given.a_unit())


def a_planner(unit: Unit | None = None) -> User:
    """Return a legal manager, who plans and draws."""
    return given.a_person(Role.LEGAL_MANAGER, unit=unit)


def a_plan(
    name: str = "Crown Court letters", *, unit: Unit | None = None, marker: User | None = None,
    **settings: object,
) -> Plan:  # fmt: skip
    """Return the unit's plan: five random letters and no more unless told otherwise."""
    unit = unit or given.a_unit()
    said = PlanSettings(
        marker=marker or a_marker(unit), **{"cycle_weeks": None, "random_size": 5, **settings}
    )
    return make_plan(unit.area, by=None, at=BEFORE, name=name, unit=unit, settings=said)


def a_draw(plan: Plan | None = None, *, seed: int | None = 7, of: int = 12) -> Draw:
    """Return the draw of week 40 by the scheduler, after so many letters were owed."""
    plan = plan or a_plan()
    if of:
        letters_owed(of, unit=plan.unit)
    return draw_sample(plan, W40, seed=seed, by=None, at=MONDAY_AFTER)
