"""Which words of a letter went out, however many versions were kept before and after."""

from datetime import datetime, timedelta

from forthright.letters.models import Dispatch, LetterVersion
from forthright.letters.selectors.letter import latest_words
from forthright.letters.selectors.which import Which, about, letter_of
from forthright.rules.words import is_day_only
from forthright.web import clock

# A letter that failed on its way reached nobody; one that came back had gone out.
WENT = (Dispatch.State.SENT, Dispatch.State.DELIVERED, Dispatch.State.RETURNED)


def words_sent(which: Which) -> LetterVersion | None:
    """Return the version that went out, or the newest of a letter that has not gone out.

    What was sent from here counts, then what was newest when the letter was sent. Where its words
    were kept only later, the first of them counts, unless somebody said of others that they are
    what was sent: words that are added to a letter long gone are no longer those of that letter.
    """
    letter = letter_of(which)
    sent_at = letter.steps.sent_at
    if sent_at is None:
        return latest_words(which)
    versions = LetterVersion.objects.filter(**about(which))
    versions = versions.select_related("added_by", "letter", "note")
    if (dispatched := _dispatched(which)) is not None:
        return versions.get(pk=dispatched)
    by_then = versions.filter(added_at__lt=_until(sent_at)).order_by("-number").first()
    said = versions.filter(is_what_went=True).order_by("-number").first()
    return by_then or said or versions.order_by("number").first()


def may_say_what_went(which: Which) -> bool:
    """Say whether other words can be said to be those that went out: none were kept by then."""
    letter = letter_of(which)
    sent_at = letter.steps.sent_at
    if sent_at is None or _dispatched(which) is not None:
        return False
    versions = LetterVersion.objects.filter(**about(which))
    return versions.exists() and not versions.filter(added_at__lt=_until(sent_at)).exists()


def _dispatched(which: Which) -> int | None:
    rows = Dispatch.objects.filter(**about(which, "version__letter"), state__in=WENT)
    return rows.order_by("-sent_at", "-pk").values_list("version", flat=True).first()


def _until(sent_at: datetime) -> datetime:
    """Return the moment before which words were there to be sent: of a bare day, its end."""
    if is_day_only(sent_at):
        return clock.start_of(clock.day_of(sent_at) + timedelta(days=1))
    return sent_at + timedelta(microseconds=1)
