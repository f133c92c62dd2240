"""No row of a list is lost from sight, and what a column calls sensitive is on no open schedule."""

from datetime import date
from io import BytesIO

import pytest
import xlsxwriter
from docx import Document

from forthright.rules.schedules.bundle import Bundle
from forthright.rules.schedules.engine import check_schedules, prepare_schedule_rules
from forthright.rules.schedules.rule import shipped_schedule_rules
from forthright.rules.schedules.schedule import Form
from forthright.schedule_files.reading import read_schedules
from forthright.table_files.problems import FileRefused
from tests.schedule_files.files import a_csv, a_pdf_schedule, a_word_schedule, a_workbook

HEAD = ("MG6C SCHEDULE OF NON-SENSITIVE UNUSED MATERIAL",)
COLUMNS = ("Item No.", "Description", "Location")
SECRET = "Debrief of the source Heronsgate"
DAY = date(2026, 10, 5)
SIGNED = ("I certify that to the best of my knowledge this lists all that is relevant",)


def read(tmp_path, content, name="unused.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return read_schedules(path)


@pytest.mark.parametrize(
    ("write", "name"), [(a_csv, "unused.csv"), (a_word_schedule, "unused.docx")]
)
@pytest.mark.parametrize("numbers", [("", "", ""), ("C1", "C2", "C3"), ("1.1", "1.2", "1.3")])
def test_an_item_that_is_a_certificate_does_not_take_the_rest_with_it(
    tmp_path, write, name, numbers
):
    words = ("Receipt for a van", "Certificate of conviction of Mr Hall", "Letter from the bank")
    rows = [HEAD, COLUMNS, *((n, each, "Store") for n, each in zip(numbers, words, strict=True))]

    [schedule] = read(tmp_path, write([*rows, SIGNED]), name)

    assert [item.description for item in schedule.items] == list(words)
    assert schedule.certificate_text == SIGNED[0]


def test_rows_of_a_certificate_in_cells_are_still_its_own(tmp_path):
    rows = [HEAD, COLUMNS, ("1", "Receipt for a van", "Store"), SIGNED,
            ("Signature", "PC 1204 Khan", ""), ("", "Dated", "3 March 2026"),
            ("Rank", "Constable", "Mercia")]  # fmt: skip

    [schedule] = read(tmp_path, a_csv(rows))

    assert [item.number for item in schedule.items] == [1]
    assert "PC 1204 Khan" in schedule.certificate_text


@pytest.mark.parametrize(
    ("heading", "open_one", "secret"),
    [
        pytest.param("Schedule", "MG6C", "MG6D", id="form"),
        pytest.param("Schedule", "MG6 C", "MG06(D)", id="form written otherwise"),
        pytest.param("Sensitive (Y/N)", "N", "Y", id="yes or no"),
        pytest.param("Sensitive?", "No", "Yes - it names a source", id="yes and why"),
        pytest.param("Sensitivity", "Non-sensitive", "Sensitive", id="in words"),
        pytest.param("Classification", "Non-sensitive", "Sensitive", id="classification"),
    ],
)
def test_a_list_of_both_forms_is_parted(tmp_path, heading, open_one, secret):
    rows = [
        (*COLUMNS, heading),
        ("1", "Receipt for a van", "Store", open_one),
        ("2", SECRET, "Safe", secret),
        ("3", "Letter from the bank", "Store", open_one),
    ]

    schedules = read(tmp_path, a_csv(rows))

    found = {each.form: each for each in schedules}
    rules = prepare_schedule_rules(shipped_schedule_rules())
    said = {each.rule for each in check_schedules(Bundle(schedules=schedules), rules, as_of=DAY)}
    assert not said & {"R5a", "R5e"}
    assert [item.number for item in found[Form.MG6C].items] == [1, 3]
    assert [item.description for item in found[Form.MG6D].items] == [SECRET]


@pytest.mark.parametrize(
    ("heading", "secret"),
    [("Form", "MG6D"), ("Sensitive?", "Yes"), ("Reason for sensitivity", "It names a source")],
)
def test_what_a_column_calls_sensitive_stays_on_no_open_schedule(tmp_path, heading, secret):
    rows = [HEAD, (*COLUMNS, heading), ("1", "Receipt for a van", "Store", ""),
            ("2", SECRET, "Safe", secret)]  # fmt: skip

    found = {each.form: each for each in read(tmp_path, a_csv(rows))}

    assert [item.number for item in found[Form.MG6C].items] == [1]
    assert [item.description for item in found[Form.MG6D].items] == [SECRET]


def test_no_cell_takes_an_item_off_a_schedule_that_is_titled_sensitive(tmp_path):
    rows = [("MG6D SCHEDULE OF SENSITIVE MATERIAL",), (*COLUMNS, "Form"),
            ("1", SECRET, "Safe", "MG6C")]  # fmt: skip

    [schedule] = read(tmp_path, a_csv(rows))

    assert schedule.form is Form.MG6D


def hidden(visible, name="MG6D"):
    kept = BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        for called, rows in (("MG6C", visible), (name, [COLUMNS, ("1", SECRET, "Safe")])):
            sheet = book.add_worksheet(called)
            for row, cells in enumerate(rows):
                sheet.write_row(row, 0, cells)
            if called == name:
                sheet.hide()
    return kept.getvalue()


def test_a_hidden_sheet_is_said_not_to_be_read(tmp_path):
    content = hidden([COLUMNS, ("1", "Receipt for a van", "Store")])

    [schedule] = read(tmp_path, content, "unused.xlsx")

    assert schedule.form is Form.MG6C
    assert "hidden: the sheet “MG6D”" in schedule.unread[0].what
    [whole] = read(tmp_path, a_workbook([HEAD, COLUMNS, ("1", "Receipt", "Store")]), "all.xlsx")
    assert whole.unread == ()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        pytest.param("More", "the sheet “More”", id="plain"),
        pytest.param("About Heronsgate", "sheet 2 from the left (its name may tell what is "
                     "sensitive, so it is not repeated)", id="may_tell"),
    ],
)  # fmt: skip
def test_a_hidden_sheet_is_called_by_its_name_or_it_is_said_why_not(tmp_path, name, said):
    content = hidden([COLUMNS, ("1", "Receipt for a van", "Store")], name=name)

    [schedule] = read(tmp_path, content, "unused.xlsx")

    assert schedule.unread[0].what == f"Not read, because hidden: {said}"


