"""Rows that nearly name what is held: a decision with another time, a name with another letter."""

import pytest

from forthright.cases.models import Decision, PersonToTell
from forthright.extracts.imports.near import is_near_name
from forthright.extracts.plans import Near
from forthright.schemes.models import DueChange, Duty
from tests.extracts.files import (
    HEADER,
    ROW,
    a_csv,
    a_plan,
    a_row,
    an_area,
    import_of,
    imported,
    notes,
    problems,
)

pytestmark = pytest.mark.django_db

REFERENCED = [*HEADER, "Victim ref no", "Decision ref"]
LATER = a_row(Decision_date="14/04/2026 10:00")


@pytest.fixture
def area(tmp_path):
    """Return an Area that holds the usual row."""
    area = an_area()
    imported(area, a_csv(tmp_path / "first.csv", HEADER, ROW))
    return area


def second(tmp_path, *rows, header=HEADER):
    return a_csv(tmp_path / "second.csv", header, *rows)


@pytest.mark.parametrize(
    ("one", "other", "is_near"),
    [
        ("anna smith", "ana smith", True),
        ("anna smith", "anna smyth", True),
        ("jane smith", "jnae smith", True),
        ("mary ann lee", "maryann lee", True),
        ("anna j smith", "anna smith", True),
        ("jo smith", "jon smith", True),
        ("anna smith", "hannah smith", True),
        ("anna smith", "joanna smythe", False),
        ("ann lee", "ian lee", False),
        ("j smith", "k smith", False),
        ("李 smith", "王 smith", False),
        ("anna maria smith", "anna smith", False),
        ("anna smith", "anna brown", False),
    ],
)
def test_names_that_differ_by_a_letter_or_two_are_near(one, other, is_near):
    assert is_near_name(one, other) is is_near
    assert is_near_name(other, one) is is_near


@pytest.mark.parametrize(
    ("date", "given"),
    [
        pytest.param("01/04/2026", "Wednesday 1 April 2026", id="the day before"),
        pytest.param("14/04/2026 10:00", "Tuesday 14 April 2026, 10am", id="twelve days later"),
        pytest.param("02/04/2026 10:00", "Thursday 2 April 2026, 10am", id="the hour alone"),
    ],
)
def test_a_decision_near_to_one_that_no_row_names_is_asked_about(area, tmp_path, date, given):
    plan = a_plan(area, second(tmp_path, a_row(Decision_date=date)))

    [(row, column, message)] = problems(plan)
    assert (row, column) == (2, "Decision date")
    assert message == (
        f"The row gives the decision discontinued of {given}. Held in this case is one of "
        "Thursday 2 April 2026, 4:55pm, which no row of the file names. Is it that decision, with "
        "its time corrected, or another one?"
    )
    assert plan.file.note("near_decisions") == 1


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([a_row(Decision_date="17/04/2026")], id="fifteen days later"),
        pytest.param([a_row(Decision_date="01/04/2026", Decision="NFA")], id="another kind"),
        pytest.param([a_row(Decision_date="01/04/2026"), ROW], id="the one held is named too"),
        pytest.param([a_row(Decision_date="02/04/2026")], id="the day alone"),
    ],
)
def test_a_decision_that_is_plainly_another_or_the_same_is_not_asked_about(area, tmp_path, rows):
    assert problems(a_plan(area, second(tmp_path, *rows))) == []


def test_a_near_decision_with_a_reference_is_another(area, tmp_path):
    row = [*a_row(Decision_date="01/04/2026"), "", "D2"]

    imported(area, second(tmp_path, row, header=REFERENCED))

    assert Decision.objects.count() == Duty.objects.count() == 2


@pytest.mark.parametrize("date", ["01/04/2026 10:00", "02/04/2026 17:30", "14/04/2026 10:00"])
def test_a_decision_said_to_be_corrected_changes_with_its_letter(area, tmp_path, date):
    rows = [a_row(Decision_date=date), a_row(Decision_date=date, Victim_name="Piers Lyttelton")]
    path = second(tmp_path, *rows)

    plan = a_plan(area, path, near_decisions=Near.CORRECTED)
    import_of(area, plan)

    assert notes(plan)[0].endswith("It was read as that decision, with its time corrected, as was "
                                   "said.")  # fmt: skip
    assert Decision.objects.count() == 1
    assert Duty.objects.count() == 2
    assert DueChange.objects.count() == plan.moved
    assert a_plan(area, path).counts.changes_nothing


