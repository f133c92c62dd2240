"""Keeps the prosecutor's reasons, every version, and what others thought of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.cases.models import Decision
from forthright.letters import policies
from forthright.letters.models import NoteMark, ReasonsNote
from forthright.letters.selectors.case_facts import note_for
from forthright.rules.written import cleaned, reason_in
from forthright.schemes.models import Duty
from forthright.schemes.services import record_stage

MOST_FACTS = 12
LONGEST_FACT = 400


class NoteRefused(ValueError):
    """These cannot be the reasons for a decision; the message says what is missing."""


@dataclass(frozen=True, kw_only=True)
class Reasons:
    """What a prosecutor writes down of a decision."""

    decided: str
    test: str
    facts: Sequence[str]
    what_changed: str = ""
    must_not_say: Sequence[str] = ()
    offence_in_plain_words: str = ""
    from_charge: str = ""
    to_charge: str = ""
    from_most: str = ""
    to_most: str = ""
    rest_goes_on: bool = False
    court_name: str = ""
    hearing_on: date | None = None
    no_meeting_because: str = ""


@transaction.atomic
def write_note(duty: Duty, reasons: Reasons, *, by: User | None, at: datetime) -> ReasonsNote:
    """Keep the reasons for the decision of a letter as a new version.

    Every letter owed for that decision is then explained, so that step is recorded for each.

    :raises NotAllowed: if this decision is not this person's to explain
    :raises NoteRefused: if no fact is given, or too much for one letter
    """
    policies.check_can_write_reasons(by, duty)
    facts, unsaid = _lines(reasons.facts), _lines(reasons.must_not_say)
    _check(facts)
    _check_no_meeting(reasons.no_meeting_because)
    decision = Decision.objects.select_for_update().get(pk=duty.decision_id)
    before = note_for(decision)
    note = ReasonsNote.objects.create(
        area=duty.area,
        unit=duty.unit,
        decision=decision,
        number=before.number + 1 if before else 1,
        **{**vars(reasons), "facts": facts, "must_not_say": unsaid},
        written_at=at,
        written_by=by,
    )
    audit.record(
        "reasons.written", note, by=by, at=at, decision=decision.pk, number=note.number,
        facts=len(facts),
    )  # fmt: skip
    _record_explained(decision, by=by, at=at)
    return note


@transaction.atomic
def mark_note(
    note: ReasonsNote, duty: Duty, level: str, *, comment: str, by: User, at: datetime
) -> NoteMark:
    """Keep how good a note is to write a letter from; the same person's later mark counts.

    :raises NotAllowed: if this person wrote it or may not mark reasons
    :raises NoteRefused: if it is not fully met and nothing says what was missing
    """
    policies.check_can_mark_reasons(by, duty, note)
    if level != NoteMark.Level.FULLY and not reason_in(comment):
        raise NoteRefused("Say what was missing, so that the next note has it.")
    said = {"level": level, "comment": cleaned(comment), "marked_at": at}
    mark, _ = NoteMark.objects.update_or_create(note=note, marked_by=by, defaults=said)
    audit.record("reasons.marked", mark, by=by, at=at, area=note.area, note=note.pk, level=level)
    return mark


def _check_no_meeting(because: str) -> None:
    if because and not reason_in(because):
        raise NoteRefused("Say why no meeting is offered, in words that can be read.")


def _lines(written: Sequence[str]) -> list[str]:
    return [" ".join(each.split()) for each in written if cleaned(each)]


def _check(facts: Sequence[str]) -> None:
    if not any(reason_in(each) for each in facts):
        raise NoteRefused("Write at least one fact that decided it. A letter cannot give a reason "
                          "without one.")  # fmt: skip
    if len(facts) > MOST_FACTS:
        raise NoteRefused(f"Choose the facts that decided it: at most {MOST_FACTS}.")
    if long := [each for each in facts if len(each) > LONGEST_FACT]:
        raise NoteRefused(
            f"“{long[0][:40]}…” is longer than {LONGEST_FACT} letters and spaces. Write one fact "
            "a line."
        )


def _record_explained(decision: Decision, *, by: User | None, at: datetime) -> None:
    """Record that the explanation arrived, for each letter that still waits for it."""
    waiting = Duty.objects.filter(
        decision=decision, explained_at=None, drafted_at=None, sent_at=None, state=Duty.State.OPEN
    )
    for duty in waiting:
        record_stage(duty, "explained", at, by=by, at=at)
