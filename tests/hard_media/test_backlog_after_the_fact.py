"""What a week or a hearing was counted as stays so, whatever is recorded of it afterwards."""

from datetime import date, timedelta

import pytest

from forthright.cases.models import Defendant
from forthright.hard_media.models import MediaItem, ShareRecord
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.services import firms, items, sharing
from forthright.rules.media_backlog import Left
from forthright.rules.weeks import week_of
from tests import given
from tests.hard_media import media

pytestmark = pytest.mark.django_db
NOON = given.NOON
TODAY = NOON.date()
HELD = date(2026, 10, 9)
AFTER = given.at("2026-10-19 12:00")
LATE = given.at("2026-11-10 12:00")
LATER = date(2026, 11, 30)


def counted(until):
    """Return the one recording as a report counts it that is made on the day after one."""
    week = week_of(until)
    [found] = backlog_of(
        given.an_area(), week, week.plus(-25), as_of=until + timedelta(days=1)
    ).recordings
    return found


def beside(until=LATER):
    """Return how the recording stands beside its hearing."""
    found = counted(until)
    return found.is_relied_on, found.is_unassessed, found.shared_on, found.opened_on


@pytest.mark.parametrize("kind", ["UNUSED", "NOT_RELEVANT", "SENSITIVE"])
def test_what_was_relied_on_at_a_hearing_stays_so_beside_it(kind):
    item = media.a_classified_item(media.a_hearing(on=HELD))

    items.classify_item(item, kind, reason="Too late.", by=None, at=AFTER)

    assert beside() == (True, False, None, None)


def test_what_was_withdrawn_after_a_hearing_stays_beside_it():
    item = media.a_classified_item(media.a_hearing(on=HELD))

    items.withdraw_item(item, reason="No part of it.", by=None, at=AFTER)

    assert beside() == (True, False, None, None)


def test_what_was_assessed_after_a_hearing_was_not_at_it():
    item = media.a_viewed_item(media.a_hearing(on=HELD))

    items.classify_item(item, "RELIED_ON", by=None, at=AFTER)

    assert beside() == (False, True, None, None)


def test_what_was_added_after_a_hearing_is_not_counted_beside_it():
    hearing = media.a_hearing(on=HELD)

    items.add_item(hearing, media.words(), by=None, at=AFTER)

    assert beside() == (False, False, None, None)


def take_back(hearing):
    for share in ShareRecord.objects.all():
        sharing.revoke_share(share, reason="The trial is over.", by=None, at=AFTER)


def ask_again(hearing):
    items.request_item(MediaItem.objects.get(), reason="Better sound.", by=None, at=AFTER)


def find_sensitive(hearing):
    items.classify_item(
        MediaItem.objects.get(), "SENSITIVE", reason="An informant.", by=None, at=AFTER
    )


def backdate_another_firm(hearing):
    firm = firms.Firm(firm="New LLP", starts_on=TODAY + timedelta(days=1))
    firms.set_representation(hearing, Defendant.objects.get(), firm, by=None, at=AFTER)


@pytest.mark.parametrize("change", [take_back, ask_again, find_sensitive, backdate_another_firm])
def test_what_everybody_had_by_a_hearing_stays_so_beside_it(change):
    hearing = media.a_proved_case(on=HELD)

    change(hearing)

    assert beside() == (True, False, TODAY, TODAY)


def classified(item, kind, at):
    return items.classify_item(item, kind, reason="As counsel advised.", by=None, at=at)


def test_a_recording_leaves_on_the_day_that_it_is_found_not_to_be_needed():
    item = media.a_classified_item()
    classified(item, "NOT_RELEVANT", AFTER)
    on = AFTER.date()

    before, then, later = (counted(each) for each in (on - timedelta(days=1), on, LATER))

    assert (before.left_how, before.left_on, before.is_relied_on) == (None, None, True)
    assert (then.left_how, then.left_on) == (later.left_how, later.left_on)
    assert (later.left_how, later.left_on) == (Left.NOT_NEEDED, on)


def test_another_decision_that_it_is_not_needed_moves_no_day():
    classified(media.a_classified_item(kind="UNUSED"), "NOT_RELEVANT", LATE)

    found = counted(LATER)

    assert (found.left_how, found.left_on) == (Left.NOT_NEEDED, TODAY)


@pytest.mark.parametrize("kind", ["UNUSED", "NOT_RELEVANT", "SENSITIVE"])
def test_what_everybody_had_before_it_was_not_needed_left_when_they_had_it(kind):
    media.a_ready_case()

    classified(MediaItem.objects.get(), kind, LATE)

    assert (counted(LATER).left_how, counted(LATER).left_on) == (Left.SHARED, TODAY)


def test_what_nobody_had_any_more_when_it_was_not_needed_left_then():
    hearing = media.a_ready_case()
    take_back(hearing)

    classified(MediaItem.objects.get(), "UNUSED", LATE)

    assert (counted(LATER).left_how, counted(LATER).left_on) == (Left.NOT_NEEDED, LATE.date())


def test_what_is_needed_again_is_in_stock_again():
    item = classified(media.a_classified_item(), "UNUSED", AFTER)

    classified(item, "RELIED_ON", LATE)

    assert counted(LATE.date() - timedelta(days=1)).left_on == AFTER.date()
    assert counted(LATER).left_on is None
