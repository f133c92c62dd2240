"""What finished marks come to where disputes were accepted: one condition for all that counts."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from forthright.reviews.models import Dispute, Mark, Review
from forthright.rules import scoring
from forthright.rules.rubric import Level
from forthright.standards.selectors import rubric_of

Reviews = QuerySet[Review] | Collection[Review]


def accepted_levels(reviews: Reviews, *, before: datetime) -> dict[int, str]:
    """Return by mark the level that counts instead, of disputes accepted before a moment."""
    rows = _accepted(reviews).filter(decided_at__lt=before)
    return dict(rows.values_list("mark_id", "new_level"))


def decided_overalls(reviews: Reviews, *, before: datetime) -> dict[int, str]:
    """Return what markings come to of which disputes were accepted before a moment.

    All others come to what they came to when they were finished.
    """
    decided: dict[int, list[bool]] = defaultdict(list)
    rows = _accepted(reviews).values_list("mark__review_id", "decided_at")
    for review_id, decided_at in rows:
        decided[review_id].append(decided_at is not None and decided_at < before)
    by_then = [pk for pk, each in decided.items() if any(each)]
    found = {}
    for review in Review.objects.filter(pk__in=by_then).select_related("edition"):
        is_whole = all(decided[review.pk])
        found[review.pk] = review.overall_that_counts if is_whole else _overall(review, before)
    return found


def _accepted(reviews: Reviews) -> QuerySet[Dispute]:
    accepted = Dispute.objects.filter(outcome=Dispute.Outcome.ACCEPTED)
    return accepted.filter(mark__review__in=reviews)


def _overall(review: Review, before: datetime) -> str:
    """Return what a marking came to at a moment between two decisions."""
    instead = accepted_levels([review], before=before)
    levels = Mark.objects.filter(review=review).exclude(level="")
    given = {
        code: Level(instead.get(pk, level))
        for pk, code, level in levels.values_list("pk", "criterion__code", "level")
    }
    return str(scoring.overall(given, rubric_of(review.edition)).level)