def test_a_workbook_whose_schedule_is_hidden_says_so(tmp_path):
    with pytest.raises(FileRefused, match="hidden: the sheet “MG6D”"):
        read(tmp_path, hidden([("Notes",)]), "unused.xlsx")


def test_a_marking_of_the_government_makes_nothing_sensitive(tmp_path):
    rows = [HEAD, (*COLUMNS, "Classification"), ("1", "Receipt", "Store", "OFFICIAL-SENSITIVE")]

    [schedule] = read(tmp_path, a_csv(rows))

    assert schedule.form is Form.MG6C


@pytest.mark.parametrize("is_ruled", [True, False])
def test_words_that_go_on_with_a_certificate_on_the_next_line_stay_with_their_item(
    tmp_path, is_ruled
):
    words = (
        "Letter of 3 May 2026 from the insurers of the van to Mr Hall that encloses the insurance "
        "papers of the van and the certificate of its insurance with the schedule of drivers and "
        "the conditions of the policy, five pages in all, with notes by hand on the last of them"
    )
    rows = [HEAD, COLUMNS, ("1", words, "Store"), ("2", words[:-9], "Store"), SIGNED]

    [schedule] = read(tmp_path, a_pdf_schedule(rows, is_ruled=is_ruled), "unused.pdf")

    assert [item.description for item in schedule.items] == [words, words[:-9]]


def test_rows_of_which_none_could_be_told_to_be_an_item_are_said_not_to_be_read(tmp_path):
    rows = [HEAD, COLUMNS, ("C1", "Receipt for a van", "Store"), SIGNED]

    [schedule] = read(tmp_path, a_pdf_schedule(rows, is_ruled=False), "unused.pdf")

    assert schedule.items == ()
    assert [each.what for each in schedule.unread] == ["The rows below the headings"]
    none = [HEAD, COLUMNS, ("There is no material to list.",), SIGNED]
    [empty] = read(tmp_path, a_pdf_schedule(none), "none.pdf")
    assert empty.unread == ()


@pytest.mark.parametrize(
    ("columns", "row", "why"),
    [
        (COLUMNS, ("C1", "Receipt for a van", "Store"), "None begins with a whole number"),
        (COLUMNS, ("", "1. Receipt for a van", "Store"), "do not stand below their heading"),
        (("Note", "Description", "Location"), ("", "1 Receipt for a van", "Store"),
         "None of the headings is one of a column of numbers"),
    ],
)  # fmt: skip
def test_why_no_row_could_be_told_to_be_an_item_is_said_as_it_is(tmp_path, columns, row, why):
    rows = [HEAD, columns, row, SIGNED]

    [schedule] = read(tmp_path, a_pdf_schedule(rows, is_ruled=False), "unused.pdf")

    [unread] = schedule.unread
    assert schedule.is_unread
    assert why in unread.why
    assert "send the Word or Excel file" in unread.mend


def test_a_table_within_a_cell_of_a_word_file_is_read_with_it(tmp_path):
    document = Document(BytesIO(a_word_schedule([HEAD, COLUMNS, ("1", "Bag of papers:", "Store")])))
    within = document.tables[0].rows[1].cells[1].add_table(1, 2)
    for cell, words in zip(within.rows[0].cells, ("Notebook of PC Khan", "Diary"), strict=True):
        cell.text = words
    kept = BytesIO()
    document.save(kept)

    [schedule] = read(tmp_path, kept.getvalue(), "unused.docx")

    [item] = schedule.items
    for words in ("Bag of papers:", "Notebook of PC Khan", "Diary"):
        assert words in item.description


@pytest.mark.parametrize(
    "below", ["2. Diary of Mr Hall", "Item 2 Diary of Mr Hall", "2 Diary of Mr Hall"]
)
def test_a_numbered_line_below_the_table_is_named(tmp_path, below):
    rows = [HEAD, COLUMNS, ("1", "Receipt for a van", "Store"), (below,), SIGNED]

    [schedule] = read(tmp_path, a_word_schedule(rows), "unused.docx")

    assert [each.what for each in schedule.unread] == ["A line that begins with 2"]
    assert "Diary" not in str(schedule.unread)


def test_the_numbered_limbs_of_a_certificate_are_no_items(tmp_path):
    rows = [HEAD, COLUMNS, ("1", "Receipt", "Store"), ("2", "Log of a call", "Store"), SIGNED,
            ("1. I have made reasonable lines of inquiry",), ("2. I have told the prosecutor",),
            ("3. I have looked again",),
            ("3 March 2026",)]  # fmt: skip

    [schedule] = read(tmp_path, a_word_schedule(rows), "unused.docx")

    assert [each.what for each in schedule.unread] == []


@pytest.mark.parametrize("day", ["2 March 2026", "2 Mar 26 DC Mears", "2 Sept 2026"])
def test_the_day_of_a_signature_is_no_item(tmp_path, day):
    rows = [HEAD, COLUMNS, ("1", "Receipt for a van", "Store"), SIGNED, (day,)]

    [schedule] = read(tmp_path, a_word_schedule(rows), "unused.docx")

    assert schedule.unread == ()
