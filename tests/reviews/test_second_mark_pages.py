"""The pages of second marks: blind until done, and nothing lost between two windows."""

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.reviews.selectors.second_marks import levels_stamp, second_levels
from forthright.reviews.services.second_marking import save_second_levels
from tests import given
from tests.client import as_
from tests.reviews.twice import (
    a_finished_second_marking,
    a_second_marking,
    levels_for,
    mark_again,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=False):
        yield


def address_of(marking, page="mark/"):
    return f"/second-marks/{marking.pk}/{page}"


def posted(marking, levels, then="finish"):
    return {**levels, "seen": levels_stamp(second_levels(marking)), "then": then}


def test_the_second_marker_finds_the_letter_and_nothing_of_the_first_marks():
    marking = a_second_marking(levels={"B1": "NOT_MET"})
    browser = as_(marking.marker)

    browser.open("/").see("1 letter of other units to mark again")
    browser.open("/reviews/").see("Second marks to give")
    page = browser.open(address_of(marking))

    page.see("Dear Ms Begum")
    page.see("0 of 14 marked.")
    # Why it was chosen can tell how a critical criterion was marked.
    page.not_see(marking.review.marker.full_name, marking.because)
    assert " checked" not in page.text


def test_levels_are_kept_for_later_and_finished_when_whole():
    marking = a_second_marking()
    browser = as_(marking.marker)
    levels = levels_for(marking)

    saved = browser.post(address_of(marking), **posted(marking, {"A1": "FULLY"}, then="later"))
    too_soon = browser.post(address_of(marking), **posted(marking, {"A2": "FULLY"}))
    whole = browser.post(address_of(marking), **posted(marking, levels))

    saved.see("Saved. Go on when you like.")
    too_soon.see("Saved, but not finished.", "Mark B1", "2 of 14 marked.")
    whole.see("Second marks finished.", "14 of 14 criteria were marked alike.")


def test_a_level_that_is_not_offered_is_not_kept_and_the_page_says_so():
    marking = a_second_marking()
    levels = {**levels_for(marking), "A5": "FULLY"}

    page = as_(marking.marker).post(address_of(marking), **posted(marking, levels))

    page.see("Nothing was saved. A5: “Fully meets” is ruled out", "Choose “Does not apply”.")
    assert second_levels(marking) == {}


def test_two_windows_lose_nothing():
    marking = a_second_marking()
    browser = as_(marking.marker)
    first_window = posted(marking, {"A1": "NOT_MET"})
    save_second_levels(marking, {"A1": "FULLY"}, by=marking.marker, at=given.NOON)

    page = browser.post(address_of(marking), **first_window)

    page.see("These marks were changed in another window after you opened this page.")
    assert second_levels(marking) == {"A1": "FULLY"}


def test_a_window_that_comes_after_they_are_finished_is_told_what_was_not_kept():
    marking = a_second_marking()
    browser = as_(marking.marker)
    stale = posted(marking, {**levels_for(marking), "B1": "NOT_MET", "B2": "PARTIALLY"})
    mark_again(marking)

    page = browser.post(address_of(marking), **stale)
    twice = browser.post(address_of(marking), **posted(marking, levels_for(marking)))

    page.see("was not kept: B1 does not meet; B2 partly meets.", "Both marks of")
    twice.see("This was done already").not_see("not kept")
    assert second_levels(marking)["B1"] == "FULLY"
    browser.open(address_of(marking)).not_see("done already", "not kept")


def test_both_marks_stand_side_by_side_for_the_first_marker():
    marking = a_finished_second_marking({"B1": "NOT_MET"})

    first = as_(marking.review.marker).open(f"/reviews/{marking.review.drawn_letter_id}/")
    page = first.follow("see both marks")

    page.see("Marked differently")
    page.see("One letter says nothing of how lenient somebody is.")


@pytest.mark.parametrize("page", ["", "mark/"])
def test_nobody_else_reaches_marks_that_are_not_done(page):
    marking = a_second_marking()
    manager = as_(given.a_person(Role.LINE_MANAGER, unit=given.a_unit()))

    assert manager.try_("GET", address_of(marking, page)) == 404
    assert as_(marking.review.marker).try_("GET", address_of(marking, page)) == 404


def test_no_list_of_a_rule_tells_the_second_marker_how_the_letter_was_marked():
    marking = a_second_marking(levels={"B1": "NOT_MET"})
    browser = as_(marking.marker)

    waiting = browser.open("/letter-rules/D3a/fired/")
    mark_again(marking)

    waiting.see("1 of the letters that this is counted from waits for your second marks")
    waiting.not_see(marking.review.drawn_letter.duty.reference, "not shown")
    browser.open("/letter-rules/D3a/fired/").not_see("waits for your second marks")
