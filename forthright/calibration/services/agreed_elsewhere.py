"""Keeps marks that were agreed outside a calibration round, and takes their words back.

What another room agreed on becomes a closed round without markers, so that it is listed, handed
out and held against later marks as every other letter with agreed marks is.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.calibration import policies
from forthright.calibration.models import (
    GoldLetter,
    HiddenWords,
    Round,
    RoundLetter,
)
from forthright.calibration.selectors.rounds import reviews_in_rounds
from forthright.calibration.services.resting import take_back_one_marked_before
from forthright.calibration.services.rounds import Agreed, RoundRefused, keep_agreed
from forthright.reviews.models import Review, SecondMarking
from forthright.rules.rubric import Level
from forthright.web import clock

WORDS_WITHDRAWN = "Its words with names hidden were withdrawn."


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreedElsewhere:
    """What was agreed on one letter, by whom it may not be marked, and the words that are shown.

    `hidden` holds the words with names hidden by the number of a marking, of this letter and of
    others that were read with it: those go out beside it, so that hidden names tell nothing.
    """

    name: str
    review: Review
    agreed: Mapping[str, Agreed]
    given: Mapping[str, Collection[Level]]
    hidden: Mapping[int, str]
    left_out: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def keep_agreed_elsewhere(found: AgreedElsewhere, *, by: User, at: datetime) -> GoldLetter | None:
    """Keep what another room agreed on; the letter goes out with its names hidden from then on.

    :raises NotAllowed: if this person leads no rounds
    :raises RoundRefused: if it has agreed marks already, or a criterion or a reason is missing
    """
    policies.check_can_lead(by)
    review = found.review
    Area.objects.select_for_update().get(pk=review.area_id)
    if reviews_in_rounds([review.pk]):
        raise RoundRefused(
            "This letter has agreed marks already, or a calibration round has it. Agreed marks "
            "stay."
        )
    held, _ = Round.objects.get_or_create(
        area=review.area, name=found.name, edition=review.edition,
        defaults={"mark_by": clock.day_of(at), "made_at": at, "made_by": by, "closed_at": at,
                  "closed_by": by},
    )  # fmt: skip
    letter = RoundLetter.objects.create(
        round=held, review=review, position=held.letters.count() + 1,
        left_out=dict(found.left_out),
    )  # fmt: skip
    for number, words in found.hidden.items():
        HiddenWords.objects.update_or_create(
            review_id=number, defaults={"words": words, "kept_at": at, "kept_by": by}
        )
    audit.record("gold.words_hidden", letter, by=by, at=at, area=review.area,
                 reviews=sorted(found.hidden))  # fmt: skip
    return keep_agreed(letter, found.agreed, found.given, by=by, at=at)


@transaction.atomic
def withdraw_hidden_words(
    area: Area, reviews: Collection[int], *, by: User | None, at: datetime
) -> None:
    """Show the hidden words of these markings to nobody more; `by` is None for the gate.

    Their letters go out no more, and whoever has not finished one is asked for it no longer.
    """
    kept = HiddenWords.objects.filter(review__in=reviews)
    withdrawn = sorted(kept.values_list("review", flat=True))
    if not withdrawn:
        return
    kept.delete()
    of_them = GoldLetter.objects.filter(letter__review__in=withdrawn, retired_at=None)
    of_them.update(retired_at=at, retired_because=WORDS_WITHDRAWN, retired_by=by)
    open_now = SecondMarking.objects.filter(review__in=withdrawn, marked_at=None)
    for marking in open_now.exclude(words=""):
        take_back_one_marked_before(marking, by=by, at=at)
    audit.record("gold.words_withdrawn", by=by, at=at, area=area, reviews=withdrawn)
