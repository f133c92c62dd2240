"""The files of a delivery stay as the police sent them, for the lawyers of the unit alone."""

import hashlib

import pytest

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.disclosure.models import DeliveredFile
from forthright.disclosure.services.bringing import give_up
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
MG6C = duties.a_schedule(*duties.OPEN_ITEMS)


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


@pytest.fixture
def delivery():
    return duties.checked(duties.a_duty(), mg6c_csv=MG6C)


def address(delivery, number=0):
    return f"/disclosure/deliveries/{delivery.pk}/files/{number}/"


def test_a_lawyer_of_the_unit_opens_it_from_the_page_of_the_delivery(delivery):
    her = duties.a_lawyer()
    page = as_(her).open(f"/disclosure/deliveries/{delivery.pk}/")
    assert address(delivery) in {href for _, _, href, _ in page.tree.iterlinks()}

    answer = page.browser.client.get(address(delivery))

    assert answer.content.decode() == MG6C
    assert answer["Content-Type"] == "application/octet-stream"
    assert 'attachment; filename="mg6c.csv"' in answer["Content-Disposition"]
    kept = hashlib.sha256(answer.content).hexdigest()
    assert [each["sha256"] for each in delivery.files] == [kept]
    event = Event.objects.get(name="delivery_file.taken_out")
    assert event.detail == {"file": 0, "sha256": kept}


@pytest.mark.parametrize("role", [Role.LINE_MANAGER, Role.SENIOR_MANAGER, Role.AREA_LEAD])
def test_nobody_else_reaches_it_or_reads_its_name(delivery, role):
    person = given.a_person(role)

    assert as_(person).client.get(address(delivery)).status_code in {403, 404}
    page = as_(person).client.get(f"/disclosure/deliveries/{delivery.pk}/")
    assert "mg6c.csv" not in page.content.decode()
    assert not Event.objects.filter(name="delivery_file.taken_out").exists()


def test_nor_does_a_lawyer_of_another_unit_or_a_number_that_there_is_not(delivery):
    far = given.a_person(Role.PROSECUTOR, unit=given.a_unit(Unit.Kind.RASSO))

    as_(far).open(address(delivery), status=404)
    as_(duties.a_lawyer()).open(address(delivery, 1), status=404)


def test_a_file_that_was_not_read_is_kept_as_well_and_its_page_leads_to_it():
    words = {"mg6c_csv": MG6C, "letter_pdf": "%PDF-1.4 cut short"}
    delivery = duties.checked(duties.a_duty(), **words)

    page = as_(duties.a_lawyer()).open(f"/disclosure/deliveries/{delivery.pk}/")
    page.see("Not read: letter.pdf", "Open it as it came")

    kept = dict(DeliveredFile.objects.values_list("file_name", "content"))
    assert {name: bytes(content).decode() for name, content in kept.items()} == {
        "mg6c.csv": MG6C, "letter.pdf": "%PDF-1.4 cut short",
    }  # fmt: skip


def test_what_is_thrown_away_is_kept_no_longer(delivery):
    give_up(delivery, by=None, at=given.NOON)

    assert not DeliveredFile.objects.exists()
