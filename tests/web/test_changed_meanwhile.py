"""Of two who change one thing at once, the second is shown what stands, and overwrites nothing."""

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.letters.selectors.case_facts import wishes_of
from forthright.samples.models import PlanVersion
from forthright.schemes import services
from forthright.standards import services as standards
from tests import given
from tests.client import as_
from tests.samples import weeks

pytestmark = pytest.mark.django_db

CHANGED = "This was changed after you opened the page by {}, Monday 5 October 2026, midday."


@pytest.fixture(autouse=True)
def noon():
    with time_machine.travel(given.NOON, tick=False):
        yield


def two(role, address, **named):
    people = [given.a_person(role, **named) for _ in range(2)]
    return people[0], *(as_(person).open(address) for person in people)


def test_a_person_is_not_changed_back_unseen():
    changed = given.a_person(Role.PROSECUTOR)
    first, theirs, mine = two(Role.ADMINISTRATOR, f"/people/{changed.pk}/change/")
    theirs.press("Save", role=Role.LEGAL_SPOC)

    page = mine.press("Save", job_title="Reviewing lawyer")

    assert page.errors[0].startswith(CHANGED.format(first))
    assert "Role: now it says “Legal SPOC”" in page.errors
    changed.refresh_from_db()
    assert (changed.role, changed.job_title) == (Role.LEGAL_SPOC, "")
    page.press("Save", role=Role.LEGAL_SPOC)
    changed.refresh_from_db()
    assert (changed.role, changed.job_title) == (Role.LEGAL_SPOC, "Reviewing lawyer")


def test_a_drafter_who_was_named_is_not_replaced_unseen():
    duty = given.a_letter_owed()
    unit = given.a_unit("VLU")
    ada, bob = (given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=unit) for _ in range(2))
    first, theirs, mine = two(
        Role.VICTIM_LIAISON_OFFICER, f"/letters/{duty.pk}/drafter/", unit=unit
    )
    theirs.press("Save", drafter=ada.pk)

    page = mine.press("Save", drafter=bob.pk)

    assert page.errors[0].startswith(CHANGED.format(first))
    duty.refresh_from_db()
    assert duty.drafter == ada
    page.press("Save", drafter=bob.pk)
    duty.refresh_from_db()
    assert duty.drafter == bob


def test_a_drafter_who_is_named_at_the_same_moment_is_told_to_the_second(monkeypatch):
    duty = given.a_letter_owed()
    unit = given.a_unit("VLU")
    ada, bob = (given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=unit) for _ in range(2))
    _, theirs, mine = two(Role.VICTIM_LIAISON_OFFICER, f"/letters/{duty.pk}/drafter/", unit=unit)
    name_drafter = services.name_drafter

    def after_the_first(*arguments, **named):
        monkeypatch.setattr(services, "name_drafter", name_drafter)
        theirs.press("Save", drafter=ada.pk)
        return name_drafter(*arguments, **named)

    monkeypatch.setattr(services, "name_drafter", after_the_first)
    page = mine.press("Save", drafter=bob.pk)

    assert f"Drafter: now it says “{ada}”" in page.errors
    duty.refresh_from_db()
    assert duty.drafter == ada


def test_a_criterion_is_not_worded_back_unseen():
    area = given.an_area()
    edition = standards.start_area_standards(area, by=None, at=given.NOON)
    administrator = given.a_person(Role.ADMINISTRATOR)
    draft = standards.copy_edition(edition, by=administrator, at=given.NOON)
    criterion = draft.criteria.get(code="B3")
    first, theirs, mine = two(Role.ADMINISTRATOR, f"/standards/criteria/{criterion.pk}/change/")
    theirs.press("Save", question="Is it kind and plain?")

    page = mine.press("Save", title="Kindness")

    assert page.errors[0].startswith(CHANGED.format(first))
    assert "Question: now it says “Is it kind and plain?”" in page.errors
    criterion.refresh_from_db()
    assert criterion.question == "Is it kind and plain?"


@pytest.mark.parametrize("button", ["See what this can show", "Keep this plan"])
def test_a_sample_plan_is_not_put_back_unseen(button):
    plan = weeks.a_plan()
    first, theirs, mine = two(Role.LEGAL_MANAGER, f"/samples/plans/{plan.pk}/change/")
    said = {"reason": "More letters now"}
    if button == "Keep this plan":
        mine = mine.press("See what this can show", cycle_weeks="4", **said)
    theirs.press("See what this can show", random_size="9", **said).press("Keep this plan")

    page = mine.press(button, **({} if button == "Keep this plan" else said))

    assert page.errors[0].startswith(CHANGED.format(first))
    assert "Drawn at random each week: now it says “9”" in page.errors
    assert PlanVersion.objects.filter(plan=plan).count() == 2


def test_what_must_not_be_used_is_not_lost_to_the_second_of_two():
    duty = given.a_letter_owed()
    first, theirs, mine = two(
        Role.VICTIM_LIAISON_OFFICER, f"/letters/{duty.pk}/reach/", unit=duty.unit
    )
    theirs.press("Keep this", unsafe="48 Albion Street, Kingsbourne")

    page = mine.press("Keep this", is_large_print=True)

    assert page.errors[0].startswith(CHANGED.format(first))
    assert "What must not be used: now it says “48 Albion Street, Kingsbourne”" in page.errors
    assert wishes_of(duty.person).unsafe == ["48 Albion Street, Kingsbourne"]


def test_an_address_is_not_changed_back_unseen():
    duty = given.a_letter_owed()
    first, theirs, mine = two(
        Role.VICTIM_LIAISON_OFFICER, f"/letters/{duty.pk}/details/", unit=duty.unit
    )
    theirs.press("Change it", address="1 Elm Road, Kingsbourne", reason="She rang today at noon.")

    page = mine.press("Change it", phone="01632 960123", reason="The police told us today.")

    assert page.errors[0].startswith(CHANGED.format(first))
    duty.person.refresh_from_db()
    assert (duty.person.address, duty.person.phone) == ("1 Elm Road, Kingsbourne", "")
