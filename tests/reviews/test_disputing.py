"""A dispute is decided by somebody else, in time, beside the mark and never over it."""

from datetime import timedelta

import pytest

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.reviews.models import Dispute
from forthright.reviews.selectors import (
    disputes_waiting,
    effective_level,
    feedback_waiting,
    state_of,
)
from forthright.reviews.services import (
    DisputeRefused,
    accept_dispute,
    acknowledge_feedback,
    dispute_mark,
    freeze_unanswered_disputes,
    levels_instead,
    refuse_dispute,
)
from forthright.rules.states import ReviewState
from tests import given

pytestmark = pytest.mark.django_db
AFTER = given.NOON + timedelta(days=15)


def test_a_drafter_acknowledges_once():
    feedback = given.a_told_drafter()

    acknowledge_feedback(feedback, by=feedback.drafter, at=given.NOON)

    assert not feedback_waiting(feedback.drafter).exists()
    with pytest.raises(NotAllowed):
        acknowledge_feedback(feedback, by=feedback.drafter, at=given.NOON)
    with pytest.raises(NotAllowed):
        mark = feedback.review.marks.first()
        dispute_mark(feedback, mark, by=feedback.drafter, at=given.NOON, reason="Too late.")


def test_only_the_drafter_answers():
    feedback = given.a_told_drafter()
    other = given.a_person(Role.VICTIM_LIAISON_OFFICER)

    with pytest.raises(NotAllowed, match="Only the person who drafted"):
        acknowledge_feedback(feedback, by=other, at=given.NOON)


def test_a_dispute_waits_for_somebody_else_with_a_deadline():
    dispute = given.a_disputed_mark()
    legal = given.a_person(Role.LEGAL_MANAGER)

    assert dispute.decide_by.isoformat() == "2026-10-19"
    assert dispute.decide_because[0] == "Disputed Monday 5 October 2026."
    assert list(disputes_waiting(legal)) == [dispute]
    assert not disputes_waiting(dispute.feedback.review.marker).exists()


def test_several_marks_can_be_disputed_each_once():
    dispute = given.a_disputed_mark(levels={"B1": "NOT_MET", "B2": "PARTIALLY"})
    feedback = dispute.feedback
    other = feedback.review.marks.get(criterion__code="B2")

    dispute_mark(feedback, other, by=feedback.drafter, at=given.NOON, reason="It was plain.")
    with pytest.raises(NotAllowed, match="already"):
        dispute_mark(feedback, other, by=feedback.drafter, at=given.NOON, reason="Again.")

    assert Dispute.objects.count() == 2


@pytest.mark.parametrize("code", ["A1", "A5"])
def test_a_mark_that_finds_no_fault_is_not_disputed(code):
    feedback = given.a_told_drafter()
    mark = feedback.review.marks.get(criterion__code=code)

    with pytest.raises(NotAllowed, match="finds no fault"):
        dispute_mark(feedback, mark, by=feedback.drafter, at=given.NOON, reason="Why?")


def test_a_dispute_gets_no_level_that_contradicts_the_record():
    late = given.a_told_drafter(
        sent_at=given.at("2026-09-30 09:00"), levels={"A5": "NOT_MET", "B1": "NOT_MET"}
    )

    instead = levels_instead(late.review.marks.get(criterion__code="A5"))

    assert instead == ["FULLY", "PARTIALLY"]


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        (" ", "Write why"),
        ("\U0001d159" * 12, "Write why"),
        ("no!", "Write why"),
        ("x" * 201, "has 201"),
    ],
)
def test_a_dispute_needs_a_short_reason(reason, words):
    feedback = given.a_told_drafter()
    mark = feedback.review.marks.get(criterion__code="B1")

    with pytest.raises(DisputeRefused, match=words):
        dispute_mark(feedback, mark, by=feedback.drafter, at=given.NOON, reason=reason)


