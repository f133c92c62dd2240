"""Authors who were told of a fault, and letters of theirs that were looked at since."""

from datetime import timedelta

from forthright.letters.models import LetterVersion
from forthright.peer_checks.models import PeerCheck
from forthright.peer_checks.services.giving import give_checks
from forthright.reviews.models import Review
from forthright.reviews.services.telling import tell_drafter
from forthright.schemes.models import Duty
from tests import given
from tests.peer_checks.looked_at import (
    a_check,
    a_letter_put_forward,
    all_met,
    answered,
    changes_asked,
)

AFTER = given.NOON + timedelta(days=1)


def told_of_a_fault(**letter):
    """Return the check by which an author was told that A6 was not met, and its checker."""
    return changes_asked(a_check(**letter))


def another_letter(asked, *, again=False, days=1):
    """Have the author's next letter looked at, with the same fault in it or without."""
    at = given.NOON + timedelta(days=days)
    letter = a_letter_put_forward(by=asked.drafter, at=at)
    give_checks(letter.area, by=None, at=at)
    check = PeerCheck.objects.get(letter=letter, answer="")
    if not again:
        return answered(check, "PASSED", at=at)
    return answered(check, "CHANGES", at=at, levels=all_met(check, but="A6", at=at),
                    done_well="It opens plainly.", to_change="Say how to ask.")  # fmt: skip


def told_by_a_marking(*, marker, author, level="NOT_MET"):
    """Return the feedback by which an author was told of the level of B1."""
    return given.a_told_drafter(
        levels={"B1": level}, marker=marker, unit=marker.unit, drafter=author
    )


def a_letter_marked(
    feedback, *, marker, minutes, again=False, is_told=True, written=None, level="NOT_MET"
):
    """Return the marking of a later letter of that author, told so many minutes after NOON.

    It was written, and sent, when they were told or so many minutes after NOON.
    """
    at = given.NOON + timedelta(minutes=minutes)
    review = given.a_marked_letter(
        levels={"B1": level} if again else None,
        marker=marker, unit=marker.unit, drafter=feedback.drafter,
    )  # fmt: skip
    written_at = given.NOON + timedelta(minutes=written or minutes)
    LetterVersion.objects.filter(pk=review.letter_version_id).update(added_at=written_at)
    Duty.objects.filter(pk=review.drawn_letter.duty_id).update(
        drafted_at=written_at, sent_at=written_at
    )
    Review.objects.filter(pk=review.pk).update(marked_at=at)
    review.refresh_from_db()
    if is_told:
        tell_drafter(review, by=marker, at=at, text="Well begun. Read it aloud once more.")
    return review
