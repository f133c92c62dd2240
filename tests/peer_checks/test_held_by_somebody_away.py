"""A look that was begun by somebody who is away says so everywhere, and others give it on."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit, User
from forthright.audit.models import Event
from forthright.peer_checks.models import PeerCheck
from forthright.peer_checks.services.checking import open_check
from forthright.peer_checks.services.giving import give_checks, give_on
from forthright.schemes.models import Duty
from tests import given
from tests.client import as_
from tests.morning_lists.mornings import a_cover, a_prosecutor, a_spoc
from tests.peer_checks.looked_at import a_check, required

pytestmark = pytest.mark.django_db
TODAY = given.NOON.date()
LAST = TODAY + timedelta(days=9)
UNTIL = "is away until the end of Wednesday 14 October 2026, and"


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON + timedelta(hours=1), tick=False):
        yield


@pytest.fixture
def spoc():
    return a_spoc()


@pytest.fixture
def deputy():
    return a_prosecutor(given.a_unit(Unit.Kind.RASSO))


@pytest.fixture
def check(spoc, deputy):
    """Return a required look that its holder began, and who is away from then on."""
    required(given.an_area())
    check = a_check(checker=spoc)
    open_check(check, by=spoc, at=given.NOON)
    a_cover(spoc, deputy, first=TODAY, last=LAST, at=given.NOON)
    give_checks(check.area, by=None, at=given.NOON)
    check.refresh_from_db()
    assert check.checker == spoc
    return check


@pytest.fixture
def due_today(check):
    """Have the letter stand on the morning list, which shows what is due by tomorrow."""
    Duty.objects.filter(pk=check.letter.duty_id).update(due_on=TODAY)


@pytest.fixture
def away(spoc, deputy):
    return f"{spoc} {UNTIL} {deputy} covers for them"


def addresses(check):
    return {
        "list": f"/morning/{check.unit_id}/",
        "unit": "/checks/unit/",
        "letter": f"/checks/letters/{check.letter_id}/",
        "give on": f"/checks/{check.pk}/give-on/",
    }


@pytest.mark.usefixtures("due_today")
@pytest.mark.parametrize("page", ["list", "unit", "letter", "give on"])
def test_each_page_says_until_when_its_holder_is_away_and_who_covers(page, check, away):
    manager = given.a_person(Role.LINE_MANAGER, unit=check.unit)

    as_(manager).open(addresses(check)[page]).see(str(check.checker), away)
    with time_machine.travel(given.NOON + timedelta(days=10, hours=1), tick=False):
        as_(manager).open(addresses(check)[page]).see(str(check.checker)).not_see("is away")


@pytest.mark.usefixtures("due_today")
def test_the_deputy_gives_it_on_from_the_morning_list(check, deputy, spoc):
    colleague = given.a_liaison_officer()
    page = as_(deputy).open(addresses(check)["list"])

    page = page.follow(f"Give the look to somebody else: letter {check.letter.duty.reference}")
    page = page.press("Give it on", to=colleague.pk, reason="They are on leave.")

    assert page.address == addresses(check)["letter"]
    page.see(f"{colleague} has it: given on by {deputy}")
    check.refresh_from_db()
    assert check.checker == colleague
    event = Event.objects.get(name="peer_check.given_on")
    assert (event.by, event.detail["deputy_for"]) == (deputy, [spoc.pk])


def test_the_overview_of_a_deputy_leads_to_it_also_where_the_letter_is_due_later(check, deputy):
    page = as_(deputy).open("/")

    page = page.follow("1 letter waits for the look of somebody who is away")

    assert page.address == addresses(check)["give on"]


def test_whoever_may_not_give_it_on_reads_on_the_letter_s_page_who_may(check, deputy, away):
    manager = given.a_person(Role.LINE_MANAGER, unit=check.unit)

    page = as_(check.drafter).open(addresses(check)["letter"])

    page.see(away, f"Ask {manager} or {deputy} to give it on.").not_see("Give it to somebody else")


def test_whoever_had_it_is_not_sent_to_somebody_away(spoc, deputy, away):
    check = a_check()
    before = check.checker
    give_on(check, spoc, reason="I am in court.", by=before, at=given.NOON)
    open_check(PeerCheck.objects.get(), by=spoc, at=given.NOON)
    a_cover(spoc, deputy, first=TODAY, last=LAST, at=given.NOON)

    page = as_(before).open(addresses(check)["give on"], status=403)

    page.see(away, f"Ask {deputy} to give it on.").not_see("They, or who looks after the unit")


def test_a_deputy_sees_neither_the_figures_of_the_unit_nor_the_look_itself(check, deputy):
    browser = as_(deputy)

    browser.open("/checks/unit/", status=403)
    browser.open("/watches/rates/", status=403)
    browser.open(f"/checks/{check.pk}/", status=403)


def test_a_deputy_gives_on_nothing_of_another_unit_and_nothing_after_the_cover(spoc, deputy):
    required(given.an_area())
    other = a_check(unit=given.a_unit(Unit.Kind.CCU), checker=a_spoc(given.a_unit(Unit.Kind.CCU)))
    check = a_check(checker=spoc)
    a_cover(spoc, deputy, first=TODAY, last=TODAY, at=given.NOON)
    browser = as_(deputy)

    browser.open(addresses(check)["give on"])
    browser.open(addresses(other)["give on"], status=404)
    with time_machine.travel(given.NOON + timedelta(days=1), tick=False):
        as_(deputy).open(addresses(check)["give on"], status=404)


def test_where_nobody_covers_any_more_that_is_said(check, spoc, deputy):
    User.objects.filter(pk=deputy.pk).update(is_active=False)

    page = as_(check.drafter).open(addresses(check)["letter"])

    page.see(f"{spoc} {UNTIL} nobody covers for them here.")
