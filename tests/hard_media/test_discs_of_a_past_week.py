"""The discs of a past week are counted as they were recorded at its end, whatever came since."""

from datetime import timedelta

import pytest

from forthright.cases.models import Defendant
from forthright.hard_media.models import Carrier, MediaItem
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.services import carriers, items, stock
from forthright.hard_media.services.discs_put_right import Right, put_disc_right
from forthright.hard_media.services.ended import End, record_end
from forthright.hard_media.services.hearings import NewDay, move_hearing
from forthright.hard_media.services.not_ended import undo_ending
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierEvent
from forthright.rules.weeks import week_of
from tests import given
from tests.hard_media import media

pytestmark = pytest.mark.django_db
NOON = given.NOON
TODAY = NOON.date()
WEEK = week_of(TODAY)
NEXT, LATER, LAST = (NOON + timedelta(weeks=each) for each in (1, 2, 3))
WHY = "The disc beside it was meant."


def register(at, as_of=LAST):
    return backlog_of(
        given.an_area(), week_of(at.date()), WEEK.plus(-25), as_of=as_of.date() + timedelta(days=7)
    )


def discs(at):
    """Return how each disc stood in the week of a moment, as it is counted weeks later."""
    return {each.id: each for each in register(at).discs}


def ended(disc, at, event=CarrierEvent.DESTROY):
    to = carriers.Hands(Receiver.POLICE, "PC 2841", last_copy_because="They keep the original.")
    disc.refresh_from_db()
    return carriers.end_carrier(disc, event, to=to, on=at.date(), by=None, at=at)


def counted_out(disc, at):
    taken = stock.begin_stock_take(disc.unit, disc.location, by=None, at=at)
    stock.finish_stock_take(taken, by=None, at=at)


def found(disc, at):
    disc.refresh_from_db()
    stock.find_carrier(
        disc, media.to("Shelf 15", Receiver.UNIT), reason="Next box.", by=None, at=at
    )


def off(disc, item, at):
    disc.refresh_from_db()
    right = Right(
        barcode=disc.barcode, received_on=disc.received_on, reason=WHY, not_on_it=[item]
    )  # fmt: skip
    put_disc_right(disc, right, by=None, at=at)


def test_a_disc_that_was_destroyed_later_was_held_before_and_not_until_it_was_put_right():
    disc, _ = media.a_disc(), media.a_disc()
    ended(disc, NEXT)
    undo_ending(disc, reason=WHY, by=None, at=LATER)

    assert [disc.pk in discs(each) for each in (NOON, NEXT, LATER)] == [True, False, True]

    ended(disc, LAST)
    assert [disc.pk in discs(each) for each in (NOON, NEXT, LATER, LAST)] == [
        True, False, True, False
    ]  # fmt: skip


def test_a_disc_was_missing_in_the_weeks_between_its_loss_and_its_finding():
    disc = media.a_disc()
    counted_out(disc, NEXT)
    found(disc, LAST)

    missing = [discs(each)[disc.pk].is_missing for each in (NOON, NEXT, LATER, LAST)]

    assert missing == [False, True, True, False]


def test_a_disc_that_came_before_it_was_taken_into_the_register_is_in_it_from_then_on():
    disc = media.a_disc(at=NEXT, received_on=TODAY)

    assert register(NOON) is None
    assert disc.pk in discs(NEXT)


def test_what_is_on_a_disc_is_known_from_when_it_was_said_until_it_was_taken_off():
    disc = media.a_disc()
    item, other = media.an_expected_item(), media.an_expected_item()
    carriers.put_on_carrier(disc, [item], by=None, at=NEXT)
    carriers.put_on_carrier(disc, [item], by=None, at=LATER)
    off(disc, item, LATER)
    carriers.put_on_carrier(disc, [other], by=None, at=LAST)

    unknown = [discs(each)[disc.pk].is_unknown for each in (NOON, NEXT, LATER, LAST)]

    assert unknown == [True, False, True, False]


def test_a_hearing_that_was_to_come_was_so_though_it_moved_or_its_case_ended_since():
    hearing = media.a_hearing(on=LATER.date())
    disc = media.a_disc()
    carriers.put_on_carrier(disc, [media.an_expected_item(hearing)], by=None, at=NOON)
    weeks = (NOON, NEXT, LATER, LAST)
    assert [discs(each)[disc.pk].is_over for each in weeks] == [False, False, True, True]

    to = NewDay(on=LAST.date() + timedelta(days=42), reason="The judge is ill.")
    move_hearing(hearing, to, by=None, at=LATER - timedelta(days=1))
    assert not any(discs(each)[disc.pk].is_over for each in weeks)

    for defendant in Defendant.objects.filter(case=hearing.case):
        over = End(on=LAST.date(), reason="Discontinued.")
        record_end(hearing, defendant, over, by=None, at=LAST)
    assert [discs(each)[disc.pk].is_over for each in weeks] == [False, False, False, True]


def test_a_hearing_that_moved_to_a_past_day_since_was_to_come_then():
    hearing = media.a_hearing(on=LAST.date())
    disc = media.a_disc()
    carriers.put_on_carrier(disc, [media.an_expected_item(hearing)], by=None, at=NOON)
    to = NewDay(on=NEXT.date(), reason="It was heard early.", odd_because="The court said so.")
    move_hearing(hearing, to, by=None, at=LATER)

    assert [discs(each)[disc.pk].is_over for each in (NOON, NEXT, LATER)] == [False, False, True]


def lost():
    """Say of each week whether the one recording came by a link that ended with nothing kept."""
    return [register(at).recordings[0].is_link_lost for at in (NOON, NEXT, LATER, LAST)]


@pytest.fixture
def item():
    item = media.a_received_item()
    MediaItem.objects.update(link_expires_on=TODAY + timedelta(days=2))
    return item


def test_a_link_that_ended_left_nothing_but_while_a_disc_held_the_same(item):
    disc = media.a_disc()
    carriers.put_on_carrier(disc, [item], by=None, at=NEXT)
    ended(disc, LAST)

    assert lost() == [True, False, False, True]


def test_a_disc_from_which_the_recording_was_taken_off_since_held_it_until_then(item):
    disc = media.a_disc()
    carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    off(disc, item, LATER)

    assert lost() == [False, False, True, True]


def test_a_disc_of_before_holds_what_was_asked_for_again_only_once_it_was_taken_as_that(item):
    disc = media.a_disc()
    carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    item = items.request_item(item, reason="The disc is broken.", by=None, at=NEXT)
    came = items.Came(source="DISC", on=LATER.date(), disc=disc)
    items.receive_item(item, came, by=None, at=LATER)
    MediaItem.objects.update(link_expires_on=TODAY + timedelta(days=2))

    assert lost() == [False, True, False, False]


def test_the_day_of_a_disc_counts_as_it_stood(item):
    disc = media.a_disc(received_on=TODAY)
    carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    again = NOON + timedelta(hours=1)
    items.request_item(item, reason="No sound.", by=None, at=again)
    MediaItem.objects.update(received_at=NOON, link_expires_on=TODAY + timedelta(days=2))
    Carrier.objects.update(received_on=TODAY - timedelta(days=9))
    assert lost() == [True] * 4
    Carrier.objects.update(received_on=TODAY)
    assert lost() == [False] * 4
    day = TODAY - timedelta(days=9)
    put_disc_right(
        disc, Right(barcode=disc.barcode, received_on=day, reason=WHY), by=None, at=LATER
    )

    assert lost() == [False, False, True, True]
