"""Shows marks with the words quoted from a letter; every such look is recorded."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.reviews.models import Review


@transaction.atomic
def see_review(review: Review, *, by: User, at: datetime) -> Review:
    """Record that a person looked at marks and what they quote."""
    audit.record("review.seen", review, by=by, at=at)
    return review
