"""How far a review has come, and what its marks are worth after disputes."""

from datetime import datetime

from forthright.reviews.models import Dispute, Feedback, Mark, Review
from forthright.rules.marking import FAULTS
from forthright.rules.rubric import Level
from forthright.rules.states import REVIEW, ReviewState
from forthright.rules.timeliness import Timeliness
from forthright.samples.models import DrawnLetter
from forthright.standards.models import RootCause

COLOURS = {
    ReviewState.TO_MARK: "blue",
    ReviewState.MARKING: "yellow",
    ReviewState.MARKED: "red",
    ReviewState.TOLD: "green",
    ReviewState.ACKNOWLEDGED: "green",
    ReviewState.DISPUTED: "yellow",
    ReviewState.DECIDED: "green",
    ReviewState.REPLACED: "grey",
}


def feedback_of(review: Review) -> Feedback | None:
    """Return what the drafter was told, or None while they have not been."""
    return getattr(review, "feedback", None)


def disputes_of(feedback: Feedback | None) -> list[Dispute]:
    """Return the disputes of a review's marks."""
    return list(feedback.disputes.all()) if feedback is not None else []


def is_disputed(feedback: Feedback, mark: Mark) -> bool:
    """Return whether a mark has been disputed, whatever came of it."""
    return any(each.mark_id == mark.pk for each in disputes_of(feedback))


def state_of(review: Review) -> ReviewState:
    """Return how far a review has come."""
    if review.drawn_letter.state == DrawnLetter.State.SUBSTITUTED:
        return ReviewState.REPLACED
    if review.marked_at is None:
        return ReviewState.MARKING
    feedback = feedback_of(review)
    return ReviewState.MARKED if feedback is None else _state_told(feedback)


def state_words(review: Review) -> str:
    """Say how far a review has come: "Marked, the drafter not yet told"."""
    author = review.drawn_letter.words.author
    words = REVIEW.state_words[state_of(review)].replace("drafter", author)
    return words[:1].upper() + words[1:]


def has_letter(review: Review, at: datetime) -> bool:
    """Return whether there is a letter whose quality is marked, and not only why none was sent.

    Whether it was sent when drawn stays with the sample. A letter sent since then has words to
    mark, until a marking without them is finished; finished marks stay what they are.
    """
    if review.marked_at is not None:
        return review.overall != Level.NOT_APPLICABLE
    sent = review.drawn_letter.sent_at
    return sent is not None and sent <= at


def effective_level(mark: Mark) -> Level | None:
    """Return the level that counts: the new one where a dispute was accepted."""
    for dispute in mark.disputes.all():
        if dispute.outcome == Dispute.Outcome.ACCEPTED:
            return Level(dispute.new_level)
    return Level(mark.level) if mark.level else None


def cause_that_stands(review: Review) -> RootCause | None:
    """Return where the fault of finished marks began, while any fault that it explains stands.

    One cause is chosen for all that is not fully met, and for being late. Once the disputes of all
    of that were accepted, nothing is left that began there. Where no mark was less than fully met,
    it explains something else, such as why there was nothing to mark, and stands.
    """
    marks = list(review.marks.all())
    was_faulty = any(mark.level in FAULTS for mark in marks)
    is_faulty = any(effective_level(mark) in FAULTS for mark in marks)
    late = Timeliness(review.timeliness) if review.timeliness else None
    is_late = late is not None and late.is_counted and not late.is_met
    return None if was_faulty and not (is_faulty or is_late) else review.root_cause


def _state_told(feedback: Feedback) -> ReviewState:
    if feedback.acknowledged_at is not None:
        return ReviewState.ACKNOWLEDGED
    outcomes = {each.outcome for each in disputes_of(feedback)}
    if Dispute.Outcome.OPEN in outcomes:
        return ReviewState.DISPUTED
    return ReviewState.DECIDED if outcomes else ReviewState.TOLD
