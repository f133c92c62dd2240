"""Of two orders of one date the one counts that the court made last, whichever came in first."""

from datetime import date

import pytest

from forthright.disclosure.services.dating import Ordered, set_court_date
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
OLDER, NEWER = date(2026, 10, 5), date(2026, 10, 12)
NOVEMBER_9, NOVEMBER_30 = date(2026, 11, 9), date(2026, 11, 30)
AT = given.at("2026-10-14 15:00")


@pytest.fixture(autouse=True)
def _on_that_day(time_machine):
    time_machine.move_to(AT, tick=False)


def ordered(duty, day, on=None, *, at=AT, **said):
    wish = Ordered(key="stage_1", day=day, reason="By the judge", ordered_on=on, **said)
    set_court_date(duty, wish, by=None, at=at)
    return duties.fresh(duty)


def extended():
    """Return a duty whose newer order is recorded first."""
    return ordered(duties.a_duty(), NOVEMBER_30, NEWER)


def test_an_older_order_that_is_recorded_later_does_not_count_and_the_page_says_so():
    duty = extended()
    page = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/date/")

    page = page.press(
        "Set the date", key="stage_1", day_day="9", day_month="11", day_year="2026",
        ordered_on_day="5", ordered_on_month="10", ordered_on_year="2026",
        reason="Found on the file",
    )  # fmt: skip

    assert duties.fresh(duty).due_on == NOVEMBER_30
    does_not = "An order of Monday 5 October 2026 for Monday 9 November 2026 was recorded later"
    page.see(f"No date moved; each is listed with its reason. {does_not}", "does not move this day")
    assert does_not in duty.dates.get(key="stage_1").arithmetic[-1]


def test_of_two_orders_of_one_day_the_one_recorded_last_counts():
    assert ordered(extended(), NOVEMBER_9, NEWER).due_on == NOVEMBER_9


def test_an_order_of_before_the_day_was_over_moves_no_judgement_where_a_newer_one_stood():
    duty, later = extended(), given.at("2026-12-01 12:00")

    duty = ordered(duty, NOVEMBER_9, OLDER, at=later)

    assert duty.due_on == NOVEMBER_30


def test_what_was_taken_back_leaves_room_for_an_order_of_before():
    duty = ordered(extended(), None)
    assert duty.due_on == date(2026, 10, 21)

    assert ordered(duty, NOVEMBER_9, OLDER).due_on == NOVEMBER_9


def test_an_older_order_that_was_taken_back_leaves_the_newer():
    assert ordered(extended(), None, OLDER).due_on == NOVEMBER_30


def test_a_correction_stands_for_the_order_recorded_last():
    duty = ordered(extended(), NOVEMBER_9, OLDER)

    assert ordered(duty, date(2026, 11, 10), is_correction=True).due_on == NOVEMBER_30
    assert ordered(duty, NOVEMBER_9, date(2026, 10, 13), is_correction=True).due_on == NOVEMBER_9


def test_an_order_that_never_was_leaves_what_was_ordered_before_it():
    duty = ordered(ordered(duties.a_duty(), NOVEMBER_9, OLDER), NOVEMBER_30, NEWER)

    assert ordered(duty, None, is_correction=True).due_on == NOVEMBER_9
