"""A cell that is merged over several rows says of each what it shows."""

from io import BytesIO

import xlsxwriter

from forthright.schedule_files.reading import read_schedules


def test_a_place_merged_over_items_is_the_place_of_each(tmp_path):
    kept = BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        sheet = book.add_worksheet("MG6C")
        sheet.write_row(0, 0, ("Item No.", "Description", "Location"))
        for row, words in enumerate(("Receipt", "Diary", "Lease", "Map"), start=1):
            sheet.write_row(row, 0, (row, words))
        sheet.merge_range(1, 2, 3, 2, "Property store")
        sheet.write(4, 2, "Niche")
    path = tmp_path / "mg6c.xlsx"
    path.write_bytes(kept.getvalue())

    [schedule] = read_schedules(path)

    assert [each.location for each in schedule.items] == [*["Property store"] * 3, "Niche"]


def test_a_number_merged_over_two_rows_is_of_one_item(tmp_path):
    kept = BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        sheet = book.add_worksheet("MG6C")
        sheet.write_row(0, 0, ("Item No.", "Description", "Location"))
        sheet.merge_range(1, 0, 2, 0, 1)
        sheet.write(1, 1, "Receipt for the hire of a van")
        sheet.write(2, 1, "by the defendant")
    path = tmp_path / "mg6c.xlsx"
    path.write_bytes(kept.getvalue())

    [schedule] = read_schedules(path)

    assert [each.description for each in schedule.items] == [
        "Receipt for the hire of a van by the defendant"
    ]
