"""A letter that two plans drew is marked twice: each marking names the other and what differs."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from forthright.accounts.models import User
from forthright.reviews.models import Feedback, Mark, Review
from forthright.reviews.selectors.lists import feedback_to, marks_of, reviews_visible_to
from forthright.reviews.selectors.shown import LevelShown, Result, result_of
from forthright.reviews.selectors.states import effective_level
from forthright.rules.rubric import Level
from forthright.samples.models import DrawnLetter


@dataclass(frozen=True, slots=True)
class Difference:
    """A criterion that two people marked differently, after any dispute."""

    code: str
    title: str
    here: LevelShown
    there: LevelShown


@dataclass(frozen=True, slots=True)
class Twin:
    """Another finished marking of the same letter."""

    review: Review
    result: Result
    differences: list[Difference]


def twins_of(user: User, review: Review) -> list[Twin]:
    """Return the other finished markings of a letter that this person may see."""
    others = _finished_beside(user, [review]).exclude(pk=review.pk)
    mine = _levels(review)
    return [Twin(each, result_of(each), _differences(mine, _levels(each))) for each in others]


def twin_words(user: User, reviews: Iterable[Review]) -> dict[int, str]:
    """Return, by review, that its letter was marked by somebody else too, and if differently."""
    reviews = list(reviews)
    together: dict[str, list[Review]] = defaultdict(list)
    for each in _finished_beside(user, reviews):
        together[each.drawn_letter.reference].append(each)
    words = {}
    for review in reviews:
        others = [each for each in together[review.drawn_letter.reference] if each != review]
        if others:
            differs = any(_overall(each) != _overall(review) for each in others)
            words[review.pk] = f"Marked twice{', differently' if differs else ''}"
    return words


def other_feedback(user: User, feedback: Feedback) -> list[Feedback]:
    """Return what else this drafter was told of the same letter."""
    drawn = feedback.review.drawn_letter
    same = (
        Q(review__drawn_letter__duty=drawn.duty_id)
        if drawn.duty_id
        else Q(review__drawn_letter__disclosure=drawn.disclosure_id)
    )
    return list(feedback_to(user).filter(same).exclude(pk=feedback.pk))


def letters_told_of_twice(user: User) -> set[str]:
    """Return by reference of what this drafter has more than one piece of feedback."""
    found = set()
    for kind, field in (("L", "duty"), ("D", "disclosure")):
        name = f"review__drawn_letter__{field}"
        rows = feedback_to(user).order_by().exclude(**{name: None}).values(name)
        twice = rows.annotate(number=Count("pk")).filter(number__gt=1)
        found |= {f"{kind}{pk}" for pk in twice.values_list(name, flat=True)}
    return found


def _finished_beside(user: User, reviews: list[Review]) -> QuerySet[Review]:
    duties = {each.drawn_letter.duty_id for each in reviews} - {None}
    disclosed = {each.drawn_letter.disclosure_id for each in reviews} - {None}
    return (
        reviews_visible_to(user)
        .filter(
            Q(drawn_letter__duty__in=duties) | Q(drawn_letter__disclosure__in=disclosed),
            marked_at__isnull=False,
        )
        .exclude(drawn_letter__state=DrawnLetter.State.SUBSTITUTED)
        .order_by("marked_at", "pk")
    )


def _overall(review: Review) -> str:
    return review.overall_that_counts


def _levels(review: Review) -> dict[str, tuple[Mark, Level]]:
    marks = ((mark, effective_level(mark)) for mark in marks_of(review))
    return {mark.criterion.code: (mark, level) for mark, level in marks if level is not None}


def _differences(
    here: dict[str, tuple[Mark, Level]], there: dict[str, tuple[Mark, Level]]
) -> list[Difference]:
    return [
        Difference(code, mark.criterion.title, LevelShown.of(level), LevelShown.of(there[code][1]))
        for code, (mark, level) in here.items()
        if code in there and there[code][1] != level
    ]
