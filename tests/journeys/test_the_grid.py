"""Items are endorsed by keys in a real browser: slowly, cut off, two at once, in a low window."""

from copy import copy

import pytest
import time_machine
from playwright.sync_api import Route, expect

from forthright.disclosure.models import Endorsement
from forthright.disclosure.services import triage
from tests import given
from tests.disclosure import duties
from tests.journeys.grid import MENDED, endorse_by_keys
from tests.journeys.walking import Walker

pytestmark = pytest.mark.journey


def a_long_schedule(number: int) -> str:
    return duties.a_schedule(*(f"Receipt {place} for the hire of a van in Dunsby on 3 May 2026"
                               for place in range(1, number + 1)))  # fmt: skip


def grid_of(her: Walker) -> Walker:
    """Open the grid of the one duty."""
    her.go_to("Disclosure").follow("Mr Dean Marsden")
    expect(
        her.follow("Endorsed item by item").page.get_by_role("grid", name="Items")
    ).to_be_focused()
    return her.heading("Endorse items")


# Slow: a real browser works through a schedule of 2,000 items.
@pytest.mark.slow
def test_two_thousand_items_are_endorsed_with_few_rows_drawn(served, walk):
    with time_machine.travel(given.NOON, tick=True):
        duties.adequate(duties.a_duty(), mg6c_csv=a_long_schedule(2000))
        her = grid_of(walk(duties.a_lawyer().email))
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


def test_the_keys_are_the_same_with_caps_lock_or_shift_and_no_other_decides(served, walk):
    with time_machine.travel(given.NOON, tick=True):
        duties.adequate(duties.a_duty(), mg6c_csv=a_long_schedule(4))
        her = grid_of(walk(duties.a_lawyer().email))
        here = her.page.locator(".app-grid__row--here")
        # As Caps Lock sends a letter: a capital, with no Shift held.
        her.page.get_by_role("grid", name="Items").dispatch_event("keydown", {"key": "C"})
        expect(her.page.locator("[data-status]")).to_contain_text("MG6C item 1 kept as CND")
        her.page.keyboard.press("Shift+J")
        expect(here).to_contain_text("MG6C item 3")
        for key in ("Shift+Digit1", "Shift+Slash", "1", "Control+C", "Shift+Delete"):
            her.page.keyboard.press(key)
        expect(here).to_contain_text("MG6C item 3")
        expect(her.page.locator("[data-left]")).to_have_text("3")
        her.page.keyboard.press("Shift+E")
        expect(her.page.locator("[data-status]")).to_contain_text("MG6C item 3 kept as E")
    assert list(Endorsement.objects.order_by("pk").values_list("code", flat=True)) == ["CND", "E"]


def test_a_decision_that_is_changed_in_the_grid_is_asked_for_its_own_reason(served, walk):
    with time_machine.travel(given.NOON, tick=True):
        duties.adequate(duties.a_duty(), mg6c_csv=a_long_schedule(3))
        her = grid_of(walk(duties.a_lawyer().email))
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
        her = grid_of(walk(duties.a_lawyer().email))
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
        her = grid_of(walk(duties.a_lawyer().email))
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


def test_what_is_half_written_when_the_connection_is_back_is_not_sent(served, walk):
    with time_machine.travel(given.NOON, tick=True):
        duties.adequate(duties.a_duty(), mg6c_csv=a_long_schedule(3))
        her = grid_of(walk(duties.a_lawyer().email))
        her.page.context.set_offline(True)
        endorse_by_keys(her, [("c", "")])
        said = her.page.locator("[data-status]")
        expect(said).to_contain_text("No connection: 1 endorsement waits")
        her.page.keyboard.press("Home")
        type_over(her, "d", "She saw tw")

        her.page.context.set_offline(False)

        expect(said).to_contain_text("item 1 kept as CND. What you wrote there since is not kept")
        expect(her.page.locator("[data-field=reason]")).to_have_value("Yes: She saw tw")
    assert list(Endorsement.objects.values_list("code", "reason")) == [("CND", "")]


def another_tab_of(her: Walker) -> Walker:
    """Return the same person, in another tab of the same browser."""
    tab = copy(her)
    tab.page = her.context.new_page()
    tab.page.goto(her.site)
    return tab


def send_again(her: Walker) -> None:
    """Press Enter in the reason of the first row, as who was refused does."""
    her.page.keyboard.press("Home")
    her.page.keyboard.press("Enter")
    her.page.keyboard.press("Enter")


def test_who_signs_in_again_in_another_tab_goes_on_where_they_were(served, walk):
    with time_machine.travel(given.NOON, tick=True):
        duties.adequate(duties.a_duty(), mg6c_csv=a_long_schedule(3))
        lawyer, other = duties.a_lawyer(), duties.a_lawyer()
        her = grid_of(walk(lawyer.email))
        said = her.page.locator("[data-status]")
        tab = another_tab_of(her)
        tab.press("Sign out")
        endorse_by_keys(her, [("n", "It is about another van")])
        expect(said).to_contain_text("item 1 was not kept: You have been signed out")

        tab.sign_in(other.email).heading("Overview")
        send_again(her)
        expect(said).to_contain_text("Somebody else has signed in here since")
        assert not Endorsement.objects.exists()

        tab.press("Sign out")
        tab.sign_in(lawyer.email).heading("Overview")
        send_again(her)
        expect(said).to_contain_text("MG6C item 1 kept as ND")
    [kept] = Endorsement.objects.all()
    assert (kept.reason, kept.made_by) == ("It is about another van", lawyer)


