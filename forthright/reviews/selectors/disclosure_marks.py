"""The finished marks of a month's disclosure, as the rules count them."""

from datetime import date

from django.db.models import Q, QuerySet

from forthright.accounts.models import User
from forthright.reviews.models import Review
from forthright.reviews.selectors.lists import number_to_mark_blind, reviews_visible_to
from forthright.reviews.selectors.states import cause_that_stands, effective_level
from forthright.rules.disclosure_compliance import Month
from forthright.rules.disclosure_marks import Asked, ByPeople, MarkedDisclosure, by_people
from forthright.samples.models import DrawnLetter
from forthright.samples.selectors import drawn_letters_visible_to
from forthright.standards.models import Criterion, Edition, Subject


def marks_of_month(user: User, month: Month, today: date) -> ByPeople | None:
    """Return what people's marks of a month's disclosure came to; None without a standard.

    What is due on a day that is not over yet is not counted, as the record counts it.
    """
    drawn = _drawn(user, month, today)
    number = drawn.count()
    reviews = _reviews(user, drawn)
    edition = _edition(user, reviews)
    if edition is None:
        return None
    causes = {each.pk: cause_that_stands(each) for each in reviews}
    marked = [
        MarkedDisclosure(
            key=each.drawn_letter_id,
            edition=each.edition.number,
            overall=each.overall_that_counts,
            timeliness=each.timeliness,
            levels=_levels(each),
            failing=cause.words if (cause := causes[each.pk]) else "",
        )
        for each in reviews
    ]
    asked = [
        Asked(code=each.code, title=each.title, is_timeliness=each.is_timeliness)
        for each in Criterion.objects.filter(edition=edition)
    ]
    return by_people(month, marked, drawn=number, asked=asked, edition=edition.number)


def waits_to_mark_blind(user: User) -> int:
    """Return how many disclosures this person has yet to mark blind, also in a round.

    While any does they are shown no figure of marks: it would tell how it was first marked.
    """
    return number_to_mark_blind(user, Q(edition__subject=Subject.DISCLOSURE))


def reviews_behind(user: User, drawn: list[int]) -> "QuerySet[Review]":
    """Return the finished markings behind a figure that this person may see."""
    found = reviews_visible_to(user).filter(
        drawn_letter__in=drawn, marked_at__isnull=False, kind=Review.Kind.FIRST_LINE
    )
    return found.order_by("drawn_letter__disclosure__due_on", "pk")


def _drawn(user: User, month: Month, today: date) -> "QuerySet[DrawnLetter]":
    return (
        drawn_letters_visible_to(user)
        .filter(
            part=DrawnLetter.Part.RANDOM,
            disclosure__due_on__range=(month.first, month.last),
            disclosure__due_on__lt=today,
        )
        .exclude(state=DrawnLetter.State.SUBSTITUTED)
    )


def _reviews(user: User, drawn: "QuerySet[DrawnLetter]") -> list[Review]:
    """Return one finished marking of each disclosure; of two plans' the one finished first."""
    found = reviews_visible_to(user).filter(
        drawn_letter__in=drawn.values("pk"), marked_at__isnull=False, kind=Review.Kind.FIRST_LINE
    )
    first: dict[int | None, Review] = {}
    marks = ("marks__criterion", "marks__disputes")
    for each in found.prefetch_related(*marks).order_by("marked_at", "pk"):
        first.setdefault(each.drawn_letter.disclosure_id, each)
    return list(first.values())


def _edition(user: User, reviews: list[Review]) -> Edition | None:
    """Return the newest edition that any of the marks was made by, or else the newest there is."""
    if reviews:
        return max((each.edition for each in reviews), key=lambda each: each.number)
    editions = Edition.objects.filter(
        area=user.area_id, subject=Subject.DISCLOSURE, adopted_at__isnull=False
    )
    return editions.order_by("-number").first()


def _levels(review: Review) -> dict[str, str]:
    levels = {mark.criterion.code: effective_level(mark) for mark in review.marks.all()}
    return {code: level for code, level in levels.items() if level is not None}
