"""What is kept on the marking screen when answers are slow or the service is busy."""

import sqlite3
from contextlib import closing

import pytest
import time_machine
from django.db import connection
from playwright.sync_api import expect

from forthright.accounts.models import Role
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
