"""What a manager can do in a browser that runs no script, or before it has arrived."""

import pytest
import time_machine

from forthright.accounts.models import Role
from tests import given
from tests.journeys import pages

pytestmark = pytest.mark.journey


def test_a_letter_is_marked_and_its_drafter_told_without_script(served, walk):
    with time_machine.travel(given.NOON, tick=True):
        manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit())
        urn = given.a_drawn_letter(marker=manager).duty.case.urn
        her = walk(manager.email, has_script=False, with_password=True)

        her.go_to("Marking").follow(f"Mark letter {urn}").heading("Mark letter")
        pages.give_every_mark(her, but="B2")
        card = her.page.locator("#B2")
        card.get_by_text("Words from the letter, and a note").click()
        card.get_by_label("or paragraph number").fill("3")
        her.press("Save").see("marked")
        her.press("Check your marks").see("There was no longer a realistic prospect of conviction.")
        her.press("Finish marking").heading("Tell the drafter")
        her.press("Tell the drafter").see("has been told. This letter is finished.")
