"""Disclosure in a real browser: from the schedule that is too thin to what comes after service."""

import pytest
import time_machine
from playwright.sync_api import expect

from forthright.accounts.models import Role
from forthright.disclosure.models import DisclosureDuty, Endorsement
from forthright.rules.disclosure_duty import DutyState
from tests import given
from tests.disclosure import duties
from tests.journeys.grid import MENDED, endorse_by_keys
from tests.journeys.walking import Walker

pytestmark = pytest.mark.journey

THIN = duties.a_schedule("CCTV", *duties.OPEN_ITEMS[1:])


def write_day(her: Walker, name: str, day: int, month: int = 10) -> None:
    """Write a day of 2026 in the three boxes of a field."""
    for part, value in (("day", day), ("month", month), ("year", 2026)):
        her.page.locator(f"[name={name}_{part}]").fill(str(value))


def hand_over(somebody: Walker, words: str) -> None:
    """Choose a schedule in the box for files."""
    file = {"name": "mg6c.csv", "mimeType": "text/csv", "buffer": words.encode()}
    somebody.page.locator("input[type=file]").set_input_files(file)


def bring(her: Walker, words: str) -> None:
    """Hand a schedule over, and take it in."""
    her.follow("Bring schedules in").heading("Bring schedules in")
    hand_over(her, words)
    her.press("Check them").heading("Delivery of schedules").see("Nothing was taken in yet")
    her.press("Take it in").see("Is it adequate?")


def find_adequate(her: Walker) -> None:
    """Find what was taken in adequate: of whom where asked, why where a finding should stop it."""
    if her.page.get_by_label("Which unit of the police sent it?").count():
        her.choose("Which unit of the police sent it?", "Mercia Police")
    if her.page.get_by_label("Why is it adequate?").count():
        her.write("Why is it adequate?", "Enough for this case")
    her.press("It is adequate").see("Its items can be endorsed")


def return_to_the_police(her: Walker, unit: str) -> None:
    her.follow("Return it to the police").heading("Return it to the police")
    her.choose("Which unit of the police", unit)
    write_day(her, "answer_by", 12)
    her.press("Return it").see("Not answered yet")


def hand_in_for_the_police(his: Walker, case: str) -> None:
    his.follow("1 delivery of schedules to mend").follow(f"{case}, returned")
    his.follow("Hand in the new version").heading("Hand in the new version")
    hand_over(his, MENDED)
    his.press("Hand it in").see("Handed in.", "It waits for the prosecutor")


def approve(second: Walker) -> None:
    second.follow("1 duty endorsed and waiting to be approved")
    second.follow("Approved by a second person").heading("Approve what is to be disclosed")
    for box in second.each(second.page.get_by_role("checkbox")):
        box.check()
    second.press("Approve").see("It can be served")


def serve(her: Walker, how: str, proof: str) -> None:
    """Serve what is due, and tell the court at once."""
    her.tick(how)
    her.write("What proves it?", proof).press("Record service on Mr Dean Marsden")
    her.heading("When was the court told?").press("Keep it").see("Kept that the court was told")


def answer_the_defence(her: Walker) -> None:
    her.follow("Defence statement")
    write_day(her, "received_on", 5)
    her.write("What does it ask for?", "The CCTV of the yard").press("Keep the statement")
    her.follow("Answer request 1").tick("Asked of the police")
    her.write("The answer", "We have asked for it today.").press("Answer it")
    her.see("Asked of the police")


def approve_since(second: Walker) -> None:
    """Approve what was decided after the first service."""
    second.go_to("Disclosure").follow("Served").follow("Mr Dean Marsden")
    second.follow("Approved by a second person").heading("Approve what is to be disclosed")
    second.see("decided after the first service", "Council footage request")
    second.press("Approve").see("What was decided since is approved")


def disclose_what_came_later(her: Walker, second: Walker) -> None:
    later = duties.a_schedule("Council footage request and the reply of 5 October", first=5)
    bring(her, later)
    find_adequate(her)
    her.follow("Endorsed item by item").heading("Endorse items")
    endorse_by_keys(her, [("d", "It answers the request")])
    expect(her.page.locator("[data-left]")).to_have_text("0")
    her.follow("Back to the duty").follow("Continuing duty")
    her.see("no second person has approved that: MG6C item 5")
    approve_since(second)
    her.follow("Back to the duty").follow("Continuing duty").see("Council footage request")
    serve(her, "Secure e-mail (CJSM)", "Receipt 4502")


KEYS = [("c", ""), ("n", "It is about another address"), ("d", "She saw two men"),
        ("d", "It names who hired it")]  # fmt: skip


def take_in_what_leaves_an_item_out(her: Walker) -> None:
    """Take in a version on which an item stands no more, once it is said why."""
    her.see("The police handed this in", "would stand on no schedule any more")
    her.page.get_by_role("checkbox", name="MG6C item 1").check()
    her.page.get_by_label("Why may they leave?").fill("The police say there never was any")
    her.press("Take it in").see("Is it adequate?")
    her.see("What changed since the version before", "written otherwise")


# Slow: three people at a real browser, from the first schedule to the last disclosure.
@pytest.mark.slow
def test_disclosure_is_given(served, walk):
    with time_machine.travel(given.NOON, tick=True):
        duty = duties.a_duty()
        officer = duties.a_police_partner()
        lawyer, manager = duties.a_lawyer(), duties.a_lawyer(Role.LEGAL_MANAGER)

        her = walk(lawyer.email).go_to("Disclosure").follow("Mr Dean Marsden")
        bring(her, THIN)
        return_to_the_police(her, officer.unit.name)
        hand_in_for_the_police(walk(officer.email), str(duty.case))
        her.go_to("Overview").follow("1 new version of schedules from the police")
        take_in_what_leaves_an_item_out(her)
        find_adequate(her)
        her.follow("Endorsed item by item").heading("Endorse items")
        endorse_by_keys(her, KEYS)
        expect(her.page.locator("[data-left]")).to_have_text("0")
        second = walk(manager.email)
        approve(second)
        her.go_to("Disclosure").follow("Mr Dean Marsden").follow("Served on the defence")
        her.see("Diary of Mr Hall", "First account of Mrs Oduya")
        serve(her, "Crown Court Digital Case System, section UND2", "Receipt 4471")
        answer_the_defence(her)
        her.go_to("Disclosure").follow("Served").follow("Mr Dean Marsden")
        disclose_what_came_later(her, second)

    assert DisclosureDuty.objects.get().state == DutyState.CONTINUING
    assert Endorsement.objects.count() == 5
