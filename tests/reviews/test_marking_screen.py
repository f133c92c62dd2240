"""The marking screen, the check before finishing, and telling the drafter."""

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.reviews.models import Feedback, Mark, Review
from forthright.reviews.services import save_marks
from forthright.standards.models import Edition
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=False):
        yield


# The marking screen


def test_the_screen_shows_the_letter_the_record_and_every_criterion():
    letter = given.a_drawn_letter(is_domestic_abuse=True)

    page = as_(letter.marker).open(f"/reviews/{letter.pk}/mark/")

    page.see("There was no longer a realistic prospect", "Burglary; domestic abuse", "On time")
    page.see("2 of 14 marked", "A1 The right person", "B5 True to the recorded reason")
    page.see("Only the legal test or a stock phrase is given.")
    page.not_see("A4 Sent in time")
    assert Event.objects.filter(name="letter.words_seen", by=letter.marker).count() == 1


def test_looking_at_the_screen_begins_no_marking_and_the_first_mark_does():
    letter = given.a_drawn_letter()
    browser = as_(letter.marker)
    browser.open(f"/reviews/{letter.pk}/mark/")
    browser.open("/reviews/").not_see("Begun")
    assert not Review.objects.exists()

    browser.client.post(f"/reviews/{letter.pk}/mark/A1/", {"A1_level": "FULLY"})

    assert Mark.objects.get().review.marker == letter.marker
    browser.open("/reviews/").see("Begun")


def test_looking_at_a_letter_that_was_not_sent_begins_no_marking():
    letter = given.a_drawn_letter(is_sent=False)

    as_(letter.marker).open(f"/reviews/{letter.pk}/mark/").see("Letter not sent")

    assert not Review.objects.exists()


def test_a_criterion_that_always_applies_does_not_offer_otherwise():
    letter = given.a_drawn_letter()

    page = as_(letter.marker).open(f"/reviews/{letter.pk}/mark/")

    values = {box.get("value") for box in page.tree.xpath('//input[@name="A1_level"]')}
    assert values == {"FULLY", "PARTIALLY", "NOT_MET"}
    assert len(page.tree.xpath('//input[@name="A8_level"]')) == 4


def test_without_a_script_one_button_saves_everything_filled_in():
    letter = given.a_drawn_letter()
    browser = as_(letter.marker)

    page = browser.open(f"/reviews/{letter.pk}/mark/").press(
        "Save",
        A1_level="FULLY", B1_level="NOT_MET", B1_quotation="a realistic prospect",
        B1_note="Which?", done_well="Warm.",
    )  # fmt: skip

    page.see("4 of 14 marked", "Next unmarked: A2", "Saved midday")
    assert page.tree.xpath('//mark[@class="app-evidence"]')[0].text == "a realistic prospect"
    assert Mark.objects.get(criterion__code="B1").note == "Which?"
    assert Review.objects.get().done_well == "Warm."


def test_words_that_are_not_in_the_letter_are_refused_and_all_else_is_saved():
    letter = given.a_drawn_letter()

    page = as_(letter.marker).open(f"/reviews/{letter.pk}/mark/").press(
        "Save", A1_level="FULLY", B1_level="NOT_MET", B1_quotation="never written"
    )  # fmt: skip

    [error] = page.errors
    assert error.startswith("These words are not in the letter.")
    page.see("Everything else is saved.", "4 of 14 marked")
    assert page.tree.get_element_by_id("id_B1_quotation").text.strip() == "never written"


def test_a_paragraph_that_is_no_number_is_refused():
    letter = given.a_drawn_letter()

    page = as_(letter.marker).open(f"/reviews/{letter.pk}/mark/").press("Save", B1_paragraph="two")

    assert page.errors == ["The paragraph for B1 explains this decision must be a number, like 3"]


