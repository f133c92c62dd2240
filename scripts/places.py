"""Where things are: the checkout, its virtual environment, and the folder that holds the data."""

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
BUILT = ROOT / "static" / "built"
STAMPS = VENV / ".forthright.json"


def home() -> Path:
    """Return the folder that holds the database, uploads, secret key and logs."""
    return Path(os.environ.get("FORTHRIGHT_HOME") or ROOT / "var").resolve()


def environment(changes: Mapping[str, str | None] | None = None) -> dict[str, str]:
    """Return the environment for a program of ours: this one with some changes, None to leave out.

    What another Django project left in the person's shell must not lead ours astray. Compiled
    code is always kept, for without it each start of Django compiles all of Django again.
    """
    not_ours = {"DJANGO_SETTINGS_MODULE": None, "PYTHONDONTWRITEBYTECODE": None}
    mixed = {**os.environ, **not_ours, **(changes or {})}
    if not mixed.get("DATABASE_URL"):
        mixed["DATABASE_URL"] = None
    return {name: value for name, value in mixed.items() if value is not None}


def digest_of(files: Iterable[Path], *, also: str = "") -> str:
    """Return one digest of the names and contents of some files."""
    total = hashlib.sha256(also.encode())
    for file in sorted(files):
        total.update(str(file.relative_to(ROOT)).encode() + b"\0")
        total.update(file.read_bytes() + b"\0")
    return total.hexdigest()


def stamps() -> dict[str, str]:
    """Return what was set up before, by name, as digests of what it was made from."""
    try:
        found = json.loads(STAMPS.read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def stamp(changes: Mapping[str, str]) -> None:
    """Remember that something was set up, replacing the record in one step."""
    fresh = STAMPS.with_suffix(".new")
    fresh.write_text(json.dumps({**stamps(), **changes}, indent=1, sort_keys=True) + "\n")
    fresh.replace(STAMPS)
