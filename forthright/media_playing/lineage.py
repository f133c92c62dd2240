"""Where a copy comes from: which original, by which command of which program, proved how."""

import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

ORIGINAL, COPY = "ORIGINAL", "COPY"
ENDING = ".lineage.json"


@dataclass(frozen=True, slots=True)
class Lineage:
    """How one file was made from another, so that anybody can make it again and compare.

    :param operation: "remux", "transcode", "clip" or "redact"
    :param command: what was typed; ORIGINAL and COPY stand for the two files
    :param program: which ffmpeg, as it says itself
    :param shown: what was compared, by name
    """

    operation: str
    reason: str
    made_at: datetime
    original_sha256: str
    original_length: int
    command: tuple[str, ...]
    program: str
    copy_sha256: str
    copy_length: int
    shown: dict[str, Any] = field(default_factory=dict)

    def as_table(self) -> dict[str, Any]:
        """Return it as it is written to JSON."""
        return {**asdict(self), "made_at": self.made_at.isoformat()}


def place_beside(copy: Path) -> Path:
    """Return where the lineage of a copy lies: beside it, there before the copy is."""
    return copy.with_name(copy.name + ENDING)


def write_beside(copy: Path, lineage: Lineage) -> None:
    """Write the lineage of a copy beside it, in one step."""
    place = place_beside(copy)
    fresh = place.with_name(f".{place.name}.new")
    fresh.write_text(json.dumps(lineage.as_table(), indent=1, ensure_ascii=False) + "\n")
    fresh.replace(place)


def read_beside(copy: Path) -> Lineage:
    """Return the lineage of a copy that was made before.

    :raises FileNotFoundError: if there is none beside it
    """
    told = json.loads(place_beside(copy).read_text())
    told["made_at"] = datetime.fromisoformat(told["made_at"])
    told["command"] = tuple(told["command"])
    return Lineage(**told)
