"""The words of letters, as they were last kept."""

from forthright.letters.models import LetterVersion
from forthright.schemes.models import Duty


def latest_words(duty: Duty) -> LetterVersion | None:
    """Return the newest version of a letter's words, or None while none are kept."""
    return LetterVersion.objects.filter(letter__duty=duty).order_by("-number").first()
