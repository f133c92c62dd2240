"""Keeps that custody became bail, or bail custody, with its own day; or takes that back."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure.models import DisclosureDuty, RemandChange
from forthright.disclosure.selectors.remands import remand_now, standing_changes
from forthright.disclosure.services.reckoning import DateRefused
from forthright.rules.words import day_words
from forthright.web import clock

CHANGED = "disclosure.remand_changed"
TAKEN_BACK = "disclosure.remand_change_taken_back"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Custody or bail as it should stand.

    :param changed_on: since when, where it changed since the case was sent
    :param moved_up: whether the case was sent to another court since; then it is how it was sent
    """

    remand: str
    sent_on: date
    changed_on: date | None
    was_typed_wrong: bool
    moved_up: bool
    why: str


def settle_remand(duty: DisclosureDuty, wish: Wish, *, by: User | None, at: datetime) -> str:
    """Keep that the custody or bail of a locked duty changed; return how the defendant was sent.

    What was typed wrong is how they were sent; where a change since was kept, it is that change,
    which never was: it is taken back.

    :raises DateRefused: if the day of a change is not known or cannot be, or nothing changed
    """
    turns = wish.remand != remand_now(duty)
    is_since = turns and not wish.moved_up and not wish.was_typed_wrong
    if wish.changed_on is not None and not is_since:
        raise DateRefused(
            "A day on which custody or bail changed is kept only where they changed since the duty "
            "began, in the same court. Leave it empty, or choose what they changed to."
        )
    was_wrong = turns and wish.was_typed_wrong and not _take_last_back(duty, wish, by=by, at=at)
    sent_as = wish.remand if wish.moved_up or was_wrong else duty.remand
    _check_follows(duty, wish, sent_as)
    if is_since:
        _keep_change(duty, wish, by=by, at=at)
    return sent_as


def _keep_change(duty: DisclosureDuty, wish: Wish, *, by: User | None, at: datetime) -> None:
    changes, on = standing_changes(duty), wish.changed_on
    since = changes[-1].changed_on if changes else None
    first = (since or wish.sent_on) + timedelta(days=1)
    if on is None or not first <= on <= clock.day_of(at):
        raise DateRefused(
            f"Enter on which day custody or bail changed: from {day_words(first)} to today. Where "
            "it was never as it is recorded, say that it was typed wrong."
        )
    RemandChange.objects.create(
        duty=duty, remand=wish.remand, changed_on=on, reason=wish.why, set_at=at, set_by=by
    )
    audit.record(CHANGED, duty, by=by, at=at, remand=wish.remand, day=on)


def _take_last_back(duty: DisclosureDuty, wish: Wish, *, by: User | None, at: datetime) -> bool:
    """Take the last change back, which never was; say whether there was one."""
    changes = standing_changes(duty)
    if not changes:
        return False
    RemandChange.objects.create(
        duty=duty, remand=wish.remand, reason=wish.why, set_at=at, set_by=by
    )
    audit.record(TAKEN_BACK, duty, by=by, at=at, remand=changes[-1].remand,
                 day=changes[-1].changed_on)  # fmt: skip
    return True


def _check_follows(duty: DisclosureDuty, wish: Wish, sent_as: str) -> None:
    """Refuse how, or when, a defendant was sent where what changed since cannot follow from it."""
    changes = standing_changes(duty)
    gone = [each for each in changes if each.changed_on and each.changed_on <= wish.sent_on]
    if gone and not wish.moved_up:
        raise DateRefused(
            f"It is recorded that custody or bail changed on {_day(gone[0])}, which would be "
            "before the case was sent. Take that change back first, as one that was typed wrong."
        )
    left = [each for each in changes if each not in gone]
    if left and left[0].remand == sent_as:
        raise DateRefused(
            f"It is recorded that the defendant is {left[0].get_remand_display().lower()} since "
            f"{_day(left[0])}, so they were sent otherwise. Say here how they were sent; take that "
            "change back first where it was typed wrong."
        )


def _day(change: RemandChange) -> str:
    return day_words(change.changed_on) if change.changed_on else ""
