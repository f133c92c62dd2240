"""The times of a letter's stages: which come before which, and what may not be recorded."""

from dataclasses import dataclass
from datetime import datetime

from forthright.rules.words import is_day_only, local, moment_words
from forthright.schemes.models import Duty

# Each recorded stage in its order, with what people call it.
STAGES = {
    "told": "the Victim Liaison Unit was told",
    "explained": "the prosecutor’s explanation arrived",
    "drafted": "the letter was drafted",
    "approved": "the letter was approved",
    "sent": "the letter was sent",
    "reached": "the letter reached the person",
}
FIELDS = tuple(f"{stage}_at" for stage in STAGES)


class TimeRefused(ValueError):
    """A time that cannot be right, with what to check."""

    def __init__(self, words: str, stage: str = "") -> None:
        """Keep the stage whose time it is, where it is one of a letter's."""
        super().__init__(words)
        self.stage = stage


@dataclass(frozen=True, kw_only=True)
class StageTimes:
    """What is known of a letter's stages; what is None or empty is left as it was.

    A time of exactly midnight stands for a day whose hour is not known (`rules.words.moment_at`).
    """

    told_at: datetime | None = None
    explained_at: datetime | None = None
    drafted_at: datetime | None = None
    approved_at: datetime | None = None
    sent_at: datetime | None = None
    reached_at: datetime | None = None
    drafter_id: int | None = None
    drafter_name: str = ""


def put_times(duty: Duty, times: StageTimes) -> None:
    """Set on a letter what is known of its stages, without saving it."""
    for name in (*FIELDS, "drafter_id", "drafter_name"):
        if (value := getattr(times, name)) not in (None, ""):
            setattr(duty, name, value)


def check_times(duty: Duty, *, at: datetime) -> None:
    """Refuse recorded times that run backwards or lie in the future.

    :raises TimeRefused: naming the two times that clash
    """
    before, words = duty.decided_at, "the decision was made"
    for stage, happened in STAGES.items():
        moment: datetime | None = getattr(duty, f"{stage}_at")
        if moment is None:
            continue
        if moment > at:
            raise TimeRefused(
                f"{moment_words(moment)} has not come yet, so it cannot be when {happened}.",
                stage,
            )
        if _is_earlier(moment, before):
            raise TimeRefused(
                f"{moment_words(moment)} cannot be when {happened}, because "
                f"{words} on {moment_words(before)}. Check both times.",
                stage,
            )
        # A day alone says less than an hour of that day, which the next step is held against.
        if not _is_same_day_alone(moment, before):
            before, words = moment, happened


def _is_earlier(moment: datetime, before: datetime) -> bool:
    if is_day_only(moment) or is_day_only(before):
        return local(moment).date() < local(before).date()
    return moment < before


def _is_same_day_alone(moment: datetime, before: datetime) -> bool:
    return is_day_only(moment) and local(moment).date() == local(before).date()
