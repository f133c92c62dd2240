"""Of several colleagues the one whom a letter names first is A, whatever list they stand in."""

import json
from dataclasses import replace

import pytest

from forthright.anonymiser.colleagues import (
    lettered,
    told_apart,
    waits,
    with_letters_kept,
    without_letters,
)
from forthright.anonymiser.known import Known, KnownPerson, known_of
from forthright.anonymiser.letters import anonymise
from forthright.rules.case_file import StaffMember
from forthright.rules.letter_checks.examples import example_case

NAMES = ("Abel Tarrant", "Andrei Griffiths", "Nia Bevan", "Simran Campbell")


def known(*names, role="Victim Liaison Officer"):
    case = example_case()
    staff = tuple(StaffMember(name=each, role=role) for each in names)
    letter = case.letter.model_copy(update={"signatory": "", "contact_name": ""})
    area = case.area.model_copy(update={"staff": staff})
    return known_of(case.model_copy(update={"area": area, "letter": letter}))


def said(words, known):
    return anonymise(f"Dear Ms Smith\n\n{words}\n\nYours", known).text.split("\n")[2]


def roles(known):
    return {each.family: each.role for each in known.people}


@pytest.mark.parametrize("staff", [NAMES, NAMES[::-1], NAMES[1:]])
def test_who_is_named_first_is_a_whoever_else_works_there(staff):
    words = "Simran Campbell rang you. Then Nia Bevan wrote, and Ms Campbell rang again."

    text = said(words, known(*staff))

    assert text.startswith("[liaison officer A] rang you. Then [liaison officer B] wrote, and")
    assert text.endswith("[liaison officer A] rang again.")


def test_nothing_that_is_told_of_a_letter_says_where_in_the_list_somebody_stands():
    made = anonymise("Dear Ms Smith\n\nSimran Campbell rang you.\n\nYours", known(*NAMES))

    told = json.dumps(made.as_table())

    assert "a name of one of the liaison officers" in told
    assert "#" not in told
    assert "liaison officer D" not in told


def test_who_may_be_named_comes_after_all_who_are():
    made = anonymise(
        "Dear Ms Smith\n\nIt will be a grace to you. Nia Bevan rang.\n\nYours",
        known("Grace Will", "Nia Bevan"),
    )

    assert "[liaison officer A] rang" in made.text
    assert {each.role for each in made.looked_at if each.role} <= {"liaison officer B"}


def test_who_is_not_named_waits_for_the_next_letter_and_keeps_it():
    made = anonymise("Dear Ms Smith\n\nNia Bevan rang you.\n\nYours", known(*NAMES)).known

    assert roles(made)["Bevan"] == "liaison officer A"
    assert waits(roles(made)["Tarrant"])
    after, became = lettered(made, [roles(made)["Tarrant"], "the victim"])
    assert list(became.values()) == ["liaison officer B"]
    assert roles(after)["Bevan"] == "liaison officer A"
    assert lettered(after, [roles(after)["Tarrant"]]) == (after, {})


def test_what_is_known_later_leaves_everybody_their_letter():
    kept = anonymise("Dear Ms Smith\n\nNia Bevan rang you.\n\nYours", known(*NAMES[1:])).known

    people = with_letters_kept(known("Aaron Abbott", *NAMES).people, kept.people)

    now = roles(Known(tuple(people)))
    assert now["Bevan"] == "liaison officer A"
    assert all(waits(now[each]) for each in ("Abbott", "Tarrant", "Griffiths", "Campbell"))
    assert sum(each.family == "Bevan" for each in people) == 1
    again = with_letters_kept(known("Aaron Abbott", *NAMES).people, people)
    assert list(dict.fromkeys(again)) == list(dict.fromkeys(people))


def test_letters_that_were_given_by_the_list_stay_and_none_is_given_twice():
    def as_before(*names):
        letters = zip("ABCD", names, strict=False)
        return tuple(
            KnownPerson(f"liaison officer {letter}", *name.split()) for letter, name in letters
        )

    # Abel joined since the letter was taken, and what was known then stands behind.
    before = (*as_before(*NAMES), *as_before(*NAMES[1:]))

    now = Known(tuple(with_letters_kept(known(*NAMES).people, before)))

    assert roles(now)["Griffiths"] == "liaison officer A"
    assert roles(now)["Campbell"] == "liaison officer C"
    assert waits(roles(now)["Tarrant"])
    _, became = lettered(now, [roles(now)["Tarrant"]])
    assert list(became.values()) == ["liaison officer D"]


def test_other_words_of_the_letter_name_them_in_their_own_order():
    first = anonymise("Dear Ms Smith\n\nNia Bevan rang you.\n\nYours", known(*NAMES)).known

    text = said("Simran Campbell and Nia Bevan rang.", without_letters(first))

    assert text == "[liaison officer A] and [liaison officer B] rang."


def test_a_colleague_who_is_alone_in_a_role_needs_no_letter_and_keeps_that_when_others_come():
    alone = known("Nia Bevan")
    assert said("Nia Bevan rang.", alone) == "[the liaison officer] rang."

    later = Known(tuple(with_letters_kept(known(*NAMES).people, alone.people)))

    assert roles(later)["Bevan"] == "the liaison officer"
    assert said("Nia Bevan and Abel Tarrant.", later) == (
        "[the liaison officer] and [liaison officer A]."
    )


def test_people_known_besides_never_have_the_words_of_another():
    adviser = KnownPerson("the adviser", "Ann", "Pell")
    besides = [
        adviser,
        replace(adviser, family="Orme"),
        KnownPerson("somebody else told", "Ottoline", "Holt"),
        KnownPerson("somebody else told", "Quentin", "Rook"),
    ]

    found = [each.role for each in told_apart(besides, [adviser])]

    assert found == [
        "the adviser", "another adviser", "somebody else told A", "somebody else told B",
    ]  # fmt: skip
