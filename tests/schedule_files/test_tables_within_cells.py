"""A table within a cell of a Word file that may list items is named, and stops until it is told."""

import pytest

from tests.schedule_files.test_hidden_and_drawn import a_document, of_word, stops


def nest(cell, *rows):
    table = cell.add_table(rows=0, cols=len(rows[0]))
    for cells in rows:
        for one, words in zip(table.add_row().cells, cells, strict=True):
            one.text = words
    return table


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([("3", "Custody record with times of rest")], id="numbered"),
        pytest.param([("Kept with it", ""), ("Item 3", "Custody record")], id="numbered_below"),
        pytest.param([("3. Custody record with times of rest",)], id="in_one_cell"),
        pytest.param([("Item No.", "Description"), ("A", "Custody record")], id="headed"),
    ],
)
def test_a_table_within_a_cell_that_may_list_items_stops_and_is_named_by_place(tmp_path, rows):
    document, table = a_document()
    nest(table.rows[2].cells[1], *rows)

    [schedule] = of_word(tmp_path, document)

    [unread] = [each for each in schedule.unread if each.may_hide_items]
    assert (unread.what, unread.place.within) == ("A table within a cell of item 2", "row 4")
    assert "Custody" not in str(unread)
    assert [each.number for each in schedule.items] == [1, 2]


def test_a_table_within_a_cell_in_rows_that_word_numbers_stops(tmp_path):
    document, table = a_document()
    within = nest(table.rows[2].cells[1], ("", "Custody record with times of rest"))
    within.rows[0].cells[0].paragraphs[0].style = document.styles["List Number"]

    assert stops(of_word(tmp_path, document)) == ["A table within a cell of item 2"]


def test_a_table_in_a_table_within_a_cell_is_found_too(tmp_path):
    document, table = a_document()
    within = nest(table.rows[2].cells[1], ("Kept with it",))
    nest(within.rows[0].cells[0], ("3", "Custody record with times of rest"))

    assert stops(of_word(tmp_path, document)) == ["A table within a cell of item 2"]


def test_a_table_within_a_cell_that_lists_nothing_is_read_with_its_item(tmp_path):
    document, table = a_document()
    nest(table.rows[2].cells[1], ("Time", "14:05"), ("Caller", "Mrs Lee"))

    assert not stops(of_word(tmp_path, document))
