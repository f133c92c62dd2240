"""Test data in the product's own words; a state is reached through the real services."""

from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

from forthright.accounts.models import Area, Role, Unit, User
from forthright.cases.models import Case, Decision, PersonToTell
from forthright.schemes.models import Duty
from forthright.schemes.services import open_duties, start_area_scheme
from forthright.standards.services import start_area_standards

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 10, 5, 12, 0, tzinfo=LONDON)  # a Monday
_number = count(1)


def an_area(name: str = "Mercia") -> Area:
    """Return the Area of that name."""
    return Area.objects.get_or_create(name=name)[0]


def a_unit(kind: str = Unit.Kind.CROWN_COURT, *, area: Area | None = None) -> Unit:
    """Return the Area's unit of that kind."""
    area = area or an_area()
    name = f"{area.name} {Unit.Kind(kind).label}"
    return Unit.objects.get_or_create(area=area, name=name, defaults={"kind": kind})[0]


def a_person(role: str, *, unit: Unit | None = None, area: Area | None = None) -> User:
    """Return a new person with that role, in the Crown Court unit unless told otherwise."""
    area = unit.area if unit else area or an_area()
    unit = unit or a_unit(area=area)
    number = next(_number)
    return User.objects.create_user(
        f"person{number}@example.test",
        password="correct horse battery",
        full_name=f"{Role(role).label} {number}",
        role=role,
        area=area,
        unit=unit,
    )


def at(text: str) -> datetime:
    """Return a moment on the wall clock in London: "2026-04-02 16:55"."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def a_started_area(name: str = "Mercia") -> Area:
    """Return the Area with the published rules and calendar."""
    area = an_area(name)
    start_area_scheme(area, by=None, at=NOON)
    return area


def a_case(*, unit: Unit | None = None, **fields: object) -> Case:
    """Return a new case of the Crown Court unit unless told otherwise."""
    unit = unit or a_unit()
    fields = {"lead_offence": "Burglary", **fields}
    urn = fields.pop("urn", f"20AB{next(_number):05d}26")
    return Case.objects.create(area=unit.area, unit=unit, urn=urn, **fields)


def a_person_to_tell(case: Case, **fields: object) -> PersonToTell:
    """Return a new victim in a case, with standard entitlement unless told otherwise."""
    number = next(_number)
    fields = {
        "given_names": "Amira",
        "family_name": f"Begum{number}",
        "entitlement": PersonToTell.Entitlement.STANDARD,
        **fields,
    }
    return PersonToTell.objects.create(case=case, key=f"person {number}", **fields)


def a_decision(case: Case, *, made_at: datetime = NOON, **fields: object) -> Decision:
    """Return a new decision to discontinue unless told otherwise."""
    fields = {"kind": Decision.Kind.DISCONTINUED, **fields}
    key = f"decision {next(_number)}"
    return Decision.objects.create(area=case.area, case=case, key=key, made_at=made_at, **fields)


def a_letter_owed(
    *, decided_at: datetime = NOON, unit: Unit | None = None, person: dict | None = None,
    **case: object,
) -> Duty:  # fmt: skip
    """Return the letter owed to the one victim of a new case."""
    unit = unit or a_unit()
    a_started_area(unit.area.name)
    new_case = a_case(unit=unit, **case)
    a_person_to_tell(new_case, **(person or {}))
    decision = a_decision(new_case, made_at=decided_at)
    opened = open_duties([decision], by=None, at=max(decided_at, NOON))
    return Duty.objects.select_related("case", "person", "rule_set").get(pk=opened.ids[0])


def an_area_that_reports(name: str = "Mercia") -> Area:
    """Return the Area with rules, calendar and a standard, so that a report can be made."""
    area = a_started_area(name)
    start_area_standards(area, by=None, at=NOON)
    return area
