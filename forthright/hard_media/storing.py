"""Where the files of recordings are, by the settings."""

from datetime import timedelta
from functools import cache

from django.conf import settings

from forthright.media_files.s3_shelf import S3Shelf
from forthright.media_files.scanning import clamd_scan
from forthright.media_files.shelves import Shelf
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
