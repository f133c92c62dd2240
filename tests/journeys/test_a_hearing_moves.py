"""A hearing moves in the register, and the lawyer reads its new day on the page of disclosure."""

from datetime import date

import pytest
import time_machine

from forthright.hard_media.services.hearings import Listed, register_case
from tests import given
from tests.disclosure import duties

pytestmark = pytest.mark.journey


def fill_day(her, day, month):
    """Write a day of 2026 in the three boxes of a form's only day."""
    for box, said in (("Day", day), ("Month", month), ("Year", 2026)):
        her.page.get_by_label(box, exact=True).fill(str(said))


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without"])
def test_a_hearing_moves_and_the_day_of_sending_is_put_right(served, walk, has_script):
    with time_machine.travel(given.NOON, tick=True):
        duty, lawyer = duties.a_duty(), duties.a_lawyer()
        listed = Listed(on=date(2026, 10, 27), sent_on=date(2026, 9, 3))
        register_case(duty.case, listed, by=None, at=given.NOON)
        her = walk(lawyer.email, has_script=has_script)

        her.page.goto(f"{served}/disclosure/{duty.pk}/")
        her.see("The case was sent on two days.", "Tuesday 27 October 2026")
        her.page.goto(f"{served}/recordings/cases/{duty.case_id}/")
        her.see("The case was sent on two days.").follow("Put right the day it was sent")
        fill_day(her, 1, 9)
        her.press("Keep the day").see("Say why the day was wrong")
        her.write("Why was the day wrong?", "Typed wrong: the notice says 1 September.")
        her.press("Keep the day").see("The day is kept, with the one before it.")
        her.follow("The hearing moved")
        fill_day(her, 10, 11)
        her.write("Why did it move?", "Adjourned by the court")
        her.press("Continue").press("Move the hearing")

        her.page.goto(f"{served}/disclosure/{duty.pk}/")
        her.see("Tuesday 10 November 2026", "Adjourned by the court")
        assert not her.page.get_by_text("The case was sent on two days.").count()
