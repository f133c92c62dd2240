"""Records that the words of a letter left the product as a file."""

from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.letters.models import LetterVersion


@transaction.atomic
def hand_out(version: LetterVersion, kind: str, *, by: User, at: datetime) -> None:
    """Record that one version was handed out as a file."""
    audit.record(
        "letter.taken_out", version.letter, by=by, at=at, version=version.number, kind=kind
    )
