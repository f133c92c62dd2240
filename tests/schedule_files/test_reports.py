"""The officer's report: each entry is read as one, however it names its item."""

from datetime import date

import pytest

from forthright.rules.schedules.bundle import Bundle
from forthright.rules.schedules.engine import check_schedules
from forthright.rules.schedules.rule import shipped_schedule_rules
from forthright.rules.schedules.schedule import Form
from forthright.schedule_files.reading import read_schedules
from tests.schedule_files.files import a_csv, a_workbook

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


def test_what_a_report_lacks_is_placed_on_its_own_sheet_and_not_on_the_one_that_follows(tmp_path):
    report = [
        ("MG6E",), ("Item no", "Schedule", "Why it may undermine or assist", "Copy attached"),
        ("1", "MG6C", "The caller said that the man was tall", "Y"),
        ("Signed DC 2210 Mears 3 March 2026",),
    ]  # fmt: skip
    guidance = [("How to fill in this form",), ("Describe each item so that others know it.",)]
    path = tmp_path / "report.xlsx"
    path.write_bytes(a_workbook(report, guidance))
    bundle = Bundle(schedules=read_schedules(path))

    findings = check_schedules(bundle, shipped_schedule_rules(), as_of=date(2026, 4, 8))

    assert findings
    assert {each.place.partition(", row")[0] for each in findings} == {"report.xlsx, sheet Sheet1"}
