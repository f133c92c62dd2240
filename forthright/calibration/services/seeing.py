"""Keeps who saw what letters a round may be made of, a round, or a letter of it with its marks."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.calibration.models import Round, RoundLetter
from forthright.reviews.models import Review


@transaction.atomic
def see_letters_offered(letters: Collection[Review], *, by: User, at: datetime) -> None:
    """Record that somebody saw of which letters a round may be made."""
    audit.record("round.offered_seen", by=by, at=at, area=by.area,
                 reviews=[each.pk for each in letters])  # fmt: skip


@transaction.atomic
def see_round(held: Round, *, by: User, at: datetime) -> None:
    """Record that somebody saw a round and the numbers of its letters."""
    audit.record("round.seen", held, by=by, at=at)


@transaction.atomic
def see_letter_of_round(letter: RoundLetter, *, by: User, at: datetime) -> None:
    """Record that somebody saw a letter of a closed round with everybody's marks."""
    audit.record("round_letter.seen", letter, by=by, at=at, area=letter.round.area,
                 review=letter.review_id)  # fmt: skip
