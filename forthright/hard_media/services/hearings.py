"""Puts a case into the register, moves its hearing, and keeps who represents each defendant."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.cases.models import Case, Defendant
from forthright.hard_media import policies
from forthright.hard_media.models import Hearing, HearingMove, Representation
from forthright.hard_media.selectors.periods import periods_of
from forthright.rules.media_periods import dates_before
from forthright.rules.written import cleaned, reason_in
from forthright.web.meanwhile import by_whom, check_unchanged


class HearingRefused(ValueError):
    """A hearing cannot be so; the message says why."""


@dataclass(frozen=True, kw_only=True)
class Firm:
    """Who represents a defendant from a day on; without a firm, nobody does."""

    firm: str = ""
    contact: str = ""
    email: str = ""
    starts_on: date


@dataclass(frozen=True)
class Redated:
    """One day counted from the hearing: what falls on it, before and after the hearing moved."""

    words: str
    old: date | None
    new: date


@transaction.atomic
def register_case(
    case: Case, *, on: date | None, sent_on: date | None, court: str = "", by: User | None,
    at: datetime,
) -> Hearing:  # fmt: skip
    """Put a case into the register of recordings; one that is there keeps its hearing.

    :raises NotAllowed: if the case is another unit's
    """
    policies.check_can_record_in(by, case.area, case.unit_id)
    hearing, is_new = Hearing.objects.get_or_create(
        case=case,
        defaults={
            "area": case.area, "unit": case.unit, "on": on, "sent_on": sent_on,
            "court": cleaned(court), "added_at": at, "added_by": by,
        },
    )  # fmt: skip
    if is_new:
        audit.record("hearing.registered", hearing, by=by, at=at, on=on, sent_on=sent_on)
    return hearing


def redated_if(hearing: Hearing, on: date) -> list[Redated]:
    """Return what a move of the hearing to a day would do to each day counted from it."""
    periods = periods_of(hearing.area)
    old = (
        {step.by.name: step.on for step in dates_before(hearing.on, periods)} if hearing.on else {}
    )
    return [
        Redated(step.words, old.get(step.by.name), step.on) for step in dates_before(on, periods)
    ]


def check_can_move(hearing: Hearing, on: date, reason: str) -> None:
    """Refuse a move that has no reason, or is none; the first day that is listed needs none.

    :raises HearingRefused: with what is missing
    """
    if hearing.on == on:
        raise HearingRefused("The hearing is on that day already.")
    if hearing.on is not None and not reason_in(reason):
        raise HearingRefused("Say why the hearing moved, for example: adjourned by the court.")


def hearing_stamp(hearing: Hearing) -> str:
    """Return a stamp of the day that a hearing is on."""
    return hearing.on.isoformat() if hearing.on else ""


def check_not_moved(hearing: Hearing, opened: str | None) -> None:
    """Refuse to move a hearing from another day than the page showed.

    :raises ChangedMeanwhile: with who moved it, and how to choose
    """
    check_unchanged(opened, hearing_stamp(hearing), by_whom(hearing, "hearing.moved"))


@transaction.atomic
def move_hearing(
    hearing: Hearing, on: date, *, reason: str, by: User | None, at: datetime,
    opened: str | None = None,
) -> HearingMove:  # fmt: skip
    """Give the hearing another day; the old one stays, with each day that moves and why.

    :raises NotAllowed: if the case is another unit's
    :raises ChangedMeanwhile: if somebody moved it since the page was opened
    :raises HearingRefused: if nobody says why, or it is the day it has
    """
    policies.check_can_record(by, hearing)
    hearing = Hearing.objects.select_for_update().get(pk=hearing.pk)
    check_not_moved(hearing, opened)
    check_can_move(hearing, on, reason)
    moved = HearingMove.objects.create(
        hearing=hearing, old_on=hearing.on, new_on=on,
        reason=reason_in(reason) or "First listed",
        redated=[
            [each.words, each.old.isoformat() if each.old else "", each.new.isoformat()]
            for each in redated_if(hearing, on)
        ],
        moved_at=at, moved_by=by,
    )  # fmt: skip
    hearing.on = on
    hearing.save(update_fields=["on"])
    audit.record(
        "hearing.moved", hearing, by=by, at=at, old_on=moved.old_on, new_on=on,
        move=moved.pk,
    )  # fmt: skip
    return moved


def representation_stamp(present: Representation | None) -> str:
    """Return a stamp of who represents a defendant."""
    return str(present.pk) if present else ""


@transaction.atomic
def set_representation(
    hearing: Hearing, defendant: Defendant, firm: Firm, *, by: User | None, at: datetime,
    opened: str | None = None,
) -> Representation:  # fmt: skip
    """Keep who represents a defendant from a day on; whoever did before ends the day it begins.

    What was shared with the firm before does not reach the new one.

    :raises NotAllowed: if the case is another unit's
    :raises ChangedMeanwhile: if somebody kept another since the page was opened
    :raises HearingRefused: if it begins before the one it follows
    """
    policies.check_can_record(by, hearing)
    present = (
        Representation.objects.select_for_update()
        .filter(defendant=defendant, ends_on__isnull=True)
        .first()
    )
    who = by_whom(present, "representation.set")
    check_unchanged(opened, representation_stamp(present), who)
    if present is not None:
        if firm.starts_on < present.starts_on:
            raise HearingRefused("That is before the present firm took the case.")
        present.ends_on = firm.starts_on
        present.save(update_fields=["ends_on"])
    kept = Representation.objects.create(
        area=hearing.area, defendant=defendant, firm=cleaned(firm.firm),
        contact=cleaned(firm.contact), email=cleaned(firm.email),
        is_unrepresented=not cleaned(firm.firm), starts_on=firm.starts_on, recorded_at=at,
        recorded_by=by,
    )  # fmt: skip
    audit.record(
        "representation.set", kept, by=by, at=at, area=hearing.area,
        is_unrepresented=kept.is_unrepresented, starts_on=kept.starts_on,
    )  # fmt: skip
    return kept
