"""Gives the police a failure reason in its exact words, and keeps what they answered."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import MediaItem, PoliceFeedback
from forthright.hard_media.selectors.periods import periods_of
from forthright.rules.media_periods import dispute_deadline, failure_reasons
from forthright.rules.words import local, moment_words
from forthright.rules.written import cleaned
from forthright.web.meanwhile import by_whom, check_unchanged


class FeedbackRefused(ValueError):
    """Feedback cannot be given or answered so; the message says why."""


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
        raise FeedbackRefused("An answer is recorded already.")
    is_dispute = outcome != PoliceFeedback.Outcome.ACCEPTED
    if is_dispute and at > feedback.dispute_by:
        raise FeedbackRefused(
            f"The time to dispute ended on {moment_words(feedback.dispute_by)}, so the reason "
            "stands."
        )
    feedback.outcome, feedback.outcome_words = outcome, cleaned(words)
    feedback.outcome_at = at
    feedback.save(update_fields=["outcome", "outcome_words", "outcome_at"])
    audit.record("police_feedback.answered", feedback, by=by, at=at, outcome=outcome)
    return feedback
