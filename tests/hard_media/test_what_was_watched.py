"""How much a party played is noted as its browser says, and no more than can be."""

from datetime import timedelta

import pytest
import time_machine

from forthright.audit.models import Event
from forthright.hard_media.models import CutCopy, MediaItem, Playing, ShareLink, ShareReceipt
from forthright.hard_media.selectors.links import content_given
from forthright.hard_media.services import cutting, links
from forthright.media_playing.deciding import EDITION
from tests.client import as_nobody
from tests.hard_media import media
from tests.hard_media.links import (
    NOON,
    address_of,
    bytes_of,
    entered,
    given_of,
    shared,
    shared_by_link,
    that_plays,
    with_a_file,
)

pytestmark = pytest.mark.django_db


def opened(item):
    """Return what a party opened at noon."""
    got = content_given(ShareLink.objects.get(), given_of(item).pk)
    links.note_opened(got, by=None, at=NOON)
    return got


def lasting(item, seconds):
    """Say how long the one file of a recording plays."""
    file = item.files.get()
    Playing.objects.create(
        sent_file=file, how="AS_IT_IS", words="", seconds=seconds, made_at=NOON, edition=EDITION
    )
    return file


def noted():
    rows = ShareReceipt.objects.filter(what="WATCHED")
    return list(rows.values_list("seconds", flat=True))


@pytest.fixture
def item():
    hearing = media.a_hearing()
    made = with_a_file(hearing)
    shared_by_link(hearing, made)
    return made


@pytest.mark.parametrize(("said", "seconds"), [(65, 65), (604_800, 91), (90, 90)])
def test_no_more_is_noted_than_the_file_lasts(item, said, seconds):
    lasting(item, 90.0)

    links.note_watched(opened(item), said, by=None, at=NOON + timedelta(hours=1))

    assert noted() == [seconds]
    assert Event.objects.get(name="share.watched_by_link").detail["seconds"] == seconds


def test_of_a_file_that_nobody_looked_into_the_length_in_the_register_is_the_most(item):
    MediaItem.objects.update(seconds=120)

    links.note_watched(opened(item), 604_800, by=None, at=NOON + timedelta(hours=1))

    assert noted() == [121]


def test_no_more_is_noted_than_there_was_time_for_since_it_was_opened(item):
    lasting(item, 3600.0)

    links.note_watched(opened(item), 3600, by=None, at=NOON + timedelta(seconds=30))

    assert noted() == [121]


def test_a_clip_lasts_as_long_as_it_was_cut():
    hearing = media.a_hearing()
    item = with_a_file(hearing)
    file = lasting(item, 3600.0)
    cut = cutting.Cut(what="CLIP", start=10, end=25, reason="The blow itself.")
    copy = cutting.ask_for_copy(file, cut, by=media.a_lawyer(), at=NOON)
    CutCopy.objects.update(
        state="MADE", made_at=NOON, sha256=file.sha256, passed_at=NOON,
        lineage={"shown": {"besides": []}},
    )  # fmt: skip
    copy.refresh_from_db()
    shared(hearing, copies=[copy])

    links.note_watched(opened(item), 3600, by=None, at=NOON + timedelta(hours=1))

    assert noted() == [16]


def test_what_was_never_opened_was_not_played(item):
    got = content_given(ShareLink.objects.get(), given_of(item).pk)

    links.note_watched(got, 5, by=None, at=NOON)
    links.note_opened(got, by=None, at=NOON)
    links.note_watched(got, 5, by=None, at=NOON + timedelta(hours=5))

    assert noted() == []


def test_a_browser_cannot_say_that_days_were_played(item):
    lasting(item, 90.0)
    with time_machine.travel(NOON, tick=False) as traveller:
        client = entered(ShareLink.objects.get())
        page = address_of(ShareLink.objects.get(), f"recordings/{given_of(item).pk}/")
        bytes_of(client.get(client.get(page).context["content"]))
        traveller.shift(timedelta(hours=1))
        answers = [
            client.post(f"{page}watched/", {"seconds": said}).status_code
            for said in (80_000, 604_800, -5, "all of it")
        ]

    assert answers == [204] * 4
    assert noted() == [91]


def test_one_viewing_is_one_row_that_grows_and_the_next_has_its_own(item):
    lasting(item, 6 * 3600.0)
    got = opened(item)

    for minutes in (1, 2, 3):
        at = NOON + timedelta(minutes=minutes)
        links.note_watched(got, minutes * 60, by=None, at=at)
    links.note_watched(got, 30, by=None, at=NOON + timedelta(minutes=4))
    assert noted() == [180]
    links.note_opened(got, by=None, at=NOON + timedelta(minutes=5))
    links.note_watched(got, 60, by=None, at=NOON + timedelta(minutes=6))

    assert noted() == [180, 60]
    events = Event.objects.filter(name="share.watched_by_link").order_by("sequence")
    assert [each.detail["seconds"] for each in events] == [60, 120, 180, 60]


def test_the_pages_say_until_when_the_code_opens_them_and_that_it_is_over(item):
    that_plays(item)
    link = ShareLink.objects.get()
    page = f"recordings/{given_of(item).pk}/"
    with time_machine.travel(NOON, tick=False) as traveller:
        as_nobody().open(address_of(link)).see("A code opens them for 4 hours in this browser")
        browser = as_nobody()
        browser.client = entered(link)
        traveller.shift(timedelta(hours=1))
        for more in ("recordings/", page):
            browser.open(address_of(link, more)).see("until 5 October 2026, 4pm")
