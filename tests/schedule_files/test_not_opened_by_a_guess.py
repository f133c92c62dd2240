"""What may be sensitive is on no open schedule by a guess; a person is asked which form it is."""

import json
from io import BytesIO

import pytest
import xlsxwriter
from docx import Document
from weasyprint import HTML

from forthright.rules.schedules.schedule import Form
from forthright.schedule_files.naming import form_of
from forthright.schedule_files.reading import read_schedules
from tests.schedule_files.files import STYLE, a_csv, a_workbook

COLUMNS = ("Item No.", "Description", "Location")
OPEN_ITEM = ("1", "Receipt for the hire of a van", "Store")
SECRET = "Debrief of the source Heronsgate"
SECRET_ITEM = ("2", SECRET, "Safe")
LISTED = {"number", "description", "location"}


def read(tmp_path, content, name):
    path = tmp_path / name
    path.write_bytes(content)
    return read_schedules(path)


def open_words(schedules):
    return [item.description for each in schedules if each.form is not Form.MG6D
            for item in each.items]  # fmt: skip


def asks(schedules):
    return [one.what for each in schedules for one in each.unread if one.may_hide_items]


@pytest.mark.parametrize(
    "title",
    [
        "Schedule of sensitive items", "Sensitive unused", "List of PII material", "MG6-D",
        "MG.6D", "Sensitive", "CHIS", "MG6C / D", "MG6C, D and E", "MG6C & MG6D combined schedule",
        "Schedule of unused material (sensitive and non-sensitive)",
        "Schedule of Relevant NON SENSITIVE AND SENSITIVE MATERIAL",
        "Confidential schedule of sensitive unused items", "SENSITIVE SCHEDULE",
    ],
)  # fmt: skip
def test_a_title_that_calls_anything_sensitive_opens_no_list(title):
    for file in ("unused.csv", "MG6C.csv"):
        form, _ = form_of([title], sheet="", columns=LISTED, tail=[], file=file)
        assert form is Form.MG6D


@pytest.mark.parametrize(
    "head",
    [
        ["Avon and Somerset Constabulary – MG6C"], ["Devon and Cornwall Police MG6C"],
        ["R v Smith and Jones – MG6C"], ["Unused material in R v Khan: MG6C"],
        ["RESTRICTED – FOR POLICE AND PROSECUTION ONLY (when complete) MG 6C"],
        ["MG6C", "Any sensitive material must be listed separately on the MG6D"],
        ["MG6C", "No sensitive material has been identified"],
        ["MG6C - no sensitive material in this case"], ["MG6C. No MG6D submitted"],
        ["MG6C (MG6D: nil)"], ["Continuation of MG6C"], ["NON‐SENSITIVE MATERIAL"],
        ["MG6C", "Do not list sensitive material on this form: use form MG6D."],
        ["Forms submitted: MG6C, MG6D, MG6E", "MG6C"], ["OFFICIAL-SENSITIVE MG6C"],
        ["Not sensitive material schedule"],
    ],
)  # fmt: skip
def test_an_ordinary_title_of_an_open_form_asks_nothing(head):
    assert form_of(head, sheet="", columns=LISTED, tail=[], file="unused.csv") == (Form.MG6C, "")


@pytest.mark.parametrize("line", ["MG6 - D Hall", "MG6E – see D. Hall"])
def test_an_initial_is_no_form(line):
    found, _ = form_of(["MG6C", line], sheet="", columns=LISTED, tail=[], file="unused.csv")

    assert found is Form.MG6C


def test_a_list_that_nothing_names_is_hidden_and_only_asked_about(tmp_path):
    [schedule] = read(tmp_path, a_csv([COLUMNS, OPEN_ITEM, SECRET_ITEM]), "unused.csv")

    assert (schedule.form, schedule.is_guessed) == (Form.MG6D, True)
    assert asks([schedule]) == ["Which form this is"]


@pytest.mark.parametrize("sheet", ["Sensitive", "PII", "CHIS", "MG6D", "Sensitive items"])
def test_the_name_of_a_file_opens_no_sheet_that_is_called_sensitive(tmp_path, sheet):
    kept = BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        for name, rows in (("MG6C", (COLUMNS, OPEN_ITEM)), (sheet, (COLUMNS, SECRET_ITEM))):
            page = book.add_worksheet(name)
            for row, cells in enumerate(rows):
                page.write_row(row, 0, cells)

    schedules = read(tmp_path, kept.getvalue(), "R v Smith MG6C schedules.xlsx")

    assert open_words(schedules) == [OPEN_ITEM[1]]


