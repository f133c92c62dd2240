"""The time limits are shown in words with their sources, and changed only after a look."""

from dataclasses import replace

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.schemes.models import RuleSet
from forthright.schemes.selectors.rule_drafts import draft_from
from forthright.schemes.services import change_rule_set
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(given.NOON, tick=False):
        yield


def an_administrator():
    return given.a_person(Role.ADMINISTRATOR)


def test_each_number_has_its_source_and_says_whether_it_is_confirmed():
    given.a_started_area()

    page = as_(given.a_person(Role.PROSECUTOR)).open("/time-limits/")

    page.see(
        "1 working day Source: CPS Victim Communication and Liaison scheme",
        "Cut-off hour Unverified: to be confirmed",
        "No further action Published",
        "Left to lie on file Unverified: to be confirmed",
    ).not_see("Change the time limits")


def test_an_area_without_rules_is_started_by_its_administrator():
    page = as_(an_administrator()).open("/time-limits/")

    page = page.press("Start with the published time limits")

    page.see("The published time limits and calendar are in force.", "Version 1")


def test_a_wrong_role_is_refused():
    as_(given.a_person(Role.PANEL_MEMBER)).open("/time-limits/", status=403)
    as_(given.a_person(Role.LINE_MANAGER)).open("/time-limits/change/", status=403)


def test_the_rules_of_another_area_are_not_there():
    other = RuleSet.objects.get(area=given.a_started_area("Wessex"))

    as_(an_administrator()).open(f"/time-limits/{other.pk}/", status=404)


def test_the_rules_are_only_read():
    assert as_(an_administrator()).try_("POST", "/time-limits/") == 405


def test_the_calculator_shows_its_arithmetic():
    given.a_started_area()
    page = as_(given.a_person(Role.PROSECUTOR)).open("/time-limits/calculator/")

    page = page.press(
        "Work it out", day_day="2", day_month="4", hour="4:55pm", entitlement="ENHANCED"
    )

    page.see(
        "Due Tuesday 7 April 2026",
        "Decided Thursday 2 April 2026, 4:55pm.",
        "Good Friday and Easter Monday do not count.",
    )


def test_the_calculator_refuses_a_day_past_the_calendar():
    given.a_started_area()
    page = as_(given.a_person(Role.PROSECUTOR)).open("/time-limits/calculator/")

    page = page.press("Work it out", day_year="2099", entitlement="STANDARD")

    assert "calendar of bank holidays runs from" in page.errors[0]


def test_the_calculator_refuses_an_hour_that_never_was():
    given.a_started_area()
    page = as_(given.a_person(Role.PROSECUTOR)).open("/time-limits/calculator/")

    page = page.press(
        "Work it out", day_day="29", day_month="3", hour="1:30am", entitlement="STANDARD"
    )

    assert page.errors[0].startswith("There was no 1:30am on Sunday 29 March 2026: the clocks")


def test_new_limits_are_checked_before_they_come_into_force():
    duty = given.a_letter_owed()
    page = as_(an_administrator()).open("/time-limits/change/")

    page = page.press(
        "Continue", standard_days="3", source="Area board", reason="Agreed in October"
    )
    page.see("Check the new time limits", "3 Now: 5", "This moves the due date of 1 letter.")
    assert RuleSet.objects.count() == 1
    page = page.press("Bring them into force")

    page.see("Version 2 is kept. The due date of 1 letter moved.", "3 working days")
    duty.refresh_from_db()
    assert str(duty.due_on) == "2026-10-08"


def test_answers_can_be_changed_after_the_check():
    given.a_started_area()
    page = as_(an_administrator()).open("/time-limits/change/")
    page = page.press("Continue", standard_days="3", source="Area board", reason="Agreed")

    page = page.press("Change the answers")

    assert page.tree.get_element_by_id("id_standard_days").value == "3"


