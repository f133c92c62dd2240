"""Gives the police a failure reason in its exact words, and keeps what they answered."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import AnswerChange, MediaItem, PoliceFeedback
from forthright.hard_media.selectors.periods import periods_of
from forthright.rules.media_periods import dispute_deadline, failure_reasons
from forthright.rules.words import local, moment_words
from forthright.rules.written import cleaned, reason_in
from forthright.web.meanwhile import by_whom, check_unchanged, newest_event

ANSWERED = ("police_feedback.answered", "police_feedback.answer_put_right")


class FeedbackRefused(ValueError):
    """Feedback cannot be given or answered so; the message says why."""


@dataclass(frozen=True)
class Right:
    """What the police answered in truth, or nothing yet, and why what was recorded is wrong."""

    outcome: str
    words: str
    reason: str


def feedback_stamp(item: MediaItem) -> str:
    """Return a stamp of the last reason that the police were given about a recording."""
    last = item.feedback.order_by("pk").last()
    return str(last.pk) if last else ""


@transaction.atomic
def give_feedback(
    item: MediaItem, reason: str, *, detail: str = "", by: User | None, at: datetime,
    opened: str | None = None,
) -> PoliceFeedback:  # fmt: skip
    """Keep a failure reason of the Director's Guidance Assessment about one recording.

    `opened` is the stamp of the last reason that the page showed; without one, nothing is asked.

    :raises NotAllowed: if the recording is another unit's
    :raises ChangedMeanwhile: if a reason was given since the page was opened
    :raises FeedbackRefused: if it is not one of the reasons, word for word
    """
    policies.check_can_record(by, item)
    item = MediaItem.objects.select_for_update().get(pk=item.pk)
    last = item.feedback.order_by("pk").last()
    check_unchanged(opened, feedback_stamp(item), by_whom(last, "police_feedback.given"))
    if reason not in failure_reasons():
        raise FeedbackRefused("Choose one of the reasons of the Director’s Guidance Assessment.")
    given = PoliceFeedback.objects.create(
        area=item.area, unit=item.unit, item=item, reason=reason, detail=cleaned(detail),
        given_at=at, given_by=by,
        dispute_by=dispute_deadline(local(at).date(), periods_of(item.area)),
    )  # fmt: skip
    audit.record("police_feedback.given", given, by=by, at=at, why=failure_reasons().index(reason))
    return given


@transaction.atomic
def record_answer(
    feedback: PoliceFeedback, outcome: str, *, words: str = "", by: User | None, at: datetime
) -> PoliceFeedback:
    """Keep what the police answered; a dispute counts only until its deadline.

    :raises NotAllowed: if the recording is another unit's
    :raises FeedbackRefused: if it was answered, or the time to dispute is over
    """
    policies.check_can_record(by, feedback.item)
    feedback = PoliceFeedback.objects.select_for_update().get(pk=feedback.pk)
    if feedback.outcome:
        raise FeedbackRefused(
            "An answer is recorded already. If it is wrong, put it right beside the reason, under "
            "“Told to the police”."
        )
    is_dispute = outcome != PoliceFeedback.Outcome.ACCEPTED
    if is_dispute and is_locked(feedback, at):
        raise FeedbackRefused(
            f"The time to dispute ended on {moment_words(feedback.dispute_by)}, so the reason "
            "stands."
        )
    feedback.outcome, feedback.outcome_words = outcome, cleaned(words)
    feedback.outcome_at = at
    feedback.save(update_fields=["outcome", "outcome_words", "outcome_at"])
    audit.record("police_feedback.answered", feedback, by=by, at=at, outcome=outcome)
    return feedback


def answer_stamp(feedback: PoliceFeedback) -> str:
    """Return a stamp of the answer that is recorded."""
    return f"{feedback.outcome_at.timestamp():.6f}" if feedback.outcome_at else ""


def is_locked(feedback: PoliceFeedback, at: datetime) -> bool:
    """Say whether what the police answered stands for good: the time to dispute is over."""
    return at > feedback.dispute_by


@transaction.atomic
def put_answer_right(
    feedback: PoliceFeedback, right: Right, *, by: User | None, at: datetime,
    opened: str | None = None,
) -> AnswerChange:  # fmt: skip
    """Put another answer of the police in place of one recorded by mistake, which stays beside it.

    :raises NotAllowed: if the recording is another unit's
    :raises ChangedMeanwhile: if somebody changed it since the page was opened
    :raises FeedbackRefused: if none is recorded, it is locked, it is this, or nobody says why
    """
    policies.check_can_record(by, feedback.item)
    feedback = PoliceFeedback.objects.select_for_update().get(pk=feedback.pk)
    check_unchanged(opened, answer_stamp(feedback), by_whom(feedback, *ANSWERED))
    words = cleaned(right.words) if right.outcome else ""
    if feedback.outcome_at is None:
        raise FeedbackRefused("No answer is recorded, so there is none to put right: record it.")
    if is_locked(feedback, at):
        raise FeedbackRefused(
            f"Answers were locked on {moment_words(feedback.dispute_by)}, when the time to dispute "
            "ended, so what is recorded stands."
        )
    if (right.outcome, words) == (feedback.outcome, feedback.outcome_words):
        raise FeedbackRefused("That is what is recorded already. Choose what they answered.")
    if not (reason := reason_in(right.reason)):
        raise FeedbackRefused("Say why it was wrong, such as: the wrong answer was chosen.")
    last = newest_event(feedback, *ANSWERED)
    change = AnswerChange.objects.create(
        feedback=feedback, old_outcome=feedback.outcome, old_words=feedback.outcome_words,
        old_at=feedback.outcome_at, old_by=last.by if last else None, new_outcome=right.outcome,
        reason=reason, changed_at=at, changed_by=by,
    )  # fmt: skip
    feedback.outcome, feedback.outcome_words = right.outcome, words
    feedback.outcome_at = at if right.outcome else None
    feedback.save(update_fields=["outcome", "outcome_words", "outcome_at"])
    audit.record(
        "police_feedback.answer_put_right", feedback, by=by, at=at,
        old_outcome=change.old_outcome, outcome=right.outcome, change=change.pk,
    )  # fmt: skip
    return change
