import pytest

from forthright.accounts.models import Role
from forthright.cases.models import Case, Decision, PersonToTell
from forthright.extracts.models import ImportRun
from forthright.extracts.plans import Kind, Outcome
from forthright.rules.words import is_day_only, local
from forthright.schemes.models import DueChange, Duty
from tests import given
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


def plan_of(tmp_path, *rows, header=HEADER, kind=Kind.AUTO):
    """Return what importing these rows would do."""
    return a_plan(an_area(), a_csv(tmp_path / "week.csv", header, *rows), kind)


def test_a_plan_says_row_by_row_what_would_happen_and_writes_nothing(tmp_path):
    plan = plan_of(tmp_path, ROW)

    [row] = plan.file.rows(None, skip=0, take=10)
    assert (row.row, row.urn, row.outcome) == (2, "20AB0123426", Outcome.ADD)
    assert " ".join(row.words) == (
        "Adds the case. Adds Jane Smith. Adds the decision discontinued of 2 April 2026. "
        "A letter is owed to Jane Smith, due 7 April 2026."
    )
    assert not Case.objects.exists()


def test_the_same_file_twice_changes_nothing(tmp_path):
    area = an_area()
    path = a_csv(tmp_path / "week.csv", HEADER, ROW, a_row(Victim_name="Tom Jones", Enhanced="No"))
    imported(area, path)

    plan = a_plan(area, path)

    assert (plan.counts.added, plan.counts.changed, plan.counts.unchanged) == (0, 0, 2)
    assert imported(area, path) is None
    assert ImportRun.objects.count() == 1
    assert Duty.objects.count() == 2


def test_a_corrected_row_changes_the_record_and_says_from_what(tmp_path):
    area = an_area()
    imported(area, a_csv(tmp_path / "first.csv", HEADER, ROW))

    later = a_csv(tmp_path / "second.csv", HEADER, a_row(Enhanced="No"))
    plan = a_plan(area, later)
    imported(area, later)

    assert plan.counts.changed == 1
    [row] = plan.file.rows(None, skip=0, take=10)
    assert "entitlement from Enhanced to Standard" in row.words[0]
    duty = Duty.objects.get()
    assert duty.entitlement == "STANDARD"
    assert duty.due_on.isoformat() == "2026-04-13"
    assert DueChange.objects.get().old_due_on.isoformat() == "2026-04-07"


def test_a_decision_with_its_day_alone_says_that_its_hour_is_not_recorded(tmp_path):
    area = an_area()

    imported(area, a_csv(tmp_path / "week.csv", HEADER, a_row(Decision_date="02/04/2026 00:00")))

    assert is_day_only(Decision.objects.get().made_at)
    duty = Duty.objects.get()
    assert duty.due_because[0] == "Decided Thursday 2 April 2026, hour not recorded."
    assert duty.due_on.isoformat() == "2026-04-07"


STAGES = [*HEADER, "VLU told", "Explanation", "Drafted", "Approved", "Sent", "Delivered"]


def test_days_without_hours_are_on_time_and_in_order_on_one_day(tmp_path):
    area = an_area()
    days = ["02/04/2026", "02/04/2026", "07/04/2026", "07/04/2026", "07/04/2026", "07/04/2026"]

    imported(area, a_csv(tmp_path / "week.csv", STAGES, [*ROW, *days]))

    duty = Duty.objects.get()
    assert (duty.state, duty.late_stage) == (Duty.State.MET, "")


def test_a_day_without_its_hour_takes_no_known_hour_away(tmp_path):
    area = an_area()
    known = ["02/04/2026 17:10", "", "", "", "07/04/2026 15:00", ""]
    imported(area, a_csv(tmp_path / "first.csv", STAGES, [*ROW, *known]))
    alone = ["02/04/2026", "", "", "", "07/04/2026", ""]

    again = a_csv(tmp_path / "again.csv", STAGES, [*a_row(Decision_date="02/04/2026"), *alone])

    assert a_plan(area, again).counts.changes_nothing
    assert f"{local(Decision.objects.get().made_at):%H:%M}" == "16:55"


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_rows_the_one_with_the_hour_counts(tmp_path, order):
    area = an_area()
    rows = (ROW, a_row(Victim_name="Tom Jones", Decision_date="02/04/2026"))

    imported(area, a_csv(tmp_path / "week.csv", HEADER, *(rows[number] for number in order)))

    assert f"{local(Decision.objects.get().made_at):%H:%M}" == "16:55"


