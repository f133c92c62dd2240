"""Of two who change one thing of the register at once, the second is shown what stands."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.hard_media.models import ForcePartner, Representation
from forthright.hard_media.selectors.periods import periods_of
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.test_pages import TODAY, on

pytestmark = pytest.mark.django_db

CHANGED = "This was changed after you opened the page by {}, Monday 5 October 2026, midday."


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(given.NOON, tick=False):
        yield


def two(address, role=Role.PROSECUTOR):
    people = [given.a_person(role) for _ in range(2)]
    return people[0], *(as_(person).open(address) for person in people)


def test_what_is_known_of_a_recording_is_not_changed_back_unseen():
    item = media.an_expected_item(seconds=750)
    first, theirs, mine = two(f"/recordings/items/{item.pk}/change/")
    theirs.press("Change it", title="Back door")

    page = mine.press("Change it", shows="Nothing is seen.")

    assert page.errors[0].startswith(CHANGED.format(first))
    assert "Title: now it says “Back door”" in page.errors
    assert not [each for each in page.errors if each.startswith("How long")]
    item.refresh_from_db()
    assert (item.title, item.shows) == ("Back door", media.SHOWS)
    page.press("Change it", title="Back door").see("It is changed.")
    item.refresh_from_db()
    assert (item.title, item.shows) == ("Back door", "Nothing is seen.")


def test_a_recording_is_not_classified_over_another_lawyers_head():
    item = media.a_viewed_item()
    first, theirs, mine = two(f"/recordings/items/{item.pk}/decide/classified/")
    theirs.press("Classify it", classification="SENSITIVE")

    page = mine.press("Classify it", classification="RELIED_ON", reason="It is the best view.")

    assert page.errors[0].startswith(CHANGED.format(first))
    item.refresh_from_db()
    assert item.is_sensitive


def test_a_hearing_that_moved_is_not_moved_again_unseen():
    hearing = media.a_hearing(on=TODAY + timedelta(days=21))
    first, theirs, mine = two(f"/recordings/cases/{hearing.case_id}/hearing/")
    theirs = theirs.press("Continue", reason="Adjourned", **on(TODAY + timedelta(days=28)))
    mine = mine.press("Continue", reason="Adjourned by the court", **on(TODAY + timedelta(days=35)))
    theirs.press("Move the hearing")

    page = mine.press("Move the hearing")

    assert page.errors[0].startswith(CHANGED.format(first))
    assert "Now it is on Monday 2 November 2026" in page.errors
    page = page.press("Continue", **on(TODAY + timedelta(days=35))).press("Move the hearing")
    page.see("PTPH Monday 9 November 2026")


def test_a_firm_that_was_recorded_is_not_replaced_unseen():
    hearing = media.a_hearing()
    defendant = hearing.case.defendants.get()
    first, theirs, mine = two(f"/recordings/cases/{hearing.case_id}/defendants/{defendant.pk}/")
    theirs.press("Record it", who="FIRM", firm="Oake & Co")

    page = mine.press("Record it", who="FIRM", firm="Marsh LLP")

    assert page.errors[0].startswith(CHANGED.format(first))
    assert "Firm: now it says “Oake & Co”" in page.errors
    page.press("Record it").see("It is recorded.")
    assert Representation.objects.get(ends_on=None).firm == "Marsh LLP"


def test_periods_are_not_changed_back_unseen():
    first, theirs, mine = two("/recording-periods/change/", Role.ADMINISTRATOR)
    said = {"source": "The board", "reason": "A week is too short."}
    theirs.press("Change them", amber_days=9, **said)

    page = mine.press("Change them", red_days=4, **said)

    assert page.errors[0].startswith(CHANGED.format(first))
    assert [each for each in page.errors if each.endswith("now it says “9”")]
    assert periods_of(first.area)["amber_days"] == 9


def test_the_force_of_a_partner_is_not_set_back_unseen():
    partner = given.a_person(Role.POLICE_PARTNER)
    first, theirs, mine = two(f"/police-partners/{partner.pk}/", Role.ADMINISTRATOR)
    theirs.press("Record it", force="20")

    page = mine.press("Record it", force="22")

    assert page.errors[0].startswith(CHANGED.format(first))
    assert ForcePartner.objects.get(person=partner).force == "20"
