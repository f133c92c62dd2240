"""A letter that a colleague looks at before it goes, what its author is told, what came of it."""

import pytest
import time_machine
from playwright.sync_api import expect

from forthright.accounts.models import User
from forthright.letters.models import Letter
from forthright.letters.services.facts import Wishes, set_wishes
from forthright.peer_checks.models import PeerCheck
from forthright.peer_checks.services.giving import give_checks
from forthright.schemes.models import Duty
from forthright.standards.services import start_area_standards
from forthright.worker import steps
from forthright.worker.kinds import Work
from tests import given
from tests.journeys.writing import the_manager_approves
from tests.peer_checks.looked_at import a_letter_put_forward, a_manager, passed, required

pytestmark = pytest.mark.journey
WELL = "It says plainly what was decided."
CHANGE = "Say how to ask for a review."
PLACE = "Dear Ms Osei"


@pytest.fixture
def cast(served):
    """Return the people of an Area where each letter is looked at first, and one to write."""
    duty = given.an_explained_letter()
    set_wishes(duty, Wishes(channel="EMAIL"), by=None, at=given.NOON)
    start_area_standards(duty.area, by=None, at=given.NOON)
    required(duty.area)
    return {
        "duty": duty,
        "drafter": given.a_liaison_officer().email,
        "peer": given.a_liaison_officer().email,
        "manager": a_manager().email,
    }


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without script"])
def test_a_letter_is_looked_at_mended_and_may_go(cast, walk, has_script):
    with time_machine.travel(given.at("2026-10-05 13:00"), tick=True) as clock:
        him, her = (walk(cast[who], has_script=has_script) for who in ("drafter", "peer"))
        the_drafter_puts_it_forward(him)
        give_it_out(cast)
        the_peer_asks_for_changes(her)
        the_drafter_mends_it(him)
        give_it_out(cast)
        the_manager_approves(walk(cast["manager"], has_script=has_script), opens="Amira Osei",
                             reads="With kind regards")  # fmt: skip
        it_may_not_go_yet(him, cast)
        the_peer_passes_it(her)
        it_may_go(him, cast)
        the_feedback_is_read_and_replied_to(him)
        the_next_letter_is_looked_at(cast, clock)
        # A sign-in of last week is no longer one.
        the_outcome_is_shown_to_both(him.come_in(cast["drafter"]), her.come_in(cast["peer"]))


def test_two_people_at_one_letter_lose_nothing(cast, walk):
    with time_machine.travel(given.at("2026-10-05 13:00"), tick=True):
        him, her = walk(cast["drafter"]), walk(cast["peer"])
        the_drafter_puts_it_forward(him)
        give_it_out(cast)
        her.go_to("Overview").follow("1 letter of colleagues to look at")
        say_everything_met(her)
        her.write("One thing done well", WELL)
        the_words_are_changed(him, cast)

        her.press("Pass it").see("your answer does not count for it")

        check = PeerCheck.objects.get()
        assert (check.answer, check.done_well) == ("OVERTAKEN", WELL)
        assert check.levels.exclude(level="").count() == 9
        assert Letter.objects.get().checked_version is None


def the_drafter_puts_it_forward(him):
    him.go_to("Overview").follow("1 letter can be drafted").follow("Amira Osei")
    him.follow("Draft the letter").press("Put the letter together")
    him.heading("Draft of the letter").press("Keep it and hand over for approval")
    him.see("waits for a second person", "A colleague is to look at this letter")


def give_it_out(cast):
    """Have the worker give out what was put forward."""
    area = cast["duty"].area
    assert steps.give_peer_checks(Work(1, "peer_checks.give", "a", {}, None, area.pk)) == 1


def the_peer_asks_for_changes(her):
    her.go_to("Overview").follow("1 letter of colleagues to look at").heading("Look at letter")
    her.see("Dear Ms Osei", "What the machine finds")
    say_everything_met(her, but="A6")
    card = her.page.locator("#A6")
    card.locator("summary").click()
    card.get_by_label("Words of the letter that show it").fill(PLACE)
    card.get_by_label("Why").fill("It does not say how.")
    her.press("Ask for changes").see("Kept, but not answered", "one thing to change")
    expect(her.page.get_by_label("Words of the letter that show it").nth(4)).to_have_value(PLACE)
    her.write("One thing done well", WELL).write("One thing to change", CHANGE)
    her.press("Ask for changes").see("The letter is back with its drafter")


def say_everything_met(her, *, but=""):
    for card in her.each("section.app-card[id]"):
        choice = "Not met" if card.get_attribute("id") == but else "Met"
        if choice == "Met" and card.get_by_label("Does not apply").count():
            choice = "Does not apply"
        card.get_by_label(choice, exact=True).check()


def the_drafter_mends_it(him):
    him.go_to("Overview").follow("1 letter of yours has changes asked for").see(CHANGE)
    him.follow("Change letter").heading("Draft of the letter")
    box = him.page.get_by_label("The letter", exact=True)
    box.fill(box.input_value().replace("Yours sincerely", "With kind regards, yours sincerely"))
    him.press("Keep it and hand over for approval").see("waits for a second person")


def it_may_not_go_yet(him, cast):
    him.page.goto(f"{him.site}/letters/{cast['duty'].pk}/send/")
    him.see("A colleague is to look at this letter and has not passed it yet")
    expect(him.page.get_by_role("button", name="Send it")).to_have_count(0)


def the_peer_passes_it(her):
    her.go_to("Overview").follow("1 letter of colleagues to look at").see("asked for the changes")
    say_everything_met(her)
    her.press("Pass it").see("Passed. As far as this check goes, the letter may go.")


def it_may_go(him, cast):
    him.page.goto(f"{him.site}/letters/{cast['duty'].pk}/")
    him.see("A colleague’s check", "Looked at by").follow("Send the letter")
    him.tick("By e-mail").press("Send it").see("The letter goes by e-mail")


def the_feedback_is_read_and_replied_to(him):
    him.go_to("Overview").follow("Feedback on a letter of yours").see(WELL, CHANGE, PLACE)
    him.write("Your reply", "I have put it in.").press("Reply").see("can read your reply")


def the_next_letter_is_looked_at(cast, clock):
    """Have the drafter's next five letters written and looked at, without the fault."""
    drafter = User.objects.get(email=cast["drafter"])
    for day in range(6, 11):
        at = given.at(f"2026-10-{day + (2 if day > 9 else 0):02} 11:00")
        clock.move_to(at)
        letter = a_letter_put_forward(by=drafter, at=at)
        give_checks(letter.area, by=None, at=at)
        passed(PeerCheck.objects.get(letter=letter, answer=""), at=at)
    assert Duty.objects.count() == 6


def the_outcome_is_shown_to_both(him, her):
    her.page.goto(f"{her.site}/watches/")
    her.see("Of what you told others", "Complete: its author sees the outcome first.")
    him.page.goto(f"{him.site}/watches/")
    him.see("Of your letters", "5 of the next 5 letters looked at: the fault has not come again.")
    him.follow("A6").heading("Did it come again?")
    expect(him.page.locator("main ol li")).to_have_count(5)
    her.page.reload()
    her.see("5 of the next 5 letters looked at: the fault has not come again.").follow("A6")
    her.heading("Did it come again?")


def the_words_are_changed(him, cast):
    him.page.goto(f"{him.site}/letters/{cast['duty'].pk}/draft/")
    box = him.page.get_by_label("The letter", exact=True)
    box.fill(box.input_value().replace("Yours sincerely", "With kind regards, yours sincerely"))
    him.press("Keep it").heading("Draft of the letter")
