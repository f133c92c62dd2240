"""When a case is heard and was sent, passed between rooms that stand beside each other.

The register of recordings keeps the hearing of a case, and disclosure counts from it; disclosure
keeps when each defendant was sent, and the register says where that differs from its own. Neither
room knows the other, so each answers here and asks here.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.db.models import QuerySet

from forthright.accounts.models import User


class NotFollowed(ValueError):
    """What is counted from a hearing cannot be counted from another day; the message says why."""


@dataclass(frozen=True, slots=True)
class Listed:
    """The hearing of a case: on which day it is listed, and when the case was sent, if known.

    `done_on` is when its plea and trial preparation took place and was done with, where it did:
    what is listed since is another hearing of the case, such as the trial.
    """

    on: date | None
    sent_on: date | None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class SentOtherwise:
    """That a case is listed as sent on a day on which none of its defendants was."""

    listed: date
    days: list[date]


@dataclass(frozen=True, slots=True)
class HeardOtherwise:
    """That a hearing is listed on one day, and disclosure counts from others recorded there."""

    listed: date
    days: list[date]


@dataclass(frozen=True, slots=True)
class HearingChange:
    """That the hearing of a case got another day, and why."""

    case_id: int
    why: str


# The ids of cases, as a query within a query.
SentCases = Callable[[], "QuerySet[Any, Any]"]
AsksListed = Callable[[int], Listed | None]
AsksChanges = Callable[[int, datetime], list[str]]
AsksSent = Callable[[int], list[date]]
AsksHeard = Callable[[int], list[date]]


class Follows(Protocol):
    """What counts anew from a hearing that changed; who changed it, and when."""

    def __call__(self, change: HearingChange, *, by: User | None, at: datetime) -> None:
        """Count anew."""


_listed: dict[str, AsksListed] = {}
_changes: dict[str, AsksChanges] = {}
_sent: dict[str, AsksSent] = {}
_heard: dict[str, AsksHeard] = {}
_sent_cases: dict[str, SentCases] = {}
_follows: dict[str, Follows] = {}


def answer_listed(room: str, asked: AsksListed) -> None:
    """Let a room say how the hearing of a case is listed."""
    _listed[room] = asked


def answer_changes(room: str, asked: AsksChanges) -> None:
    """Let a room say why the hearing of a case got another day since a moment, the last first."""
    _changes[room] = asked


def answer_sent_cases(room: str, asked: SentCases) -> None:
    """Let a room say of which cases it keeps a day of sending to the Crown Court."""
    _sent_cases[room] = asked


def answer_sent(room: str, asked: AsksSent) -> None:
    """Let a room say on which days defendants of a case were sent to the Crown Court."""
    _sent[room] = asked


def answer_heard(room: str, asked: AsksHeard) -> None:
    """Let a room say for which days it has the hearing of a case recorded itself."""
    _heard[room] = asked


def follow_hearings(room: str, follow: Follows) -> None:
    """Let a room count anew, in the same act, what rests on a hearing that changed."""
    _follows[room] = follow


def listed_of(case_id: int) -> Listed | None:
    """Return how the hearing of a case is listed, or nothing where no room keeps it."""
    found = (asked(case_id) for asked in _listed.values())
    return next((each for each in found if each is not None), None)


def changes_since(case_id: int, moment: datetime) -> list[str]:
    """Return why the hearing of a case got another day since a moment, the last change first."""
    return [why for asked in _changes.values() for why in asked(case_id, moment)]


def cases_listed_as_sent() -> list["QuerySet[Any, Any]"]:
    """Return the ids of the cases that are listed as sent, by each room that keeps their day."""
    return [asked() for asked in _sent_cases.values()]


def sent_days_of(case_id: int) -> list[date]:
    """Return on which days defendants of a case were sent to the Crown Court, the first first."""
    return sorted({day for asked in _sent.values() for day in asked(case_id)})


def sent_otherwise(case_id: int) -> SentOtherwise | None:
    """Return on which days a case was sent, where no defendant was on the day that is listed.

    Defendants of one case may be sent on different days, and what is listed keeps one of them.
    """
    listed, days = listed_of(case_id), sent_days_of(case_id)
    if listed is None or listed.sent_on is None or not days or listed.sent_on in days:
        return None
    return SentOtherwise(listed=listed.sent_on, days=days)


def heard_otherwise(case_id: int) -> HeardOtherwise | None:
    """Return on which days a hearing is recorded beside the one on which it is listed.

    What a court ordered wins over what is listed; whether the hearing moved since, or was listed
    wrong, a person says.
    """
    listed = listed_of(case_id)
    if listed is None or listed.on is None:
        return None
    heard = {day for asked in _heard.values() for day in asked(case_id)}
    others = sorted(heard - {listed.on, listed.done_on})
    return HeardOtherwise(listed=listed.on, days=others) if others else None


def say_changed(change: HearingChange, *, by: User | None, at: datetime) -> None:
    """Have every room that counts from the hearing of a case count anew.

    :raises NotFollowed: if one cannot
    """
    for follow in _follows.values():
        follow(change, by=by, at=at)
