import random
import zipfile
from contextlib import suppress
from datetime import date

import openpyxl
import pytest
import xlsxwriter

from forthright.cases.models import Case, Decision, PersonToTell
from forthright.extracts.imports.tables import open_tables
from forthright.rules.words import local
from forthright.schemes.models import Duty
from forthright.table_files import limits, workbooks
from forthright.table_files.problems import FileRefused
from tests.extracts.files import (
    HEADER,
    ROW,
    a_csv,
    a_plan,
    a_row,
    a_workbook,
    an_area,
    imported,
    notes,
    problems,
)

pytestmark = pytest.mark.django_db


def refusal_of(path) -> str:
    """Return why a whole file is refused."""
    with pytest.raises(FileRefused) as refused:
        a_plan(an_area(), path)
    return str(refused.value)


def test_a_text_file_becomes_a_case_a_person_a_decision_and_the_letter_owed(tmp_path):
    area = an_area()

    run = imported(area, a_csv(tmp_path / "week.csv", HEADER, ROW))

    duty = Duty.objects.select_related("case", "person", "decision").get()
    assert str(duty.case) == "20AB0123426"
    assert str(duty.person) == "Jane Smith"
    assert duty.entitlement == PersonToTell.Entitlement.ENHANCED
    assert duty.due_on.isoformat() == "2026-04-07"
    assert local(duty.decision.made_at).isoformat() == "2026-04-02T16:55:00+01:00"
    assert run.records == {
        "cases": 1, "people": 1, "defendants": 0, "decisions": 1, "letters owed": 1,
    }  # fmt: skip


def test_titles_above_odd_headings_and_further_columns_do_no_harm(tmp_path):
    path = tmp_path / "week.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        sheet = book.add_worksheet("Week 14")
        sheet.merge_range("A1:F1", "Mercia: decisions and letters")
        sheet.write_row("B3", ["DATE SENT", "Unique ref. no", "Colour", "Outcome Type"])
        sheet.write_row("F3", ["Decison date", "CPS unit", "Victim Surname"])
        sheet.write_row("B4", [46119, " 20 ab 01234 26 ", "red", "nfa"])
        sheet.write("F4", date(2026, 4, 2))
        sheet.write_row("G4", ["crown court", "Smith"])
    area = an_area()

    plan = a_plan(area, path)

    assert problems(plan) == []
    assert notes(plan) == [
        "The column “Colour” is not one that is read.",
        "The column “Decison date” was read as “Decision date”.",
    ]
    imported(area, path)
    assert local(Duty.objects.get().sent_at).date().isoformat() == "2026-04-07"
    assert Case.objects.get().urn == "20AB0123426"


@pytest.mark.parametrize(
    ("encoding", "delimiter"),
    [("utf-8", ","), ("utf-8-sig", ";"), ("utf-16", "\t"), ("cp1252", "|")],
)
def test_a_text_file_is_read_in_its_own_encoding_and_with_its_own_marks(
    tmp_path, encoding, delimiter
):
    row = a_row(Victim_name="Zoë Müller")
    path = a_csv(tmp_path / "week.csv", HEADER, row, encoding=encoding, delimiter=delimiter)

    imported(an_area(), path)

    assert str(PersonToTell.objects.get()) == "Zoë Müller"


def test_a_file_of_two_encodings_is_refused_by_its_line(tmp_path):
    path = tmp_path / "mixed.csv"
    lines = [",".join(HEADER), ",".join(a_row(Victim_name="Zoë Li")), ",".join(ROW)]
    old = ",".join(a_row(Victim_name="Zoë Ek"))
    path.write_bytes("\n".join(lines).encode() + b"\n" + old.encode("cp1252"))

    assert "Line 4 is written in an older encoding than line 2" in refusal_of(path)


def test_a_quotation_mark_that_never_closes_is_refused_by_its_line(tmp_path):
    path = tmp_path / "open.csv"
    path.write_text(",".join(HEADER) + "\n" + ",".join(ROW) + '\n20AB0123526,"Crown Court,x\n')

    assert "line 3 cannot be told apart: a quotation mark opens and never closes" in refusal_of(
        path
    )


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "The file is empty"),
        ("blank.csv", b"\xef\xbb\xbf\r\n ", "The file is empty"),
        ("empty.xlsx", b"", "The file is empty"),
        ("letter.csv", b"%PDF-1.7 ...", "is a PDF"),
        ("old.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "an old Excel workbook (.xls)"),
        ("text.xlsx", b"URN,Unit\n", "not an Excel workbook"),
        ("zip.xlsx", b"PK\x03\x04broken", "not a whole workbook"),
        ("nul.csv", b"URN,Unit\n\0\0\0", "not text"),
        ("one.csv", b"a,b,c\n1,2,3\n", "No row holds the column names"),
        ("header.csv", b"URN,Unit\n", "no rows beneath"),
        ("long.csv", b"URN,Unit\n" + b"x" * (limits.LINE_BYTES + 2), "Line 2 is longer"),
    ],
)
def test_a_file_that_is_no_extract_is_refused_in_words(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)

    assert words in refusal_of(path)


