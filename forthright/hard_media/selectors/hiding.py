"""What copies hide, or are to hide, of recordings."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import QuerySet

from forthright.hard_media.models import CutCopy, MediaItem, SentFile
from forthright.hard_media.selectors.holdings import piece_of_copy
from forthright.rules.hidden_parts import laid_bare


def that_hide(rows: "QuerySet[CutCopy]") -> "QuerySet[CutCopy]":
    """Return those of some copies that hide something, or are to, whether they were made or not."""
    return rows.exclude(what=CutCopy.What.CLIP)


def hiding_of(items: Collection[MediaItem]) -> dict[int, list[CutCopy]]:
    """Return which recordings show, as they came, what a copy hides or is to hide, with the copies.

    One that was found not right counts, or that could not be made: what it was to hide is still to
    be hidden, until somebody decides that it may be seen. So does one of a file from before the
    recording was asked for again, and of another recording whose file is the same, byte for byte.
    """
    own = SentFile.objects.filter(item__in=[each.pk for each in items]).exclude(sha256="")
    of: defaultdict[str, set[int]] = defaultdict(set)
    for item, digest in own.values_list("item", "sha256"):
        of[digest].add(item)
    rows = CutCopy.objects.filter(
        file__sha256__in=of, file__area__in={each.area_id for each in items}
    )
    found: dict[int, list[CutCopy]] = {}
    for copy in that_hide(rows).select_related("file", "of__file").order_by("pk"):
        for item in of[copy.file.sha256]:
            found.setdefault(item, []).append(copy)
    return found


@dataclass(frozen=True, slots=True)
class Shown:
    """What shows what copies hide, or are to: recordings as they came, and other copies, by key."""

    by_items: Mapping[int, list[CutCopy]]
    by_copies: Mapping[int, list[CutCopy]]


def shown_of(items: Sequence[MediaItem], copies: Sequence[CutCopy]) -> Shown:
    """Return what some recordings, and copies of these, show of what copies hide or are to hide."""
    hiding, now = hiding_of(items), stand_now(items)
    return Shown(
        hiding,
        {
            each.pk: shown_by(each, hiding.get(each.file.item_id, ()), now[each.file.item_id])
            for each in copies
        },
    )


def stand_now(items: Iterable[MediaItem]) -> dict[int, set[str]]:
    """Return the SHA-256 of the files that stand for each of some recordings now."""
    found: dict[int, set[str]] = {each.pk: set() for each in items}
    rows = SentFile.objects.filter(item__in=found, superseded_at=None).exclude(sha256="")
    for item, digest in rows.values_list("item", "sha256"):
        found[item].add(digest)
    return found


def shown_by(copy: CutCopy, hiding: Iterable[CutCopy], now: Collection[str]) -> list[CutCopy]:
    """Return those of some copies of which a copy shows something that they hide, or are to.

    :param hiding: copies of the same recording, see `hiding_of`
    :param now: which files stand for that recording; the file that a copy is of may be another one
        of what was hidden in a file before, so both are compared by times and places
    """
    piece = piece_of_copy(copy)
    found = []
    for each in hiding:
        hides = piece_of_copy(each)
        is_before = each.file.sha256 not in now
        if laid_bare(hides, replace(piece, of=hides.of) if is_before else piece):
            found.append(each)
    return found


def hides_as_much(copy: CutCopy, before: CutCopy) -> bool:
    """Say whether a copy hides at least what one of a file before hides, by times and places.

    Of a file with several cameras or sounds it is to be of the same one.
    """
    was = piece_of_copy(before)
    is_of_same = (copy.picture, copy.sound) == (before.picture, before.sound)
    is_bare = laid_bare(was, replace(piece_of_copy(copy), of=was.of)) is not None
    return copy.is_in_place and is_of_same and not is_bare
