"""Marks are kept as they are given, whole, and by the right person."""

from datetime import timedelta

import pytest

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.letters.services import keep_words
from forthright.reviews.models import Review
from forthright.reviews.selectors import letters_to_mark, sheet_of
from forthright.reviews.services import (
    Answer,
    NoStandard,
    ReviewHasProblems,
    UrgentActsMissing,
    finish_review,
    open_review,
    record_urgent_acts,
    save_marks,
    save_summary,
    see_letter_to_mark,
)
from forthright.samples.models import DrawnLetter
from forthright.samples.services import substitute_letter
from forthright.standards.models import Edition
from tests import given

pytestmark = pytest.mark.django_db


def test_a_marking_is_begun_once_by_the_edition_in_force():
    letter = given.a_drawn_letter()

    first = open_review(letter, by=letter.marker, at=given.NOON)
    again = open_review(letter, by=letter.marker, at=given.NOON)

    assert first == again
    assert first.edition == Edition.objects.get()
    assert first.letter_version.text == given.LETTER
    assert Event.objects.filter(name="review.begun").count() == 1


def test_to_look_at_a_letter_begins_nothing():
    letter = given.a_drawn_letter()

    shown = see_letter_to_mark(letter, by=letter.marker, at=given.NOON)

    assert shown.letter_version.text == given.LETTER
    assert not sheet_of(shown, given.NOON).marks
    assert not Review.objects.exists()
    assert not Event.objects.filter(name="review.begun").exists()
    assert Event.objects.get(name="letter.words_seen").by == letter.marker


def test_the_words_that_were_shown_are_marked_and_not_newer_ones():
    letter = given.a_drawn_letter()
    see_letter_to_mark(letter, by=letter.marker, at=given.NOON)
    keep_words(letter.duty, text="Dear Ms Begum,", by=None, at=given.NOON)

    review = open_review(letter, by=letter.marker, at=given.NOON)

    assert review.letter_version.text == given.LETTER


def test_time_spent_reading_before_the_first_mark_is_counted():
    letter = given.a_drawn_letter()
    for minutes in (0, 2):
        see_letter_to_mark(letter, by=letter.marker, at=given.NOON + timedelta(minutes=minutes))

    review = open_review(letter, by=letter.marker, at=given.NOON + timedelta(minutes=5))

    assert review.seconds_spent == 5 * 60


def test_an_area_without_a_standard_is_told_so():
    letter = given.a_drawn_letter()
    Edition.objects.update(adopted_at=None)

    with pytest.raises(NoStandard, match="An administrator starts it"):
        open_review(letter, by=letter.marker, at=given.NOON)


def test_words_kept_after_the_marking_began_are_taken_up():
    letter = given.a_drawn_letter(words="")
    open_review(letter, by=letter.marker, at=given.NOON)

    keep_words(letter.duty, text="Dear Ms Begum,", by=letter.marker, at=given.NOON)

    review = open_review(letter, by=letter.marker, at=given.NOON)
    assert review.letter_version.text == "Dear Ms Begum,"


def test_only_the_marker_marks():
    letter = given.a_drawn_letter()
    other = given.a_person(Role.LINE_MANAGER)

    with pytest.raises(NotAllowed, match="given to somebody else"):
        open_review(letter, by=other, at=given.NOON)

    assert not Review.objects.exists()


def test_nobody_marks_the_letter_they_wrote():
    letter = given.a_drawn_letter()
    letter.duty.drafter = letter.marker
    letter.duty.save()

    with pytest.raises(NotAllowed, match="You drafted this letter"):
        open_review(letter, by=letter.marker, at=given.NOON)


def test_a_replaced_letter_is_marked_no_more():
    review = given.a_started_review()
    legal = given.a_person(Role.LEGAL_MANAGER)
    substitute_letter(review.drawn_letter, by=legal, at=given.NOON, reason="It holds two letters.")

    with pytest.raises(NotAllowed, match="replaced"):
        save_marks(review, {"A1": Answer(level="FULLY")}, by=review.marker, at=given.NOON)


def test_a_mark_keeps_the_words_as_they_stand_in_the_letter():
    review = given.a_started_review()
    answer = Answer(level="NOT_MET", quotation='"a REALISTIC  prospect"', note=" Why? ")

    saved = save_marks(review, {"B1": answer}, by=review.marker, at=given.NOON)

    mark = review.marks.get()
    assert saved.changed == ["B1"]
    assert (mark.level, mark.quotation, mark.note) == ("NOT_MET", "a realistic prospect", "Why?")
    text = review.letter_version.text
    assert text[mark.quotation_start : mark.quotation_end] == mark.quotation


def test_a_paragraph_number_quotes_the_paragraph():
    review = given.a_started_review()

    save_marks(review, {"A1": Answer(paragraph=1)}, by=review.marker, at=given.NOON)

    mark = review.marks.get()
    assert (mark.quotation, mark.level) == ("Dear Ms Begum,", "")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer(level="NOT_MET", quotation="these words"), "not in the letter"),
        (Answer(level="NOT_MET", paragraph=9), "from 1 to 5"),
    ],
)
def test_words_that_are_not_in_the_letter_are_refused_and_the_rest_is_kept(answer, words):
    review = given.a_started_review()
    save_marks(review, {"B1": Answer(paragraph=3)}, by=review.marker, at=given.NOON)

    saved = save_marks(review, {"B1": answer}, by=review.marker, at=given.NOON)

    mark = review.marks.get()
    assert words in saved.problems["B1"]
    assert mark.level == "NOT_MET"
    assert mark.quotation == "There was no longer a realistic prospect of conviction."


