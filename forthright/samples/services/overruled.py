"""Decides what becomes of a stop that was overruled and that no sample has taken."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.letters.models import Override
from forthright.rules.written import reason_in
from forthright.samples import policies
from forthright.samples.models import OverrideNote
from forthright.samples.selectors import overruled
from forthright.samples.services.changing import ReasonMissing


class NothingToTake(ValueError):
    """A letter cannot go into the next draw; the message says why."""


@transaction.atomic
def ask_for_letter(override: Override, *, by: User, at: datetime) -> OverrideNote:
    """Let the next draw take the letter of an overruled stop, in its targeted part.

    :raises NotAllowed: if this person overruled the stop or drafted the letter
    :raises NothingToTake: if no plan draws letters of its unit, or a sample holds it already
    """
    policies.check_can_look(by, override)
    waits = overruled.overrides_offered(override.letter.area_id).filter(pk=override.pk)
    if not waits.exists():
        raise NothingToTake("This stop was looked at already, or a sample holds the letter.")
    duty = override.letter.duty
    if not overruled.plans_that_could_take(duty):
        raise NothingToTake(
            f"No sample plan draws letters of {duty.unit}. Look at this one here instead, and say "
            "what you found."
        )
    return _note(override, OverrideNote.What.ASKED_FOR, "", by=by, at=at)


@transaction.atomic
def note_looked_at(override: Override, *, reason: str, by: User, at: datetime) -> OverrideNote:
    """Record that a manager looked at an overruled stop, and what they found.

    :raises NotAllowed: if this person overruled the stop or drafted the letter
    :raises ReasonMissing: if they say nothing of what they found
    """
    policies.check_can_look(by, override)
    if not reason_in(reason):
        raise ReasonMissing("Say what you found. It stays with the override.")
    return _note(override, OverrideNote.What.LOOKED_AT, reason_in(reason), by=by, at=at)


@transaction.atomic
def see_overrides(overrides: Sequence[Override], *, by: User, at: datetime) -> None:
    """Record which overruled stops were shown with their reasons."""
    if overrides:
        audit.record("overrides.listed", by=by, at=at, overrides=[each.pk for each in overrides])


def _note(override: Override, what: str, reason: str, *, by: User, at: datetime) -> OverrideNote:
    note, _ = OverrideNote.objects.update_or_create(
        override=override,
        defaults={"what": what, "reason": reason, "noted_at": at, "noted_by": by},
    )
    name = "asked_for" if what == OverrideNote.What.ASKED_FOR else "looked_at"
    audit.record(
        f"override.{name}", override, by=by, at=at, area=override.letter.area,
        rule=override.rule, letter=override.letter_id,
    )  # fmt: skip
    return note
