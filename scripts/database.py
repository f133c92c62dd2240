"""Brings the database in step with the code and writes what is in it to a file, as JSON.

Runs inside the virtual environment, in one process, because starting Django takes a second.
"""

import json
import os
import sqlite3
import sys
import traceback
from pathlib import Path
from typing import Any

from django.db.migrations.exceptions import InconsistentMigrationHistory

from scripts import fresh, places
from scripts.migrated import ListNotWhole, refuse_to_repeat
from scripts.words import log_file

LISTS_NOT_WHOLE = (ListNotWhole, InconsistentMigrationHistory)
LIST_NOT_WHOLE = "its list of migrations, django_migrations, lacks some that were done"


def state() -> dict[str, Any]:
    """Return how full the database is and one demo person of each role, whom one can sign in as."""
    from django.apps import apps

    from forthright.accounts.models import Role, User

    demo = User.objects.filter(is_demo=True, is_active=True).select_related("unit")
    first_of_each = [demo.filter(role=role).order_by("pk").first() for role in Role.values]
    return {
        "people": User.objects.count(),
        "cases": apps.get_model("cases", "Case").objects.count(),
        "demo_people": demo.count(),
        "table": [
            {
                "name": person.full_name,
                "role": person.get_role_display(),
                "unit": person.unit.name if person.unit else "",
            }
            for person in first_of_each
            if person
        ],
    }


def is_behind() -> bool:
    """Tell whether the database lacks a migration; asking is quicker than migrating in vain.

    :raises ListNotWhole: if it lacks one only in its list, and not in its tables
    :raises InconsistentMigrationHistory: if its list lacks one that another there builds on
    """
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    executor.loader.check_consistent_history(connection)
    is_one_lacking = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if is_one_lacking:
        refuse_to_repeat(executor)
    return is_one_lacking


def refusal_words(file: Path, fault: Exception) -> str:
    """Say that a SQLite database cannot be used, why, and what mends it; nothing is deleted."""
    # Heads of the record that was in it would call the record of another one cut off.
    heads = places.home() / "record_heads.txt"
    with_it = f" {heads}" if heads.exists() else ""
    away = file.parent / "put-away"
    return (
        f"The database cannot be used: {file}\n"
        f"  What happened: {_what_happened(fault)}.\n"
        f"  It says: {fault}\n"
        "  Somebody or something other than Forthright may have changed it. Nothing was deleted,\n"
        "  and nothing was started. To mend it, do one of these:\n"
        "  - Put a backup of the file in its place, and move away those beside it whose names end\n"
        "    in -wal and -shm. If the record then says it was taken back, accept that with:\n"
        f'      {places.VENV}/bin/forthright audit accept-restore --reason "why"\n'
        "  - Or move it away, where it stays to be looked into:\n"
        f"      mkdir {away} && mv {file}*{with_it} {away}/\n"
        "    The next ./run makes the demo Area anew; a folder for real use begins empty.\n"
        f"  All that is known of the fault is in {log_file('set-up.log')}"
    )


def refusal_words_of_server(name: str, fault: Exception) -> str:
    """Say that a database of PostgreSQL cannot be used, and what mends it; nothing is deleted."""
    return (
        f"The database “{name}” of PostgreSQL cannot be used.\n"
        f"  What happened: {LIST_NOT_WHOLE}.\n"
        f"  It says: {fault}\n"
        "  Somebody or something other than Forthright may have changed it. Nothing was changed\n"
        "  or started. To mend it, put a backup of the database in its place. If the record then\n"
        "  says it was taken back, accept that with:\n"
        f'      {places.VENV}/bin/forthright audit accept-restore --reason "why"'
    )


def _what_happened(fault: Exception) -> str:
    """Say in words what kind of fault there is."""
    if isinstance(fault, LISTS_NOT_WHOLE):
        return LIST_NOT_WHOLE
    told = getattr(fault.__cause__, "sqlite_errorcode", None)
    if told is None:
        return "what it holds does not fit together"
    return {
        sqlite3.SQLITE_NOTADB: "the file is not a SQLite database, or its beginning is damaged",
        sqlite3.SQLITE_CORRUPT: "the file is damaged",
        sqlite3.SQLITE_ERROR: "its tables are not as Forthright left them",
        sqlite3.SQLITE_CONSTRAINT: "what it holds breaks its own rules",
    }.get(told & 0xFF, "it could not be read or written")


def main() -> int:
    """Migrate, then write the state, or why there is none, into the file the first argument names.

    What else PostgreSQL says is left as it says it: its database is no file that we could name.
    """
    import django
    from django.conf import settings
    from django.core.management import call_command
    from django.db import DatabaseError

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    database = settings.DATABASES["default"]
    try:
        if fresh.is_empty():
            fresh.make()
        elif is_behind():
            call_command("migrate", interactive=False, verbosity=1)
        told = state()
    except (DatabaseError, *LISTS_NOT_WHOLE, ValueError) as fault:
        is_file = database["ENGINE"].endswith("sqlite3")
        if not is_file and not isinstance(fault, LISTS_NOT_WHOLE):
            raise
        traceback.print_exc()
        told = {
            "refused": refusal_words(Path(database["NAME"]), fault)
            if is_file
            else refusal_words_of_server(database["NAME"], fault)
        }
    Path(sys.argv[1]).write_text(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
