"""Records that somebody looked at a letter as it was, or at what is hidden in it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.panels.models import AnonymisedLetter
from forthright.panels.selectors.against import LetterAgainst
from forthright.reviews.services.seeing import see_review
from forthright.schemes.models import Duty


@transaction.atomic
def see_letter(letter: AnonymisedLetter, *, by: User, at: datetime) -> None:
    """Record that a letter was opened with the names that are hidden in it."""
    audit.record("letter.anonymised_seen", letter, by=by, at=at)


@transaction.atomic
def see_letters(
    letters: Sequence[AnonymisedLetter], to_take: Sequence[Duty], *, by: User, at: datetime
) -> None:
    """Record which letters were listed with their case numbers."""
    if letters or to_take:
        audit.record("letters.anonymised_listed", by=by, at=at,
                     anonymised=[each.pk for each in letters],
                     letters=[each.pk for each in to_take])  # fmt: skip


@transaction.atomic
def see_against(code: str, letters: Sequence[LetterAgainst], *, by: User, at: datetime) -> None:
    """Record that somebody opened the letters behind a figure of the panel's marks."""
    audit.record("panel.against_opened", by=by, at=at, area=by.area, criterion=code,
                 reviews=[each.review.pk for each in letters])  # fmt: skip
    # Whoever saw how a letter was marked can never be given it to mark without that.
    for each in letters:
        see_review(each.review, by=by, at=at)
