"""What a drafter answers to feedback, and what comes of a dispute; the first mark always stands."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.reviews import policies
from forthright.reviews.models import Dispute, Feedback, Mark, Review
from forthright.reviews.selectors.left_out import why_not_kept
from forthright.reviews.selectors.screen import sheet_of
from forthright.reviews.services.finishing import overall_after_disputes
from forthright.reviews.services.telling import decision_limit
from forthright.rules.applicability import levels_offered
from forthright.rules.written import reason_in
from forthright.samples.selectors.hands import hands_of
from forthright.web import clock

LONGEST_REASON = 200


class DisputeRefused(ValueError):
    """A dispute or its outcome cannot be kept as it is; the message says what to change."""


@transaction.atomic
def acknowledge_feedback(feedback: Feedback, *, by: User, at: datetime) -> Feedback:
    """Record that a drafter has read their feedback and takes it as it is.

    :raises NotAllowed: if it was not given to this person, or was answered already
    """
    feedback = _locked(feedback)
    policies.check_can_acknowledge(by, feedback)
    feedback.acknowledged_at = at
    feedback.save(update_fields=["acknowledged_at"])
    audit.record("feedback.acknowledged", feedback, by=by, at=at)
    return feedback


@transaction.atomic
def dispute_mark(feedback: Feedback, mark: Mark, *, by: User, at: datetime, reason: str) -> Dispute:
    """Record that a drafter thinks a mark is wrong, and by when that is to be decided.

    :raises NotAllowed: if it is not their letter, the deadline is past, or it was disputed before
    :raises DisputeRefused: if there is no reason, it is too long or repeats sensitive material
    """
    feedback = _locked(feedback)
    policies.check_can_dispute(by, feedback, mark, clock.day_of(at))
    reason = reason_in(reason)
    if not reason:
        raise DisputeRefused("Write why the mark is wrong.")
    if len(reason) > LONGEST_REASON:
        raise DisputeRefused(
            f"The reason may have {LONGEST_REASON} letters and spaces; this has {len(reason)}."
        )
    if against := _why_not_kept(feedback, "why the mark is wrong", reason, by):
        raise DisputeRefused(against)
    limit = decision_limit(feedback.review, clock.day_of(at))
    dispute = Dispute.objects.create(
        feedback=feedback,
        mark=mark,
        reason=reason,
        raised_at=at,
        decide_by=limit.day,
        decide_because=list(limit.arithmetic),
    )
    audit.record("mark.disputed", mark, by=by, at=at, area=feedback.area, dispute=dispute.pk,
                 criterion=mark.criterion.code, decide_by=limit.day)  # fmt: skip
    return dispute


@transaction.atomic
def accept_dispute(
    dispute: Dispute, *, by: User, at: datetime, new_level: str, reason: str
) -> Dispute:
    """Set a new level beside the disputed mark, and work out the letter's level again beside it.

    :raises NotAllowed: if this person may not decide it, or it is too late
    :raises DisputeRefused: if the level is the same, or there is no reason or it repeats sensitive
        material
    """
    dispute = _locked_dispute(dispute, by, at)
    if new_level not in levels_instead(dispute.mark):
        raise DisputeRefused("Choose the level that the mark should have been.")
    dispute.new_level = new_level
    _decide(dispute, Dispute.Outcome.ACCEPTED, reason, by=by, at=at)
    review = Review.objects.select_related("edition").get(pk=dispute.feedback.review_id)
    overall = overall_after_disputes(review)
    review.overall_after_dispute = overall.level
    review.overall_after_because = list(overall.because)
    review.save(update_fields=["overall_after_dispute", "overall_after_because"])
    return dispute


@transaction.atomic
def refuse_dispute(dispute: Dispute, *, by: User, at: datetime, reason: str) -> Dispute:
    """Let a disputed mark stand, and say why.

    :raises NotAllowed: if this person may not decide it, or it is too late
    :raises DisputeRefused: if there is no reason or it repeats sensitive material
    """
    dispute = _locked_dispute(dispute, by, at)
    _decide(dispute, Dispute.Outcome.REFUSED, reason, by=by, at=at)
    return dispute


@transaction.atomic
def freeze_unanswered_disputes(area: Area, *, by: User | None, at: datetime) -> list[Dispute]:
    """Let the marks stand whose disputes nobody decided in time, and show that nobody did."""
    overdue = Dispute.objects.filter(
        feedback__area=area, outcome=Dispute.Outcome.OPEN, decide_by__lt=clock.day_of(at)
    )
    frozen = list(overdue.select_for_update().order_by("pk"))
    for dispute in frozen:
        dispute.outcome = Dispute.Outcome.UNANSWERED
        dispute.decided_at = at
        dispute.save(update_fields=["outcome", "decided_at"])
        audit.record("dispute.unanswered", dispute, by=by, at=at, area=area,
                     decide_by=dispute.decide_by)  # fmt: skip
    return frozen


def levels_instead(mark: Mark) -> list[str]:
    """Return the levels a disputed mark could have had instead, by the record too."""
    sheet = sheet_of(mark.review, mark.saved_at)
    code = mark.criterion.code
    offered = levels_offered(sheet.rubric.criterion(code), sheet.decided.get(code))
    return [level.value for level in offered if level.value != mark.level]


def _decide(dispute: Dispute, outcome: str, reason: str, *, by: User, at: datetime) -> None:
    if not reason_in(reason):
        raise DisputeRefused("Write the reason. The drafter and the marker will read it.")
    if against := _why_not_kept(dispute.feedback, "the reason", reason, by):
        raise DisputeRefused(against)
    dispute.outcome, dispute.outcome_reason = outcome, reason_in(reason)
    dispute.decided_at, dispute.decided_by = at, by
    dispute.save()
    audit.record("dispute.decided", dispute, by=by, at=at, area=dispute.feedback.area,
                 outcome=outcome, level=dispute.mark.level, new_level=dispute.new_level,
                 had_part=_had_part(dispute, by))  # fmt: skip


def _why_not_kept(feedback: Feedback, what: str, words: str, by: User) -> str:
    return why_not_kept(feedback.review.drawn_letter, what, words, by=by)


def _had_part(dispute: Dispute, by: User) -> bool:
    """Say whether it went through the hands of who decides, as nobody else could decide."""
    return bool(hands_of(dispute.feedback.review.drawn_letter).acts_of(by.pk))


def _locked(feedback: Feedback) -> Feedback:
    Feedback.objects.select_for_update().get(pk=feedback.pk)
    return Feedback.objects.select_related(
        "review__drawn_letter", "review__area", "review__feedback", "area"
    ).get(pk=feedback.pk)


def _locked_dispute(dispute: Dispute, by: User, at: datetime) -> Dispute:
    Dispute.objects.select_for_update().get(pk=dispute.pk)
    dispute = Dispute.objects.select_related("feedback__review", "feedback__area",
                                             "mark__criterion").get(pk=dispute.pk)  # fmt: skip
    policies.check_can_decide(by, dispute, clock.day_of(at))
    return dispute
