"""Writes docs/reference from the code; with --check, only says whether it is up to date."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
FOLDER = HOUSE / "docs" / "reference"


def pages() -> dict[str, Callable[[], str]]:
    """Return each reference page with the function that writes it."""
    from forthright.accounts.documents import permissions_page

    return {"permissions.md": permissions_page}


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
            print(f"docs/reference/{name} is stale: run scripts/write_reference.py")
        return 1 if stale() else 0
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, write in pages().items():
        (FOLDER / name).write_text(write())
    return 0


if __name__ == "__main__":
    sys.exit(main())
