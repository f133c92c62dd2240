"""Who has seen how something was marked, by the record of acts: they cannot mark it blind."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from django.db.models import Q

from forthright.accounts.models import User
from forthright.audit.models import Event
from forthright.peer_checks.models import PartTold
from forthright.reviews.models import Dispute, Feedback, Review, SecondMarking

# Events by which somebody has seen marks of a letter.
SEEN_MARKS = ("review.seen", "second_marking.seen", "peer_feedback.seen")
# And those of lists and pages that say how letters were marked, with the parts of their details
# that name the reviews, the letters owed, the disputes, the feedback or its parts that were shown.
LISTED_MARKS = (
    "reviews.listed", "finding.seen", "agreement.opened", "leniency.letters_opened",
    "report.figure_opened", "report.taken_out", "watches.listed", "watch.seen", "disputes.listed",
    "feedback.listed", "round_letter.seen", "gold.listed", "peer_feedback.listed",
)  # fmt: skip

# By number of what was shown, the markings that it tells of.
Tells = Mapping[int, set[int]]


def saw_marks(
    reviews: Collection[Review], people: Collection[User] | Collection[int]
) -> set[tuple[int, int]]:
    """Return the pairs of a marking and a person who has seen how that letter was marked.

    What was drawn by two plans has two markings; who saw either knows the letter's marks.
    """
    own = _by_marking(reviews)
    seconds: dict[int, set[int]] = {
        pk: own[review]
        for pk, review in SecondMarking.objects.filter(review__in=list(own)).values_list(
            "pk", "review"
        )
    }
    parts = _parts_told(own)
    of_kind: dict[str, Tells] = {
        Review._meta.label: own, SecondMarking._meta.label: seconds, PartTold._meta.label: parts,
    }  # fmt: skip
    opened = Q()
    for kind, numbers in of_kind.items():
        opened |= Q(subject_kind=kind, subject_id__in=[str(pk) for pk in numbers])
    events = Event.objects.filter(opened, name__in=SEEN_MARKS, by__in=people)
    seen = {
        (review, by)
        for kind, subject, by in events.values_list("subject_kind", "subject_id", "by")
        for review in of_kind[kind][int(subject)]
    }
    return seen | _read_in_lists(reviews, people, own, parts)


def _by_marking(reviews: Collection[Review]) -> dict[int, set[int]]:
    """Return by number each marking of the same letters, with those asked for that it tells of."""
    own = defaultdict(set, {each.pk: {each.pk} for each in reviews})
    for field in ("duty_id", "disclosure_id"):
        asked = defaultdict(set)
        for each in reviews:
            if owed := getattr(each.drawn_letter, field):
                asked[owed].add(each.pk)
        twins = Review.objects.filter(**{f"drawn_letter__{field}__in": list(asked)})
        for pk, owed in twins.values_list("pk", f"drawn_letter__{field}"):
            own[pk] |= asked[owed]
    return dict(own)


def _parts_told(own: Tells) -> Tells:
    """Return by number what a marking told whoever wrote the reasons, with whose marks it tells."""
    told = PartTold.objects.filter(review_number__in=list(own))
    return {pk: own[review] for pk, review in told.values_list("pk", "review_number") if review}


def _read_in_lists(
    reviews: Collection[Review],
    people: Collection[User] | Collection[int],
    own: Tells,
    parts: Tells,
) -> set[tuple[int, int]]:
    marked = Review.objects.filter(pk__in=list(own), marked_at__isnull=False)
    first = marked.order_by("marked_at").values_list("marked_at", flat=True).first()
    if first is None:
        return set()
    by_duty = defaultdict(set)
    for each in reviews:
        if each.drawn_letter.duty_id:
            by_duty[each.drawn_letter.duty_id].add(each.pk)
    feedback = Feedback.objects.filter(review__in=list(own)).values_list("pk", "review")
    disputes = Dispute.objects.filter(feedback__review__in=list(own))
    tells: dict[str, Tells] = {
        "reviews": own,
        "review": own,
        "duties": by_duty,
        "parts": parts,
        "feedback": {pk: own[review] for pk, review in feedback},
        "disputes": {pk: own[to] for pk, to in disputes.values_list("pk", "feedback__review")},
    }
    events = Event.objects.filter(name__in=LISTED_MARKS, by__in=people, at__gte=first)
    return {
        (review, by)
        for by, detail in events.values_list("by", "detail")
        for part, number in _numbers_in(detail)
        for review in tells.get(part, {}).get(number, ())
    }


def _numbers_in(detail: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """Yield each number in the details of an event, with what it is the number of."""
    for part, said in detail.items():
        for number in said if isinstance(said, list) else [said]:
            if isinstance(number, int):
                yield part, number
