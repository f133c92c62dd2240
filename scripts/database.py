"""Brings the database in step with the code and writes what is in it to a file, as JSON.

Runs inside the virtual environment, in one process, because starting Django takes a second.
"""

import json
import os
import sys
from pathlib import Path
from typing import Any


def state() -> dict[str, Any]:
    """Return how full the database is and which demo people can sign in."""
    from django.apps import apps
    from django.contrib.auth import get_user_model

    people = get_user_model()._default_manager.all()
    cases = apps.get_model("cases", "Case")._default_manager.all()
    demo = people.filter(is_demo=True, is_active=True).select_related("unit").order_by("pk")
    return {
        "people": people.count(),
        "demo_people": demo.count(),
        "cases": cases[:1].count(),
        "table": [
            {
                "name": person.full_name,
                "role": person.get_role_display(),
                "unit": person.unit.name if person.unit else "",
                "email": person.email,
            }
            for person in demo[:500]
        ],
    }


def main() -> int:
    """Migrate, then write the state into the file that the first argument names."""
    import django
    from django.core.management import call_command

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    call_command("migrate", interactive=False, verbosity=1)
    Path(sys.argv[1]).write_text(json.dumps(state()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
