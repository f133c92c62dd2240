"""The pages of contacts and support, and of how a person is reached."""

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.letters.models import ContactPoint, ContactWishes
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_monday_in_october():
    with time_machine.travel(given.NOON, tick=False):
        yield


def test_a_manager_adds_a_contact_confirms_it_and_retires_it():
    given.an_area()
    page = as_(given.a_person(Role.LINE_MANAGER)).open("/contacts/")
    page.see("No letter can be put together before a telephone number is here.")

    page = page.follow("Add a contact").press("Add it", kind="PHONE", value="01632 960 101")
    page.see("01632 960 101", "To be confirmed")
    page = page.follow("Change 01632 960 101").press("It was checked and is right")
    page.see("Confirmed")
    page = page.follow("Change 01632 960 101").press("Stop naming it in letters")

    page.see("Not used")
    assert ContactPoint.objects.get().retired_on == given.NOON.date()


def test_a_support_service_needs_a_way_to_reach_it():
    page = as_(given.a_person(Role.ADMINISTRATOR)).open("/contacts/support/add/")

    refused = page.press("Add it", name="Refuge")
    kept = page.press("Add it", name="Refuge", phone="01632 960 202", fits=["DOMESTIC_ABUSE"])

    assert refused.errors == ["Enter a telephone number or a web page"]
    kept.see("Refuge", "Domestic abuse")


def test_an_officer_sees_the_contacts_and_changes_none():
    given.an_area_that_writes()
    page = as_(given.a_person(Role.VICTIM_LIAISON_OFFICER)).open("/contacts/")

    page.see("01632 960 101").not_see("Add a contact")


def test_another_areas_contact_is_not_there():
    given.an_area_that_writes()
    elsewhere = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(area=given.an_area("Wessex")))
    contact = ContactPoint.objects.first()

    as_(elsewhere).open(f"/contacts/{contact.pk}/change/", status=404)


def test_an_officer_records_how_a_person_is_reached():
    duty = given.a_letter_to_write()
    officer = given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit(Unit.Kind.VLU))
    page = as_(officer).open(f"/letters/{duty.pk}/reach/")

    refused = page.press("Keep this", channel="VIA_ADVISER")
    page.press("Keep this", channel="VIA_ADVISER", adviser="Ruth Cole", unsafe="1 Old Street\n")

    assert refused.errors == ["Enter who passes the letter on."]
    assert ContactWishes.objects.get().unsafe == ["1 Old Street"]
