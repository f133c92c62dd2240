"""A disc that somebody else has holds nothing here, until it comes back."""

from datetime import timedelta

import pytest

from forthright.hard_media.models import HandOver
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.selectors.last_copies import here_only_on
from forthright.hard_media.services import carriers, items
from forthright.hard_media.services.going_to import LastCopy
from forthright.hard_media.services.not_ended import undo_ending
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierEvent
from forthright.rules.words import date_words
from tests import given
from tests.client import as_
from tests.hard_media import files, media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON, TODAY = given.NOON, given.NOON.date()
WHY = "They make another copy of it."
NOT_HERE = "1 case with a recording that is not here any more"


def on_a_disc(*recordings, **fields):
    disc = media.a_disc(**fields)
    carriers.put_on_carrier(disc, list(recordings), by=None, at=NOON)
    for each in recordings:
        each.refresh_from_db()
    return disc


def given_to(disc, name="PC 2841, Malvern", kind=Receiver.POLICE, because=WHY, at=NOON):
    to = carriers.Hands(kind, name, last_copy_because=because)
    carriers.hand_over(disc, to, by=None, at=at)
    disc.refresh_from_db()
    return disc


def received(hearing):
    (only,) = ladder_of(hearing, TODAY).items
    return only.steps[0]


def relied_on(item):
    items.view_item(item, how="All of it.", by=None, at=NOON)
    items.classify_item(item, "RELIED_ON", by=None, at=NOON)
    item.refresh_from_db()


def test_the_only_copy_is_handed_over_with_why_and_is_not_here_until_it_is_back(hearing):
    item = media.an_expected_item(hearing)
    disc = on_a_disc(item)
    browser = as_(media.a_lawyer())
    browser.open("/").see("1 recording to view")
    page = browser.open(f"/recordings/discs/{disc.pk}/hand-over/")
    page.see(f"Nothing else here holds {item}. It may go all the same")
    said = {"to_kind": "POLICE", "to_place": "PC 2841, Malvern"}

    for more in ({}, {"is_last_copy": "on"}, {"last_copy_because": WHY}):
        refused = page.press("Record the hand-over", **said, **more)
        assert refused.errors[0].startswith(f"Nothing else here holds {item}: no file, no link")
        assert HandOver.objects.count() == 1
    after = page.press(
        "Record the hand-over", **said, is_last_copy="on", last_copy_because=WHY
    )  # fmt: skip

    after.see(f"Why it went all the same: {WHY}")
    after.see("PC 2841, Malvern, since Monday 5 October 2026")
    since = "with PC 2841, Malvern since 5 October 2026"
    why = f"It came on {disc.barcode}, which is {since}. Nothing of it is here unless that comes"
    step = received(hearing)
    assert not step.reached
    assert step.why.startswith(why)
    page = browser.open(f"/recordings/items/{item.pk}/").see("It is not here.", why)
    page.see(f"{disc}: {since}")
    browser.open("/").not_see("recording to view").see(NOT_HERE)

    page = browser.open(f"/recordings/discs/{disc.pk}/hand-over/").not_see("only copy here")
    page.press("Record the hand-over", to_kind="UNIT", to_place="Cupboard 2").not_see(", since")
    assert received(hearing).reached
    browser.open("/").see("1 recording to view").not_see(NOT_HERE)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (Receiver.POLICE, "PC 2841"),
        (Receiver.COURT, "Court 3"),
        (Receiver.DEFENCE, "Hale LLP"),
        (Receiver.COUNSEL, "Mr Pike"),
        (Receiver.OTHER, "The laboratory"),
    ],
)
def test_whoever_else_gets_it_is_not_this_unit(hearing, kind, name):
    item = media.an_expected_item(hearing)
    disc = on_a_disc(item)
    relied_on(item)
    with pytest.raises(LastCopy):
        given_to(disc, name, kind, because="")
    given_to(disc, name, kind)
    assert not received(hearing).reached
    given_to(disc, "Cupboard 2", Receiver.UNIT, because="")
    assert received(hearing).reached


def test_within_the_unit_nothing_is_asked(hearing):
    given_to(on_a_disc(media.an_expected_item(hearing)), "Shelf 15", Receiver.UNIT, because="")
    assert received(hearing).reached


def test_what_somebody_else_has_goes_on_without_being_asked_again(hearing):
    disc = given_to(on_a_disc(media.an_expected_item(hearing)))
    given_to(disc, "PC 1177", because="")
    assert "with PC 1177 since" in received(hearing).why


