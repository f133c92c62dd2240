"""Where people of a case share a name, a letter says who is meant, and of nobody wrongly."""

import re

import pytest

from forthright.anonymiser.known import ELSEWHERE, Known, KnownPerson
from forthright.anonymiser.letters import anonymise, places_of
from forthright.anonymiser.whose_names import OF_SEVERAL

READER = KnownPerson("the victim", "Amira", "Doyle", title="Ms", is_party=True, is_reader=True)
DEFENDANT = KnownPerson("the defendant", "Dean", "Doyle", title="Mr", is_party=True)
DOYLES = Known(people=(READER, DEFENDANT))
BROTHERS = Known(
    people=(
        KnownPerson("the victim", "Ella", "Quill", title="Ms", is_party=True, is_reader=True),
        KnownPerson("defendant A", "Mandeep", "Dhaliwal", is_party=True),
        KnownPerson("defendant B", "Manpreet", "Dhaliwal", is_party=True),
    )
)
MOTHER = Known(
    people=(
        KnownPerson("the parent", "Sarah", "Doyle", title="Mrs", is_party=True, is_reader=True),
        KnownPerson("the child", "Ella", "Doyle", is_party=True, is_child=True),
        DEFENDANT,
    )
)
TWO_FAMILIES = Known(
    people=(
        *DOYLES.people,
        KnownPerson("witness A", "Karen", "Osei", title="Mrs", is_party=True),
        KnownPerson("witness B", "Kofi", "Osei", title="Mr", is_party=True),
    )
)
SOMEBODY = "[a person of that family]"


def said(words, known):
    letter = f"Dear Ms Smith\n\n{words}\n\nYours sincerely\nRuth Lane"
    return anonymise(letter, known).text.split("\n")[2]


@pytest.mark.parametrize(
    ("words", "known", "instead"),
    [
        ("Mr Doyle was charged.", DOYLES, "[the defendant] was charged."),
        ("Dean Doyle denied it.", DOYLES, "[the defendant] denied it."),
        ("Amira Doyle and Dean Doyle.", DOYLES, "[the victim] and [the defendant]."),
        ("Doyle, Dean came.", DOYLES, "[the defendant], [the defendant] came."),
        ("D. Doyle met A. Doyle.", DOYLES, "[the defendant] met [the victim]."),
        ("Dean Robert Doyle rang.", DOYLES, "[the defendant] rang."),
        ("Dean R. Doyle rang.", DOYLES, "[the defendant] rang."),
        ("We ask you, Ms Doyle, to.", DOYLES, "We ask you, [the victim], to."),
        ("R v Doyle was listed.", DOYLES, "R v [the defendant] was listed."),
        ("It was Doyle’s car.", DOYLES, "It was [the defendant]’s car."),
        ("Your daughter Ella Doyle heard.", DOYLES, f"Your daughter {SOMEBODY} heard."),
        ("Then K. Doyle came.", DOYLES, f"Then {SOMEBODY} came."),
        ("It was the Doyles.", DOYLES, f"It was the {SOMEBODY}."),
        ("We saw the Doyle brothers.", DOYLES, f"We saw the {SOMEBODY} brothers."),
        ("We met Manpreet Dhaliwal.", BROTHERS, "We met [defendant B]."),
        ("We met Manpret Dhaliwal.", BROTHERS, "We met [defendant B]."),
        ("Mandeep and Manpreet Dhaliwal.", BROTHERS, "[defendant A] and [defendant B]."),
        ("We met Mr Dhaliwal.", BROTHERS, f"We met {SOMEBODY}."),
        ("We met M. Dhaliwal.", BROTHERS, f"We met {SOMEBODY}."),
        ("We met Miss Doyle.", MOTHER, "We met [the child]."),
        ("We met Ella Doyle.", MOTHER, "We met [the child]."),
        ("We met Mr Doyle.", MOTHER, "We met [the defendant]."),
        ("We met Mrs Osei.", TWO_FAMILIES, "We met [witness A]."),
    ],
)
def test_a_shared_name_is_of_whom_it_is_or_of_nobody(words, known, instead):
    # A title within a sentence is hidden with its name or stands before it; both are right.
    assert re.sub(r"\b(?:Mrs|Mr|Miss|Ms) (?=\[)", "", said(words, known)) == instead


def test_the_letter_that_was_sent_says_who_did_what():
    letter = (
        "Ms A Doyle\n4 Quarry Close\n\nDear Ms Doyle\n\nMr Doyle was charged with assaulting you. "
        "Dean Doyle denied it. I have decided to stop the case against Mr Doyle."
    )

    text = anonymise(letter, DOYLES).text

    assert text.startswith("[the victim]\n")
    assert "Dear [the victim]" in text
    assert text.endswith(
        "[the defendant] was charged with assaulting you. [the defendant] denied it. I have "
        "decided to stop the case against [the defendant]."
    )


def test_two_families_of_which_nobody_can_tell_have_a_letter_each():
    text = said("We met Karl Doyle and Jane Osei, then Karl Doyle.", TWO_FAMILIES)

    families = re.findall(r"a person of that family (\w)", text)

    assert families == ["A", "B", "A"]


def test_of_one_whole_name_two_people_of_the_case_are_nobody_and_a_colleague_listed_twice_is_one():
    father = KnownPerson("the witness", "Dean", "Doyle", is_party=True)
    twice = (
        KnownPerson("the prosecutor", "Ruth", "Lane"),
        KnownPerson("the writer", "Ruth", "Lane"),
    )
    known = Known(people=(*DOYLES.people, father, *twice))

    assert said("We met Dean Doyle.", known) == f"We met {SOMEBODY}."
    assert said("We met Ruth Lane.", known) == "We met [the prosecutor]."


def test_another_first_name_with_the_name_of_one_is_not_that_one():
    known = Known(people=(BROTHERS.people[0], replace_family(DEFENDANT, "Marsden")))

    assert said("We met Karen Marsden.", known) == f"We met {SOMEBODY}."
    assert said("We met Dean Marsden.", known) == "We met [the defendant]."
    assert said("We met DC Marsden.", known).endswith(f"{SOMEBODY}.")


def replace_family(person, family):
    return KnownPerson(person.role, person.given, family, title=person.title, is_party=True)


def test_a_whole_name_of_another_case_is_not_somebody_of_this_one():
    known = Known(people=(*DOYLES.people, KnownPerson(ELSEWHERE, "Karl", "Doyle")))

    assert said("We met Karl Doyle and Mr Doyle.", known) == (
        "We met [person B] and [the defendant]."
    )


@pytest.mark.parametrize("known", [DOYLES, BROTHERS, MOTHER, TWO_FAMILIES])
def test_whoever_is_meant_all_stays_hidden_that_was(known):
    names = [name for each in known.people for name in (each.given, each.family)]
    words = " ".join(f"{a} {b} rang, then {b}. {a[0]}. {b} wrote. The {b}s came." for a in names
                     for b in names)  # fmt: skip
    text = f"Dear Ms Smith\n\n{words}\n\nYours sincerely\nRuth Lane"

    masked = places_of(text, known).masked

    left = text
    for each in reversed(masked):
        left = left[: each.start] + "#" + left[each.end :]
    assert [name for name in names if name in left] == []
    assert any(each.role.startswith(OF_SEVERAL) for each in masked)
