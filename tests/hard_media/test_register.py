"""Hearings move with their reason; recordings, discs and stock-takes keep every step."""

from datetime import date, timedelta

import pytest

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.hard_media.models import (
    Carrier,
    Hearing,
    MediaItem,
    MediaStep,
    PoliceFeedback,
    StockTakeLine,
)
from forthright.hard_media.selectors.ladder import LadderFilters, ladder_of, ladders, ladders_of
from forthright.hard_media.selectors.periods import periods_of
from forthright.hard_media.selectors.police import asked_of
from forthright.hard_media.services import carriers, feedback, hearings, items, settings, stock
from forthright.rules.media_rungs import Standing
from forthright.rules.media_states import CarrierEvent, ReasonMissing
from forthright.rules.states import MoveNotAllowed
from tests import given
from tests.hard_media import media

pytestmark = pytest.mark.django_db
TODAY = given.NOON.date()


def test_an_item_named_and_not_held_is_expected():
    item = media.an_expected_item(named_in="PTPH")

    assert item.state == "EXPECTED"
    assert Event.objects.filter(name="media.added", subject_id=str(item.pk)).exists()


def test_a_case_has_each_exhibit_once():
    hearing = media.a_hearing()
    media.an_expected_item(hearing, exhibit="DM/1")

    with pytest.raises(items.ItemRefused, match="DM/1 already"):
        media.an_expected_item(hearing, exhibit="DM/1")


def test_every_step_is_kept_with_who_and_when():
    lawyer = media.a_lawyer()
    item = media.a_received_item()

    items.view_item(item, how="The first ten minutes.", by=lawyer, at=given.NOON)

    kept = list(MediaStep.objects.values_list("event", "by"))
    assert kept == [("RECEIVE_LINK", None), ("PLAY", lawyer.pk), ("VIEW", lawyer.pk)]


def test_what_does_not_play_is_asked_for_again():
    item = media.a_received_item()
    item = items.try_item(item, plays=False, by=None, at=given.NOON)
    item = items.request_item(item, reason="Does not play.", by=None, at=given.NOON)

    assert (item.state, item.received_at, item.is_readable) == ("REQUESTED", None, None)


def test_a_recording_goes_backward_with_a_reason_or_not_at_all():
    item = media.a_received_item()

    with pytest.raises(ReasonMissing, match="Say why"):
        items.request_item(item, by=None, at=given.NOON)

    item.refresh_from_db()
    assert item.state == "RECEIVED_LINK"


def test_nobody_classifies_what_nobody_viewed():
    with pytest.raises(MoveNotAllowed, match="so it cannot be classified"):
        items.classify_item(media.a_received_item(), "UNUSED", by=None, at=given.NOON)


def test_a_line_manager_records_and_does_not_classify():
    manager = given.a_person(Role.LINE_MANAGER)
    item = media.an_expected_item()
    items.request_item(item, by=manager, at=given.NOON)

    with pytest.raises(NotAllowed, match="may not say that a recording was viewed"):
        items.view_item(item, by=manager, at=given.NOON)


def test_nobody_records_about_a_recording_of_another_unit():
    other = media.a_lawyer(unit=given.a_unit(Unit.Kind.RASSO))

    with pytest.raises(NotAllowed, match="of another unit"):
        items.request_item(media.an_expected_item(), by=other, at=given.NOON)


def test_a_withdrawn_recording_leaves_the_ladder_and_can_come_back():
    hearing = media.a_hearing()
    item = media.an_expected_item(hearing)

    items.withdraw_item(item, reason="A slip of the pen.", by=None, at=given.NOON)
    assert ladder_of(hearing, TODAY).standing is Standing.NOTHING_REGISTERED
    items.reinstate_item(item, by=None, at=given.NOON)

    assert ladder_of(hearing, TODAY).standing is Standing.NOT_READY