def test_with_a_script_each_criterion_is_saved_by_itself():
    letter = given.a_drawn_letter()
    browser = as_(letter.marker)
    browser.open(f"/reviews/{letter.pk}/mark/")

    answer = browser.client.post(
        f"/reviews/{letter.pk}/mark/A1/", {"A1_level": "NOT_MET", "A1_paragraph": "1"}
    ).json()

    assert (answer["progress"], answer["next"], answer["saved"]) == (
        "3 of 14 marked", "A2", "midday",
    )  # fmt: skip
    assert (answer["problem"], answer["quotation"]) == ("", "Dear Ms Begum,")
    assert answer["failures"] == "A1"
    assert "Do this today" in answer["urgent"]
    assert '<mark class="app-evidence">Dear Ms Begum,</mark>' in answer["letter"]


def test_with_a_script_a_refused_quotation_says_why():
    letter = given.a_drawn_letter()
    browser = as_(letter.marker)
    browser.open(f"/reviews/{letter.pk}/mark/")

    answer = browser.client.post(
        f"/reviews/{letter.pk}/mark/B1/", {"B1_level": "NOT_MET", "B1_quotation": "never"}
    ).json()

    assert "not in the letter" in answer["problem"]
    assert Mark.objects.get().level == "NOT_MET"


def test_with_a_script_the_letter_as_a_whole_is_saved():
    letter = given.a_drawn_letter()
    browser = as_(letter.marker)
    browser.open(f"/reviews/{letter.pk}/mark/")

    browser.client.post(
        f"/reviews/{letter.pk}/mark/whole/",
        {"done_well": "Warm.", "to_change": "Why.", "root_cause": "TEMPLATE"},
    )

    review = Review.objects.get()
    assert (review.done_well, review.root_cause.code) == ("Warm.", "TEMPLATE")


def test_a_critical_failure_says_what_to_do_today_and_takes_the_answer():
    letter = given.a_drawn_letter()
    browser = as_(letter.marker)

    page = browser.open(f"/reviews/{letter.pk}/mark/").press("Save", A1_level="NOT_MET")
    page.see("Do this today", "can put somebody in danger")
    page = page.press("Record what is set going", acts=["BREACH"])
    assert page.errors == ["Write who you told, and when."]
    page = page.press("Record what is set going", acts=["BREACH"], urgent_note="Asha, 2pm.")

    page.see("Recorded 5 October 2026")
    assert Review.objects.get().urgent_acts == ["BREACH"]


def test_a_letter_without_words_asks_for_them():
    letter = given.a_drawn_letter(words="")
    browser = as_(letter.marker)

    page = browser.open(f"/reviews/{letter.pk}/mark/").follow("Paste the words of the letter")
    page = page.press("Keep these words", text="Dear Amira,\n\nThe case has ended.")

    page.see("The letter’s words are kept.", "The case has ended.")


def test_an_empty_paste_is_refused():
    letter = given.a_drawn_letter(words="")

    page = as_(letter.marker).post(f"/reviews/{letter.pk}/words/", text=" ")

    assert page.errors == ["Paste the words of the letter"]


def test_an_area_without_a_standard_sends_the_marker_back_with_words():
    letter = given.a_drawn_letter()

    Edition.objects.update(adopted_at=None)

    page = as_(letter.marker).open(f"/reviews/{letter.pk}/mark/")

    page.see("no standard in force to mark letters by")


def test_somebody_else_in_the_unit_may_not_mark():
    letter = given.a_drawn_letter()

    page = as_(given.a_person(Role.LINE_MANAGER)).open(f"/reviews/{letter.pk}/mark/", status=403)

    page.see("given to somebody else to mark")


# Checking and finishing


def full(review):
    answers = given.answers_for(review, {"B1": "NOT_MET"})
    save_marks(review, answers, by=review.marker, at=given.NOON, summary=given.SUMMARY)


