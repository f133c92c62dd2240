"""A letter from the prosecutor's reasons to the bounce that makes it owed again, by four people."""

import pytest
import time_machine
from playwright.sync_api import expect

from forthright.accounts.models import Role, Unit
from forthright.letters.services.facts import Wishes, set_wishes
from tests import given
from tests.fakes import mail
from tests.fakes.mail import a_bounce
from tests.journeys.writing import (
    the_manager_approves,
    the_officer_sends,
    the_worker_hands_over,
)

pytestmark = pytest.mark.journey

STRANGER = "Ashdown"


@pytest.fixture
def post_office():
    with mail.post_office() as server:
        yield server


@pytest.fixture
def cast(served):
    """Return the people, a letter to write by e-mail, and somebody else of the same week."""
    duty = given.a_letter_to_write()
    set_wishes(duty, Wishes(channel="EMAIL"), by=None, at=given.NOON)
    given.a_letter_owed(person={"title": "Mr", "family_name": STRANGER})
    return {
        "prosecutor": given.a_person(Role.PROSECUTOR).email,
        "officer": given.a_liaison_officer().email,
        "manager": given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU)).email,
        "urn": duty.case.urn,
    }


def test_a_letter_is_written_sent_and_comes_back(cast, walk, post_office, tmp_path):
    with time_machine.travel(given.at("2026-10-05 14:00"), tick=True):
        the_prosecutor_gives_the_reasons(walk(cast["prosecutor"]), cast["urn"])
        him = walk(cast["officer"])
        the_officer_drafts_and_mends(him)
        the_manager_approves(
            walk(cast["manager"]), opens="Amira Osei", reads="The camera on Foundry Street"
        )
        the_officer_sends(him)
        dispatch = the_worker_hands_it_over(post_office)
        the_bounce_makes_it_owed_again(him, dispatch, tmp_path)


def test_words_typed_before_the_script_arrives_are_checked_when_it_does(cast, walk):
    held = []

    def hold(route):
        held.append(route)

    with time_machine.travel(given.at("2026-10-05 14:00"), tick=True):
        the_prosecutor_gives_the_reasons(walk(cast["prosecutor"]), cast["urn"])
        him = walk(cast["officer"])
        him.follow("1 letter can be drafted").follow("Amira Osei").follow("Draft the letter")
        him.page.route("**/drafting*.js", hold)
        him.press("Put the letter together")
        # The page counts as whole only when its script has come, so nothing waits for that here.
        box = him.page.get_by_label("The letter", exact=True)
        expect(box).to_be_visible()
        box.fill(box.input_value().replace("Dear Ms Osei", f"Dear Mr {STRANGER}"))
        held[0].continue_()

        painted = him.page.locator("[data-under] .app-marked--stop", has_text=STRANGER).first
        expect(painted).to_be_attached()
        him.press("Keep it").see("Stop")


def test_a_letter_is_checked_and_mended_without_script(cast, walk):
    with time_machine.travel(given.at("2026-10-05 14:00"), tick=True):
        the_prosecutor_gives_the_reasons(walk(cast["prosecutor"], has_script=False), cast["urn"])
        him = walk(cast["officer"], has_script=False)
        him.go_to("Overview").follow("1 letter can be drafted").follow(cast["urn"])
        him.follow("Draft the letter").press("Put the letter together")
        box = him.page.get_by_label("The letter", exact=True)
        right = box.input_value()
        box.fill(right.replace("Dear Ms Osei", f"Dear Mr {STRANGER}"))
        him.press("Check it").see("Stop", STRANGER, "What stands below is not kept yet")
        him.page.get_by_label("The letter", exact=True).fill(right)
        him.press("Keep it and hand over for approval").see("waits for a second person")


def the_prosecutor_gives_the_reasons(her, urn):
    her.follow("decisions wait for your reasons").follow(urn).heading("Write the reasons")
    her.write("What was decided?", "to stop the case of burglary")
    her.tick("There was not enough evidence")
    her.write("Which facts decided it?", "The camera on Foundry Street was off that night.\n"
              "The neighbour could not say whom she saw.")  # fmt: skip
    her.press("Keep these reasons").see("Your reasons are kept", "The camera on Foundry Street")


def the_officer_drafts_and_mends(him):
    him.follow("1 letter can be drafted").follow("Amira Osei").heading("Letter to Ms Amira Osei")
    him.follow("Draft the letter").press("Put the letter together")
    him.heading("Draft of the letter").see("1 warning")
    box = him.page.get_by_label("The letter", exact=True)
    right = box.input_value()
    box.fill(right.replace("Dear Ms Osei", f"Dear Mr {STRANGER}"))
    painted = him.page.locator("[data-under] .app-marked--stop", has_text=STRANGER).first
    expect(painted).to_be_attached()
    expect(him.page.locator("[data-words]")).to_contain_text("stop")
    him.press("Keep it and hand over for approval").see("Not handed over", STRANGER)
    him.page.get_by_label("The letter", exact=True).fill(right)
    expect(him.page.locator("[data-words]")).to_have_text("1 warning")
    him.press("Keep it and hand over for approval").see("waits for a second person")


def the_worker_hands_it_over(post_office):
    dispatch, message = the_worker_hands_over(post_office)
    assert "Dear Ms Osei" in message.get_payload(decode=True).decode()
    assert message["Message-ID"] == dispatch.message_id
    return dispatch


def the_bounce_makes_it_owed_again(him, dispatch, tmp_path):
    him.page.reload()
    him.see("Sent in time")
    bounce = tmp_path / "bounce.eml"
    bounce.write_bytes(a_bounce(dispatch.message_id))
    him.page.goto(f"{him.site}/letters/bounces/")
    him.page.get_by_label("The mailbox or message").set_input_files(bounce)
    him.press("Take it in").see("1 letter is owed again")
    him.go_to("Overview").follow("1 letter came back").follow("Amira Osei")
    him.see("Send it another way", "Not delivered by e-mail")
