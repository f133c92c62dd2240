"""What is said to be opened after its link had ended proves nothing, and makes no case ready."""

from datetime import timedelta

import pytest

from forthright.hard_media.models import ShareRecord
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.selectors.ladder import LadderFilters, ladder_of, ladders_of
from forthright.hard_media.services import sharing
from forthright.hard_media.services.giving import ShareRefused
from forthright.rules.media_backlog import Came
from forthright.rules.media_rungs import Standing
from forthright.rules.weeks import week_of
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = pytest.mark.django_db
NOON = given.NOON
DAY = timedelta(days=1)
ENDS = NOON.date() + 5 * DAY
HELD = NOON.date() + 14 * DAY
AFTER = NOON + 20 * DAY


@pytest.fixture
def hearing():
    hearing = media.a_hearing(on=HELD)
    media.shared(hearing, media.a_classified_item(hearing), link_expires_on=ENDS)
    return hearing


def opened(day):
    for share in ShareRecord.objects.all():
        sharing.record_opened(share, on=day, known="TOLD", by=None, at=AFTER)


def came():
    as_of = AFTER.date() + DAY
    week = week_of(as_of - DAY)
    counted = backlog_of(given.an_area(), week, week.plus(-25), as_of=as_of)
    return [each.came(counted.early_days) for each in counted.recordings]


@pytest.mark.parametrize("day", [ENDS + DAY, HELD, HELD + 4 * DAY])
def test_a_day_after_the_end_of_the_link_is_refused_in_words(hearing, day):
    with pytest.raises(ShareRefused, match="The link ended on 10 October 2026, so nobody opened"):
        opened(day)

    assert set(ShareRecord.objects.values_list("opened_on", flat=True)) == {None}
    assert ladder_of(hearing, AFTER.date()).is_missed


def test_the_last_day_of_the_link_counts_also_where_it_is_recorded_later(hearing):
    opened(ENDS)

    assert ladder_of(hearing, AFTER.date()).standing is Standing.PROVED
    assert came() == [Came.EARLY]


def test_one_that_was_recorded_so_before_counts_nowhere_and_says_why(hearing):
    ShareRecord.objects.update(opened_on=HELD + 4 * DAY, opened_known="TOLD")

    assert ladder_of(hearing, AFTER.date()).is_missed
    assert came() == [Came.NOT]
    missed = ladders_of(given.an_area(), LadderFilters(show="missed"), AFTER.date() + 60 * DAY)
    assert [line.hearing for line in missed] == [hearing]
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")
    page.see("Link expired 10 October 2026, and counts no more", "Take it back and share it anew")
