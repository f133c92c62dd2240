"""Authors who were told of a fault, and letters of theirs that were looked at since."""

from datetime import timedelta

from forthright.peer_checks.models import PeerCheck
from forthright.peer_checks.services.giving import give_checks
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
    return answered(check, "CHANGES", at=at, levels=all_met(check, but="A6"),
                    done_well="It opens plainly.", to_change="Say how to ask.")  # fmt: skip