@pytest.mark.parametrize("date", ["01/04/2026 10:00", "02/04/2026 10:00"])
def test_a_decision_said_to_be_another_is_added(area, tmp_path, date):
    path = second(tmp_path, a_row(Decision_date=date))

    plan = a_plan(area, path, near_decisions=Near.ANOTHER)
    import_of(area, plan)

    assert notes(plan)[0].endswith("It was read as another decision, as was said.")
    assert Decision.objects.count() == Duty.objects.count() == 2
    assert a_plan(area, path).counts.changes_nothing


def test_the_day_before_its_correction_may_be_another_decision_later(area, tmp_path):
    import_of(area, a_plan(area, second(tmp_path, LATER), near_decisions=Near.CORRECTED))

    import_of(area, a_plan(area, second(tmp_path, ROW), near_decisions=Near.ANOTHER))

    assert Decision.objects.count() == 2


def test_which_of_two_was_corrected_is_not_guessed(area, tmp_path):
    imported(area, second(tmp_path, ROW, LATER))

    between = second(tmp_path, a_row(Decision_date="08/04/2026"))

    for answer in (None, Near.CORRECTED):
        [(_, _, message)] = problems(a_plan(area, between, near_decisions=answer))
        assert "one of Thursday 2 April 2026, 4:55pm or Tuesday 14 April 2026, 10am" in message
    import_of(area, a_plan(area, between, near_decisions=Near.ANOTHER))
    assert Decision.objects.count() == 3


def test_two_rows_that_may_both_be_the_one_held_clash(area, tmp_path):
    path = second(tmp_path, a_row(Decision_date="01/04/2026"), LATER)

    [(row, _, message)] = problems(a_plan(area, path, near_decisions=Near.CORRECTED))

    assert row == 3
    assert "Rows 2 and 3 say different things of the same decision" in message


def test_a_name_that_differs_by_a_letter_from_one_held_is_asked_about(area, tmp_path):
    plan = a_plan(area, second(tmp_path, a_row(Victim_name="Jane Smyth")))

    [(row, column, message)] = problems(plan)
    assert (row, column) == (2, "Victim name")
    assert message == (
        "“Jane Smyth” is not held in this case, but “Jane Smith” is, whom no row of the file "
        "names. Is it the same person, with the name corrected, or another person?"
    )
    assert plan.file.note("near_names") == 1


@pytest.mark.parametrize(
    ("rows", "header"),
    [
        pytest.param([a_row(Victim_name="Jane Smyth"), ROW], HEADER, id="both are named"),
        pytest.param([[*a_row(Victim_name="Jane Smyth"), "V2", ""]], REFERENCED, id="a reference"),
        pytest.param([a_row(Victim_name="Joan Smythe")], HEADER, id="another name"),
    ],
)
def test_a_name_that_is_plainly_another_is_not_asked_about(area, tmp_path, rows, header):
    imported(area, second(tmp_path, *rows, header=header))

    assert PersonToTell.objects.count() == 2


def test_a_name_near_to_two_that_are_held_is_another(area, tmp_path):
    imported(area, second(tmp_path, ROW, a_row(Victim_name="Jane Smits")))

    assert problems(a_plan(area, second(tmp_path, a_row(Victim_name="Jane Smitt")))) == []


@pytest.mark.parametrize(
    ("answer", "people"), [(Near.CORRECTED, ["Jane Smyth"]), (Near.ANOTHER, ["Jane Smith",
                                                                           "Jane Smyth"])]
)  # fmt: skip
def test_a_near_name_is_corrected_or_added_as_was_said(area, tmp_path, answer, people):
    path = second(tmp_path, a_row(Victim_name="Jane Smyth"))

    plan = a_plan(area, path, near_names=answer)
    import_of(area, plan)

    assert notes(plan)[0].endswith("as was said.")
    assert [each.mend for each in plan.file.problems()] == [
        "Nothing needs doing, unless that answer was wrong."
    ]
    assert sorted(map(str, PersonToTell.objects.all())) == people
    assert Duty.objects.count() == len(people)
    assert a_plan(area, path).counts.changes_nothing


def test_the_name_before_its_correction_may_be_another_persons_later(area, tmp_path):
    changed = second(tmp_path, a_row(Victim_name="Jane Smyth"))
    import_of(area, a_plan(area, changed, near_names=Near.CORRECTED))

    import_of(area, a_plan(area, second(tmp_path, ROW), near_names=Near.ANOTHER))

    assert PersonToTell.objects.count() == 2
