"""A letter whose drafter left, or drafts none any more, waits as one that nobody took up."""

import pytest
import time_machine

from forthright.accounts.models import Role, User
from forthright.morning_lists.selectors.lines import HAND_OVER
from forthright.schemes.models import Duty
from tests import given
from tests.morning_lists.mornings import MORNING, a_letter, part, the_list, with_steps

pytestmark = pytest.mark.django_db


def a_letter_taken_up(officer):
    duty = with_steps(
        a_letter("2026-10-02 15:00"), explained="2026-10-02 16:00", told="2026-10-02 15:30"
    )
    Duty.objects.filter(pk=duty.pk).update(drafter=officer, drafter_name=officer.full_name)
    assert the_list().number == 0
    return duty


def test_a_letter_of_whoever_left_is_on_the_list_at_once_and_says_so():
    with time_machine.travel(MORNING, tick=False):
        officer = given.a_liaison_officer()
        a_letter_taken_up(officer)

        User.objects.filter(pk=officer.pk).update(is_active=False)

        [line] = part("not-taken-up").lines
        assert line.holder == f"Nobody now: {officer} had it, whose account is closed"
        assert line.action == HAND_OVER


@pytest.mark.parametrize(
    ("role", "words"),
    [
        (Role.PANEL_MEMBER, "panel member"),
        (Role.LEGAL_MANAGER, "legal manager"),
        (Role.ADMINISTRATOR, "administrator"),
    ],
)
def test_a_letter_of_whoever_has_a_role_now_that_drafts_none_is_on_it_too(role, words):
    with time_machine.travel(MORNING, tick=False):
        officer = given.a_liaison_officer()
        a_letter_taken_up(officer)

        User.objects.filter(pk=officer.pk).update(role=role)

        assert the_list().number == 1
        [line] = part("not-taken-up").lines
        assert line.holder == f"Nobody now: {officer} had it, and drafts none as {words}"
        assert line.action == HAND_OVER


@pytest.mark.parametrize("role", [Role.LINE_MANAGER, Role.LEGAL_SPOC, Role.PROSECUTOR])
def test_whoever_drafts_letters_by_their_new_role_too_still_has_it(role):
    with time_machine.travel(MORNING, tick=False):
        officer = given.a_liaison_officer()
        a_letter_taken_up(officer)

        User.objects.filter(pk=officer.pk).update(role=role)

        assert the_list().number == 0