def test_of_two_who_change_the_limits_at_once_the_second_undoes_nothing():
    given.a_started_area()
    first, second = as_(an_administrator()), as_(an_administrator())
    late = second.open("/time-limits/change/")
    page = first.open("/time-limits/change/")
    said = {"reason": "Agreed in October", "is_confirmed": "on"}
    page = page.press("Continue", standard_days="3", source="Area letter 1", **said)
    page.press("Bring them into force")

    late = late.press("Continue", dispute_working_days="15", source="Area letter 2", **said)
    assert late.errors[0].startswith("Version 2 of the time limits was made by")
    assert late.tree.get_element_by_id("id_standard_days").value == "3"
    assert late.tree.get_element_by_id("id_dispute_working_days").value == "15"
    late = late.press("Continue").press("Bring them into force")

    newest = RuleSet.objects.get(version=3)
    limit = newest.limits.get(entitlement="STANDARD")
    assert (limit.working_days, limit.source) == (3, "Area letter 1")
    assert newest.sources["dispute"]["source"] == "Area letter 2"


def test_a_version_made_after_the_check_is_not_undone_either():
    area = given.a_started_area()
    page = as_(an_administrator()).open("/time-limits/change/")
    page = page.press("Continue", standard_days="3", source="Area letter 2", reason="Agreed")
    draft = replace(draft_from(RuleSet.objects.get(), today=given.NOON.date()),
                    enhanced_days=2, source="Area letter 1", reason="Agreed")  # fmt: skip
    change_rule_set(area, draft, by=None, at=given.NOON)

    page = page.press("Bring them into force")

    assert page.errors[0].startswith("Version 2 of the time limits was made, Monday 5 October")
    assert page.tree.get_element_by_id("id_enhanced_days").value == "2"
    assert RuleSet.objects.count() == 2


def test_rules_that_change_nothing_are_refused():
    given.a_started_area()
    page = as_(an_administrator()).open("/time-limits/change/")

    page = page.press("Continue", source="Area board", reason="Agreed")

    assert page.errors == ["Nothing is changed. Change a time limit, or go back."]


def test_a_bank_holiday_is_added_after_a_look_at_what_moves():
    duty = given.a_letter_owed()
    page = as_(an_administrator()).open("/time-limits/calendar/").follow("Add a day")

    page = page.press(
        "Continue", day_day="8", day_month="10", day_year="2026", name="Jubilee", source="GOV.UK"
    )
    page.see("This moves the due date of 1 letter.", duty.reference, "Tuesday 13 October 2026")
    page.see("The last days to dispute a mark, or what a colleague found", "None of those still to")
    page = page.press("Add the day")

    page.see("Jubilee is in the calendar. The due date of 1 letter moved", "Jubilee Bank holiday")


def test_a_weekend_day_is_refused():
    given.a_started_area()
    page = as_(an_administrator()).open("/time-limits/calendar/add/")

    page = page.press(
        "Continue", day_day="10", day_month="10", day_year="2026", name="Jubilee", source="GOV.UK"
    )

    assert "weekends never count" in page.errors[0]


def test_a_day_is_taken_out_with_a_reason():
    given.a_started_area()
    page = as_(an_administrator()).open("/time-limits/calendar/")

    page = page.follow("Take out Boxing Day, Monday 28 December 2026") if (
        "Take out Boxing Day, Monday 28 December 2026" in page.links
    ) else page.follow("Take out Christmas Day, Friday 25 December 2026")  # fmt: skip
    assert page.press("Take it out").errors == ["Say why"]
    page.press("Take it out", reason="Entered twice").see("was taken out of the calendar")


def test_a_closed_day_of_another_area_is_not_there():
    other = given.a_started_area("Wessex")
    given.a_started_area()
    from forthright.schemes.models import ClosedDay

    closed = ClosedDay.objects.filter(area=other).first()
    as_(an_administrator()).open(f"/time-limits/calendar/{closed.pk}/remove/", status=404)


def test_who_may_not_change_the_calendar_sees_no_way_to():
    given.a_started_area()

    page = as_(given.a_person(Role.VICTIM_LIAISON_OFFICER)).open("/time-limits/calendar/")

    page.see("Christmas Day").not_see("Add a day", "Take out")


def test_many_closed_days_take_no_more_queries_than_one(django_assert_max_num_queries):
    given.a_started_area()
    browser = as_(given.a_person(Role.PROSECUTOR, unit=given.a_unit(Unit.Kind.VLU)))

    with django_assert_max_num_queries(9):
        browser.open("/time-limits/calendar/?from=2012")
