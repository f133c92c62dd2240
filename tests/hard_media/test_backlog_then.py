"""What was shared in time stays so beside its hearing, whatever file or decision comes after it."""

from datetime import date, timedelta

import pytest
import time_machine

from forthright.hard_media.models import MediaItem, MediaStep, SentFile, ShareRecord
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.services import items, receiving, sharing
from forthright.rules.weeks import week_of
from tests import given
from tests.hard_media import files, links, media

pytestmark = pytest.mark.django_db
NOON = given.NOON
AFTER = NOON + timedelta(days=(media.PTPH - NOON.date()).days + 8)
NEXT = AFTER.date() + timedelta(days=5)


@pytest.fixture
def hearing():
    """A hearing by which everybody had and opened the one recording, by a link with its file."""
    with time_machine.travel(NOON, tick=False):
        hearing = media.a_hearing(urn="20AB7000126")
        item = links.with_a_file(hearing)
        links.that_plays(item)
        links.shared(hearing, item, parties=[*media.parties_of(hearing)[1:], *links.COURT])
        for share in ShareRecord.objects.all():
            sharing.record_opened(share, on=NOON.date(), known="TOLD", by=None, at=NOON)
    return hearing


def a_new_file_is_kept(hearing):
    item = MediaItem.objects.get(case=hearing.case)
    item = items.request_item(item, reason="The sound too", by=None, at=AFTER)
    sent = files.a_whole_file(MediaItem.objects.get(pk=item.pk), content=b"another copy")
    receiving.keep_file(sent, by=None, at=AFTER)
    SentFile.objects.filter(pk=sent.pk).update(kept_at=AFTER)


def it_is_shared_anew(hearing):
    a_new_file_is_kept(hearing)
    later = AFTER + timedelta(days=2)
    item = MediaItem.objects.get(case=hearing.case)
    with time_machine.travel(later, tick=False):
        item = items.view_item(item, how="All", by=None, at=later)
        item = items.classify_item(item, "RELIED_ON", reason="As before", by=None, at=later)
        media.shared(hearing, item, on=later.date(), at=later)


def it_is_found_sensitive(hearing):
    item = MediaItem.objects.get(case=hearing.case)
    items.classify_item(item, "SENSITIVE", reason="An informant.", by=None, at=AFTER)


def its_file_is_found_sensitive_elsewhere(hearing):
    other = media.a_hearing(urn="20AB7000226", on=media.PTPH + timedelta(days=35))
    links.with_a_file(other, kind="SENSITIVE")
    MediaStep.objects.filter(item__case=other.case).update(at=AFTER)
    MediaItem.objects.filter(case=other.case).update(added_at=AFTER)


def beside(week_of_day: date):
    week = week_of(week_of_day)
    facts = backlog_of(given.an_area(), week, week.plus(-12), as_of=NEXT)
    return [
        (str(each.came(facts.early_days)), each.shared_on, each.was_opened_before)
        for recording in facts.recordings
        for each in recording.beside_each()
        if each.held_on == media.PTPH
    ]


@pytest.mark.parametrize(
    "change",
    [a_new_file_is_kept, it_is_shared_anew, it_is_found_sensitive,
     its_file_is_found_sensitive_elsewhere],
)  # fmt: skip
def test_what_comes_after_a_hearing_changes_nothing_beside_it(hearing, change):
    before = beside(NEXT)
    assert before == [("EARLY", NOON.date(), True)]

    with time_machine.travel(AFTER, tick=False):
        change(hearing)

    assert beside(NEXT) == beside(media.PTPH) == before
    assert str(ladder_of(hearing, NEXT).standing) == "PROVED"
