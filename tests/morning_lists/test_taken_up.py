"""A new decision that is explained stays on the morning list until a drafter has its letter."""

import pytest
import time_machine

from forthright.cases.models import Decision
from forthright.letters.services.notes import write_note
from forthright.morning_lists.selectors.lines import HAND_OVER
from forthright.morning_lists.selectors.morning import things_waiting
from forthright.schemes.models import Duty
from tests import given
from tests.client import as_
from tests.morning_lists import mornings
from tests.morning_lists.mornings import MORNING, a_letter, part, the_list, with_steps

pytestmark = pytest.mark.django_db
DECIDED = "2026-10-02 15:00"  # the Friday before, so that its letter is due after tomorrow


@pytest.fixture(autouse=True)
def in_the_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.mark.parametrize("told", [{}, {"told": "2026-10-02 15:30"}])
def test_one_that_is_explained_is_handed_over_from_the_list_and_leaves_it(told):
    duty = with_steps(a_letter(DECIDED), explained="2026-10-02 16:00", **told)
    drafter, unit = given.a_liaison_officer(), given.a_unit()

    (line,) = part("not-taken-up").lines

    assert (line.duty.pk, line.action, line.is_untold) == (duty.pk, HAND_OVER, False)
    assert line.holder == "Nobody yet in the Victim Liaison Unit"
    assert things_waiting(unit, MORNING) == the_list().number == 1
    page = as_(mornings.a_spoc()).open(f"/morning/{unit.pk}/")
    page = page.follow(f"Hand over letter {duty.reference}")
    page.press("Hand it over", drafter=drafter.pk).see("is handed over to")
    assert things_waiting(unit, MORNING) == the_list().number == 0


@pytest.mark.parametrize("is_charged", [True, False])
def test_so_is_one_that_needs_no_explanation_or_whose_reasons_are_written(is_charged):
    duty = with_steps(a_letter(DECIDED), told="2026-10-02 15:30")
    if is_charged:
        Decision.objects.update(kind=Decision.Kind.CHARGED)
    else:
        write_note(duty, given.REASONS, by=None, at=MORNING)
        Duty.objects.update(explained_at=None)

    assert (part("not-taken-up").number, the_list().number) == (1, 1)
    Duty.objects.update(drafter_name="Somebody without an account")
    assert the_list().number == 0
