"""Tells the drafter of the marks on a letter; only then is a marking finished."""

from dataclasses import dataclass
from datetime import date, datetime

from django.core.mail import EmailMessage
from django.db import transaction

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission
from forthright.audit import services as audit
from forthright.peer_checks.services.telling import tell_of_reasons
from forthright.reviews import policies
from forthright.reviews.models import Feedback, Review
from forthright.reviews.selectors.left_out import why_not_kept
from forthright.rules.deadlines import DisputeDeadline
from forthright.rules.sampled import Subject
from forthright.rules.words import day_words
from forthright.rules.written import cleaned, reason_in
from forthright.samples import services as samples
from forthright.schemes.selectors import area_clock
from forthright.web import clock, jobs

# The root cause of a fault that begins with the prosecutor’s reasons.
REASONS = "EXPLANATION"


class TellingRefused(ValueError):
    """What was said about telling somebody cannot be right; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How somebody without an account was told."""

    who: str
    how: str
    on: date


def can_be_told_here(review: Review) -> User | None:
    """Return the drafter if they can read feedback on this service."""
    drafter = review.drawn_letter.author
    if drafter is not None and has_permission(drafter, Permission.FEEDBACK_ANSWER):
        return drafter
    return None


@transaction.atomic
def tell_drafter(
    review: Review, *, by: User, at: datetime, text: str, for_demo: bool = False
) -> Feedback:
    """Give a drafter their marks, and ask for the e-mail that says so.

    Nothing is sent to the made-up people of a demonstration about its made-up past.

    :raises NotAllowed: if this person did not mark it, or the drafter has been told
    :raises TellingRefused: if there are no words, they repeat sensitive material, or the drafter
        cannot read them here
    """
    review = _locked(review, by)
    drafter = can_be_told_here(review)
    if drafter is None:
        author = review.drawn_letter.words.author
        raise TellingRefused(f"The {author} has no account here. Record how you told them instead.")
    feedback = Feedback(drafter=drafter, text=text, told_at=at)
    feedback = _give(review, feedback, by=by, at=at, for_demo=for_demo)
    if not for_demo:
        jobs.ask("reviews.tell", key=f"feedback {feedback.pk}", by=by, at=at,
                 args={"feedback": feedback.pk}, area=review.area)  # fmt: skip
    return feedback


@transaction.atomic
def record_telling(
    review: Review, telling: Telling, *, by: User, at: datetime, text: str
) -> Feedback:
    """Record that somebody without an account was told of the marks, by whom and how.

    :raises NotAllowed: if this person did not mark it, or the drafter has been told
    :raises TellingRefused: if the day cannot be right, or there are no words or they repeat
        sensitive material
    """
    review = _locked(review, by)
    today, marked = clock.day_of(at), clock.day_of(review.marked_at or at)
    if telling.on > today:
        raise TellingRefused(f"{day_words(telling.on)} has not come yet.")
    if telling.on < marked:
        thing = review.drawn_letter.words.thing
        raise TellingRefused(f"The {thing} was marked on {day_words(marked)}, so not before that.")
    if not cleaned(telling.who):
        raise TellingRefused("Enter who was told.")
    told_at = at if telling.on == today else clock.start_of(telling.on)
    feedback = Feedback(
        told_name=cleaned(telling.who), told_how=telling.how, text=text, told_at=told_at
    )
    return _give(review, feedback, by=by, at=at)


def send_feedback_mail(
    feedback: Feedback, *, by: User | None, at: datetime, address: str
) -> Feedback:
    """Send the drafter a line that feedback waits, with a link and nothing of the case.

    The mail goes out before the record is written, so a crash between the two sends it again
    rather than losing it; both copies carry the same Message-ID. Whoever has left gets none.
    """
    drafter = feedback.drafter
    if feedback.emailed_at is not None or drafter is None or not drafter.is_active:
        return feedback
    is_letter = feedback.review.drawn_letter.subject is Subject.LETTERS
    work = "a letter you wrote" if is_letter else "disclosure that you endorsed"
    EmailMessage(
        subject=f"Feedback on {work}",
        body=(
            f"Hello {drafter},\n\n"
            f"{feedback.told_by} has marked {work} and has feedback for you:\n"
            f"{address}\n\n"
            "Please read it and say that you have. If you think that a mark is wrong, you can "
            f"say so there until the end of {day_words(feedback.dispute_by)}.\n\n"
            "Forthright\n"
        ),
        to=[drafter.email],
        headers={"Message-ID": f"<feedback-{feedback.pk}@forthright>"},
    ).send()
    return _note_mail(feedback, by=by, at=at)


@transaction.atomic
def _note_mail(feedback: Feedback, *, by: User | None, at: datetime) -> Feedback:
    feedback.emailed_at = at
    feedback.save(update_fields=["emailed_at"])
    audit.record("feedback.mailed", feedback, by=by, at=at, recipient=feedback.drafter_id)
    return feedback


def _locked(review: Review, by: User) -> Review:
    Review.objects.select_for_update().get(pk=review.pk)
    review = Review.objects.select_related(
        "area",
        "drawn_letter__draw",
        "drawn_letter__duty__drafter",
        "drawn_letter__disclosure",
        "drawn_letter__prosecutor",
        "feedback",
    ).get(pk=review.pk)
    policies.check_can_tell(by, review)
    return review


def _give(
    review: Review, feedback: Feedback, *, by: User, at: datetime, for_demo: bool = False
) -> Feedback:
    if not reason_in(feedback.text):
        raise TellingRefused(f"Write what you tell the {review.drawn_letter.words.author}.")
    if against := why_not_kept(review.drawn_letter, "what you tell them", feedback.text, by=by):
        raise TellingRefused(against)
    limit = dispute_limit(review, clock.day_of(feedback.told_at))
    feedback.review = review
    feedback.area_id, feedback.unit_id = review.area_id, review.unit_id
    feedback.text, feedback.told_by = cleaned(feedback.text), by
    feedback.dispute_by, feedback.dispute_because = limit.day, list(limit.arithmetic)
    feedback.save(force_insert=True)
    _tell_of_reasons(review, by=by, at=at, for_demo=for_demo)
    samples.record_told(review.drawn_letter, by=by, at=at)
    audit.record(
        "feedback.given", feedback, by=by, at=at, review=review.pk, how=feedback.told_how,
        drafter=feedback.drafter_id, dispute_by=feedback.dispute_by,
    )  # fmt: skip
    return feedback


def _tell_of_reasons(review: Review, *, by: User, at: datetime, for_demo: bool) -> None:
    """Tell whoever wrote the reasons their part, where the fault began with them."""
    version = review.letter_version
    if version is None or review.root_cause is None or review.root_cause.code != REASONS:
        return
    said = review.to_change
    tell_of_reasons(version, said, review_number=review.pk, by=by, at=at, for_demo=for_demo)


def dispute_limit(review: Review, told: date) -> DisputeDeadline:
    """Return until when marks told of on a day may be disputed, by the rules in force then."""
    return area_clock(review.area).dispute_limit(told)


def decision_limit(review: Review, raised: date) -> DisputeDeadline:
    """Return until when a dispute raised on a day is to be decided."""
    return area_clock(review.area).decision_limit(raised)
