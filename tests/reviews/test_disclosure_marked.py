"""A drawn disclosure is marked on the same screen, twice, told of and disputed, as letters are."""

from datetime import date
from itertools import count

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.disclosure.services.correcting import Trigger, correct_trigger
from forthright.reviews.models import (
    Dispute,
    Feedback,
    LetterCheck,
    MarkedPapers,
    Review,
    SecondMarkSeed,
)
from forthright.reviews.selectors import feedback_to, in_time, record_of, sheet_of
from forthright.reviews.selectors.second_marks import (
    levels_to_compare,
    second_markers,
    second_marks_to_give,
)
from forthright.reviews.services import (
    Answer,
    NotSent,
    dispute_mark,
    finish_review,
    open_review,
    save_marks,
    save_not_sent,
    tell_drafter,
)
from forthright.reviews.services.second_marking import (
    choose_letters_to_mark_again,
    finish_second_marking,
    open_second_marking,
    save_second_levels,
)
from forthright.rules.second_marks import lot_of
from forthright.rules.timeliness import Timeliness
from forthright.samples.models import DrawnLetter
from forthright.standards.models import Subject
from tests import given
from tests.client import as_
from tests.disclosure import duties, sampled

pytestmark = pytest.mark.django_db


def opened(letter: DrawnLetter) -> Review:
    return open_review(letter, by=letter.marker, at=sampled.LATER)


def text_of(review: Review) -> str:
    return MarkedPapers.objects.get(review=review).text


def test_its_papers_hold_each_item_and_decision_and_nothing_sensitive():
    review = opened(sampled.drawn(sampled.a_served_duty()))

    text = text_of(review)

    assert "MG6C item 3: First account of Mrs Oduya to PC Khan" in text
    assert "D (disclose)" in text
    assert "She saw two men" in text
    assert "MG6D item 1: its words are left out here. SN (" in text
    assert "a reason was given" in text
    assert "Heronsgate" not in text
    assert "It names a source" not in text


def test_its_papers_stay_as_they_were_when_marking_began():
    duty = sampled.a_served_duty()
    review = opened(sampled.drawn(duty))
    before = text_of(review)
    codes = {**duties.CODES, 1: ("ND", "Looked at again")}
    duties.endorse_all(duty, by=duties.a_lawyer(), codes=codes)

    again = opened(review.drawn_letter)

    assert again.pk == review.pk
    assert text_of(again) == before
    assert "Looked at again" not in before


def test_words_of_the_papers_can_be_quoted_and_sensitive_words_cannot():
    review = opened(sampled.drawn(sampled.a_served_duty()))

    saved = save_marks(
        review,
        {
            "D4": Answer(level="PARTIALLY", quotation="It is about another address"),
            "D5": Answer(level="PARTIALLY", quotation="Debrief of the source Heronsgate"),
        },
        by=review.marker,
        at=sampled.LATER,
    )

    assert set(saved.problems) == {"D5"}
    assert review.marks.get(criterion__code="D4").quotation == "It is about another address"


def test_whether_it_was_in_time_is_worked_out_and_never_judged():
    review = sampled.marked(sampled.a_served_duty())

    assert review.timeliness == Timeliness.MET
    found = in_time(review.drawn_letter, sampled.LATER.date())
    assert found.sentence.startswith("Due Wednesday 21 October 2026; served")
    assert found.arithmetic
    assert "D2" not in {each.code for each in sheet_of(review, sampled.LATER).criteria}


def test_a_day_that_was_corrected_since_is_the_one_the_sample_judges_by_too():
    duty = sampled.a_served_duty(sent=date(2026, 8, 1))
    right = Trigger(triggered_on=date(2026, 9, 1), remand="CUSTODY", reason="Typed 8 for 9")
    correct_trigger(duty, right, by=None, at=given.NOON)

    found = in_time(sampled.drawn(duty), sampled.LATER.date())

    assert found.outcome == Timeliness.MET
    assert found.sentence.startswith("Due Wednesday 21 October 2026; served")
    assert "As its day was typed when it was served, it was due Sunday 20 Sep" in found.sentence


