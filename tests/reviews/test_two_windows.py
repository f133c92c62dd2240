"""Marking in two windows: an old page undoes nothing unseen, and an act done twice says so."""

import pytest
import time_machine

from forthright.audit.models import Event
from forthright.reviews.models import Feedback, Mark, Review
from forthright.reviews.services import Answer, save_marks
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=False):
        yield


@pytest.fixture
def review():
    """Return a review with A1 fully met, in two windows."""
    review = given.a_started_review()
    save_marks(review, {"A1": Answer(level="FULLY")}, by=review.marker, at=given.NOON)
    return review


def address(review):
    return f"/reviews/{review.drawn_letter_id}/mark/"


def fail_elsewhere(review):
    answer = Answer(level="NOT_MET", note="Another name.")
    save_marks(review, {"A1": answer}, by=review.marker, at=given.NOON)


def level_of_a1():
    return Mark.objects.get(criterion__code="A1").level


def test_an_old_page_does_not_undo_a_critical_failure(review):
    page = as_(review.marker).open(address(review))
    fail_elsewhere(review)

    page = page.press("Check your marks")

    [error] = page.errors
    assert error.startswith("A1 the right person: This was changed after you opened the page.")
    page.see("Which stands?", "Does not meet", "Note: Another name.")
    assert level_of_a1() == "NOT_MET"


def test_it_asks_until_one_is_chosen(review):
    page = as_(review.marker).open(address(review))
    fail_elsewhere(review)

    page.press("Check your marks").press("Check your marks").see("Which stands?")

    assert level_of_a1() == "NOT_MET"


def test_what_was_saved_meanwhile_may_stand(review):
    page = as_(review.marker).open(address(review))
    fail_elsewhere(review)

    page = page.press("Check your marks").press("Check your marks", A1_keep="saved")

    assert page.heading == "Check your marks before you finish"
    assert level_of_a1() == "NOT_MET"


def test_what_the_page_says_may_stand_once_both_were_seen(review):
    page = as_(review.marker).open(address(review))
    fail_elsewhere(review)
    page = page.press("Check your marks")
    seen = page.tree.xpath('//input[@name="A1_keep"]/@value')[1]

    page.press("Check your marks", A1_keep=seen)

    assert level_of_a1() == "FULLY"


def test_a_choice_made_of_an_older_change_is_asked_again(review):
    page = as_(review.marker).open(address(review))
    fail_elsewhere(review)
    page = page.press("Check your marks")
    seen = page.tree.xpath('//input[@name="A1_keep"]/@value')[1]
    partly = {"A1": Answer(level="PARTIALLY")}
    save_marks(review, partly, by=review.marker, at=given.NOON)

    page.press("Check your marks", A1_keep=seen).see("Which stands?", "Partly meets")

    assert level_of_a1() == "PARTIALLY"


def test_an_old_page_with_nothing_said_leaves_what_was_said(review):
    page = as_(review.marker).open(address(review))
    save_marks(review, {"B2": Answer(level="NOT_MET", note="Long.")}, by=review.marker,
               at=given.NOON)  # fmt: skip

    page.press("Save", A2_level="FULLY")

    assert Mark.objects.get(criterion__code="B2").level == "NOT_MET"
    assert Mark.objects.get(criterion__code="A2").level == "FULLY"


def test_the_letter_as_a_whole_is_asked_about_too(review):
    page = as_(review.marker).open(address(review)).press("Save", done_well="Warm.")
    as_(review.marker).open(address(review)).press("Save", done_well="Plain.")

    page = page.press("Save", done_well="Kind.")

    page.see("Which stands?", "One thing done well: Plain.")
    assert Review.objects.get().done_well == "Plain."


