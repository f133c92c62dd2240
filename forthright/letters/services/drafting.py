"""Puts a letter together, keeps each edit of it as a version, and hands it over for approval."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.letter_files.reading import FileRefused
from forthright.letter_files.word_letter import read_word_letter
from forthright.letter_templates import selectors as wordings
from forthright.letters import policies
from forthright.letters.called import with_calls
from forthright.letters.marked_text import marked_text, read_marked_text
from forthright.letters.models import ContactOverride, Letter, LetterVersion, Override, ReasonsNote
from forthright.letters.selectors.case_facts import case_file_for, note_for
from forthright.letters.selectors.checking import check_version, composed_of
from forthright.letters.selectors.letter import latest_words
from forthright.letters.selectors.new_reasons import new_reasons_for
from forthright.letters.selectors.sending import calls_of, overruled_locks
from forthright.letters.selectors.which import Which, facts_given, letter_of
from forthright.letters.services.checks import ask_for_check, ask_for_new_words
from forthright.letters.services.steps import clear_step, forget_approval, locked, record_step
from forthright.letters.services.words import LONGEST
from forthright.rules.case_file import CaseFile, LetterKind
from forthright.rules.contact_lock import as_overruled, locks_on_making
from forthright.rules.letter_blocks.addressing import with_address_of
from forthright.rules.letter_blocks.assemble import LetterRefused, assemble
from forthright.rules.letter_blocks.composed import Composed
from forthright.rules.letter_checks.engine import Finding
from forthright.rules.letter_kinds import facts_missing
from forthright.rules.states import MoveNotAllowed
from forthright.rules.words import count_words, local
from forthright.rules.written import cleaned
from forthright.schemes.services import ReasonNeeded, name_drafter
from forthright.schemes.services.recording import DRAFTERS
from forthright.schemes.services.stage_times import TimeRefused
from forthright.standards.selectors import check_rules_of
from forthright.standards.services import check_set_used

How = LetterVersion.MadeHow


@dataclass(frozen=True, slots=True)
class Origin:
    """What words rest on: the wording they were put together from, and the reasons."""

    made_from: dict[str, Any]
    note: ReasonsNote | None


def origin_of(version: LetterVersion) -> Origin:
    """Return what a version rests on, for an edit of it: to edit is not to read new reasons."""
    return Origin(version.made_from, version.note)


class DraftRefused(ValueError):
    """A letter cannot be drafted or handed over yet; `problems` says each thing that lacks."""

    def __init__(self, *problems: str) -> None:
        """Keep each problem, and join them for people."""
        super().__init__(" ".join(problems))
        self.problems = problems


class DraftChanged(Exception):
    """Somebody kept another version meanwhile; `latest` is theirs, and nothing was overwritten."""

    def __init__(self, latest: LetterVersion) -> None:
        """Keep the version that stands now."""
        super().__init__(f"Version {latest.number} was kept meanwhile by {latest.added_by}.")
        self.latest = latest


@transaction.atomic
def draft_letter(which: Which, *, by: User, at: datetime) -> LetterVersion:
    """Put the letter together from the record, its reasons or facts, and the Area's blocks.

    :raises NotAllowed: if this letter is not this person's to draft, or nobody would sign it
    :raises DraftRefused: naming each thing that lacks
    """
    policies.check_can_put_together(by, which)
    today = local(at).date()
    letter = letter_of(which)
    duty = letter.duty
    if letter.is_owed and duty.drafter is None and by.role in DRAFTERS:
        letter.duty = duty = name_drafter(duty, by, by=by, at=at)
    _check_has_facts(letter)
    check_may_make(letter, case := case_file_for(letter, today, by))
    template = wordings.template_for_case(duty.area, case, today)
    if template is None:
        raise DraftRefused(
            "No template fits this kind of letter, this decision and this person. Ask whoever "
            "looks after the templates, or add the letter’s words yourself."
        )
    versions = wordings.block_versions_in_force(duty.area, today)
    try:
        blocks = wordings.blocks_in_force(duty.area, today)
        put_together = assemble(template, blocks, as_overruled(case, overruled_locks(letter)))
    except LetterRefused as refusal:
        raise DraftRefused(*refusal.problems) from refusal
    composed = with_calls(put_together, calls_of(letter))
    used = {run.block for paragraph in composed.paragraphs for run in paragraph.runs}
    made_from = {
        "template": template.code,
        "decision": duty.decision.kind,
        "decided_at": duty.decided_at.isoformat(),
        "blocks": {code: versions[code].number for code in sorted(used) if code in versions},
    }
    origin = Origin(made_from, note_for(duty.decision))
    return keep_composed(letter, composed, how=How.ASSEMBLED, origin=origin, by=by, at=at)


@transaction.atomic
def keep_edit(which: Which, text: str, *, based_on: int, by: User, at: datetime) -> LetterVersion:
    """Keep the words of the editor as a new version; the same words again make none.

    :raises NotAllowed: if this letter is not this person's to draft
    :raises DraftRefused: if no words are left, or more than a letter holds
    :raises DraftChanged: if the newest version is not the one that was edited
    """
    policies.check_can_draft(by, which)
    latest = _newest(which, based_on)
    composed = read_marked_text(text, before=composed_of(latest))
    return keep_composed(which, composed, how=How.EDITED, origin=origin_of(latest), by=by, at=at)


@transaction.atomic
def take_back_word_file(
    which: Which, content: bytes, *, based_on: int, by: User, at: datetime
) -> LetterVersion:
    """Keep a letter that was edited in Word as a new version, its headings and lists with it.

    :raises NotAllowed: if this letter is not this person's to draft
    :raises DraftRefused: if the file is none, or holds what would be lost
    :raises DraftChanged: if the newest version is not the one that was downloaded
    """
    policies.check_can_draft(by, which)
    latest = _newest(which, based_on)
    try:
        before = composed_of(latest)
        composed = with_address_of(read_word_letter(content, before=before), before)
    except FileRefused as refusal:
        raise DraftRefused(str(refusal)) from refusal
    return keep_composed(
        which, composed, how=How.EDITED_IN_WORD, origin=origin_of(latest), by=by, at=at
    )


@transaction.atomic
def hand_over(which: Which, *, by: User, at: datetime) -> LetterVersion:
    """Give the newest words to a second person to approve, which ends an approval recorded before.

    :raises NotAllowed: if this letter is not this person's to draft
    :raises DraftRefused: if there are no words, newer reasons were written, or a check stops them
    """
    policies.check_can_draft(by, which)
    latest = latest_words(which)
    if latest is None:
        raise DraftRefused("Put the letter together first.")
    check_knows_reasons(which)
    check_is_free_of_stops(latest, which, at=at)
    letter = locked(letter_of(which))
    if letter.steps.approved_at and not letter.steps.sent_at:
        _end_approval(letter, "It was handed over to be approved again.", by=by, at=at)
    if (letter := letter_of(which)).steps.drafted_at is None:
        try:
            record_step(letter, "drafted", at, by=by, at=at)
        except (MoveNotAllowed, ReasonNeeded, TimeRefused) as refusal:
            raise DraftRefused(str(refusal)) from refusal
    letter = latest.letter
    letter.refresh_from_db()
    letter.returned_because, letter.returned_at, letter.returned_by = "", None, None
    letter.save(update_fields=["returned_because", "returned_at", "returned_by"])
    audit.record("letter.handed_over", letter, by=by, at=at, version=latest.number,
                 checked_by=check_rules_of(letter.area_id).label)  # fmt: skip
    ask_for_check(letter, latest, by=by, at=at)
    return latest


def _check_has_facts(letter: Letter) -> None:
    """Refuse a letter that is not owed while the facts it is written from are not all given.

    :raises DraftRefused: naming each that lacks
    """
    if letter.is_owed:
        return
    missing = facts_missing(LetterKind(letter.kind), facts_given(letter))
    if missing:
        raise DraftRefused(*(f"Answer this first: {each.label}" for each in missing))


def check_may_make(which: Which, case: CaseFile) -> None:
    """Refuse to write to somebody who asked not to be told, unless that is overruled.

    :raises DraftRefused: with what stands against it
    """
    overruled = overruled_locks(which)
    against = [each.words for each in locks_on_making(case) if each.lock not in overruled]
    if against:
        raise DraftRefused(
            *against, "A manager may overrule it, with a reason, under “How to reach this person”."
        )


def check_knows_reasons(which: Which) -> None:
    """Refuse words that were not held against the newest reasons.

    :raises DraftRefused: with who wrote those, and how the letter goes on
    """
    if newer := new_reasons_for(which):
        raise DraftRefused(newer.words)


def check_is_free_of_stops(version: LetterVersion, which: Which, *, at: datetime) -> None:
    """Refuse words that a check stops and nobody let pass.

    A stop let pass with its lock is kept as one that was overruled, so that it is offered to the
    sample like any other.

    :raises DraftRefused: with each stop
    """
    checked = check_version(version, which, local(at).date())
    for each in checked.findings:
        if isinstance(each.override, ContactOverride):
            _keep_passed(version, each.finding, each.override, at=at)
    if stops := checked.stops:
        raise DraftRefused(
            f"{count_words(len(stops), 'check stops', 'checks stop')} this letter. Mend the "
            "words, or say why they are right.",
            *(each.finding.message for each in stops),
        )


def _keep_passed(
    version: LetterVersion, finding: Finding, lock: ContactOverride, *, at: datetime
) -> None:
    Override.objects.get_or_create(
        letter=version.letter,
        version=version,
        rule=finding.rule,
        words=finding.words,
        made_by=lock.made_by,
        defaults={
            "check_set": check_set_used(version.letter.area_id, by=lock.made_by, at=at),
            "reason": lock.reason,
            "made_at": lock.made_at,
        },
    )


def keep_composed(
    which: Which,
    composed: Composed,
    *,
    how: str,
    origin: Origin,
    by: User,
    at: datetime,
) -> LetterVersion:
    """Keep a letter's paragraphs as a new version; an approval of other words ends with it.

    The same words again make none, unless they were held against newer reasons.
    """
    text = composed.plain()
    if not cleaned(text):
        raise DraftRefused("No words are left. Write the letter, or put it together again.")
    if len(text) > LONGEST:
        raise DraftRefused(f"A letter may have {LONGEST:,} letters and spaces, not {len(text):,}.")
    letter = locked(letter_of(which))
    latest = latest_words(letter)
    digest = hashlib.sha256(text.encode()).hexdigest()
    if latest is not None and latest.note == origin.note and is_same(latest, composed):
        return latest
    version = LetterVersion.objects.create(
        letter=letter,
        number=latest.number + 1 if latest else 1,
        text=text,
        sha256=digest,
        composed=composed.model_dump(mode="json"),
        made_how=how,
        made_from=origin.made_from,
        note=origin.note,
        added_at=at,
        added_by=by,
    )
    known = origin.note.number if origin.note else None
    audit.record(
        "letter.words_kept", letter, by=by, at=at, version=version.number, sha256=digest, how=how,
        reasons=known,
    )  # fmt: skip
    if letter.approved_version_id is not None:
        _end_approval(letter, "Its words were changed.", by=by, at=at)
    ask_for_new_words(letter, version, by=by, at=at)
    return version


def is_same(latest: LetterVersion, composed: Composed) -> bool:
    """Say whether words, headings, points and bold are those that stand already."""
    held = latest.composed is not None
    return held and marked_text(composed_of(latest)) == marked_text(composed)


def _end_approval(letter: Letter, reason: str, *, by: User, at: datetime) -> None:
    forget_approval(letter, reason, by=by, at=at)
    clear_step(letter, "approved", reason=reason, by=by, at=at)


def _newest(which: Which, based_on: int) -> LetterVersion:
    """Return the newest version, which must be the one that an edit began with."""
    letter = locked(letter_of(which))
    latest = latest_words(letter)
    if latest is None:
        raise DraftRefused("Put the letter together first.")
    if latest.number != based_on:
        raise DraftChanged(latest)
    return latest
