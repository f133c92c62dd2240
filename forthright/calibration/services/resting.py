"""Lets letters with agreed marks rest by themselves: what one alone agreed, and what is superseded.

What one person alone finished was agreed by nobody; where it was kept as agreed before that took
two, it goes out no more, for good. What the standard in force asks otherwise goes out again once it
is asked so again, so only what is out and not finished is taken back, and of each pair both: were
the agreed letter taken back alone, whoever had it would know which it was.
"""

from collections.abc import Collection
from datetime import datetime

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.calibration.models import GoldGiven, GoldLetter
from forthright.calibration.selectors.gold import agreed_by_one
from forthright.reviews.models import SecondMarking
from forthright.reviews.services.second_marking import take_back
from forthright.rules.second_marks import MARKED_BEFORE
from forthright.standards.selectors.wordings import editions_asked_alike
from forthright.web import clock

ONE_ALONE = (
    "One person alone had finished marking it when its marks were agreed, so nobody agreed with "
    "anybody. Nothing is held against these marks any more; what others gave it counts as second "
    "marks do."
)


def rest_by_themselves(
    area: Area, *, by_one_elsewhere: Collection[int] = (), by: User | None, at: datetime
) -> int:
    """Let rest what may not go out as agreed; return how many letters were agreed by one alone.

    :param by_one_elsewhere: the markings whose letters another room agreed on by the marks of one
    """
    rested = _rest_what_one_agreed(area, by_one_elsewhere, by=by, at=at)
    _take_back_superseded(area, by=by, at=at)
    return rested


def _rest_what_one_agreed(
    area: Area, elsewhere: Collection[int], *, by: User | None, at: datetime
) -> int:
    found = agreed_by_one(area, elsewhere)
    for gold in found:
        gold.is_by_one = True
        fields = ["is_by_one"]
        # Who took it out before said why, and that stays.
        if gold.retired_at is None:
            gold.retired_at, gold.retired_because = at, ONE_ALONE
            fields += ["retired_at", "retired_because"]
        gold.save(update_fields=fields)
        audit.record("gold.rested", gold, by=by, at=at)
    return len(found)


def _take_back_superseded(area: Area, *, by: User | None, at: datetime) -> None:
    editions = editions_asked_alike(area, clock.day_of(at))
    waiting = SecondMarking.objects.filter(area=area, marked_at=None, because=MARKED_BEFORE)
    for marking in waiting.exclude(review__edition__in=editions).order_by("pk"):
        take_back_one_marked_before(marking, by=by, at=at)


def take_back_one_marked_before(marking: SecondMarking, *, by: User | None, at: datetime) -> None:
    """Take a letter marked before back from who has not finished it, and say so of an agreed one.

    It is due again, to whom the lot falls then.
    """
    gold = GoldLetter.objects.filter(given__marking=marking).first()
    GoldGiven.objects.filter(marking=marking).delete()
    if gold is not None:
        audit.record("gold.taken_back", gold, by=by, at=at, marking=marking.pk)
    take_back(marking, by=by, at=at)
