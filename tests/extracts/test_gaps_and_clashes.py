"""Rows that leave somebody out, or say two things of a case that is held."""

import pytest

from tests import given
from tests.extracts.files import (
    HEADER,
    ROW,
    a_csv,
    a_plan,
    a_row,
    an_area,
    imported,
    notes,
    problems,
)

pytestmark = pytest.mark.django_db


def test_two_rows_that_disagree_about_a_case_that_is_held_are_asked_about(tmp_path):
    area = an_area()
    given.a_unit("RASSO", area=area)
    imported(area, a_csv(tmp_path / "first.csv", HEADER, ROW))
    other = a_row(Unit="RASSO", Victim_name="Tom Jones")

    plan = a_plan(area, a_csv(tmp_path / "second.csv", HEADER, ROW, other))

    assert "Rows 2 and 3 say different things of this case" in problems(plan)[0][2]


@pytest.mark.parametrize(
    ("column", "first", "second", "told_of"),
    [
        pytest.param("Remarks", ("Yes", ""), ("No", ""), ["Enhanced"], id="entitlements differ"),
        pytest.param("Under 18", ("Yes", ""), ("Yes", "Yes"), [], id="one row says why"),
        pytest.param("Categories", ("Yes", ""), ("", "Vulnerable"), [], id="one row gives groups"),
        pytest.param(
            "Categories", ("", "Bereaved"), ("", "Vulnerable"), ["Categories"], id="two reasons"
        ),
    ],
)
def test_of_two_rows_that_differ_only_columns_that_differ_are_told_of(
    tmp_path, column, first, second, told_of
):
    header = [*HEADER, column]
    rows = [
        [*a_row(Enhanced=enhanced, Decision=kind), more]
        for (enhanced, more), kind in ((first, "NFA"), (second, "Discontinued"))
    ]

    plan = a_plan(an_area(), a_csv(tmp_path / "week.csv", header, *rows))

    assert [column for _, column, _ in problems(plan)] == told_of


def test_a_decision_of_which_nobody_is_named_to_be_told_is_noted(tmp_path):
    plan = a_plan(an_area(), a_csv(tmp_path / "week.csv", HEADER, a_row(Victim_name="")))

    [note] = notes(plan)
    assert "Nobody is named to be told of this decision" in note
    assert plan.counts.added == 1


def test_nothing_is_noted_where_somebody_is_held_to_be_told(tmp_path):
    area = an_area()
    imported(area, a_csv(tmp_path / "first.csv", HEADER, ROW))

    plan = a_plan(area, a_csv(tmp_path / "second.csv", HEADER, a_row(Victim_name="")))

    assert notes(plan) == []


DOUBT = "Close relatives of somebody who died have enhanced entitlement under the Victims’ Code"


@pytest.mark.parametrize(
    ("relation", "enhanced", "is_noted"),
    [
        ("Bereaved relative", "No", True),
        ("Bereaved relative", "Yes", False),
        ("Bereaved relative", "", False),
        ("Victim", "No", False),
    ],
)
def test_a_bereaved_relative_with_standard_entitlement_is_noted(
    tmp_path, relation, enhanced, is_noted
):
    path = a_csv(
        tmp_path / "week.csv", [*HEADER, "Relation"], [*a_row(Enhanced=enhanced), relation]
    )

    plan = a_plan(an_area(), path)

    assert plan.counts.added == 1
    assert problems(plan) == []
    assert [note.startswith(DOUBT) for note in notes(plan)] == [True] * is_noted


def test_it_is_noted_of_a_relative_who_is_held_too(tmp_path):
    area, header = an_area(), [*HEADER, "Relation"]
    first = a_csv(tmp_path / "first.csv", header, [*a_row(Enhanced=""), "Bereaved relative"])
    imported(area, first)

    plan = a_plan(area, a_csv(tmp_path / "second.csv", HEADER, a_row(Enhanced="No")))

    [note] = plan.file.problems()
    assert (note.row, note.column) == (2, "Enhanced")
    assert note.message.startswith(DOUBT)
