"""Writes off a disc that stays missing, by a decision of a manager; found, it is held as before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import Carrier, WriteOff
from forthright.hard_media.selectors.discs import what_is_on
from forthright.hard_media.services.going_to import CarrierRefused
from forthright.rules.media_states import CarrierState
from forthright.rules.written import reason_in
from forthright.web.meanwhile import by_whom, check_unchanged

WRITTEN_OFF, NOT_WRITTEN_OFF = "disc.written_off", "disc.not_written_off"


@dataclass(frozen=True, kw_only=True)
class Decision:
    """Why a disc is looked for no more, and what was done about it.

    :param done: of `WriteOff.Done`
    :param opened: the stamp of what the page showed; without one, nothing is asked
    """

    reason: str
    done: Sequence[str]
    opened: str | None = None


def standing(carrier: Carrier) -> WriteOff | None:
    """Return the decision by which a disc is written off now."""
    rows = carrier.write_offs.filter(ended_at=None)
    return rows.select_related("decided_by", "same_as__unit").first()


def write_off_stamp(carrier: Carrier) -> str:
    """Return a stamp of whether a disc is written off, and by which decision."""
    now = standing(carrier)
    return str(now.pk) if now else ""


@transaction.atomic
def write_off(carrier: Carrier, decision: Decision, *, by: User, at: datetime) -> WriteOff:
    """Record that a disc which is missing is looked for no more.

    :raises NotAllowed: if this person is no manager of its unit
    :raises ChangedMeanwhile: if somebody wrote it off since the page was opened
    :raises CarrierRefused: if it is not missing, is written off already, nobody says why or what
        was done, or something sensitive is on it and nobody reported that
    """
    policies.check_can_write_off(by, carrier)
    carrier = Carrier.objects.select_for_update().get(pk=carrier.pk)
    check_stamp(carrier, decision.opened)
    if carrier.state != CarrierState.MISSING:
        raise CarrierRefused("It is not missing, so there is nothing to write off.")
    if standing(carrier) is not None:
        raise CarrierRefused("It is written off already.")
    if not (reason := reason_in(decision.reason)):
        raise CarrierRefused("Say why it is looked for no more, and where it was looked for.")
    done = [each.value for each in WriteOff.Done if each in decision.done]
    if not done:
        raise CarrierRefused("Say what was done about it: at least one of these.")
    if WriteOff.Done.OFFICE not in done and what_is_on(carrier).secret:
        raise CarrierRefused(
            "Something on it is sensitive. Report within your office that it is missing first, "
            "and say here that it was reported."
        )
    made = WriteOff.objects.create(
        carrier=carrier, reason=reason, done=done, decided_at=at, decided_by=by
    )
    audit.record(WRITTEN_OFF, carrier, by=by, at=at, write_off=made.pk, done=done)
    return made


@transaction.atomic
def look_again(
    carrier: Carrier, *, reason: str, by: User, at: datetime, opened: str | None = None
) -> WriteOff:
    """Record that a disc which was written off is looked for again.

    :raises NotAllowed: if this person is no manager of its unit
    :raises ChangedMeanwhile: if somebody recorded something of it since the page was opened
    :raises CarrierRefused: if it is not written off, or nobody says why
    """
    policies.check_can_write_off(by, carrier)
    carrier = Carrier.objects.select_for_update().get(pk=carrier.pk)
    check_stamp(carrier, opened)
    now = standing(carrier)
    if now is None:
        raise CarrierRefused("It is not written off.")
    if not (because := reason_in(reason)):
        raise CarrierRefused("Say why it is looked for again, such as: another disc was meant.")
    return _end(now, because, by=by, at=at)


def end_where_found(carrier: Carrier, *, by: User | None, at: datetime) -> None:
    """Let the decision end by which a disc was written off that was found now."""
    now = standing(carrier)
    if now is not None:
        _end(now, "", by=by, at=at)


def _end(now: WriteOff, because: str, *, by: User | None, at: datetime) -> WriteOff:
    now.ended_at, now.ended_by, now.again_because = at, by, because
    now.save(update_fields=["ended_at", "ended_by", "again_because"])
    audit.record(
        NOT_WRITTEN_OFF, now.carrier, by=by, at=at, write_off=now.pk, was_found=not because
    )
    return now


def check_stamp(carrier: Carrier, opened: str | None) -> None:
    """Refuse what follows on a decision that the page did not show.

    :raises ChangedMeanwhile: with who decided it
    """
    who = by_whom(carrier, WRITTEN_OFF, NOT_WRITTEN_OFF)
    check_unchanged(opened, write_off_stamp(carrier), who)
