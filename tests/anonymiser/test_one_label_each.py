"""Two people of one letter never have the same words, however many have one role."""

import pytest

from forthright.anonymiser.gate import left_in
from forthright.anonymiser.known import Known, KnownPerson, known_of, letter_of
from forthright.anonymiser.letters import anonymise
from forthright.rules.case_file import OtherPerson, StaffMember
from forthright.rules.letter_checks.examples import example_case

FAMILIES = [
    "Abbott", "Basset", "Cromwell", "Draycott", "Elphick", "Fothergill", "Gathercole", "Ingleby",
    "Hebblethwaite", "Jessop", "Kettleborough", "Lovelock", "Mottram", "Netherwood", "Pemberton",
    "Ollerenshaw", "Quennell", "Ramsbottom", "Satterthwaite", "Tattersall", "Uttley", "Verity",
    "Winstanley", "Yarwood", "Zouche", "Ackroyd", "Birtwistle", "Clitheroe",
]  # fmt: skip


def of_case(**changed):
    case = example_case()
    area = case.area.model_copy(update={"staff": changed.pop("staff", case.area.staff)})
    return case.model_copy(update={"area": area, **changed})


def prosecutors():
    return tuple(StaffMember(name=f"Nia {each}", role="Crown Prosecutor") for each in FAMILIES)


def said(words, known):
    return anonymise(f"Dear Ms Smith\n\n{words}\n\nYours", known).text.split("\n")[2]


def test_letters_go_on_beyond_z_and_none_comes_twice():
    assert [letter_of(each) for each in (0, 25, 26, 27, 52)] == ["A", "Z", "A2", "B2", "A3"]
    assert len({letter_of(each) for each in range(700)}) == 700


def test_what_stands_for_the_twenty_seventh_is_nobodys_initials():
    known = Known(people=(KnownPerson("the victim", "Aaron", "Abbott"),))

    words = f"[person {letter_of(26)}] told [prosecutor {letter_of(26)}]."

    assert left_in([("the letter", words)], known) == []


def test_of_more_prosecutors_than_letters_nobody_has_the_words_of_another():
    known = known_of(of_case(staff=prosecutors()))
    first, last = f"Nia {FAMILIES[0]}", f"Nia {FAMILIES[26]}"

    words = said(f"{first} decided to stop the case. {last} took no part in it.", known)

    decided, took_part = (each.split("]")[0] for each in words.split("[")[1:])
    assert decided != took_part
    roles = [each.role for each in known.people if each.family in FAMILIES]
    assert len(set(roles)) == len(FAMILIES)


@pytest.mark.parametrize(
    ("role", "of_reader"), [("victim", "the victim"), ("defendant", "the defendant")]
)
def test_somebody_else_of_a_case_is_not_the_reader_nor_whom_the_decision_is_about(role, of_reader):
    other = OtherPerson(given_names="Ferris", family_name="Oyelaran", role=role)
    known = known_of(of_case(others=(other,)))

    assert said("Ferris Oyelaran rang us.", known) == f"[another {role}] rang us."
    assert of_reader in [each.role for each in known.people]


def test_several_others_with_the_readers_role_are_told_apart():
    others = tuple(
        OtherPerson(given_names="Kit", family_name=each, role="victim")
        for each in ("Oyelaran", "Adeyemi")
    )

    words = said("Kit Adeyemi and Kit Oyelaran rang us.", known_of(of_case(others=others)))

    assert words == "[another victim B] and [another victim A] rang us."


def test_a_colleague_is_nobody_else_of_the_case_with_the_same_role():
    other = OtherPerson(given_names="Lena", family_name="Brandt", role="manager")
    staff = (StaffMember(name="Priya Peverell", role="Legal manager"),)

    words = said("Lena Brandt met Priya Peverell.", known_of(of_case(others=(other,), staff=staff)))

    assert words == "[the manager] met [manager A]."
