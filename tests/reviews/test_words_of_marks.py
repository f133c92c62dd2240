"""What is written of marks of disclosure repeats no sensitive words: others read it."""

import json
from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.calibration.models import AgreedMark, RoundLetter
from forthright.calibration.services import rounds
from forthright.calibration.services.rounds import Agreed, RoundRefused
from forthright.reviews.models import Dispute, Feedback
from forthright.reviews.services import (
    Answer,
    DisputeRefused,
    NotSent,
    Summary,
    TellingRefused,
    TellsSensitive,
    dispute_mark,
    open_review,
    record_urgent_acts,
    refuse_dispute,
    save_marks,
    save_not_sent,
    save_summary,
    tell_drafter,
)
from forthright.reviews.services.reading import ReplyRefused, reply_to_feedback
from tests import given
from tests.calibration.rounds_given import a_closed_round, agreed_levels
from tests.client import as_
from tests.disclosure import duties, sampled
from tests.reviews import twice

pytestmark = pytest.mark.django_db
TELLS = f"The {duties.SECRET.lower()} should have gone to the judge"
REFUSED = "say it without “heronsgate”"
AT = sampled.LATER


@pytest.fixture(autouse=True)
def _later():
    with time_machine.travel(AT, tick=False):
        yield


def opened(duty=None, marker=None):
    duty = duty or sampled.a_served_duty()
    letter = sampled.drawn(duty, marker)
    return open_review(letter, by=letter.marker, at=AT)


def told():
    review = sampled.marked(sampled.a_served_duty(), {"D4": "PARTIALLY"})
    return tell_drafter(review, text="Say which.", by=review.marker, at=AT)


def disputed(feedback, reason="It is plain"):
    mark = feedback.review.marks.get(criterion__code="D4")
    return dispute_mark(feedback, mark, by=feedback.drafter, at=AT, reason=reason)


def test_a_note_that_tells_of_a_sensitive_item_is_not_kept_and_the_rest_is():
    review = opened()
    save_marks(review, {"D5": Answer(level="FULLY", note="Each is named")}, by=review.marker, at=AT)

    saved = save_marks(
        review, {"D5": Answer(level="PARTIALLY", note=TELLS)}, by=review.marker, at=AT
    )

    assert list(saved.refused) == ["D5_note"]
    assert REFUSED in saved.refused["D5_note"]
    mark = review.marks.get()
    assert (mark.level, mark.note) == ("PARTIALLY", "Each is named")


def test_so_is_what_was_done_well_and_what_to_change():
    review = opened()
    save_summary(review, sampled.SUMMARY, by=review.marker, at=AT)

    saved = save_summary(
        review, Summary(done_well="Good reasons.", to_change=TELLS, root_cause="BLANKET"),
        by=review.marker, at=AT,
    )  # fmt: skip

    assert list(saved.refused) == ["to_change"]
    review.refresh_from_db()
    assert (review.done_well, review.to_change) == ("Good reasons.", sampled.SUMMARY.to_change)


def test_the_screen_says_so_beside_the_box_and_leaves_what_was_typed_there():
    review = opened()
    page = as_(review.marker).open(f"/reviews/{review.drawn_letter_id}/mark/")

    page = page.press("Save and go on later", D5_level="PARTIALLY", D5_note=TELLS, done_well=TELLS)

    page.see("The note for D5 repeats words of sensitive material of this case", REFUSED, TELLS)
    page.see("What was done well repeats words of sensitive material")
    assert review.marks.get(criterion__code="D5").note == ""


def test_what_is_kept_as_it_is_typed_says_so_too():
    review = opened()
    client = as_(review.marker).client

    answer = client.post(
        f"/reviews/{review.drawn_letter_id}/mark/D5/", {"D5_level": "PARTIALLY", "D5_note": TELLS}
    )

    assert REFUSED in json.loads(answer.content)["problem"]


def test_who_may_not_see_it_is_not_told_which_words_they_are():
    manager = sampled.a_marker(role=Role.LINE_MANAGER)
    review = opened(marker=manager)

    saved = save_marks(review, {"D5": Answer(note="Who is Heronsgate?")}, by=manager, at=AT)

    assert "heronsgate" not in saved.refused["D5_note"].lower()


def test_why_nothing_was_served_and_who_was_told_the_same_day_repeat_nothing_either():
    review = opened(duties.reviewing())
    said = NotSent(because="Nobody did it", root_cause="NOT_DONE", to_change=TELLS)

    with pytest.raises(TellsSensitive, match=REFUSED) as refusal:
        save_not_sent(review, said, by=review.marker, at=AT)
    assert refusal.value.box == "to_change"
    with pytest.raises(TellsSensitive, match=REFUSED):
        record_urgent_acts(review, acts=["SERVE"], note=TELLS, by=review.marker, at=AT)


def test_neither_does_what_the_prosecutor_is_told_nor_what_they_answer():
    review = sampled.marked(sampled.a_served_duty(), {"D4": "PARTIALLY"})
    with pytest.raises(TellingRefused, match=REFUSED):
        tell_drafter(review, text=TELLS, by=review.marker, at=AT)
    feedback = tell_drafter(review, text="Say which.", by=review.marker, at=AT)

    with pytest.raises(ReplyRefused, match=REFUSED):
        reply_to_feedback(feedback, TELLS, by=feedback.drafter, at=AT)
    assert Feedback.objects.get().reply == ""


def test_nor_a_dispute_nor_its_decision():
    feedback = told()
    with pytest.raises(DisputeRefused, match=REFUSED):
        disputed(feedback, TELLS)
    raised = disputed(feedback)
    other = given.a_person(Role.LEGAL_MANAGER, unit=given.a_unit(Unit.Kind.RASSO))

    with pytest.raises(DisputeRefused, match="goes to people who may not see such material"):
        refuse_dispute(raised, by=other, at=AT, reason=TELLS)
    assert Dispute.objects.get().outcome == Dispute.Outcome.OPEN


def test_nor_what_is_said_and_agreed_in_a_round():
    review = sampled.marked(sampled.a_served_duty())
    people = [twice.a_manager(Unit.Kind.MAGISTRATES), twice.a_manager(Unit.Kind.RASSO)]
    leader = duties.a_lawyer(Role.LEGAL_MANAGER)
    held = a_closed_round(reviews=[review], people=people, leader=leader, at=AT)
    letter = RoundLetter.objects.select_related("round__edition", "review").get(round=held)
    after = AT + timedelta(hours=3)

    page = as_(leader).open(f"/calibration/{held.pk}/letters/{letter.pk}/discuss/")
    page.press("Keep it", discussion=TELLS).see(REFUSED, TELLS)
    agreed = agreed_levels(letter) | {"D5": Agreed(level="FULLY", reason=TELLS)}
    with pytest.raises(RoundRefused, match="Why the level of D5 was agreed repeats words"):
        rounds.agree_marks(letter, agreed, by=leader, at=after)

    letter.refresh_from_db()
    assert letter.discussion == ""
    assert not AgreedMark.objects.exists()


def test_of_a_letter_nothing_is_asked():
    review = given.a_marked_letter()

    assert tell_drafter(review, text=TELLS, by=review.marker, at=AT).text == TELLS
