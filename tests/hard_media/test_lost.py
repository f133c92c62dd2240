"""A disc that is known to be lost is recorded so on its own page, whoever had it."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.hard_media.models import Carrier, Loss
from forthright.hard_media.selectors.custody import discs_of_copies
from forthright.hard_media.selectors.discs import misplaced
from forthright.hard_media.selectors.gone import missing_since
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.services import carriers, items, losses, stock
from forthright.hard_media.services.going_to import CarrierRefused
from forthright.rules.media_hands import Receiver
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
DAY = timedelta(days=1)
HOW = "It was left in a taxi."


@pytest.fixture
def item(hearing):
    return media.an_expected_item(hearing)


@pytest.fixture
def disc(item):
    disc = media.a_disc()
    carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    disc.refresh_from_db()
    return disc


def lost(disc, *, at=NOON, by=None, **more):
    said = {"noticed_on": NOON.date(), "how_known": HOW, "had_last": "Jo Bird, to court", **more}
    losses.record_loss(disc, losses.Lost(**said), by=by, at=at)
    disc.refresh_from_db()
    return disc


def test_one_disc_is_recorded_as_lost_on_its_page_and_the_others_are_not(item, disc, hearing):
    beside = media.a_disc()
    browser = as_(media.a_lawyer())
    form = browser.open(f"/recordings/discs/{disc.pk}/").follow("It is lost")
    wrong = form.press("Record that it is lost")
    assert wrong.errors == ["Say how it is known", "Say who had it last, or where it lay"]

    page = form.press(
        "Record that it is lost", noticed_on_day="4", how_known=HOW, had_last="Jo Bird"
    )

    page.see("It is recorded as lost", "that it is lost was noticed then", HOW, "Jo Bird")
    page.see("that may be a personal data breach").not_see("a stock-take did not find it")
    disc.refresh_from_db()
    beside.refresh_from_db()
    assert (disc.state, beside.state) == ("MISSING", "HELD")
    (event,) = Event.objects.filter(name="disc.missing")
    assert event.detail == {"loss": Loss.objects.get().pk, "noticed_on": "2026-10-04"}
    assert (
        ladder_of(hearing, NOON.date())
        .items[0]
        .steps[0]
        .why.startswith(f"It came on {disc.barcode}, which is missing since 4 October 2026")
    )
    browser.open(f"/recordings/discs/{disc.pk}/").see("Where it was last").not_see("Where it is")
    browser.open(f"/recordings/discs/{beside.pk}/").see("Where it is").not_see("Where it was last")
    browser.open(f"/recordings/items/{item.pk}/").see("Ask the police for it again")
    browser.open("/").see("1 disc or stick is missing")
    browser.open("/recordings/discs/?missing=yes").see(disc.barcode).not_see(beside.barcode)


def test_something_sensitive_on_it_is_told_at_once_and_its_words_are_for_its_unit(disc, item):
    items.view_item(item, how="All of it.", by=None, at=NOON)
    items.classify_item(item, "SENSITIVE", by=None, at=NOON)
    lost(disc)

    address = f"/recordings/discs/{disc.pk}/"
    as_(media.a_lawyer()).open(address).see("Something on it is sensitive", HOW, "Jo Bird")
    other = as_(given.a_person(Role.SENIOR_MANAGER))
    other.open(address).see("Noticed on").not_see(HOW, "Jo Bird")


def test_one_that_the_court_had_is_lost_there_and_found_with_whom_it_is(disc, item):
    items.view_item(item, how="All of it.", by=None, at=NOON)
    items.classify_item(item, "RELIED_ON", by=None, at=NOON)
    to = carriers.Hands(Receiver.COURT, "Courtroom 3", last_copy_because="They see it first.")
    carriers.hand_over(disc, to, by=None, at=NOON)
    lost(disc, how_known="The court has it no more.", had_last="Courtroom 3")

    with time_machine.travel(NOON + DAY, tick=False):
        form = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/").follow("It was found")
        form.press(
            "Record that it was found", to_kind="UNIT", location="Shelf 9", reason="In a file."
        ).see("is held again", "The court has it no more.")

    disc.refresh_from_db()
    assert (disc.state, disc.location) == ("HELD", "Shelf 9")
    item.refresh_from_db()
    ((one,),) = discs_of_copies([item], item.area).values()
    words = [each.words for each in one.steps]
    assert f"{disc.barcode} recorded as lost, which was noticed on 5 October 2026" in words


def test_it_was_not_lost_before_it_went_on_or_was_found(disc):
    to = carriers.Hands(Receiver.POLICE, "PC 2841", last_copy_because="They have no other.")
    carriers.hand_over(disc, to, by=None, at=NOON)
    form = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/lost/")
    said = {"how_known": HOW, "had_last": "PC 2841"}

    page = form.press("Record that it is lost", noticed_on_day="3", **said)

    assert "handed over to PC 2841 on 5 October 2026" in page.errors[0]
    lost(disc)
    shelf = media.to("Shelf 14", Receiver.UNIT)
    stock.find_carrier(disc, shelf, reason="In a box.", by=None, at=NOON + 3 * DAY)
    with pytest.raises(CarrierRefused, match="to Shelf 14 on 8 October 2026"):
        lost(disc, at=NOON + 4 * DAY, noticed_on=NOON.date() + DAY)
    lost(disc, at=NOON + 4 * DAY, noticed_on=NOON.date() + 3 * DAY)


def test_lost_found_and_missed_by_a_count_it_is_missing_since_the_count(disc):
    lost(disc)
    shelf = media.to("Shelf 14", Receiver.UNIT)
    stock.find_carrier(disc, shelf, reason="In a box.", by=None, at=NOON + DAY)
    taken = stock.begin_stock_take(disc.unit, "Shelf 14", by=None, at=NOON + 2 * DAY)
    stock.finish_stock_take(taken, by=None, at=NOON + 2 * DAY)

    assert missing_since([disc.pk]) == {disc.pk: NOON.date() + 2 * DAY}
    as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/").see("a stock-take did not find it")


def test_a_scan_before_the_loss_does_not_find_it(disc):
    taken = stock.begin_stock_take(disc.unit, "Shelf 14", by=None, at=NOON)
    stock.scan(taken, disc.barcode, by=None, at=NOON)
    lost(disc, at=NOON + timedelta(hours=1))

    stock.finish_stock_take(taken, by=None, at=NOON + timedelta(hours=2))

    disc.refresh_from_db()
    assert disc.state == "MISSING"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"noticed_on": NOON.date() + DAY}, "still to come"),
        ({"noticed_on": NOON.date() - 9 * DAY}, "before the disc or stick came on 2 October 2026"),
        ({"how_known": "."}, "how it is known"),
        ({"had_last": " "}, "who had it last"),
    ],
)
def test_what_cannot_be_is_refused(disc, said, words):
    with pytest.raises(CarrierRefused, match=words):
        lost(disc, **said)


def test_it_is_refused_once_it_is_missing_or_went_on_since(disc):
    stamp = carriers.hands_stamp(disc)
    carriers.hand_over(disc, media.to("Shelf 9", Receiver.UNIT), by=None, at=NOON)
    with pytest.raises(ChangedMeanwhile):
        lost(disc, opened=stamp)
    lost(disc)
    with pytest.raises(CarrierRefused):
        lost(disc)
    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/lost/")
    page.see("It is missing, so it is not recorded as lost now.")


def test_nobody_is_told_to_get_back_what_a_party_lost(item, disc):
    items.view_item(item, how="All of it.", by=None, at=NOON)
    items.classify_item(item, "RELIED_ON", by=None, at=NOON)
    why = "It is seen there first"
    to_court = carriers.Hands(Receiver.COURT, "Courtroom 3", last_copy_because=why)
    carriers.hand_over(disc, to_court, by=None, at=NOON)
    items.classify_item(item, "SENSITIVE", reason="A child is in it.", by=None, at=NOON)
    assert list(misplaced(Carrier.objects.all(), disc.area)) == [disc]

    lost(disc, how_known="The court lost it")

    assert not misplaced(Carrier.objects.all(), disc.area)
    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/")
    page.see("may be a personal data breach").not_see("Get it back")


def test_nobody_of_another_unit_records_it(disc):
    with pytest.raises(NotAllowed):
        lost(disc, by=media.a_lawyer(unit=given.a_unit(Unit.Kind.MAGISTRATES)))
