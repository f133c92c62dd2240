"""What is written of a sensitive recording is read by those alone who may see or hear it."""

import pytest

from forthright.accounts.models import Role
from forthright.hard_media.models import ForcePartner
from forthright.hard_media.services import carriers, feedback, items, stock
from forthright.rules.media_hands import Receiver
from forthright.rules.media_states import CarrierEvent
from tests import given
from tests.client import as_
from tests.hard_media import files, media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
WORDS = ("Kestrel speaks", "Kestrel gives", "kestrel.mp4", "Kestrel is named", "Kestrel again")


@pytest.fixture
def sensitive(hearing):
    item = media.a_requested_item(
        hearing, title="Kestrel speaks", shows="Kestrel gives the address at which he lives now."
    )
    files.a_kept_file(item, name="kestrel.mp4")
    feedback.give_feedback(
        item, "Multi-media CCTV not clipped", detail="Kestrel again", by=None, at=NOON
    )
    item = items.view_item(item, how="All of it.", by=None, at=NOON)
    return items.classify_item(item, "SENSITIVE", reason="Kestrel is named.", by=None, at=NOON)


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.CHIEF_CROWN_PROSECUTOR])
def test_whoever_may_not_hear_it_is_told_that_it_is_sensitive(hearing, sensitive, role):
    browser = as_(given.a_person(role))

    page = browser.open(f"/recordings/items/{sensitive.pk}/")
    page.see(sensitive.exhibit, "Sensitive recording", "for those of its unit who may").not_see(
        *WORDS
    )
    page = browser.open(f"/recordings/cases/{hearing.case_id}/")
    page.see(sensitive.exhibit, "Sensitive recording").not_see(*WORDS)


def test_the_unit_reads_what_is_written(hearing, sensitive):
    browser = as_(media.a_lawyer())

    browser.open(f"/recordings/items/{sensitive.pk}/").see(*WORDS)
    browser.open(f"/recordings/cases/{hearing.case_id}/").see("Kestrel speaks")


def test_one_that_is_not_sensitive_is_read_by_whoever_sees_it(hearing):
    item = media.a_classified_item(hearing, title="The yard")

    browser = as_(given.a_person(Role.INSPECTOR))

    browser.open(f"/recordings/items/{item.pk}/").see("The yard").not_see("Sensitive recording")


def test_the_police_are_asked_again_by_its_exhibit(sensitive):
    items.request_item(sensitive, reason="The sound is missing.", by=None, at=NOON)
    officer = given.a_person(Role.POLICE_PARTNER)
    ForcePartner.objects.create(person=officer, area=officer.area, force="20", set_at=NOON)
    browser = as_(officer)

    browser.open("/owed/").see(sensitive.exhibit, "sensitive recording").not_see("Kestrel speaks")
    page = browser.open(f"/recordings/items/{sensitive.pk}/send/")
    page.see(sensitive.exhibit, "sensitive recording").not_see("Kestrel speaks")


@pytest.fixture
def sent_by_link(hearing):
    came = items.Came(
        source="EGRESS", on=NOON.date(), link="https://egress.example/Kestrel-safe-house",
        declared_hash="Kestrel, as agreed",
    )  # fmt: skip
    item = items.receive_item(media.an_expected_item(hearing), came, by=None, at=NOON)
    item = items.view_item(item, how="All of it.", by=None, at=NOON)
    return items.classify_item(item, "SENSITIVE", by=None, at=NOON)


def of_another_unit():
    return given.a_person(Role.LEGAL_MANAGER, unit=given.a_unit("MAGISTRATES"))


OTHERS = [
    lambda: given.a_person(Role.INSPECTOR),
    lambda: given.a_person(Role.SENIOR_MANAGER),
    lambda: given.a_person(Role.CHIEF_CROWN_PROSECUTOR),
    of_another_unit,
]


@pytest.mark.parametrize("somebody", OTHERS)
def test_the_link_of_the_police_and_the_digest_are_read_by_its_unit_alone(sent_by_link, somebody):
    page = as_(somebody()).open(f"/recordings/items/{sent_by_link.pk}/")
    page.see("Egress").not_see("Kestrel")
    assert "Kestrel" not in page.text

    page = as_(media.a_lawyer()).open(f"/recordings/items/{sent_by_link.pk}/")
    page.see("https://egress.example/Kestrel-safe-house", "Kestrel, as agreed")


