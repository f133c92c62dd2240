"""Begins a marking, and opens it again where it stopped."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.letters.selectors import latest_words
from forthright.reviews import policies
from forthright.reviews.models import Review
from forthright.reviews.selectors.states import has_letter
from forthright.rules.marking import counted_seconds
from forthright.samples.models import DrawnLetter
from forthright.standards.selectors import edition_in_force
from forthright.web import clock


class NoStandard(LookupError):
    """The Area has no standard in force to mark by."""


@transaction.atomic
def open_review(letter: DrawnLetter, *, by: User, at: datetime) -> Review:
    """Open a letter to mark it, begun by the standard in force now if this is the first time.

    :raises NotAllowed: if it is not this person's to mark
    :raises NoStandard: if there is no standard to mark by
    """
    policies.check_can_mark(by, letter)
    review = _own(by).filter(drawn_letter=letter.pk).first() or _begin(letter, by=by, at=at)
    if review.marked_at is not None:
        return review
    if review.letter_version_id is None and has_letter(review, at):
        review.letter_version = latest_words(letter.duty)
        review.save(update_fields=["letter_version"])
    count_time(review, at)
    version = review.letter_version
    if version is not None:
        audit.record("letter.words_seen", version, by=by, at=at, area=review.area,
                     review=review.pk)  # fmt: skip
    else:
        audit.record("review.seen", review, by=by, at=at)
    return review


def count_time(review: Review, at: datetime) -> None:
    """Count the time since the last sign of life, unless it was too long a silence."""
    review.seconds_spent += counted_seconds(review.last_active_at, at)
    review.last_active_at = at
    review.save(update_fields=["seconds_spent", "last_active_at"])


def _own(user: User) -> QuerySet[Review]:
    return Review.objects.filter(marker=user).select_related(
        "letter_version", "edition", "area", "root_cause", "marker", "unit",
        "drawn_letter__draw", "drawn_letter__duty",
    )  # fmt: skip


def _begin(letter: DrawnLetter, *, by: User, at: datetime) -> Review:
    edition = edition_in_force(letter.area, clock.day_of(at))
    if edition is None:
        raise NoStandard(
            f"{letter.area} has no standard in force to mark by. An administrator starts it."
        )
    review, is_new = Review.objects.get_or_create(
        drawn_letter=letter,
        marker=by,
        defaults={
            "area_id": letter.area_id,
            "unit_id": letter.unit_id,
            "edition": edition,
            "started_at": at,
            "last_active_at": at,
        },
    )
    if is_new:
        audit.record("review.begun", review, by=by, at=at, edition=edition.number,
                     drawn_letter=letter.pk)  # fmt: skip
    return review
