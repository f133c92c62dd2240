"""A sheet that says that very many cells are merged is refused before they take all memory."""

import resource
import zipfile

import pytest

from forthright.table_files.merged import merged_in
from forthright.table_files.problems import FileRefused

MEGABYTE = 1024 * 1024


def a_sheet(path, ranges):
    words = "".join(f'<mergeCell ref="{each}"/>' for each in ranges)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("sheet.xml", f"<mergeCells>{words}</mergeCells>")
    return path


def test_ranges_over_several_rows_are_told_by_each_of_their_columns(tmp_path):
    path = a_sheet(tmp_path / "week.zip", ["A2:B4", "D1:F1"])

    with zipfile.ZipFile(path) as archive:
        merged = merged_in(archive, "sheet.xml", "Week")

    assert merged.range_over(0, 3) == merged.range_over(1, 4) == "A2:B4"
    assert merged.range_over(0, 2) == merged.range_over(2, 3) == merged.range_over(4, 1) == ""


def test_wide_ranges_are_refused_before_they_take_all_memory(tmp_path):
    path = a_sheet(tmp_path / "week.zip", [f"A{n}:OJ{n + 1}" for n in range(1, 20_000, 2)])
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss

    with zipfile.ZipFile(path) as archive, pytest.raises(FileRefused, match="cells are merged"):
        merged_in(archive, "sheet.xml", "Week")

    took = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024
    assert took < 150 * MEGABYTE  # all four million at once would take half a gigabyte
