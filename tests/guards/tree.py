"""The files of the house, found without git, which a machine that only runs it may lack."""

import os
from collections.abc import Iterator
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
MADE = {"node_modules", "__pycache__", "build", "built", "built.new", "var"}


def files() -> Iterator[Path]:
    """Yield every file that people wrote: not what is made, fetched or hidden, but for .ci."""
    for folder, inner, names in os.walk(HOUSE):
        inner[:] = [name for name in inner if is_ours(name)]
        for name in names:
            path = Path(folder, name)
            if name != ".git" and ".sqlite3" not in name and not path.is_symlink():
                yield path


def is_ours(folder: str) -> bool:
    """Tell whether a folder of this name holds what people wrote."""
    if folder.startswith("."):
        return folder == ".ci"
    return folder not in MADE and not folder.endswith(".egg-info")
