"""A disc for a case without recordings, or that nobody registered: the way there and back."""

import pytest

from forthright.accounts.models import Role, Unit
from forthright.hard_media.models import Carried, Hearing, MediaItem
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
SAID = {"exhibit": "DM/7", "kind": "CCTV", "named_in": "MG12"}


def contents(disc, urn):
    return f"/recordings/discs/{disc.pk}/contents/?urn={urn}"


def test_a_case_without_recordings_says_so_and_leads_there_and_back(hearing):
    disc, browser = media.a_disc(), as_(media.a_lawyer())

    page = browser.open(contents(disc, hearing.case.urn))

    page.see("This case has no recordings in the register yet").not_see("Record it")
    assert browser.post(page.address).see("has no recordings").errors == []
    page = page.follow("Add a recording").press("Add it", **SAID)
    page.see("DM/7, CCTV is in the register", "Which recordings are on it?")
    item = MediaItem.objects.get()
    page.press("Record it", items=[item.pk]).see("Recordings that were waited for have come")
    assert Carried.objects.get().item == item


def test_one_that_is_not_in_the_list_is_added_from_there(hearing):
    media.an_expected_item(hearing)
    disc, browser = media.a_disc(), as_(media.a_lawyer())

    page = browser.open(contents(disc, hearing.case.urn)).see("that is not in this list?")

    page.follow("Add a recording").press("Add it", **SAID).see(
        disc.barcode, "Which recordings are on it?", "DM/7, CCTV"
    )


def test_a_case_that_is_not_in_the_register_is_put_there_from_the_disc():
    case = given.a_case(urn="20AB7000926")
    disc, browser = media.a_disc(), as_(media.a_lawyer())

    page = browser.open(contents(disc, "20ab7000926")).see("No case of this URN is in the register")
    form = page.follow("Put the case into the register")
    assert form.tree.xpath('//input[@name="urn"]/@value') == ["20ab7000926"]
    page = form.press("Add the case", sent_on_day="1", sent_on_month="10", sent_on_year="2026").see(
        disc.barcode, "This case has no recordings in the register yet"
    )

    assert Hearing.objects.get().case == case
    page.follow("Add a recording").press("Add it", **SAID).see("Which recordings are on it?")


def test_a_case_of_another_unit_says_whose_it_is():
    other = media.a_hearing(urn="20AB7000826", unit=given.a_unit(Unit.Kind.MAGISTRATES))
    disc = media.a_disc()

    page = as_(given.a_person(Role.LEGAL_MANAGER)).open(contents(disc, other.case.urn))

    page.see(f"The case is with {other.unit}: only they add its recordings")
    page.not_see("Add a recording")
    page = as_(media.a_lawyer()).open(contents(disc, other.case.urn))
    page.see("Where it is with another unit, hand the disc or stick over to them")


@pytest.mark.parametrize("number", ["", "x", "²", "9" * 30, "999999"])
def test_a_number_that_is_no_disc_leads_nowhere(hearing, number):
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/add/?disc={number}")

    page.press("Add it", **SAID).see("Named in").not_see("Which recordings are on it?")
