"""How a letter calls its reader, the person it is about and the accused."""

import pytest

from forthright.rules.case_file import Accused, AccusedStatus, PersonName, Relation
from forthright.rules.letter_blocks.naming import (
    accused_as,
    accused_names,
    first_name,
    name_after_dear,
    name_on_envelope,
    whom,
)
from tests.rules.letter_blocks.cases import AMIRA, DANIEL, OTHER_ACCUSED, a_case, a_reader


@pytest.mark.parametrize(
    ("changes", "dear", "envelope"),
    [
        pytest.param({}, "Ms Begum", "Ms Amira Begum", id="title and surname"),
        pytest.param({"title": ""}, "Amira Begum", "Amira Begum", id="no title is made up"),
        pytest.param({"preferred_name": "Sam"}, "Sam Begum", "Ms Sam Begum", id="preferred name"),
        pytest.param({"preferred_name": "Mx Begum", "title": "Mx"}, "Mx Begum", "Mx Begum",
                     id="a whole preferred name"),
        pytest.param({"is_child": True}, "Amira", "Amira Begum", id="a child by first name"),
        pytest.param({"is_child": True, "preferred_name": "Ami"}, "Ami", "Ami Begum",
                     id="a child by the name they use"),
        pytest.param({"preferred_name": "Begum"}, "Ms Begum", "Ms Amira Begum",
                     id="a surname alone takes the title"),
        pytest.param({"preferred_name": "begum", "title": ""}, "Amira Begum", "Amira Begum",
                     id="or else the whole name"),
        pytest.param({"preferred_name": "Angela", "family_name": "Ng"}, "Angela Ng",
                     "Ms Angela Ng", id="a surname within another name is not a whole name"),
        pytest.param({"given_names": "", "title": ""}, "Begum", "Begum", id="only a surname"),
    ],
)  # fmt: skip
def test_the_reader(changes, dear, envelope):
    reader = AMIRA.model_copy(update=changes)

    assert name_after_dear(reader) == dear
    assert name_on_envelope(reader) == envelope


@pytest.mark.parametrize(
    ("relation", "words"),
    [
        (Relation.VICTIM, "you"),
        (Relation.PARENT, "Leon"),
        (Relation.BEREAVED, "Leon"),
        (Relation.SPOKESPERSON, "Leon"),
        (Relation.BUSINESS, "your business"),
    ],
)
def test_whom_it_happened_to(relation, words):
    assert whom(a_case(recipient=a_reader(relation))) == words


def test_nobody_is_guessed_where_the_person_is_not_recorded():
    assert whom(a_case(recipient=a_reader(Relation.PARENT, about=None))) == ""


def test_a_person_without_given_names_is_called_by_title_and_surname():
    assert first_name(PersonName(title="Mrs", family_name="Carter")) == "Mrs Carter"


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        ([AccusedStatus.SUSPECT], "the suspect"),
        ([AccusedStatus.DEFENDANT, AccusedStatus.DEFENDANT], "the defendants"),
        ([AccusedStatus.SUSPECT, AccusedStatus.DEFENDANT], "the people accused"),
        ([AccusedStatus.ACQUITTED], "the person charged"),
        ([AccusedStatus.CONVICTED, AccusedStatus.CONVICTED], "the people convicted"),
        ([], ""),
    ],
)
def test_the_accused_are_called_by_what_they_are(statuses, words):
    accused = tuple(Accused(family_name="Price", status=status) for status in statuses)

    assert accused_as(a_case(accused=accused)) == words


def test_several_accused_are_named_as_a_list():
    assert accused_names(a_case(accused=(DANIEL, OTHER_ACCUSED))) == "Daniel Price and Kim Lowe"
