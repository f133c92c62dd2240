"""What is kept on the marking screen when answers are slow or the service is busy."""

import sqlite3
from contextlib import closing
from copy import copy

import pytest
import time_machine
from django.db import connection
from playwright.sync_api import expect

from forthright.accounts.models import Role, User
from tests import given
from tests.journeys.walking import Walker

pytestmark = pytest.mark.journey

PARAGRAPH = "There was no longer a realistic prospect of conviction."


@pytest.fixture
def her(served, walk):
    """Return a line manager who has a letter to mark before her."""
    with time_machine.travel(given.NOON, tick=True):
        manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit())
        urn = given.a_drawn_letter(marker=manager).duty.case.urn
        her = walk(manager.email)
        her.go_to("Marking").follow(f"Mark letter {urn}").heading("Mark letter")
        yield her


def quote(her: Walker, code: str) -> None:
    """Select a paragraph of the letter and quote it for one criterion."""
    her.page.locator("[data-letter] li", has_text=PARAGRAPH).click(click_count=3)
    her.page.locator(f"#{code}").get_by_role("button", name="Quote the words selected").click()


def test_an_answer_that_comes_late_takes_no_quotation_away(her):
    held = []

    def hold(route):
        held.append(route)

    her.page.route("**/mark/B2/**", hold, times=1)

    with her.page.expect_request("**/mark/B2/**"):
        her.page.locator("#B2 input[type=radio]").nth(1).check()
    quote(her, "B2")
    held[0].continue_()

    expect(her.page.locator("[data-letter] mark")).to_have_text(PARAGRAPH)
    expect(her.page.locator("#B2 [data-quotation]")).to_have_value(PARAGRAPH)


def test_a_mark_is_saved_by_itself_once_the_service_is_no_longer_busy(her):
    her.page.route(
        "**/mark/B2/**",
        lambda route: route.fulfill(status=503, headers={"Retry-After": "1"}, body="busy"),
        times=2,
    )

    her.page.locator("#B2 input[type=radio]").nth(1).check()

    expect(her.page.locator("[data-status]")).to_have_text("Waiting to save")
    expect(her.page.locator("[data-status]")).to_contain_text("Saved")
    expect(her.page.locator("[data-trouble]")).to_be_hidden()
    assert len(her.faults) == 2  # the two refusals
    her.faults.clear()


def test_what_could_not_be_saved_is_saved_with_the_next_mark(her):
    her.page.route("**/mark/A1/**", lambda route: route.abort(), times=1)
    her.page.locator("#A1 .app-level input").first.check()
    expect(her.page.locator("[data-status]")).to_have_text("Not saved")
    expect(her.page.locator("[data-trouble]")).to_contain_text("Not saved: A1")

    her.page.locator("#A2 .app-level input").first.check()

    expect(her.page.locator("[data-trouble]")).to_be_hidden()
    expect(her.page.locator("[data-status]")).to_contain_text("Saved")
    her.page.reload()
    expect(her.page.locator("#A1 .app-level input").first).to_be_checked()
    her.faults.clear()


def test_a_mark_is_saved_once_who_was_signed_out_has_signed_in_again_in_another_tab(her):
    tab = copy(her)
    tab.page = her.context.new_page()
    tab.page.goto(her.site)
    manager = User.objects.get(role=Role.LINE_MANAGER)
    tab.press("Sign out")
    her.page.locator("#A1 .app-level input").first.check()
    trouble = her.page.locator("[data-trouble]")
    expect(trouble).to_contain_text("Not saved: A1, because you have been signed out. Sign in")

    tab.sign_in(manager.email).heading("Overview")
    her.page.get_by_role("button", name="Try again").click()

    expect(trouble).to_be_hidden()
    expect(her.page.locator("[data-status]")).to_contain_text("Saved")


def test_a_mark_given_before_the_script_has_come_is_saved_too(her):
    held = []

    def hold(route):
        held.append(route)

    her.page.route("**/marking*.js", hold)
    her.page.reload(wait_until="commit")
    her.page.locator("#A1 .app-level input").first.check()
    held[0].continue_()

    expect(her.page.locator("[data-status]")).to_contain_text("Saved ")
    expect(her.page.locator("[data-progress]")).to_have_text("3 of 14 marked")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has many writers at a time")
def test_whoever_waits_too_long_for_another_writer_is_told_that_nothing_was_saved(her, monkeypatch):
    settings = connection.settings_dict
    monkeypatch.setitem(settings["OPTIONS"], "timeout", 0.5)
    with closing(sqlite3.connect(settings["NAME"], isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")

        her.press("Save and go on later").heading("Somebody else’s work is being saved")
        writer.execute("ROLLBACK")

    her.page.reload()
    her.see("Saved. You can go on where you stopped.")
    assert len(her.faults) == 1
    her.faults.clear()


def stands_clear(her, code: str) -> None:
    """Wait until a criterion stands just below the bar that stays in sight."""
    her.wait_until(
        """(code) => {
          const bar = document.getElementById("bar").getBoundingClientRect().bottom;
          const top = document.getElementById(code).getBoundingClientRect().top;
          return bar <= top && top < bar + 40;
        }""",
        arg=code,
    )


@pytest.mark.parametrize("width", [1280, 320])
def test_a_link_to_a_criterion_shows_it_clear_of_the_bar(her, width):
    her.page.set_viewport_size({"width": width, "height": 800})
    # A page that is still being laid out scrolls only once.
    her.page.reload(wait_until="networkidle")
    her.page.evaluate("location.hash = 'B1'")

    stands_clear(her, "B1")


def test_the_keys_begin_at_the_first_unmarked_and_keep_clear_of_the_bar(her):
    her.page.locator("#A1 .app-level input").first.check()
    expect(her.page.locator("[data-progress]")).to_have_text("3 of 14 marked")

    her.page.get_by_label("Mark with keys").check()
    expect(her.page.locator(".app-card--here")).to_have_id("A2")
    her.page.keyboard.press("1")

    expect(her.page.locator("[data-progress]")).to_have_text("4 of 14 marked")
    expect(her.page.locator("#A2 .app-level input").first).to_be_checked()
    for code in ("A3", "A5", "A6", "A7"):
        her.page.keyboard.press("j")
        expect(her.page.locator(".app-card--here")).to_have_id(code)
        stands_clear(her, code)
    her.page.keyboard.press("k")
    expect(her.page.locator(".app-card--here")).to_have_id("A6")


def test_a_mark_changed_in_another_window_is_shown_beside_this_one_and_asked_about(her):
    other = her.context.new_page()
    other.goto(her.page.url)
    other.locator("#A1 .app-level input").nth(2).check()
    expect(other.locator("[data-status]")).to_contain_text("Saved")

    her.page.locator("#A1 .app-level input").nth(0).check()

    expect(her.page.locator("[data-status]")).to_have_text("Not saved: A1")
    expect(her.page.locator("#A1 .app-clash")).to_contain_text("Does not meet")
    # It goes once it is chosen, so nothing can look whether it is checked.
    her.page.get_by_label("What was saved meanwhile").click()
    expect(her.page.locator("#A1 .app-clash")).to_have_count(0)
    expect(her.page.locator("#A1 .app-level input").nth(2)).to_be_checked()
