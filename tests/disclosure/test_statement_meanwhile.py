"""One defence statement that two people record from pages open at once is kept once."""

import pytest

from forthright.disclosure.models import DefenceStatement
from forthright.disclosure.services.answering import record_no_statement, record_statement
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
DAY = {"received_on_day": "5", "received_on_month": "10", "received_on_year": "2026"}
OURS = "All footage of the yard"
TODAY = given.NOON.date()


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


@pytest.fixture
def duty():
    return duties.court_told()


def page_of(duty):
    return as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/statement/")


def keep(page, **answers):
    return page.press("Keep the statement", requests=OURS, **{**DAY, **answers})


def recorded(duty, *asked):
    return record_statement(duty, TODAY, asked, by=duties.a_lawyer(), at=given.NOON)


def test_a_statement_that_came_meanwhile_is_shown_before_a_second_is_kept(duty):
    page = page_of(duty)
    first = recorded(duty, "The CCTV of the yard")

    page = keep(page)

    page.see("After you opened the page a statement was recorded: received Monday 5 October 2026",
             f"kept by {first.recorded_by}", "If yours is the same in other words, leave the page",
             "The CCTV of the yard", OURS)  # fmt: skip
    assert DefenceStatement.objects.count() == 1

    keep(page).see("The statement is kept")
    assert DefenceStatement.objects.count() == 2


def test_one_that_was_there_when_the_page_was_opened_is_not_asked_about(duty):
    recorded(duty, "The CCTV of the yard")

    keep(page_of(duty)).see("The statement is kept")

    assert DefenceStatement.objects.count() == 2


def test_that_none_came_asks_nothing(duty, time_machine):
    later = given.at("2027-01-05 12:00")
    time_machine.move_to(later, tick=False)
    page = page_of(duty)
    record_no_statement(duty, by=None, at=later)

    keep(page).see("The statement is kept")


@pytest.mark.parametrize("forged", ["", "x", "²", "9" * 20])
def test_a_forged_stamp_ends_in_no_error(duty, forged):
    recorded(duty, "The CCTV of the yard")

    said = keep(page_of(duty), opened=forged)

    said.see("The statement is kept" if forged.startswith("9") else "After you opened the page")
