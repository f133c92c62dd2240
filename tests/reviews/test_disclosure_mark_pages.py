"""Disclosure of a month as marked by a person, beside what the record counts."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.reviews.services import dispute_mark, tell_drafter
from forthright.reviews.services.disputing import accept_dispute
from forthright.reviews.services.second_marking import hide_marks
from forthright.samples.models import DrawnLetter
from tests import given
from tests.client import as_
from tests.disclosure import duties, sampled
from tests.reviews.test_disclosure_marked import again

pytestmark = pytest.mark.django_db
NOVEMBER = given.at("2026-11-02 09:00")
WAITS = "You have 1 disclosure to mark without the marks of others"
PAGE = "/disclosure-marks/2026-10/"


@pytest.fixture(autouse=True)
def _in_november():
    with time_machine.travel(NOVEMBER, tick=False):
        yield


def a_leader(role=Role.LEGAL_MANAGER, kind=Unit.Kind.MAGISTRATES):
    return given.a_person(role, unit=given.a_unit(kind))


def row(page, name):
    return next(each for each in page.rows() if each and each[0].startswith(name))


def test_each_question_stands_as_marked_by_a_person_beside_as_counted():
    duties.reviewing(name="Price")
    sampled.marked(sampled.a_served_duty(), {"D4": "PARTIALLY"})

    page = as_(a_leader()).open(PAGE)

    page.see("2 disclosures due in the month were drawn at random, and 1 of them has been marked.")
    assert row(page, "D1 ")[1].startswith("Marked: 1 of 1 (too few to say)")
    assert row(page, "D1 ")[2].startswith("Record: 1 of 2 (too few to say)")
    assert row(page, "D4 ")[1].startswith("Marked: 0 of 1")
    assert row(page, "D4 ")[2] == "The record cannot say"
    page.see("Blanket reasons, or none: 1", "disclosure-marks 2026.1", "disclosure-compliance")


def test_a_figure_opens_the_marks_behind_it():
    review = sampled.marked(sampled.a_served_duty(), {"D4": "PARTIALLY"})
    leader = a_leader()

    page = as_(leader).open(PAGE + "d4/")

    page.see("D4 Reasons that explain: fully", "Not counted")
    page.follow(review.drawn_letter.called).see("Marks on disclosure")
    assert Event.objects.filter(name="reviews.listed", by=leader).exists()


def test_what_was_looked_for_on_purpose_is_in_no_share():
    duty = sampled.a_served_duty()
    review = sampled.marked(duty)
    DrawnLetter.objects.filter(pk=review.drawn_letter_id).update(part="TARGETED")

    as_(a_leader()).open(PAGE).see("No disclosure due in this month has been drawn")


def test_an_accepted_dispute_counts():
    review = sampled.marked(sampled.a_served_duty(), {"D4": "PARTIALLY"})
    feedback = tell_drafter(review, by=review.marker, at=sampled.LATER, text="Say what you read.")
    raised = dispute_mark(
        feedback, review.marks.get(criterion__code="D4"), by=feedback.drafter, at=sampled.LATER,
        reason="Item 2 says that I read it.",
    )  # fmt: skip
    accept_dispute(raised, new_level="FULLY", reason="So it does.", by=a_leader(), at=sampled.LATER)

    page = as_(a_leader()).open(PAGE)

    assert row(page, "D4 ")[1].startswith("Marked: 1 of 1")
    # Nothing is left that the failing explains.
    page.not_see("Blanket reasons, or none: 1")


def test_whoever_is_to_mark_one_again_is_shown_no_figure_until_they_have():
    marking = again(sampled.marked(sampled.a_served_duty()))

    page = as_(marking.marker).open(PAGE)

    page.see(WAITS).not_see("As counted from the record")
    as_(marking.marker).open(PAGE + "d1/", status=404)


def test_nor_is_whoever_marks_one_in_a_round():
    review = sampled.marked(sampled.a_served_duty())
    leader = a_leader()
    hide_marks(review, leader, by=None, at=sampled.LATER)

    as_(leader).open(PAGE).see(WAITS).not_see("As counted from the record")


def test_it_is_for_who_sees_marks_and_of_their_own_reach():
    sampled.marked(sampled.a_served_duty())

    as_(a_leader(Role.PROSECUTOR)).open(PAGE, status=403)
    other = as_(a_leader(Role.LINE_MANAGER)).open(PAGE)
    other.see("No disclosure due in this month has been drawn")
    as_(a_leader(Role.LINE_MANAGER)).open(PAGE + "nothing/", status=404)
    as_(a_leader()).open("/disclosure-marks/October/", status=404)
    assert as_(a_leader()).try_("POST", PAGE) == 405


def test_the_compliance_page_leads_to_it_for_who_may_see_marks():
    page = as_(a_leader()).open("/disclosure/compliance/", month="2026-10")
    page.follow("As marked by a person, beside this").see("as marked by a person")

    lawyer = as_(given.a_person(Role.PROSECUTOR)).open("/disclosure/compliance/", month="2026-10")
    lawyer.not_see("As marked by a person")


def test_it_asks_as_many_questions_for_many_as_for_one():
    for name in ("Price", "Hall", "Khan"):
        sampled.a_served_duty(name=name)
    first = sampled.a_served_duty()
    sampled.marked(first)
    browser = as_(a_leader())
    with CaptureQueriesContext(connection) as one:
        browser.open(PAGE)
    for letter in DrawnLetter.objects.filter(state="TO_MARK"):
        sampled.mark(letter)

    with CaptureQueriesContext(connection) as many:
        browser.open(PAGE)

    assert len(many) == len(one)
