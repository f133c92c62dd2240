"""A browser can keep what it plays: once every byte went out, a receipt says so."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection

from forthright.audit.models import Event
from forthright.hard_media.models import GoneOut, ShareReceipt
from forthright.hard_media.services import going_out
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.files import VIDEO
from tests.hard_media.links import NOON, address_of, bytes_of, entered, given_of, that_plays

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
HALF = len(VIDEO) // 2


@pytest.fixture
def playing(link, item):
    """Return the browser of a party that opened a recording, and where its bytes are."""
    that_plays(item)
    client = entered(link)
    return client, opened(client, link, item).context["content"]


def opened(client, link, item):
    return client.get(address_of(link, f"recordings/{given_of(item).pk}/"))


def fetched(client, source, start, end):
    answer = client.get(source, headers={"Range": f"bytes={start}-{end - 1}"})
    assert answer.status_code == 206
    return bytes_of(answer)


def receipts():
    return list(ShareReceipt.objects.values_list("what", flat=True))


def test_parts_that_come_to_all_of_it_leave_one_receipt(playing, item):
    client, source = playing

    fetched(client, source, HALF, len(VIDEO))
    assert receipts() == ["OPENED"]
    fetched(client, source, 0, HALF)
    fetched(client, source, 0, HALF)

    assert receipts() == ["OPENED", "FETCHED"]
    assert Event.objects.filter(name="share.fetched_by_link").count() == 1
    as_(media.a_lawyer()).open(f"/recordings/items/{item.pk}/").see(
        "All bytes were fetched while playing: cctv.mp4", "without the mark"
    )


def test_what_was_asked_for_and_not_taken_counts_for_nothing(playing, monkeypatch):
    client, source = playing
    answer = client.get(source)

    next(iter(answer.streaming_content))
    # An answer that ends closes the database's connection; here it is the test's own too.
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    answer.close()

    assert receipts() == []


def test_all_of_it_at_once_leaves_a_receipt_each_time_it_was_opened(playing, link, item):
    client, source = playing
    bytes_of(client.get(source))
    with time_machine.travel(NOON + timedelta(seconds=5), tick=False):
        again = opened(client, link, item).context["content"]
        bytes_of(client.get(again))

    assert receipts() == ["OPENED", "FETCHED", "OPENED", "FETCHED"]


def test_the_player_of_a_link_offers_no_download_and_says_what_is_told(playing, link, item):
    client, _ = playing

    page = opened(client, link, item).content.decode()

    assert 'controlslist="nodownload"' in page
    assert "when all of it was fetched while playing" in page


def test_who_shares_is_told_what_the_mark_cannot_do(hearing, item):
    as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/share/").see(
        "Whoever can see it can record it all the same", "what is taken out bears no mark"
    )


def test_what_goes_to_two_browsers_is_not_added_together(playing, link, item):
    client, source = playing
    other = entered(link)
    with_other = opened(other, link, item).context["content"]

    fetched(client, source, 0, HALF)
    fetched(other, with_other, HALF, len(VIDEO))
    assert set(receipts()) == {"OPENED"}
    fetched(other, with_other, 0, HALF)

    assert receipts().count("FETCHED") == 1


def test_two_who_take_a_file_out_in_one_second_have_a_receipt_each(link, item):
    sources = [taken_out(entered(link), link, item) for _ in range(2)]

    for client, source in sources:
        fetched(client, source, 0, HALF)
    for client, source in sources:
        fetched(client, source, HALF, len(VIDEO))

    assert receipts() == ["TAKEN_OUT", "TAKEN_OUT"]
    assert not GoneOut.objects.exists()


def taken_out(client, link, item):
    answer = client.post(address_of(link, f"recordings/{given_of(item).pk}/take-out/"))
    return client, answer.headers["Location"]


def test_what_was_counted_is_removed_once_nothing_can_be_added_to_it(playing):
    client, source = playing
    fetched(client, source, 0, HALF)

    assert going_out.forget_old(at=NOON + going_out.KEPT_FOR) == 0
    assert going_out.forget_old(at=NOON + going_out.KEPT_FOR + timedelta(seconds=1)) == 2
    assert receipts() == ["OPENED"]
