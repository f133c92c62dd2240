"""When a marker looked at a letter, and at which words of it: read from the record of acts."""

from datetime import datetime

from django.db.models import QuerySet

from forthright.audit.models import Event
from forthright.letters.models import LetterVersion
from forthright.reviews.models import Review
from forthright.samples.models import DrawnLetter

WORDS_SEEN = "letter.words_seen"
PAPERS_SEEN = "disclosure.papers_seen"
RECORD_SEEN = "review.seen"


def looks_after(review: Review, moment: datetime | None) -> list[datetime]:
    """Return when its marker opened the letter to mark, after a moment or ever, the first first."""
    looks = _looks(review).values_list("at", flat=True)
    return list(looks.filter(at__gt=moment) if moment is not None else looks)


def words_shown(review: Review) -> LetterVersion | None:
    """Return the version of the letter's words that its marker was shown last, if any."""
    last = _looks(review).filter(name=WORDS_SEEN).last()
    return LetterVersion.objects.filter(pk=last.detail["version"]).first() if last else None


def _looks(review: Review) -> QuerySet[Event]:
    return Event.objects.filter(
        subject_kind=DrawnLetter._meta.label,
        subject_id=str(review.drawn_letter_id),
        name__in=[WORDS_SEEN, PAPERS_SEEN, RECORD_SEEN],
        by=review.marker_id,
    ).order_by("sequence")
