"""What is no schedule, or would do harm, is refused: what, where, why and how to mend it."""

import json

import pytest

from forthright.schedule_files.reading import read_schedules
from forthright.table_files.problems import FileRefused
from tests.letter_files.files import (
    OLD_WORD,
    a_locked_pdf,
    a_locked_zip,
    a_long_pdf,
    a_lying_zip,
    a_pdf,
    a_word_file,
    an_empty_pdf,
)
from tests.schedule_files.files import ROWS, a_csv, a_pdf_schedule, a_workbook
from tests.schedule_files.files import a_workbook_with_formula as with_formula

# Its first parts are gone, so that the list of parts at its end names places before the file.
BEHEADED = a_workbook(ROWS)[a_workbook(ROWS).index(b"PK\x03\x04", 4) :]
# The list of its parts says of the first that it is packed in the twelfth way (bzip2).
PACKED_OTHERWISE = a_workbook(ROWS).replace(
    b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x08\x00", b"PK\x01\x02\x14\x03\x14\x00\x00\x00\x0c\x00", 1
)
LOCKED_WORKBOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le")


@pytest.mark.parametrize(
    ("name", "content", "what", "mend"),
    [
        pytest.param("s.pdf", a_locked_pdf(), "has a password", "send the schedule again",
                     id="locked PDF"),
        pytest.param("s.xlsx", LOCKED_WORKBOOK, "locked with a password", "take the password off",
                     id="locked workbook"),
        pytest.param("s.docx", a_locked_zip(), "has a password", "send the schedule again",
                     id="locked Word"),
        pytest.param("s.docx", OLD_WORD, "old Word or Excel file", "save it as .docx",
                     id="old Word"),
        pytest.param("s.pdf", a_pdf_schedule(ROWS)[:900], "damaged", "send the schedule again",
                     id="PDF cut short"),
        pytest.param("s.xlsx", a_workbook(ROWS)[:2000], "not a whole workbook", "Open it in Excel",
                     id="workbook cut short"),
        pytest.param("s.xlsx", BEHEADED, "not a whole workbook", "Open it in Excel",
                     id="workbook without its beginning"),
        pytest.param("s.xlsx", PACKED_OTHERWISE, "not a whole workbook", "Open it in Excel",
                     id="workbook packed otherwise"),
        pytest.param("s.docx", a_word_file("MG6C")[:2000], "damaged or cut short",
                     "send the schedule again", id="Word cut short"),
        pytest.param("s.docx", a_word_file("MG6C", word__big_xml=b"0" * 32_000_000),
                     "far more than a schedule", "send the schedule again", id="zip bomb"),
        pytest.param("s.docx", a_lying_zip(), "damaged or cut short",
                     "send the schedule again", id="zip bomb that lies"),
        pytest.param("s.docx", a_word_file("MG6C", word__vbaProject_bin=b"x"), "macros",
                     "send the schedule again", id="macros"),
        pytest.param("s.pdf", an_empty_pdf(), "picture", "text recognition", id="no text layer"),
        pytest.param("s.pdf", a_long_pdf(500), "more than 400 pages", "send the schedule again",
                     id="500 pages"),
        pytest.param("s.xlsx", with_formula(), "cell A3 holds a formula", "paste it back as values",
                     id="formulas"),
        pytest.param("s.csv", b"", "empty", "send the schedule again", id="empty"),
        pytest.param("s.csv", b"x" * (20 * 1024 * 1024 + 1), "20 MB at most", "pictures",
                     id="too large"),
        pytest.param("s.csv", b"%PDF-1.7", "a PDF", "send the schedule again", id="PDF as .csv"),
        pytest.param("s.csv", b"Name,Age\nAnn,4\n", "No schedule was found", "heads the columns",
                     id="another table"),
        pytest.param("s.pdf", a_pdf("A letter about a schedule"), "No schedule was found",
                     "heads the columns", id="a letter"),
        pytest.param("s.txt", b"1 log", "can be read as schedules", "send the schedule again",
                     id="another kind"),
        pytest.param("s.json", b'{"Material": [', "not JSON: line 1", "cut short",
                     id="JSON cut short"),
        pytest.param("s.json", b'{"Material": 7}', "no list of materials", "Material",
                     id="JSON of another kind"),
        pytest.param("s.json", b"[" * 200_000, "nests far deeper", "Material",
                     id="JSON that nests for ever"),
        pytest.param("s.json", json.dumps([{"Type": "Statement", "isEvidence": True}]).encode(),
                     "No material in the list is unused", "Material", id="evidence alone"),
    ],
)  # fmt: skip
def test_it_is_refused_in_words_about_a_schedule(tmp_path, name, content, what, mend):
    path = tmp_path / name
    path.write_bytes(content)

    with pytest.raises(FileRefused) as refusal:
        read_schedules(path)

    said = refusal.value.problem
    assert what in said.message
    assert mend in said.mend
    assert "letter" not in str(refusal.value)
    assert "extract" not in str(refusal.value).lower()


def test_a_formula_is_told_with_its_sheet_and_row(tmp_path):
    path = tmp_path / "s.xlsx"
    path.write_bytes(with_formula())

    with pytest.raises(FileRefused) as refusal:
        read_schedules(path)

    assert refusal.value.problem.place == "Sheet MG6C, row 3"


def test_a_page_that_is_a_picture_among_others_is_refused_and_named(tmp_path):
    from io import BytesIO

    from pypdf import PdfWriter

    writer = PdfWriter(clone_from=BytesIO(a_pdf_schedule(ROWS)))
    writer.add_blank_page()
    path = tmp_path / "s.pdf"
    with path.open("wb") as file:
        writer.write(file)

    with pytest.raises(FileRefused, match="Page 2 holds no words"):
        read_schedules(path)


def test_a_wrong_cell_in_a_csv_is_told_with_its_line(tmp_path):
    path = tmp_path / "s.csv"
    path.write_bytes(a_csv(ROWS) + b'4,"never closed,\n')

    with pytest.raises(FileRefused) as refusal:
        read_schedules(path)

    assert refusal.value.problem.row