@pytest.mark.parametrize("seed", range(12))
def test_a_damaged_workbook_is_read_or_refused_and_never_fails_otherwise(tmp_path, seed):
    path = a_workbook(tmp_path / "week.xlsx", Week=[HEADER, *[ROW] * 30])
    chance = random.Random(seed)
    content = bytearray(path.read_bytes())
    for _ in range(chance.choice([1, 5, 50])):
        content[chance.randrange(len(content))] = chance.randrange(256)
    path.write_bytes(content[: chance.choice([len(content), len(content) // 2])])

    with suppress(FileRefused), open_tables(path, file_name=path.name) as tables:
        assert sum(1 for _ in tables.rows) <= 30


def test_a_locked_workbook_is_refused(tmp_path):
    path = tmp_path / "locked.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))

    assert "locked with a password" in refusal_of(path)


def test_a_workbook_with_macros_is_refused_whatever_its_name(tmp_path):
    path = a_workbook(tmp_path / "week.xlsx", Week=[HEADER, ROW])
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"code")

    assert "holds macros" in refusal_of(path)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path):
    path = a_workbook(tmp_path / "week.xlsx", Week=[HEADER, ROW])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/bomb.bin", b"\0" * 50_000_000)

    assert "far more than an extract does" in refusal_of(path)


def test_a_cell_of_many_megabytes_is_refused(tmp_path):
    path = tmp_path / "huge.xlsx"
    a_workbook(path, Week=[HEADER, ROW])
    cell = b'<c r="Z1" t="inlineStr"><is><t>' + b"x" * 30_000_000 + b"</t></is></c></row>"
    _replace_part(path, "xl/worksheets/sheet1.xml", b"</row>", cell, 1)

    assert "One row holds more than 4 MB" in refusal_of(path)


def test_a_cell_longer_than_excel_allows_is_refused_by_its_place(tmp_path):
    path = a_csv(tmp_path / "week.csv", HEADER, a_row(Victim_name="x" * 40_000))

    plan = a_plan(an_area(), path)

    assert problems(plan) == [
        (2, "Victim name", "The cell holds 40,000 characters; the most is 32,767.")
    ]


def test_a_workbook_with_a_document_type_is_refused(tmp_path):
    path = a_workbook(tmp_path / "week.xlsx", Week=[HEADER, ROW])
    start = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'
    _replace_part(path, "xl/worksheets/sheet1.xml", b"<worksheet", start + b"<worksheet", 1)

    assert "document type" in refusal_of(path)


def test_a_column_of_formulas_is_refused_with_the_way_to_mend_it(tmp_path):
    path = tmp_path / "formula.xlsx"
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append([*ROW[:4], '=IF(1=1,"Discontinued","")', ROW[5]])
    book.save(path)

    plan = a_plan(an_area(), path)

    assert problems(plan) == [
        (2, "Decision", "The cell E2 holds a formula or an error, not a plain value.")
    ]


def test_every_sheet_with_a_header_is_read_and_the_others_are_named(tmp_path):
    second = a_row(URN="20AB0123526", Decision_date=date(2026, 4, 1))
    path = a_workbook(
        tmp_path / "week.xlsx", Notes=[["Read me"]], One=[HEADER, ROW], Two=[HEADER, second]
    )

    plan = a_plan(an_area(), path)

    assert problems(plan) == []
    assert plan.counts.added == 2
    assert any("It was not read" in note for note in notes(plan))


def test_a_sheet_is_read_a_block_at_a_time_with_its_own_row_numbers(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "BLOCK_BYTES", 4_000)
    rows = [a_row(URN=f"20AB{number:05d}26") for number in range(1, 121)]
    rows[100] = a_row(URN="nonsense")
    path = a_workbook(tmp_path / "week.xlsx", Week=[HEADER, *rows])
    with workbooks.open_workbook(path) as workbook:
        numbers = [number for number, _ in workbook.rows(workbook.sheets[0])]

    plan = a_plan(an_area(), path)

    assert numbers == list(range(1, 122))
    assert plan.counts.added == 119
    assert [row for row, _, _ in problems(plan)] == [102]


def test_decisions_without_a_date_column_are_refused_at_the_header(tmp_path):
    path = a_csv(tmp_path / "week.csv", ["URN", "Unit", "Decision"], ["20AB0123426", "CC", "NFA"])

    assert "Decisions need a column “Decision date”" in refusal_of(path)


def test_a_cases_file_adds_cases_and_people_but_no_decisions(tmp_path):
    imported(an_area(), a_csv(tmp_path / "week.csv", HEADER[:4], ROW[:4]))

    assert Case.objects.count() == PersonToTell.objects.count() == 1
    assert not Decision.objects.exists()


def _replace_part(path, name, old, new, times):
    with zipfile.ZipFile(path) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    parts[name] = parts[name].replace(old, new, times)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as archive:
        for each, content in parts.items():
            archive.writestr(each, content)


FAR = b'</row><row r="1048576"><c r="A1048576"><v>5</v></c></row></sheetData>'


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param(b'r="F2"', b'r="ZZZZZZ2"', id="a column that no sheet has"),
        pytest.param(b'r="F2"', b"r='ZZZZZZ2'", id="written with other marks"),
        pytest.param(b'r="F2"', b'r="XFE2"', id="one column too far"),
        pytest.param(b'<c r="F2"', b'<x:c r="F99999999"', id="a row that no sheet has"),
        pytest.param(b"</row></sheetData>", FAR.replace(b'"A', b'"XFD'), id="the farthest corner"),
        pytest.param(b"</row></sheetData>", FAR, id="the last row"),
    ],
)
def test_cells_far_apart_are_refused_before_they_take_all_memory(tmp_path, old, new):
    path = changed_sheet(tmp_path, old, new)

    words = refusal_of(path)

    assert "outside the sheet" in words or "far from the others" in words
    assert "Copy the table alone into a new workbook" in words


