"""On which days the police were asked for what has not come, and what was asked for long ago."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.hard_media.selectors.asked_on import Asked, asked_on
from forthright.hard_media.services import items, settings
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = pytest.mark.django_db
NOON = given.NOON  # Monday 5 October 2026
DAY = timedelta(days=1)


@pytest.fixture
def item(hearing):
    return media.a_requested_item(hearing)


def asked_again(item, at, reason="It has not come."):
    item.refresh_from_db()
    return items.request_item(item, reason=reason, by=None, at=at)


def days_of(item):
    item.refresh_from_db()
    return asked_on([item]).get(item.pk)


def test_every_page_says_when_it_was_first_asked_for_and_last(hearing, item):
    officer = given.a_person(Role.POLICE_PARTNER)
    settings.set_force(officer, "20", by=None, at=NOON)
    with time_machine.travel(NOON + DAY, tick=False):
        as_(officer).open("/owed/").see("Asked 5 October 2026").not_see("First asked")
        as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/").see(
            "Asked for on 5 October 2026, 1 day ago. It has not come."
        )
    asked_again(item, NOON + 7 * DAY)

    with time_machine.travel(NOON + 9 * DAY, tick=False):
        browser = as_(media.a_lawyer())
        words = "First asked for on 5 October 2026, last on 12 October 2026, 2 days ago"
        browser.open(f"/recordings/items/{item.pk}/").see(words)
        browser.open(f"/recordings/cases/{hearing.case_id}/").see(words)
        as_(officer).open("/owed/").see("First asked 5 October 2026, last 12 October 2026")


def test_what_came_and_was_asked_for_again_is_waited_for_since_then(item):
    day = NOON.date()
    assert days_of(item) == Asked(day, day)
    items.receive_item(item, items.Came(source="DISC", on=day), by=None, at=NOON + DAY)
    assert days_of(item) is None
    asked_again(item, NOON + 2 * DAY)
    asked_again(item, NOON + 4 * DAY)
    assert days_of(item) == Asked(day + 2 * DAY, day + 4 * DAY)
    items.withdraw_item(item, reason="It is not needed.", by=None, at=NOON + 5 * DAY)
    item.refresh_from_db()
    items.reinstate_item(item, by=None, at=NOON + 5 * DAY)
    assert days_of(item) is None
    asked_again(item, NOON + 6 * DAY)
    assert days_of(item) == Asked(day + 6 * DAY, day + 6 * DAY)


def test_what_was_asked_for_a_week_ago_is_told_and_listed_until_it_is_chased(hearing, item):
    lawyer = media.a_lawyer()
    words, address = "1 recording asked for a week ago or longer, and not come", "/recordings/"
    with time_machine.travel(NOON + 6 * DAY, tick=False):
        as_(lawyer).open("/").not_see("asked for a week ago")
        as_(lawyer).open(f"{address}?task=chase").not_see(hearing.case.urn)
    with time_machine.travel(NOON + 7 * DAY, tick=False):
        as_(lawyer).open("/").follow(words).see(hearing.case.urn)
        items.request_item(item, reason="Chased.", by=lawyer, at=NOON + 7 * DAY)
        as_(lawyer).open("/").not_see("asked for a week ago")
        as_(lawyer).open(f"{address}?task=chase").not_see(hearing.case.urn)
