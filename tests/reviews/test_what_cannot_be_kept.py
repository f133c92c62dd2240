"""A box of the marking screen that cannot be kept: what was kept stays, and its words are shown."""

import pytest
import time_machine

from forthright.reviews.models import Review
from tests import given
from tests.client import as_
from tests.reviews.test_by_the_record import sent_since

pytestmark = pytest.mark.django_db
LATER = "Save and go on later"
KEPT = {"B1_level": "NOT_MET", "B1_quotation": "realistic prospect", "B1_note": "Say why.",
        "done_well": "It is warm.", "to_change": "Say why.", "root_cause": "PROCESS"}  # fmt: skip


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=False):
        yield


def kept_of(review):
    """Return what is kept of a marking, as its boxes are named."""
    review = Review.objects.get(pk=review.pk)
    mark = review.marks.get(criterion__code="B1")
    return {"B1_level": mark.level, "B1_quotation": mark.quotation, "B1_note": mark.note,
            "done_well": review.done_well, "to_change": review.to_change,
            "root_cause": review.root_cause.code}  # fmt: skip


def a_screen_with_marks_kept():
    review = given.a_started_review()
    browser = as_(review.marker)
    address = f"/reviews/{review.drawn_letter_id}/mark/"
    browser.open(address).press(LATER, **KEPT)
    assert kept_of(review) == KEPT
    return review, browser.open(address)


@pytest.mark.parametrize(
    ("box", "words", "because"),
    [
        ("B1_note", "The reason. " * 100, "may have 1,000 letters and spaces, and has 1199"),
        ("B1_quotation", "The reason. " * 400, "may have 4,000 letters and spaces, and has 4799"),
        ("B1_quotation", "realistic\x00prospect", "holds a character that no text can have"),
        ("B1_level", "SOMEHOW", "Choose another level for B1"),
        ("done_well", "It is warm. " * 100, "may have 1,000 letters and spaces, and has 1199"),
        ("to_change", "Say it all. " * 100, "may have 1,000 letters and spaces, and has 1199"),
        ("root_cause", "NOBODY", "Select a valid choice"),
    ],
)
def test_a_box_that_cannot_be_kept_takes_away_nothing_that_was_kept(box, words, because):
    review, page = a_screen_with_marks_kept()

    page = page.press(LATER, **{box: words, "A2_note": "Kept beside it."})

    assert len(page.errors) == 1
    assert because in page.errors[0]
    page.see("Everything else is saved. What is named here is kept as it was before")
    assert kept_of(review) == KEPT
    assert review.marks.get(criterion__code="A2").note == "Kept beside it."


def test_a_paragraph_that_is_no_number_takes_away_no_words_that_were_quoted():
    review, page = a_screen_with_marks_kept()

    page = page.press(LATER, B1_quotation="", B1_paragraph="the third")

    assert "must be a number, like 3" in page.errors[0]
    assert kept_of(review) == KEPT
    page.press(LATER, B1_quotation="", B1_paragraph="")
    assert kept_of(review) == {**KEPT, "B1_quotation": ""}


def test_a_note_that_cannot_be_kept_still_asks_about_what_another_window_changed():
    review, page = a_screen_with_marks_kept()
    other = as_(review.marker).open(f"/reviews/{review.drawn_letter_id}/mark/")
    other.press(LATER, B1_level="PARTIALLY")

    page = page.press(LATER, B1_level="FULLY", B1_note="The reason. " * 100)

    page.see("Changed after you opened this page. Which stands?")
    assert kept_of(review) == {**KEPT, "B1_level": "PARTIALLY"}


def test_who_was_told_of_a_critical_failure_is_asked_anew_where_it_cannot_be_kept():
    review = given.a_started_review()
    address = f"/reviews/{review.drawn_letter_id}/mark/"
    page = as_(review.marker).open(address).press(LATER, A1_level="NOT_MET", A1_note="To another.")
    page = as_(review.marker).open(address)

    page = page.press(
        "Record what is set going", acts=["RECALL"], urgent_note="I rang them. " * 40,
        B1_level="FULLY",
    )  # fmt: skip

    because = "this may have 500 letters and spaces, and has 519. Shorten it and keep it again"
    assert page.errors == [f"Who you told, and when: {because}"]
    review.refresh_from_db()
    assert review.urgent_at is None
    assert review.marks.get(criterion__code="B1").level == "FULLY"
    page.press("Record what is set going", urgent_note="I rang them at noon.")
    review.refresh_from_db()
    assert review.urgent_acts == ["RECALL"]


def test_why_a_letter_was_not_sent_is_asked_anew_though_it_was_sent_meanwhile():
    letter = given.a_drawn_letter(is_sent=False)
    page = as_(letter.marker).open(f"/reviews/{letter.pk}/mark/")
    sent_since(letter)
    too_long = "Nobody told us. " * 130

    page = page.press("Save and check", because=too_long, root_cause="PROCESS")

    page.see("has been sent meanwhile", "What you wrote here is not kept yet")
    assert page.errors
    assert page.tree.get_element_by_id("id_because").value.strip() == too_long.strip()
    page = page.press("Save and check", because="Nobody told us.")
    page.see("is kept: “Nobody told us.”", "1 of 14 marked")


def test_why_a_letter_was_not_sent_is_not_overwritten_though_it_was_sent_meanwhile():
    letter = given.a_drawn_letter(is_sent=False)
    browser = as_(letter.marker)
    page = browser.open(f"/reviews/{letter.pk}/mark/")
    said = {"root_cause": "PROCESS"}
    browser.open(f"/reviews/{letter.pk}/mark/").press("Save and check", because="First.", **said)
    sent_since(letter)

    page = page.press("Save and check", because="The second.", **said)

    page.see("has been sent meanwhile", "Which stands?", "First.")
    assert Review.objects.get(drawn_letter=letter).not_sent_because == "First."
