"""The frozen list of a draw as files, without names, so that anybody can draw again."""

import csv
import io

from forthright.rules.frame import FrameRow, draw_key, row_text
from forthright.samples.models import Draw
from forthright.samples.selectors import frames
from forthright.standards.models import Subject

COLUMNS = ["place", "key", "reference", "unit", "letter_type", "entitlement", "drafter",
           "is_sent", "is_late", "flags", "left_out_because", "first_drawn_as"]  # fmt: skip
# What a list of disclosure says besides; in it the type is the court, the entitlement the remand.
OF_DISCLOSURE = [*COLUMNS, "police_unit"]


def frame_as_csv(draw: Draw) -> str:
    """Return the list in the order of the draw, with the key that puts each row in its place."""
    seed = int(draw.seed)
    parts = {each.reference: each.first_part for each in draw.letters.exclude(first_part="")}
    rows = sorted(
        frames.rows_of(draw.frame), key=lambda row: (draw_key(seed, row.reference), row.reference)
    )
    written = io.StringIO()
    table = csv.writer(written)
    of_disclosure = draw.plan.subject == Subject.DISCLOSURE
    table.writerow(OF_DISCLOSURE if of_disclosure else COLUMNS)
    place = 0
    for row in rows:
        place += 0 if row.excluded_because else 1
        line = _line(row, "" if row.excluded_because else place, seed, parts)
        table.writerow([*line, row.police_unit] if of_disclosure else line)
    return written.getvalue()


def frame_as_text(draw: Draw) -> str:
    """Return the very text whose SHA-256 is the digest of the list."""
    rows = sorted(frames.rows_of(draw.frame), key=lambda row: row.reference)
    return "\n".join(row_text(row) for row in rows)


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
