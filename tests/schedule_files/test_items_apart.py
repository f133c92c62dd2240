"""What stands below a line of another form, or on a sheet without headings, is named."""

import pytest

from forthright.rules.schedules.schedule import Form
from forthright.schedule_files.reading import read_schedules
from tests.schedule_files.files import a_csv, a_word_schedule, a_workbook

COLUMNS = ("Item No.", "Description", "Location")
WORDS = ("Receipt for a van", "Storm log of the call", "999 call recording of the fight",
         "Diary of Mr Hall", "“Sunshine” diary of May")  # fmt: skip
ITEMS = [(str(n), words, "Store") for n, words in enumerate(WORDS, 1)]
HEAD = [("MG6C SCHEDULE OF NON-SENSITIVE UNUSED MATERIAL",), COLUMNS]
KINDS = [(a_csv, "unused.csv"), (a_workbook, "unused.xlsx"), (a_word_schedule, "unused.docx")]


def read(tmp_path, content, name="unused.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return read_schedules(path)


def named_of(schedule):
    return [(one.what, one.may_hide_items) for one in schedule.unread]


@pytest.mark.parametrize(("write", "name"), KINDS)
@pytest.mark.parametrize("line", ["Digital material (see also MG6E)", "Copied to the MG6E as well"])
def test_a_line_that_speaks_of_another_form_ends_no_list(tmp_path, write, name, line):
    [schedule] = read(tmp_path, write([*HEAD, *ITEMS[:2], (line, "", ""), *ITEMS[2:]]), name)

    assert [item.number for item in schedule.items] == [1, 2, 3, 4, 5]
    assert named_of(schedule) == [("Words above item 3", True)]


@pytest.mark.parametrize(("write", "name"), KINDS)
@pytest.mark.parametrize(
    "line",
    ["Sensitive material – see separate schedule", "Items below were moved here from the MG6D",
     "DISCLOSURE OFFICER’S REPORT"],
)  # fmt: skip
@pytest.mark.parametrize(
    "numbers",
    [("3", "4", "5"), ("3", "3", "9"), ("3a", "3b", "3c"), ("", "", "")],
    ids=["going on", "otherwise", "with letters", "none"],
)
def test_items_below_the_title_of_another_form_are_named_and_on_no_open_list(
    tmp_path, write, name, line, numbers
):
    below = [(n, *each[1:]) for n, each in zip(numbers, ITEMS[2:], strict=True)]

    [schedule] = read(tmp_path, write([*HEAD, *ITEMS[:2], ("", line, ""), *below]), name)

    assert (schedule.form, [item.number for item in schedule.items]) == (Form.MG6C, [1, 2])
    assert ("3 rows from here on that may be items", True) in named_of(schedule)
    assert all(words not in str(one) for one in schedule.unread for words in WORDS[2:])


def test_rows_that_a_repeated_heading_parts_from_their_list_are_named(tmp_path):
    rows = [*HEAD, *ITEMS[:2], ("Moved here from the MG6D", "", ""), ITEMS[2], COLUMNS, *ITEMS[3:]]

    schedules = read(tmp_path, a_csv(rows))

    kept = [item.number for schedule in schedules for item in schedule.items]
    named = [each for schedule in schedules for each in named_of(schedule)]
    assert kept == [1, 2, 4, 5]
    assert ("1 row from here on that may be items", True) in named


def test_a_sheet_without_headings_and_rows_above_the_first_are_named(tmp_path):
    apart = read(tmp_path, a_workbook([*HEAD, *ITEMS[:2]], ITEMS[2:]), "unused.xlsx")
    above = read(tmp_path, a_csv([HEAD[0], *ITEMS[:2], COLUMNS, *ITEMS[2:]]))

    assert [named_of(each) for each in apart] == [[("3 rows from here on that may be items", True)]]
    assert ("2 rows from here on that may be items", True) in named_of(above[0])


def test_a_certificate_that_speaks_of_the_other_forms_names_nothing(tmp_path):
    rows = [*HEAD, *ITEMS, ("I certify that to the best of my knowledge this lists all",),
            ("Sensitive material is on the MG6D",), ("Signature", "PC 1204 Khan", ""),
            ("1. The MG6E is attached",), ("Station", "Walsall", ""),
            ("", "Dated", "3 March 2026")]  # fmt: skip

    [schedule] = read(tmp_path, a_csv(rows))

    assert (len(schedule.items), schedule.unread) == (5, ())
