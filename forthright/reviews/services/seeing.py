"""Records each look at marks with the words they quote, and at lists of letters marked."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.reviews.models import Dispute, Feedback, Review
from forthright.samples.models import DrawnLetter


@transaction.atomic
def see_review(review: Review, *, by: User, at: datetime) -> Review:
    """Record that a person looked at marks and what they quote."""
    audit.record("review.seen", review, by=by, at=at)
    return review


@transaction.atomic
def see_list(
    letters: Sequence[DrawnLetter], marked: Sequence[Review], *, by: User, at: datetime
) -> None:
    """Record which letters to mark, and which marked, were listed with their case numbers."""
    if letters or marked:
        audit.record("reviews.listed", by=by, at=at, to_mark=[each.pk for each in letters],
                     reviews=[each.pk for each in marked])  # fmt: skip


@transaction.atomic
def see_feedback_list(listed: Sequence[Feedback], *, by: User, at: datetime) -> None:
    """Record which feedback was listed with the case numbers of its letters."""
    if listed:
        audit.record("feedback.listed", by=by, at=at, feedback=[each.pk for each in listed])


@transaction.atomic
def see_dispute_list(listed: Sequence[Dispute], *, by: User, at: datetime) -> None:
    """Record which disputes were listed with the case numbers of their letters."""
    if listed:
        audit.record("disputes.listed", by=by, at=at, disputes=[each.pk for each in listed])
