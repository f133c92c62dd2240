"""What was recorded of a disc by mistake is put right, and what came of that mistake with it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.hard_media.models import CarrierChange, ForcePartner, MediaItem
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.services import carriers, items, stock
from forthright.hard_media.services.discs_put_right import Right, put_disc_right
from forthright.rules.media_rungs import Rung
from forthright.rules.media_states import CarrierEvent
from forthright.rules.weeks import week_of
from forthright.rules.words import day_of
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.hard_media import files, media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON, TODAY = given.NOON, given.NOON.date()
WHY = "The box beside it was meant."


def filled(*given_items, **fields):
    disc = media.a_disc(**fields)
    carriers.put_on_carrier(disc, list(given_items), by=None, at=NOON)
    return disc


def put_right(disc, *not_on_it, **fields):
    disc.refresh_from_db()
    fields = {"barcode": disc.barcode, "received_on": disc.received_on, "reason": WHY, **fields}
    at = NOON + timedelta(hours=1)
    return put_disc_right(disc, Right(not_on_it=not_on_it, **fields), by=None, at=at)


def now(item):
    item.refresh_from_db()
    day = item.received_at and day_of(item.received_at)
    return item.state, day, item.source


def received_on_ladder(hearing):
    """Return of each recording whether it was received, in the order in which they were added.

    The ladder has them by their references, of which DM/100 stands before DM/99.
    """
    found = sorted(ladder_of(hearing, TODAY).items, key=lambda each: int(each.item.key))
    steps = [step for each in found for step in each.steps if step.rung is Rung.RECEIVED]
    return [each.reached for each in steps]


def received_in_report(hearing):
    week = week_of(TODAY)
    facts = backlog_of(hearing.area, week, week.plus(-12), as_of=TODAY + timedelta(days=1))
    return [each.received_on for each in facts.recordings]


@pytest.mark.parametrize(
    ("make", "state"),
    [(media.an_expected_item, "EXPECTED"), (media.a_requested_item, "REQUESTED")],
)
def test_what_is_not_on_the_disc_is_waited_for_as_before(make, state):
    hearing = media.a_hearing()
    item, other = make(hearing), media.an_expected_item(hearing)
    disc = filled(item, other)

    (change,) = put_right(disc, item)

    assert now(item) == (state, None, "")
    assert now(other)[0] == "RECEIVED_PHYSICAL"
    assert list(disc.items.all()) == [other]
    assert received_on_ladder(hearing) == [False, True]
    assert received_in_report(hearing) == [None, disc.received_on]
    assert (change.old_day, change.new_day, change.reason) == (disc.received_on, None, WHY)
    last = item.steps.last()
    assert (last.before, last.after, WHY in last.reason) == ("RECEIVED_PHYSICAL", state, True)
    detail = Event.objects.get(name="disc.taken_off").detail
    assert detail["recording"] == item.pk
    assert WHY not in str(detail)


def test_the_police_are_asked_for_it_once_more():
    item = media.a_requested_item(media.a_hearing(urn="20AB7000126"), exhibit="DM/77")
    disc = filled(item)
    officer = given.a_person(Role.POLICE_PARTNER)
    ForcePartner.objects.create(person=officer, area=item.area, force="20", set_at=NOON)
    as_(officer).open("/owed/").not_see("DM/77")

    put_right(disc, item)

    as_(officer).open("/owed/").see("DM/77")


def test_it_can_be_ticked_again_and_comes_then():
    item = media.a_requested_item()
    disc = filled(item)
    put_right(disc, item)

    carriers.put_on_carrier(disc, [item], by=None, at=NOON + timedelta(hours=2))

    assert now(item) == ("RECEIVED_PHYSICAL", disc.received_on, "DISC")


def test_what_is_on_another_disc_as_well_came_with_that():
    item = media.a_requested_item()
    disc = filled(item)
    later = filled(item, kind="USB", received_on=TODAY - timedelta(days=1))

    (change,) = put_right(disc, item)

    assert now(item) == ("RECEIVED_PHYSICAL", later.received_on, "USB")
    assert (change.old_day, change.new_day) == (disc.received_on, later.received_on)


def test_what_came_as_a_file_as_well_came_with_that():
    item = media.a_requested_item()
    disc = filled(item)
    files.a_kept_file(item)

    put_right(disc, item)

    assert now(item) == ("VERIFIED", TODAY, "UPLOAD")


def test_what_came_before_without_the_disc_stays_as_it_came():
    item = media.a_received_item()
    disc = filled(item)

    put_right(disc, item)

    assert now(item) == ("RECEIVED_LINK", TODAY, "DEMS")
    assert not disc.carried.exists()


@pytest.mark.parametrize("did", ["tried", "viewed", "sensitive", "classified"])
def test_what_somebody_worked_on_since_stays_on_the_disc(did):
    hearing = media.a_hearing()
    item = media.a_requested_item(hearing)
    disc = filled(item)
    if did == "tried":
        items.try_item(item, plays=True, by=None, at=NOON)
    else:
        items.view_item(item, by=None, at=NOON)
    if did in {"sensitive", "classified"}:
        kind = "SENSITIVE" if did == "sensitive" else "RELIED_ON"
        items.classify_item(item, kind, by=None, at=NOON)
    before = now(item)

    with pytest.raises(carriers.CarrierRefused, match="stays on"):
        put_right(disc, item)

    assert now(item) == before
    assert (disc.carried.count(), CarrierChange.objects.count()) == (1, 0)


def test_what_was_shared_since_stays_on_the_disc():
    hearing = media.a_hearing()
    disc, item = media.a_disc(), media.a_classified_item(hearing)
    disc.added_at = NOON + timedelta(minutes=1)
    disc.save()
    carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    media.shared(hearing, item, at=NOON + timedelta(minutes=2))

    with pytest.raises(carriers.CarrierRefused, match="was shared since"):
        put_right(disc, item)


def test_what_was_found_sensitive_before_the_disc_came_is_not_taken_off_it():
    item = media.a_classified_item(kind="SENSITIVE")
    disc = filled(item, at=NOON + timedelta(minutes=1))

    with pytest.raises(carriers.CarrierRefused, match="found sensitive"):
        put_right(disc, item)


def test_of_a_disc_that_went_back_its_papers_stay():
    item = media.a_requested_item()
    disc = filled(item)
    to = replace(media.to("PC 1177"), last_copy_because="The police keep the original.")
    carriers.end_carrier(disc, CarrierEvent.RETURN, to=to, on=TODAY, by=None, at=NOON)

    with pytest.raises(carriers.CarrierRefused, match="returned, so what its papers say stays"):
        put_right(disc, item)


def test_the_barcode_and_the_day_are_put_right_on_a_page_that_says_what_stood():
    disc = media.a_disc(barcode="W-77")
    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/")
    page = page.follow("Put right what is wrong here")

    page = page.press("Put it right", barcode="w-78", received_on_day="4", reason=WHY)

    page.see("Its barcode is W-78 and not W-77.", "It came on Sunday 4 October 2026 and not", WHY)
    disc.refresh_from_db()
    assert (disc.barcode, disc.received_on.day) == ("W-78", 4)
    detail = Event.objects.get(name="disc.put_right").detail
    assert (detail["old_barcode"], detail["new_day"]) == ("W-77", "2026-10-04")


def test_a_disc_that_was_counted_is_not_missing_once_its_barcode_is_right():
    disc = media.a_disc(barcode="W-77")
    taken = stock.begin_stock_take(disc.unit, disc.location, by=None, at=NOON)
    stock.scan(taken, "W-77", by=None, at=NOON)

    put_right(disc, barcode="W-78")

    assert stock.still_to_find(taken, on=NOON.date()) == []


def test_a_recording_is_taken_off_on_the_page():
    item = media.a_requested_item(exhibit="DM/9")
    disc = filled(item)
    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/put-right/")

    page = page.press("Put it right", not_on_it=[item.pk], reason=WHY)

    page.see("DM/9, CCTV is not on it, and has not come.", WHY, "Nobody has said.")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"barcode": "W-1"}, "with the barcode W-1 is in the register already"),
        ({"received_on": TODAY + timedelta(days=1)}, "still to come"),
        ({"received_on": TODAY - timedelta(days=900)}, "got its number in 2026"),
        ({}, "nothing to put right"),
        ({"barcode": "W-2", "reason": " "}, "Say why it was wrong"),
    ],
)
def test_what_cannot_be_put_right_is_refused_in_words(fields, words):
    media.a_disc(barcode="W-1")
    disc = filled(media.an_expected_item(media.a_hearing(urn="20AB7000126")))

    with pytest.raises(carriers.CarrierRefused, match=words):
        put_right(disc, **fields)

    assert not CarrierChange.objects.exists()


def test_a_disc_had_come_by_when_it_was_taken_in():
    disc = media.a_disc(at=NOON - timedelta(days=1))

    with pytest.raises(carriers.CarrierRefused, match="taken into the register on 4 October 2026"):
        put_right(disc, received_on=TODAY)


def test_what_came_with_a_disc_came_on_its_right_day():
    hearing = media.a_hearing(urn="20AB7000126")
    item, by_link = media.a_requested_item(hearing), media.a_received_item(hearing)
    disc, day = media.a_disc(), TODAY - timedelta(days=9)
    carriers.put_on_carrier(disc, [item, by_link], by=None, at=NOON + timedelta(minutes=1))

    put_right(disc, received_on=day)

    assert now(item) == ("RECEIVED_PHYSICAL", day, "DISC")
    assert now(by_link) == ("RECEIVED_LINK", TODAY, "DEMS")
    assert received_in_report(hearing) == [day, TODAY]
    assert Event.objects.get(name="disc.put_right").detail["recordings"] == [item.pk]


def test_what_was_asked_for_again_had_not_come_before_that():
    hearing = media.a_hearing(urn="20AB7000126")
    item = media.a_received_item(hearing)
    items.request_item(item, reason="The sound is missing.", by=None, at=NOON)
    disc = media.a_disc(at=NOON + timedelta(minutes=1), received_on=TODAY)
    carriers.put_on_carrier(disc, [item], by=None, at=NOON + timedelta(minutes=2))

    with pytest.raises(carriers.CarrierRefused, match="asked for again on 5 October 2026"):
        put_right(disc, received_on=TODAY - timedelta(days=1))


def test_what_went_out_had_come_by_then():
    hearing = media.a_hearing(urn="20AB7000126")
    item = media.a_requested_item(hearing)
    disc = filled(item, received_on=TODAY - timedelta(days=9))
    items.view_item(item, by=None, at=NOON)
    items.classify_item(item, "RELIED_ON", by=None, at=NOON)
    media.shared(hearing, item)
    item.shares.update(shared_on=TODAY - timedelta(days=3))

    with pytest.raises(carriers.CarrierRefused, match="went out on 2 October 2026"):
        put_right(disc, received_on=TODAY - timedelta(days=1))


def test_of_two_who_put_it_right_at_once_the_second_is_asked():
    disc = media.a_disc(barcode="W-77")
    put_right(disc, barcode="W-78", opened="")

    with pytest.raises(ChangedMeanwhile, match="after you opened the page"):
        put_right(disc, barcode="W-79", opened="")


def test_what_was_put_on_it_meanwhile_is_asked_about_too():
    disc = media.a_disc()
    carriers.put_on_carrier(disc, [media.an_expected_item()], by=None, at=NOON)

    with pytest.raises(ChangedMeanwhile):
        put_right(disc, barcode="W-79", opened="")
    assert MediaItem.objects.get().state == "RECEIVED_PHYSICAL"
