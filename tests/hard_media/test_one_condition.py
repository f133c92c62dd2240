"""A recording is ready only once all that had come of it was viewed: ladder and report alike."""

from datetime import timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps

from forthright.hard_media.models import MediaItem, SentFile, ShareRecord
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.services import items, receiving, sharing
from forthright.rules.weeks import week_of
from tests import given
from tests.hard_media import files, media

pytestmark = pytest.mark.django_db
first_viewed = import_module("forthright.hard_media.migrations.0017_first_viewed")
NOON = given.NOON
DAYS = (media.PTPH - NOON.date()).days
NEXT = media.PTPH + timedelta(days=12)
OPENED = NOON + timedelta(days=2)


def at(day: int):
    """Return noon so many days before the hearing; after it where the number is below nought."""
    return NOON + timedelta(days=DAYS - day)


@pytest.fixture
def hearing():
    """A hearing of which a file came after the first was viewed, and all was given out on disc."""
    hearing = media.a_hearing(urn="20AB7000126")
    item = media.a_requested_item(hearing)
    files.a_kept_file(item)
    half_sent = a_file_half_sent(item, b"the second camera")
    item = items.view_item(item, how="All", by=None, at=NOON)
    item = items.classify_item(item, "RELIED_ON", by=None, at=NOON)
    receiving.keep_file(half_sent, by=None, at=NOON + timedelta(hours=1))
    media.shared(hearing, item, at=NOON + timedelta(hours=2))
    for share in ShareRecord.objects.all():
        sharing.record_opened(share, on=OPENED.date(), known="TOLD", by=None, at=OPENED)
    return hearing


def a_file_half_sent(item, content):
    """Return a file that was begun before anybody viewed the recording, and comes to its end."""
    return files.a_whole_file(item, content=content, name=f"{content[4:9].decode()}.mp4")


def is_viewed(hearing, *, at):
    with time_machine.travel(at, tick=False):
        items.view_item(MediaItem.objects.get(case=hearing.case), how="All", by=None, at=at)


def counted(day):
    """Return how the one recording counts beside its hearing, in stock and when it left that."""
    week = week_of(day)
    facts = backlog_of(given.an_area(), week, week.plus(-12), as_of=day + timedelta(days=14))
    (one,) = facts.recordings
    return str(one.came(facts.early_days)), one.was_opened_before, one.left_on


def test_one_with_a_file_that_nobody_viewed_is_with_nobody(hearing):
    assert counted(NEXT) == ("NOT", False, None)
    assert str(ladder_of(hearing, media.PTPH).standing) == "NOT_READY"
    assert str(ladder_of(hearing, NEXT).standing) == "NOT_READY"


def test_it_stays_in_stock_however_long_its_hearing_is_over(hearing):
    long_after = NEXT + timedelta(weeks=30)
    assert counted(long_after)[2] is None

    is_viewed(hearing, at=at(-3))

    assert counted(long_after)[2] == at(-3).date()


@pytest.mark.parametrize(
    ("before", "came", "standing"),
    [(20, "EARLY", "PROVED"), (2, "BEFORE", "PROVED"), (0, "LATE", "NOT_READY"),
     (-3, "LATE", "NOT_READY")],
)  # fmt: skip
def test_it_counts_from_the_day_on_which_the_last_file_was_viewed(hearing, before, came, standing):
    is_viewed(hearing, at=at(before))

    was_opened = standing == "PROVED"
    assert counted(NEXT) == (came, was_opened, at(before).date())
    assert str(ladder_of(hearing, NEXT).standing) == standing


def test_to_view_it_once_more_moves_no_day(hearing):
    is_viewed(hearing, at=at(20))
    is_viewed(hearing, at=at(-3))

    assert counted(NEXT) == ("EARLY", True, at(20).date())
    assert str(ladder_of(hearing, NEXT).standing) == "PROVED"


def test_a_week_that_is_over_says_what_was_so_then(hearing):
    is_viewed(hearing, at=at(-9))

    week = week_of(media.PTPH)
    then = backlog_of(given.an_area(), week, week.plus(-12), as_of=NEXT)
    (one,) = then.recordings
    assert (str(one.came(then.early_days)), one.left_on) == ("NOT", None)


def test_a_file_that_came_after_the_hearing_takes_no_day_away(hearing):
    MediaItem.objects.update(state="PLAYABLE")
    late = a_file_half_sent(MediaItem.objects.get(case=hearing.case), b"the third camera")
    MediaItem.objects.update(state="SHARED")
    is_viewed(hearing, at=at(20))
    receiving.keep_file(late, by=None, at=at(-3))

    assert counted(NEXT) == ("EARLY", True, None)
    assert str(ladder_of(hearing, NEXT).standing) == "PROVED"


def test_files_viewed_once_more_before_now_say_the_first_day_again(hearing):
    is_viewed(hearing, at=at(20))
    SentFile.objects.update(viewed_at=at(-3))

    first_viewed.keep_the_first(apps, None)

    kept = SentFile.objects.order_by("kept_at").values_list("viewed_at", flat=True)
    assert list(kept) == [NOON, at(20)]