def test_with_a_script_an_old_window_is_asked_too(review):
    browser = as_(review.marker)
    page = browser.open(address(review))
    old = page.tree.xpath('//input[@name="A1_saved"]/@value')[0]
    fail_elsewhere(review)

    answer = browser.client.post(
        f"{address(review)}A1/", {"A1_level": "PARTIALLY", "A1_saved": old}
    ).json()
    assert "Which stands?" in answer["clash"]
    assert level_of_a1() == "NOT_MET"

    answer = browser.client.post(
        f"{address(review)}A1/", {"A1_level": "PARTIALLY", "A1_saved": old, "A1_keep": "saved"}
    ).json()
    assert (answer["clash"], answer["kept"]["A1_level"]) == ("", "NOT_MET")
    assert level_of_a1() == "NOT_MET"

    answer = browser.client.post(
        f"{address(review)}A1/", {"A1_level": "PARTIALLY", "A1_saved": answer["stamp"]}
    ).json()
    assert answer["clash"] == ""
    assert level_of_a1() == "PARTIALLY"


def test_what_is_set_going_today_is_not_undone_by_an_old_page(review):
    fail_elsewhere(review)
    old = as_(review.marker).open(address(review))
    as_(review.marker).open(address(review)).press(
        "Record what is set going", acts=["BREACH"], urgent_note="Asha, 2pm."
    )

    page = old.press("Record what is set going", acts=["CORRECT"], urgent_note="Ben, 3pm.")

    page.see("Which stands?", "Asha, 2pm.")
    assert Review.objects.get().urgent_acts == ["BREACH"]


def test_why_a_letter_was_not_sent_is_not_undone_by_an_old_page():
    review = given.a_started_review(is_sent=False)
    old = as_(review.marker).open(address(review))
    as_(review.marker).open(address(review)).press(
        "Save and check", because="Nobody told us.", root_cause="PROCESS"
    )

    page = old.press("Save and check", because="I do not know.", root_cause="PROCESS")

    page.see("Which stands?", "Why no letter was sent: Nobody told us.")
    page.press("Save and check", whole_keep="saved").see("Nobody told us.")
    assert Review.objects.get().not_sent_because == "Nobody told us."


# Finishing, telling and answering twice


def whole(review):
    save_marks(review, given.answers_for(review), by=review.marker, at=given.NOON,
               summary=given.SUMMARY)  # fmt: skip


def test_marks_changed_since_they_were_checked_are_not_locked_unseen(review):
    whole(review)
    page = as_(review.marker).open(f"/reviews/{review.drawn_letter_id}/check/")
    save_marks(review, {"A3": Answer(level="PARTIALLY", note="Slips.")}, by=review.marker,
               at=given.NOON)  # fmt: skip

    page = page.press("Finish marking")

    page.see("The marks were changed after you opened this page.", "Slips.")
    assert Review.objects.get().marked_at is None


def test_finishing_twice_leads_on(review):
    whole(review)
    page = as_(review.marker).open(f"/reviews/{review.drawn_letter_id}/check/")
    page.press("Finish marking")

    page.press("Finish marking").see("This was done already", "Tell the drafter")

    assert Event.objects.filter(name="review.finished").count() == 1


def test_marks_are_not_finished_by_whoever_was_shown_none(review):
    page = as_(review.marker).post(f"/reviews/{review.drawn_letter_id}/check/")

    page.see("changed after you opened this page")
    review.refresh_from_db()
    assert review.marked_at is None


def test_marks_filled_in_after_finishing_are_said_not_to_count(review):
    whole(review)
    old = as_(review.marker).open(address(review))
    as_(review.marker).open(f"/reviews/{review.drawn_letter_id}/check/").press("Finish marking")

    old.press("Save", A1_level="NOT_MET").see("nothing was changed by this page")

    assert level_of_a1() == "FULLY"


def test_telling_twice_says_that_the_drafter_was_told():
    review = given.a_marked_letter()
    page = as_(review.marker).open(f"/reviews/{review.drawn_letter_id}/feedback/")
    page.press("Tell the drafter")

    again = page.press("Tell the drafter")

    again.see("This was done already", "was told on Monday 5 October 2026")
    assert Feedback.objects.count() == 1