def test_an_empty_cell_leaves_what_is_held(tmp_path):
    area = an_area()
    imported(area, a_csv(tmp_path / "first.csv", HEADER, ROW))

    plan = a_plan(area, a_csv(tmp_path / "second.csv", HEADER, a_row(Enhanced="", Unit="")))

    assert plan.counts.changes_nothing


def test_stages_of_a_letter_come_in_later_and_are_judged(tmp_path):
    area = an_area()
    imported(area, a_csv(tmp_path / "first.csv", HEADER, ROW))
    header = [*HEADER, "VLU told", "Drafted", "Sent", "Sent time", "Drafter"]
    drafter = given.a_person(Role.VICTIM_LIAISON_OFFICER, area=area)
    row = [*ROW, "03/04/2026", "08/04/2026", "9 April 2026", "4.15pm", drafter.full_name]

    imported(area, a_csv(tmp_path / "second.csv", header, row))

    duty = Duty.objects.get()
    assert (duty.state, duty.drafter) == (Duty.State.LATE, drafter)
    assert local(duty.sent_at).isoformat() == "2026-04-09T16:15:00+01:00"


def test_a_drafter_without_an_account_keeps_the_name_of_the_file(tmp_path):
    imported(
        an_area(), a_csv(tmp_path / "week.csv", [*HEADER, "Drafter"], [*ROW, "Pat Of Another Area"])
    )

    duty = Duty.objects.get()
    assert (duty.drafter, duty.drafter_name) == (None, "Pat Of Another Area")


def test_a_letter_not_required_needs_its_reason(tmp_path):
    header = [*HEADER, "Letter required", "Reason not required"]
    second = a_row(URN="20AB0123526")

    plan = plan_of(tmp_path, [*ROW, "No", ""], [*second, "No", "Told in court"], header=header)

    assert problems(plan) == [
        (2, "Letter required", "The letter is said not to be required, but not why.")
    ]


def test_a_letter_that_is_not_required_is_closed_with_its_reason(tmp_path):
    header = [*HEADER, "Letter required", "Reason not required"]

    imported(an_area(), a_csv(tmp_path / "week.csv", header, [*ROW, "No", "Told in court"]))

    duty = Duty.objects.get()
    assert duty.state == Duty.State.NOT_REQUIRED
    assert duty.not_required_reason == "Told in court"


def test_a_file_with_one_refused_row_is_not_loaded_at_all(tmp_path):
    plan = plan_of(tmp_path, ROW, a_row(URN="20AB123426"))

    assert plan.is_refused
    assert (plan.counts.added, plan.counts.refused) == (1, 1)
    [(row, column, message)] = problems(plan)
    assert (row, column) == (3, "URN")
    assert "a leading 0 may be lost" in message


@pytest.mark.parametrize(
    ("change", "column", "words"),
    [
        ({"Decision_date": "01/01/1900"}, "Decision date", "cannot be meant"),
        ({"Decision_date": "29/03/2026 01:30"}, "Decision date", "the clocks went forward"),
        ({"Decision_date": "05/10/2026 23:50"}, "Decision date", "11:50pm has not come yet"),
        ({"Decision_date": "2"}, "Decision date", "is not a date"),
        ({"Decision_date": "01/01/2099"}, "Decision date", "has not come yet"),
        ({"Decision_date": "04/13/2026"}, "Decision date", "the month may stand before the day"),
        ({"Decision_date": ""}, "Decision date", "The decision has no date"),
        ({"Decision": "withdrawn"}, "Decision", "is not a kind of decision"),
        ({"Decision": ""}, "Decision", "The date has no decision"),
        ({"Enhanced": "maybe"}, "Enhanced", "does not say whether"),
        ({"Unit": "Crwn Court"}, "Unit", "Mercia has no unit called “Crwn Court”"),
        ({"URN": ""}, "URN", "The URN is missing"),
        ({"URN": "#REF!"}, "URN", "holds the error #REF!"),
    ],
)
def test_a_cell_that_cannot_be_right_is_refused_by_its_place(tmp_path, change, column, words):
    plan = plan_of(tmp_path, a_row(**change))

    [(row, found, message)] = problems(plan)
    assert (row, found) == (2, column)
    assert words in message


