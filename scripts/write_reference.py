"""Writes docs/reference and docs/schemas from the code; with --check, only says what is stale."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
FOLDER = HOUSE / "docs"


def pages() -> dict[str, Callable[[], str]]:
    """Return each page of docs that is written from the code, with the function that does."""
    from forthright.accounts.documents import permissions_page
    from forthright.rules.letter_blocks.reference import fields_page, templates_page
    from forthright.rules.letter_checks.rule_list import rules_page
    from forthright.rules.schedules.rule_list import schedule_rules_page

    return {
        "reference/permissions.md": permissions_page,
        "reference/letter-fields.md": fields_page,
        "reference/letter-templates.md": templates_page,
        "reference/letter-rules.md": rules_page,
        "reference/schedule-rules.md": schedule_rules_page,
        "schemas/case.schema.json": case_schema,
    }


def case_schema() -> str:
    """Return the JSON Schema of a case file."""
    from forthright.rules.case_reading import case_schema as schema

    return json.dumps(schema(), indent=1, ensure_ascii=False) + "\n"


def stale() -> list[str]:
    """Return the pages that are not what the code would write."""
    return [
        name
        for name, write in pages().items()
        if not (FOLDER / name).exists() or (FOLDER / name).read_text() != write()
    ]


def main() -> int:
    """Write the pages, or say which are stale."""
    sys.path.insert(0, str(HOUSE))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.test_settings")
    import django

    django.setup()
    if "--check" in sys.argv:
        for name in stale():
            print(f"docs/{name} is stale: run scripts/write_reference.py")
        return 1 if stale() else 0
    for name, write in pages().items():
        (FOLDER / name).parent.mkdir(parents=True, exist_ok=True)
        (FOLDER / name).write_text(write())
    return 0


if __name__ == "__main__":
    sys.exit(main())
