"""The receipts of first looks at feedback and at replies, and the reply that a drafter sends."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.peer_checks.selectors.parts import parts_of_review
from forthright.peer_checks.services.seeing import read_replies
from forthright.reviews import policies
from forthright.reviews.models import Dispute, Feedback, Review
from forthright.reviews.selectors.left_out import why_not_kept
from forthright.reviews.selectors.told_disputes import new_to_drafter, new_to_marker
from forthright.reviews.services.seeing import see_review
from forthright.rules.written import reason_in


class ReplyRefused(ValueError):
    """A reply to feedback cannot be kept; the message says why."""


@transaction.atomic
def read_feedback(feedback: Feedback, *, by: User, at: datetime) -> Feedback:
    """Record that feedback was looked at; its drafter's first look is the receipt."""
    if feedback.drafter_id == by.pk and feedback.read_at is None:
        if Feedback.objects.filter(pk=feedback.pk, read_at=None).update(read_at=at):
            audit.record("feedback.read", feedback, by=by, at=at)
        feedback.refresh_from_db(fields=["read_at"])
    _know_disputes(new_to_drafter(by), feedback.review, "drafter_knows_at", by=by, at=at)
    see_review(feedback.review, by=by, at=at)
    return feedback


@transaction.atomic
def see_marked(review: Review, *, by: User, at: datetime) -> Review:
    """Record that marks were looked at, and that whoever gave them opened replies and disputes."""
    unread = Feedback.objects.filter(review=review, told_by=by, replied_at__isnull=False)
    for feedback in unread.filter(reply_read_at=None).select_for_update():
        feedback.reply_read_at = at
        feedback.save(update_fields=["reply_read_at"])
        audit.record("feedback.reply_read", feedback, by=by, at=at)
    _know_disputes(new_to_marker(by), review, "marker_knows_at", by=by, at=at)
    read_replies(parts_of_review(review.pk), by=by, at=at)
    return see_review(review, by=by, at=at)


@transaction.atomic
def see_dispute(dispute: Dispute, *, by: User, at: datetime) -> Review:
    """Record that a dispute was looked at, by whoever marked too where they see disputes."""
    review = dispute.feedback.review
    _know_disputes(new_to_marker(by).filter(pk=dispute.pk), review, "marker_knows_at", by=by, at=at)
    return see_review(review, by=by, at=at)


def _know_disputes(
    new: QuerySet[Dispute], review: Review, known: str, *, by: User, at: datetime
) -> None:
    """Record that somebody whom the disputes of a review concern opened how they stand."""
    for dispute in new.filter(feedback__review=review).select_for_update(of=("self",)):
        setattr(dispute, known, at)
        dispute.save(update_fields=[known])
        audit.record("dispute.opened", dispute, by=by, at=at, area=review.area)


@transaction.atomic
def reply_to_feedback(feedback: Feedback, text: str, *, by: User, at: datetime) -> Feedback:
    """Keep what a drafter says to their marker; it is said once, stays, and decides nothing.

    :raises NotAllowed: if it was told to somebody else
    :raises ReplyRefused: if nothing is said, something was said before, or it repeats sensitive
        material
    """
    Review.objects.select_for_update().get(pk=feedback.review_id)
    feedback = Feedback.objects.select_related("review").get(pk=feedback.pk)
    policies.check_can_reply(by, feedback)
    if feedback.replied_at is not None:
        raise ReplyRefused("You have replied already, and what you said stays as it is.")
    if not reason_in(text):
        raise ReplyRefused("Write your reply.")
    if against := why_not_kept(feedback.review.drawn_letter, "your reply", text, by=by):
        raise ReplyRefused(against)
    feedback.reply, feedback.replied_at = reason_in(text), at
    feedback.read_at = feedback.read_at or at
    feedback.save(update_fields=["reply", "replied_at", "read_at"])
    audit.record("feedback.replied", feedback, by=by, at=at)
    return feedback