def test_an_unknown_unit_is_answered_with_the_nearest_and_the_list(tmp_path):
    plan = plan_of(tmp_path, a_row(Unit="Crwn Court"))

    [problem] = plan.file.problems()
    assert problem.mend == (
        "Did you mean Mercia Crown Court? The units are Mercia Crown Court and Mercia Magistrates."
    )


def test_one_urn_with_two_units_is_asked_about(tmp_path):
    plan = plan_of(tmp_path, ROW, a_row(Unit="Magistrates", Victim_name="Tom Jones"))

    [(row, column, message)] = problems(plan)
    assert (row, column) == (3, "Unit")
    assert message == (
        "Rows 2 and 3 say different things of this case: "
        "unit “Mercia Crown Court” and “Mercia Magistrates”."
    )


def test_two_victims_of_one_name_need_a_reference_each(tmp_path):
    header = [*HEADER, "E-mail"]

    plan = plan_of(tmp_path, [*ROW, "a@example.org"], [*ROW, "b@example.org"], header=header)

    [problem] = [each for each in plan.file.problems() if each.stops]
    assert "say different things of “Jane Smith”" in problem.message
    assert "give each a reference" in problem.mend


REFERENCED = [*HEADER, "Victim ref no", "E-mail", "Sent"]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param(["", "", ""], ["", "", ""], id="alike in everything"),
        pytest.param(["", "", ""], ["", "a@b.test", ""], id="one says more of the person"),
        pytest.param(["", "", ""], ["", "", "07/04/2026"], id="one says more of the letter"),
        pytest.param(["V1", "", ""], ["", "", ""], id="a reference only in the first"),
        pytest.param(["", "", ""], ["V2", "", ""], id="a reference only in the second"),
    ],
)
def test_a_name_that_stands_twice_for_one_decision_is_asked_about(tmp_path, first, second):
    area = an_area()
    path = a_csv(tmp_path / "week.csv", REFERENCED, [*ROW, *first], [*ROW, *second])

    plan = a_plan(area, path)

    [(row, column, message)] = problems(plan)
    assert (row, column) == (3, "Victim name")
    assert message == (
        "Rows 2 and 3 both name “Jane Smith” for the same decision. Are they two people?"
    )
    answered = a_plan(area, path, repeats_are_one=True)
    assert problems(answered) == []
    assert "They were read as one person, as was said." in notes(answered)[0]


@pytest.mark.parametrize(
    "second",
    [
        pytest.param(a_row(Decision_date="03/04/2026"), id="another decision"),
        pytest.param(a_row(Victim_name="Tom Jones"), id="another name"),
    ],
)
def test_rows_that_need_no_question_are_not_asked_about(tmp_path, second):
    assert problems(plan_of(tmp_path, ROW, second)) == []


def test_a_person_of_two_sheets_is_one_person(tmp_path):
    people = [["URN", "Unit", "Victim name", "Phone"], [*ROW[:3], "01632 960001"]]
    path = a_workbook(tmp_path / "week.xlsx", People=people, Decisions=[HEADER, ROW])

    imported(an_area(), path)

    assert PersonToTell.objects.get().phone == "01632 960001"


@pytest.mark.parametrize(
    ("held", "new"),
    [
        pytest.param("李 Smith", "王 Smith", id="names in another script"),
        pytest.param("Иван Petrov", "Пётр Petrov", id="names in Cyrillic"),
        pytest.param("Ł Nowak", "Ø Nowak", id="letters that are not English"),
    ],
)
def test_two_names_in_letters_of_another_script_are_two_people(tmp_path, held, new):
    area = an_area()
    imported(area, a_csv(tmp_path / "first.csv", HEADER, a_row(Victim_name=held)))

    imported(area, a_csv(tmp_path / "second.csv", HEADER, a_row(Victim_name=new)))

    assert PersonToTell.objects.count() == 2


