"""Who marks a letter as one plan drew it gives no second marks to it as another did."""

from datetime import date

import pytest
import time_machine

from forthright.accounts.models import Unit
from forthright.reviews.models import SecondMarking
from forthright.reviews.selectors.second_marks import markers_against
from forthright.reviews.services.second_marking import choose_letters_to_mark_again
from forthright.rules.second_marks import MARKS_ELSEWHERE
from forthright.rules.weeks import week_of
from forthright.samples.services import PlanSettings, draw_sample, make_plan
from tests import given
from tests.reviews import twice

pytestmark = pytest.mark.django_db


def test_the_marker_under_the_plan_of_the_area_is_given_no_second_marks_of_the_units():
    with time_machine.travel(twice.LATER, tick=True):
        both, other = (twice.a_manager(Unit.Kind.VLU) for _ in range(2))
        review = given.a_marked_letter()
        settings = PlanSettings(marker=both, random_size=100, cycle_weeks=None)
        plan = make_plan(review.area, by=None, at=given.at("2026-09-01 09:00"), name="Area",
                         settings=settings)  # fmt: skip
        draw_sample(plan, week_of(date(2026, 9, 28)), by=None, at=given.NOON)

        against = markers_against(review)
        twice.draw_lot(review)
        choose_letters_to_mark_again(review.area, by=None, at=twice.LATER)

    assert against[both.pk] == (MARKS_ELSEWHERE,)
    assert against[other.pk] == ()
    assert SecondMarking.objects.get(review=review).marker == other