def test_the_record_decides_whether_sensitive_material_is_asked_about():
    review = opened(sampled.drawn(sampled.a_served_duty()))

    decided = sheet_of(review, sampled.LATER).decided

    assert decided["D5"].applies
    assert "1 sensitive item" in decided["D5"].because
    assert {"key": "Sensitive items", "value": "1 item, 1 decided"} in record_of(
        review.drawn_letter
    )


def test_a_failing_is_named_as_soon_as_one_mark_is_less():
    letter = sampled.drawn(sampled.a_served_duty())
    review = opened(letter)
    save_marks(
        review, sampled.answers_for(review, {"D4": "PARTIALLY"}), by=letter.marker, at=sampled.LATER
    )

    said = [each.words for each in sheet_of(review, sampled.LATER).problems]

    assert "Choose the most significant failing." in said


def test_one_that_was_not_served_has_no_quality_and_counts_as_not_in_time():
    letter = sampled.drawn(duties.reviewing())
    review = opened(letter)
    said = NotSent(because="Nobody approved it in time.", root_cause="NOT_DONE", to_change="")
    save_not_sent(review, said, by=letter.marker, at=sampled.LATER)

    finished = finish_review(review, by=letter.marker, at=sampled.LATER)

    assert finished.overall == "NOT_APPLICABLE"
    assert finished.overall_because[0].startswith("Nothing was served")
    assert finished.timeliness == Timeliness.NEVER_SENT
    assert not MarkedPapers.objects.exists()


def test_what_withheld_a_fact_that_matters_fails_as_a_whole_and_asks_what_is_done_today():
    review = opened(sampled.drawn(sampled.a_served_duty()))
    save_marks(
        review, sampled.answers_for(review, {"D3": "NOT_MET"}), by=review.marker, at=sampled.LATER
    )
    marker = review.marker

    with time_machine.travel(sampled.LATER, tick=False):
        page = as_(marker).open(f"/reviews/{review.drawn_letter_id}/mark/")

    page.see("Do this today", "The court is being told").not_see("A correcting letter")


def test_the_prosecutor_is_told_and_may_dispute_and_another_decides():
    review = sampled.marked(sampled.a_served_duty(), {"D4": "PARTIALLY"})
    feedback = tell_drafter(review, by=review.marker, at=sampled.LATER, text="Say what you read.")
    prosecutor = review.drawn_letter.prosecutor

    raised = dispute_mark(
        feedback, review.marks.get(criterion__code="D4"), by=prosecutor, at=sampled.LATER,
        reason="Item 2 says that I read it on 3 October.",
    )  # fmt: skip

    assert feedback_to(prosecutor).get() == feedback
    assert raised.outcome == Dispute.Outcome.OPEN
    assert Feedback.objects.get().drafter == prosecutor


def test_a_prosecutor_reads_feedback_with_the_papers_that_were_quoted():
    review = sampled.marked(sampled.a_served_duty(), {"D4": "PARTIALLY"})
    feedback = tell_drafter(review, by=review.marker, at=sampled.LATER, text="Say what you read.")

    page = as_(feedback.drafter).open(f"/feedback/{feedback.pk}/")

    page.see("Feedback on disclosure", "The papers, with the words that were quoted")
    page.not_see("Heronsgate")


def again(review: Review):
    """Return the second marking of a disclosure, chosen by lot for a manager of another unit."""
    second = given.a_person(Role.LEGAL_MANAGER, unit=given.a_unit(Unit.Kind.RASSO))
    given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))
    drawn_by_lot(review)
    choose_letters_to_mark_again(review.area, by=None, at=sampled.LATER)
    return second_marks_to_give(second).get()


def drawn_by_lot(review: Review) -> None:
    seed = next(each for each in count(1) if lot_of(each, str(review.pk)) < 0.1)
    SecondMarkSeed.objects.create(
        area=review.area, week=date(2026, 10, 26), seed=str(seed), made_at=sampled.LATER
    )


def test_a_second_marker_of_another_unit_marks_the_same_papers_without_the_first_marks():
    review = sampled.marked(sampled.a_served_duty(), {"D4": "PARTIALLY"})
    marking = again(review)

    sheet = open_second_marking(marking, by=marking.marker, at=sampled.LATER)

    assert sheet.text == text_of(review)
    assert sheet.levels == {}
    assert "Heronsgate" not in sheet.text
    levels = {code: answer.level for code, answer in sampled.answers_for(review).items()}
    save_second_levels(marking, levels, by=marking.marker, at=sampled.LATER)
    done = finish_second_marking(marking, by=marking.marker, at=sampled.LATER)
    assert done.overall == "FULLY"
    compared = levels_to_compare(review.area, since=given.NOON, subject=Subject.DISCLOSURE)
    assert len(compared) == 2 * len(levels)
    assert levels_to_compare(review.area, since=given.NOON) == []


