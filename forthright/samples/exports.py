"""The frozen list of a draw as files, without names, so that anybody can draw again."""

import csv
import io
import json
from dataclasses import asdict

from forthright.rules.frame import FrameRow, draw_key
from forthright.samples.models import Draw
from forthright.samples.selectors import frames

COLUMNS = ["place", "key", "reference", "unit", "letter_type", "entitlement", "drafter",
           "is_sent", "is_late", "flags", "left_out_because", "first_drawn_as"]  # fmt: skip


def frame_as_csv(draw: Draw) -> str:
    """Return the list in the order of the draw, with the key that puts each row in its place."""
    seed = int(draw.seed)
    parts = {
        frames.reference_of(duty): part
        for duty, part in draw.letters.exclude(first_part="").values_list("duty", "first_part")
    }
    rows = sorted(
        frames.rows_of(draw.frame), key=lambda row: (draw_key(seed, row.reference), row.reference)
    )
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(COLUMNS)
    place = 0
    for row in rows:
        place += 0 if row.excluded_because else 1
        table.writerow(_line(row, "" if row.excluded_because else place, seed, parts))
    return written.getvalue()


def frame_as_text(draw: Draw) -> str:
    """Return the very text whose SHA-256 is the digest of the list."""
    rows = sorted(frames.rows_of(draw.frame), key=lambda row: row.reference)
    return "\n".join(
        json.dumps(asdict(row), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        for row in rows
    )


def _line(row: FrameRow, place: int | str, seed: int, parts: dict[str, str]) -> list[object]:
    return [
        place,
        draw_key(seed, row.reference),
        row.reference,
        row.unit,
        row.letter_type,
        row.entitlement,
        row.drafter,
        "yes" if row.is_sent else "no",
        "yes" if row.is_late else "no",
        " ".join(row.flags),
        row.excluded_because,
        parts.get(row.reference, ""),
    ]
