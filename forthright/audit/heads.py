"""Keeps heads of the record in files outside the database, where a changed database shows.

Each line is a time, the number of the last event, and its hash. Lines are only ever added.
"""

import fcntl
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

WHOLE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00) (\d+) ([0-9a-f]{64})")
# What is left of a line when the machine stopped while it was written.
TORN = re.compile(r"[\d:T+-]{0,25}( \d*( [0-9a-f]{0,63})?)?")
NEWEST_BYTES = 64 * 1024  # about 600 lines: enough for a page, which must be quick


@dataclass(frozen=True, slots=True)
class KeptHead:
    """The last event at one moment, as it was written outside the database."""

    at: datetime
    sequence: int
    hash: str


@dataclass
class Kept:
    """What one file holds, and what is wrong with the file itself."""

    place: Path
    heads: list[KeptHead] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def places() -> list[Path]:
    """Return the files in which heads are kept: in the data folder, and a second by setting."""
    return list(settings.RECORD_HEADS)


def read(place: Path, *, only_newest: bool = False) -> Kept:
    """Return the heads kept in a file; one that is not there yet holds none."""
    kept = Kept(place)
    try:
        first, content = _content_of(place, only_newest=only_newest)
    except FileNotFoundError:
        return kept
    except OSError as fault:
        kept.faults.append(
            f"The heads kept in {place} cannot be read ({fault.strerror}), so nobody can tell "
            "whether the end of the record was cut off. Make the file readable, then check again."
        )
        return kept
    for number, line in _lines_of(content):
        if found := WHOLE.fullmatch(line):
            at, sequence, known = found.groups()
            kept.heads.append(KeptHead(datetime.fromisoformat(at), int(sequence), known))
        elif not TORN.fullmatch(line):
            where = f"Line {first + number:,}" if first is not None else "A line"
            kept.faults.append(f"{where} of {place} is not a head: the file was changed.")
    return kept


def _content_of(place: Path, *, only_newest: bool) -> tuple[int | None, str]:
    """Return a file's text, and the number of lines before it unless its beginning is left out."""
    with place.open("rb") as opened:
        size = opened.seek(0, os.SEEK_END)
        start = max(0, size - NEWEST_BYTES) if only_newest else 0
        opened.seek(start)
        if start:
            opened.readline()  # begun before the place where we start
        return (None if start else 0), opened.read().decode("ascii", errors="replace")


def _lines_of(content: str) -> Iterator[tuple[int, str]]:
    # A disk that lost its power leaves zero bytes where a line was to be.
    for number, line in enumerate(content.split("\n"), start=1):
        yield number, line.replace("\0", "")


def append(place: Path, head: KeptHead) -> None:
    """Add a head to a file and have it reach the disk, unless it is the last line already.

    :raises OSError: if it cannot be written
    """
    line = f"{head.at.astimezone(UTC).isoformat(timespec='seconds')} {head.sequence} {head.hash}\n"
    opened = os.open(place, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        fcntl.flock(opened, fcntl.LOCK_EX)
        size = os.fstat(opened).st_size
        before = os.pread(opened, 200, max(0, size - 200)).decode("ascii", errors="replace")
        if before.endswith(line.partition(" ")[2]):
            return
        # A torn line keeps its place; ours begins on a new one.
        whole = line if not before or before.endswith("\n") else "\n" + line
        os.write(opened, whole.encode())
        os.fsync(opened)
    finally:
        os.close(opened)


def why_not_kept(place: Path) -> str:
    """Return why no head can be added to a file, or nothing if one can."""
    try:
        os.close(os.open(place, os.O_WRONLY | os.O_APPEND))
    except FileNotFoundError:
        if os.access(place.parent, os.W_OK):
            return ""
        return trouble_words(place, "the folder is missing or cannot be written to")
    except OSError as fault:
        return trouble_words(place, fault.strerror or str(fault))
    return ""


def trouble_words(place: Path, why: str) -> str:
    """Say that heads cannot be kept, what that means and what mends it."""
    return (
        f"No head of the record can be kept in {place}: {why}. Until that is mended, nobody can "
        "tell whether events are cut from the end of the record. Make the file and its folder "
        "writable for the worker."
    )


def settle_database() -> None:
    """Have what SQLite has committed reach the disk, so that no kept head outruns the record.

    In WAL mode a commit survives the end of a process but not a loss of power; a head on the
    disk whose event was lost would look like tampering.
    """
    if connection.vendor != "sqlite":
        return
    log = Path(f"{connection.settings_dict['NAME']}-wal")
    if log.exists():
        opened = os.open(log, os.O_RDONLY)
        try:
            os.fsync(opened)
        finally:
            os.close(opened)
