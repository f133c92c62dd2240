"""What is unused goes to the defence; the court has it only where somebody decides that."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from forthright.audit.models import Event
from forthright.hard_media.models import Carrier, HandOver, ShareLink, ShareRecord
from forthright.hard_media.services import carriers, going_to, items, stock
from forthright.hard_media.services.for_the_court import UnusedForCourt
from forthright.hard_media.services.losses import Lost, record_loss
from forthright.hard_media.services.passing_on import pass_on
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierEvent
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import (
    COURT,
    NOON,
    a_copy,
    closed_by_guesses,
    shared,
    shared_by_link,
    with_a_file,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
TICK = "The court is to have what is unused"
WHY = "It is played there by the officer."
NAMES = {Receiver.DEFENCE: "Hale LLP", Receiver.COURT: "Court 3", Receiver.COUNSEL: "Ms Aske"}


@pytest.fixture
def unused(hearing):
    return with_a_file(hearing, kind="UNUSED", content=b"disclosed" * 99)


def the_page(hearing):
    return as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/share/")


def court_of(hearing):
    return [replace(media.parties_of(hearing)[0], email="list.office@court.example")]


def a_disc_with(*found):
    disc = media.a_disc()
    carriers.put_on_carrier(disc, found, by=None, at=NOON)
    return disc


def goes(kind, **said):
    return carriers.Hands(kind, NAMES.get(kind, "Cupboard 2"), **said)


def test_the_page_that_shares_says_what_is_unused_and_asks_before_the_court_has_it(
    hearing, item, unused
):
    page = the_page(hearing).see(
        "Unused. Each party reads:", f"Needed where the court gets {unused.exhibit}: what is "
        "disclosed as unused goes to the defence",
    )  # fmt: skip
    answers = {"items": [item.pk, unused.pk], "parties": ["COURT"], "way": "EGRESS"}

    page = page.press("Share them", **answers)

    assert f"{unused.exhibit} is unused" in page.errors[0]
    assert not ShareRecord.objects.exists()
    page.press("Share them", **answers, unused_too="on").see("2 shares are recorded.")
    assert Event.objects.get(name="media.shared").detail["unused_too"] is True


def test_the_defence_has_it_unasked(hearing, unused):
    firm = next(each for each in media.parties_of(hearing) if each.kind == "DEFENCE")

    page = the_page(hearing)
    key = f"DEFENCE {firm.representation.pk}"
    page.press("Share them", items=[unused.pk], parties=[key], way="EGRESS").see("1 share is")


def test_of_what_is_relied_on_nothing_is_asked(hearing, item):
    the_page(hearing).not_see(TICK, "Unused.")
    assert shared(hearing, item, parties=court_of(hearing))


@pytest.mark.parametrize("way", ["LINK", "EGRESS"])
def test_no_way_and_no_copy_of_it_goes_to_the_court_before_it_is_decided(hearing, unused, way):
    court = court_of(hearing)
    clip = a_copy(unused, what="CLIP", box=None)

    with pytest.raises(UnusedForCourt, match="classify it anew on its page"):
        shared(hearing, unused, parties=court, way=way)
    with pytest.raises(UnusedForCourt):
        shared(hearing, copies=[clip], parties=court, way=way)

    assert not ShareRecord.objects.exists()
    assert shared(hearing, copies=[clip], parties=court, way=way, unused_too=True)


def test_a_tick_counts_for_what_the_page_asked_about(hearing, item, unused):
    page = the_page(hearing)
    items.classify_item(item, "UNUSED", reason="Another is clearer.", by=None, at=NOON)
    answers = {"items": [item.pk, unused.pk], "parties": ["COURT"], "way": "EGRESS"}

    page = page.press("Share them", **answers, unused_too="on")

    page.see("This came after you opened the page", f"{item.exhibit} is unused")
    assert not ShareRecord.objects.exists()
    page.press("Share them", **answers, unused_too="on").see("2 shares are recorded.")


def test_a_disc_with_it_goes_to_the_court_only_where_that_is_decided(hearing, item, unused):
    disc = a_disc_with(item, unused)
    ended = {"on": NOON.date(), "by": None, "at": NOON}

    with pytest.raises(going_to.UnusedOnDisc, match=unused.exhibit):
        carriers.hand_over(disc, goes(Receiver.COURT), by=None, at=NOON)
    with pytest.raises(going_to.UnusedOnDisc):
        carriers.end_carrier(disc, CarrierEvent.RETURN, to=goes(Receiver.COURT), **ended)
    asked = goes(Receiver.COURT, unused_too=True, unused_asked={str(item.pk)})
    with pytest.raises(going_to.UnusedOnDisc, match="after you opened the page"):
        carriers.hand_over(disc, asked, by=None, at=NOON)

    assert HandOver.objects.count() == 1
    carriers.hand_over(disc, goes(Receiver.COURT, unused_too=True), by=None, at=NOON)
    assert Event.objects.get(name="disc.handed_over").detail["unused_too"] is True


@pytest.mark.parametrize("kind", [Receiver.DEFENCE, Receiver.COUNSEL, Receiver.POLICE])
def test_a_disc_with_it_goes_to_anybody_else_unasked(unused, kind):
    carriers.hand_over(a_disc_with(unused), goes(kind), by=None, at=NOON)


def test_the_page_of_a_disc_asks_beside_who_gets_it(item, unused):
    address = "/recordings/discs/{}/hand-over/".format
    as_(media.a_lawyer()).open(address(a_disc_with(item).pk)).not_see(TICK)
    page = as_(media.a_lawyer()).open(address(a_disc_with(unused).pk))
    page.see(f"{TICK}: {unused.exhibit}")
    answers = {"to_kind": "COURT", "to_place": "Court 3"}

    page = page.press("Record the hand-over", **answers)

    assert f"Unused on this disc or stick: {unused.exhibit}" in page.errors[0]
    page.press("Record the hand-over", **answers, unused_too="on").see("The hand-over is recorded")


def test_a_missing_disc_that_the_court_has_is_asked_about(unused):
    disc = a_disc_with(unused)
    stock.finish_stock_take(
        stock.begin_stock_take(disc.unit, disc.location, by=None, at=NOON), by=None, at=NOON
    )
    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/found/")
    answers = {"to_kind": "COURT", "location": "Court 3", "reason": "It went with another."}

    page = page.press("Record that it was found", **answers).see("tick that the court is to have")
    page.press("Record that it was found", **answers, unused_too="on").see("is held again")

    assert Event.objects.get(name="disc.held").detail["unused_too"] is True


@pytest.mark.parametrize("is_known", [True, False])
def test_what_is_said_to_be_on_a_disc_that_the_court_has_is_asked_about(item, unused, is_known):
    disc = a_disc_with(*[item] * is_known)
    because = "" if is_known else "The officer says that it is the shop."
    carriers.hand_over(disc, goes(Receiver.COURT, unknown_because=because), by=None, at=NOON)

    with pytest.raises(going_to.UnusedOnDisc, match=rf"{unused.exhibit} is unused.*get it back"):
        carriers.put_on_carrier(disc, [item, unused], by=None, at=NOON)
    with pytest.raises(going_to.UnusedOnDisc, match="after you opened the page"):
        carriers.put_on_carrier(
            disc, [item, unused], unused_decided=[str(item.pk)], by=None, at=NOON
        )
    assert not disc.items.filter(pk=unused.pk).exists()

    carriers.put_on_carrier(disc, [unused], unused_decided=None, by=None, at=NOON)

    last = Event.objects.filter(name="disc.filled").latest("sequence")
    assert last.detail["unused_too"] is True
    carriers.put_on_carrier(disc, [item, unused], by=None, at=NOON)  # it is on it already


def test_what_is_said_to_be_on_a_disc_that_came_back_from_the_court_is_not(item, unused):
    disc = a_disc_with(item)
    carriers.hand_over(disc, goes(Receiver.COURT), by=None, at=NOON)
    carriers.hand_over(disc, goes(Receiver.UNIT), by=None, at=NOON)

    carriers.put_on_carrier(disc, [unused], by=None, at=NOON)


def test_the_page_that_says_what_is_on_a_disc_asks_where_the_court_has_it(item, unused):
    disc = a_disc_with(item)
    address = f"/recordings/discs/{disc.pk}/contents/?urn={item.case.urn}"
    as_(media.a_lawyer()).open(address).not_see(TICK)
    carriers.hand_over(disc, goes(Receiver.COURT), by=None, at=NOON)
    page = as_(media.a_lawyer()).open(address).see(f"{TICK}: {unused.exhibit}")

    page = page.press("Record it", items=[unused.pk])

    assert "is with the court" in page.errors[0]
    page.press("Record it", items=[unused.pk], unused_too="on").see("It is recorded.")


@pytest.mark.parametrize("kind", [Receiver.OTHER, Receiver.UNIT, Receiver.POLICE])
@pytest.mark.parametrize("name", ["HHJ Marlow", "Judge Hill", "Oxford County Court, St Aldates"])
def test_a_name_that_reads_like_the_court_is_asked_about(unused, kind, name):
    disc = a_disc_with(unused)

    with pytest.raises(going_to.PlaceToExplain, match=r"reads like the court.*choose “The court”"):
        carriers.hand_over(disc, carriers.Hands(kind, name), by=None, at=NOON)
    carriers.hand_over(disc, carriers.Hands(kind, name, named_because=WHY), by=None, at=NOON)

    assert HandOver.objects.latest("pk").named_because == WHY


def test_of_what_is_relied_on_only_somebody_else_is_asked_about(item):
    disc = a_disc_with(item)

    carriers.hand_over(disc, carriers.Hands(Receiver.UNIT, "Courtroom 3"), by=None, at=NOON)
    with pytest.raises(going_to.PlaceToExplain, match="reads like the court"):
        carriers.hand_over(disc, carriers.Hands(Receiver.OTHER, "HHJ Marlow"), by=None, at=NOON)


def test_what_went_to_such_a_name_before_is_asked_about_where_something_comes_on_it(item, unused):
    disc = a_disc_with(item)
    carriers.hand_over(disc, goes(Receiver.POLICE), by=None, at=NOON)
    HandOver.objects.filter(to_kind=Receiver.POLICE).update(
        to_kind=Receiver.OTHER, to_place="HHJ Marlow"
    )
    Carrier.objects.update(location="HHJ Marlow")

    with pytest.raises(going_to.UnusedOnDisc, match="“HHJ Marlow”, which reads like the court"):
        carriers.put_on_carrier(disc, [unused], by=None, at=NOON)
    again = carriers.Hands(Receiver.OTHER, "HHJ Marlow", named_because=WHY)
    carriers.hand_over(disc, again, by=None, at=NOON)

    carriers.put_on_carrier(disc, [unused], by=None, at=NOON)


@pytest.mark.parametrize("kind", [Receiver.POLICE, Receiver.UNIT, Receiver.COUNSEL])
def test_what_is_with_such_a_name_is_asked_about_in_either_order(item, unused, kind):
    to = carriers.Hands(kind, "HHJ Marlow, Worcester Crown Court")
    with pytest.raises(going_to.PlaceToExplain, match="reads like the court"):
        carriers.hand_over(a_disc_with(item, unused), to, by=None, at=NOON)
    disc, lawyer = a_disc_with(item), as_(media.a_lawyer())
    carriers.hand_over(disc, to, by=None, at=NOON)

    with pytest.raises(going_to.UnusedOnDisc, match="record there who that is, and, where"):
        carriers.put_on_carrier(disc, [unused], by=None, at=NOON)
    page = lawyer.open(f"/recordings/discs/{disc.pk}/hand-over/")
    answers = {"to_kind": kind, "to_place": to.name}
    page = page.press("Record the hand-over", **answers).see("reads like the court")
    page.press("Record the hand-over", **answers, named_because=WHY).see("is recorded")

    carriers.put_on_carrier(disc, [unused], by=None, at=NOON)


def test_what_became_unused_with_the_police_at_a_court_is_told(item):
    disc, browser = a_disc_with(item), as_(media.a_lawyer())
    there = carriers.Hands(Receiver.POLICE, "PC 2841, Worcester Crown Court")
    carriers.hand_over(disc, there, by=None, at=NOON)
    items.classify_item(item, "UNUSED", reason="Another is clearer.", by=None, at=NOON)
    page, told = f"/recordings/discs/{disc.pk}/", f"Unused on this disc or stick: {item.exhibit}"

    browser.open(page).see(told, "If somebody else has it")
    carriers.hand_over(disc, replace(there, named_because=WHY), by=None, at=NOON)

    browser.open(page).not_see(told)


def test_of_another_unit_called_as_a_court_is_the_name_of_the_place_is_looked_at(item, unused):
    disc, unit = a_disc_with(item), given.a_unit("RASSO")
    unit.name = "Magistrates North"
    unit.save()
    pass_on(disc, unit, goes(Receiver.UNIT), by=None, at=NOON)
    disc.refresh_from_db()

    assert not going_to.with_the_court(disc)


def test_each_page_of_a_disc_asks_why_it_is_not_with_the_court(unused):
    rasso = given.a_unit("RASSO")
    disc, lawyer = a_disc_with(unused), as_(media.a_lawyer())
    page = lawyer.open(f"/recordings/discs/{disc.pk}/hand-over/")
    answers = {"to_kind": "OTHER", "to_place": "HHJ Marlow"}

    page = page.press("Record the hand-over", **answers)

    assert f"unused is on this disc or stick: {unused.exhibit}" in page.errors[0]
    page.press("Record the hand-over", **answers, named_because=WHY).see("is recorded", WHY)
    page = lawyer.open(f"/recordings/discs/{disc.pk}/pass-on/")
    unit = {"unit": rasso.pk, "place": "Courtroom 3"}
    page = page.press("Record the hand-over", **unit).see("reads like the court")
    page.press("Record the hand-over", **unit, named_because=WHY).see(f"is with {rasso} now")


def test_what_became_unused_and_is_with_the_court_is_told(hearing, item):
    media.shared(hearing, item)
    disc, browser = a_disc_with(item), as_(media.a_lawyer())
    carriers.hand_over(disc, goes(Receiver.COURT), by=None, at=NOON)
    case, of_disc = f"/recordings/cases/{hearing.case_id}/", f"/recordings/discs/{disc.pk}/"
    words = "unless the court is to have it"
    browser.open(case).not_see(words)
    browser.open(of_disc).not_see(words)

    items.classify_item(item, "UNUSED", reason="Another is clearer.", by=None, at=NOON)

    browser.open(case).see(f"It is unused. Take it back {words}")
    browser.open(of_disc).see(f"Unused on this disc or stick: {item.exhibit}", words)
    end = {"to": goes(Receiver.COURT, unused_too=True), "on": NOON.date(), "by": None, "at": NOON}
    carriers.end_carrier(disc, CarrierEvent.DESTROY, **end)
    browser.open(of_disc).not_see(words)


def test_a_link_that_the_court_never_opened_and_that_is_over_gave_nothing_to_take_back(
    hearing, item
):
    shared_by_link(hearing, item, parties=COURT)
    items.classify_item(item, "UNUSED", reason="Another is clearer.", by=None, at=NOON)
    case, words = f"/recordings/cases/{hearing.case_id}/", "It is unused. Take it back"
    as_(media.a_lawyer()).open(case).see(words)

    with time_machine.travel(NOON + timedelta(days=40), tick=False):
        as_(media.a_lawyer()).open(case).see("Link expired").not_see(words)
    closed_by_guesses(ShareLink.objects.get(), at=NOON)
    as_(media.a_lawyer()).open(case).see("Too many wrong codes").not_see(words, "Share it anew")


def test_a_disc_that_the_court_had_and_that_is_lost_is_not_to_be_got_back(item):
    disc, browser = a_disc_with(item), as_(media.a_lawyer())
    carriers.hand_over(disc, goes(Receiver.COURT), by=None, at=NOON)
    items.classify_item(item, "UNUSED", reason="Another is clearer.", by=None, at=NOON)
    lost = Lost(noticed_on=NOON.date(), how_known="The court has it no more.", had_last="Court 3")
    record_loss(disc, lost, by=None, at=NOON)

    page = browser.open(f"/recordings/discs/{disc.pk}/").see("It is missing")

    page.not_see("Unused on this disc", "Get it back")


def test_the_record_says_that_it_was_decided_only_where_something_unused_went(
    hearing, item, unused
):
    def said(name):
        return Event.objects.filter(name=name).latest("sequence").detail["unused_too"]

    asked = [str(unused.pk)]
    disc = a_disc_with(item)
    to_police = goes(Receiver.POLICE, unused_too=True)
    carriers.hand_over(disc, to_police, by=None, at=NOON)
    assert said("disc.handed_over") is False
    carriers.hand_over(disc, goes(Receiver.COURT), by=None, at=NOON)
    carriers.put_on_carrier(disc, [item], unused_decided=asked, by=None, at=NOON)
    assert said("disc.filled") is False
    carriers.put_on_carrier(disc, [unused], unused_decided=asked, by=None, at=NOON)
    assert said("disc.filled") is True

    shared(hearing, item, parties=court_of(hearing), unused_too=True, unused_asked=asked)
    assert said("media.shared") is False
    shared(hearing, unused, parties=court_of(hearing), unused_too=True, unused_asked=asked)
    assert said("media.shared") is True
