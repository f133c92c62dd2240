"""What each page of a form bears is no lost line; what may be an item between others is."""

import pytest

from forthright.schedule_files.reading import read_schedules
from tests.schedule_files.files import a_csv, a_pdf_schedule, a_word_schedule

TITLE = "MG6C SCHEDULE OF NON-SENSITIVE UNUSED MATERIAL"
CASE = "R v: Callum DREWETT URN: 21 AB 10432 26"
COLUMNS = ("Item No.", "Description", "Location")
ITEMS = [(str(n), f"Receipt {n} for the hire of a van", "Store") for n in range(1, 5)]
SIGNED = ("Signed: DC 2210 Mears, disclosure officer Date: 3 March 2026",)
KINDS = [(a_csv, "unused.csv"), (a_word_schedule, "unused.docx"), (a_pdf_schedule, "unused.pdf")]


def read(tmp_path, content, name):
    path = tmp_path / name
    path.write_bytes(content)
    return read_schedules(path)


@pytest.mark.parametrize(("write", "name"), KINDS)
@pytest.mark.parametrize(
    "between",
    [[TITLE], [CASE], [TITLE, CASE], ["MG6C (continued)"], ["Continuation sheet"], ["Page 2"],
     ["MG6C", "Page 2 of 3"], ["RESTRICTED (when complete)"]],
)  # fmt: skip
@pytest.mark.parametrize("is_headed", [True, False], ids=["headed", "not headed"])
def test_what_each_page_bears_is_asked_about_nowhere(tmp_path, write, name, between, is_headed):
    again = [COLUMNS] if is_headed else []
    rows = [(TITLE,), (CASE,), COLUMNS, *ITEMS[:2], SIGNED, *((line,) for line in between),
            *again, *ITEMS[2:], SIGNED]  # fmt: skip

    [schedule] = read(tmp_path, write(rows), name)

    assert [item.number for item in schedule.items] == [1, 2, 3, 4]
    assert schedule.unread == ()


@pytest.mark.parametrize("line", ["Diary of Mr Hall", "CONFIDENTIAL", "Telephone evidence"])
def test_another_line_between_items_is_asked_about_once(tmp_path, line):
    rows = [(TITLE,), COLUMNS, ITEMS[0], (line,), ITEMS[1], ("Medical records",), *ITEMS[2:]]

    [schedule] = read(tmp_path, a_csv(rows), "unused.csv")

    [one] = schedule.unread
    assert (one.what, one.may_hide_items) == ("Words above item 2, row 6", True)


@pytest.mark.parametrize("line", ["SENSITIVE ITEMS", "Sensitive", "PII items", "MG6-D"])
def test_what_stands_below_a_line_that_calls_it_sensitive_is_on_no_open_list(tmp_path, line):
    rows = [(TITLE,), COLUMNS, *ITEMS[:2], (line,), *ITEMS[2:]]

    for again in ([], [COLUMNS]):
        schedules = read(tmp_path, a_csv([*rows[:5], *again, *rows[5:]]), "unused.csv")
        assert [item.number for item in schedules[0].items] == [1, 2]
        assert all(each.form == "MG6D" for each in schedules[1:])


def test_a_wrapped_heading_of_yes_or_no_is_more_of_the_headings(tmp_path):
    head = ("Item", "Description", "Reason for sensitivity", "Seen by DO")
    rows = [("MG6D",), head, ("No.", "", "", "Yes/No"), ("1", "Debrief", "Names a source", "Yes")]

    [schedule] = read(tmp_path, a_pdf_schedule(rows, is_ruled=False), "MG6D.pdf")

    assert [one.what for one in schedule.unread if one.may_hide_items] == []