def test_what_is_missing_is_listed_with_links_to_it():
    review = given.a_started_review()

    page = as_(review.marker).open(f"/reviews/{review.drawn_letter_id}/check/")

    page.see("Still to do", "Choose a level for A1, the right person.")
    link = page.links["Choose a level for A1, the right person."]
    assert link == f"/reviews/{review.drawn_letter_id}/mark/#A1"
    assert not page.tree.xpath("//main//button")


def test_marks_are_checked_then_locked_then_told():
    review = given.a_started_review()
    full(review)

    page = as_(review.marker).open(f"/reviews/{review.drawn_letter_id}/check/")
    page.see("Partly meets", "1 criterion is not met: B1 (explains this decision).", "On time")
    page = page.press("Finish marking")

    page.see("Marking finished. Now tell the drafter.", "They can dispute a mark until the end of "
             "Monday 19 October 2026")  # fmt: skip
    page = page.press("Tell the drafter")
    page.see("has been told. This letter is finished.")
    assert Feedback.objects.get().text.startswith("Done well: The news comes early")


def test_finished_marks_are_read_and_not_marked_again():
    review = given.a_marked_letter()

    page = as_(review.marker).open(f"/reviews/{review.drawn_letter_id}/mark/")

    page.see("Marks on letter", "Marked, the drafter not yet told", "Fully meets")


def test_finishing_too_soon_says_what_is_missing():
    review = given.a_started_review()

    page = as_(review.marker).post(f"/reviews/{review.drawn_letter_id}/check/")

    page.see("Choose a level for A1")
    assert Review.objects.get().marked_at is None


@pytest.mark.parametrize("said", ["x", "...", "ok", "\u200bn/a"])
def test_words_that_say_nothing_are_refused_as_they_are_saved(said):
    letter = given.a_drawn_letter(is_sent=False)
    browser = as_(letter.marker)

    page = browser.open(f"/reviews/{letter.pk}/mark/")
    page = page.press("Save and check", because=said, root_cause="PROCESS")

    assert "Say more, in 4 letters or more" in page.errors[0]
    assert Review.objects.get().not_sent_because == ""


@pytest.mark.parametrize("said", ["x", "...", "\u200b"])
def test_a_note_that_tells_nobody_is_refused_as_it_is_saved(said):
    letter = given.a_drawn_letter()
    page = as_(letter.marker).open(f"/reviews/{letter.pk}/mark/").press("Save", A1_level="NOT_MET")

    page = page.press("Record what is set going", acts=["BREACH"], urgent_note=said)

    assert page.errors == ["Write who you told, and when."]
    assert Review.objects.get().urgent_note == ""


def test_a_letter_never_sent_is_confirmed_with_its_reason():
    letter = given.a_drawn_letter(is_sent=False)
    browser = as_(letter.marker)

    page = browser.open(f"/reviews/{letter.pk}/mark/")
    page.see("There are no words to mark.")
    page = page.press("Save and check", because="Nobody told us.", root_cause="PROCESS")
    page.see("Not sent", "Nobody told us.", "The way the work is organised")
    page = page.press("Finish marking")

    page.see("Nobody is recorded as the drafter.")
    page = page.press("Record that they were told", who="Asha Lee", how="CALL")
    page.see("Asha Lee has been told.")


def test_a_telling_without_an_answer_is_asked_for():
    review = given.a_marked_letter(drafter_name="Kit Moss")
    browser = as_(review.marker)

    page = browser.open(f"/reviews/{review.drawn_letter_id}/feedback/")
    page.see("Kit Moss has no account here")
    page = page.press("Record that they were told", who="", text="")

    assert page.errors == [
        "Write what you tell the drafter", "Enter who you told", "Choose how you told them",
    ]  # fmt: skip


def test_feedback_cannot_be_given_before_the_marks_are_finished():
    review = given.a_started_review()

    page = as_(review.marker).open(f"/reviews/{review.drawn_letter_id}/feedback/")

    assert page.heading.startswith("Mark letter")
