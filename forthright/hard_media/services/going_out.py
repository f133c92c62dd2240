"""Counts which bytes of what is given went out, also where they go over several connections."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from forthright.accounts.models import User
from forthright.hard_media.models import GoneOut, PlayingPart, ShareRecord
from forthright.hard_media.selectors.links import Given
from forthright.hard_media.services import links
from forthright.rules.fetched import (
    fetched_with,
    has_begun_to_play,
    is_all_of_it,
    percent_of,
)

# Longer than a page, or a browser that a link was opened in, is known by.
KEPT_FOR = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Piece:
    """What went out: its first byte, that behind its last, and how many bytes there are in all."""

    start: int
    behind: int
    size: int


@transaction.atomic
def note_begun(
    given: Given, page: str, piece: Piece, *, by: User | None, at: datetime,
    part: PlayingPart | None = None,
) -> None:  # fmt: skip
    """Note that a recording began to play, once enough went out: once for each page of it.

    :param page: what tells the page from every other; only its digest is kept
    """
    row = _row_of(given, f"page {page}", at)
    row.pieces = fetched_with(row.pieces, piece.start, piece.behind)
    begins = not row.has_begun and has_begun_to_play(row.pieces, piece.size)
    row.has_begun = row.has_begun or begins
    row.save()
    if begins:
        links.note_opened(given, by=by, at=at, part=part)


@transaction.atomic
def note_played(given: Given, browser: str, piece: Piece, *, by: User | None, at: datetime) -> None:
    """Keep which bytes went out while a browser plays; all of them are as good as taken out.

    :param browser: what tells the browser, and what plays in it, from every other
    """
    row = _row_of(given, f"browser {browser}", at)
    if _is_whole_with(row, piece):
        links.note_fetched(given, by=by, at=at)


@transaction.atomic
def note_piece_taken(
    given: Given, page: str, piece: Piece, *, by: User | None, at: datetime
) -> None:
    """Keep which bytes of a file went out to be kept; it is taken out once all of them did.

    Until then a receipt says how much did.

    :param page: what tells this taking out from every other
    """
    row = _row_of(given, f"page {page}", at)
    if _is_whole_with(row, piece):
        row.delete()
        links.note_taken_out(given, row.receipt, by=by, at=at)
        return
    percent = percent_of(row.pieces, piece.size)
    row.receipt = links.note_taken_in_part(given, row.receipt, percent, by=by, at=at)
    row.save()


def forget_old(*, at: datetime) -> int:
    """Remove what was counted so long ago that nothing can be added to it; return how much."""
    removed, _ = GoneOut.objects.filter(at__lt=at - KEPT_FOR).delete()
    return removed


def _row_of(given: Given, key: str, at: datetime) -> GoneOut:
    """Return what is kept under a key, so that nobody else adds to it meanwhile.

    Two pieces that end at once each wait for the share, and the second finds the first.
    """
    ShareRecord.objects.select_for_update(of=("self",)).get(pk=given.share.pk)
    digest = hashlib.sha256(key.encode()).hexdigest()
    row, _ = GoneOut.objects.get_or_create(
        link=given.link, content=given.content, key=digest, defaults={"at": at}
    )
    row.at = at
    return row


def _is_whole_with(row: GoneOut, piece: Piece) -> bool:
    """Keep that a piece went out, and say whether all of it did by now."""
    row.pieces = fetched_with(row.pieces, piece.start, piece.behind)
    row.save()
    return is_all_of_it(row.pieces, piece.size)