def test_a_title_and_the_name_of_its_sheet_or_file_that_disagree_are_asked_about():
    for sheet, file in (("MG6D", "unused.xlsx"), ("Sensitive", "unused.xlsx"), ("", "MG6D.xlsx")):
        form, guess = form_of(["MG6C"], sheet=sheet, columns=LISTED, tail=[], file=file)
        assert (form, bool(guess)) == (Form.MG6D, True)


def test_what_a_sheet_prints_at_the_top_of_its_pages_names_its_form(tmp_path):
    kept = BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        page = book.add_worksheet()
        page.set_header('&L&"Arial,Bold"&12R v Smith &RMG6D SENSITIVE MATERIAL')
        for row, cells in enumerate((COLUMNS, SECRET_ITEM)):
            page.write_row(row, 0, cells)

    schedules = read(tmp_path, kept.getvalue(), "unused.xlsx")

    assert (open_words(schedules), asks(schedules)) == ([], [])


def a_word_file(*parts, header_of=lambda section: section.header):
    """Return a document of one section for each title and its items; the title in its header."""
    document = Document()
    for number, (title, items) in enumerate(parts):
        section = document.add_section() if number else document.sections[0]
        section.different_first_page_header_footer = True
        header = header_of(section)
        header.is_linked_to_previous = False
        header.paragraphs[0].text = title
        table = document.add_table(0, 3)
        for cells in (COLUMNS, *items):
            for cell, words in zip(table.add_row().cells, cells, strict=True):
                cell.text = words
        document.add_paragraph("Signed: DC 2210 Mears")
    kept = BytesIO()
    document.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("kind", ["header", "first_page_header", "even_page_header"])
def test_each_section_of_a_word_file_is_the_form_that_its_own_header_names(tmp_path, kind):
    content = a_word_file(
        ("MG6C", [OPEN_ITEM]), ("MG6D SENSITIVE MATERIAL SCHEDULE", [SECRET_ITEM]),
        header_of=lambda section: getattr(section, kind),
    )  # fmt: skip

    schedules = read(tmp_path, content, "unused.docx")

    assert open_words(schedules) == [OPEN_ITEM[1]]
    assert [each.form for each in schedules] == [Form.MG6C, Form.MG6D]


def test_a_table_in_the_header_of_a_word_file_names_its_form(tmp_path):
    document = Document(BytesIO(a_word_file(("R v Smith", [SECRET_ITEM]))))
    table = document.sections[0].header.add_table(1, 2, 4_000_000)
    table.rows[0].cells[1].text = "MG6D"
    kept = BytesIO()
    document.save(kept)

    schedules = read(tmp_path, kept.getvalue(), "MG6C.docx")

    assert open_words(schedules) == []


@pytest.mark.parametrize("marking", ["CONFIDENTIAL (when complete)", "RESTRICTED (when complete)"])
@pytest.mark.parametrize("form", ["MG 6D", "MG 6C"])
def test_a_marking_at_the_edge_of_a_pdf_does_not_take_the_form_with_it(tmp_path, marking, form):
    rows = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
        for cells in (COLUMNS, OPEN_ITEM, SECRET_ITEM)
    )
    page = f"<style>{STYLE}</style><p>{marking} {form}</p><table>{rows}</table>"

    [schedule] = read(tmp_path, HTML(string=page).write_pdf(), "unused.pdf")

    assert (schedule.form, asks([schedule])) == (Form("MG6" + form[-1]), [])


@pytest.mark.parametrize("heading", ["Classification", "Category", "Type of schedule", "Form"])
@pytest.mark.parametrize(
    "cell", ["PII", "CHIS", "Secret", "Sens", "SENS.", "S (CHIS)", "Form MG6D", "on MG6D", "D",
             "Confidential", "Sensitive?", "Not for disclosure"],
)  # fmt: skip
def test_a_cell_that_calls_an_item_sensitive_in_any_words_takes_it_off_the_open_list(
    tmp_path, heading, cell
):
    rows = [("MG6C",), (*COLUMNS, heading), (*OPEN_ITEM, "Open"), (*SECRET_ITEM, cell)]

    assert open_words(read(tmp_path, a_csv(rows), "unused.csv")) == [OPEN_ITEM[1]]


