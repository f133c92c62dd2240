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


CoversOn = Callable[[int, date], tuple[Standing, ...]]
_asked: list[CoversOn] = []


def answer_covers(covers_on: CoversOn) -> None:
    """Have a room answer which covers hold; the room that keeps them says so once, at start.

    Rooms below it need to know who is away and cannot import it.
    """
    _asked[:] = [covers_on]


def covers_standing(area_id: int, day: date) -> tuple[Standing, ...]:
    """Return the covers of an Area that hold on a day."""
    return tuple(each for covers_on in _asked for each in covers_on(area_id, day))


def deputies_of_those_away(area_id: int, day: date) -> dict[int, int]:
    """Return who is away on a day, each with who stands in for them."""
    return {each.spoc_id: each.deputy_id for each in covers_standing(area_id, day)}


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
