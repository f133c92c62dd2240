"""Disclosure in a real browser: planned, drawn by lot, marked, told of, and counted."""

import pytest
import time_machine
from playwright.sync_api import expect

from forthright.accounts.models import Role, Unit
from forthright.standards.models import Subject
from forthright.standards.services import start_area_standards
from tests import given
from tests.disclosure import sampled
from tests.journeys.walking import Walker

pytestmark = pytest.mark.journey
QUOTED = "She saw two men"


def plan_and_draw(her: Walker) -> None:
    her.go_to("Samples").follow("Sample plans").follow("Make a plan of disclosure")
    her.write("Name of the plan", "Crown Court disclosure").choose("Whose work", "Crown Court")
    her.choose("Who marks the sample", "Crown Court").write("Drawn at random each week", "3")
    her.press("See what this can show").heading("Check the plan")
    her.press("Keep this plan").heading("Crown Court disclosure")
    her.follow("Draw a week’s sample").write("Week", "2026-W43")
    her.press("Freeze the list and draw").see("0 of 1", "duties to disclose in the list")
    her.press("Check this draw again").see("the same 1 disclosures")


def mark(him: Walker) -> None:
    him.go_to("Marking").follow("Mark disclosure").heading("Mark disclosure")
    for card in him.each("section[data-criterion]:not(#whole)"):
        code = card.get_attribute("data-criterion")
        level = {"D4": 1, "D6": 3, "D7": 3}.get(code, 0)
        card.locator("input[type=radio]").nth(level).check()
    # Each mark is saved by itself; what is quoted next must not overtake its level.
    expect(him.page.locator("[data-progress]")).to_have_text("6 of 6 marked")
    card = him.page.locator("#D4")
    him.page.locator("[data-letter] li", has_text=QUOTED).click(click_count=3)
    card.get_by_role("button", name="Quote the words selected").click()
    expect(him.page.locator("[data-letter] .app-evidence", has_text=QUOTED)).to_be_visible()
    him.write("One thing done well", "Each reason is about its own item.")
    him.write("One thing to change", "Say what was looked at.")
    him.choose("Most significant failing", "Blanket reasons")
    him.press("Check your marks").heading("Check your marks").see("Disclosure edition 1")
    him.press("Finish marking").heading("Tell the prosecutor")
    him.press("Tell the prosecutor").see("This disclosure is finished.")


# Slow: three people at a real browser, from the plan to the figures.
@pytest.mark.slow
def test_disclosure_is_marked(served, walk):
    with time_machine.travel(given.at("2026-11-02 09:00"), tick=True):
        duty = sampled.a_served_duty()
        start_area_standards(duty.area, Subject.DISCLOSURE, by=None, at=given.NOON)
        planner = given.a_person(Role.LEGAL_MANAGER, unit=given.a_unit(Unit.Kind.MAGISTRATES))
        marker = sampled.a_marker()
        marker.full_name = "Crown Court marker"
        marker.save()

        her = walk(planner.email)
        plan_and_draw(her)
        him = walk(marker.email)
        mark(him)

        her.go_to("Disclosure").follow("Compliance, month by month").follow("As marked by a person")
        her.see("1 disclosure due in the month was drawn at random", "Blanket reasons, or none: 1")
        her.follow("0 of 1 (too few to say)").see("Not counted")
