"""Reads and saves letters many at a time."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from django.db import connection

from forthright.cases.models import Case, Decision, PersonToTell
from forthright.schemes.models import Duty

# After so many new letters the database counts its rows anew, to choose its indexes well.
MANY = 5000
CHUNK = 2000
Row = TypeVar("Row")


def in_chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Yield rows a couple of thousand at a time."""
    left = iter(rows)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


def save_many(duties: Iterable[Duty], fields: Sequence[str]) -> None:
    """Save the named fields of letters that exist already.

    An upsert is many times quicker than Django's bulk update, which writes
    one CASE for each field and row.
    """
    Duty.objects.bulk_create(
        duties, update_conflicts=True, unique_fields=["id"], update_fields=fields
    )


def count_rows_anew() -> None:
    """Let the database look at what it now holds; SQLite never does so by itself."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA analysis_limit = 1000")
        for model in (Case, PersonToTell, Decision, Duty):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")
