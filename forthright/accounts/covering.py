"""What somebody may do because they cover for another, on top of what their own role allows."""

from collections.abc import Callable, Iterable, Sequence
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


StandingOn = Callable[[int, date], Sequence[Standing]]
LeavesOn = Callable[[int, date], Sequence[Leave]]


@dataclass(frozen=True, slots=True)
class Covers:
    """What the room that keeps covers answers of an Area on a day."""

    # Which covers hold, and who really stands in: for a deputy who is away too, whoever is here.
    standing_on: StandingOn
    acting_on: StandingOn
    leaves_on: LeavesOn


_asked: list[Covers] = []


def answer_covers(covers: Covers) -> None:
    """Have a room answer which covers hold and who is away; whichever keeps them says so at start.

    Rooms below it need to know who is away and cannot import it.
    """
    _asked[:] = [covers]


def covers_standing(area_id: int, day: date) -> tuple[Standing, ...]:
    """Return the covers of an Area that hold on a day."""
    return tuple(each for covers in _asked for each in covers.standing_on(area_id, day))


def covers_acting(area_id: int, day: date) -> tuple[Standing, ...]:
    """Return who really stands in for whom in an Area on a day: nobody who is away themselves."""
    return tuple(each for covers in _asked for each in covers.acting_on(area_id, day))


def away_until(area_id: int, day: date) -> dict[int, date]:
    """Return who of an Area is away on a day, each with their last day away.

    Whoever is on leave is away, whether or not anybody can stand in for them.
    """
    leaves = (each for covers in _asked for each in covers.leaves_on(area_id, day))
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


def let_stand_in(user: User, covers: Iterable[Standing]) -> User:
    """Let a person, for as long as this object lives, do what they cover for by some covers."""
    theirs = [each for each in covers if each.deputy_id == user.pk]
    return let_cover(user, [Covering(each.unit_id, each.spoc_id) for each in theirs])


def let_cover(user: User, covering: Iterable[Covering]) -> User:
    """Let a person, for as long as this object lives, do what they cover for.

    Whoever asks looks up first what is covered at this moment: nothing here outlives a request.
    """
    user.covering = tuple(covering)
    return user