def test_two_victims_of_one_name_with_references_are_two_people(tmp_path):
    header = [*HEADER, "Victim ref no"]

    imported(an_area(), a_csv(tmp_path / "week.csv", header, [*ROW, "V1"], [*ROW, "V2"]))

    assert PersonToTell.objects.count() == Duty.objects.count() == 2


def test_a_name_held_twice_cannot_be_told_apart_without_a_reference(tmp_path):
    area = an_area()
    header = [*HEADER, "Victim ref no"]
    imported(area, a_csv(tmp_path / "first.csv", header, [*ROW, "V1"], [*ROW, "V2"]))

    plan = a_plan(area, a_csv(tmp_path / "second.csv", HEADER, ROW))

    [(_, _, message)] = problems(plan)
    assert message == "2 people in this case are called “Jane Smith”."


def test_a_person_held_without_a_reference_gets_the_one_that_comes_later(tmp_path):
    area = an_area()
    imported(area, a_csv(tmp_path / "first.csv", HEADER, ROW))

    imported(area, a_csv(tmp_path / "second.csv", [*HEADER, "Victim ref no"], [*ROW, "V1"]))

    person = PersonToTell.objects.get()
    assert (person.reference, person.key) == ("V1", "ref:v1")


def test_a_case_of_no_unit_is_refused_unless_one_is_given_for_all(tmp_path):
    area = an_area()
    path = a_csv(tmp_path / "week.csv", HEADER, a_row(Unit=""))

    refused = a_plan(area, path)
    run = imported(area, path, unit=given.a_unit(area=area))

    assert "does not say which unit has it" in problems(refused)[0][2]
    assert run.records["cases"] == 1


def test_a_letter_sent_before_its_decision_is_refused(tmp_path):
    plan = plan_of(tmp_path, [*ROW, "01/04/2026"], header=[*HEADER, "Sent"])

    [(row, column, message)] = problems(plan)
    assert (row, column) == (2, "Sent")
    assert "the decision was made" in message


def test_what_is_said_of_a_letter_that_nobody_is_owed_is_noted_and_left_out(tmp_path):
    row = [*a_row(Decision="Charged"), "03/04/2026"]

    plan = plan_of(tmp_path, row, header=[*HEADER, "Sent"])

    assert problems(plan) == []
    assert "No letter is owed for this kind of decision" in notes(plan)[0]


def test_decisions_of_two_defendants_on_one_day_are_two(tmp_path):
    header = [*HEADER, "Defendant"]

    imported(an_area(), a_csv(tmp_path / "week.csv", header, [*ROW, "A One"], [*ROW, "B Two"]))

    assert Decision.objects.count() == Duty.objects.count() == 2


def test_standard_entitlement_and_a_vulnerable_victim_contradict_each_other(tmp_path):
    row = [*a_row(Enhanced="No"), "Vulnerable"]

    plan = plan_of(tmp_path, row, header=[*HEADER, "Categories"])

    assert "standard entitlement and also" in problems(plan)[0][2]


def test_a_year_for_which_the_area_has_no_rules_is_refused_in_words(tmp_path):
    plan = plan_of(tmp_path, a_row(Decision_date="03/04/2001"))

    [problem] = plan.file.problems()
    assert problem.column == "Decision date"
    assert problem.message.endswith("worked out for a decision of Tuesday 3 April 2001.")
    assert problem.mend == "Check the date of the decision."


def test_a_thousand_rows_need_few_queries(tmp_path, django_assert_max_num_queries):
    area = an_area()
    rows = [a_row(URN=f"20AB{number:05d}26") for number in range(1, 301)]
    path = a_csv(tmp_path / "week.csv", HEADER, *rows)

    with django_assert_max_num_queries(25):
        a_plan(area, path)
