"""The hands a disc went through are each written once, on days that have come."""

from datetime import timedelta

import pytest
import time_machine

from forthright.hard_media.models import Carrier, PoliceFeedback
from forthright.hard_media.services import carriers
from forthright.rules.media_states import CarrierEvent
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = pytest.mark.django_db
TODAY = given.NOON.date()


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(given.NOON, tick=False):
        yield


def came_on(day):
    """Return the page after a disc was taken in as having come on a day."""
    page = as_(media.a_lawyer()).open("/recordings/discs/add/")
    return page.press(
        "Take it in", kind="DISC", received_from="PC 1177", location="Cupboard 2",
        received_on_day=day.day, received_on_month=day.month, received_on_year=day.year,
    )  # fmt: skip


def test_no_disc_comes_on_a_day_that_is_still_to_come():
    page = came_on(TODAY + timedelta(days=1))

    assert page.errors == ["That day is still to come. Enter the day on which it came."]
    assert not Carrier.objects.exists()


def test_a_disc_comes_today():
    came_on(TODAY).see("It is in the register")


CHANGED = "This was changed after you opened the page by {}, Monday 5 October 2026, midday."
COURT = {"to_kind": "COURT", "to_place": "Court 3"}


def a_full_disc():
    """Return a disc of which it is known what is on it, so that it may go out."""
    disc = media.a_disc()
    carriers.put_on_carrier(disc, [media.a_classified_item()], by=None, at=given.NOON)
    return disc


def places(disc):
    return list(disc.hand_overs.order_by("pk").values_list("from_place", "to_place"))[1:]


def test_pressing_twice_hands_a_disc_over_once():
    disc, lawyer = a_full_disc(), media.a_lawyer()
    page = as_(lawyer).open(f"/recordings/discs/{disc.pk}/hand-over/")
    page.press("Record the hand-over", **COURT)

    again = page.press("Record the hand-over", **COURT)

    assert again.errors[0].startswith(CHANGED.format(lawyer))
    assert "It is with Court 3 now. Record yours only if it went on from there." in again.errors
    assert places(disc) == [("Shelf 14", "Court 3")]


def test_whoever_hands_on_a_disc_that_went_elsewhere_is_told_and_chooses():
    disc = a_full_disc()
    first, second = media.a_lawyer(), media.a_lawyer()
    address = f"/recordings/discs/{disc.pk}/hand-over/"
    theirs, mine = as_(first).open(address), as_(second).open(address)
    theirs.press("Record the hand-over", **COURT)

    page = mine.press("Record the hand-over", to_kind="COUNSEL", to_place="Mr Pike")

    assert page.errors[0].startswith(CHANGED.format(first))
    assert places(disc) == [("Shelf 14", "Court 3")]
    page.press("Record the hand-over").see("The hand-over is recorded.")
    assert places(disc) == [("Shelf 14", "Court 3"), ("Court 3", "Mr Pike")]


def test_a_disc_that_went_elsewhere_is_not_destroyed_unseen():
    disc, first = a_full_disc(), media.a_lawyer()
    mine = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/end/")
    carriers.hand_over(disc, media.to("Court 3"), by=first, at=given.NOON)

    page = mine.press("Record it", event="DESTROY", to_kind="UNIT", to="Ada Hill")

    assert page.errors[0].startswith(CHANGED.format(first))
    disc.refresh_from_db()
    assert disc.state == "HELD"


def test_the_police_are_told_once_however_often_it_is_pressed():
    item, lawyer = media.a_received_item(), media.a_lawyer()
    page = as_(lawyer).open(f"/recordings/items/{item.pk}/feedback/")
    said = {"reason": "Multi-media CCTV not clipped"}
    page.press("Record it", **said)

    again = page.press("Record it", **said)

    assert again.errors[0].startswith(CHANGED.format(lawyer))
    assert any("Multi-media CCTV not clipped. Give yours only" in each for each in again.errors)
    assert PoliceFeedback.objects.count() == 1
    again.press("Record it", detail="The second disc too.").see("The reason is recorded.")
    assert PoliceFeedback.objects.count() == 2


def test_a_disc_did_not_end_before_it_went_into_other_hands():
    disc = a_full_disc()
    later = given.NOON + timedelta(days=2)
    carriers.hand_over(disc, media.to("Court 3"), by=None, at=later)
    end = {"to": media.to("PC 2841"), "by": None, "at": later + timedelta(days=1)}

    with pytest.raises(carriers.CarrierRefused, match="to Court 3 on 7 October 2026, so it was"):
        carriers.end_carrier(disc, CarrierEvent.DESTROY, on=given.NOON.date(), **end)

    disc.refresh_from_db()
    assert (disc.state, disc.certificate) == ("HELD", "")
    carriers.end_carrier(disc, CarrierEvent.DESTROY, on=later.date(), **end)


def test_a_disc_that_went_nowhere_ended_on_a_day_before_it_was_recorded_here():
    disc = media.a_disc()

    ended = carriers.end_carrier(
        disc, CarrierEvent.RETURN, to=media.to("PC 2841"),
        on=given.NOON.date() - timedelta(days=1), by=None, at=given.NOON,
    )  # fmt: skip

    assert ended.ended_on == given.NOON.date() - timedelta(days=1)
