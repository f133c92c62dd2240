"""A wording is changed by one person, approved by another, and stands in the letters after."""

import pytest
import time_machine
from playwright.sync_api import expect

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


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no script"])
def test_blocks_are_moved_by_buttons_and_enter_moves_none(served, walk, has_script):
    with time_machine.travel(given.NOON, tick=True):
        template = wordings.a_template()
        her = walk(wordings.a_maker().email, has_script=has_script)
        her.go_to("Templates").follow(template.title).follow("Change its blocks, title or use")
        place = her.page.locator(".app-order > li").filter(has_text="Date")
        expect(place).to_have_attribute("id", "place-3")

        her.click(place.get_by_role("button", name="Move down"))
        expect(place).to_have_attribute("id", "place-4")
        expect(place).to_be_in_viewport()
        her.write("Why does it change?", "Clearer")
        her.page.get_by_label("What is it for?").press("Enter")

        her.heading("Check the change").see("What changes in the order of blocks")
        her.press("Change the answers")
        expect(place).to_have_attribute("id", "place-4")
