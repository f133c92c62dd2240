"""Published data kept beside the repository, which a copy of it alone does not have."""

import os
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]


def find(path: str) -> Path | None:
    """Return a file or folder of the shared data, from a worktree too; nothing if absent."""
    places = [os.environ.get("FORTHRIGHT_SHARED"), HOUSE.parent / "shared"]
    git = HOUSE / ".git"
    if git.is_file():
        main = Path(git.read_text().removeprefix("gitdir:").strip()).parents[2]
        places.append(main.parent / "shared")
    found = [Path(place) / path for place in places if place]
    return next((path for path in found if path.exists()), None)
