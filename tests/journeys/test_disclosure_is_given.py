"""Disclosure in a real browser: from the schedule that is too thin to what comes after service."""

import pytest
import time_machine
from playwright.sync_api import Route, expect

from forthright.accounts.models import Role
from forthright.disclosure.models import DisclosureDuty, Endorsement
from forthright.disclosure.services import triage
from forthright.rules.disclosure_duty import DutyState
from tests import given
from tests.disclosure import duties
from tests.journeys.walking import Walker

pytestmark = pytest.mark.journey

THIN = duties.a_schedule("CCTV", *duties.OPEN_ITEMS[1:])
MENDED = duties.a_schedule(
    *duties.OPEN_ITEMS, "Diary of Mr Hall for May 2026, noting who hired the van"
)


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


def endorse_by_keys(her: Walker, rows: list[tuple[str, str]]) -> None:
    """Endorse row after row: a key, and the reason where one is asked for."""
    grid = her.page.get_by_role("grid", name="Items")
    expect(grid).to_be_focused()
    for key, reason in rows:
        her.page.keyboard.press(key)
        if reason:
            expect(her.page.locator("[data-field=reason]")).to_be_focused()
            her.page.keyboard.type(reason)
            her.page.keyboard.press("Enter")
        expect(grid).to_be_focused()


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


def a_long_schedule(number: int) -> str:
    return duties.a_schedule(*(f"Receipt {place} for the hire of a van in Dunsby on 3 May 2026"
                               for place in range(1, number + 1)))  # fmt: skip


# Slow: a real browser works through a schedule of 2,000 items.
@pytest.mark.slow
def test_two_thousand_items_are_endorsed_with_few_rows_drawn(served, walk):
    with time_machine.travel(given.NOON, tick=True):
        duties.adequate(duties.a_duty(), mg6c_csv=a_long_schedule(2000))
        her = walk(duties.a_lawyer().email).go_to("Disclosure").follow("Mr Dean Marsden")
        her.follow("Endorsed item by item").heading("Endorse items")
        expect(her.page.locator("[data-left]")).to_have_text("2,000")
        endorse_by_keys(her, [("c", "")] * 5)

        her.page.keyboard.press("End")
        expect(her.page.get_by_role("link", name="MG6C item 2000")).to_be_visible()
        her.page.keyboard.press("e")
        expect(her.page.locator("[data-left]")).to_have_text("1,994")

        assert her.page.locator(".app-grid__row").count() < 40
        her.page.keyboard.press("Home")
        her.page.keyboard.press("d")
        her.page.keyboard.press("Escape")
        expect(her.page.locator(".app-grid__row--here")).to_contain_text("Not kept yet")
    assert Endorsement.objects.count() == 6


def test_a_decision_that_is_changed_in_the_grid_is_asked_for_its_own_reason(served, walk):
    with time_machine.travel(given.NOON, tick=True):
        duties.adequate(duties.a_duty(), mg6c_csv=a_long_schedule(3))
        her = walk(duties.a_lawyer().email).go_to("Disclosure").follow("Mr Dean Marsden")
        her.follow("Endorsed item by item").heading("Endorse items")
        endorse_by_keys(her, [("d", "It names who hired it"), ("d", "It helps his case")])
        said, reason = her.page.locator("[data-status]"), her.page.locator("[data-field=reason]")
        expect(said).to_contain_text("MG6C item 2 kept as D")
        her.page.keyboard.press("Home")
        her.page.keyboard.press("n")
        expect(reason).to_be_focused()
        expect(said).to_contain_text("This is the reason of D. Write why it is ND")
        assert Endorsement.objects.count() == 2

        # The old words are chosen, so that typing writes over them.
        her.page.keyboard.type("It is of another van")
        her.page.keyboard.press("Enter")
        expect(said).to_contain_text("MG6C item 1 kept as ND")
        her.page.keyboard.press("i")
        expect(reason).to_be_focused()
        her.page.keyboard.press("Enter")
        expect(said).to_contain_text("MG6C item 2 kept as I")
    assert list(Endorsement.objects.order_by("pk").values_list("code", "reason")) == [
        ("D", "It names who hired it"), ("D", "It helps his case"),
        ("ND", "It is of another van"), ("I", "It helps his case"),
    ]  # fmt: skip


def type_over(her: Walker, key: str, words: str) -> None:
    """Choose another code in a row, write a reason, and begin to write before it."""
    her.page.keyboard.press(key)
    expect(her.page.locator("[data-field=reason]")).to_be_focused()
    her.page.keyboard.type(words)
    her.page.keyboard.press("Home")
    her.page.keyboard.type("Yes: ")


