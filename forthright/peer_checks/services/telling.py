"""Tells each person their part of what was found in a letter, and takes their answers."""

from datetime import datetime

from django.core.mail import EmailMessage
from django.db import transaction

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.audit import services as audit
from forthright.letters.models import LetterVersion
from forthright.peer_checks import policies
from forthright.peer_checks.models import PartTold, PeerCheck
from forthright.peer_checks.selectors.parts import reasons_of_part_in, writer_of_reasons
from forthright.peer_checks.selectors.sheet import PeerSheet
from forthright.peer_checks.services.seeing import know_dispute
from forthright.rules.words import day_words, local
from forthright.rules.written import cleaned, reason_in
from forthright.schemes.selectors import area_clock
from forthright.web import jobs

Outcome, About = PartTold.Outcome, PartTold.About


class PartRefused(ValueError):
    """An answer to feedback cannot be so; the message says why."""


@transaction.atomic
def tell_of_check(
    check: PeerCheck, sheet: PeerSheet, *, by: User, at: datetime, for_demo: bool = False
) -> None:
    """Tell the drafter what a colleague found, and the prosecutor what the reasons lacked.

    A letter that passed without a word tells nobody anything. What came from the reasons is told
    to whoever wrote them, and not what the drafter was told. The place is that of the first
    criterion not met: words that show what is met would send its reader to the wrong one.
    """
    place = sheet.place_of_fault
    drafter = check.drafter
    has_words = check.done_well or check.to_change
    if has_words and drafter is not None and has_permission(drafter, Permission.FEEDBACK_ANSWER):
        part = PartTold(check_of=check, about=About.WORDS, recipient=drafter, quotation=place,
                        done_well=check.done_well, to_change=check.to_change)  # fmt: skip
        _tell(part, check.version, by=by, at=at, for_demo=for_demo)
    writer = writer_of_reasons(check.version)
    if reason_in(check.reasons_to_change) and writer is not None and writer != by:
        part = PartTold(check_of=check, about=About.REASONS, recipient=writer,
                        to_change=check.reasons_to_change)  # fmt: skip
        _tell(part, check.version, by=by, at=at, for_demo=for_demo)


@transaction.atomic
def tell_of_reasons(
    version: LetterVersion,
    to_change: str,
    *,
    review_number: int,
    by: User,
    at: datetime,
    for_demo: bool = False,
) -> PartTold | None:
    """Tell whoever wrote the reasons that a marking found the cause of a fault in them, once.

    :return: what was told, or None where nobody can be told here
    """
    writer = writer_of_reasons(version)
    is_told = PartTold.objects.filter(review_number=review_number).exists()
    if writer is None or writer == by or is_told or not reason_in(to_change):
        return None
    part = PartTold(about=About.REASONS, recipient=writer, to_change=cleaned(to_change),
                    review_number=review_number)  # fmt: skip
    return _tell(part, version, by=by, at=at, for_demo=for_demo)


def send_part_mail(part: PartTold, *, by: User | None, at: datetime, address: str) -> PartTold:
    """Send a person a line that feedback waits for them, with a link and nothing of the case.

    The mail goes out before the record is written, so a crash between the two sends it again
    rather than losing it; both copies carry the same Message-ID. Whoever has read it by then, or
    has left, gets none.
    """
    if part.emailed_at or part.read_at or not part.recipient.is_active:
        return part
    work = "the reasons you wrote" if part.about == About.REASONS else "a letter you wrote"
    EmailMessage(
        subject=f"Feedback on {work}",
        body=(
            f"Hello {part.recipient},\n\n{part.told_by} has feedback for you on {work}:\n"
            f"{address}\n\nYou can reply there. If you think that it is wrong, you can say so "
            f"until the end of {day_words(part.dispute_by)}.\n\nForthright\n"
        ),
        to=[part.recipient.email],
        headers={"Message-ID": f"<part-{part.pk}@forthright>"},
    ).send()
    return _note_mail(part, by=by, at=at)


@transaction.atomic
def _note_mail(part: PartTold, *, by: User | None, at: datetime) -> PartTold:
    part.emailed_at = at
    part.save(update_fields=["emailed_at"])
    audit.record("peer_feedback.mailed", part, by=by, at=at, recipient=part.recipient_id)
    return part


