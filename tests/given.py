"""Test data in the product's own words; a state is reached through the real services."""

from datetime import datetime
from itertools import count
from zoneinfo import ZoneInfo

from forthright.accounts.models import Area, Role, Unit, User

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
