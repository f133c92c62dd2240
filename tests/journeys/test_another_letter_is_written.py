"""A holding letter goes out from its facts on, while the letter with the decision is owed."""

import re

import pytest
import time_machine
from playwright.sync_api import expect

from forthright.accounts.models import Role, Unit
from forthright.letters.services.facts import Wishes, set_wishes
from tests import given
from tests.fakes import mail
from tests.journeys.writing import (
    the_manager_approves,
    the_officer_sends,
    the_worker_hands_over,
)

pytestmark = pytest.mark.journey


@pytest.fixture
def post_office():
    with mail.post_office() as server:
        yield server


@pytest.fixture
def cast(served):
    """Return the people, and a letter that is owed and waits for the prosecutor."""
    duty = given.a_letter_to_write()
    set_wishes(duty, Wishes(channel="EMAIL"), by=None, at=given.NOON)
    return {
        "officer": given.a_liaison_officer().email,
        "manager": given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU)).email,
    }


def test_a_holding_letter_goes_out_and_the_duty_remains(cast, walk, post_office):
    with time_machine.travel(given.at("2026-10-05 14:00"), tick=True):
        him = walk(cast["officer"])
        the_officer_begins_a_holding_letter(him)
        the_officer_drafts_and_hands_over(him)
        the_manager_approves(
            walk(cast["manager"]),
            opens="Amira Osei. Holding letter",
            reads="the camera on Foundry Street",
        )
        the_officer_sends(him)
        the_worker_hands_it_over(post_office)
        the_letter_with_the_decision_is_still_owed(him)


def the_officer_begins_a_holding_letter(him):
    him.go_to("Letters").follow("Amira Osei").heading("Letter to Ms Amira Osei")
    him.follow("Write another letter to this person").see("due Monday 12 October 2026")
    him.see("Not now. The letter with the decision has not been sent")
    him.follow("Holding letter").see("the decision letter stays owed and its time goes on")
    him.write("What are they waiting for?", "your question about the camera on Foundry Street")
    boxes = him.page.get_by_role("group", name="By when will they have the answer?")
    for box, said in (("Day", "19"), ("Month", "10"), ("Year", "2026")):
        boxes.get_by_label(box).fill(said)
    him.press("Begin the letter").heading("Holding letter to Ms Amira Osei")
    him.see("That one stays owed, and its time goes on")


def the_officer_drafts_and_hands_over(him):
    him.follow("Draft the letter").press("Put the letter together")
    him.heading("Draft of the letter")
    box = him.page.get_by_label("The letter", exact=True)
    expect(box).to_have_value(re.compile("19 October 2026"))
    right = box.input_value()
    box.fill(right.replace("Dear Ms Osei", "Dear Mr Ashdown"))
    expect(him.page.locator("[data-words]")).to_contain_text("stop")
    box.fill(right)
    expect(him.page.locator("[data-words]")).not_to_contain_text("stop")
    him.press("Keep it and hand over for approval").see("waits for a second person")


def the_worker_hands_it_over(post_office):
    _, message = the_worker_hands_over(post_office)
    said = message.get_payload(decode=True).decode()
    assert "your question about the camera on Foundry Street" in said
    assert "19 October 2026" in said


def the_letter_with_the_decision_is_still_owed(him):
    him.page.reload()
    him.see("Sent Monday 5 October 2026", "That one stays owed")
    him.go_to("Letters").follow("Amira Osei").heading("Letter to Ms Amira Osei")
    him.see("Due in 5 working days", "None of these is the letter with the decision")
    him.see("Waits for the prosecutor")
