"""Of two who give one look on at once, the second is told who has it since, and takes nothing."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.peer_checks.models import PeerCheck
from forthright.peer_checks.services.checking import open_check
from forthright.peer_checks.services.giving import give_checks, give_on
from tests import given
from tests.client import as_
from tests.peer_checks.looked_at import LATER, a_check, a_letter_put_forward

pytestmark = pytest.mark.django_db
ILL = "The holder is ill today."


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(LATER, tick=False):
        yield


def stands(check):
    return PeerCheck.objects.get(pk=check.pk)


def test_the_second_is_told_who_gave_it_to_whom_and_may_choose_again():
    check = a_check()
    first, second = given.a_liaison_officer(), given.a_liaison_officer()
    manager, spoc = given.a_person(Role.LINE_MANAGER), given.a_person(Role.LEGAL_SPOC)
    address = f"/checks/{check.pk}/give-on/"
    page, late = as_(manager).open(address), as_(spoc).open(address)
    page.press("Give it on", to=first.pk, reason=ILL)
    open_check(check, by=first, at=LATER)

    late = late.press("Give it on", to=second.pk, reason=ILL)

    late.see(
        f"This was changed after you opened the page by {manager}, ",
        f"Who looks at it instead?: now it says “{first}”",
        f"{first} has it, and opened it 5 October 2026, 12:04pm.",
    )
    assert (stands(check).checker, stands(check).opened_at) == (first, LATER)

    late.press("Give it on").see(f"{second} looks at it now.")
    assert stands(check).checker == second


def test_two_who_choose_the_same_person_give_it_on_once():
    check, other = a_check(), given.a_liaison_officer()
    manager, spoc = given.a_person(Role.LINE_MANAGER), given.a_person(Role.LEGAL_SPOC)
    address = f"/checks/{check.pk}/give-on/"
    late = as_(spoc).open(address)
    as_(manager).open(address).press("Give it on", to=other.pk, reason=ILL)

    late = late.press("Give it on", to=other.pk, reason=ILL)

    late.see(f"This was changed after you opened the page by {manager}, ")
    late.press("Give it on").see(f"{other} has it already.")
    assert check.given_on.count() == 1


def test_what_was_given_out_by_itself_meanwhile_is_told_too():
    letter = a_letter_put_forward()
    give_checks(letter.area, by=None, at=given.NOON)
    check = PeerCheck.objects.get(letter=letter)
    assert check.checker is None
    page = as_(given.a_person(Role.LINE_MANAGER)).open(f"/checks/{check.pk}/give-on/")
    colleague, other = given.a_liaison_officer(), given.a_liaison_officer()
    give_checks(letter.area, by=None, at=LATER)
    given_to = stands(check).checker

    page = page.press("Give it on", to=({colleague, other} - {given_to}).pop().pk, reason=ILL)

    page.see(f"now it says “{given_to}”")
    assert stands(check).checker == given_to


def test_from_no_page_nothing_is_asked():
    check, other = a_check(), given.a_liaison_officer()

    give_on(check, other, reason=ILL, by=check.checker, at=LATER + timedelta(minutes=1))

    assert stands(check).checker == other
