"""The stock of recordings of today: the same figures as the weekly report's, and what is behind."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = pytest.mark.django_db
WORDS = "How the stock goes: in and out each week, ages, by unit and police unit, with a forecast"
TODAY = given.NOON + timedelta(days=1)


@pytest.fixture(autouse=True)
def tomorrow():
    # Everything below came yesterday, since only days that are over are counted.
    with time_machine.travel(TODAY, tick=False):
        yield


def a_register():
    media.a_proved_case()
    rasso = media.a_hearing(unit=given.a_unit(Unit.Kind.RASSO))
    media.an_expected_item(rasso)
    media.a_disc()


def test_a_senior_manager_follows_the_stock_by_unit_and_opens_what_is_behind_it():
    a_register()
    manager = given.a_person(Role.SENIOR_MANAGER)

    page = as_(manager).open("/recordings/").follow(WORDS)

    page.see("1 recording was not yet with everybody who must have it", "by unit", "by police unit")
    page.see("too few to say", "random walk with drift")
    behind = as_(manager).open("/recordings/stock/recordings-age-all/")
    behind.see("The recordings behind it", "Not yet with everybody")
    opened = Event.objects.get(name="report.stock_opened")
    assert opened.detail == {"figure": "All: not yet with everybody"}


def test_a_share_says_which_recordings_are_counted_and_discs_open_too():
    a_register()
    manager = as_(given.a_person(Role.SENIOR_MANAGER))

    manager.open("/recordings/stock/recordings-discs/").see("The discs and sticks behind it")
    manager.open("/recordings/stock/recordings-hearing-early/").see("No recording was counted")
    manager.open("/recordings/stock/nothing/", status=404)


def test_a_manager_opens_no_recording_of_another_unit():
    a_register()
    manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.CROWN_COURT))

    page = as_(manager).open("/recordings/stock/recordings-age-all/")

    page.see("1 is not shown: your role does not let you open it")


def test_an_empty_register_says_so():
    manager = as_(given.a_person(Role.SENIOR_MANAGER))

    manager.open("/recordings/stock/").see("neither a recording nor a disc")
    manager.open("/recordings/stock/recordings-age-all/", status=404)


@pytest.mark.parametrize("role", [Role.PROSECUTOR, Role.POLICE_PARTNER, Role.RESEARCHER])
def test_who_reads_no_report_reads_no_stock(role):
    assert as_(given.a_person(role)).try_("GET", "/recordings/stock/") == 403