def test_after_the_deadline_no_mark_is_disputed():
    feedback = given.a_told_drafter()
    mark = feedback.review.marks.get(criterion__code="B1")

    with pytest.raises(NotAllowed, match="until the end of Monday 19 October 2026"):
        dispute_mark(feedback, mark, by=feedback.drafter, at=AFTER, reason="Late.")


def test_an_accepted_dispute_stands_beside_the_mark_and_never_over_it():
    dispute = given.a_disputed_mark()
    legal = given.a_person(Role.LEGAL_MANAGER)

    accept_dispute(
        dispute, by=legal, at=given.NOON, new_level="PARTIALLY", reason="A fact is hinted at."
    )

    mark = dispute.mark
    review = dispute.feedback.review
    review.refresh_from_db()
    mark.refresh_from_db()
    assert (mark.level, effective_level(mark)) == ("NOT_MET", "PARTIALLY")
    assert (review.overall, review.overall_after_dispute) == ("PARTIALLY", "FULLY")
    assert review.overall_because != review.overall_after_because
    assert Event.objects.get(name="dispute.decided").detail["new_level"] == "PARTIALLY"


def test_a_refused_dispute_leaves_the_mark():
    dispute = given.a_disputed_mark()
    legal = given.a_person(Role.LEGAL_MANAGER)

    refuse_dispute(dispute, by=legal, at=given.NOON, reason="The reason is missing.")

    dispute.feedback.review.refresh_from_db()
    assert effective_level(dispute.mark) == "NOT_MET"
    assert dispute.feedback.review.overall_after_dispute == ""


@pytest.mark.parametrize(
    ("new_level", "reason"), [("NOT_MET", "Same."), ("NOT_APPLICABLE", "x"), ("FULLY", " ")]
)
def test_an_outcome_needs_another_level_that_can_apply_and_a_reason(new_level, reason):
    dispute = given.a_disputed_mark()
    legal = given.a_person(Role.LEGAL_MANAGER)

    with pytest.raises(DisputeRefused):
        accept_dispute(dispute, by=legal, at=given.NOON, new_level=new_level, reason=reason)


def test_the_marker_does_not_decide_a_dispute_of_their_own_mark():
    dispute = given.a_disputed_mark()
    marker = dispute.feedback.review.marker
    marker.role = Role.LEGAL_MANAGER
    marker.save()

    with pytest.raises(NotAllowed, match="You gave the disputed mark"):
        refuse_dispute(dispute, by=marker, at=given.NOON, reason="Mine stands.")


def test_the_drafter_does_not_decide_their_own_dispute():
    dispute = given.a_disputed_mark(drafter=given.a_person(Role.LEGAL_MANAGER))

    with pytest.raises(NotAllowed, match="You raised this dispute"):
        refuse_dispute(dispute, by=dispute.feedback.drafter, at=given.NOON, reason="No.")


def test_an_outcome_is_never_changed():
    dispute = given.a_disputed_mark()
    legal = given.a_person(Role.LEGAL_MANAGER)
    refuse_dispute(dispute, by=legal, at=given.NOON, reason="It stands.")

    with pytest.raises(NotAllowed, match="never changed"):
        refuse_dispute(dispute, by=legal, at=given.NOON, reason="Again.")


def test_a_dispute_nobody_decided_in_time_is_frozen_and_shown_as_such():
    dispute = given.a_disputed_mark()
    area = dispute.feedback.area

    assert freeze_unanswered_disputes(area, by=None, at=given.at("2026-10-19 23:59")) == []
    assert freeze_unanswered_disputes(area, by=None, at=given.at("2026-10-20 00:01")) == [dispute]
    assert freeze_unanswered_disputes(area, by=None, at=AFTER) == []

    dispute.refresh_from_db()
    assert dispute.outcome == Dispute.Outcome.UNANSWERED
    assert effective_level(dispute.mark) == "NOT_MET"
    assert state_of(dispute.feedback.review) is ReviewState.DECIDED
    with pytest.raises(NotAllowed):
        legal = given.a_person(Role.LEGAL_MANAGER)
        refuse_dispute(dispute, by=legal, at=AFTER, reason="Late.")
