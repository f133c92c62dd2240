"""Marking, telling, disputing and deciding, as a person does them on the pages."""

from playwright.sync_api import expect

from tests.journeys.walking import Walker

QUOTED = "There was not enough evidence for a realistic prospect of conviction."


def mark_and_tell(her: Walker, urn: str) -> None:
    """Mark one letter with one fault, its words quoted, and tell the drafter."""
    her.go_to("Marking").follow(f"Mark letter {urn}").heading(f"Mark letter {urn}")
    give_every_mark(her, but="B2")
    quote(her, "B2")
    her.press("Check your marks").heading("Check your marks").see(QUOTED)
    her.press("Finish marking").heading("Tell the drafter")
    her.press("Tell the drafter").see("has been told. This letter is finished.")


def give_every_mark(her: Walker, *, but: str) -> None:
    """Choose “fully” throughout and “partially” once, and say what was good and what is to change.

    What the record has decided stays as it is. Without its script the screen keeps everything
    when a button is pressed.
    """
    for card in her.each("section[data-criterion]:not(#whole)"):
        if card.locator(".app-level input:checked").count():
            continue
        level = 1 if card.get_attribute("data-criterion") == but else 0
        card.locator("input[type=radio]").nth(level).check()
    her.write("One thing done well", "It says plainly what was decided.")
    her.write("One thing to change", "Say which evidence was missing.")


def quote(her: Walker, code: str) -> None:
    """Select a paragraph of the letter with the mouse and quote it."""
    card = her.page.locator(f"#{code}")
    her.page.locator("[data-letter] li", has_text=QUOTED).click(click_count=3)
    card.get_by_role("button", name="Quote the words selected").click()
    expect(card.locator("[data-quotation]")).to_have_value(QUOTED)
    expect(her.page.locator("[data-letter] mark")).to_have_text(QUOTED)
    expect(her.page.locator("[data-status]")).to_contain_text("Saved")


def dispute(him: Walker, urn: str, code: str) -> None:
    """Read feedback and dispute one mark."""
    him.go_to("Feedback").follow(f"Letter {urn}").see(QUOTED, "Say which evidence was missing.")
    him.follow("Dispute this mark").heading(f"Dispute {code}")
    him.write("Why is this mark wrong?", "The reason is in the third paragraph.")
    him.press("Dispute this mark").see("Disputed. Somebody else decides by the end of")


def decide(her: Walker, urn: str, code: str) -> None:
    """Accept a dispute; the first mark stays beside the outcome."""
    her.go_to("Marking").follow("1 dispute to decide").follow(f"{code} ")
    her.page.get_by_label("Accept: it should have been").first.check()
    her.write("Why?", "The paragraph does give the reason.")
    her.press("Decide").see("Decided. The first mark stays beside the outcome.")
