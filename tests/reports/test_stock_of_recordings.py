"""The stock of recordings of today: the same figures as the weekly report's, and what is behind."""

import re
from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.hard_media.services import items
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


def test_what_does_not_play_stays_counted_when_it_is_asked_for_again_and_comes_anew():
    hearing = media.a_hearing()
    got = [media.a_received_item(hearing) for _ in range(3)]
    for number, each in enumerate(got):
        items.try_item(each, plays=number > 0, by=None, at=given.NOON)
    assert not_playable(TODAY) == "1 of 3"

    asked = given.NOON + timedelta(hours=1)
    item = items.request_item(got[0], reason="It does not play.", by=None, at=asked)
    assert not_playable(TODAY) == "1 of 3"

    came = items.Came(source="DEMS", on=TODAY.date(), link="https://dems.example/z")
    item = items.receive_item(item, came, by=None, at=TODAY)
    items.try_item(item, plays=True, by=None, at=TODAY)
    assert not_playable(TODAY + timedelta(days=1)) == "1 of 3"


def not_playable(when):
    with time_machine.travel(when, tick=False):
        words = as_(given.a_person(Role.SENIOR_MANAGER)).open("/recordings/stock/").words
    return re.search(r"weeks and not in playable format (\d+ of \d+)", words)[1]
