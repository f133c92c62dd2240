"""Nobody who had a part in a letter chooses who looks at it, nor takes it from who does."""

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.letters.models import Letter
from forthright.letters.services.notes import write_note
from forthright.peer_checks.models import PeerCheck
from forthright.peer_checks.policies import check_can_look
from forthright.peer_checks.services.giving import give_checks, give_on
from tests import given
from tests.client import as_
from tests.morning_lists.mornings import a_spoc
from tests.peer_checks.looked_at import LATER, a_check

pytestmark = pytest.mark.django_db
WHY = "She is quicker."


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(LATER, tick=False):
        yield


def a_part(what):
    """Return somebody who looks after the unit and had this part in a letter, and its check."""
    spoc = a_spoc()
    if what == "drafted":
        return spoc, a_check(by=spoc)
    if what == "wrote the reasons for":
        duty = given.a_letter_to_write()
        write_note(duty, given.REASONS, by=spoc, at=given.NOON)
        return spoc, a_check(duty=duty)
    check = a_check()
    Letter.objects.filter(pk=check.letter_id).update(approved_by=spoc, approved_at=LATER)
    return spoc, PeerCheck.objects.get(pk=check.pk)


@pytest.mark.parametrize("what", ["drafted", "wrote the reasons for", "approved"])
def test_who_had_a_part_in_a_letter_takes_its_look_from_nobody(what):
    spoc, check = a_part(what)
    friend, manager = given.a_liaison_officer(), given.a_person(Role.LINE_MANAGER)
    said = (
        f"You {what} this letter, so somebody else must choose who looks at it. "
        f"Ask {check.checker} or {manager} to give it on."
    )
    browser = as_(spoc)

    browser.open("/checks/unit/").not_see("Give it to somebody else")
    browser.open(f"/checks/{check.pk}/give-on/", status=403).see(said)
    browser.post(f"/checks/{check.pk}/give-on/", to=friend.pk, reason=WHY, status=403).see(said)
    with pytest.raises(NotAllowed, match="choose who looks at it"):
        give_on(check, friend, reason=WHY, by=spoc, at=LATER)

    assert PeerCheck.objects.get(pk=check.pk).checker == check.checker
    as_(manager).open("/checks/unit/").see("Give it to somebody else")
    give_on(check, friend, reason=WHY, by=manager, at=LATER)
    assert PeerCheck.objects.get(pk=check.pk).checker == friend


def test_who_approved_what_they_were_to_look_at_does_not_choose_who_does_instead():
    spoc = a_spoc()
    check = a_check(checker=spoc)
    Letter.objects.filter(pk=check.letter_id).update(approved_by=spoc, approved_at=LATER)
    check = PeerCheck.objects.get(pk=check.pk)
    other = given.a_liaison_officer()

    as_(spoc).open("/checks/").not_see("Give it to somebody else")
    with pytest.raises(NotAllowed, match="You approved this letter, so somebody else must choose"):
        give_on(check, other, reason=WHY, by=spoc, at=LATER)
    with pytest.raises(NotAllowed, match="It goes to somebody else by itself") as refused:
        check_can_look(spoc, check)

    assert "To choose who" not in str(refused.value)
    give_checks(check.area, by=None, at=LATER)
    assert PeerCheck.objects.get(pk=check.pk).checker == other


def test_where_nobody_else_may_it_says_that_it_goes_on_by_itself():
    spoc = a_spoc()
    check = a_check(by=spoc)
    checker = check.checker
    checker.is_active = False
    checker.save()

    with pytest.raises(NotAllowed, match="Nobody else here may"):
        give_on(check, given.a_liaison_officer(), reason=WHY, by=spoc, at=LATER)
