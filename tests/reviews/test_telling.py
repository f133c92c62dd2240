"""A mark is finished only when the drafter has been told, and the telling is on record."""

from datetime import date

import pytest
from django.core import mail

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.reviews.selectors import feedback_waiting, reviews_to_finish, state_of
from forthright.reviews.services import (
    Telling,
    TellingRefused,
    record_telling,
    send_feedback_mail,
    tell_drafter,
)
from forthright.rules.states import ReviewState
from forthright.samples.models import DrawnLetter
from forthright.web.models import Job
from tests import given

pytestmark = pytest.mark.django_db
IN_PERSON = Telling(who="Kit Moss", how="IN_PERSON", on=date(2026, 10, 5))


def test_telling_the_drafter_finishes_the_letter():
    review = given.a_marked_letter()
    assert list(reviews_to_finish(review.marker)) == [review]

    feedback = tell_drafter(review, by=review.marker, at=given.NOON, text="Well done.")

    letter = DrawnLetter.objects.get(pk=review.drawn_letter_id)
    assert letter.state == DrawnLetter.State.TOLD
    assert feedback.drafter == letter.duty.drafter
    assert list(feedback_waiting(feedback.drafter)) == [feedback]
    assert not reviews_to_finish(review.marker).exists()
    assert Job.objects.get(name="reviews.tell").arguments == {"feedback": feedback.pk}


def test_the_last_day_to_dispute_comes_with_its_arithmetic():
    feedback = given.a_told_drafter()

    assert feedback.dispute_by == date(2026, 10, 19)
    assert feedback.dispute_because[0] == "Told Monday 5 October 2026."
    assert feedback.dispute_because[-1] == "Dispute by the end of Monday 19 October 2026."


def test_nobody_is_told_before_the_marks_are_finished():
    review = given.a_started_review()

    with pytest.raises(NotAllowed, match="being marked"):
        tell_drafter(review, by=review.marker, at=given.NOON, text="Early.")


def test_only_the_marker_tells():
    review = given.a_marked_letter()
    other = given.a_person(Role.LINE_MANAGER)

    with pytest.raises(NotAllowed, match="who marked the letter"):
        tell_drafter(review, by=other, at=given.NOON, text="Hello.")


def test_a_drafter_is_told_once():
    feedback = given.a_told_drafter()

    with pytest.raises(NotAllowed):
        tell_drafter(feedback.review, by=feedback.told_by, at=given.NOON, text="Again.")


def test_the_mail_gives_a_link_and_nothing_of_the_case():
    feedback = given.a_told_drafter()

    send_feedback_mail(feedback, by=None, at=given.NOON, address="http://here/feedback/1/")
    send_feedback_mail(feedback, by=None, at=given.NOON, address="http://here/feedback/1/")

    [sent] = mail.outbox
    case, person = (getattr(feedback.review.drawn_letter.duty, name) for name in ("case", "person"))
    assert sent.to == [feedback.drafter.email]
    assert "http://here/feedback/1/" in sent.body
    assert case.urn not in sent.body
    assert person.family_name not in sent.body
    assert Event.objects.filter(name="feedback.mailed").count() == 1


def test_whoever_left_after_they_were_told_gets_no_mail():
    feedback = given.a_told_drafter()
    feedback.drafter.is_active = False
    feedback.drafter.save()

    send_feedback_mail(feedback, by=None, at=given.NOON, address="http://here/feedback/1/")

    assert mail.outbox == []
    assert not Event.objects.filter(name="feedback.mailed").exists()


def test_a_drafter_without_an_account_is_told_by_hand_and_that_is_recorded():
    review = given.a_marked_letter(drafter_name="Kit Moss")

    with pytest.raises(TellingRefused, match="no account"):
        tell_drafter(review, by=review.marker, at=given.NOON, text="Hello.")
    feedback = record_telling(review, IN_PERSON, by=review.marker, at=given.NOON, text="Hello.")

    assert (feedback.drafter, feedback.told_name) == (None, "Kit Moss")
    assert state_of(feedback.review) is ReviewState.TOLD
    assert not Job.objects.filter(name="reviews.tell").exists()


@pytest.mark.parametrize(
    ("telling", "words"),
    [
        (Telling(who="Kit", how="CALL", on=date(2026, 10, 6)), "has not come yet"),
        (Telling(who="Kit", how="CALL", on=date(2026, 10, 2)), "not before that"),
        (Telling(who=" ", how="CALL", on=date(2026, 10, 5)), "who was told"),
    ],
)
def test_a_telling_that_cannot_be_right_is_refused(telling, words):
    review = given.a_marked_letter(drafter_name="Kit Moss")

    with pytest.raises(TellingRefused, match=words):
        record_telling(review, telling, by=review.marker, at=given.NOON, text="Hello.")


def test_a_letter_never_sent_is_told_too():
    review = given.a_marked_letter(is_sent=False)

    feedback = record_telling(review, IN_PERSON, by=review.marker, at=given.NOON, text="Why so?")

    letter = DrawnLetter.objects.get(pk=feedback.review.drawn_letter_id)
    assert letter.state == DrawnLetter.State.TOLD
