"""The empty database, kept because making it takes seconds and many tests begin with one.

For SQLite it is a file; a PostgreSQL server keeps it as a database that others are copied from.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg
from django.apps import apps
from django.db import connection
from django.db.models import AutoField

from scripts import places

KEPT = places.VENV / "migrated"
# Whoever goes to and fro between two states of the code has the database of each.
MOST_KEPT = 8
# How far the numbers of two tables begin apart; no number of a test needs a comma.
APART = 5


def digest() -> str:
    """Return what the tables come to as models and migrations stand now."""
    ours = (places.ROOT / "forthright").glob("*/**/*.py")
    makes = [file for file in ours if {"migrations", "models"} & {*file.parts, file.stem}]
    packages = [places.ROOT / "requirements" / "base.txt", places.ROOT / "scripts" / "fresh.py"]
    return places.digest_of([*makes, *packages])


def kept() -> Path:
    """Return the file for the tables as they stand now, be it there or not."""
    return KEPT / f"{digest()}.sqlite3"


def template() -> str:
    """Return the name of the database for them on a server, be it there or not."""
    return f"forthright_migrated_{digest()[:16]}"


def made_on(server: str) -> str:
    """Return the name of the database that a PostgreSQL server keeps, made first if need be."""
    with _alone(), psycopg.connect(server, autocommit=True) as database:
        found = database.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template()])
        if found.fetchone() is None:
            _make_on(server)
    return template()


@contextmanager
def poured_in() -> Iterator[None]:
    """Let the database that Django is about to make be a copy; it finds all migrated."""
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = made_on(os.environ["DATABASE_URL"])
        yield
        return
    address = connection.creation._get_test_db_name()
    with closing(sqlite3.connect(address, uri=True)) as memory:
        with closing(sqlite3.connect(_made_file())) as file:
            file.backup(memory)
        yield


def copy_to(file: Path) -> None:
    """Put the kept database, made first if need be, in an SQLite file of one's own."""
    shutil.copy(_made_file(), file)


def number_apart() -> None:
    """Let each table that holds nothing yet number its rows from elsewhere than the others."""
    kept = [each._meta for each in apps.get_models() if isinstance(each._meta.pk, AutoField)]
    tables = sorted((each.db_table, each.pk.column) for each in kept)
    with connection.cursor() as cursor:
        for place, (name, column) in enumerate(tables):
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{name}")')
            if not cursor.fetchone()[0]:
                _begin_at(cursor, name, column, 1 + APART * place)


def _begin_at(cursor: Any, table: str, column: str, number: int) -> None:
    if connection.vendor == "sqlite":
        cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
        cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, number - 1])
        return
    cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s, false)",
                   [table, column, number])  # fmt: skip


@contextmanager
def _alone() -> Iterator[None]:
    """Let of the processes of a run one make the database and the others wait for it."""
    KEPT.mkdir(exist_ok=True)
    with (KEPT / "being-made").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _made_file() -> Path:
    with _alone():
        if not kept().exists():
            _make_file()
    return kept()


def _make_file() -> None:
    fresh = KEPT / "fresh"
    fresh.unlink(missing_ok=True)
    _make(f"sqlite:///{fresh}")
    with closing(sqlite3.connect(fresh)) as file:
        file.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    fresh.replace(kept())
    by_age = sorted(KEPT.glob("*.sqlite3"), key=lambda file: file.stat().st_mtime)
    for file in by_age[:-MOST_KEPT]:
        file.unlink(missing_ok=True)


def _make_on(server: str) -> None:
    half_made = f"{template()}_half_made"
    with psycopg.connect(server, autocommit=True) as database:
        older = database.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'forthright\\_migrated\\_%'"
        )
        for (name,) in older.fetchall():
            database.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        database.execute(f"CREATE DATABASE {half_made}")
    _make(urlsplit(server)._replace(path=f"/{half_made}").geturl())
    with psycopg.connect(server, autocommit=True) as database:
        database.execute(f"ALTER DATABASE {half_made} RENAME TO {template()}")


def _make(address: str) -> None:
    done = subprocess.run(
        [places.PYTHON, "-c", MAKE],
        cwd=places.ROOT,
        env=places.environment({"DATABASE_URL": address, "FORTHRIGHT_TESTING": "1",
                                "DJANGO_SETTINGS_MODULE": "config.settings"}),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


MAKE = "import django; django.setup(); from scripts import fresh; fresh.make()"
