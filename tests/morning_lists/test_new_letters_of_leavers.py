"""A letter whose drafter has left waits on the list as one that nobody took up."""

import pytest
import time_machine

from forthright.accounts.models import User
from forthright.morning_lists.selectors.lines import HAND_OVER
from forthright.schemes.models import Duty
from tests import given
from tests.morning_lists.mornings import MORNING, a_letter, part, the_list, with_steps

pytestmark = pytest.mark.django_db


def test_a_letter_of_whoever_left_is_on_the_list_at_once_and_says_so():
    with time_machine.travel(MORNING, tick=False):
        officer = given.a_liaison_officer()
        duty = with_steps(
            a_letter("2026-10-02 15:00"), explained="2026-10-02 16:00", told="2026-10-02 15:30"
        )
        Duty.objects.filter(pk=duty.pk).update(drafter=officer, drafter_name=officer.full_name)
        assert the_list().number == 0

        User.objects.filter(pk=officer.pk).update(is_active=False)

        [line] = part("not-taken-up").lines
        assert line.holder == f"Nobody now: {officer} had it, whose account is closed"
        assert line.action == HAND_OVER