def test_nobody_who_had_a_hand_in_it_gives_its_second_marks():
    review = sampled.marked(sampled.a_served_duty())
    marking = again(review)
    marking.marker = review.drawn_letter.prosecutor
    marking.save()

    with pytest.raises(NotAllowed):
        open_second_marking(marking, by=marking.marker, at=sampled.LATER)


def test_the_liaison_unit_gives_no_second_marks_of_disclosure():
    manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))

    assert str(manager.pk) not in {
        each.name for each in second_markers(manager.area, Subject.DISCLOSURE)
    }
    assert str(manager.pk) in {each.name for each in second_markers(manager.area)}


def test_the_checks_of_letters_are_kept_for_no_disclosure():
    sampled.marked(sampled.a_served_duty())

    assert not LetterCheck.objects.exists()


# --- the screen


def screen(letter: DrawnLetter, status: int = 200, person=None):
    with time_machine.travel(sampled.LATER, tick=False):
        return as_(person or letter.marker).open(f"/reviews/{letter.pk}/mark/", status=status)


def test_the_screen_shows_papers_criteria_and_sensitive_words_only_to_who_may_see_them():
    duty = sampled.a_served_duty()
    lawyer = sampled.drawn(duty)

    page = screen(lawyer)

    page.see(
        "Mark disclosure", "The papers", "D3 The test applied rightly",
        "Debrief of the source Heronsgate", "The disclosure as a whole",
        "Most significant failing",
    )  # fmt: skip
    assert Event.objects.filter(name="items.seen", by=lawyer.marker).get().detail["with_sensitive"]


def test_a_marker_who_may_not_see_it_reads_that_it_was_decided_and_not_what_it_says():
    manager = sampled.a_marker(role=Role.LINE_MANAGER)

    page = screen(sampled.drawn(sampled.a_served_duty(), manager))

    page.see("are for the lawyers of the unit", "MG6D item 1: its words are left out here")
    page.not_see("Heronsgate", "It names a source")


def test_the_screen_is_for_its_marker_alone():
    letter = sampled.drawn(sampled.a_served_duty())
    liaison = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))
    elsewhere = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.RASSO))

    screen(letter, 403, letter.prosecutor)
    screen(letter, 404, liaison)
    screen(letter, 404, elsewhere)
    assert as_(letter.marker).try_("PUT", f"/reviews/{letter.pk}/mark/") == 405
    as_(letter.marker).open(f"/reviews/{letter.pk}/words/", status=403)


def test_marks_of_disclosure_are_within_nobodys_reach_in_the_liaison_unit():
    review = sampled.marked(sampled.a_served_duty())
    liaison = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))
    own = given.a_person(Role.LINE_MANAGER, unit=given.a_unit())

    as_(liaison).open(f"/reviews/{review.drawn_letter_id}/", status=404)
    as_(own).open(f"/reviews/{review.drawn_letter_id}/").see("Marks on disclosure")


def test_a_disclosure_is_marked_finished_and_told_of_from_page_to_page():
    letter = sampled.drawn(sampled.a_served_duty())
    review = opened(letter)
    answers = sampled.answers_for(review, {"D4": "PARTIALLY"})
    said = {f"{code}_level": each.level for code, each in answers.items()}
    said |= {"D4_note": "Twelve reasons are alike.", "done_well": "Clear.", "to_change": "Say why."}

    with time_machine.travel(sampled.LATER, tick=False):
        page = as_(letter.marker).open(f"/reviews/{letter.pk}/mark/")
        page = page.press("Check your marks", **said, root_cause="BLANKET")
        page = page.see("Disclosure edition 1").press("Finish marking")
        page = page.see("Tell the prosecutor").press("Tell the prosecutor")

    page.see("has been told. This disclosure is finished.")
    assert Feedback.objects.get().drafter == letter.prosecutor
