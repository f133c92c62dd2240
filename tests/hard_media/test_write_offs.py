"""A disc that stays missing is written off by a manager, and held again where it is found."""

from datetime import timedelta

import pytest

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.hard_media.models import WriteOff
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.services import carriers, stock, write_offs
from forthright.hard_media.services.going_to import CarrierRefused
from forthright.rules.media_hands import Receiver
from forthright.rules.weeks import week_of
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
WHY = "It was looked for in every room, and nobody has it."


@pytest.fixture
def disc(hearing):
    return lost(media.an_expected_item(hearing))


@pytest.fixture
def manager():
    return given.a_person(Role.LEGAL_MANAGER)


def lost(item):
    disc = media.a_disc()
    carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    count = stock.begin_stock_take(disc.unit, disc.location, by=None, at=NOON)
    stock.finish_stock_take(count, by=None, at=NOON)
    disc.refresh_from_db()
    return disc


def written_off(disc, manager, *done):
    decision = write_offs.Decision(reason=WHY, done=done or ("POLICE",))
    return write_offs.write_off(disc, decision, by=manager, at=NOON)


def discs_counted(area):
    week = week_of(NOON.date())
    facts = backlog_of(area, week, week.plus(-12), as_of=week.sunday + timedelta(days=1))
    return [each.id for each in facts.discs]


def test_a_manager_writes_it_off_and_it_leaves_what_is_looked_for(disc, manager, hearing):
    browser = as_(manager)
    browser.open("/recordings/discs/?missing=yes").see(disc.barcode)
    assert discs_counted(disc.area) == [disc.pk]
    page = browser.open(f"/recordings/discs/{disc.pk}/").follow("Write it off")
    assert page.press("Write it off").errors == [
        "Say why it is looked for no more", "Choose what was done about it",
    ]  # fmt: skip

    after = page.press("Write it off", reason=WHY, done=["POLICE", "REPLACED"])

    after.see("was written off by", WHY, "The police were told. Another copy of what is on it")
    for address in ("?missing=yes", ""):
        browser.open(f"/recordings/discs/{address}").not_see(disc.barcode)
    browser.open("/recordings/discs/?all=yes").see(disc.barcode, "Missing, written off")
    browser.open("/").not_see("disc or stick is missing")
    assert discs_counted(disc.area) == []
    (event,) = Event.objects.filter(name="disc.written_off")
    assert (event.by, event.detail["done"]) == (manager, ["POLICE", "REPLACED"])
    assert WHY not in str(event.detail)
    # What is on it is here no more than before.
    assert "which is missing since" in ladder_of(hearing, NOON.date()).items[0].steps[0].why


def test_found_it_is_held_and_the_decision_stays_to_be_seen(disc, manager):
    written_off(disc, manager)

    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/found/")
    page = page.press(
        "Record that it was found", to_kind="UNIT", location="Shelf 9", reason="Behind the shelf."
    )

    page.see("is held again", WHY, "Found,").not_see("nobody looks for it")
    assert WriteOff.objects.get().ended_at == NOON
    assert Event.objects.get(name="disc.not_written_off").detail["was_found"] is True


def test_so_it_is_where_a_stock_take_finds_it(disc, manager):
    written_off(disc, manager)
    count = stock.begin_stock_take(disc.unit, "Shelf 9", by=None, at=NOON)
    stock.scan(count, disc.barcode, by=None, at=NOON)
    stock.finish_stock_take(count, by=None, at=NOON)

    disc.refresh_from_db()

    assert (disc.state, write_offs.standing(disc)) == ("HELD", None)


def test_it_is_looked_for_again_with_why(disc, manager):
    written_off(disc, manager)
    page = as_(manager).open(f"/recordings/discs/{disc.pk}/").follow("Look for it again")

    after = page.press("Look for it again", reason="Another disc was meant.")

    after.see("Look for it.", "Looked for again", "Another disc was meant.")
    as_(manager).open("/recordings/discs/?missing=yes").see(disc.barcode)
    again = written_off(disc, manager)
    assert write_offs.standing(disc) == again


@pytest.mark.parametrize("role", [Role.PROSECUTOR, Role.LEGAL_SPOC])
def test_only_a_manager_decides_it(disc, role):
    person = given.a_person(role)
    as_(person).open(f"/recordings/discs/{disc.pk}/").see("It was found").not_see("Write it off")
    with pytest.raises(NotAllowed, match="A legal manager or a line manager"):
        written_off(disc, person)


def test_of_something_sensitive_it_is_reported_first(hearing, manager):
    disc = lost(media.a_classified_item(hearing, kind="SENSITIVE"))
    with pytest.raises(CarrierRefused, match="Report within your office"):
        written_off(disc, manager, "POLICE")
    written_off(disc, manager, "POLICE", "OFFICE")


def test_what_is_held_is_not_written_off_nor_anything_twice(hearing, manager, disc):
    with pytest.raises(CarrierRefused, match="It is not missing"):
        written_off(media.a_disc(), manager)
    written_off(disc, manager)
    with pytest.raises(CarrierRefused, match="written off already"):
        written_off(disc, manager)
    to = carriers.Hands(Receiver.UNIT, "Shelf 9")
    stock.find_carrier(disc, to, reason="Behind the shelf.", by=None, at=NOON)
    with pytest.raises(CarrierRefused, match="It is not written off"):
        write_offs.look_again(disc, reason="Another was meant.", by=manager, at=NOON)
