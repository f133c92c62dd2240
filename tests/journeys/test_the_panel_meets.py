"""A panel from the letter that is anonymised to the answer that opens its next meeting."""

import pytest
import time_machine
from playwright.sync_api import expect

from forthright.accounts.models import Role
from forthright.panels.models import AnonymisedLetter, Place
from forthright.panels.services.taking import Decided, decide_place
from tests import given
from tests.panels import made, sittings

pytestmark = pytest.mark.journey
NOTHING = "Nothing of the kind stands in it; I read every line for it."


def all_but_one_place_decided(letter: AnonymisedLetter) -> None:
    """Decide what is in doubt as people would, but for the words that the walk is about."""
    for place in letter.places.filter(state=Place.State.IN_DOUBT):
        letter.refresh_from_db()
        decide_place(letter, Decided(place.pk, hide=True), opened=None, by=letter.taken_by,
                     at=given.NOON)  # fmt: skip


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without"])
def test_the_panel_meets(served, walk, has_script):
    with time_machine.travel(given.NOON, tick=True):
        keeper, second = made.a_keeper(), made.a_keeper()
        manager = given.a_person(Role.LEGAL_MANAGER, unit=keeper.unit)
        member = sittings.a_member()
        made.a_sent_letter(unit=keeper.unit)
        meeting = sittings.planned(by=keeper, size=1)

        at_desk = walk(keeper.email, has_script=has_script)
        the_letter_is_anonymised(at_desk, has_script)
        another_person_releases_it(walk(second.email, has_script=has_script))
        at_desk.go_to("Panel").follow("Panel 1").see("1 of 1 released")
        at_desk.press("Open the pack to them").see("has not made the promise yet")
        the_member_reads(walk(member.email, has_script=has_script))
        a_finding_is_given(at_desk, manager)
        the_manager_answers(walk(manager.email, has_script=has_script))
        at_desk.go_to("Panel").follow("Panel 1").see("published after the panel has met")
        sittings.met(meeting)
        at_desk.go_to("Panel").follow("Panel 1").press("Publish the note")
        at_desk.follow("The note").see("Moved up in every template.")

        assert meeting.findings.get().replied_at


def the_letter_is_anonymised(her, has_script: bool) -> None:
    her.go_to("Panel").follow("Panel 1").press("Draw the letters").see("0 of 1 released")
    her.press("Anonymise letter 1").heading("Anonymise letter")
    if has_script:
        keys_act_only_in_the_letter_and_its_places(her.page)
    the_window_is_hidden(her, has_script)
    all_but_one_place_decided(AnonymisedLetter.objects.get())
    the_letter_is_confirmed(her, answers=True)


def another_person_releases_it(her) -> None:
    her.go_to("Anonymised letters").click(her.page.locator("main table a").first)
    the_letter_is_confirmed(her, answers=False)


def a_finding_is_given(her, manager) -> None:
    her.go_to("Panel").follow("Panel 1").press("Close the marks")
    her.follow("Write down a finding")
    her.write("What the panel found", "The reasons come too late in the letter.")
    her.page.get_by_label("Legal manager who answers").select_option(str(manager.pk))
    her.press("Give it to them").see("is to answer by")


def the_manager_answers(her) -> None:
    her.follow("A finding of panel 1 to answer").see("The reasons come too late")
    her.write("What you did, or will do and by when", "Moved up in every template.")
    her.press("Answer the panel").see("It opens the panel’s next meeting.")


def keys_act_only_in_the_letter_and_its_places(page) -> None:
    """Go from place to place by keys, which do nothing before one is there (WCAG 2.1.4)."""
    places = page.locator("[data-card]")
    page.get_by_role("link", name="Anonymised letters").first.focus()
    page.keyboard.press("n")
    assert not places.first.evaluate("(each) => each === document.activeElement")
    page.locator("[data-letter]").focus()
    for place in (places.nth(0), places.nth(1)):
        page.keyboard.press("n")
        assert place.evaluate("(each) => each === document.activeElement")
    page.keyboard.press("p")
    assert places.first.evaluate("(each) => each === document.activeElement")


def the_window_is_hidden(her, has_script: bool) -> None:
    """Hide words that no layer saw: selected with the mouse, or typed."""
    box = her.page.get_by_label("Words to hide")
    if has_script:
        her.page.evaluate(
            """() => {
              const piece = [...document.querySelectorAll("[data-letter] [data-words]")]
                .find((each) => each.textContent.includes("the window"));
              const at = piece.textContent.indexOf("the window");
              const range = document.createRange();
              range.setStart(piece.firstChild, at);
              range.setEnd(piece.firstChild, at + "the window".length);
              document.getSelection().removeAllRanges();
              document.getSelection().addRange(range);
              piece.dispatchEvent(new MouseEvent("mouseup", { bubbles: true }));
            }"""
        )
        expect(box).to_have_value("the window")
    else:
        box.fill("the window")
    her.page.get_by_label("What they are").select_option("OTHER")
    her.press("Hide these words").see("1 place more hidden")


def the_letter_is_confirmed(her, *, answers: bool) -> None:
    """Go to the release of the letter that is open, and confirm it."""
    her.page.reload()
    her.click(her.page.locator("main a[href$='/release/']").first).heading("Release letter")
    if answers:
        for box in her.each("main textarea"):
            box.fill(NOTHING)
        for group in her.each("main fieldset"):
            group.get_by_label("No: nothing of the kind").check()
        her.press("Keep these answers").see("Answers kept.")
    her.press("I have read it: it names nobody").see("Confirmed." if answers else "Released.")


def the_member_reads(her) -> None:
    """Make the promise, answer the letter, and hand in."""
    her.follow("Letters to read for the panel").heading("Before you read")
    her.page.get_by_label("I promise this").check()
    her.press("Go on to the letters").follow("Begin with letter 1").see("[the defendant]")
    for group in her.each("fieldset"):
        group.get_by_label("Yes", exact=True).check()
    her.press("Keep and stop here").see("You have answered 1 of 1")
    her.press("Hand in my answers").see("You have handed in. Thank you.")