def test_a_quotation_can_be_taken_back():
    review = given.a_started_review()
    save_marks(review, {"B1": Answer(paragraph=3)}, by=review.marker, at=given.NOON)

    save_marks(review, {"B1": Answer(level="FULLY")}, by=review.marker, at=given.NOON)

    mark = review.marks.get()
    assert (mark.quotation, mark.quotation_start) == ("", None)


def test_saving_the_same_again_changes_and_records_nothing():
    review = given.a_started_review()
    answers = given.answers_for(review, {"B1": "NOT_MET"})
    save_marks(review, answers, by=review.marker, at=given.NOON)

    saved = save_marks(review, answers, by=review.marker, at=given.NOON)

    assert saved.changed == []
    assert Event.objects.filter(name="mark.saved").count() == len(answers)


def test_the_record_of_a_mark_holds_none_of_its_words():
    review = given.a_started_review()
    answer = Answer(level="NOT_MET", quotation="Daniel Price", note="About Amira")

    save_marks(review, {"B1": answer}, by=review.marker, at=given.NOON)

    detail = Event.objects.get(name="mark.saved").detail
    assert detail == {
        "review": review.pk, "criterion": "B1", "level": "NOT_MET", "has_quotation": True,
    }  # fmt: skip


def test_being_in_time_is_never_marked_by_a_person():
    review = given.a_started_review()

    save_marks(review, {"A4": Answer(level="FULLY")}, by=review.marker, at=given.NOON)

    assert not review.marks.exists()
    assert "A4" not in [each.code for each in sheet_of(review, given.NOON).criteria]


def test_time_at_work_is_counted_and_an_interruption_is_not():
    review = given.a_started_review()
    mark = {"A1": Answer(level="FULLY")}

    save_marks(review, mark, by=review.marker, at=given.NOON + timedelta(minutes=3))
    save_marks(review, mark, by=review.marker, at=given.NOON + timedelta(hours=2))
    save_marks(review, mark, by=review.marker, at=given.NOON + timedelta(hours=2, minutes=1))

    review.refresh_from_db()
    assert review.seconds_spent == 4 * 60


def test_marks_finish_with_the_level_the_rule_makes_of_them():
    review = given.a_marked_letter(levels={"A1": "PARTIALLY", "A5": "NOT_APPLICABLE"})

    assert review.overall == "PARTIALLY"
    assert "critical and only partly met" in review.overall_because[0]
    assert review.timeliness == "MET"
    assert review.drawn_letter.state == DrawnLetter.State.TO_MARK  # as it was when begun
    review.drawn_letter.refresh_from_db()
    assert review.drawn_letter.state == DrawnLetter.State.MARKED
    assert not letters_to_mark(review.marker).exists()


def test_a_late_letter_may_be_a_good_one():
    review = given.a_marked_letter(sent_at=given.at("2026-09-30 09:00"))

    assert (review.overall, review.timeliness) == ("FULLY", "LATE")


def test_marks_that_miss_something_are_not_finished():
    review = given.a_started_review()

    with pytest.raises(ReviewHasProblems) as refusal:
        finish_review(review, by=review.marker, at=given.NOON)

    assert len(refusal.value.problems) == 14
    review.refresh_from_db()
    assert review.marked_at is None


def test_finished_marks_never_change():
    review = given.a_marked_letter()

    with pytest.raises(NotAllowed, match="no longer change"):
        save_marks(review, {"A1": Answer(level="NOT_MET")}, by=review.marker, at=given.NOON)


def test_a_critical_failure_is_finished_only_once_something_is_set_going():
    review = given.a_started_review()
    answers = given.answers_for(review, {"A1": "NOT_MET"})
    save_marks(review, answers, by=review.marker, at=given.NOON)
    save_summary(review, given.SUMMARY, by=review.marker, at=given.NOON)

    with pytest.raises(ReviewHasProblems, match="set going today"):
        finish_review(review, by=review.marker, at=given.NOON)

    record_urgent_acts(
        review, by=review.marker, at=given.NOON, acts=["CORRECT", "BREACH"], note="Told Asha, 2pm."
    )
    finished = finish_review(review, by=review.marker, at=given.NOON)
    assert finished.overall == "NOT_MET"
    assert finished.urgent_acts == ["CORRECT", "BREACH"]


@pytest.mark.parametrize(("acts", "note"), [([], "Told Asha."), (["RECALL"], " "), (["NO"], "x")])
def test_an_urgent_act_says_what_and_who(acts, note):
    review = given.a_started_review()

    with pytest.raises(UrgentActsMissing):
        record_urgent_acts(review, by=review.marker, at=given.NOON, acts=acts, note=note)


def test_a_letter_never_sent_has_no_quality_and_says_why():
    review = given.a_marked_letter(is_sent=False)

    assert (review.overall, review.timeliness) == ("NOT_APPLICABLE", "NEVER_SENT")
    assert not review.marks.exists()
    assert review.not_sent_because == "Nobody told the unit."


def test_a_letter_never_sent_is_not_finished_without_a_reason():
    review = given.a_started_review(is_sent=False)

    with pytest.raises(ReviewHasProblems, match="why no letter was sent"):
        finish_review(review, by=review.marker, at=given.NOON)