def test_a_cell_that_names_no_form_is_asked_about_where_only_forms_stand(tmp_path):
    rows = [("MG6C",), (*COLUMNS, "Schedule"), (*OPEN_ITEM, "MG6C"), (*SECRET_ITEM, "TBC")]

    schedules = read(tmp_path, a_csv(rows), "unused.csv")

    assert asks(schedules) == ["On which form item 2 stands"]
    of_kinds = [("MG6C",), (*COLUMNS, "Category"), (*OPEN_ITEM, "Document"), ("2", "Log", "X", "")]
    assert asks(read(tmp_path, a_csv(of_kinds), "kinds.csv")) == []


@pytest.mark.parametrize("heading", ["PII?", "CHIS", "Confidential", "S/NS", "NS / S"])
def test_a_column_on_sensitivity_in_other_words_parts_the_list(tmp_path, heading):
    rows = [("MG6C",), (*COLUMNS, heading), (*OPEN_ITEM, "No"), (*SECRET_ITEM, "Yes - CHIS")]

    assert open_words(read(tmp_path, a_csv(rows), "unused.csv")) == [OPEN_ITEM[1]]


def test_a_no_that_goes_on_to_speak_of_what_is_sensitive_is_none(tmp_path):
    rows = [("MG6C",), (*COLUMNS, "Sensitive?"), (*OPEN_ITEM, "No, not sensitive"),
            (*SECRET_ITEM, "No - but see PII")]  # fmt: skip

    assert open_words(read(tmp_path, a_csv(rows), "unused.csv")) == [OPEN_ITEM[1]]


@pytest.mark.parametrize(
    ("heading", "cells", "is_asked"),
    [
        ("Handling", ("Open", "SENSITIVE – CHIS"), True),
        ("Protective marking", ("OFFICIAL", "SECRET"), True),
        ("Protective marking", ("OFFICIAL", "OFFICIAL-SENSITIVE"), False),
        ("Grading", ("A1", "B2"), False),
    ],
)
def test_a_column_that_is_not_read_is_asked_about_where_it_speaks_of_what_is_sensitive(
    tmp_path, heading, cells, is_asked
):
    rows = [("MG6C",), (*COLUMNS, heading), (*OPEN_ITEM, cells[0]), ("2", "Diary", "X", cells[1])]

    assert bool(asks(read(tmp_path, a_csv(rows), "unused.csv"))) is is_asked


def test_two_tables_side_by_side_are_asked_about(tmp_path):
    rows = [("MG6C",), (*COLUMNS, *COLUMNS), (*OPEN_ITEM, "2", "Diary of Mr Hall", "Store")]

    [schedule] = read(tmp_path, a_workbook(rows), "unused.xlsx")

    assert "The column “Description”" in asks([schedule])


def test_a_row_of_a_word_table_that_begins_further_in_keeps_its_cells_in_their_columns(tmp_path):
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = Document(BytesIO(a_word_file(("MG6C", [OPEN_ITEM, ("", "Diary", "Store")]))))
    row = document.tables[0].rows[2]._tr
    row.remove(row.tc_lst[0])
    before = OxmlElement("w:gridBefore")
    before.set(qn("w:val"), "1")
    row.get_or_add_trPr().append(before)
    kept = BytesIO()
    document.save(kept)

    [schedule] = read(tmp_path, kept.getvalue(), "unused.docx")

    assert [item.description for item in schedule.items] == [OPEN_ITEM[1], "Diary"]


def a_list(**of_second):
    first = {"Type": "Unused non-sensitive", "Title": "Log"}
    return json.dumps([first, {**first, "Title": SECRET, **of_second}]).encode()


@pytest.mark.parametrize(
    "of_second",
    [{"Type": "Unused Sensitive"}, {"Type": "Sensitive "}, {"Type": "Unused - sensitive"},
     {"Type": None, "type": "sensitive"}, {"isSensitive": True}],
)  # fmt: skip
def test_a_list_of_materials_keeps_what_any_part_of_it_calls_sensitive(tmp_path, of_second):
    assert open_words(read(tmp_path, a_list(**of_second), "list.json")) == ["Log"]


@pytest.mark.parametrize(
    ("of_second", "is_asked"),
    [
        ({"policeDisclosure": {"SensitivityRationale": "It names a source"}}, True),
        ({"policeDisclosure": {"SensitivityRationale": "Not sensitive"}}, False),
        ({"policeDisclosure": {"SensitivityRationale": "n/a"}}, False),
        ({"Type": "Material of the team"}, True),
        ({"Type": "MG Form"}, False),
    ],
)
def test_a_list_of_materials_asks_about_what_may_be_sensitive(tmp_path, of_second, is_asked):
    asked = asks(read(tmp_path, a_list(**of_second), "list.json"))

    assert asked == (["Whether material 2 is sensitive"] if is_asked else [])
