"""The made-up past keeps to the same rules as a real one."""

from datetime import timedelta

import pytest

from forthright.accounts.models import Role
from forthright.demo.loading import Loaded
from forthright.demo.marking import PastMarks
from forthright.reviews.models import Dispute, Feedback
from forthright.reviews.selectors.told_disputes import disputes_to_know
from forthright.reviews.services import tell_drafter
from forthright.web.models import Job
from tests import given

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("days", "is_disputed"), [(13, True), (15, False)])
def test_a_drafter_who_answers_after_the_deadline_disputes_nothing(days, is_disputed):
    feedback = given.a_told_drafter()
    manager = given.a_person(Role.LEGAL_MANAGER)
    loaded = Loaded(manager.area, {}, {Role.LEGAL_MANAGER: [manager]}, {})
    answered = given.NOON + timedelta(days=days)

    past = PastMarks(loaded, seed=1, until=answered + timedelta(days=1))

    assert past.dispute(feedback, answered) is is_disputed
    assert Dispute.objects.exists() is is_disputed


def test_nobody_made_up_gets_an_e_mail_about_the_made_up_past():
    review = given.a_marked_letter()
    loaded = Loaded(review.area, {}, {Role.LEGAL_MANAGER: [review.marker]}, {})
    past = PastMarks(loaded, seed=1, until=given.NOON)

    past.tell(review, given.NOON)

    assert Feedback.objects.get().drafter is not None
    assert not Job.objects.exists()


def test_a_drafter_who_is_told_later_gets_one():
    review = given.a_marked_letter()

    tell_drafter(review, by=review.marker, at=given.NOON, text="Well done.")

    assert Job.objects.get().name == "reviews.tell"


@pytest.mark.parametrize(("days", "waits"), [(7, 1), (9, 0)])
def test_what_came_of_a_dispute_long_ago_was_opened_by_both_sides(days, waits):
    feedback = given.a_told_drafter()
    manager = given.a_person(Role.LEGAL_MANAGER)
    loaded = Loaded(feedback.area, {}, {Role.LEGAL_MANAGER: [manager]}, {})
    until = given.NOON + timedelta(days=days)

    PastMarks(loaded, seed=1, until=until).dispute(feedback, given.NOON)

    for person in (feedback.drafter, feedback.told_by):
        assert disputes_to_know(person).count() == waits
