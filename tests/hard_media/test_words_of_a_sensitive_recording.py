"""What is written of a sensitive recording is read by those alone who may see or hear it."""

import pytest

from forthright.accounts.models import Role
from forthright.hard_media.models import ForcePartner
from forthright.hard_media.services import feedback, items
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
