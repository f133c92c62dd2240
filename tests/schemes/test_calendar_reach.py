"""The calendar reaches further only with its bank holidays, and can be taken back."""

from datetime import date

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.schemes import services
from forthright.schemes.models import CalendarSpan, ClosedDay
from forthright.schemes.selectors.area_clock import area_clock
from forthright.schemes.selectors.calendar_reach import stretches_of
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db

IN_2027 = given.at("2027-03-01 10:00")
END_OF_2029 = date(2029, 12, 31)


def extended(**changes):
    area = given.a_started_area()
    said = {"source": "Area letter 7", "by": None, "at": IN_2027, **changes}
    services.extend_calendar(area, END_OF_2029, **said)
    return area


def test_a_year_that_is_added_has_its_bank_holidays():
    area = extended()

    added = ClosedDay.objects.filter(area=area, day__year=2029)
    due, _ = area_clock(area).due(given.at("2029-12-24 10:00"), "ENHANCED")
    assert added.count() == 8
    assert all(day.is_foretold and "confirmed against GOV.UK" in day.source for day in added)
    assert due.day == date(2029, 12, 27)


def test_each_stretch_keeps_its_own_source():
    area = extended()

    stretches = stretches_of(CalendarSpan.objects.get(area=area))

    assert [stretch.known_until for stretch in stretches] == [date(2028, 12, 31), END_OF_2029]
    assert "GOV.UK" in stretches[0].source
    assert stretches[1].source == "Area letter 7"
    detail = Event.objects.get(name="calendar.extended").detail
    assert (detail["source"], len(detail["days_added"])) == ("Area letter 7", 8)


@pytest.mark.parametrize(
    ("until", "words"),
    [
        pytest.param(date(2028, 12, 31), "until 31 December 2028 already", id="no later"),
        pytest.param(date(2030, 1, 1), "31 December 2029 at most", id="a day too far"),
        pytest.param(date(9999, 12, 31), "31 December 2029 at most", id="the year 9999"),
    ],
)
def test_an_end_nobody_can_know_is_refused(until, words):
    area = given.a_started_area()

    with pytest.raises(services.DayRefused, match=words):
        services.extend_calendar(area, until, source="GOV.UK", by=None, at=IN_2027)


def test_a_calendar_is_taken_back_and_made_to_reach_further_again():
    area = extended()

    services.shorten_calendar(area, date(2029, 6, 30), reason="Wrong year", by=None, at=given.NOON)

    span = CalendarSpan.objects.get(area=area)
    assert stretches_of(span)[-1].known_until == span.known_until == date(2029, 6, 30)
    event = Event.objects.get(name="calendar.shortened")
    assert (event.detail["was"], event.detail["reason"]) == ("2029-12-31", "Wrong year")
    services.extend_calendar(area, END_OF_2029, source="GOV.UK", by=None, at=IN_2027)
    assert ClosedDay.objects.filter(area=area, day__year=2029).count() == 8


def test_a_calendar_taken_back_into_its_first_stretch_has_one_source():
    area = extended()

    services.shorten_calendar(area, date(2027, 12, 31), reason="Wrong year", by=None, at=given.NOON)

    assert len(stretches_of(CalendarSpan.objects.get(area=area))) == 1


@pytest.mark.parametrize(
    ("until", "reason", "words"),
    [
        pytest.param(date(2028, 12, 31), "Wrong year", "Give an earlier day", id="no earlier"),
        pytest.param(date(2026, 10, 4), "Wrong year", "must be in the calendar", id="yesterday"),
        pytest.param(date(2026, 10, 9), "Wrong year", "1 letter is due after", id="a due date"),
        pytest.param(date(2027, 12, 31), " . ", "Say why", id="no reason"),
    ],
)
def test_an_end_that_something_lies_beyond_is_refused(until, reason, words):
    duty = given.a_letter_owed()

    with pytest.raises(services.DayRefused, match=words):
        services.shorten_calendar(duty.area, until, reason=reason, by=None, at=given.NOON)


def test_foretold_days_are_confirmed_year_by_year():
    area = extended()

    assert services.confirm_foretold_days(area, 2029, by=None, at=IN_2027) == 8

    assert not ClosedDay.objects.filter(area=area, is_foretold=True).exists()


def test_only_an_administrator_moves_the_end():
    area, manager = given.a_started_area(), given.a_person(Role.LINE_MANAGER)

    with pytest.raises(NotAllowed):
        services.shorten_calendar(
            area, date(2027, 12, 31), reason="Wrong year", by=manager, at=given.NOON
        )
    with pytest.raises(NotAllowed):
        services.confirm_foretold_days(area, 2029, by=manager, at=given.NOON)


@time_machine.travel(IN_2027, tick=False)
def test_each_day_is_shown_before_the_calendar_reaches_further():
    given.a_started_area()
    page = as_(given.a_person(Role.ADMINISTRATOR)).open("/time-limits/calendar/extend/")

    page.see("For example, 31 12 2029")
    page = page.press(
        "Continue", until_day="31", until_month="12", until_year="2029", source="GOV.UK"
    )
    page.see("Friday 30 March 2029 Good Friday", "Tuesday 25 December 2029 Christmas Day")
    page.see("marked as foretold", "to be confirmed against")
    page = page.press("Make it reach further")

    page.see("The calendar reaches to 31 December 2029 now.", "Foretold: to be confirmed")
    page = page.press("They are as GOV.UK lists 2029")
    page.see("8 days of 2029 confirmed").not_see("Foretold: to be confirmed")
    page = page.follow("Take the calendar back to an earlier day")
    page = page.press(
        "Take it back", until_day="31", until_month="12", until_year="2028", reason="Too early"
    )
    page.see("The calendar ends on 31 December 2028 now.")


@time_machine.travel(given.NOON, tick=False)
def test_a_calendar_that_reaches_as_far_as_it_may_says_so():
    given.a_started_area()

    page = as_(given.a_person(Role.ADMINISTRATOR)).open("/time-limits/calendar/extend/")

    page.see("It reaches as far as it may.", "From Friday 1 January 2027")
