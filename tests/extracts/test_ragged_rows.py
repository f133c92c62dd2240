"""Rows of a text file that are cut short, slipped, or without their empty last cells."""

import pytest

from forthright.table_files.problems import FileRefused
from tests.extracts.files import HEADER, ROW, a_csv, a_plan, a_row, an_area, notes, problems

pytestmark = pytest.mark.django_db
WHOLE = ",".join(ROW)
SECOND = ",".join(a_row(URN="20AB0123526"))


def a_text(path, *lines: str):
    """Write lines as they stand, without an end after the last."""
    path.write_text("\r\n".join([",".join(HEADER), *lines]), newline="")
    return path


@pytest.mark.parametrize(
    "cut",
    [
        pytest.param(SECOND[: SECOND.rindex(",")], id="before the last comma"),
        pytest.param(SECOND[:17], id="within a cell"),
        pytest.param(SECOND[:5], id="within the first cell"),
    ],
)
def test_a_text_file_whose_last_row_stops_short_is_refused_by_its_row(tmp_path, cut):
    path = a_text(tmp_path / "week.csv", WHOLE, cut)

    with pytest.raises(FileRefused) as refused:
        a_plan(an_area(), path)

    problem = refused.value.problem
    assert problem.row == 3
    assert "the file looks cut short" in problem.message
    assert "Run the extract again" in problem.mend


@pytest.mark.parametrize("lines", [[WHOLE, SECOND], [WHOLE, SECOND, ""], [WHOLE, SECOND, ",,,,,"]])
def test_a_text_file_that_is_whole_is_read_with_or_without_a_last_line_end(tmp_path, lines):
    plan = a_plan(an_area(), a_text(tmp_path / "week.csv", *lines))

    assert problems(plan) == []
    assert notes(plan) == []
    assert plan.counts.added == 2


@pytest.mark.parametrize(
    "row",
    [
        pytest.param([*ROW, "Mary"], id="one more than there are headings"),
        pytest.param([*ROW[:2], "", *ROW[2:]], id="slipped by an empty cell"),
        pytest.param([*ROW[:2], "Smith", "Jane", "", "", "02/04/2026"], id="a comma in a name"),
    ],
)
def test_a_row_with_more_cells_than_headings_is_refused_by_its_row(tmp_path, row):
    plan = a_plan(an_area(), a_csv(tmp_path / "week.csv", HEADER, row, SECOND.split(",")))

    [(number, _, message)] = problems(plan)
    assert number == 2
    assert "values may have slipped" in message
    assert (plan.counts.added, plan.counts.refused) == (1, 1)


def test_a_row_that_fills_the_column_without_a_heading_is_refused_by_its_row(tmp_path):
    path = a_csv(tmp_path / "week.csv", [*HEADER, ""], [*ROW, "Mary"], [*ROW, ""])

    assert [row for row, _, _ in problems(a_plan(an_area(), path))] == [2]


def test_empty_cells_beyond_the_headings_do_no_harm(tmp_path):
    path = a_csv(tmp_path / "week.csv", HEADER, [*ROW, "", " "])

    assert problems(a_plan(an_area(), path)) == []


def test_rows_without_their_empty_last_cells_are_read_and_that_is_said_once(tmp_path):
    header, row = [*HEADER, "Sent", "Drafter"], a_row(URN="20AB0123526")
    path = a_csv(tmp_path / "week.csv", header, [*ROW, "", ""], row, a_row(URN="20AB0123626"))

    plan = a_plan(an_area(), path)

    assert problems(plan) == []
    assert plan.counts.added == 3
    [note] = plan.file.problems()
    assert note.row == 3
    assert "2 rows have fewer cells than there are headings" in note.message
