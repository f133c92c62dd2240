"""Disputes of marks of which those whom they concern are to know, until they have opened them."""

from django.db.models import F, Q, QuerySet

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.reviews.models import Dispute
from forthright.reviews.selectors.lists import reviews_visible_to

# An outcome that came after what was known; a mark that stands as nobody decided is one too.
_NEW_TO_MARKER = Q(marker_knows_at=None) | Q(decided_at__gt=F("marker_knows_at"))
_NEW_TO_DRAFTER = Q(decided_at__isnull=False) & (
    Q(drafter_knows_at=None) | Q(decided_at__gt=F("drafter_knows_at"))
)


def new_to_marker(user: User) -> QuerySet[Dispute]:
    """Return the disputes of marks that this person told, which are new to them as they stand.

    Whoever may open marks no more is told of none.
    """
    if not has_permission(user, Permission.REVIEW_SEE):
        return Dispute.objects.none()
    shown = reviews_visible_to(user).values("pk")
    return Dispute.objects.filter(
        _NEW_TO_MARKER, feedback__told_by=user.pk, feedback__review__in=shown
    )


def new_to_drafter(user: User) -> QuerySet[Dispute]:
    """Return the disputes that this person raised and whose outcome is new to them."""
    return Dispute.objects.filter(_NEW_TO_DRAFTER, feedback__drafter=user.pk)


def disputes_to_know(user: User) -> QuerySet[Dispute]:
    """Return all disputes of marks that are new to this person as they stand, by when."""
    found = new_to_marker(user) | new_to_drafter(user)
    rows = found.select_related("feedback__review", "feedback__drafter")
    return rows.order_by("raised_at", "pk")
