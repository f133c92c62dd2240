"""A disc of a case that moved goes to the unit that works with it, and is theirs from then on."""

import pytest

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.hard_media.services import carriers, stock
from forthright.hard_media.services.carriers import CarrierRefused
from forthright.hard_media.services.following import follow_units
from forthright.hard_media.services.passing_on import pass_on, units_for
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierEvent
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON


@pytest.fixture
def moved():
    """Return a disc of a case that has moved to another unit, its recording, and that unit."""
    hearing = media.a_hearing()
    item, disc = media.an_expected_item(hearing), media.a_disc()
    carriers.put_on_carrier(disc, [item], by=None, at=NOON)
    unit = given.a_unit(Unit.Kind.RASSO)
    hearing.case.unit = unit
    hearing.case.save()
    follow_units([hearing.case_id], by=None, at=NOON)
    return disc, item, unit


def test_the_unit_that_has_it_is_told_and_hands_it_over_from_its_page(moved):
    disc, item, unit = moved
    there = media.a_lawyer(unit=unit)
    as_(there).open(f"/recordings/discs/{disc.pk}/", status=404)
    page = as_(there).open(f"/recordings/items/{item.pk}/")
    page.see(f"in the register of {disc.unit}: have them hand it over to you there")

    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/")
    page.see(f"A case that it is of is with {unit} now")
    form = page.follow("Hand it over to them")
    form.press("Record the hand-over", unit=unit.pk, place="Cupboard 2").see(
        f"{disc.barcode} is with {unit} now"
    )

    page = as_(there).open(f"/recordings/items/{item.pk}/").follow(str(disc))
    page.see("Cupboard 2", f"{unit}, Cupboard 2", "Say what is on it").not_see("A case that it is")
    as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/", status=404)
    event = Event.objects.get(name="disc.passed_on")
    assert (event.detail["of_unit"], event.detail["to_unit"]) == (given.a_unit().pk, unit.pk)


def test_the_unit_that_gets_it_is_told_until_somebody_there_opens_its_page(moved):
    disc, _, unit = moved
    told = "1 disc or stick that another unit handed over to yours"
    there = as_(media.a_lawyer(unit=unit))
    there.open("/").not_see(told)

    pass_on(disc, unit, media.to("Cupboard 2", Receiver.UNIT), by=None, at=NOON)

    as_(media.a_lawyer()).open("/").not_see(told)
    page = there.open("/").see(told).follow(told)
    page.see("Handed over to your unit, and not seen yet").follow(str(disc))
    there.open("/").not_see(told)
    there.open("/recordings/discs/?passed_on=yes").not_see(disc.barcode)


def test_whoever_only_reads_the_register_leaves_it_told(moved):
    disc, _, unit = moved
    pass_on(disc, unit, media.to("Cupboard 2", Receiver.UNIT), by=None, at=NOON)
    above = given.a_person(Role.SENIOR_MANAGER)

    as_(above).open(f"/recordings/discs/{disc.pk}/")

    disc.refresh_from_db()
    assert disc.passed_on_at == NOON


def test_seen_while_it_is_missing_it_is_told_no_more_once_it_is_found(moved):
    disc, _, unit = moved
    pass_on(disc, unit, media.to("Cupboard 2", Receiver.UNIT), by=None, at=NOON)
    type(disc).objects.filter(pk=disc.pk).update(state="MISSING")

    as_(media.a_lawyer(unit=unit)).open(f"/recordings/discs/{disc.pk}/")

    disc.refresh_from_db()
    assert disc.passed_on_at is None


def test_a_count_there_finds_it(moved):
    disc, _, unit = moved
    pass_on(disc, unit, media.to("Cupboard 2", Receiver.UNIT), by=None, at=NOON)

    taken = stock.begin_stock_take(unit, "Cupboard 2", by=None, at=NOON)
    stock.scan(taken, disc.barcode, by=None, at=NOON)

    disc.refresh_from_db()
    assert disc.passed_on_at is None


def test_it_goes_to_no_other_kind_of_unit_and_from_no_other(moved):
    disc, _, unit = moved
    for kind in (Unit.Kind.POLICE, Unit.Kind.VLU):
        with pytest.raises(CarrierRefused, match="Choose another unit"):
            pass_on(disc, given.a_unit(kind), media.to("Shelf", Receiver.UNIT), by=None, at=NOON)
    with pytest.raises(CarrierRefused, match="Choose another unit"):
        pass_on(disc, disc.unit, media.to("Shelf", Receiver.UNIT), by=None, at=NOON)
    assert unit in units_for(disc)
    with pytest.raises(NotAllowed):
        pass_on(disc, unit, media.to("Shelf", Receiver.UNIT), by=media.a_lawyer(unit=unit), at=NOON)


def test_one_that_was_destroyed_goes_nowhere(moved):
    disc, _, unit = moved
    to = carriers.Hands(Receiver.POLICE, "Shredder", last_copy_because="Another is with us.")
    carriers.end_carrier(disc, CarrierEvent.DESTROY, to=to, on=NOON.date(), by=None, at=NOON)

    with pytest.raises(CarrierRefused):
        pass_on(disc, unit, media.to("Shelf", Receiver.UNIT), by=None, at=NOON)


def test_of_two_who_hand_it_over_at_once_the_second_is_told(moved):
    disc, _, unit = moved
    one, two = (as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/pass-on/")
                for _ in range(2))  # fmt: skip
    to = carriers.Hands(Receiver.POLICE, "PC 2841", last_copy_because="They keep the original.")
    carriers.hand_over(disc, to, by=None, at=NOON)

    for page in (one, two):
        answer = page.press("Record the hand-over", unit=unit.pk, place="Cupboard 2")
        assert answer.errors
    disc.refresh_from_db()
    assert disc.unit != unit


def test_a_count_of_another_unit_says_in_whose_register_it_is(moved):
    disc, _, unit = moved
    taken = stock.begin_stock_take(unit, "Cupboard 2", by=None, at=NOON)

    stock.scan(taken, disc.barcode, by=None, at=NOON)

    page = as_(media.a_lawyer(unit=unit)).open(f"/recordings/stock-takes/{taken.pk}/")
    page.see(f"In the register of {disc.unit}: have them hand it over")


def test_what_is_of_a_case_of_another_unit_is_not_offered_to_be_taken_off(moved):
    disc, item, unit = moved
    ours = media.an_expected_item(media.a_hearing())
    carriers.put_on_carrier(disc, [ours], by=None, at=NOON)

    page = as_(media.a_lawyer()).open(f"/recordings/discs/{disc.pk}/put-right/")

    assert [str(each) in page.words for each in (ours, item)] == [True, False]
    page.see(f"What is on it of a case that is with {unit} is not among these")
    page.press("Put it right", not_on_it=[ours.pk], reason="Another was meant.").see(
        "It is put right"
    )
    assert list(disc.items.all()) == [item]
