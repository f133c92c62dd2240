"""What is wrong in a file stands beside a column that the file has."""

import pytest

from tests.extracts.files import HEADER, ROW, a_csv, a_plan, a_row, an_area, problems

pytestmark = pytest.mark.django_db
TOLD = [*HEADER, "Told VLU"]


def plan_of(tmp_path, row, header):
    return a_plan(an_area(), a_csv(tmp_path / "week.csv", header, row))


def test_a_time_that_cannot_be_right_stands_beside_its_own_column(tmp_path):
    plan = plan_of(tmp_path, [*ROW, "01/04/2026"], TOLD)

    assert [each[:2] for each in problems(plan)] == [(2, "Told VLU")]


def test_what_is_left_out_of_a_letter_stands_beside_its_own_column(tmp_path):
    plan = plan_of(tmp_path, [*a_row(Decision="Charged"), "03/04/2026"], TOLD)

    assert [each.column for each in plan.file.problems()] == ["Told VLU"]


def test_a_missing_column_is_not_named_as_if_it_were_there(tmp_path):
    header = [name for name in HEADER if name != "Unit"]
    row = [value for name, value in zip(HEADER, ROW, strict=True) if name != "Unit"]

    [(number, column, message)] = problems(plan_of(tmp_path, row, header))

    assert (number, column) == (2, "URN")
    assert "does not say which unit" in message
