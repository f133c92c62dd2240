"""Brings the database in step with the code and writes what is in it to a file, as JSON.

Runs inside the virtual environment, in one process, because starting Django takes a second.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any


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
    """Tell whether the database lacks a migration; asking is quicker than migrating in vain."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def main() -> int:
    """Migrate, then write the state into the file that the first argument names."""
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    if is_behind():
        call_command("migrate", interactive=False, verbosity=1)
    Path(sys.argv[1]).write_text(json.dumps(state()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
