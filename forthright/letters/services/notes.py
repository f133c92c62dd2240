"""Keeps the prosecutor's reasons, every version, and what others thought of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.cases.models import Decision
from forthright.letters import policies
from forthright.letters.models import NoteMark, ReasonsNote
from forthright.letters.selectors.case_facts import note_for
from forthright.letters.selectors.notes import Asks, asks_of
from forthright.letters.services.new_reasons import give_back_letters
from forthright.rules.written import cleaned, reason_in
from forthright.schemes.models import Duty
from forthright.schemes.services import record_stage

MOST_FACTS = 12
LONGEST_FACT = 400


class NoteRefused(ValueError):
    """These cannot be the reasons for a decision; the message says what is missing."""

    def __init__(self, words: str, field: str = "facts") -> None:
        """Keep the name of the answer that the words are about."""
        super().__init__(words)
        self.field = field


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
    from_charge_in_plain_words: str = ""
    to_charge_in_plain_words: str = ""
    from_most: str = ""
    to_most: str = ""
    rest_goes_on: bool = False
    against: Sequence[int] = ()  # keys of those accused that the decision is about
    court_name: str = ""
    hearing_on: date | None = None
    no_meeting_because: str = ""


@transaction.atomic
def write_note(duty: Duty, reasons: Reasons, *, by: User | None, at: datetime) -> ReasonsNote:
    """Keep the reasons for the decision of a letter as a new version.

    Every letter owed for that decision is then explained, so that step is recorded for each.
    One that rests on older reasons and is not out goes back to its drafter, approved or not. The
    same reasons again make no new version.

    :raises NotAllowed: if this decision is not this person's to explain
    :raises NoteRefused: if no fact is given, too much for one letter, no words for a child who
        is to read of a changed charge, or nobody whom the decision is about
    """
    policies.check_can_write_reasons(by, duty)
    facts, unsaid = _lines(reasons.facts), _lines(reasons.must_not_say)
    _check(facts)
    _check_no_meeting(reasons.no_meeting_because)
    asks = asks_of(duty)
    if asks.is_altered_for_child:
        _check_words_for_child(reasons)
    _check_against(reasons, asks)
    decision = Decision.objects.select_for_update().get(pk=duty.decision_id)
    before = note_for(decision)
    said = {**vars(reasons), "facts": facts, "must_not_say": unsaid}
    against = said.pop("against")
    if before is not None and _is_said(before, said, against):
        return before
    note = ReasonsNote.objects.create(
        area=duty.area,
        unit=duty.unit,
        decision=decision,
        number=before.number + 1 if before else 1,
        **said,
        written_at=at,
        written_by=by,
    )
    note.against.set(against)
    detail: dict[str, Any] = {"against": sorted(against)} if against else {}
    audit.record(
        "reasons.written", note, by=by, at=at, decision=decision.pk, number=note.number,
        facts=len(facts), **detail,
    )  # fmt: skip
    _record_explained(decision, by=by, at=at)
    give_back_letters(decision, by=by, at=at)
    return note


@transaction.atomic
def mark_note(
    note: ReasonsNote, duty: Duty, level: str, *, comment: str, by: User, at: datetime
) -> NoteMark:
    """Keep how good a note is to write a letter from.

    The same person's later mark counts, and the earlier stays beside it. The same mark again, as
    by a button pressed twice, is no new one.

    :raises NotAllowed: if this person wrote it or may not mark reasons
    :raises NoteRefused: if it is not fully met and nothing says what was missing
    """
    policies.check_can_mark_reasons(by, duty, note)
    if level != NoteMark.Level.FULLY and not reason_in(comment):
        raise NoteRefused("Say what was missing, so that the next note has it.")
    ReasonsNote.objects.select_for_update(of=("self",)).get(pk=note.pk)
    said, last = cleaned(comment), note.marks.filter(marked_by=by).first()
    if last is not None and (last.level, last.comment) == (level, said):
        return last
    mark = NoteMark.objects.create(
        note=note, marked_by=by, level=level, comment=said, marked_at=at
    )  # fmt: skip
    audit.record("reasons.marked", mark, by=by, at=at, area=note.area, note=note.pk, level=level)
    return mark


def _is_said(before: ReasonsNote, said: dict[str, Any], against: Sequence[int]) -> bool:
    """Say whether a note says already what is to be written."""
    theirs = set(before.against.values_list("pk", flat=True))
    return theirs == set(against) and all(getattr(before, each) == said[each] for each in said)


def _check_no_meeting(because: str) -> None:
    if because and not reason_in(because):
        raise NoteRefused("Say why no meeting is offered, in words that can be read.")


def _check_words_for_child(reasons: Reasons) -> None:
    """Refuse a changed charge for a child without words that a child can read."""
    pairs = (
        ("from_charge_in_plain_words", reasons.from_charge_in_plain_words, reasons.from_charge),
        ("to_charge_in_plain_words", reasons.to_charge_in_plain_words, reasons.to_charge),
    )
    for field, words, charge in pairs:
        if not reason_in(words):
            raise NoteRefused(
                "A child reads this letter, and the name of a charge is not for a child. Say in "
                "plain words what each charge is about.",
                field,
            )
        if _same(words, charge):
            raise NoteRefused(
                "This is the name of the charge. Say in a child’s words what it is about.", field
            )
    if _same(pairs[0][1], pairs[1][1]):
        raise NoteRefused(
            "These are the same words as for the charge before, so a child would not see what has "
            "changed. Say how the two differ.",
            "to_charge_in_plain_words",
        )


def _same(first: str, second: str) -> bool:
    return first.casefold().strip(" .") == second.casefold().strip(" .")


def _check_against(reasons: Reasons, asks: Asks) -> None:
    """Refuse a decision about somebody who is not accused, or about a part of several."""
    if not set(reasons.against) <= {each.pk for each in asks.accused}:
        raise NoteRefused("Choose those of the accused that the decision is about.", "against")
    if asks.accused and reasons.rest_goes_on and not reasons.against:
        raise NoteRefused(
            "Several people are accused and the rest of the case goes on. Say whom this decision "
            "is about.",
            "against",
        )


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
