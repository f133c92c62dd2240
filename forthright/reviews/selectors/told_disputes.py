"""Disputes of marks of which those whom they concern are to know, until they have opened them."""

from django.db.models import F, Q, QuerySet

from forthright.accounts.models import User
from forthright.reviews.models import Dispute

# An outcome that came after what was known; a mark that stands as nobody decided is one too.
_NEW_TO_MARKER = Q(marker_knows_at=None) | Q(decided_at__gt=F("marker_knows_at"))
_NEW_TO_DRAFTER = Q(decided_at__isnull=False) & (
    Q(drafter_knows_at=None) | Q(decided_at__gt=F("drafter_knows_at"))
)


def new_to_marker(user: User) -> QuerySet[Dispute]:
    """Return the disputes of marks that this person told, which are new to them as they stand."""
    return Dispute.objects.filter(_NEW_TO_MARKER, feedback__told_by=user.pk)


def new_to_drafter(user: User) -> QuerySet[Dispute]:
    """Return the disputes that this person raised and whose outcome is new to them."""
    return Dispute.objects.filter(_NEW_TO_DRAFTER, feedback__drafter=user.pk)


def disputes_to_know(user: User) -> QuerySet[Dispute]:
    """Return all disputes of marks that are new to this person as they stand, by when."""
    found = new_to_marker(user) | new_to_drafter(user)
    rows = found.select_related("feedback__review", "feedback__drafter")
    return rows.order_by("raised_at", "pk")
