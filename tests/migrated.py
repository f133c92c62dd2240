"""The empty database that migrations make, kept between runs because making it takes seconds."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.db import connection

from scripts import places

KEPT = places.VENV / "migrated"


def kept() -> Path:
    """Return the file for the migrations as they stand now, be it there or not."""
    migrations = places.ROOT.glob("forthright/*/migrations/*.py")
    packages = places.ROOT.glob("requirements/*.txt")
    return KEPT / f"{places.digest_of([*migrations, *packages])}.sqlite3"


@contextmanager
def poured_in() -> Iterator[None]:
    """Fill the SQLite database in memory that Django is about to open; it finds all migrated."""
    if connection.vendor != "sqlite" or not kept().exists():
        yield
        return
    address = connection.creation._get_test_db_name()
    with closing(sqlite3.connect(address, uri=True)) as memory:
        with closing(sqlite3.connect(kept())) as file:
            file.backup(memory)
        yield


def keep() -> None:
    """Keep the migrated database for the next run, in the place of any older one."""
    if connection.vendor != "sqlite" or kept().exists():
        return
    KEPT.mkdir(exist_ok=True)
    fresh = KEPT / f"fresh-{os.getpid()}"
    connection.ensure_connection()
    with closing(sqlite3.connect(fresh)) as file:
        connection.connection.backup(file)
    older = set(KEPT.glob("*.sqlite3"))
    fresh.replace(kept())
    for file in older - {kept()}:
        file.unlink(missing_ok=True)