def test_a_disc_that_somebody_else_has_is_no_other_copy(hearing):
    item = media.an_expected_item(hearing)
    first, second = on_a_disc(item), on_a_disc(item, location="Shelf 15")
    given_to(first, because="")
    assert received(hearing).reached
    assert here_only_on(second, TODAY) == [item]
    with pytest.raises(LastCopy, match="no other disc with us"):
        given_to(second, because="")


@pytest.mark.parametrize("make", [media.a_received_item, None])
def test_what_is_here_otherwise_is_here(hearing, make):
    item = make(hearing) if make else media.a_requested_item(hearing)
    if make is None:
        files.a_kept_file(item)
    given_to(on_a_disc(item), because="")
    assert received(hearing).reached


def test_once_everybody_has_it_nothing_more_waits_for_it(hearing):
    item = media.an_expected_item(hearing)
    disc = on_a_disc(item)
    relied_on(item)
    media.shared(hearing, item)
    given_to(disc)
    ladder = ladder_of(hearing, TODAY)
    assert (ladder.is_ready, ladder.has_gone) == (True, False)
    assert received(hearing).why.endswith("Nothing of it is here unless that comes back.")


def test_of_one_with_something_sensitive_no_name_is_said(hearing):
    item = media.an_expected_item(hearing)
    disc = on_a_disc(item, media.a_classified_item(hearing, kind="SENSITIVE"))
    given_to(disc)
    whys = [each.steps[0].why for each in ladder_of(hearing, TODAY).items]
    assert any("which is with the police since 5 October 2026" in each for each in whys)
    assert not any("PC 2841" in each for each in whys)


def test_one_that_was_never_returned_is_where_it_was_since_it_went_there(hearing):
    disc = given_to(on_a_disc(media.an_expected_item(hearing)))
    later = NOON + timedelta(days=2)
    to = carriers.Hands(Receiver.POLICE, "PC 2841", last_copy_because=WHY)
    carriers.end_carrier(disc, CarrierEvent.RETURN, to=to, on=later.date(), by=None, at=later)
    undo_ending(disc, reason="The disc beside it was meant.", by=None, at=later)
    assert "with PC 2841, Malvern since 5 October 2026" in received(hearing).why
    assert HandOver.objects.order_by("pk").last().last_copy_because == WHY


@pytest.mark.parametrize(("days", "is_last"), [(-1, True), (0, True), (7, True), (8, False)])
def test_a_link_that_ends_within_a_week_is_no_other_copy(hearing, days, is_last):
    item, ends = media.an_expected_item(hearing), TODAY + timedelta(days=days)
    came = items.Came(source="DEMS", on=TODAY, link="https://dems.example/x", link_expires_on=ends)
    items.receive_item(item, came, by=None, at=NOON)
    disc = on_a_disc(item)

    assert bool(here_only_on(disc, TODAY)) is is_last
    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/end/")
    says = f"Nothing else here holds {item} (its link ends on {date_words(ends)})"
    (page.see if is_last and days >= 0 else page.not_see)(says)
    if is_last:
        with pytest.raises(LastCopy, match="no link that opens for longer than 7 days"):
            given_to(disc, because="")


def test_whoever_said_why_it_may_go_to_the_police_is_not_asked_again_as_it_is_returned(hearing):
    disc = given_to(on_a_disc(media.an_expected_item(hearing)))
    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/end/").not_see("only copy here")

    page.press("Record it", event="RETURN", to_kind="POLICE", to="PC 2841, Malvern").see(
        "It is recorded"
    )

    assert not received(hearing).reached


def test_back_in_between_it_is_asked_again(hearing):
    disc = given_to(on_a_disc(media.an_expected_item(hearing)))
    given_to(disc, "Shelf 14", Receiver.UNIT, because="")
    with pytest.raises(LastCopy):
        ended(disc)


def test_what_nobody_gave_a_reason_for_is_asked_about_as_it_is_returned(hearing):
    disc = given_to(on_a_disc(media.an_expected_item(hearing)))
    later = media.an_expected_item(hearing)
    carriers.put_on_carrier(disc, [later], by=None, at=NOON + timedelta(minutes=1))
    with pytest.raises(LastCopy, match=str(later)):
        ended(disc)


def ended(disc):
    to = carriers.Hands(Receiver.POLICE, "PC 2841, Malvern")
    carriers.end_carrier(disc, CarrierEvent.RETURN, to=to, on=TODAY, by=None, at=NOON)
