"""A wording is changed by one person, approved by another, and stands in the letters after."""

import pytest
import time_machine

from tests import given
from tests.letter_templates import wordings

pytestmark = pytest.mark.journey


def test_a_wording_is_changed_and_approved_without_script(served, walk):
    with time_machine.travel(given.NOON, tick=True):
        block = wordings.a_block()
        maker, approver = wordings.a_maker(), wordings.an_approver()
        her = walk(maker.email, has_script=False)

        her.go_to("Templates").follow("Stopped charge: discontinued").follow(block.title)
        her.follow("Change this block").heading(f"Change “{block.title}”")
        her.write("Wording", "By {{ acused_names }}.")
        her.write("Why does it change?", "Kinder")
        her.press("Check the change").see("Did you mean “accused_names”?")
        her.write("Wording", wordings.SORRY)
        her.press("Check the change").see("Nothing new")
        her.press("Hand over for approval").see("waits for somebody else to approve it")
        him = walk(approver.email, has_script=False)
        him.follow("1 change to approve").follow(block.title).see("Kinder")
        him.press("Approve").see("is in use from now on")
        her.go_to("Templates").follow("Stopped charge: discontinued")
        her.follow("See it as a letter").see(wordings.SORRY)
