"""A letter that is not to go any more, or has gone, is asked of nobody; one handed over, of one."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, User
from forthright.morning_lists.services.handing_over import hand_over_letter
from forthright.peer_checks.models import PeerCheck
from forthright.peer_checks.selectors import came_back_to
from forthright.peer_checks.services.checking import answer_check
from forthright.schemes.models import Duty
from forthright.schemes.services import StageTimes, mark_not_required, record_stages_bulk
from tests import given
from tests.client import as_
from tests.peer_checks import looked_at

pytestmark = pytest.mark.django_db
LATER = given.NOON + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(LATER, tick=True):
        yield


def of(check):
    return Duty.objects.select_related("area", "unit").get(pk=check.letter.duty_id)


def say_not_required(duty):
    spoc = given.a_person(Role.LEGAL_SPOC, unit=duty.unit)
    mark_not_required(duty, "The person has died", by=spoc, at=LATER)


def say_sent(duty):
    times = StageTimes(drafted_at=LATER, sent_at=LATER)
    record_stages_bulk(duty.area, {(duty.decision_id, duty.person_id): times}, by=None, at=LATER)


@pytest.mark.parametrize("end", [say_not_required, say_sent])
def test_a_letter_that_came_back_is_asked_of_nobody_once_it_is_not_to_go(end):
    check = looked_at.a_check()
    looked_at.changes_asked(check)
    assert list(came_back_to(check.drafter)) == [check]

    end(of(check))

    assert not came_back_to(check.drafter).exists()
    as_(check.drafter).open("/").not_see("changes asked for")


def test_a_letter_handed_over_after_it_came_back_is_asked_of_its_new_drafter_alone():
    check = looked_at.a_check()
    looked_at.changes_asked(check)
    spoc = given.a_person(Role.LEGAL_SPOC, unit=check.letter.duty.unit)
    other = given.a_liaison_officer()

    hand_over_letter(of(check), other, by=spoc, at=LATER)

    assert not came_back_to(check.drafter).exists()
    assert list(came_back_to(other)) == [check]
    as_(other).open("/checks/").see("Your letters that came back")
    as_(other).open(f"/checks/letters/{check.letter_id}/").see(looked_at.CHANGE)


def test_a_look_at_a_letter_that_is_not_required_any_more_ends_without_an_answer():
    check = looked_at.a_check()
    say_not_required(of(check))

    answer_check(check, "PASSED", by=check.checker, at=LATER)

    check.refresh_from_db()
    assert check.answer == PeerCheck.Answer.OVERTAKEN


def test_one_of_a_unit_that_its_drafter_left_is_not_asked_of_them_any_more():
    check = looked_at.a_check()
    looked_at.changes_asked(check)
    User.objects.filter(pk=check.drafter_id).update(unit=given.a_unit("RASSO"))
    moved = User.objects.get(pk=check.drafter_id)

    assert not came_back_to(moved).exists()
    as_(moved).open("/").not_see("changes asked for")