def test_a_hearing_moves_with_its_reason_and_keeps_each_day_that_moved():
    hearing = media.a_hearing(on=date(2026, 10, 26))

    moved = hearings.move_hearing(
        hearing,
        hearings.NewDay(on=date(2026, 11, 9), reason="Adjourned by the court"),
        by=None,
        at=given.NOON,
    )

    assert (moved.old_on, moved.new_on) == (date(2026, 10, 26), date(2026, 11, 9))
    assert moved.redated == [
        ["Key media go out with the papers by", "2026-10-19", "2026-11-02"],
        ["Amber, unless ready, from", "2026-10-19", "2026-11-02"],
        ["Red, unless ready, from", "2026-10-24", "2026-11-07"],
    ]
    assert Hearing.objects.get().on == date(2026, 11, 9)


@pytest.mark.parametrize(
    ("on", "reason", "words"),
    [(date(2026, 10, 27), " ", "Say why"), (date(2026, 10, 26), "Adjourned", "that day already")],
)
def test_a_hearing_does_not_move_without_a_reason_or_to_where_it_is(on, reason, words):
    hearing = media.a_hearing(on=date(2026, 10, 26))

    with pytest.raises(hearings.HearingRefused, match=words):
        hearings.move_hearing(
            hearing, hearings.NewDay(on=on, reason=reason), by=None, at=given.NOON
        )


def test_a_hearing_brought_forward_turns_a_case_red():
    hearing = media.a_hearing()
    media.an_expected_item(hearing)
    assert ladder_of(hearing, TODAY).colour.value == "blue"

    hearings.move_hearing(
        hearing,
        hearings.NewDay(on=TODAY + timedelta(days=2), reason="Brought forward"),
        by=None,
        at=given.NOON,
    )

    hearing.refresh_from_db()
    assert ladder_of(hearing, TODAY).colour.value == "red"


def test_a_hearing_not_yet_listed_is_expected_from_sending():
    hearing = media.a_hearing(on=None, sent_on=date(2026, 10, 1))

    ladder = ladder_of(hearing, TODAY)

    assert ladder.case.hearing_on == date(2026, 10, 29)
    assert "The court has not listed the hearing" in ladder.notes[0]


def test_a_ladder_of_many_cases_asks_as_often_as_of_one(count_queries):
    area = given.an_area()
    media.a_proved_case()
    with count_queries() as one:
        ladders_of(area, LadderFilters(), TODAY)
    for _ in range(3):
        media.a_proved_case(firms=("A", "B"))

    with count_queries() as many:
        assert len(ladders_of(area, LadderFilters(), TODAY)) == 4

    assert len(many) == len(one)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"show": "open"}, 1),
        ({"show": "ready"}, 1),
        ({"show": "proved"}, 1),
        ({"show": "nothing"}, 1),
        ({"show": "missed"}, 0),
        ({"kind": "BWV"}, 1),
        ({"before": media.PTPH}, 0),
        ({"words": "20 ab"}, 4),
    ],
)
def test_the_list_is_narrowed(filters, found):
    media.a_ready_case()
    media.a_proved_case()
    media.a_hearing()
    media.an_expected_item(kind="BWV")

    assert len(ladders(media.a_lawyer(), LadderFilters(**filters), TODAY)) == found


def test_the_victim_liaison_unit_and_other_units_see_no_recordings():
    media.a_ready_case()
    of_the_vlu = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))
    of_another = media.a_lawyer(unit=given.a_unit(Unit.Kind.RASSO))

    assert ladders(of_the_vlu, LadderFilters(), TODAY) == []
    assert ladders(of_another, LadderFilters(), TODAY) == []


def test_a_disc_without_a_barcode_is_given_the_next_one():
    barcodes = [media.a_disc().barcode for _ in range(2)]

    assert barcodes == ["FM26000001", "FM26000002"]


def test_a_barcode_stands_on_one_disc_only():
    media.a_disc(barcode="w-77")

    with pytest.raises(carriers.CarrierRefused, match="W-77 is in the register already"):
        media.a_disc(barcode=" W-77 ")


