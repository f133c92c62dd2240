"""A letter whose drafter left, moved, or drafts none any more, waits as one that nobody took up."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, User
from forthright.morning_lists.selectors.lines import HAND_OVER
from forthright.morning_lists.selectors.morning import lines_of, things_waiting
from forthright.schemes.models import Duty
from tests import given
from tests.client import as_
from tests.morning_lists.mornings import (
    MORNING,
    a_cover,
    a_letter,
    a_spoc,
    part,
    the_list,
    with_steps,
)

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


@pytest.mark.parametrize("role", [Role.VICTIM_LIAISON_OFFICER, Role.PROSECUTOR, Role.LEGAL_SPOC])
def test_a_letter_of_whoever_is_of_another_unit_now_waits_for_somebody_of_its_own(role):
    with time_machine.travel(MORNING, tick=False):
        drafter = given.a_person(role)
        duty = a_letter_taken_up(drafter)
        unit = given.a_unit("RASSO")

        User.objects.filter(pk=drafter.pk).update(unit=unit)

        assert the_list().number == 1
        [line] = part("not-taken-up").lines
        assert line.holder == f"Nobody now: {drafter} had it, and is of {unit} by now"
        assert line.action == HAND_OVER
        page = as_(given.a_person(Role.LEGAL_SPOC)).open(f"/morning/{duty.unit_id}/")
        page.follow(f"Hand over letter {duty.reference}").see(f"{line.holder}.")
        assert things_waiting(unit, MORNING) == 0


def test_one_of_no_unit_now_has_it_no_more():
    with time_machine.travel(MORNING, tick=False):
        drafter = given.a_person(Role.PROSECUTOR)
        a_letter_taken_up(drafter)

        User.objects.filter(pk=drafter.pk).update(unit=None)

        [line] = part("not-taken-up").lines
        assert line.holder == f"Nobody now: {drafter} had it, and is of no unit by now"


def test_whoever_moved_to_the_liaison_unit_writes_for_every_unit_and_still_has_it():
    with time_machine.travel(MORNING, tick=False):
        drafter = given.a_person(Role.LEGAL_SPOC)
        a_letter_taken_up(drafter)

        User.objects.filter(pk=drafter.pk).update(unit=given.a_unit("VLU"))

        assert the_list().number == 0


def test_whoever_moved_and_covers_for_the_spoc_of_the_unit_still_has_it_that_day():
    with time_machine.travel(MORNING, tick=False):
        drafter, spoc = given.a_person(Role.PROSECUTOR), a_spoc()
        duty = a_letter_taken_up(drafter)
        User.objects.filter(pk=drafter.pk).update(unit=given.a_unit("RASSO"))
        a_cover(spoc, User.objects.get(pk=drafter.pk))

        assert the_list().number == 0
        [line] = lines_of(duty.unit, [Duty.objects.get(pk=duty.pk)], MORNING)
        assert line.holder == str(drafter)
        assert the_list(now=MORNING + timedelta(days=1)).number == 1


def test_one_due_today_says_that_nobody_has_it():
    with time_machine.travel(MORNING, tick=False):
        drafter = given.a_person(Role.PROSECUTOR)
        duty = with_steps(a_letter(), explained="2026-09-28 16:00", told="2026-09-28 15:30")
        unit = given.a_unit("RASSO")
        Duty.objects.filter(pk=duty.pk).update(drafter=drafter)
        User.objects.filter(pk=drafter.pk).update(unit=unit)

        [line] = part("today").lines
        assert line.holder == f"Nobody now: {drafter} had it, and is of {unit} by now"
