"""The pages of marking, feedback and disputes: who may open them."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forthright.accounts.models import Role, Unit
from forthright.reviews.services import open_review, save_marks
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=False):
        yield


def queries_of(browser, address):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        browser.open(address)
    return len(queries)


# Who may open what


def pages_of_marker(review):
    letter = review.drawn_letter_id
    return [
        "/reviews/",
        f"/reviews/{letter}/",
        f"/reviews/{letter}/mark/",
        f"/reviews/{letter}/words/",
        f"/reviews/{letter}/check/",
        f"/reviews/{letter}/feedback/",
    ]


def test_no_page_of_marking_opens_for_a_police_partner():
    review = given.a_started_review()
    browser = as_(given.a_person(Role.POLICE_PARTNER))

    assert {browser.try_("GET", address) for address in pages_of_marker(review)} == {403}


def test_nothing_of_another_unit_is_there():
    review = given.a_marked_letter()
    other = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.FRAUD))
    browser = as_(other)

    statuses = {browser.try_("GET", address) for address in pages_of_marker(review)[1:]}
    assert statuses == {404}
    assert browser.try_("POST", f"/reviews/{review.drawn_letter_id}/mark/A1/") == 404
    browser.open("/reviews/").see("Nothing has been marked yet.")


def test_feedback_is_for_its_drafter_alone():
    feedback = given.a_told_drafter()
    mark = feedback.review.marks.first()
    colleague = as_(given.a_person(Role.VICTIM_LIAISON_OFFICER))
    manager = as_(feedback.told_by)

    for browser in (colleague, manager):
        assert browser.try_("GET", f"/feedback/{feedback.pk}/") == 404
        assert browser.try_("POST", f"/feedback/{feedback.pk}/acknowledge/") == 404
        assert browser.try_("GET", f"/feedback/{feedback.pk}/dispute/{mark.pk}/") == 404


def test_a_dispute_is_not_there_for_another_area():
    dispute = given.a_disputed_mark()
    far = given.a_unit(area=given.an_area("Northumbria"))
    browser = as_(given.a_person(Role.LEGAL_MANAGER, unit=far))

    assert browser.try_("GET", f"/disputes/{dispute.pk}/") == 404


def test_the_name_of_the_drafter_is_for_their_own_managers():
    feedback = given.a_told_drafter()
    address = f"/reviews/{feedback.review.drawn_letter_id}/"
    name = feedback.drafter.full_name

    as_(feedback.told_by).open(address).see(name)
    as_(given.a_person(Role.SENIOR_MANAGER)).open(address).not_see(name)


def test_each_address_answers_only_the_methods_it_should():
    dispute = given.a_disputed_mark()
    feedback = dispute.feedback
    letter = feedback.review.drawn_letter_id
    marker, drafter = as_(feedback.told_by), as_(feedback.drafter)

    assert marker.try_("POST", "/reviews/") == 405
    assert marker.try_("POST", f"/reviews/{letter}/") == 405
    assert marker.try_("GET", f"/reviews/{letter}/mark/A1/") == 405
    assert marker.try_("PUT", f"/reviews/{letter}/mark/") == 405
    assert drafter.try_("POST", "/feedback/") == 405
    assert drafter.try_("GET", f"/feedback/{feedback.pk}/acknowledge/") == 405


def test_the_list_of_reviews_asks_the_same_for_one_and_many():
    manager = given.a_person(Role.LINE_MANAGER)
    given.a_marked_letter(marker=manager)
    given.a_told_drafter(marker=manager)
    browser = as_(manager)
    browser.open("/reviews/")
    few = queries_of(browser, "/reviews/")
    given.a_marked_letter(marker=manager)
    given.a_disputed_mark(marker=manager)

    assert queries_of(browser, "/reviews/") == few


def test_the_list_of_feedback_asks_the_same_for_one_and_many():
    drafter = given.a_person(Role.VICTIM_LIAISON_OFFICER)
    given.a_told_drafter(drafter=drafter)
    given.a_disputed_mark(drafter=drafter)
    browser = as_(drafter)
    browser.open("/feedback/")
    few = queries_of(browser, "/feedback/")
    given.a_told_drafter(drafter=drafter)
    given.a_disputed_mark(drafter=drafter)

    assert queries_of(browser, "/feedback/") == few


def test_the_screen_asks_the_same_for_an_empty_and_a_full_sheet():
    letter = given.a_drawn_letter()
    browser = as_(letter.marker)
    browser.open(f"/reviews/{letter.pk}/mark/")
    few = queries_of(browser, f"/reviews/{letter.pk}/mark/")
    review = open_review(letter, by=letter.marker, at=given.NOON)
    save_marks(review, given.answers_for(review), by=letter.marker, at=given.NOON)

    assert queries_of(browser, f"/reviews/{letter.pk}/mark/") == few