def test_what_is_on_a_disc_that_came_is_received_with_it():
    hearing = media.a_hearing()
    waited_for = media.an_expected_item(hearing)
    here = media.a_viewed_item(hearing)

    carriers.put_on_carrier(media.a_disc(), [waited_for, here], by=None, at=given.NOON)

    states = dict(MediaItem.objects.values_list("pk", "state"))
    assert states == {waited_for.pk: "RECEIVED_PHYSICAL", here.pk: "VIEWED"}


def test_no_recording_of_another_unit_is_put_on_a_disc_though_it_is_here_already():
    ours, lawyer = media.a_disc(), media.a_lawyer()
    of_others = media.a_received_item(media.a_hearing(unit=given.a_unit(Unit.Kind.RASSO)))

    with pytest.raises(NotAllowed, match="of another unit"):
        carriers.put_on_carrier(
            ours, [media.an_expected_item(), of_others], by=lawyer, at=given.NOON
        )

    assert (ours.items.count(), MediaStep.objects.filter(by=lawyer).count()) == (0, 0)
    assert not Event.objects.filter(name="disc.filled").exists()


def test_a_disc_keeps_every_hand_over():
    disc = media.a_disc()

    carriers.hand_over(disc, media.to("Courtroom 3"), note="PTPH", by=None, at=given.NOON)

    kept = list(disc.hand_overs.values_list("from_place", "to_place"))
    assert kept == [("PC 2841, Malvern", "Shelf 14"), ("Shelf 14", "Courtroom 3")]


def test_a_returned_disc_has_a_certificate_and_goes_nowhere_else():
    disc = media.a_disc()

    ended = carriers.end_carrier(
        disc, CarrierEvent.RETURN, to=media.to("PC 1177"), on=TODAY, by=None, at=given.NOON
    )

    assert (ended.state, ended.certificate) == ("RETURNED", f"C{disc.pk:06d}")
    with pytest.raises(carriers.CarrierRefused, match="returned, so it cannot be handed over"):
        carriers.hand_over(disc, media.to("Cupboard 1"), by=None, at=given.NOON)


def test_a_stock_take_tells_what_is_found_missing_and_not_expected():
    found, missing, elsewhere = (media.a_disc() for _ in range(3))
    carriers.hand_over(elsewhere, media.to("Cupboard 9"), by=None, at=given.NOON)
    taken = stock.begin_stock_take(found.unit, "Shelf 14", by=None, at=given.NOON)
    for barcode in (found.barcode, found.barcode.lower(), elsewhere.barcode, "unknown-1"):
        stock.scan(taken, barcode, by=None, at=given.NOON)

    stock.finish_stock_take(taken, by=None, at=given.NOON)

    outcomes = dict(StockTakeLine.objects.values_list("barcode", "outcome"))
    assert outcomes == {
        found.barcode: "FOUND", missing.barcode: "MISSING", elsewhere.barcode: "UNEXPECTED",
        "UNKNOWN-1": "UNEXPECTED",
    }  # fmt: skip
    assert Carrier.objects.get(pk=missing.pk).state == "MISSING"


def test_a_missing_disc_that_is_scanned_again_is_held():
    disc = media.a_disc()
    for scanned in ([], [disc.barcode]):
        taken = stock.begin_stock_take(disc.unit, "Shelf 14", by=None, at=given.NOON)
        for barcode in scanned:
            stock.scan(taken, barcode, by=None, at=given.NOON)
        stock.finish_stock_take(taken, by=None, at=given.NOON)

    disc.refresh_from_db()
    assert disc.state == "HELD"


