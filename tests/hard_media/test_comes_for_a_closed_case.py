"""Of a closed case the police owe nothing, and what comes of it all the same is somebody's task."""

from datetime import timedelta

import pytest

from forthright.accounts.models import Role, Unit
from forthright.cli.media import facts_of
from forthright.hard_media.models import ForcePartner, Hearing, MediaItem
from forthright.hard_media.selectors.ladder import LadderFilters, ladders_of
from forthright.hard_media.services import hearings, items, receiving
from forthright.rules.media_rungs import Rung
from tests import given
from tests.client import as_
from tests.hard_media import files, media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
LATER = NOON + timedelta(hours=1)
TASK = "1 recording that came for a closed case"


@pytest.fixture
def item(hearing):
    return media.a_requested_item(hearing)


def closed(hearing, *, by=None, at=NOON):
    Hearing.objects.update(on=NOON.date() - timedelta(days=1))
    hearing.refresh_from_db()
    return hearings.close_hearing(hearing, "NOT_NEEDED", "A plea of guilty.", by=by, at=at)


def comes(item, at=LATER):
    return receiving.keep_file(files.a_whole_file(item), by=None, at=at)


def an_officer():
    officer = given.a_person(Role.POLICE_PARTNER)
    ForcePartner.objects.create(person=officer, area=officer.area, force="20", set_at=NOON)
    return officer


def test_the_police_owe_nothing_of_a_closed_case_until_it_is_opened_again(hearing, item):
    files.a_begun_file(media.a_requested_item(hearing), by=(officer := an_officer()))
    police = as_(officer)
    assert len(police.open("/owed/").rows()) == 2

    closed(hearing)

    police.open("/owed/").not_see(item.exhibit)
    police.open("/").not_see("to send")

    hearings.reopen_hearing(hearing, "A new plea.", by=None, at=NOON)
    assert len(police.open("/owed/").rows()) == 2


def test_what_they_send_all_the_same_is_taken(hearing, item):
    closed(hearing)

    sent = files.Speaker(as_(an_officer()).client, item).begin()

    assert sent.status_code == 201


@pytest.mark.parametrize("role", [Role.LEGAL_MANAGER, Role.LINE_MANAGER])
def test_a_file_that_comes_for_a_closed_case_is_a_task_of_the_units_managers(hearing, item, role):
    manager = as_(given.a_person(role))
    closed(hearing)
    manager.open("/").not_see("closed case")

    comes(item)

    shown = manager.open("/").follow(TASK)
    assert [row[0].startswith(hearing.case.urn) for row in shown.rows()] == [True]


def test_it_is_a_task_of_who_closed_the_case_and_of_no_other_lawyer_or_unit(hearing, item):
    closer, other = media.a_lawyer(), media.a_lawyer()
    elsewhere = given.a_person(Role.LEGAL_MANAGER, unit=given.a_unit(Unit.Kind.RASSO))
    closed(hearing, by=closer)
    comes(item)

    as_(closer).open("/").see(TASK)
    as_(other).open("/").not_see("closed case")
    as_(elsewhere).open("/").not_see("closed case")


def is_viewed(hearing, item):
    items.view_item(MediaItem.objects.get(pk=item.pk), how="All", by=None, at=LATER)


def is_opened_again(hearing, item):
    hearings.reopen_hearing(hearing, "A new plea.", by=None, at=LATER)


def is_closed_anew(hearing, item):
    is_opened_again(hearing, item)
    closed(hearing, at=LATER + timedelta(hours=1))


@pytest.mark.parametrize("done", [is_viewed, is_opened_again, is_closed_anew])
def test_it_is_no_task_once_somebody_took_it_up(hearing, item, done):
    closed(hearing)
    comes(item)

    done(hearing, item)

    as_(given.a_person(Role.LEGAL_MANAGER)).open("/").not_see("closed case")


def test_what_came_before_it_was_closed_is_none(hearing, item):
    comes(item, at=NOON - timedelta(hours=1))
    closed(hearing)

    as_(given.a_person(Role.LEGAL_MANAGER)).open("/").not_see("closed case")


def test_a_disc_that_comes_for_a_closed_case_is_one_too(hearing, item):
    closed(hearing)
    came = items.Came(source="DEMS", on=LATER.date(), link="https://dems.example/a1")
    items.receive_item(item, came, by=None, at=LATER)

    as_(given.a_person(Role.LEGAL_MANAGER)).open("/").see(TASK)


def test_neither_list_nor_command_says_that_somebody_has_something_to_do(hearing, item):
    closed(hearing)
    filters = [LadderFilters(rung=Rung.RECEIVED), LadderFilters(show="closed")]

    by_rung, all_closed = (ladders_of(hearing.area, each, NOON.date()) for each in filters)

    assert [len(by_rung), len(all_closed)] == [0, 1]
    assert facts_of(all_closed[0])["whose"] == "NOBODY"
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")
    page.see("Next: Nothing, unless the case is opened again").not_see("the unit asks")
