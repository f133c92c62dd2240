"""The one condition by which a recording is with everybody: given to them, and viewed whole here.

The ladder, the stock, the weekly report and what each of its figures opens all ask it here, so that
none says early of what another says is not ready. All that had come of a recording by a day must
have been viewed by then; a file that comes later takes nothing from the days before it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from forthright.rules.media_facts import ShareFacts
from forthright.rules.media_parties import is_standing
from forthright.rules.words import day_of


@dataclass(frozen=True, slots=True)
class Reached:
    """Since when everybody has a recording and has opened it, by party and all; None: not yet.

    `had` and `opened` are by the key of each party what they alone make of it.
    """

    had: Mapping[str, date | None]
    opened: Mapping[str, date | None]
    shared_on: date | None
    opened_on: date | None


class File(Protocol):
    """A file of a recording: when it was kept, first viewed, and stood for it no more."""

    @property
    def kept_at(self) -> datetime | None: ...

    @property
    def viewed_at(self) -> datetime | None: ...

    @property
    def superseded_at(self) -> datetime | None: ...


def reached(
    shares: Sequence[ShareFacts], parties: Sequence[str], *, unviewed: int, today: date,
    hearing_on: date | None,
) -> Reached:  # fmt: skip
    """Return since when everybody who must have a recording has it, and has opened it.

    :param parties: the keys of those who must have it; an empty one is somebody nobody knows
    :param unviewed: how many of its files that had come by then nobody had viewed
    """
    standing = [each for each in shares if is_standing(each, today, hearing_on)]
    had: dict[str, date | None] = {}
    opened: dict[str, date | None] = {}
    for party in parties:
        theirs = [each for each in standing if party and each.party == party]
        had[party] = min((each.counts_on for each in theirs), default=None)
        opened[party] = min((on for each in theirs if (on := each.proved_on)), default=None)
    shared_on = None if unviewed else _last([had[party] for party in parties])
    opened_on = _last([shared_on, *(opened[party] for party in parties)])
    return Reached(had, opened, shared_on, opened_on)


def unviewed_by(files: Iterable[File], end: datetime | None = None) -> int:
    """Return how many files of a recording stood at a moment that nobody had viewed by then.

    :param end: as of which moment it is asked; none: now
    """
    return sum(_stood(each, end) and not _was_viewed(each, end) for each in files)


def viewed_after(
    files: Iterable[File], recorded_at: datetime, end: datetime | None = None
) -> date | None:
    """Return the day on which the last file was viewed that nobody had when a share was recorded.

    None where all had been viewed, as nearly always: then the share counts from its own day.

    :param end: as of which moment it is asked; none: now
    """
    later = [
        each.viewed_at
        for each in files
        if _stood(each, end)
        and _was_viewed(each, end)
        and each.viewed_at is not None
        and each.viewed_at > recorded_at
    ]
    return day_of(max(later)) if later else None


def _stood(each: File, end: datetime | None) -> bool:
    if end is None:
        return each.superseded_at is None
    kept = each.kept_at is not None and each.kept_at < end
    return kept and (each.superseded_at is None or each.superseded_at >= end)


def _was_viewed(each: File, end: datetime | None) -> bool:
    return each.viewed_at is not None and (end is None or each.viewed_at < end)


def _last(days: Sequence[date | None]) -> date | None:
    """Return the last of some days, or None where one of them has not come."""
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None
