"""Puts a case into the register, moves its hearing, and closes one that passed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.cases.hearings import HearingChange, NotFollowed, say_changed
from forthright.cases.models import Case, Decision
from forthright.hard_media import policies
from forthright.hard_media.models import (
    FormerClosing,
    Hearing,
    HearingMove,
)
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.selectors.listed import first_listed_words, moved_words
from forthright.hard_media.selectors.periods import periods_of
from forthright.rules import hearing_days
from forthright.rules.media_periods import dates_before
from forthright.rules.words import day_of, day_words
from forthright.rules.written import cleaned, reason_in
from forthright.schemes.selectors.area_clock import closed_days_of
from forthright.web.meanwhile import by_whom, check_unchanged

CLOSED = ("closed_as", "closed_reason", "closed_at", "closed_by")


class HearingRefused(ValueError):
    """A hearing cannot be so; the message says why."""


class OddDay(HearingRefused):
    """A day that is more likely a slip; nobody has said why it is right."""

    def __init__(self, odd: Sequence[str]) -> None:
        """Keep what is odd, and ask for why the day is right."""
        self.odd = tuple(odd)
        super().__init__(hearing_days.asked_why(odd))


class RegisteredAlready(HearingRefused):
    """A case is in the register already, and not as it was entered now."""

    def __init__(self, present: Hearing) -> None:
        """Say what is kept, that nothing of it changes, and where it can be changed."""
        stands = f"its PTPH on {day_words(present.on)}" if present.on else "no day listed"
        if present.sent_on:
            stands += f", sent to the Crown Court on {day_words(present.sent_on)}"
        if present.court:
            stands += f", at {present.court}"
        super().__init__(
            f"This case is in the register already: {stands}. What you entered differs, and is not "
            "kept. If the hearing has another day, record that it moved."
        )


@dataclass(frozen=True)
class Redated:
    """One day counted from the hearing: what falls on it, before and after the hearing moved."""

    words: str
    old: date | None
    # Without one the hearing has no day that it is counted from.
    new: date | None


@dataclass(frozen=True, kw_only=True)
class Listed:
    """What is known of the hearing of a case that goes into the register.

    :param odd_because: why a day that is odd is right all the same
    """

    on: date | None
    sent_on: date | None = None
    court: str = ""
    odd_because: str = ""


@transaction.atomic
def register_case(case: Case, listed: Listed, *, by: User | None, at: datetime) -> Hearing:
    """Put a case into the register of recordings; one that is there keeps its hearing.

    :raises NotAllowed: if the case is another unit's
    :raises RegisteredAlready: if it is there with another day or court than is known now
    :raises HearingRefused: if the case cannot have been sent, or be heard, on that day
    :raises OddDay: if the day is more likely a slip, and nobody says why it is right
    """
    policies.check_can_record_in(by, case.area, case.unit_id)
    if present := Hearing.objects.filter(case=case).first():
        return _as_it_is(present, listed)
    on, sent_on = listed.on, listed.sent_on
    known, today = known_of(case, sent_on), day_of(at)
    if sent_on and (why := hearing_days.why_not_sent_then(sent_on, known, today=today)):
        raise HearingRefused(why)
    if on:
        _check_possible(on, known)
    odd = _odd_and_right(case.area, on, listed.odd_because, today) if on else ()
    hearing, is_new = Hearing.objects.get_or_create(
        case=case,
        defaults={
            "area": case.area, "unit": case.unit, "on": on, "sent_on": sent_on,
            "court": cleaned(listed.court), "added_at": at, "added_by": by,
        },
    )  # fmt: skip
    if is_new:
        audit.record(
            "hearing.registered", hearing, by=by, at=at, on=on, sent_on=sent_on, odd=list(odd)
        )  # fmt: skip
    if is_new and on:
        _say_changed(hearing, first_listed_words(hearing), by=by, at=at)
    if is_new and odd and on:
        HearingMove.objects.create(
            hearing=hearing, old_on=None, new_on=on, reason="First listed", odd=list(odd),
            odd_because=reason_in(listed.odd_because), moved_at=at, moved_by=by,
        )  # fmt: skip
    return hearing if is_new else _as_it_is(hearing, listed)


def _as_it_is(present: Hearing, listed: Listed) -> Hearing:
    """Return a hearing that is there already, if nothing that is known now differs from it."""
    known = (listed.on, listed.sent_on, cleaned(listed.court))
    kept = (present.on, present.sent_on, present.court)
    if any(now and now != was for now, was in zip(known, kept, strict=True)):
        raise RegisteredAlready(present)
    return present


def odd_about(area: Area, on: date, today: date) -> tuple[str, ...]:
    """Return what is odd about a day for a hearing in an Area, each in a sentence."""
    return hearing_days.oddities_of(
        on, today=today, furthest_days=periods_of(area)["furthest_days"],
        closed=closed_days_of(area),
    )  # fmt: skip


def known_of(case: Case, sent_on: date | None) -> hearing_days.KnownDays:
    """Return what bounds the hearings of a case."""
    charged = Decision.objects.filter(case=case, kind=Decision.Kind.CHARGED)
    first = charged.order_by("made_at").values_list("made_at", flat=True).first()
    return hearing_days.KnownDays(
        urn=case.urn, sent_on=sent_on, charged_on=day_of(first) if first else None
    )


def _check_possible(on: date, known: hearing_days.KnownDays) -> None:
    if why := hearing_days.why_impossible(on, known):
        raise HearingRefused(why)


def _odd_and_right(area: Area, on: date, odd_because: str, today: date) -> tuple[str, ...]:
    """Return what is odd about a day that somebody said is right.

    :raises OddDay: if it is odd, and nobody says why it is right
    """
    odd = odd_about(area, on, today)
    if odd and not reason_in(odd_because):
        raise OddDay(odd)
    return odd


def redated_if(hearing: Hearing, on: date | None) -> list[Redated]:
    """Return what a move of the hearing to a day, or to none, would do to each counted from it."""
    periods = periods_of(hearing.area)
    old = (
        {step.by.name: step.on for step in dates_before(hearing.on, periods)} if hearing.on else {}
    )
    if on is None:
        return [
            Redated(step.words, step.on, None)
            for step in (dates_before(hearing.on, periods) if hearing.on else ())
        ]
    return [
        Redated(step.words, old.get(step.by.name), step.on) for step in dates_before(on, periods)
    ]


def check_can_move(hearing: Hearing, on: date | None, reason: str) -> None:
    """Refuse a day that cannot be, and a move that has no reason or is none.

    The first day that is listed needs no reason.

    :raises HearingRefused: with what is wrong or missing
    """
    if on is None and hearing.on is None:
        raise HearingRefused(
            "The hearing is not listed, so there is no day to take out of the list."
        )
    if hearing.on == on:
        raise HearingRefused("The hearing is on that day already.")
    if hearing.on is not None and not reason_in(reason):
        raise HearingRefused("Say why the hearing moved, for example: adjourned by the court.")
    if on is not None:
        _check_possible(on, known_of(hearing.case, hearing.sent_on))


def has_come(hearing: Hearing, today: date) -> bool:
    """Say whether the day of a hearing has come, so that it may have taken place."""
    return hearing.on is not None and hearing.on <= today


def hearing_stamp(hearing: Hearing) -> str:
    """Return a stamp of the day that a hearing is on."""
    return hearing.on.isoformat() if hearing.on else ""


def check_not_moved(hearing: Hearing, opened: str | None) -> None:
    """Refuse to move a hearing from another day than the page showed.

    :raises ChangedMeanwhile: with who moved it, and how to choose
    """
    check_unchanged(opened, hearing_stamp(hearing), by_whom(hearing, "hearing.moved"))


@dataclass(frozen=True, kw_only=True)
class NewDay:
    """The day that a hearing moves to, and why; without one it is taken out of the list.

    :param odd_because: why a day that is odd is right
    :param was_held: whether the hearing took place on the old day, where that has come; None, from
        no page: it counts as held
    :param is_done: whether it was done with then, so that the new day is of another hearing
    """

    on: date | None
    reason: str
    odd_because: str = ""
    was_held: bool | None = None
    is_done: bool = False


@transaction.atomic
def move_hearing(
    hearing: Hearing, to: NewDay, *, by: User | None, at: datetime, opened: str | None = None
) -> HearingMove:
    """Give the hearing another day, or none yet; the old one stays, with each that moves and why.

    An old day that has come stays one on which the hearing was held, in every figure of the past,
    unless it is said that it did not take place then.

    A case that was closed because its hearing had passed is open again.

    :raises NotAllowed: if the case is another unit's
    :raises ChangedMeanwhile: if somebody moved it since the page was opened
    :raises HearingRefused: if nobody says why, it is the day it has, or cannot be
    :raises OddDay: if the day is more likely a slip, and nobody says why it is right
    """
    policies.check_can_record(by, hearing)
    hearing = locked(hearing)
    check_not_moved(hearing, opened)
    check_can_move(hearing, to.on, to.reason)
    odd = _odd_and_right(hearing.area, to.on, to.odd_because, day_of(at)) if to.on else ()
    first = "Listed anew" if hearing.moves.exists() else "First listed"
    moved = HearingMove.objects.create(
        hearing=hearing, old_on=hearing.on, new_on=to.on,
        reason=reason_in(to.reason) or first,
        redated=[
            [each.words, *(day.isoformat() if day else "" for day in (each.old, each.new))]
            for each in redated_if(hearing, to.on)
        ],
        odd=list(odd), odd_because=reason_in(to.odd_because) if odd else "",
        was_held=to.was_held if has_come(hearing, day_of(at)) else None,
        is_done=bool(to.was_held and to.is_done and has_come(hearing, day_of(at))),
        moved_at=at, moved_by=by,
    )  # fmt: skip
    hearing.on = to.on
    _open_again(hearing, moved.reason, by=by, at=at)
    hearing.save(update_fields=["on", *CLOSED])
    audit.record(
        "hearing.moved", hearing, by=by, at=at, old_on=moved.old_on, new_on=to.on,
        move=moved.pk, odd=list(odd), was_held=moved.was_held, is_done=moved.is_done,
    )  # fmt: skip
    _say_changed(hearing, moved_words(moved), by=by, at=at)
    return moved


def _say_changed(hearing: Hearing, why: str, *, by: User | None, at: datetime) -> None:
    """Have what other rooms count from the hearing counted anew, in the same act.

    :raises HearingRefused: if it cannot be
    """
    try:
        say_changed(HearingChange(case_id=hearing.case_id, why=why), by=by, at=at)
    except NotFollowed as refusal:
        raise HearingRefused(str(refusal)) from None


@transaction.atomic
def close_hearing(
    hearing: Hearing, closed_as: str, reason: str, *, by: User | None, at: datetime
) -> Hearing:
    """Close a case of which something is owed after its hearing, so that nobody is asked to act.

    How it stood by the hearing, ready or not, stays so in every figure of the past.

    :raises NotAllowed: if the case is another unit's
    :raises HearingRefused: if it is closed, nothing is owed, its hearing is to come, or nobody
        says why
    """
    policies.check_can_record(by, hearing)
    hearing = locked(hearing)
    if hearing.closed_at is not None:
        raise HearingRefused("Somebody closed this case meanwhile.")
    if not ladder_of(hearing, day_of(at)).is_to_close:
        raise HearingRefused(
            "Only a case that was not ready by a hearing that has come, or of which something is "
            "owed since, or whose expected day passed with no hearing listed, is closed."
        )
    if closed_as not in Hearing.Closed.values or not reason_in(reason):
        raise HearingRefused("Say what became of the recordings, and why nothing more is done.")
    _set_closed(hearing, closed_as, reason_in(reason), by=by, at=at)
    hearing.save(update_fields=CLOSED)
    audit.record("hearing.closed", hearing, by=by, at=at, closed_as=closed_as, on=hearing.on)
    return hearing


@transaction.atomic
def reopen_hearing(hearing: Hearing, reason: str, *, by: User | None, at: datetime) -> Hearing:
    """Open a case again that was closed, because something is still to be done.

    :raises NotAllowed: if the case is another unit's
    :raises HearingRefused: if it is open, or nobody says why
    """
    policies.check_can_record(by, hearing)
    hearing = locked(hearing)
    if not (why := reason_in(reason)):
        raise HearingRefused("Say why the case is opened again.")
    closing = _open_again(hearing, why, by=by, at=at)
    if closing is None:
        raise HearingRefused("Somebody opened this case again meanwhile.")
    hearing.save(update_fields=CLOSED)
    # By its number: why it was closed and opened names people, and more read the record.
    audit.record("hearing.reopened", hearing, by=by, at=at, closing=closing.pk)
    return hearing


def _open_again(
    hearing: Hearing, because: str, *, by: User | None, at: datetime
) -> FormerClosing | None:
    """Open a case, and return how it was closed until now, if it was; whoever calls saves it."""
    if hearing.closed_at is None:
        return None
    kept = FormerClosing.objects.create(
        hearing=hearing, closed_as=hearing.closed_as, closed_reason=hearing.closed_reason,
        closed_at=hearing.closed_at, closed_by=hearing.closed_by, opened_because=because,
        opened_at=at, opened_by=by,
    )  # fmt: skip
    _set_closed(hearing, "", "", by=None, at=None)
    return kept


def _set_closed(
    hearing: Hearing, closed_as: str, reason: str, *, by: User | None, at: datetime | None
) -> None:
    hearing.closed_as, hearing.closed_reason = closed_as, reason
    hearing.closed_at, hearing.closed_by = at, by


def locked(hearing: Hearing) -> Hearing:
    """Return a hearing, locked until the act is done."""
    rows = Hearing.objects.select_for_update(of=("self",))
    return rows.select_related("case", "area").get(pk=hearing.pk)
