"""Who may mark, tell, answer, dispute and decide: never the same person on both sides."""

from datetime import date

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import NotAllowed, check_has_permission
from forthright.peer_checks.policies import whom_to_ask_to_decide
from forthright.reviews.models import Dispute, Feedback, Mark, Review, SecondMarking
from forthright.reviews.selectors.lists import others_who_decide, reviews_to_mark_blind
from forthright.reviews.selectors.marked_once import marked_letters
from forthright.reviews.selectors.states import is_disputed, state_of
from forthright.rules.marking import FAULTS
from forthright.rules.sampled import Subject
from forthright.rules.second_marks import SecondMarker, reasons_against_giving
from forthright.rules.separation import (
    DECIDE,
    reasons_against_deciding_dispute,
    reasons_by_acts,
)
from forthright.rules.states import MoveNotAllowed, ReviewEvent, move_review
from forthright.rules.words import day_words
from forthright.samples.models import DrawnLetter
from forthright.samples.policies import check_may_be_marked_by
from forthright.samples.selectors.hands import hands_of
from forthright.samples.selectors.plans import permission_to_mark
from forthright.web import clock

DID = {
    Subject.LETTERS: "drafted the letter",
    Subject.DISCLOSURE: "endorsed the items of the disclosure",
}


def check_can_mark(user: User, letter: DrawnLetter) -> None:
    """Refuse marks by anybody but the marker, or by who drafted the letter or drew the sample.

    :raises NotAllowed: with every reason
    """
    check_may_be_marked_by(user, letter)


def check_can_change_marks(user: User, review: Review) -> None:
    """Refuse a change of marks by another person, or after they were finished.

    :raises NotAllowed: with the reason
    """
    check_can_mark(user, review.drawn_letter)
    if review.marker_id != user.pk:
        raise NotAllowed("These marks are somebody else’s. Nobody changes another person’s marks.")
    if review.marked_at is not None:
        raise NotAllowed(
            "These marks are finished, so they no longer change. If one of them is wrong, the "
            "drafter can dispute it, and both levels will stand side by side."
        )


def check_can_choose_second_marks(user: User) -> None:
    """Refuse the choice of letters for a second marker to who draws no samples.

    :raises NotAllowed: with the reason
    """
    check_has_permission(user, Permission.SAMPLE_DRAW)


def check_can_mark_second(user: User, marking: SecondMarking) -> None:
    """Refuse second marks by anybody but the second marker, or by who did something to the letter.

    :raises NotAllowed: with every reason
    """
    check_has_permission(user, permission_to_mark(marking.review.drawn_letter.subject))
    if marking.marker_id != user.pk:
        thing = marking.review.drawn_letter.words.thing
        raise NotAllowed(f"This {thing} was given to somebody else for its second marks.")
    if marking.marked_at is not None:
        raise NotAllowed("These marks are finished, so they no longer change.")
    [letter] = marked_letters([marking.review])
    person = SecondMarker(name=str(user.pk), unit=str(user.unit_id))
    if reasons := reasons_against_giving(person, letter):
        raise NotAllowed(" ".join(reasons))


def check_can_be_given_second(user: User, marking: SecondMarking) -> None:
    """Refuse second marks for who may not give them, or still marks the same without the first.

    Its page shows the first marks once the second are done.

    :raises NotAllowed: with every reason
    """
    check_can_mark_second(user, marking)
    if reviews_to_mark_blind(user).filter(pk=marking.review_id).exists():
        thing = marking.review.drawn_letter.words.thing
        raise NotAllowed(
            f"{user} still marks this {thing} elsewhere without its first marks, and would see "
            "them here. Give it to somebody else, or wait until that is done."
        )


def check_can_tell(user: User, review: Review) -> None:
    """Refuse feedback by another person than the marker, too early, or a second time.

    :raises NotAllowed: with the reason
    """
    check_has_permission(user, permission_to_mark(review.drawn_letter.subject))
    if review.marker_id != user.pk:
        words = review.drawn_letter.words
        raise NotAllowed(f"The person who marked the {words.thing} tells the {words.author}.")
    _check_move(review, ReviewEvent.TELL)


def check_can_acknowledge(user: User, feedback: Feedback) -> None:
    """Refuse an acknowledgement by anybody but the drafter, or out of turn.

    :raises NotAllowed: with the reason
    """
    _check_is_drafter(user, feedback)
    _check_move(feedback.review, ReviewEvent.ACKNOWLEDGE)


def check_can_reply(user: User, feedback: Feedback) -> None:
    """Refuse a reply to feedback by anybody but the drafter; it may come at any time.

    :raises NotAllowed: with the reason
    """
    _check_is_drafter(user, feedback)


def check_can_dispute(user: User, feedback: Feedback, mark: Mark, today: date) -> None:
    """Refuse a dispute by anybody but the drafter, twice, or after the deadline.

    :raises NotAllowed: with the reason
    """
    _check_is_drafter(user, feedback)
    if mark.review_id != feedback.review_id:
        raise NotAllowed("This mark belongs to another letter.")
    if feedback.acknowledged_at is not None:
        raise NotAllowed(
            f"You said on {day_words(clock.day_of(feedback.acknowledged_at))} that you had read "
            "this feedback and take it as it is. That ended the time to dispute its marks."
        )
    if is_disputed(feedback, mark):
        raise NotAllowed("You have disputed this mark already. A mark is disputed once.")
    if mark.level not in FAULTS:
        raise NotAllowed("Only a mark that is not fully met is disputed. This one finds no fault.")
    if today > feedback.dispute_by:
        raise NotAllowed(
            f"Marks could be disputed until the end of {day_words(feedback.dispute_by)}. "
            + " ".join(feedback.dispute_because)
        )
    _check_move(feedback.review, ReviewEvent.DISPUTE)


def check_can_decide(user: User, dispute: Dispute, today: date) -> None:
    """Refuse a decision by the marker or the drafter, a second one, or one after the deadline.

    Nor does anybody decide through whose hands the letter or disclosure went, while somebody else
    can.

    :raises NotAllowed: with every reason
    """
    check_has_permission(user, Permission.DISPUTE_DECIDE)
    feedback = dispute.feedback
    hands = hands_of(feedback.review.drawn_letter)
    own = reasons_by_acts(hands.acts_of(user.pk), others=DECIDE, thing=hands.thing)
    others = others_who_decide(dispute) if own else []
    reasons = list(
        reasons_against_deciding_dispute(
            user.pk, marker=feedback.review.marker_id, disputed_by=feedback.drafter_id or 0,
            own_part=(*own, whom_to_ask_to_decide(others)) if others else (),
        )
    )  # fmt: skip
    if dispute.outcome != Dispute.Outcome.OPEN:
        reasons.append("This dispute has its outcome already, and an outcome is never changed.")
    elif today > dispute.decide_by:
        reasons.append(
            f"This dispute had to be decided by the end of {day_words(dispute.decide_by)}. "
            "The mark stands, and the record shows that nobody answered in time."
        )
    if reasons:
        raise NotAllowed(" ".join(reasons))


def _check_is_drafter(user: User, feedback: Feedback) -> None:
    check_has_permission(user, Permission.FEEDBACK_ANSWER)
    if feedback.drafter_id != user.pk:
        did = DID[feedback.review.drawn_letter.subject]
        raise NotAllowed(f"Only the person who {did} answers its feedback.")


def _check_move(review: Review, event: ReviewEvent) -> None:
    try:
        move_review(state_of(review), event)
    except MoveNotAllowed as refusal:
        raise NotAllowed(str(refusal)) from None