def changed_sheet(tmp_path, old: bytes, new: bytes, part: str = "xl/worksheets/sheet1.xml"):
    """Return a workbook of which one part was changed by hand."""
    good = a_workbook(tmp_path / "good.xlsx", Week=[HEADER, ROW])
    path = tmp_path / "week.xlsx"
    with zipfile.ZipFile(good) as whole, zipfile.ZipFile(path, "w") as changed:
        for name in whole.namelist():
            content = whole.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new)
            changed.writestr(name, content)
    return path


def test_cells_written_without_their_places_are_read(tmp_path):
    path = changed_sheet(tmp_path, b'<c r="F2"', b"<c")

    assert problems(a_plan(an_area(), path)) == []


def test_a_wide_sheet_is_read(tmp_path):
    wide = [*HEADER, *[""] * 30, "Phone"]
    path = a_workbook(tmp_path / "week.xlsx", Week=[wide, [*ROW, *[""] * 30, "01632 960001"]])

    imported(an_area(), path)

    assert PersonToTell.objects.get().phone == "01632 960001"


@pytest.mark.parametrize("cell", [date(2026, 4, 2), 44652.5], ids=["a date", "a count of days"])
def test_a_workbook_that_counts_its_days_from_1904_is_read_so(tmp_path, cell):
    path = tmp_path / "week.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yy", "date_1904": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEADER, a_row(Decision_date=cell)]):
            sheet.write_row(number, 0, row)

    imported(an_area(), path)

    assert f"{local(Decision.objects.get().made_at):%d/%m/%Y}" == "02/04/2026"


def test_rows_that_are_hidden_are_read_and_that_is_said(tmp_path):
    path = changed_sheet(tmp_path, b'<row r="2"', b'<row r="2" hidden="1"')

    plan = a_plan(an_area(), path)

    assert plan.counts.added == 1
    assert notes(plan) == ["Some rows are hidden or filtered out. They were read too."]


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        pytest.param({"URN": "2.00012E+16"}, "URN", "took the reference for a number", id="E+16"),
        pytest.param({"Victim_name": "Jane\x07 Smith"}, "Victim name", "(U+0007)", id="a bell"),
        pytest.param(
            {"Victim_name": "=HYPERLINK(1)"}, "Victim name", "is a formula", id="a formula"
        ),
    ],
)
def test_a_cell_that_is_no_plain_text_is_refused_by_its_place(tmp_path, cells, column, words):
    plan = a_plan(an_area(), a_csv(tmp_path / "week.csv", HEADER, a_row(**cells)))

    [(row, found, message)] = problems(plan)
    assert (row, found) == (2, column)
    assert words in message


def test_a_reference_that_excel_made_a_number_is_refused(tmp_path):
    header = [*HEADER, "Victim ref no"]
    rows = [[*ROW, 20123456789012341.0], [*ROW, 20123456789012342.0]]

    plan = a_plan(an_area(), a_workbook(tmp_path / "week.xlsx", Week=[header, *rows]))

    assert [(row, column) for row, column, _ in problems(plan)] == [
        (2, "Victim ref no"), (3, "Victim ref no")
    ]  # fmt: skip


def test_marks_that_nobody_sees_are_left_out_and_numbers_kept_as_text_are_read(tmp_path):
    row = a_row(URN='="20AB0123426"', Victim_name="Jane \u200eSmith\u200b")

    imported(an_area(), a_csv(tmp_path / "week.csv", HEADER, row))

    assert str(PersonToTell.objects.get()) == "Jane Smith"


def test_a_file_that_says_utf_8_and_is_not_is_refused_by_its_line(tmp_path):
    path = a_csv(tmp_path / "week.csv", HEADER, a_row(Victim_name="Zoë"), encoding="cp1252")
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert "Line 2 is not written in UTF-8" in refusal_of(path)
