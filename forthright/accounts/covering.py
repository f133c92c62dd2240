"""What somebody may do because they cover for another, on top of what their own role allows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from forthright.accounts.models import Role, User
from forthright.accounts.permissions import COVERED, Permission, Reach, reach_of


@dataclass(frozen=True, slots=True)
class Covering:
    """One unit whose legal SPOC somebody stands in for now."""

    unit_id: int
    spoc_id: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One person standing in for a legal SPOC of a unit, on the day it was asked for."""

    unit_id: int
    spoc_id: int
    deputy_id: int


@dataclass(frozen=True, slots=True)
class Leave:
    """One person who is away on the day it was asked for, and their last day away."""

    person_id: int
    last_day: date


CoversOn = Callable[[int, date], tuple[Standing, ...]]
LeavesOn = Callable[[int, date], tuple[Leave, ...]]
_asked: list[tuple[CoversOn, LeavesOn]] = []


def answer_covers(covers_on: CoversOn, leaves_on: LeavesOn) -> None:
    """Have a room answer which covers hold and who is away; whichever keeps them says so at start.

    Rooms below it need to know who is away and cannot import it.
    """
    _asked[:] = [(covers_on, leaves_on)]


def covers_standing(area_id: int, day: date) -> tuple[Standing, ...]:
    """Return the covers of an Area that hold on a day."""
    return tuple(each for covers_on, _ in _asked for each in covers_on(area_id, day))


def away_until(area_id: int, day: date) -> dict[int, date]:
    """Return who of an Area is away on a day, each with their last day away.

    Whoever is on leave is away, whether or not anybody can stand in for them.
    """
    leaves = (each for _, leaves_on in _asked for each in leaves_on(area_id, day))
    return {each.person_id: each.last_day for each in leaves}


def covers_anything(user: User, permission: Permission) -> bool:
    """Say whether a permission of theirs comes from covering for somebody now."""
    return bool(user.covering) and permission in COVERED


def units_covered(user: User, permission: Permission) -> list[int]:
    """Return the units in which this person may do a thing because they cover there now."""
    is_spocs = reach_of(Role.LEGAL_SPOC, permission) is Reach.UNIT
    if not user.is_active or permission not in COVERED or not is_spocs:
        return []
    return [each.unit_id for each in user.covering]


def covered_for(user: User, unit_id: int | None) -> list[int]:
    """Return the people this person stands in for in a unit now; they are few, mostly one."""
    return [each.spoc_id for each in user.covering if each.unit_id == unit_id]


def let_cover(user: User, covering: Iterable[Covering]) -> User:
    """Let a person, for as long as this object lives, do what they cover for.

    Whoever asks looks up first what is covered at this moment: nothing here outlives a request.
    """
    user.covering = tuple(covering)
    return user
