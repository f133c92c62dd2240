"""Letters that were marked once, as the rules read them: who may mark them again, and why."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import replace
from typing import Any

from django.db.models import Q, QuerySet

from forthright.reviews.models import LetterCheck, Review, SecondMarking
from forthright.reviews.selectors.lists import of_same_letters
from forthright.reviews.selectors.saw_marks import saw_marks
from forthright.rules.letter_checks.rule import Level as CheckLevel
from forthright.rules.letter_checks.rule_set import criteria_on
from forthright.rules.rubric import Level
from forthright.rules.second_marks import (
    BY_LOT,
    FirstMark,
    MarkedLetter,
    SecondMarker,
    passes_in_doubt,
)
from forthright.samples.selectors.hands import hands_by_reference, markers_elsewhere
from forthright.standards.selectors import rubric_of


def first_marks(reviews: Collection[Review]) -> list[FirstMark]:
    """Return finished markings as the rules read them to choose from."""
    by_lot = SecondMarking.objects.filter(because__startswith=BY_LOT)
    went = {
        each.drawn_letter.reference
        for each in _of_same_letters(reviews).filter(pk__in=by_lot.values("review"))
    }
    return [
        FirstMark(
            **facts, marked_before=_marked_before(review), in_doubt=_in_doubt(review),
            letter=review.drawn_letter.reference,
            went_by_lot=review.drawn_letter.reference in went,
        )
        for review, facts in _with_hands(reviews)
    ]  # fmt: skip


def marked_letters(reviews: Collection[Review]) -> list[MarkedLetter]:
    """Return finished markings as the rules read them to find who may mark the letter again."""
    return [MarkedLetter(**facts) for _, facts in _with_hands(reviews)]


def letters_to_give(
    reviews: Collection[Review], people: Collection[SecondMarker]
) -> list[MarkedLetter]:
    """Return finished markings with who of these people has seen them, to share them out blind."""
    readers = defaultdict(set)
    for review, person in saw_marks(reviews, [int(each.name) for each in people]):
        readers[str(review)].add(person)
    return [
        replace(each, readers=_names(readers[each.reference])) for each in marked_letters(reviews)
    ]


def first_levels(review: Review) -> dict[str, Level]:
    """Return the levels of a first marking as they were given, before any dispute."""
    rows = review.marks.exclude(level="").values_list("criterion__code", "level")
    return {code: Level(level) for code, level in rows}


def _with_hands(reviews: Collection[Review]) -> Iterator[tuple[Review, dict[str, Any]]]:
    """Yield each marking with who marked the letter, and who had to do with it before."""
    hands = hands_by_reference([each.drawn_letter for each in reviews])
    elsewhere = markers_elsewhere([each.drawn_letter for each in reviews])
    again = _second_markers_elsewhere(reviews)
    for review in reviews:
        author = review.drawn_letter.author
        own = hands[review.drawn_letter.reference]
        yield (
            review,
            {
                "reference": str(review.pk),
                "unit": str(review.unit_id),
                "marker": str(review.marker_id),
                "marker_unit": str(review.marker.unit_id),
                "drafter": str(own.drafter) if own.drafter else None,
                "drafter_unit": str(author.unit_id) if author else None,
                "writers": _names(own.writers),
                "approvers": _names(own.approvers),
                "overrulers": _names(own.overrulers),
                "passers": _names(own.passers),
                "waivers": _names(own.waivers),
                "explainers": _names(own.explainers),
                "marks_elsewhere": _names(elsewhere[review.drawn_letter_id] | again[review.pk]),
            },
        )


def _of_same_letters(reviews: Collection[Review]) -> "QuerySet[Review]":
    """Return every marking of the letters, or disclosures, of some markings."""
    marked = Q(pk__in=[each.pk for each in reviews])
    return Review.objects.filter(of_same_letters(marked)).select_related("drawn_letter")


def _second_markers_elsewhere(reviews: Collection[Review]) -> dict[int, set[int]]:
    """Return by marking who marks, or marked, the same letter again as another plan drew it."""
    again = SecondMarking.objects.filter(
        review__in=_of_same_letters(reviews), marker__isnull=False
    ).select_related("review__drawn_letter")
    same = defaultdict[str, set[tuple[int, int]]](set)
    for each in again:
        if each.marker_id is not None:
            same[each.review.drawn_letter.reference].add((each.review_id, each.marker_id))
    return {
        each.pk: {marker for pk, marker in same[each.drawn_letter.reference] if pk != each.pk}
        for each in reviews
    }


def _marked_before(review: Review) -> int:
    """Return how many of its kind, letters or disclosures, its marker had marked before."""
    earlier = Review.objects.filter(
        marker=review.marker_id, marked_at__isnull=False,
        edition__subject=review.edition.subject,
    )  # fmt: skip
    return earlier.filter(
        Q(marked_at__lt=review.marked_at) | Q(marked_at=review.marked_at, pk__lt=review.pk)
    ).count()


def _in_doubt(review: Review) -> tuple[str, ...]:
    """Return the critical criteria that passed although a check by them would stop the letter.

    A warning or advice is no doubt: most letters have some.
    """
    check: LetterCheck | None = getattr(review, "letter_check", None)
    if check is None:
        return ()
    criterion_of = criteria_on(check.check_set.rules, check.checked_for)
    found: dict[str, int] = {}
    for rule, number in check.fired.items():
        if rule in criterion_of and check.check_set.rules[rule]["level"] == CheckLevel.STOP:
            code = criterion_of[rule]
            found[code] = found.get(code, 0) + number
    critical = [each.code for each in rubric_of(review.edition).criteria if each.is_critical]
    return passes_in_doubt(first_levels(review), critical, found)


def _names(people: Collection[int]) -> tuple[str, ...]:
    return tuple(str(each) for each in sorted(people))