@transaction.atomic
def see_part(part: PartTold, *, by: User, at: datetime) -> PartTold:
    """Record that a part was looked at; its reader's first look is the receipt."""
    if part.recipient_id == by.pk and part.read_at is None:
        PartTold.objects.filter(pk=part.pk, read_at=None).update(read_at=at)
        part.refresh_from_db(fields=["read_at"])
        audit.record("peer_feedback.read", part, by=by, at=at)
    know_dispute(PartTold.objects.filter(pk=part.pk), by=by, at=at)
    audit.record("peer_feedback.seen", part, by=by, at=at)
    return part


@transaction.atomic
def reply(part: PartTold, text: str, *, by: User, at: datetime) -> PartTold:
    """Keep what its reader answers; it is said once and stays.

    :raises NotAllowed: if it was told to somebody else
    :raises PartRefused: if nothing is said, or something was said before
    """
    part = _locked(part)
    policies.check_can_answer_part(by, part)
    if part.replied_at is not None:
        raise PartRefused("You have replied already, and what you said stays as it is.")
    if not reason_in(text):
        raise PartRefused("Write your reply.")
    part.reply, part.replied_at = reason_in(text), at
    part.read_at = part.read_at or at
    part.save(update_fields=["reply", "replied_at", "read_at"])
    audit.record("peer_feedback.replied", part, by=by, at=at)
    return part


@transaction.atomic
def dispute_part(part: PartTold, *, reason: str, by: User, at: datetime) -> PartTold:
    """Keep why its reader disagrees; somebody else decides by a day that is told.

    :raises NotAllowed: if it was told to somebody else, is disputed, or the last day is past
    :raises PartRefused: if no reason is given
    """
    part = _locked(part)
    today = local(at).date()
    policies.check_can_dispute_part(by, part, today)
    if not reason_in(reason):
        raise PartRefused("Say why it is wrong, so that whoever decides can follow it.")
    limit = area_clock(part.area).decision_limit(today)
    part.dispute_reason, part.disputed_at = reason_in(reason), at
    part.decide_by, part.decide_because = limit.day, list(limit.arithmetic)
    part.outcome, part.read_at = Outcome.OPEN, part.read_at or at
    part.save(update_fields=["dispute_reason", "disputed_at", "decide_by", "decide_because",
                             "outcome", "read_at"])  # fmt: skip
    audit.record("peer_feedback.disputed", part, by=by, at=at, decide_by=part.decide_by)
    return part


@transaction.atomic
def decide_part(part: PartTold, outcome: str, *, reason: str, by: User, at: datetime) -> PartTold:
    """Decide a dispute; what was found stays beside the outcome.

    :raises NotAllowed: if this person found it, was told of it, had a part in the letter while
        somebody else can decide, it is decided, or it is too late
    :raises PartRefused: if no reason is given
    """
    part = _locked(part)
    policies.check_can_decide_part(by, part, local(at).date())
    if not reason_in(reason):
        raise PartRefused("Say why, so that both can follow it.")
    part.outcome, part.outcome_reason = Outcome(outcome), reason_in(reason)
    part.decided_at, part.decided_by = at, by
    part.save(update_fields=["outcome", "outcome_reason", "decided_at", "decided_by"])
    # Where nobody else could, whoever had a part in the letter decides, and the record says so.
    audit.record("peer_feedback.dispute_decided", part, by=by, at=at, outcome=outcome,
                 had_part=bool(reasons_of_part_in(by, part)))  # fmt: skip
    return part


def _tell(
    part: PartTold, version: LetterVersion, *, by: User, at: datetime, for_demo: bool
) -> PartTold:
    duty, told = version.letter.duty, local(at).date()
    limit = area_clock(duty.area).dispute_limit(told)
    part.version, part.area_id, part.unit_id = version, duty.area_id, duty.unit_id
    part.told_at, part.told_by = at, by
    part.dispute_by, part.dispute_because = limit.day, list(limit.arithmetic)
    part.save(force_insert=True)
    audit.record("peer_feedback.told", part, by=by, at=at, about=part.about,
                 recipient=part.recipient_id, dispute_by=part.dispute_by)  # fmt: skip
    if not for_demo:
        jobs.ask("peer_checks.tell", key=f"part told {part.pk}", by=by, at=at,
                 args={"part": part.pk}, area=duty.area)  # fmt: skip
    return part


def _locked(part: PartTold) -> PartTold:
    PartTold.objects.select_for_update().get(pk=part.pk)
    return PartTold.objects.select_related("area").get(pk=part.pk)
