"""What the weekly report counts of the register, from recordings brought there by real services."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forthright.hard_media.models import MediaItem, ShareRecord
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.services import carriers, items, sharing, stock
from forthright.rules.media_backlog import Left
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierEvent
from forthright.rules.weeks import week_of
from forthright.web import clock
from tests import given
from tests.hard_media import files, links, media

pytestmark = pytest.mark.django_db
NOON = given.NOON
TODAY = NOON.date()
WEEK = week_of(TODAY)
LATER = TODAY + timedelta(days=42)


def counted(*, week=WEEK, as_of=TODAY + timedelta(days=1), first=None):
    return backlog_of(given.an_area(), week, first or week.plus(-25), as_of=as_of)


def only(**asked):
    (recording,) = counted(**asked).recordings
    return recording


def test_an_area_without_a_recording_or_disc_has_no_register():
    assert counted() is None


def test_a_recording_that_was_named_is_in_stock_from_its_day():
    media.an_expected_item()

    register = counted()

    (found,) = register.recordings
    assert (register.begun_on, register.early_days) == (TODAY, 7)
    assert (found.entered_on, found.left_on, found.received_on) == (TODAY, None, None)
    assert found.police == MediaItem.objects.get().case.urn[:4]


def test_one_shared_with_the_court_and_every_firm_has_left():
    hearing = media.a_hearing(firms=("Hale LLP", "Rook & Co"))
    item = media.a_classified_item(hearing)
    media.shared(hearing, item, parties=media.parties_of(hearing)[:2])
    assert only().left_on is None

    media.shared(hearing, item, parties=media.parties_of(hearing)[2:])

    assert (only().left_how, only().left_on) == (Left.SHARED, TODAY)


@pytest.mark.parametrize(
    "kind", ["UNUSED", "NOT_RELEVANT", "SENSITIVE"]
)  # fmt: skip
def test_one_that_nobody_is_to_have_has_left(kind):
    media.a_classified_item(kind=kind)

    assert (only().left_how, only().left_on) == (Left.NOT_NEEDED, TODAY)


def test_one_that_was_withdrawn_has_left():
    items.withdraw_item(media.an_expected_item(), reason="Named by mistake.", by=None, at=NOON)

    assert (only().left_how, only().left_on) == (Left.WITHDRAWN, TODAY)


def test_a_share_that_was_taken_back_puts_it_into_stock_again():
    hearing = media.a_ready_case()
    share = ShareRecord.objects.filter(item__case=hearing.case_id).first()

    sharing.revoke_share(share, reason="The wrong firm.", by=None, at=NOON)

    assert only().left_on is None


def test_one_asked_for_again_is_in_stock_until_the_new_copy_is_shared():
    hearing = media.a_ready_case()
    item = media.comes_again(MediaItem.objects.get(), at=NOON + timedelta(hours=1))
    assert only().left_on is None

    media.shared(hearing, item, at=NOON + timedelta(hours=2))

    assert only().left_on == TODAY


def test_another_firm_puts_it_into_stock_again_and_the_hearing_stays_as_it_was():
    hearing = media.a_proved_case(on=TODAY + timedelta(days=3))
    defendant = media.Defendant.objects.get(case=hearing.case_id)
    media.represented(
        hearing, defendant, "Rook & Co", since=TODAY + timedelta(days=5), odd_because="So ordered."
    )

    found = only(week=WEEK.plus(2), as_of=LATER)

    assert found.left_on is None
    assert (found.shared_on, found.opened_on) == (TODAY, TODAY)
    assert found.was_opened_before


def test_a_link_that_expired_unopened_gave_nothing_and_is_told():
    hearing = media.a_hearing()
    item = media.a_classified_item(hearing)
    expires = TODAY + timedelta(days=14)
    media.shared(hearing, item, link_expires_on=expires)

    found = only(week=WEEK.plus(4), as_of=LATER)

    assert (found.left_on, found.is_unopened) == (None, True)


def test_a_link_to_a_clip_that_was_opened_is_no_unopened_one_though_the_recording_waits():
    hearing = media.a_hearing()
    clip = links.a_copy(links.with_a_file(hearing), what="CLIP", box=None)
    links.shared(hearing, copies=[clip])
    ShareRecord.objects.update(link_expires_on=TODAY + timedelta(days=14))
    sharing.record_opened(ShareRecord.objects.get(), on=TODAY, known="RECEIPT", by=None, at=NOON)

    found = {each.id: each for each in counted(week=WEEK.plus(4), as_of=LATER).recordings}
    found = found[clip.file.item_id]

    assert (found.left_on, found.is_unopened) == (None, False)


def test_a_link_of_the_police_that_expired_is_lost_unless_a_disc_came():
    item = media.a_received_item()
    MediaItem.objects.update(link_expires_on=TODAY + timedelta(days=2))
    assert only(week=WEEK.plus(1), as_of=LATER).is_link_lost

    carriers.put_on_carrier(media.a_disc(), [item], by=None, at=NOON)

    assert not only(week=WEEK.plus(1), as_of=LATER).is_link_lost


@pytest.mark.parametrize(
    ("where", "is_lost"), [("HERE", False), ("POLICE", True), ("MISSING", True), ("BACK", False)]
)
def test_a_link_that_expired_is_lost_to_stock_and_ladder_where_its_disc_is_not_here(where, is_lost):
    hearing = media.a_hearing()
    item, disc = media.a_received_item(hearing), media.a_disc()
    carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    MediaItem.objects.update(link_expires_on=TODAY + timedelta(days=2))
    if where in ("POLICE", "BACK"):
        to = replace(media.to("PC 2841"), last_copy_because="They make another copy.")
        carriers.hand_over(disc, to, by=None, at=NOON)
    if where == "BACK":
        carriers.hand_over(disc, media.to("Shelf 14", Receiver.UNIT), by=None, at=NOON)
    if where == "MISSING":
        count = stock.begin_stock_take(disc.unit, "Shelf 14", by=None, at=NOON)
        stock.finish_stock_take(count, by=None, at=NOON)

    (on_ladder,) = ladder_of(hearing, WEEK.plus(1).sunday).items

    assert only(week=WEEK.plus(1), as_of=LATER).is_link_lost == is_lost
    assert bool(on_ladder.item.gone) == is_lost


def test_a_disc_that_left_or_was_missed_after_the_week_was_here_in_it():
    item, disc = media.a_received_item(media.a_hearing()), media.a_disc()
    carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    MediaItem.objects.update(link_expires_on=TODAY + timedelta(days=2))
    monday = clock.end_of(WEEK.plus(1).sunday) + timedelta(hours=1)
    to = replace(media.to("PC 2841"), last_copy_because="They make another copy.")
    carriers.hand_over(disc, to, by=None, at=monday)
    assert not only(week=WEEK.plus(1), as_of=LATER).is_link_lost

    carriers.hand_over(disc, media.to("Shelf 14", Receiver.UNIT), by=None, at=monday)
    count = stock.begin_stock_take(disc.unit, "Shelf 14", by=None, at=monday)
    stock.finish_stock_take(count, by=None, at=monday)

    assert not only(week=WEEK.plus(1), as_of=LATER).is_link_lost


@pytest.mark.parametrize("before", ["FILE", "DISC", "GONE"])
def test_a_second_copy_whose_link_expired_is_lost_whatever_came_before(before):
    item = media.a_requested_item(media.a_hearing())
    if before == "FILE":
        files.a_kept_file(item)
    else:
        item = items.receive_item(item, items.Came(source="DISC", on=TODAY), by=None, at=NOON)
        disc = media.a_disc()
        carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    later = NOON + timedelta(days=1)
    if before == "GONE":
        # It came by a link once more, on the same day; the disc went back.
        later = NOON + timedelta(hours=1)
        to = replace(media.to("Malvern police"), last_copy_because="They send it by a link.")
        carriers.end_carrier(disc, CarrierEvent.RETURN, to=to, on=TODAY, by=None, at=NOON)
    item = items.request_item(item, reason="The sound is missing.", by=None, at=later)
    assert not only(week=WEEK.plus(1), as_of=LATER).is_link_lost
    came = items.Came(source="DEMS", on=later.date(), link="https://dems.example/x",
                      link_expires_on=TODAY + timedelta(days=2))  # fmt: skip
    item = items.receive_item(item, came, by=None, at=later)
    assert only(week=WEEK.plus(1), as_of=LATER).is_link_lost

    carriers.put_on_carrier(
        media.a_disc(at=later, received_on=later.date()), [item], by=None, at=later
    )

    assert not only(week=WEEK.plus(1), as_of=LATER).is_link_lost


def test_what_came_after_the_week_is_not_known_in_it():
    media.a_proved_case(on=TODAY + timedelta(days=3))

    assert counted(week=WEEK.plus(-1), as_of=LATER) is None
    before = only(week=WEEK, as_of=LATER)
    MediaItem.objects.update(added_at=NOON - timedelta(days=14))
    ShareRecord.objects.update(recorded_at=NOON + timedelta(days=14))

    assert before.left_on == TODAY
    assert only(week=WEEK, as_of=LATER).left_on is None


def test_a_hearing_that_is_to_come_or_not_listed_is_not_counted_beside():
    media.a_ready_case(on=LATER)
    media.a_ready_case(on=None, sent_on=TODAY - timedelta(days=60))

    assert {each.held_on for each in counted().recordings} == {None}


def test_what_left_before_the_first_week_is_not_read_and_what_stayed_is():
    over = date(2026, 10, 7)
    media.a_proved_case(on=over)
    stays = media.an_expected_item(media.a_hearing(on=over))
    items.withdraw_item(media.an_expected_item(), reason="Named twice.", by=None, at=NOON)
    long_after = WEEK.plus(40)

    register = counted(
        week=long_after, first=long_after.plus(-25), as_of=long_after.plus(1).monday
    )  # fmt: skip

    assert [each.id for each in register.recordings] == [stays.pk]


def test_discs_are_told_until_they_are_returned():
    media.a_disc()
    missing = media.a_disc()
    carriers.end_carrier(
        media.a_disc(), CarrierEvent.RETURN, to=media.to("Malvern police"), on=TODAY, by=None,
        at=NOON,
    )  # fmt: skip
    missing.state = "MISSING"
    missing.save()
    with_hearing = media.a_disc()
    carriers.put_on_carrier(with_hearing, [media.an_expected_item()], by=None, at=NOON)

    discs = {each.id: each for each in counted().discs}

    assert len(discs) == 3
    assert discs[missing.pk].is_missing
    assert not discs[with_hearing.pk].is_over


def test_no_hearing_is_to_come_of_a_disc_only_where_it_is_known_what_is_on_it():
    unknown, known = media.a_disc(), media.a_disc()
    item = media.an_expected_item(media.a_hearing(on=TODAY + timedelta(days=3)))
    carriers.put_on_carrier(known, [item], by=None, at=NOON)

    found = counted(week=WEEK.plus(2), as_of=LATER).discs
    discs = {each.id: (each.is_over, each.is_unknown) for each in found}

    assert discs == {unknown.pk: (False, True), known.pk: (True, False)}


def test_recordings_of_one_case_that_are_read_apart_are_counted_as_if_read_together():
    hearing = media.a_hearing(firms=("Hale LLP", "Rook & Co"))
    several = [media.a_classified_item(hearing) for _ in range(3)]
    media.shared(hearing, *several[:2])
    media.a_proved_case(on=TODAY)
    asked = (given.an_area(), WEEK, WEEK.plus(-25))

    apart = backlog_of(*asked, as_of=LATER, at_once=1)

    assert apart == backlog_of(*asked, as_of=LATER)
    assert [each.left_on for each in apart.recordings] == [TODAY, TODAY, None, TODAY]


def test_the_register_is_read_in_as_many_queries_however_large_it_is():
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as kept:
            counted()
        return len(kept)

    media.a_ready_case()
    few = queries()
    for _ in range(5):
        media.a_proved_case(firms=("Hale LLP", "Rook & Co"))

    assert queries() == few <= 15
