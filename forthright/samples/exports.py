"""The frozen list of a draw as files, without names, so that anybody can draw again."""

import csv
import io
from collections.abc import Iterable, Mapping

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
    parts = {each.reference: each.first_part for each in draw.letters.exclude(first_part="")}
    return rows_as_csv(
        frames.rows_of(draw.frame), seed=int(draw.seed), parts=parts,
        of_disclosure=draw.plan.subject == Subject.DISCLOSURE,
    )  # fmt: skip


def rows_as_csv(
    rows: Iterable[FrameRow], *, seed: int, parts: Mapping[str, str], of_disclosure: bool = False
) -> str:
    """Return rows in the order of a draw by a seed, with the key that puts each in its place.

    :param parts: in which part each drawn one was drawn, by its reference
    """
    written = io.StringIO()
    table = csv.writer(written)
    table.writerow(OF_DISCLOSURE if of_disclosure else COLUMNS)
    place = 0
    for row in sorted(rows, key=lambda row: (draw_key(seed, row.reference), row.reference)):
        place += 0 if row.excluded_because else 1
        line = _line(row, "" if row.excluded_because else place, seed, parts)
        table.writerow([*line, row.police_unit] if of_disclosure else line)
    return written.getvalue()


def frame_as_text(draw: Draw) -> str:
    """Return the very text whose SHA-256 is the digest of the list."""
    return rows_as_text(frames.rows_of(draw.frame))


def rows_as_text(rows: Iterable[FrameRow]) -> str:
    """Return the very text whose SHA-256 is the digest of rows."""
    return "\n".join(row_text(row) for row in sorted(rows, key=lambda row: row.reference))


def _line(row: FrameRow, place: int | str, seed: int, parts: Mapping[str, str]) -> list[object]:
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
