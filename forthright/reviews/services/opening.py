"""Shows a letter to mark, and begins its marking once something of it is to be kept."""

from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure.selectors.papers import papers_of
from forthright.letters.selectors.sent_words import words_sent
from forthright.reviews import policies
from forthright.reviews.models import MarkedPapers, Review
from forthright.reviews.selectors.looks import (
    PAPERS_SEEN,
    RECORD_SEEN,
    WORDS_SEEN,
    looks_after,
    words_shown,
)
from forthright.reviews.selectors.states import has_letter
from forthright.rules.marking import counted_seconds
from forthright.samples.models import DrawnLetter
from forthright.standards.models import Edition
from forthright.standards.selectors import edition_in_force
from forthright.web import clock


class NoStandard(LookupError):
    """The Area has no standard in force to mark by."""


@transaction.atomic
def see_letter_to_mark(letter: DrawnLetter, *, by: User, at: datetime) -> Review:
    """Record that a letter was opened to mark, and return its marking as far as it has come.

    To look begins nothing: the marking of a letter of which nothing was kept is in no table.

    :raises NotAllowed: if it is not this person's to mark
    :raises NoStandard: if there is no standard to mark by
    """
    policies.check_can_mark(by, letter)
    review = _own(by).filter(drawn_letter=letter.pk).first() or _not_begun(letter, by=by, at=at)
    if review.marked_at is not None:
        return review
    if letter.duty and review.letter_version_id is None and has_letter(review, at):
        review.letter_version = words_sent(letter.duty)
    version = review.letter_version_id
    if letter.disclosure is not None:
        audit.record(PAPERS_SEEN, letter, by=by, at=at, area=letter.area,
                     duty=letter.disclosure_id)  # fmt: skip
    elif version is not None:
        audit.record(WORDS_SEEN, letter, by=by, at=at, area=letter.area, version=version)
    else:
        audit.record(RECORD_SEEN, letter, by=by, at=at, area=letter.area)
    return review


@transaction.atomic
def open_review(letter: DrawnLetter, *, by: User, at: datetime) -> Review:
    """Return a marking to keep something in, begun now if this is the first time.

    It is by the standard in force now, and of the words that its marker was last shown.

    :raises NotAllowed: if it is not this person's to mark
    :raises NoStandard: if there is no standard to mark by
    """
    policies.check_can_mark(by, letter)
    review = _own(by).filter(drawn_letter=letter.pk).first() or _begin(letter, by=by, at=at)
    if review.marked_at is None and has_letter(review, at):
        if letter.duty is None:
            _keep_papers(review, at)
        elif review.letter_version_id is None:
            review.letter_version = words_shown(review) or words_sent(letter.duty)
            review.save(update_fields=["letter_version"])
    return review


def _keep_papers(review: Review, at: datetime) -> None:
    """Keep the papers of a disclosure as they stand when something of its marking is first kept."""
    if MarkedPapers.objects.filter(review=review).exists():
        return
    text = papers_of(review.drawn_letter.owed_disclosure, clock.day_of(at))
    MarkedPapers.objects.create(review=review, text=text, made_at=at)


def count_time(review: Review, at: datetime) -> None:
    """Count the time since the last sign of life, unless it was too long a silence.

    Each look at the letter meanwhile is such a sign.
    """
    signs = [review.last_active_at, *looks_after(review, review.last_active_at), at]
    review.seconds_spent += sum(
        counted_seconds(before, now) for before, now in pairwise(signs) if now is not None
    )
    review.last_active_at = at
    review.save(update_fields=["seconds_spent", "last_active_at"])


def _own(user: User) -> QuerySet[Review]:
    return Review.objects.filter(marker=user).select_related(
        "letter_version", "edition", "area", "root_cause", "marker", "unit",
        "drawn_letter__draw", "drawn_letter__duty", "drawn_letter__disclosure",
    )  # fmt: skip


def _not_begun(letter: DrawnLetter, *, by: User, at: datetime) -> Review:
    """Return a marking as it would begin now, in no table yet."""
    return Review(drawn_letter=letter, marker=by, **_at_first(letter, at))


def _begin(letter: DrawnLetter, *, by: User, at: datetime) -> Review:
    review, is_new = Review.objects.get_or_create(
        drawn_letter=letter, marker=by, defaults=_at_first(letter, at)
    )
    if is_new:
        count_time(review, at)
        audit.record("review.begun", review, by=by, at=at, edition=review.edition.number,
                     drawn_letter=letter.pk)  # fmt: skip
    return review


def _at_first(letter: DrawnLetter, at: datetime) -> dict[str, Any]:
    """Return what a marking begins with.

    :raises NoStandard: if there is no standard to mark by
    """
    return {
        "area_id": letter.area_id,
        "unit_id": letter.unit_id,
        "edition": _edition(letter, at),
        "started_at": at,
    }


def _edition(letter: DrawnLetter, at: datetime) -> Edition:
    """Return the standard to mark by.

    :raises NoStandard: if there is none
    """
    edition = edition_in_force(letter.area, clock.day_of(at), letter.subject)
    if edition is None:
        raise NoStandard(
            f"{letter.area} has no standard in force to mark {letter.words.things} by. An "
            "administrator starts it."
        )
    return edition
