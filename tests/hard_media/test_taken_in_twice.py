"""A disc that was taken in twice by mistake is one: a manager ends its second record."""

import pytest

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.hard_media.models import WriteOff
from forthright.hard_media.services import carriers, stock, write_offs
from forthright.hard_media.services.going_to import CarrierRefused
from forthright.hard_media.services.passing_on import pass_on
from forthright.hard_media.services.taken_in_twice import end_second_record
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierEvent
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
WHY = "Two people took in the same delivery."


@pytest.fixture
def first():
    return media.a_disc()


@pytest.fixture
def second():
    return media.a_disc()


@pytest.fixture
def manager():
    return given.a_person(Role.LEGAL_MANAGER)


def ended(second, first, by, reason=WHY):
    return end_second_record(second, first, reason=reason, by=by, at=NOON)


def missed(disc):
    count = stock.begin_stock_take(disc.unit, disc.location, by=None, at=NOON)
    stock.finish_stock_take(count, by=None, at=NOON)


@pytest.mark.parametrize("before", [lambda _disc: None, missed])
def test_a_manager_ends_the_second_record_and_nobody_looks_for_it(first, second, manager, before):
    before(second)
    browser, address = as_(manager), f"/recordings/discs/{second.pk}/"
    page = browser.open(address).follow("It was taken in twice")
    assert page.press("End this record").errors == [
        "Enter the barcode of its other record",
        "Say how it is known that there is only one",
    ]
    assert "No other disc" in page.press("End this record", barcode="X", reason=WHY).errors[0]

    after = page.press("End this record", barcode=first.barcode.lower(), reason=WHY)

    after.see("It was taken in twice", f"its record is that of {first}", WHY)
    after.not_see("Look for it.", "The page of each recording on it")
    after.follow(f"See its other record, {first.barcode}")
    browser.open("/recordings/discs/").not_see(second.barcode)
    browser.open("/recordings/discs/?missing=yes").not_see(second.barcode)
    event = Event.objects.get(name="disc.written_off")
    assert (event.by, event.detail["same_as"]) == (manager, first.pk)
    assert WHY not in str(event.detail)


def test_where_the_other_record_went_to_another_unit_its_name_leads_nowhere(first, second, manager):
    ended(second, first, manager)
    unit = given.a_unit(Unit.Kind.MAGISTRATES)
    pass_on(first, unit, media.to("Cupboard 2", Receiver.UNIT), by=None, at=NOON)

    address = f"/recordings/discs/{second.pk}/"
    as_(manager).open(address).follow(f"See its other record, {first.barcode}")
    page = as_(given.a_person(Role.PROSECUTOR)).open(address)

    page.see(f"Its other record, {first.barcode}, is with {unit} now")
    assert f"/recordings/discs/{first.pk}/" not in page.links.values()


def test_found_after_all_it_is_held(first, second, manager):
    ended(second, first, manager)
    second.refresh_from_db()

    to = carriers.Hands(Receiver.UNIT, "Shelf 9")
    stock.find_carrier(second, to, reason="There were two.", by=None, at=NOON)

    second.refresh_from_db()
    assert (second.state, write_offs.standing(second)) == ("HELD", None)


@pytest.mark.parametrize("role", [Role.PROSECUTOR, Role.LEGAL_SPOC])
def test_only_a_manager_decides_it(first, second, role):
    person = given.a_person(role)
    as_(person).open(f"/recordings/discs/{second.pk}/").not_see("It was taken in twice")
    with pytest.raises(NotAllowed, match="A legal manager or a line manager"):
        ended(second, first, person)


def test_what_holds_something_is_put_right_first(first, second, manager, hearing):
    carriers.put_on_carrier(second, [media.an_expected_item(hearing)], by=None, at=NOON)
    with pytest.raises(CarrierRefused, match="Something is recorded as on it"):
        ended(second, first, manager)


def test_so_is_what_somebody_else_has_and_what_ended(first, second, manager):
    to = carriers.Hands(Receiver.POLICE, "PC 2841")
    carriers.hand_over(second, to, by=None, at=NOON)
    with pytest.raises(CarrierRefused, match="It is recorded as with somebody else"):
        ended(second, first, manager)
    carriers.end_carrier(second, CarrierEvent.RETURN, to=to, on=NOON.date(), by=None, at=NOON)
    with pytest.raises(CarrierRefused, match="It is recorded as returned"):
        ended(second, first, manager)


def test_it_needs_another_record_of_the_unit_and_why_and_is_done_once(first, second, manager):
    theirs = media.a_disc(unit=given.a_unit(Unit.Kind.MAGISTRATES))
    for other in (second, theirs):
        with pytest.raises(CarrierRefused, match="Choose the other record"):
            ended(second, other, manager)
    with pytest.raises(CarrierRefused, match="Say how it is known"):
        ended(second, first, manager, reason=" ")
    assert not WriteOff.objects.exists()
    ended(second, first, manager)
    with pytest.raises(CarrierRefused, match="written off already"):
        ended(second, first, manager)


def test_one_of_its_two_records_stays(first, second, manager):
    ended(second, first, manager)

    with pytest.raises(CarrierRefused, match=f"{second.barcode} is written off"):
        ended(first, second, manager)


def test_a_record_that_was_written_off_as_lost_is_looked_for_first(first, second, manager):
    missed(first)
    lost = write_offs.Decision(reason="Not in any cupboard.", done=["REPLACED"])
    write_offs.write_off(first, lost, by=manager, at=NOON)

    page = as_(manager).open(f"/recordings/discs/{second.pk}/").follow("It was taken in twice")
    errors = page.press("End this record", barcode=first.barcode, reason=WHY).errors

    assert f"on the page of {first.barcode} first that it is looked for again" in errors[0]
    write_offs.look_again(first, reason="It lay here.", by=manager, at=NOON)
    ended(second, first, manager)
    assert write_offs.standing(first) is None
