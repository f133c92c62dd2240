"""A disc with what is taken back is named, and asked for while it is with whoever had it."""

from datetime import timedelta

import pytest

from forthright.hard_media.models import ShareRecord
from forthright.hard_media.selectors.asked_back import to_ask_for
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.services import carriers, items, sharing
from forthright.hard_media.services.not_ended import undo_ending
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierEvent
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import COURT, shared, shared_by_link, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
HALE = media.to("Hale LLP", Receiver.DEFENCE)
SHELF = media.to("Shelf 14", Receiver.UNIT)


def handed(item, to=HALE, **fields):
    disc = media.a_disc(**fields)
    carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    carriers.hand_over(disc, to, by=None, at=NOON)
    return disc


def taken_back(share):
    page = as_(media.a_lawyer()).open(f"/recordings/shares/{share.pk}/take-back/")
    return page, page.press("It was taken back", reason="A stranger's flat is seen.")


def asked(item):
    return [(each.share.way, [one.barcode for one in each.discs]) for each in to_ask_for([item.pk])]


@pytest.mark.parametrize("way", ["DISC", "LINK", "EGRESS"])
def test_the_disc_is_named_before_and_after_and_asked_for(hearing, item, way):
    disc = handed(item)
    shared(hearing, item, way=way)

    before, after = taken_back(ShareRecord.objects.get())

    named = f"{disc.barcode}, with it on, is with them. Get it back"
    before.see(named)
    after.see(named, "Ask Hale LLP", "to delete or return what they have")
    browser = after.browser
    case = browser.open(f"/recordings/cases/{hearing.case_id}/")
    case.see("Taken back, and to be asked for", f"{disc.barcode} with it on is with them")
    case.not_see("no share with", "Record that it was shared on a disc")
    browser.open(f"/recordings/discs/{disc.pk}/").not_see("no share with")
    browser.open("/").see("may still be with whoever had it")
    assert ladder_of(hearing, NOON.date()).standing != "READY"
    assert asked(item) == [(way, [disc.barcode])]


def test_an_unopened_link_is_asked_for_until_the_disc_is_back(hearing, item):
    disc = handed(item)
    shared_by_link(hearing, item)
    sharing.revoke_share(ShareRecord.objects.get(), reason="A flat.", by=None, at=NOON)
    assert asked(item) == [("LINK", [disc.barcode])]

    carriers.hand_over(disc, SHELF, by=None, at=NOON + timedelta(minutes=5))

    assert asked(item) == []


@pytest.mark.parametrize("to", [media.to("PC 2841"), HALE])
def test_it_is_asked_for_where_it_was_recorded_by_mistake_that_it_left_them(hearing, item, to):
    disc = handed(item)
    shared_by_link(hearing, item)
    sharing.revoke_share(ShareRecord.objects.get(), reason="A flat.", by=None, at=NOON)
    later = NOON + timedelta(minutes=5)
    carriers.end_carrier(
        disc, CarrierEvent.RETURN, to=to, on=later.date(), by=None, at=later
    )  # fmt: skip

    undo_ending(disc, reason="The disc beside it.", by=None, at=later + timedelta(minutes=5))

    assert asked(item) == [("LINK", [disc.barcode])]
    as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/").not_see("no share with")


def test_what_is_withdrawn_names_the_disc(hearing, item):
    disc = handed(item)
    shared_by_link(hearing, item)

    items.withdraw_item(item, reason="It is of another case.", by=None, at=NOON)

    assert asked(item) == [("LINK", [disc.barcode])]


def test_the_disc_with_the_same_file_as_another_exhibit_is_named(hearing, item):
    disc = handed(with_a_file(hearing))
    shared_by_link(hearing, item)

    before, after = taken_back(ShareRecord.objects.get())

    for page in (before, after):
        page.see(f"{disc.barcode}, with it on, is with them")


@pytest.mark.parametrize(
    ("to", "fields"),
    [
        pytest.param(media.to("Orr LLP", Receiver.DEFENCE), {}, id="another firm"),
        pytest.param(media.to("Court 3", Receiver.COURT), {}, id="the court"),
        pytest.param(media.to("PC 2841"), {}, id="the police"),
        pytest.param(HALE, {"received_from": "Hale LLP"}, id="it is theirs"),
    ],
)
def test_a_disc_that_they_were_not_given_is_not_named(hearing, item, to, fields):
    hale = media.parties_of(hearing)[1:]
    media.represented(hearing, media.a_defendant(hearing), "Orr LLP")
    handed(item, to, **fields)
    shared_by_link(hearing, item, parties=hale)

    before, after = taken_back(ShareRecord.objects.get())

    for page in (before, after):
        page.not_see("with it on, is with")
    assert asked(item) == []


def test_the_disc_is_theirs_where_they_have_the_recording_by_another_share(hearing, item):
    handed(item)
    shared_by_link(hearing, item)
    link = ShareRecord.objects.get()
    shared(hearing, item, way="EGRESS")

    sharing.revoke_share(link, reason="It is there twice.", by=None, at=NOON)

    assert asked(item) == []


def test_counsel_and_the_court_are_asked_for_their_discs_too(hearing, item):
    court = handed(item, media.to("Court 3", Receiver.COURT))
    counsel = handed(item, media.to("Mr Pike", Receiver.COUNSEL))
    parties = [*COURT, sharing.Party(kind="COUNSEL", email="pike@chambers.example")]
    shared_by_link(hearing, item, parties=parties)
    for each in ShareRecord.objects.all():
        sharing.revoke_share(each, reason="A flat.", by=None, at=NOON)

    assert asked(item) == [("LINK", [court.barcode]), ("LINK", [counsel.barcode])]
