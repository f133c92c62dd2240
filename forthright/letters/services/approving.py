"""A second person approves a letter, returns it, or lets a stop pass with a reason."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.letters import policies
from forthright.letters.models import Letter, LetterVersion, Override
from forthright.letters.selectors.checking import Shown
from forthright.letters.selectors.letter import latest_words
from forthright.letters.selectors.which import Which
from forthright.letters.services.checks import ask_who_looks_now
from forthright.letters.services.drafting import (
    DraftRefused,
    check_is_free_of_stops,
    check_knows_reasons,
)
from forthright.letters.services.steps import give_back, locked, record_step
from forthright.rules.states import MoveNotAllowed
from forthright.rules.written import LEAST_WEIGHED, reason_in
from forthright.schemes.services import ReasonNeeded
from forthright.schemes.services.stage_times import TimeRefused
from forthright.standards.selectors import check_rules_of
from forthright.standards.services import check_set_used


class ApprovalRefused(ValueError):
    """A letter cannot be approved, returned or let pass as asked; the message says why."""


@transaction.atomic
def overrule(which: Which, shown: Shown, *, reason: str, by: User, at: datetime) -> Override:
    """Let one stop pass, by name and with the reason.

    :raises NotAllowed: if this person may not overrule a check here
    :raises ApprovalRefused: if it does not stop the letter, or no reason is given
    """
    policies.check_can_overrule(by, which)
    if not shown.is_stop:
        raise ApprovalRefused("This does not stop the letter, so there is nothing to overrule.")
    if shown.finding.lock:
        raise ApprovalRefused(
            "This is about how the person can be reached. Whoever may decide that overrules it "
            "there, once for the check and for sending."
        )
    if not reason_in(reason, least=LEAST_WEIGHED):
        raise ApprovalRefused("Say why the words are right, so that others can follow it.")
    version = _newest(which)
    override = Override.objects.create(
        letter=version.letter,
        version=version,
        rule=shown.finding.rule,
        check_set=check_set_used(version.letter.area_id, by=by, at=at),
        words=shown.finding.words,
        reason=reason_in(reason),
        made_at=at,
        made_by=by,
    )
    audit.record(
        "letter.stop_overruled", override, by=by, at=at, area=version.letter.area,
        letter=version.letter_id, version=version.number, rule=override.rule,
    )  # fmt: skip
    return override


@transaction.atomic
def approve(which: Which, number: int, *, by: User, at: datetime) -> Letter:
    """Approve one version of a letter, which must be its newest and free of stops.

    :raises NotAllowed: if this person drafted it, or may not approve letters here
    :raises ApprovalRefused: if it was not handed over, was approved before, or the words changed
    :raises DraftRefused: if newer reasons were written, or a check stops it today
    """
    policies.check_can_approve(by, which)
    letter = locked(_newest(which).letter)
    version = _newest(which)
    _check_is_newest(version, number)
    check_knows_reasons(letter)
    if letter.steps.drafted_at is None:
        raise ApprovalRefused("The drafter has not handed this letter over yet.")
    if letter.steps.approved_at is not None:
        raise ApprovalRefused(
            "It is recorded already that this letter was approved. If these words are to be "
            "approved now, its drafter hands them over again first."
        )
    check_is_free_of_stops(version, letter, at=at)
    try:
        record_step(letter, "approved", at, by=by, at=at)
    except (MoveNotAllowed, ReasonNeeded, TimeRefused) as refusal:
        raise ApprovalRefused(str(refusal)) from refusal
    letter.approved_version, letter.approved_at, letter.approved_by = version, at, by
    letter.save(update_fields=["approved_version", "approved_at", "approved_by"])
    audit.record("letter.version_approved", letter, by=by, at=at, version=version.number,
                 checked_by=check_rules_of(letter.area_id).label)  # fmt: skip
    ask_who_looks_now(letter, version, by=by, at=at)
    return letter


@transaction.atomic
def return_to_drafter(
    which: Which, *, reason: str, by: User, at: datetime, number: int | None = None
) -> Letter:
    """Give a letter back to its drafter with what is to change.

    `number` is the version that was read; without one nothing is asked.

    :raises NotAllowed: if this person may not approve letters here
    :raises ApprovalRefused: if it was not handed over, was sent, the words changed, or no reason
        is given
    """
    policies.check_can_approve(by, which)
    letter = locked(_newest(which).letter)
    if number is not None:
        _check_is_newest(_newest(which), number)
    if letter.steps.drafted_at is None or letter.steps.sent_at is not None:
        raise ApprovalRefused("Only a letter that waits to be approved or sent can be returned.")
    if not reason_in(reason):
        raise ApprovalRefused("Say what is to change, so that the drafter can.")
    give_back(letter, reason_in(reason), why="It was returned to the drafter.", by=by, at=at)
    return letter


def _check_is_newest(version: LetterVersion, number: int) -> None:
    if version.number != number:
        raise ApprovalRefused(
            f"Version {version.number} was kept while you read version {number}. It stands below: "
            "read it, and decide again."
        )


def _newest(which: Which) -> LetterVersion:
    version = latest_words(which)
    if version is None:
        raise DraftRefused("This letter has no words yet.")
    return version
