"""Cells that are no plain value, or cannot be what their column holds."""

import pytest
import xlsxwriter

from forthright.cases.models import PersonToTell
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


def test_of_a_formula_nothing_else_is_complained_of(tmp_path):
    path = tmp_path / "formula.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate([HEADER, ROW, a_row(URN="20AB0123526")]):
            sheet.write_row(number, 0, row)
        # Excel saves 0 beside a formula that it has not worked out.
        sheet.write_formula("A2", "=B9", None, 0)

    plan = a_plan(an_area(), path)

    assert problems(plan) == [
        (2, "URN", "The cell A2 holds a formula or an error, not a plain value.")
    ]
    assert (plan.counts.added, plan.counts.refused) == (1, 1)


def test_cells_merged_downward_are_named_with_their_range_and_the_mend(tmp_path):
    path = tmp_path / "merged.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.merge_range("A1:D2", "Mercia: letters of the week")
        sheet.write_row("A3", HEADER)
        for row in range(3, 6):
            sheet.write_row(row, 0, ROW)
        sheet.merge_range("A4:A6", ROW[0])

    found = a_plan(an_area(), path).file.problems()

    assert [(each.row, each.column, each.stops) for each in found] == [
        (5, HEADER[0], True), (6, HEADER[0], True)
    ]  # fmt: skip
    assert found[0].message == (
        "The cell A5 is merged with others (A4:A6): only the first of them holds a value."
    )
    assert "Select A4:A6, choose Unmerge Cells" in found[0].mend


def test_a_formula_in_a_row_that_looks_empty_is_refused_too(tmp_path):
    path = tmp_path / "formula.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        sheet.write_row(1, 0, ROW)
        sheet.write_formula("A3", '=""', None, "")

    assert [row for row, _, _ in problems(a_plan(an_area(), path))] == [3]


@pytest.mark.parametrize(
    ("column", "cell", "why"),
    [
        ("Victim name", "+44 7700 900123", "begins with “+”"),
        ("Victim name", " @SUM(A1)", "begins with “@”"),
        ("Victim name", "<b>Jane Smith</b>", "holds “<”"),
        ("Surname", "Smith>", "holds “>”"),
        ("First name", "+", "begins with “+”"),
        ("Known as", "@jane", "begins with “@”"),
        ("Defendant", "<script>", "holds “<”"),
        ("Drafter", "@jane", "begins with “@”"),
        ("Prosecutor", "A <b> Lawyer", "holds “<”"),
        ("Victim name", "12345", "has no letter in it"),
        ("Surname", "-", "has no letter in it"),
        ("Surname", "-1+2", "begins with “-”"),
        ("Defendant", "07700 900123", "has no letter in it"),
        (
            "Victim name",
            "Anna \u202eHtims",
            "holds a mark that turns the writing after it round (U+202E)",
        ),
        (
            "Drafter",
            "Pat \u2067Reed",
            "holds a mark that turns the writing after it round (U+2067)",
        ),
    ],
)
def test_what_cannot_be_a_name_is_refused_with_the_mend(tmp_path, column, cell, why):
    row = [*a_row(Victim_name=""), cell] if column != "Victim name" else a_row(Victim_name=cell)
    header = [*HEADER, column] if column != "Victim name" else HEADER

    plan = a_plan(an_area(), a_csv(tmp_path / "week.csv", header, row))

    [problem] = plan.file.problems()
    assert (problem.row, problem.column, problem.stops) == (2, column, True)
    assert problem.message.endswith(f" cannot be a name: it {why}.")
    assert problem.mend.startswith("Type the name alone.")


def test_all_that_is_wrong_in_a_row_is_told_at_once(tmp_path):
    header = [*HEADER, "Drafter", "E-mail"]
    row = [*a_row(URN="20AB01235"), "=cmd()", "not an address"]

    plan = a_plan(an_area(), a_csv(tmp_path / "week.csv", header, row))

    assert sorted(column for _, column, _ in problems(plan)) == ["Drafter", "E-mail", "URN"]


def test_of_what_hangs_on_a_cell_that_cannot_be_read_nothing_is_complained_of(tmp_path):
    row = a_row(Victim_name="12345", Decision_date="")

    found = problems(a_plan(an_area(), a_csv(tmp_path / "week.csv", HEADER, row)))

    assert [column for _, column, _ in found] == ["Victim name"]


def test_a_number_of_excel_in_the_column_of_names_is_no_name(tmp_path):
    path = a_workbook(tmp_path / "week.xlsx", Week=[HEADER, a_row(Victim_name=12345)])

    [(row, column, message)] = problems(a_plan(an_area(), path))

    assert (row, column) == (2, "Victim name")
    assert message == "“12345” cannot be a name: it has no letter in it."


def test_whoever_drafted_a_letter_may_be_known_by_a_number(tmp_path):
    path = a_csv(tmp_path / "week.csv", [*HEADER, "Drafter"], [*ROW, "40217"])

    assert problems(a_plan(an_area(), path)) == []


@pytest.mark.parametrize("name", ["Jane\u200b Smith", "\ufeffJane Smith", "Jane Smith\u061c"])
def test_a_mark_that_nobody_sees_is_left_out_of_a_name_with_a_note(tmp_path, name):
    area = an_area()
    path = a_csv(tmp_path / "week.csv", HEADER, a_row(Victim_name=name))

    [note] = notes(a_plan(area, path))
    imported(area, path)

    assert note.startswith("“Jane Smith” holds a mark that nobody sees (U+")
    assert str(PersonToTell.objects.get()) == "Jane Smith"


@pytest.mark.parametrize("name", ["O’Neill-Smith, Áine (née Byrne)", "D+G Builders", "J @ K Ltd"])
def test_names_of_every_other_kind_are_read(tmp_path, name):
    path = a_csv(tmp_path / "week.csv", HEADER, a_row(Victim_name=name))

    assert problems(a_plan(an_area(), path)) == []
