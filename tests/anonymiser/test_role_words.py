"""What stands for a colleague or for somebody else of a case is no words that somebody typed."""

import pytest

from forthright.anonymiser.known import known_of
from forthright.anonymiser.letters import anonymise
from forthright.anonymiser.role_words import colleague_said, other_said
from forthright.rules.case_file import OtherPerson, StaffMember
from forthright.rules.letter_checks.examples import example_case


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Victim Liaison Officer", "the liaison officer"),
        ("Liaison for the Droitwich stabbing families", "the liaison officer"),
        ("Senior Crown Prosecutor", "the prosecutor"),
        ("Legal manager", "the manager"),
        ("Lead on the Quarry Close case", "the colleague"),
        ("", "the colleague"),
    ],
)
def test_a_job_title_is_one_of_a_few_words(title, said):
    assert colleague_said(title) == said


@pytest.mark.parametrize(
    ("role", "said"),
    [
        ("Witness", "the witness"),
        ("the  police officer", "the police officer"),
        ("", "the other person"),
        ("landlady of the Crown in Droitwich", ""),
        ("victim’s boxing coach", ""),
    ],
)
def test_a_role_in_a_case_is_of_a_closed_list_or_nothing(role, said):
    assert other_said(role) == said


def test_what_was_typed_stands_in_no_letter():
    case = example_case()
    others = (
        OtherPerson(given_names="Ferris", family_name="Oyelaran", role="landlady of the Crown"),
        OtherPerson(given_names="Kit", family_name="Oyelaran", role="landlord"),
    )
    staff = (StaffMember(name="Priya Peverell", role="Lead on the Droitwich stabbing"),)
    case = case.model_copy(
        update={"others": others, "area": case.area.model_copy(update={"staff": staff})}
    )
    text = "Dear Ms Smith\n\nWe met Ferris Oyelaran, Kit Oyelaran and Priya Peverell.\n\nYours"

    said = anonymise(text, known_of(case)).text

    assert "We met [person B], [the landlord] and [the colleague]." in said