def test_what_was_typed_while_a_new_version_waits_is_kept_once_it_is_adequate(served, walk):
    with time_machine.travel(given.NOON, tick=True):
        duty = duties.reviewing()
        her = grid_of(walk(duties.a_lawyer().email))
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


def test_what_a_colleague_decided_meanwhile_is_said_before_anybody_puts_another_in_its_place(
    served, walk
):  # fmt: skip
    with time_machine.travel(given.NOON, tick=True):
        duties.adequate(duties.a_duty(), mg6c_csv=a_long_schedule(3))
        hers, his = (grid_of(walk(duties.a_lawyer().email)) for _ in range(2))
        endorse_by_keys(hers, [("d", "It says how tall he is")])
        expect(hers.page.locator("[data-status]")).to_contain_text("MG6C item 1 kept as D")

        endorse_by_keys(his, [("c", "")])

        stands = "Stands now: D, It says how tall he is"
        expect(his.page.locator("[data-status]")).to_contain_text(stands)
        his.page.keyboard.press("Home")
        expect(his.page.locator("[data-words]")).to_contain_text(stands)
        expect(his.page.locator("[data-left]")).to_have_text("2")
    assert [each.code for each in Endorsement.objects.all()] == ["D"]


def test_what_waits_its_turn_puts_nothing_in_the_place_of_what_nobody_has_seen(served, walk):
    with time_machine.travel(given.NOON, tick=True):
        duties.adequate(duties.a_duty(), mg6c_csv=a_long_schedule(3))
        hers, his = (grid_of(walk(duties.a_lawyer().email)) for _ in range(2))
        endorse_by_keys(hers, [("d", "It says how tall he is")])
        expect(hers.page.locator("[data-status]")).to_contain_text("MG6C item 1 kept as D")
        on_their_way = []
        his.page.route("**/keep/", lambda route: on_their_way.append(route))  # noqa: PLW0108
        endorse_by_keys(his, [("c", "")])
        his.page.keyboard.press("Home")
        endorse_by_keys(his, [("n", "It is about another van")])

        let_go(his, on_their_way, 0)

        said = his.page.locator("[data-status]")
        expect(said).to_contain_text("MG6C item 1 was not kept: This was changed after you opened")
        expect(said).to_contain_text("Stands now: D, It says how tall he is")
        his.page.keyboard.press("Home")
        expect(his.page.locator("[data-field=reason]")).to_have_value("It is about another van")
        his.page.wait_for_timeout(200)
    assert len(on_their_way) == 1
    assert [each.code for each in Endorsement.objects.all()] == ["D"]


@pytest.mark.parametrize(("width", "height"), [(1366, 650), (1280, 720), (1024, 500)])
def test_nobody_decides_a_row_that_is_out_of_the_window(served, walk, width, height):
    rows = duties.a_schedule(*("Receipt for a van", "CCTV of the shop on a disc") * 15)
    with time_machine.travel(given.NOON, tick=True):
        duties.adequate(duties.a_duty(), mg6c_csv=rows)
        her = walk(duties.a_lawyer().email)
        her.page.set_viewport_size({"width": width, "height": height})
        grid_of(her)
        here = her.page.locator(".app-grid__row--here")
        for key in [*["j"] * 9, "PageDown", "End", *["k"] * 12, "Home", "j"]:
            expect(here).to_be_in_viewport(ratio=0.99)
            her.page.keyboard.press(key)

        her.page.keyboard.press("d")
        her.page.keyboard.type("It shows him")
        her.page.keyboard.press("Enter")
        expect(her.page.locator("[data-status]")).to_contain_text("Write who viewed")
        her.page.keyboard.press("k")

        expect(her.page.locator("[data-words]")).to_contain_text("Not kept: Write who viewed")
        for field in ("reason", "inspected"):
            box, row = her.page.locator(f"[data-field={field}]").bounding_box(), here.bounding_box()
            assert row["y"] <= box["y"]
            assert box["y"] + box["height"] <= row["y"] + row["height"]


def test_without_keys_the_same_is_done_by_touch_on_pages_of_fifty(served, walk):
    with time_machine.travel(given.NOON, tick=True):
        duties.adequate(duties.a_duty(), mg6c_csv=a_long_schedule(60))
        her = grid_of(walk(duties.a_lawyer().email)).follow("Without keys, fifty items a page")
        her.follow("2", within=her.page.get_by_label("Pages of items"))
        her.page.get_by_label("Endorsement of MG6C item 60").select_option("CND")
        her.press("Keep these endorsements").see("1 endorsement kept")

        expect(her.page.get_by_label("Endorsement of MG6C item 60")).to_have_value("CND")
        grid = her.follow("By keys, all items in one grid").page.get_by_role("grid", name="Items")
        expect(grid).to_be_focused()
        expect(her.page.locator("[data-left]")).to_have_text("59")