def test_who_brought_its_file_is_read_by_its_unit_alone(sensitive):
    sensitive.files.update(begun_by=None, came_from="Kestrel's handler")

    address = f"/recordings/items/{sensitive.pk}/"

    as_(given.a_person(Role.INSPECTOR)).open(address).not_see("handler", *WORDS)
    as_(media.a_lawyer()).open(address).see("Kestrel's handler")


@pytest.fixture
def disc(sensitive):
    kept = media.a_disc(
        written_on_it="Kestrel: address of the informant", received_from="Kestrel's handler",
        is_encrypted=True, password_route="Kestrel telephones",
    )  # fmt: skip
    carriers.put_on_carrier(kept, [sensitive], by=None, at=NOON)
    safe = carriers.Hands(Receiver.UNIT, "Safe of Kestrel")
    carriers.hand_over(kept, safe, note="Kestrel moves house", by=None, at=NOON)
    kept.refresh_from_db()
    return kept


@pytest.mark.parametrize("somebody", OTHERS)
def test_what_is_written_of_a_disc_that_holds_it_is_read_by_its_unit_alone(disc, somebody):
    pages = ("/recordings/discs/", f"/recordings/discs/{disc.pk}/")
    for address in pages:
        page = as_(somebody()).open(address)
        page.see(disc.barcode, "This unit, or its own store", "for its unit")
        assert "Kestrel" not in page.text

    of_unit = as_(media.a_lawyer())
    of_unit.open("/recordings/discs/").see("Kestrel: address of the informant", "Safe of Kestrel")
    of_unit.open(f"/recordings/discs/{disc.pk}/").see(
        "Kestrel: address of the informant", "Kestrel's handler", "Kestrel telephones",
        "Kestrel moves house", "From Shelf 14 to Safe of Kestrel",
    )  # fmt: skip


def test_a_disc_with_the_same_file_as_one_is_read_by_its_unit_alone(hearing, sensitive):
    alike = media.a_requested_item(hearing)
    files.a_kept_file(alike)
    alike.refresh_from_db()
    disc = media.a_disc(written_on_it="Kestrel too")
    carriers.put_on_carrier(disc, [alike], by=None, at=NOON)

    page = as_(given.a_person(Role.INSPECTOR)).open(f"/recordings/discs/{disc.pk}/")
    page.see("for its unit").not_see("Kestrel")


def test_what_is_written_of_another_disc_is_read_by_whoever_sees_it(hearing):
    disc = media.a_disc()
    carriers.put_on_carrier(disc, [media.a_classified_item(hearing)], by=None, at=NOON)
    browser = as_(given.a_person(Role.INSPECTOR))

    browser.open("/recordings/discs/").see("The yard of the Anchor", "Shelf 14")
    browser.open(f"/recordings/discs/{disc.pk}/").see("The yard of the Anchor", "PC 2841")


def test_a_stock_take_names_no_words_of_it_to_others(disc):
    taken = stock.begin_stock_take(disc.unit, disc.location, by=None, at=NOON)
    address = f"/recordings/stock-takes/{taken.pk}/"

    page = as_(given.a_person(Role.INSPECTOR)).open(address)
    page.see(disc.barcode, "Still to find: 1").not_see("informant")
    as_(media.a_lawyer()).open(address).see("Kestrel: address of the informant")


def test_the_places_to_count_are_those_of_the_own_unit(disc):
    page = as_(of_another_unit()).open("/recordings/stock-takes/")
    page.not_see("Safe of Kestrel")
    as_(media.a_lawyer()).open("/recordings/stock-takes/").see("Safe of Kestrel")


def test_its_certificate_bears_no_note_of_it(disc):
    carriers.end_carrier(
        disc, CarrierEvent.RETURN, to=media.to("PC 2841 for Kestrel"), on=NOON.date(), by=None,
        at=NOON,
    )  # fmt: skip
    address = f"/recordings/discs/{disc.pk}/certificate/"

    page = as_(media.a_lawyer()).open(address)
    page.see("1 recording not named here", "PC 2841 for Kestrel", "is left off this certificate")
    page.not_see("Kestrel moves house", "informant")
    page = as_(given.a_person(Role.INSPECTOR)).open(address)
    page.see("1 recording not named here").not_see("Kestrel")
