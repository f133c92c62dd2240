"""Disputes of what was told by looks and markings, of which both sides are to know how they end."""

from datetime import date

from django.db.models import F, Q, QuerySet

from forthright.accounts.models import User
from forthright.peer_checks.models import PartTold
from forthright.peer_checks.selectors.parts import DISPUTED, whose_page_opens_for


def new_to_teller(user: User, today: date) -> QuerySet[PartTold]:
    """Return the disputes of what this person told that are new to them as they stand."""
    is_new = Q(teller_knows_at=None) | _ended_since("teller_knows_at", today)
    return PartTold.objects.filter(DISPUTED, is_new, whose_page_opens_for(user), told_by=user.pk)


def new_to_reader(user: User, today: date) -> QuerySet[PartTold]:
    """Return the disputes that this person raised and whose outcome is new to them."""
    is_new = _ended_since("reader_knows_at", today)
    return PartTold.objects.filter(DISPUTED, is_new, recipient=user.pk)


def parts_to_know(user: User, today: date) -> QuerySet[PartTold]:
    """Return all disputes of what was told that are new to this person as they stand, by when."""
    found = new_to_teller(user, today) | new_to_reader(user, today)
    return found.select_related("version", "recipient", "told_by").order_by("disputed_at", "pk")


def _ended_since(known: str, today: date) -> Q:
    """Say that a dispute was decided, or its last day was over, after what is known of it."""
    is_unknown = Q(**{known: None})
    decided = Q(decided_at__isnull=False) & (is_unknown | Q(decided_at__gt=F(known)))
    over = Q(outcome=PartTold.Outcome.OPEN, decide_by__lt=today)
    return decided | over & (is_unknown | Q(**{f"{known}__date__lte": F("decide_by")}))
