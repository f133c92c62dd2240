"""What second marks alone found critical, and who is asked the same day what follows from it."""

from collections.abc import Mapping

from django.db.models import Q, QuerySet

from forthright.accounts.models import User
from forthright.accounts.policies import has_permission
from forthright.reviews.models import SecondMarking
from forthright.reviews.selectors.lists import reviews_to_mark_blind, reviews_visible_to
from forthright.reviews.selectors.marked_once import first_levels
from forthright.reviews.selectors.second_marks import SHOWN
from forthright.rules.rubric import Criterion, Level
from forthright.rules.second_marks import MARKED_BEFORE
from forthright.samples.selectors.plans import permission_to_mark
from forthright.standards.models import Subject
from forthright.standards.selectors import rubric_of


def found_by_these_alone(
    marking: SecondMarking, levels: Mapping[str, Level]
) -> tuple[Criterion, ...]:
    """Return the critical criteria that second marks find not met and the first did not.

    Of a letter whose marks were agreed before, or whose names are hidden, nothing follows: what
    it called for was done when it was marked first, or its marker cannot know whose it is.
    """
    if marking.because == MARKED_BEFORE or marking.words:
        return ()
    first = first_levels(marking.review)
    return tuple(
        each
        for each in rubric_of(marking.review.edition).quality_criteria
        if each.is_critical
        and levels.get(each.code) is Level.NOT_MET
        and first.get(each.code) is not Level.NOT_MET
    )


def found_in(marking: SecondMarking) -> list[Criterion]:
    """Return the criteria for which somebody is asked what follows."""
    return [rubric_of(marking.review.edition).criterion(code) for code in marking.found.split()]


def second_marks_to_act_on(user: User) -> QuerySet[SecondMarking]:
    """Return what second marks found critical and of which nobody has said yet what follows.

    Whoever marked first is asked, and whoever marks for the unit of the letter: one of them says
    it. Whoever still marks the same without the marks of others is not.
    """
    may = [each for each in Subject.values if has_permission(user, permission_to_mark(each))]
    asked = Q(review__marker=user.pk) | Q(unit=user.unit_id, unit__isnull=False)
    rows = SecondMarking.objects.filter(
        asked, area=user.area_id, marked_at__isnull=False, urgent_at=None,
        review__edition__subject__in=may, review__in=reviews_visible_to(user).values("pk"),
    )  # fmt: skip
    rows = rows.exclude(found="").exclude(review__in=reviews_to_mark_blind(user).values("pk"))
    return rows.select_related(*SHOWN).order_by("marked_at", "pk")
