"""A look that goes to another: what one had kept stays theirs, and the other begins anew."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, User
from forthright.calibration.selectors.own import LEFT, LOOK, own_marks
from forthright.peer_checks.models import LookLeft, PeerCheck
from forthright.peer_checks.services.checking import Found, FoundOf, open_check, save_found
from forthright.peer_checks.services.giving import give_checks, give_on
from tests import given
from tests.client import as_
from tests.peer_checks.looked_at import CHANGE, LATER, WELL, a_check, all_met, passed

pytestmark = pytest.mark.django_db
GIVEN_ON, OPENED = given.NOON + timedelta(minutes=5), given.NOON + timedelta(minutes=7)
AWAY = "Away from noon today"


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(OPENED, tick=False):
        yield


def a_look_begun():
    """Return a look of which four minutes' worth is kept, and who has it."""
    check = a_check()
    open_check(check, by=check.checker, at=given.NOON)
    found = Found(levels=all_met(check, but="A6"), done_well=WELL, to_change=CHANGE)
    save_found(check, found, by=check.checker, at=LATER)
    return check, check.checker


def stands(check):
    return PeerCheck.objects.select_related("checker").get(pk=check.pk)


def hows(person):
    """Return how one's levels were given, and of each look what it took."""
    held = own_marks(person)
    return {each.how for each in held.marks}, [(each.how, each.seconds) for each in held.wholes]


def test_what_one_had_kept_is_held_as_theirs_and_never_as_the_others():
    check, first = a_look_begun()
    second = given.a_liaison_officer()

    give_on(check, second, reason=AWAY, by=first, at=GIVEN_ON)

    assert hows(first) == ({LEFT}, [(LEFT, 240)])
    assert hows(second) == (set(), [])
    open_check(check, by=second, at=OPENED)
    assert hows(second) == (set(), [(LOOK, 0)])
    page = as_(second).open(f"/checks/{check.pk}/")
    page.see("0 of 9 said.").not_see(WELL, CHANGE, "It is missing.")
    rows = as_(first).client.get("/my-marks/file/csv/").content.decode("utf-8-sig").splitlines()
    assert sum(LEFT in row for row in rows) == 10


def test_what_one_had_kept_is_shown_to_them_alone():
    check, first = a_look_begun()
    second = given.a_liaison_officer()
    give_on(check, second, reason=AWAY, by=first, at=GIVEN_ON)
    address = f"/checks/letters/{check.letter_id}/"

    page = as_(first).open(address)

    page.see("What you had kept of it before it went to somebody else", WELL, CHANGE)
    page.see("Does not meet It is missing.")
    for other in (second, check.drafter):
        as_(other).open(address).not_see(WELL, CHANGE, "It is missing.")
    passed(stands(check), at=OPENED + timedelta(hours=1))
    as_(check.drafter).open(address).not_see(WELL, "It is missing.")
    as_(first).open(address).see(WELL)


def test_who_gets_it_back_goes_on_where_they_were():
    check, first = a_look_begun()
    second = given.a_liaison_officer()
    give_on(check, second, reason=AWAY, by=first, at=GIVEN_ON)
    open_check(check, by=second, at=OPENED)
    save_found(
        check, Found(levels={"A1": FoundOf(level="FULLY")}, done_well="It is short."),
        by=second, at=OPENED + timedelta(minutes=2),
    )  # fmt: skip

    give_on(stands(check), first, reason="Back again", by=second, at=OPENED + timedelta(minutes=3))

    assert hows(first) == ({LOOK}, [(LOOK, 240)])
    assert hows(second) == ({LEFT}, [(LEFT, 120)])
    as_(first).open(f"/checks/{check.pk}/").see("9 of 9 said.", WELL, CHANGE, "It is missing.")
    assert LookLeft.objects.get().checker == second


def test_the_page_that_gives_it_on_says_that_the_other_begins_anew():
    check, first = a_look_begun()
    address = f"/checks/{check.pk}/give-on/"

    own = as_(first).open(address)
    manager = as_(given.a_person(Role.LINE_MANAGER)).open(address)

    own.see("Whoever gets it begins anew. What you kept of it so far goes to nobody")
    manager.see(f"What {first} kept of it so far goes to nobody: it stays with them")
    for page in (own, manager):
        page.not_see("goes along", WELL, CHANGE)


def test_nothing_is_kept_apart_of_who_has_not_opened_it():
    check = a_check()

    give_on(check, given.a_liaison_officer(), reason=AWAY, by=check.checker, at=GIVEN_ON)

    assert not LookLeft.objects.exists()


def test_what_somebody_had_kept_who_has_left_is_not_held_as_anothers():
    check, first = a_look_begun()
    other = given.a_liaison_officer()
    User.objects.filter(pk=first.pk).update(is_active=False)

    give_checks(check.area, by=None, at=GIVEN_ON)

    check = stands(check)
    assert check.checker == other
    assert (check.opened_at, check.seconds_spent, check.levels.count()) == (None, 0, 0)
    left = LookLeft.objects.get()
    assert (left.checker, left.seconds_spent, left.done_well) == (first, 240, WELL)
    assert left.levels.count() == 9
