"""A day that the court ordered for Stage 2, the defence response, is the day for the statement."""

from datetime import date

import pytest

from forthright.disclosure.selectors.duties import waiting_for
from forthright.disclosure.services.answering import (
    StatementRefused,
    record_no_statement,
    record_statement,
)
from forthright.disclosure.services.dating import Ordered, set_court_date
from forthright.disclosure.services.serving import serve
from tests import given
from tests.client import as_
from tests.disclosure import duties
from tests.disclosure.test_time_for_statement import paper

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


@pytest.fixture
def ordered():
    """A duty that was served on Monday 5 October, and Stage 2 of it ordered for 20 November."""
    duty = duties.court_told()
    order(duty)
    return duties.fresh(duty)


def order(duty, day=DAY, key="stage_2"):
    wish = Ordered(key=key, day=day, reason="Ordered at the plea hearing")
    set_court_date(duty, wish, by=None, at=given.NOON)


def test_the_statement_is_due_by_it(ordered):
    assert ordered.statement_due_on == ordered.dates.get(key="defence_statement").day == DAY
    page = as_(duties.a_lawyer()).open(f"/disclosure/{ordered.pk}/")
    assert "The court ordered Friday 20 November 2026 for Stage 2, the defence" in page.words


def test_a_statement_that_comes_by_it_is_not_late(ordered, time_machine):
    at = given.at("2026-11-10 10:00")
    time_machine.move_to(at, tick=False)

    made = record_statement(ordered, at.date(), ["The CCTV"], by=duties.a_lawyer(), at=at)

    assert not made.is_late


def test_a_statement_that_had_come_late_is_not_late_once_it_is_ordered(time_machine):
    duty, at = duties.court_told(), given.at("2026-11-10 10:00")
    time_machine.move_to(at, tick=False)
    made = record_statement(duty, at.date(), ["The CCTV"], by=duties.a_lawyer(), at=at)
    assert made.is_late

    order(duty)

    made.refresh_from_db()
    assert not made.is_late


def test_before_it_nobody_records_that_none_came_and_the_duty_does_not_wait(ordered, time_machine):
    at = given.at("2026-11-03 10:00")
    time_machine.move_to(at, tick=False)
    her = duties.a_lawyer()

    with pytest.raises(StatementRefused, match="until Friday 20 November 2026"):
        record_no_statement(ordered, by=her, at=at)

    assert ordered not in waiting_for(her, at.date())
    assert ordered in waiting_for(her, date(2026, 11, 21))
    page = as_(her).open(f"/disclosure/{ordered.pk}/statement/")
    assert "The defence has until Friday 20 November 2026" in page.words


def test_a_day_of_its_own_for_the_statement_wins(ordered):
    order(ordered, date(2026, 11, 27), "defence_statement")

    assert duties.fresh(ordered).statement_due_on == date(2026, 11, 27)


def test_the_letter_says_it(time_machine):
    time_machine.move_to(given.NOON, tick=False)
    duty = duties.approved()
    order(duty)
    for served in (False, True):
        if served:
            serve(duty, duties.a_service(duty), by=duties.a_lawyer(), at=given.NOON)
        letter = paper(duty, "covering-letter", given.NOON)
        assert (
            "The court ordered that the defence response, with the defence statement, is due by "
            "Friday 20 November 2026."
        ) in letter
