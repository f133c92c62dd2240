"""A legal SPOC who moved to another unit has a deputy there, whatever was named in the old one."""

from datetime import date

import pytest
import time_machine
from django.http import Http404

from forthright.accounts.models import Role, Unit, User
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.morning_lists.models import Cover
from forthright.morning_lists.selectors.covers import cover_for, covering_on
from forthright.morning_lists.services.covering import (
    CoverRefused,
    NewCover,
    end_cover,
    name_deputy,
)
from tests import given
from tests.client import as_
from tests.morning_lists import mornings
from tests.morning_lists.mornings import MORNING, a_cover

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 10, 12), date(2026, 10, 16)


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def unit():
    return given.a_unit(Unit.Kind.RASSO)


@pytest.fixture
def old():
    """Return the cover of a legal SPOC in the unit that they left then."""
    return a_cover(mornings.a_spoc(), mornings.a_prosecutor(), first=FIRST, last=LAST)


@pytest.fixture
def spoc(old, unit):
    User.objects.filter(pk=old.spoc_id).update(unit=unit)
    return User.objects.get(pk=old.spoc_id)


@pytest.fixture
def deputy(unit):
    return mornings.a_prosecutor(unit)


def new(spoc, deputy, **days):
    days = {"first_day": FIRST, "last_day": LAST, **days}
    return NewCover(spoc=spoc, deputy=deputy, **days)


@pytest.mark.parametrize("by", ["the SPOC", "a manager of the new unit"])
def test_a_deputy_is_named_in_the_new_unit_for_the_same_days(by, old, spoc, deputy, unit):
    namer = spoc if by == "the SPOC" else given.a_person(Role.LINE_MANAGER, unit=unit)

    named = name_deputy(unit, new(spoc, deputy), by=namer, at=MORNING)

    assert [each.unit_id for each in covering_on(deputy, FIRST)] == [named.unit_id]
    assert covering_on(old.deputy, FIRST) == ()


def test_in_the_new_unit_a_day_has_one_deputy_as_before(spoc, deputy, unit):
    name_deputy(unit, new(spoc, deputy), by=spoc, at=MORNING)

    with pytest.raises(CoverRefused, match=f"{deputy} covers from .* already. End that first"):
        name_deputy(unit, new(spoc, mornings.a_prosecutor(unit)), by=spoc, at=MORNING)


def test_whoever_is_back_in_the_old_unit_has_the_deputy_there_again_and_no_second(
    old, spoc, deputy, unit
):
    name_deputy(unit, new(spoc, deputy), by=spoc, at=MORNING)
    User.objects.filter(pk=spoc.pk).update(unit=old.unit)
    spoc = User.objects.get(pk=spoc.pk)

    assert (len(covering_on(old.deputy, FIRST)), covering_on(deputy, FIRST)) == (1, ())
    with pytest.raises(CoverRefused, match="already"):
        name_deputy(old.unit, new(spoc, mornings.a_prosecutor()), by=spoc, at=MORNING)


def test_their_page_shows_what_was_named_in_the_old_unit_and_ends_it(old, spoc):
    browser = as_(spoc)
    page = browser.open(f"/morning/{spoc.unit_id}/cover/")
    page.see("For you, in a unit you left", "Does not hold", f"{old.deputy} for {spoc} in")

    page = page.press(f"End it now: {old.deputy} for {spoc} in {old.unit}, Monday 12 October 2026")

    page.see(f"{old.deputy} covers for {spoc} no longer.").not_see("in a unit you left")
    old.refresh_from_db()
    assert (old.ended_at, old.ended_by) == (MORNING, spoc)
    assert Event.objects.get(name="cover.ended").by == spoc


@pytest.mark.parametrize("role", [Role.LEGAL_SPOC, Role.LINE_MANAGER])
def test_others_of_the_new_unit_neither_see_nor_end_it(role, old, spoc, unit):
    other = given.a_person(role, unit=unit)

    as_(other).open(f"/morning/{unit.pk}/cover/").not_see("in a unit you left")
    with pytest.raises(Http404):
        cover_for(other, unit, old.pk)
    with pytest.raises(NotAllowed):
        end_cover(old, by=other, at=MORNING)
    assert Cover.objects.get().ended_at is None


def test_whoever_is_away_by_it_is_nobodys_deputy_until_they_end_it(old, spoc, unit):
    other = mornings.a_spoc(unit)

    with pytest.raises(CoverRefused, match=f"{spoc} is away from"):
        name_deputy(unit, new(other, spoc), by=other, at=MORNING)
    end_cover(old, by=spoc, at=MORNING)

    assert name_deputy(unit, new(other, spoc), by=other, at=MORNING).deputy == spoc


def test_whoever_names_no_deputies_any_more_ends_none_of_their_own(old):
    User.objects.filter(pk=old.spoc_id).update(role=Role.PROSECUTOR)

    with pytest.raises(NotAllowed):
        end_cover(old, by=User.objects.get(pk=old.spoc_id), at=MORNING)