def test_a_missing_disc_that_is_found_in_another_place_went_there_by_a_hand_over():
    disc = media.a_disc()
    for place, scanned in (("Shelf 14", []), ("Shelf 15", [disc.barcode])):
        taken = stock.begin_stock_take(disc.unit, place, by=None, at=given.NOON)
        for barcode in scanned:
            stock.scan(taken, barcode, by=None, at=given.NOON)
        stock.finish_stock_take(taken, by=None, at=given.NOON)

    disc.refresh_from_db()
    last = disc.hand_overs.last()
    assert (disc.state, disc.location) == ("HELD", "Shelf 15")
    assert (last.from_place, last.to_place) == ("Shelf 14", "Shelf 15")
    assert last.note == "Found there in a stock-take"


def test_a_finished_stock_take_takes_no_more_scans():
    taken = stock.begin_stock_take(given.a_unit(), "Shelf 14", by=None, at=given.NOON)
    stock.finish_stock_take(taken, by=None, at=given.NOON)

    with pytest.raises(stock.StockRefused, match="finished"):
        stock.scan(taken, "FM26000001", by=None, at=given.NOON)


def test_the_police_are_given_a_reason_in_its_exact_words_with_the_time_to_dispute():
    item = media.a_requested_item()

    told = feedback.give_feedback(item, "Multi-media CCTV not provided", by=None, at=given.NOON)

    assert told.dispute_by == given.at("2026-12-12 23:59")
    with pytest.raises(feedback.FeedbackRefused, match="one of the reasons"):
        feedback.give_feedback(item, "CCTV missing", by=None, at=given.NOON)


def test_a_dispute_counts_until_its_deadline_and_no_longer():
    told = feedback.give_feedback(
        media.a_requested_item(), "Multi-media BWV not clipped", by=None, at=given.NOON
    )

    with pytest.raises(feedback.FeedbackRefused, match="the reason stands"):
        feedback.record_answer(told, "DISPUTE_ACCEPTED", by=None, at=given.at("2026-12-13 00:00"))
    feedback.record_answer(told, "DISPUTE_REFUSED", by=None, at=given.at("2026-12-12 23:59"))

    assert PoliceFeedback.objects.get().outcome == "DISPUTE_REFUSED"


def test_the_police_see_what_their_own_force_is_asked_for_and_nothing_else():
    officer = given.a_person(Role.POLICE_PARTNER)
    asked = media.a_requested_item(media.a_hearing(urn="20AB7000126"))
    media.a_requested_item(media.a_hearing(urn="21AB7000126"))
    media.an_expected_item(media.a_hearing(urn="20AB7000226"))
    assert asked_of(officer, TODAY) == []

    settings.set_force(officer, "20", by=None, at=given.NOON)

    assert [line.item for line in asked_of(officer, TODAY)] == [asked]


def test_only_a_police_partner_is_of_a_force():
    with pytest.raises(NotAllowed, match="Only a police partner"):
        settings.set_force(media.a_lawyer(), "20", by=None, at=given.NOON)


def test_an_area_changes_a_period_and_every_ladder_follows():
    hearing = media.a_hearing(on=TODAY + timedelta(days=9))
    media.an_expected_item(hearing)
    administrator = given.a_person(Role.ADMINISTRATOR)

    new = settings.NewPeriods(
        values={"amber_days": 10}, source="Casework Quality Board, 1 October 2026",
        reason="A week is too short.",
    )  # fmt: skip
    settings.change_periods(hearing.area, new, by=administrator, at=given.NOON)

    assert ladder_of(hearing, TODAY).colour.value == "yellow"
    assert periods_of(hearing.area).periods["amber_days"].is_confirmed
    assert not periods_of(hearing.area).periods["red_days"].is_confirmed


@pytest.mark.parametrize(
    ("values", "source", "words"),
    [
        ({"amber_days": 1}, "The board", "amber before it turns red"),
        ({"amber_days": 9}, " ", "who decided it"),
    ],
)
def test_periods_that_cannot_be_are_refused(values, source, words):
    with pytest.raises(settings.SettingRefused, match=words):
        new = settings.NewPeriods(values=values, source=source, reason="So be it.")
        settings.change_periods(given.an_area(), new, by=None, at=given.NOON)
