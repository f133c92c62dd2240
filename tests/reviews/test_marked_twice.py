"""One letter drawn by two plans: each marking names the other, and where they differ."""

from datetime import date

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.reviews.models import SecondMarking
from forthright.reviews.services import (
    finish_review,
    open_review,
    save_marks,
    save_summary,
    tell_drafter,
)
from forthright.reviews.services.second_marking import (
    choose_letters_to_mark_again,
    give_second_marks_of,
)
from forthright.rules.weeks import week_of
from forthright.samples.models import DrawnLetter
from forthright.samples.services import PlanSettings, draw_sample, make_plan
from tests import given
from tests.client import as_
from tests.reviews import twice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=False):
        yield


def marked_again(first, levels):
    """Return the marking of the same letter by the marker of another plan, told to its drafter."""
    marker = given.a_person(Role.LINE_MANAGER, unit=first.unit)
    settings = PlanSettings(marker=marker, random_size=100, cycle_weeks=None)
    plan = make_plan(
        first.area,
        by=None,
        at=given.at("2026-09-01 09:00"),
        name="Second look",
        unit=first.unit,
        settings=settings,
    )
    draw = draw_sample(plan, week_of(date(2026, 9, 28)), by=None, at=given.NOON)
    letter = DrawnLetter.objects.get(draw=draw, duty=first.drawn_letter.duty)
    review = open_review(letter, by=marker, at=given.NOON)
    save_marks(review, given.answers_for(review, levels), by=marker, at=given.NOON)
    save_summary(review, given.SUMMARY, by=marker, at=given.NOON)
    review = finish_review(review, by=marker, at=given.NOON)
    tell_drafter(review, by=marker, at=given.NOON, text="Read again.")
    return review


@pytest.mark.parametrize(
    ("levels", "tag", "says"),
    [
        ({"B1": "NOT_MET"}, "Marked twice", "Every mark is the same."),
        ({}, "Marked twice, differently",
         "B1 Explains this decision: does not meet here, fully meets there"),
    ],
)  # fmt: skip
def test_the_manager_of_both_markers_sees_both_and_where_they_differ(levels, tag, says):
    first = given.a_told_drafter().review
    second = marked_again(first, levels)
    manager = as_(given.a_person(Role.LEGAL_MANAGER))

    manager.open("/reviews/").see(tag)
    page = manager.open(f"/reviews/{first.drawn_letter_id}/")
    page.see(says, f"{second.marker} marked it too")
    page.follow(f"{second.marker} marked it too").see(f"{first.marker} marked it too")


def test_the_drafter_is_told_that_the_letter_was_marked_twice():
    first = given.a_told_drafter()
    second = marked_again(first.review, {})

    page = as_(first.drafter).open("/feedback/").see("Marked twice")
    reference = first.review.drawn_letter.duty.reference
    page = page.follow(f"Letter {reference}, from {first.told_by}")

    page.see("Two plans drew this letter, so it was marked twice.")
    page.follow(f"See the feedback from {second.marker}, Monday 5 October 2026").see("Read again.")


def test_a_letter_marked_once_says_nothing_of_it():
    feedback = given.a_told_drafter()

    as_(feedback.drafter).open("/feedback/").not_see("Marked twice")
    as_(given.a_person(Role.LEGAL_MANAGER)).open("/reviews/").not_see("Marked twice")


def test_a_letters_page_leads_to_its_marks():
    review = given.a_told_drafter().review
    inspector = as_(given.a_person(Role.INSPECTOR))

    page = inspector.open(f"/letters/{review.drawn_letter.duty_id}/").follow("Marks on this letter")

    assert page.address == f"/reviews/{review.drawn_letter_id}/"
    second = marked_again(review, {})
    page = inspector.open(f"/letters/{review.drawn_letter.duty_id}/").follow("Marks on this letter")
    page.follow(f"Marks by {second.marker}")


def test_a_letter_without_marks_says_so_and_a_drafter_is_not_led_there():
    letter = given.a_drawn_letter()

    page = as_(letter.marker).open(f"/letters/{letter.duty_id}/").follow("Marks on this letter")
    page.see("No marks on this letter.")

    drafter = as_(letter.duty.drafter)
    assert "Marks on this letter" not in drafter.open(f"/letters/{letter.duty_id}/").links


def test_a_letter_that_two_plans_drew_goes_to_two_second_markers_and_to_nobody_twice():
    review = given.a_marked_letter()
    twin = marked_again(review, {})
    people = [twice.a_manager(Unit.Kind.FRAUD), twice.a_manager(Unit.Kind.RASSO)]
    for each in (review, twin):
        SecondMarking.objects.create(
            review=each, area=each.area, unit=each.unit, because="by lot", chosen_at=twice.LATER
        )

    choose_letters_to_mark_again(review.area, by=None, at=twice.LATER)

    given_to = SecondMarking.objects.values_list("marker", flat=True)
    assert set(given_to) == {each.pk for each in people}


def test_who_marked_a_letter_again_marks_no_other_marking_of_it_again():
    review = given.a_marked_letter()
    twin = marked_again(review, {})
    second = twice.a_manager(Unit.Kind.FRAUD)
    give_second_marks_of(review, second, because="by lot", by=None, at=twice.LATER)

    with pytest.raises(NotAllowed, match="as another plan drew it"):
        give_second_marks_of(twin, second, because="by lot", by=None, at=twice.LATER)
