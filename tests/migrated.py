"""The empty database that migrations make, kept because making it takes many seconds.

For SQLite it is a file that later runs begin with too; a PostgreSQL server keeps it as a database
that others are copied from.
"""

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
from django.db import connection

from scripts import places

KEPT = places.VENV / "migrated"


def digest() -> str:
    """Return what the migrations come to as they stand now."""
    migrations = places.ROOT.glob("forthright/*/migrations/*.py")
    packages = places.ROOT.glob("requirements/*.txt")
    return places.digest_of([*migrations, *packages])


def kept() -> Path:
    """Return the file for the migrations as they stand now, be it there or not."""
    return KEPT / f"{digest()}.sqlite3"


def template() -> str:
    """Return the name of the database for them on a server, be it there or not."""
    return f"forthright_migrated_{digest()[:16]}"


def is_on(server: str) -> bool:
    """Tell whether a PostgreSQL server keeps the database."""
    with psycopg.connect(server) as database:
        found = database.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template()])
        return found.fetchone() is not None


@contextmanager
def poured_in() -> Iterator[None]:
    """Let the database that Django is about to make be a copy; it finds all migrated."""
    if connection.vendor == "postgresql":
        if is_on(os.environ["DATABASE_URL"]):
            connection.settings_dict["TEST"]["TEMPLATE"] = template()
        yield
        return
    if not kept().exists():
        yield
        return
    address = connection.creation._get_test_db_name()
    with closing(sqlite3.connect(address, uri=True)) as memory:
        with closing(sqlite3.connect(kept())) as file:
            file.backup(memory)
        yield


def copy_to(file: Path) -> bool:
    """Put the kept database in an SQLite file of one's own; return whether there was one."""
    if kept().exists():
        shutil.copy(kept(), file)
    return file.exists()


def keep() -> None:
    """Keep the migrated database, in the place of any older one."""
    if connection.vendor == "postgresql":
        _keep_on(os.environ["DATABASE_URL"])
    elif not kept().exists():
        _keep_file()


def _keep_file() -> None:
    KEPT.mkdir(exist_ok=True)
    fresh = KEPT / f"fresh-{os.getpid()}"
    connection.ensure_connection()
    with closing(sqlite3.connect(fresh)) as file:
        connection.connection.backup(file)
    older = set(KEPT.glob("*.sqlite3"))
    fresh.replace(kept())
    for file in older - {kept()}:
        file.unlink(missing_ok=True)


def _keep_on(server: str) -> None:
    if is_on(server):
        return
    made = connection.settings_dict["NAME"]
    # Nobody may be connected to a database while it is copied.
    connection.close()
    with psycopg.connect(server, autocommit=True) as database:
        older = database.execute(
            "SELECT datname FROM pg_database WHERE datname LIKE 'forthright\\_migrated\\_%'"
        )
        for (name,) in older.fetchall():
            database.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        try:
            database.execute(f'CREATE DATABASE {template()} TEMPLATE "{made}"')
        except (psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):
            return  # the other process of this run was first
