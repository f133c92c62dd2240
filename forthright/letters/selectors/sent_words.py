"""Which words of a letter went out, however many versions were kept before and after."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce

from forthright.letters.models import Dispatch, Letter, LetterVersion
from forthright.letters.selectors.letter import latest_words
from forthright.letters.selectors.which import Which, about
from forthright.rules.words import is_day_only
from forthright.schemes.models import Duty
from forthright.web import clock

# A letter that failed on its way reached nobody; one that came back had gone out.
WENT = (Dispatch.State.SENT, Dispatch.State.DELIVERED, Dispatch.State.RETURNED)


def words_sent(which: Which) -> LetterVersion | None:
    """Return the version that went out, or the newest of a letter that has not gone out.

    What was sent from here counts, then what was newest when the letter was sent. Where its words
    were kept only later, the first of them counts, unless somebody said of others that they are
    what was sent: words that are added to a letter long gone are no longer those of that letter.
    """
    sent_at = _sent_at(which)
    if sent_at is None:
        return latest_words(which)
    return _that_went(_versions(which), sent_at)


def all_words_sent(duties: Sequence[Duty]) -> dict[int, int]:
    """Return which version of the letter that each duty owes went out, by the duty's number.

    Of one that has not gone out it is the newest. Many are read as one.
    """
    rows = Letter.objects.filter(duty__in=[each.pk for each in duties], number=1)
    letters = dict(rows.values_list("duty", "pk"))
    gone = {
        letters[each.pk]: each.sent_at for each in duties if each.sent_at and each.pk in letters
    }
    went = words_that_went(gone)
    found = {duty: went[letter] for duty, letter in letters.items() if letter in went}
    for each in duties:
        if each.sent_at is None and (latest := latest_words(each)) is not None:
            found[each.pk] = latest.pk
    return found


def words_that_went(letters: Mapping[int, datetime]) -> dict[int, int]:
    """Return by letter which version went out, of letters of which any words are kept.

    :param letters: when each went, by its number
    """
    rows = LetterVersion.objects.filter(letter__in=list(letters))
    by_letter: dict[int, list[Any]] = defaultdict(list)
    for each in rows.annotate(went_at=_went_at()).order_by("letter", "number"):
        by_letter[each.letter_id].append(each)
    found = {pk: _that_went(each, letters[pk]) for pk, each in by_letter.items()}
    return {pk: version.pk for pk, version in found.items() if version is not None}


def _that_went(versions: list[Any], sent_at: datetime) -> LetterVersion | None:
    """Return which of the versions of a letter went out, the first version first."""
    dispatched = [each for each in versions if each.went_at is not None]
    if dispatched:
        newest: LetterVersion = max(dispatched, key=lambda each: (each.went_at, each.number))
        return newest
    by_then = [each for each in versions if each.added_at < until_sent(sent_at)]
    said = [each for each in versions if each.is_what_went]
    return next(iter([*by_then[-1:], *said[-1:], *versions]), None)


def may_say_what_went(which: Which) -> bool:
    """Say whether other words can be said to be those that went out: none were kept by then."""
    sent_at = _sent_at(which)
    if sent_at is None:
        return False
    versions = _versions(which)
    return bool(versions) and not any(
        each.went_at is not None or each.added_at < until_sent(sent_at) for each in versions
    )


def _sent_at(which: Which) -> datetime | None:
    return which.steps.sent_at if isinstance(which, Letter) else which.sent_at


def _versions(which: Which) -> list[Any]:
    """Return every version, the first first, with `went_at`: when it was last sent from here."""
    rows = LetterVersion.objects.filter(**about(which)).select_related("added_by", "letter", "note")
    return list(rows.annotate(went_at=_went_at()).order_by("number"))


def _went_at() -> Subquery:
    """Return when a version was last sent from here, for a query of versions."""
    went = Dispatch.objects.filter(version=OuterRef("pk"), state__in=WENT)
    went = went.annotate(went_at=Coalesce("sent_at", "asked_at")).order_by("-went_at")
    return Subquery(went.values("went_at")[:1])


def until_sent(sent_at: datetime) -> datetime:
    """Return the moment before which words were there to be sent: of a bare day, its end."""
    if is_day_only(sent_at):
        return clock.start_of(clock.day_of(sent_at) + timedelta(days=1))
    return sent_at + timedelta(microseconds=1)
