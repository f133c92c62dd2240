"""What stands of a file, byte for byte, as another recording of the unit."""

from datetime import date

from django.db.models import Q

from forthright.hard_media.models import Bagged, MediaItem, ShareRecord
from forthright.hard_media.selectors.bags import digests_in_bags
from forthright.hard_media.selectors.holdings import alike_to, digests_of
from forthright.hard_media.selectors.ladder import words_of
from forthright.hard_media.selectors.links import why_closed
from forthright.rules.words import list_words


def given_as_another(item: MediaItem, today: date) -> list[ShareRecord]:
    """Return what gives somebody a file of a recording, or a copy of it, as another recording.

    Links that open nothing any more are left out; what went another way, and of which no contents
    are known, was all of it.
    """
    others = [each for each in alike_to([item]) if each != item and each.unit_id == item.unit_id]
    rows = ShareRecord.objects.filter(
        Q(contents=None) | Q(contents__file__sha256__in=digests_of(item)),
        item__in=others, revoked_at=None,
    ).distinct()  # fmt: skip
    rows = rows.select_related("item__case", "representation__defendant").order_by("pk")
    return [
        each
        for each in rows.prefetch_related("links__representation")
        if each.way != ShareRecord.Way.LINK
        or not all(why_closed(link, today) for link in each.links.all())
    ]


def same_file_words(item: MediaItem, today: date) -> str:
    """Say who was given a file of a recording as which other recordings, or nothing.

    These are not taken back with it. A bag that left holds it as such a one, too.
    """
    return " ".join(filter(None, (_shared_words(item, today), _bagged_words(item))))


def _shared_words(item: MediaItem, today: date) -> str:
    whom: dict[MediaItem, list[str]] = {}
    for each in given_as_another(item, today):
        whom.setdefault(each.item, []).append(words_of(each))
    if not whom:
        return ""
    said = list_words([
        f"{_named(other, item)} (shared with {list_words(list(dict.fromkeys(those)))})"
        for other, those in whom.items()
    ])  # fmt: skip
    return (
        f"A file of it is, byte for byte, that of {said}, too. That is not taken back with this: "
        "withdraw it as well, or take it back on its page, if they are not to have it."
    )


def _bagged_words(item: MediaItem) -> str:
    others = [each for each in alike_to([item]) if each != item and each.unit_id == item.unit_id]
    rows = Bagged.objects.filter(item__in=others).select_related("bag", "item__case")
    every = list(rows.order_by("bag__at", "pk"))
    own, held = digests_of(item), digests_in_bags(every) if every else {}
    names = list(dict.fromkeys(_named(e.item, item) for e in every if own & held[e.pk]))
    if not names:
        return ""
    return (
        f"A file of it, byte for byte, is in a bag that left, as {list_words(names)}. If nobody is "
        "to have it, ask whoever has the bag to delete or return it: every step of "
        f"{'these' if len(names) > 1 else 'that'} names the bag."
    )


def _named(other: MediaItem, item: MediaItem) -> str:
    return other.exhibit if other.case_id == item.case_id else f"{other.exhibit} of {other.case}"
