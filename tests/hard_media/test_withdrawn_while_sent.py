"""A police partner in the middle of sending is told that the unit withdrew the recording."""

from datetime import timedelta

import pytest

from forthright.hard_media.selectors.police import WITHDRAWN, items_withdrawn
from forthright.hard_media.services import items
from tests import given
from tests.client import as_
from tests.hard_media import files, media
from tests.hard_media.test_receiving import an_officer, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON


def withdrawn(item, at=NOON):
    return items.withdraw_item(item, reason="It shows another day.", by=None, at=at)


@pytest.fixture
def officer():
    return an_officer()


@pytest.fixture
def asked(hearing):
    return media.a_requested_item(hearing)


def test_what_is_on_its_way_is_told_so_in_plain_words(officer, asked):
    speaker = files.Speaker(signed_in(officer), asked)
    place = speaker.begin()["Location"]
    speaker.send(place, files.VIDEO[:100])

    withdrawn(asked)

    for answer in (speaker.send(place, files.VIDEO[100:], offset=100), speaker.begin()):
        assert answer.status_code == 403
        assert answer["Content-Type"].startswith("text/plain")
        assert answer.content.decode() == WITHDRAWN


def test_the_page_that_sends_says_so_and_offers_nothing(officer, asked):
    browser = as_(officer)
    page = browser.open(f"/recordings/items/{asked.pk}/send/")
    withdrawn(asked)

    page = browser.open(page.address).see(WITHDRAWN)
    assert not page.tree.xpath("//input[@type='file']")


def test_what_is_owed_says_so_for_a_week_and_of_what_was_begun_while_it_is_kept(
    hearing, officer, asked
):  # fmt: skip
    begun = media.a_requested_item(hearing)
    files.a_begun_file(begun, by=officer)
    withdrawn(asked)
    withdrawn(begun)

    as_(officer).open("/owed/").see("Not needed any more", f"{asked}", f"{begun}", WITHDRAWN)

    later = NOON + timedelta(days=8)
    assert list(items_withdrawn(officer, later)) == [begun]


def test_nobody_else_is_told_of_it(hearing, officer, asked):
    never_asked = media.an_expected_item(hearing)
    withdrawn(never_asked)
    withdrawn(asked)

    as_(officer).open(f"/recordings/items/{never_asked.pk}/send/", status=404)
    as_(officer).open("/owed/").not_see(f"{never_asked}")
    other = as_(an_officer("43"))
    other.open(f"/recordings/items/{asked.pk}/send/", status=404)
    other.open("/owed/").not_see(WITHDRAWN)


def test_one_that_is_taken_up_again_is_no_longer_told_of(officer, asked):
    items.reinstate_item(withdrawn(asked), by=None, at=NOON)

    as_(officer).open("/owed/").not_see(WITHDRAWN)