def let_go(her: Walker, on_their_way: list[Route], place: int) -> None:
    """Let a request that is held back go on; it is the last that came."""
    while len(on_their_way) <= place:
        her.page.wait_for_timeout(20)
    assert len(on_their_way) == place + 1
    on_their_way[place].continue_()


def test_what_is_written_while_the_answer_is_on_its_way_is_neither_sent_with_it_nor_lost(
    served, walk
):
    with time_machine.travel(given.NOON, tick=True):
        duties.adequate(duties.a_duty(), mg6c_csv=a_long_schedule(3))
        her = walk(duties.a_lawyer().email).go_to("Disclosure").follow("Mr Dean Marsden")
        her.follow("Endorsed item by item").heading("Endorse items")
        on_their_way = []
        her.page.route("**/keep/", lambda route: on_their_way.append(route))  # noqa: PLW0108
        said, reason = her.page.locator("[data-status]"), her.page.locator("[data-field=reason]")
        keyboard = her.page.keyboard
        endorse_by_keys(her, [("c", ""), ("c", "")])
        keyboard.press("Home")
        type_over(her, "d", "She saw two men ")

        let_go(her, on_their_way, 0)
        expect(said).to_contain_text("item 1 kept as CND. What you wrote there since is not kept")
        expect(her.page.locator(".app-grid__row--here strong")).to_have_text("D")
        expect(reason).to_be_focused()
        keyboard.type("I read it. ")
        expect(reason).to_have_value("Yes: I read it. She saw two men ")
        let_go(her, on_their_way, 1)
        expect(said).to_contain_text("MG6C item 2 kept as CND")
        keyboard.press("Enter")
        let_go(her, on_their_way, 2)
        expect(said).to_contain_text("MG6C item 1 kept as D")
    assert list(Endorsement.objects.order_by("pk").values_list("code", "reason")) == [
        ("CND", ""), ("CND", ""), ("D", "Yes: I read it. She saw two men"),
    ]  # fmt: skip


def test_what_is_endorsed_without_a_connection_is_kept_once_it_is_back(served, walk):
    with time_machine.travel(given.NOON, tick=True):
        duties.adequate(duties.a_duty(), mg6c_csv=a_long_schedule(3))
        her = walk(duties.a_lawyer().email).go_to("Disclosure").follow("Mr Dean Marsden")
        her.follow("Endorsed item by item").heading("Endorse items")
        expect(her.page.locator("[data-obvious]")).to_have_text("3")
        her.page.context.set_offline(True)
        endorse_by_keys(her, [("c", ""), ("n", "It is about another van")])
        said = her.page.locator("[data-status]")
        expect(said).to_contain_text("No connection: 2 endorsements wait")
        expect(her.page.locator(".app-grid__row").first).to_contain_text("Waits for the connection")
        assert not Endorsement.objects.exists()

        her.page.context.set_offline(False)

        expect(said).to_contain_text("The connection is back. MG6C item 2 kept as ND")
        expect(her.page.locator("[data-left]")).to_have_text("1")
        expect(her.page.locator("[data-obvious]")).to_have_text("1")
    assert {each.code: each.reason for each in Endorsement.objects.all()} == {
        "CND": "", "ND": "It is about another van",
    }  # fmt: skip


def test_what_was_typed_while_a_new_version_waits_is_kept_once_it_is_adequate(served, walk):
    with time_machine.travel(given.NOON, tick=True):
        duty = duties.reviewing()
        her = walk(duties.a_lawyer().email).go_to("Disclosure").follow("Mr Dean Marsden")
        her.follow("Endorsed item by item").heading("Endorse items")
        endorse_by_keys(her, [("c", "")])
        said = her.page.locator("[data-status]")
        expect(said).to_contain_text("MG6C item 1 kept as CND")
        came = duties.received(duty, mg6c_csv=MENDED)
        endorse_by_keys(her, [("n", "It is about another van")])
        expect(said).to_contain_text("MG6C item 2 was not kept: Schedules came that nobody")
        expect(said).to_contain_text("What you typed stays on this page")

        triage.find_adequate(came, by=None, at=given.NOON)
        her.page.keyboard.press("ArrowUp")
        her.page.keyboard.press("Enter")
        expect(her.page.locator("[data-field=reason]")).to_have_value("It is about another van")
        her.page.keyboard.press("Enter")

        expect(said).to_contain_text("MG6C item 2 kept as ND. A new version of the schedules")
    assert [each.code for each in Endorsement.objects.order_by("pk")] == ["CND", "ND"]
