"""Where the files of recordings are, by the settings."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path

from django.conf import settings

from forthright.media_files.s3_shelf import S3Shelf
from forthright.media_files.scanning import clamd_scan
from forthright.media_files.shelves import DiskShelf, Shelf
from forthright.media_files.store import Store

# How long a file that was begun may take to come; then its bytes are removed.
PATIENCE = timedelta(days=7)


def store() -> Store:
    """Return the store of recordings."""
    scan = clamd_scan(settings.CLAMD) if settings.CLAMD else None
    return Store(settings.RECORDINGS, _bucket() if settings.S3_BUCKET else None, scan)


@cache
def _bucket() -> Shelf:
    return S3Shelf(
        settings.S3_BUCKET,
        address=settings.S3_ADDRESS,
        key=settings.S3_KEY,
        secret=settings.S3_SECRET,
        region=settings.S3_REGION,
    )


@contextmanager
def original(incoming: str, sha256: str) -> Iterator[Path]:
    """Give a path at which a kept file can be read; from a bucket it is fetched first."""
    shelf = store().shelf
    if isinstance(shelf, DiskShelf):
        yield shelf.path_of(sha256)
        return
    path = making_place(incoming, "original")
    try:
        with path.open("wb") as file:
            for part in shelf.parts(sha256):
                file.write(part)
        yield path
    finally:
        path.unlink(missing_ok=True)


def room_left() -> int:
    """Return how many bytes the disk of the recordings can still take."""
    folder = Path(settings.RECORDINGS)
    folder.mkdir(parents=True, exist_ok=True)
    return shutil.disk_usage(folder).free


def making_place(incoming: str, ending: str) -> Path:
    """Return a place for something that is being made, on the disk of the recordings."""
    folder = Path(settings.RECORDINGS) / "making"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / f"{incoming}.{ending}"
