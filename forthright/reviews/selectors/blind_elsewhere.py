"""What somebody marks without its first marks in another room, so that second marks keep off it."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from forthright.accounts.models import Area
from forthright.reviews.models import BlindFor, SecondMarking
from forthright.reviews.selectors.lists import of_same_letters


def marked_blind_elsewhere() -> Q:
    """Return the condition of what somebody marks, or marked, without these marks elsewhere.

    They will have seen the marks by then, and whoever still marks there is not to see them here.
    """
    return of_same_letters(Q(pk__in=BlindFor.objects.values("review")))


def given_to_who_marks_blind(area: Area) -> QuerySet[SecondMarking]:
    """Return what waits for second marks of somebody who still marks the same blind elsewhere."""
    blind = BlindFor.objects.filter(until=None, person=OuterRef("marker"))
    same = [
        blind.filter(**{f"review__{owed}": OuterRef(f"review__{owed}")})
        for owed in ("drawn_letter__duty", "drawn_letter__disclosure")
    ]
    waiting = SecondMarking.objects.filter(area=area, marked_at=None, marker__isnull=False)
    return waiting.filter(Q(*(Exists(each) for each in same), _connector=Q.OR)).order_by(
        "chosen_at", "pk"
    )
