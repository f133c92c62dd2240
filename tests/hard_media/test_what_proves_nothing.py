"""A byte, a try that failed and a download that broke off are told, and prove nothing."""

import pytest
from django.db import connection

from forthright.audit.models import Event
from forthright.hard_media.models import GoneOut, ShareReceipt, ShareRecord
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.views.streaming import _counted
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.files import VIDEO
from tests.hard_media.links import (
    NOON,
    address_of,
    bytes_of,
    entered,
    given_of,
    source_of,
    that_plays,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
ENOUGH = 256 * 1024


@pytest.fixture
def client(link, item):
    that_plays(item)
    return entered(link)


def fetched(client, source, start, behind):
    answer = client.get(source, headers={"Range": f"bytes={start}-{behind - 1}"})
    assert answer.status_code == 206
    return bytes_of(answer)


def receipts():
    return list(ShareReceipt.objects.order_by("pk").values_list("what", "percent"))


def opened_on():
    return ShareRecord.objects.get().opened_on


def page_of(item):
    return as_(media.a_lawyer(unit=item.unit)).open(f"/recordings/items/{item.pk}/")


def test_one_byte_opens_nothing(client, link, item, hearing):
    source = source_of(client, link, given_of(item))

    fetched(client, source, 0, 1)
    fetched(client, source, 0, ENOUGH - 1)

    assert (receipts(), opened_on()) == ([], None)
    assert not ladder_of(hearing, NOON.date()).is_proved


def test_what_a_page_fetched_piece_by_piece_is_added_together(client, link, item):
    source = source_of(client, link, given_of(item))

    fetched(client, source, 0, ENOUGH // 2)
    fetched(client, source, ENOUGH // 2, ENOUGH)
    fetched(client, source, ENOUGH, ENOUGH + 1)

    assert (receipts(), opened_on()) == ([("OPENED", None)], NOON.date())


def test_two_pages_that_each_looked_into_it_opened_nothing(client, link, item):
    for _ in range(2):
        fetched(client, source_of(client, link, given_of(item)), 0, ENOUGH - 1)

    assert receipts() == []


def says_trouble(client, link, item):
    answer = client.post(address_of(link, f"recordings/{given_of(item).pk}/watched/"),
                         {"trouble": "yes"})  # fmt: skip
    assert answer.status_code == 204


def test_what_did_not_play_is_told_and_was_not_opened(client, link, item):
    bytes_of(client.get(source_of(client, link, given_of(item))))
    assert opened_on() == NOON.date()

    says_trouble(client, link, item)

    assert opened_on() is None
    assert receipts()[-1] == ("NOT_PLAYED", None)
    assert Event.objects.filter(name="share.not_opened").count() == 1
    page_of(item).see("Did not play there: cctv.mp4", "ask them to take it out")


def test_what_they_said_themselves_stands(client, link, item):
    bytes_of(client.get(source_of(client, link, given_of(item))))
    ShareRecord.objects.update(opened_known="TOLD")

    says_trouble(client, link, item)

    assert opened_on() == NOON.date()


def test_a_report_that_says_neither_leaves_nothing(client, link, item):
    client.post(address_of(link, f"recordings/{given_of(item).pk}/watched/"), {})

    assert receipts() == []


def taken_out(client, link, item):
    answer = client.post(address_of(link, f"recordings/{given_of(item).pk}/take-out/"))
    return answer.headers["Location"]


def test_all_but_the_last_byte_leaves_a_receipt_that_proves_nothing(client, link, item):
    fetched(client, taken_out(client, link, item), 0, len(VIDEO) - 1)

    assert (receipts(), opened_on()) == ([("TAKEN_PART", 99)], None)
    told = Event.objects.filter(name="share.taken_part_by_link").order_by("sequence")
    assert [each.detail["percent"] for each in told][-1] == 99
    page_of(item).see("Taken out in part: cctv.mp4, 99% of it")


def test_it_grows_and_becomes_that_of_the_whole(client, link, item):
    source = taken_out(client, link, item)

    fetched(client, source, 0, 1)
    page_of(item).see("Taken out in part: cctv.mp4, less than 1% of it")
    fetched(client, source, 0, len(VIDEO) // 2)
    assert receipts() == [("TAKEN_PART", 50)]
    fetched(client, source, len(VIDEO) // 4, len(VIDEO))

    assert (receipts(), opened_on()) == ([("TAKEN_OUT", None)], NOON.date())
    assert not GoneOut.objects.exists()


def test_two_that_broke_off_have_a_receipt_each(client, link, item):
    for _ in range(2):
        fetched(client, taken_out(client, link, item), 0, len(VIDEO) // 2)

    assert receipts() == [("TAKEN_PART", 50), ("TAKEN_PART", 50)]


def test_it_is_told_before_the_answer_is_over(client, link, item, monkeypatch):
    answer = client.get(taken_out(client, link, item))
    parts = iter(answer.streaming_content)

    for _ in range(6):
        next(parts)

    ((what, percent),) = receipts()
    assert (what, percent >= 20) == ("TAKEN_PART", True)
    # An answer that ends closes the database's connection; here it is the test's own too.
    monkeypatch.setattr(connection, "close_if_unusable_or_obsolete", lambda: None)
    answer.close()


@pytest.mark.parametrize("times", [1, 2, 4])
def test_an_answer_that_ends_where_it_was_told_is_told_once(times):
    size, piece = times * ENOUGH, 64 * 1024
    noted = []

    gone = _counted([b"x" * piece] * (size // piece), 0, size, noted.append)

    assert len(b"".join(gone)) == size
    assert len({each.behind for each in noted}) == len(noted)
    assert noted[-1].behind == size
