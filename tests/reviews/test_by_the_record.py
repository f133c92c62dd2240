"""What the record decides of a letter: whether it was sent since it was drawn, and what applies."""

import pytest
import time_machine

from forthright.reviews.selectors import result_of
from forthright.reviews.services import (
    Answer,
    ReviewHasProblems,
    finish_review,
    open_review,
    save_marks,
    save_summary,
)
from forthright.schemes.models import Duty
from forthright.schemes.services import StageTimes, record_stages_bulk
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db

SENT_SINCE = given.at("2026-10-05 11:00")


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=False):
        yield


def sent_since(letter):
    """Return a drawn letter that was sent after its list was frozen."""
    duty = letter.duty
    times = StageTimes(drafted_at=given.at("2026-10-01 10:00"), sent_at=SENT_SINCE)
    record_stages_bulk(
        letter.area, {(duty.decision_id, duty.person_id): times}, by=None, at=given.NOON
    )
    given.keep_words(duty, text=given.LETTER, by=None, at=given.NOON)
    letter.duty = Duty.objects.get(pk=duty.pk)
    return letter


# Sent since it was drawn


def test_a_letter_sent_since_it_was_drawn_is_said_to_be_so():
    letter = sent_since(given.a_drawn_letter(is_sent=False))
    browser = as_(letter.marker)
    words = "Not sent when drawn, sent Monday 5 October"

    browser.open("/reviews/").see(words).not_see("Never sent")
    browser.open(f"/samples/draws/{letter.draw_id}/").see(words).not_see("Never sent")
    browser.open(f"/reviews/{letter.pk}/mark/").see(words, "no longer a realistic prospect")


def test_a_letter_not_sent_is_said_to_be_not_sent_yet():
    letter = given.a_drawn_letter(is_sent=False)
    browser = as_(letter.marker)

    browser.open("/reviews/").see("Not sent yet").not_see("Never sent")
    browser.open(f"/samples/draws/{letter.draw_id}/").see("Not sent yet")


def test_the_quality_of_a_letter_sent_since_is_marked_and_its_lateness_stays():
    letter = sent_since(given.a_drawn_letter(is_sent=False))
    review = open_review(letter, by=letter.marker, at=given.NOON)
    save_marks(review, given.answers_for(review), by=letter.marker, at=given.NOON)
    save_summary(review, given.SUMMARY, by=letter.marker, at=given.NOON)

    finished = finish_review(review, by=letter.marker, at=given.NOON)

    assert (finished.overall, finished.timeliness) == ("FULLY", "LATE")
    letter.refresh_from_db()
    assert letter.was_sent is False


def test_a_letter_sent_while_it_was_asked_why_it_was_not_is_marked_after_all():
    letter = given.a_drawn_letter(is_sent=False)
    browser = as_(letter.marker)
    page = browser.open(f"/reviews/{letter.pk}/mark/")
    sent_since(letter)

    page = page.press("Save and check", because="Nobody told us.", root_cause="PROCESS")

    page.see("has been sent meanwhile, so its words can be marked now")
    page.see("is kept: “Nobody told us.”", "1 of 14 marked")


def test_a_marking_cannot_be_finished_as_not_sent_once_the_letter_is_sent():
    letter = given.a_drawn_letter(is_sent=False)
    browser = as_(letter.marker)
    page = browser.open(f"/reviews/{letter.pk}/mark/")
    page = page.press("Save and check", because="Nobody told us.", root_cause="PROCESS")
    sent_since(letter)

    page.press("Finish marking").see("Choose a level for A1")


def test_never_sent_is_said_only_while_it_still_is_not():
    review = given.a_marked_letter(is_sent=False)
    assert result_of(review).quality.words == "Never sent"

    review.drawn_letter = sent_since(review.drawn_letter)

    assert result_of(review).quality.words == "Not sent when marked"


# What applies by the record


def test_a_letter_in_time_has_nothing_to_be_sorry_for():
    letter = given.a_drawn_letter()

    page = as_(letter.marker).open(f"/reviews/{letter.pk}/mark/")

    [box] = page.tree.xpath('//input[@name="A5_level"]')
    assert (box.get("value"), box.get("checked") is not None) == ("NOT_APPLICABLE", True)
    page.see("sent Friday 25 September 2026. It was in time, so this does not apply.")


def test_a_late_letter_is_marked_for_saying_sorry():
    letter = given.a_drawn_letter(sent_at=given.at("2026-09-30 09:00"))

    page = as_(letter.marker).open(f"/reviews/{letter.pk}/mark/")

    values = [box.get("value") for box in page.tree.xpath('//input[@name="A5_level"]')]
    assert values == ["FULLY", "PARTIALLY", "NOT_MET"]
    page = page.press("Save", A5_level="NOT_APPLICABLE", A1_level="FULLY")
    assert page.errors == [
        (
            "Choose another level for A5 says sorry for being late. The record says: due Monday 28 "
            "September 2026, sent Wednesday 30 September 2026. It was late, so this applies."
        )
    ]
    page.see("2 of 14 marked")


@pytest.mark.parametrize(
    ("sent", "code", "answer", "says"),
    [
        ("2026-09-30 09:00", "A5", Answer(level="NOT_APPLICABLE"), "It was late"),
        ("2026-09-25 15:00", "A5", Answer(level="FULLY"), "It was in time"),
        ("2026-09-25 15:00", "A10", Answer(level="FULLY"), "write in the note which"),
    ],
)
def test_marks_against_the_record_are_not_finished(sent, code, answer, says):
    review = given.a_started_review(sent_at=given.at(sent))
    answers = given.answers_for(review) | {code: answer}
    save_marks(review, answers, by=review.marker, at=given.NOON, summary=given.SUMMARY)

    with pytest.raises(ReviewHasProblems, match=says):
        finish_review(review, by=review.marker, at=given.NOON)


def test_what_the_record_decides_is_kept_as_a_mark_on_finishing():
    review = given.a_started_review()
    answers = given.answers_for(review)
    left = {code: said for code, said in answers.items() if code not in {"A5", "A10"}}
    save_marks(review, left, by=review.marker, at=given.NOON, summary=given.SUMMARY)

    finish_review(review, by=review.marker, at=given.NOON)

    marks = review.marks.filter(criterion__code__in=["A5", "A10"])
    assert [mark.level for mark in marks] == ["NOT_APPLICABLE", "NOT_APPLICABLE"]
