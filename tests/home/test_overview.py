"""The overview opens with what needs this person today."""

from dataclasses import replace

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.cases.models import Decision
from forthright.letters.models import ContactPoint
from forthright.schemes.models import Duty
from forthright.schemes.selectors.area_clock import rule_sets_of
from forthright.schemes.selectors.rule_drafts import draft_from
from forthright.schemes.services import change_rule_set
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db


def open_at(moment, person):
    with time_machine.travel(given.at(moment), tick=False):
        return as_(person).open("/")


@pytest.mark.parametrize(
    ("today", "words"),
    [
        pytest.param("2026-10-09 09:00", "1 letter due Monday 12 October", id="the day before"),
        pytest.param("2026-10-12 09:00", "1 letter due today", id="the day itself"),
        pytest.param("2026-10-13 09:00", "1 letter overdue", id="the day after"),
    ],
)
def test_a_letter_owed_is_counted_by_when_it_is_due(today, words):
    duty = given.a_letter_owed()  # decided Monday 5 October, five working days

    page = open_at(today, given.a_person(Role.PROSECUTOR))

    page.see(words)
    page.see(str(duty.person))


def test_seeing_names_on_it_is_recorded():
    duty = given.a_letter_owed()

    open_at("2026-10-12 09:00", given.a_person(Role.PROSECUTOR))

    assert Event.objects.get(name="letters.listed").detail == {"letters": [duty.pk]}


def test_a_letter_of_another_unit_is_not_counted():
    given.a_letter_owed()
    prosecutor = given.a_person(Role.PROSECUTOR, unit=given.a_unit("RASSO"))

    page = open_at("2026-10-12 09:00", prosecutor)

    page.see("Nothing needs you today.")


def test_a_letter_of_another_area_is_not_counted():
    given.a_started_area("Elsewhere")
    given.a_letter_owed(unit=given.a_unit(area=given.an_area("Elsewhere")))
    given.a_started_area()

    page = open_at("2026-10-12 09:00", given.a_person(Role.SENIOR_MANAGER))

    page.see("Nothing needs you today.")


def test_a_letter_that_was_sent_needs_nobody():
    duty = given.a_letter_owed()
    Duty.objects.filter(pk=duty.pk).update(state=Duty.State.MET, sent_at=given.NOON)

    page = open_at("2026-10-12 09:00", given.a_person(Role.PROSECUTOR))

    page.see("Nothing needs you today.")


@pytest.mark.parametrize("role", Role.values)
def test_every_role_has_an_overview(role):
    given.an_area_that_reports()

    open_at("2026-10-12 09:00", given.a_person(role)).see("Monday 12 October 2026")


def test_the_calendar_running_out_is_told_to_whoever_can_extend_it():
    given.a_started_area()

    page = open_at("2028-12-01 09:00", given.a_person(Role.ADMINISTRATOR))

    page.see("calendar")
    page.see("2028")


def test_it_asks_the_database_as_often_for_many_letters_as_for_one(count_queries):
    person = given.a_person(Role.PROSECUTOR)
    given.a_letter_owed()
    with time_machine.travel(given.at("2026-10-12 09:00"), tick=False):
        browser = as_(person)
        with count_queries() as for_one:
            browser.open("/")
        for _ in range(4):
            given.a_letter_owed()

        with count_queries() as for_many:
            browser.open("/").see("5 letters due today")

    assert len(for_many) == len(for_one)


@pytest.mark.parametrize("role", [Role.AREA_LEAD, Role.RESEARCHER])
def test_whoever_has_no_room_yet_is_told_so(role):
    open_at("2026-10-12 09:00", given.a_person(role)).see("is not built yet.")


def test_time_limits_that_nobody_confirmed_wait_for_the_administrator():
    given.a_started_area()
    administrator = given.a_person(Role.ADMINISTRATOR)

    page = open_at("2026-10-12 09:00", administrator).not_see("Nothing needs you today.")

    with time_machine.travel(given.at("2026-10-12 09:00"), tick=False):
        page = page.follow("4 rules of the time limits are not confirmed")
        page.see("Unverified: to be confirmed")


def test_confirmed_time_limits_wait_for_nobody():
    area = given.a_started_area()
    administrator = given.a_person(Role.ADMINISTRATOR)
    current = rule_sets_of(area)[0]
    draft = draft_from(current, today=given.NOON.date())
    confirmed = replace(draft, is_confirmed=True, source="Our practice", reason="Agreed")
    change_rule_set(area, confirmed, by=administrator, at=given.NOON)

    page = open_at("2026-10-12 09:00", administrator)

    page.not_see("of the time limits")


def test_a_new_area_begins_with_its_time_limits_for_whoever_sets_them_up():
    administrator = given.a_person(Role.ADMINISTRATOR)

    page = open_at("2026-10-12 09:00", administrator)

    page.not_see("Nothing needs you today.").not_see("An administrator sets")
    page.see("Before anything else")
    with time_machine.travel(given.at("2026-10-12 09:00"), tick=False):
        page = page.follow("Set up the time limits and the calendar")
        page.press("Start with the published time limits").see("Version 1, in force")
    page = open_at("2026-10-12 09:00", administrator)
    page.see("Before anything else", "Start the standard for letters").not_see("Set up the time")
    page.see("Add a telephone number for letters", "Add the people who write, check and mark")


@pytest.mark.parametrize(
    ("retired_on", "is_asked_for"), [(None, False), ("2026-10-13", False), ("2026-10-12", True)]
)
def test_a_telephone_number_that_was_retired_is_asked_for_again(retired_on, is_asked_for):
    administrator = given.a_person(Role.ADMINISTRATOR)
    given.an_area_that_writes(administrator.area.name)
    ContactPoint.objects.filter(kind="PHONE").update(retired_on=retired_on)

    page = open_at("2026-10-12 09:00", administrator)

    (page.see if is_asked_for else page.not_see)("Add a telephone number for letters")


def test_others_of_a_new_area_are_not_asked_to_set_it_up():
    manager = given.a_person(Role.LINE_MANAGER)

    open_at("2026-10-12 09:00", manager).not_see("Before anything else")

    page = as_(manager).open("/time-limits/")
    page.see("no time limits yet").not_see("Start with the published")


def test_a_prosecutor_begins_with_the_decisions_that_wait_for_their_own_reasons():
    prosecutor, colleague = given.a_person(Role.PROSECUTOR), given.a_person(Role.PROSECUTOR)
    of_a_colleague, own = given.a_letter_owed(), given.a_letter_owed()
    for duty, by in ((of_a_colleague, colleague), (own, prosecutor)):
        Decision.objects.filter(pk=duty.decision_id).update(made_by=by)

    page = open_at("2026-10-12 09:00", prosecutor)

    page.see("2 letters due today", "Begin with these", str(own.person))
    page.not_see(str(of_a_colleague.person))


def test_a_prosecutor_begins_also_with_a_letter_that_is_theirs_to_draft():
    prosecutor = given.a_person(Role.PROSECUTOR)
    duty = given.a_letter_owed()
    Duty.objects.filter(pk=duty.pk).update(drafter=prosecutor, explained_at=given.NOON)

    page = open_at("2026-10-12 09:00", prosecutor)

    page.see("1 letter is yours to draft", "Begin with these", str(duty.person))
