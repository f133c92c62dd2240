"""Where a deputy goes away themselves, nobody is sent to them, and it says who can act."""

from datetime import date, time

import pytest
import time_machine

from forthright.accounts.models import Role, Unit, User
from forthright.morning_lists.models import DigestChoice
from forthright.morning_lists.selectors.digests import wanting_now
from tests import given
from tests.client import as_
from tests.morning_lists import mornings
from tests.morning_lists.mornings import MORNING, TODAY, a_cover, a_letter

pytestmark = pytest.mark.django_db
FRIDAY = date(2026, 10, 9)


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def spoc():
    a_letter()
    return mornings.a_spoc()


@pytest.fixture
def third():
    return mornings.a_prosecutor(given.a_unit(Unit.Kind.RASSO))


def page_of(spoc, reader=None):
    reader = reader or given.a_person(Role.LINE_MANAGER, unit=spoc.unit)
    return as_(reader).open(f"/morning/{spoc.unit_id}/")


def covered_by_one_away(spoc, third, unit=None):
    """Return a deputy of some SPOC who went away themselves after they were named."""
    deputy = mornings.a_spoc(unit)
    a_cover(spoc, deputy, last=FRIDAY)
    a_cover(deputy, third, last=TODAY)
    return deputy


def test_nobody_is_said_to_be_covered_by_whoever_is_away_too(spoc, third):
    deputy = covered_by_one_away(spoc, third, given.a_unit(Unit.Kind.CCU))

    page = page_of(spoc)

    page.not_see(f"{deputy} covers for {spoc}")
    page.see(
        f"{deputy}, who was to cover for {spoc}, is away too until the end of Monday 5 October "
        f"2026, so nobody covers for {spoc}. Name another deputy"
    )
    page.follow("Name another deputy").see("Deputy away", "End this, and name another.")


def test_whoever_names_no_deputy_is_told_whom_to_ask(spoc, third):
    covered_by_one_away(spoc, third, given.a_unit(Unit.Kind.CCU))
    other = a_cover(mornings.a_spoc(), given.a_person(Role.LEGAL_SPOC, unit=spoc.unit)).deputy
    User.objects.filter(pk=other.pk).update(role=Role.PROSECUTOR)

    page = page_of(spoc, User.objects.get(pk=other.pk))

    page.see(f"so nobody covers for {spoc}. Ask a manager of the unit to name another deputy.")


def test_a_deputy_who_is_back_is_named_again(spoc, third):
    deputy = covered_by_one_away(spoc, third, given.a_unit(Unit.Kind.CCU))

    with time_machine.travel(given.at("2026-10-06 09:30"), tick=False):
        page_of(spoc).see(f"{deputy} covers for {spoc} until the end of Friday 9 October 2026.")


def test_whoever_covers_for_the_deputy_in_the_unit_is_named(spoc, third):
    deputy = covered_by_one_away(spoc, third)

    page = page_of(spoc)

    page.not_see(f"{deputy} covers for {spoc}", "nobody covers")
    page.see(
        f"{third} covers for {deputy} until the end of Monday 5 October 2026.",
        f"{third} does the work of {spoc} here too: {deputy}, who was to cover for {spoc}, is away "
        "until the end of Monday 5 October 2026.",
    )
    as_(third).open(f"/morning/{spoc.unit_id}/").see(f"You cover for {deputy}")
    page.follow("Name a deputy for days away").see(
        f"{third}, who covers for {deputy}, does the work of {spoc} today."
    )


def test_a_row_of_deputies_who_are_all_away_ends_with_nobody(spoc, third):
    second = mornings.a_spoc()
    deputy = covered_by_one_away(spoc, second)
    a_cover(second, third, last=TODAY)
    third_away = page_of(spoc)
    third_away.see(f"{third} does the work of {spoc} here too", f"{third} covers for {second}")

    User.objects.filter(pk=third.pk).update(is_active=False)

    page = page_of(spoc)
    page.see(f"so nobody covers for {spoc}.", f"so nobody covers for {deputy}.")


@pytest.mark.parametrize("kind", [Unit.Kind.CROWN_COURT, Unit.Kind.CCU])
def test_the_e_mail_goes_to_who_does_the_work_and_not_to_who_is_away(kind, spoc, third):
    DigestChoice.objects.create(
        person=spoc, is_wanted=True, hour=time(8), chosen_at=given.at("2026-10-01 12:00")
    )
    deputy = covered_by_one_away(spoc, third, given.a_unit(kind))

    wanting = wanting_now(spoc.area, MORNING)

    assert deputy not in wanting
    assert (third in wanting) is (deputy.unit_id == spoc.unit_id)
