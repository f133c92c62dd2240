"""The officer's report: each entry is read as one, however it names its item."""

import pytest

from forthright.rules.schedules.schedule import Form
from forthright.schedule_files.reading import read_schedules
from tests.schedule_files.files import a_csv

HEAD = ("MG6E DISCLOSURE OFFICER’S REPORT",), ("Item No.", "Reason why it undermines", "Copy")
SIGNED = ("Signed: DC 2210 Mears, disclosure officer",)


def entries_of(tmp_path, *rows):
    path = tmp_path / "mg6e.csv"
    path.write_bytes(a_csv([*HEAD, *rows, SIGNED]))
    [schedule] = read_schedules(path)
    assert schedule.form is Form.MG6E
    return schedule


@pytest.mark.parametrize(
    ("written", "number", "form"),
    [
        ("C1", 1, "MG6C"),
        ("D7", 7, "MG6D"),
        ("(d) 7", 7, "MG6D"),
        ("MG6D item 1", 1, "MG6D"),
        ("MG 6 D / 12", 12, "MG6D"),
        ("item 4 of the MG6D", 4, "MG6D"),
        ("Item 2", 2, ""),
        ("2", 2, ""),
        ("4, 5", None, ""),
        ("S.3", None, ""),
    ],
)
def test_an_entry_is_one_however_it_names_its_item(tmp_path, written, number, form):
    schedule = entries_of(tmp_path, (written, "He told the police", "Yes"), ("9", "Two men", "No"))

    entry, last = schedule.items
    assert (entry.number, entry.of_form, entry.undermines) == (number, form, "He told the police")
    assert last.number == 9
    assert schedule.certificate_text == SIGNED[0]
    assert len(schedule.unread) == (number is None)


def test_what_signs_the_report_below_its_entries_is_no_entry(tmp_path):
    rows = ("C1", "He told the police", "Yes"), ("Name", "DC Mears", ""), ("Date", "3 May 2026", "")

    schedule = entries_of(tmp_path, *rows)

    assert [each.number for each in schedule.items] == [1]
    assert "DC Mears" in schedule.certificate_text
