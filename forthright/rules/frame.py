"""The frame of a sample: every duty of the period, frozen by its digest.

The digest of a frame is the SHA-256 of its rows in order of reference, each written as
JSON with sorted keys, no spaces and plain UTF-8, joined by line feeds.
"""

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256

from forthright.rules.words import list_words


class FrameHasProblems(ValueError):
    """Rows of the frame cannot be told apart or have no reference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameRow:
    """One duty in the frame. The reference must not identify the person."""

    reference: str
    unit: str
    letter_type: str = ""
    entitlement: str = ""
    drafter: str = ""
    is_sent: bool = True
    is_late: bool = False
    flags: tuple[str, ...] = ()
    excluded_because: str = ""
    # Of a disclosure alone; left out of the text where it is blank, so that the digests of lists
    # of letters stay what they were.
    police_unit: str = ""

    @property
    def kept(self) -> dict[str, object]:
        """Return the row as it is frozen."""
        parts = asdict(self)
        return parts if self.police_unit else {k: v for k, v in parts.items() if k != "police_unit"}


def row_text(row: FrameRow) -> str:
    """Return the very text of a row that the digest is made from."""
    return json.dumps(row.kept, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def frame_digest(rows: Iterable[FrameRow]) -> str:
    """Return the SHA-256 of a frame, the same for the same rows in any order."""
    lines = [row_text(row) for row in sorted(rows, key=lambda row: row.reference)]
    return sha256("\n".join(lines).encode()).hexdigest()


def draw_key(seed: int, reference: str) -> str:
    """Return the key that decides where a row stands in the order of a draw."""
    return sha256(f"{seed}\n{reference}".encode()).hexdigest()


def check_frame(rows: Sequence[FrameRow]) -> None:
    """Refuse a frame whose rows cannot be told apart.

    :raises FrameHasProblems: if a reference is missing or stands twice
    """
    if any(not row.reference.strip() for row in rows):
        raise FrameHasProblems("A row of the frame has no reference. Give every duty its own.")
    counts = Counter(row.reference for row in rows)
    if twice := [reference for reference, times in counts.items() if times > 1]:
        raise FrameHasProblems(
            f"The frame holds {list_words(sorted(twice)[:5])} more than once. "
            "Each duty may stand in the frame only once, or its chance of being drawn is unfair."
        )
