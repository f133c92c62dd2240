"""Whoever is called by a title or a relation that is not theirs is somebody else of that family."""

import re

import pytest

from forthright.anonymiser.known import Known, KnownPerson
from forthright.anonymiser.letters import anonymise

SOMEBODY = "[a person of that family]"
MS, MRS, MR = "Ms", "Mrs", "Mr"


def a_reader(title=MS, family="Osei", **known):
    return KnownPerson(
        "the victim", "Amira", family, title=title, is_party=True, is_reader=True, **known
    )


def an_accused(title=MR, family="Marsden", **known):
    return KnownPerson("the defendant", "Dean", family, title=title, is_party=True, **known)


def said(words, *people, greeting="Dear Ms Osei"):
    letter = f"{greeting}\n\n{words}\n\nYours sincerely\nRuth Lane"
    told = " ".join(anonymise(letter, Known(people=people)).text.split("\n\n")[1].split())
    # A title within a sentence is hidden with its name or stands before it; both are right.
    return re.sub(r"\b(?:Mrs|Mr|Miss|Ms|Master|DC) (?=\[)", "", told)


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("We met Mrs Marsden.", f"We met {SOMEBODY}."),
        ("We met Miss Marsden, his sister.", f"We met {SOMEBODY}, his sister."),
        ("Mrs D. Marsden wrote.", f"{SOMEBODY} wrote."),
        ("Mr and Mrs Marsden left.", f"Mr and {SOMEBODY} left."),
        ("We met Mrs Dean.", "We met [a person of that name]."),
        ("It was the Marsdens.", f"It was the {SOMEBODY}."),
        ("It was the Marsden brothers.", f"It was the {SOMEBODY} brothers."),
        ("We met Mr Osei.", f"We met {SOMEBODY}."),
        ("Your husband, Mr Osei, saw it.", f"Your husband, {SOMEBODY}, saw it."),
        ("Your late husband Osei saw it.", f"Your late husband {SOMEBODY} saw it."),
        ("Your brother’s wife, Ms Osei, rang.", f"Your brother’s wife, {SOMEBODY}, rang."),
        ("Ms Osei, your sister, saw it.", f"{SOMEBODY}, your sister, saw it."),
        ("Ms Osei (your solicitor) rang.", f"{SOMEBODY} (your solicitor) rang."),
        ("Ms Osei is your sister.", f"{SOMEBODY} is your sister."),
    ],
)
@pytest.mark.parametrize("accused", [an_accused(), an_accused("", pronouns="HE")])
def test_what_fits_not_the_only_one_of_a_name_is_somebody_of_that_family(words, instead, accused):
    assert said(words, a_reader(), accused) == instead


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        ("We met Mr Marsden.", "We met [the defendant]."),
        ("We met Mr D Marsden.", "We met [the defendant]."),
        ("We met Marsden.", "We met [the defendant]."),
        ("We met Dr Marsden.", "We met [the defendant]."),
        ("It was Mr Marsden’s car.", "It was [the defendant]’s car."),
        ("We met your friend Mr Marsden.", "We met your friend [the defendant]."),
        ("We met Mr Marsden, his brother.", "We met [the defendant], his brother."),
        # By a whole name it is known who it is, whatever the title.
        ("We met Mrs Dean Marsden.", "We met [the defendant]."),
        ("We met the Marsden family.", "We met the [the defendant] family."),
        ("We met Ms Osei.", "We met [the victim]."),
        ("We met Mrs Osei.", "We met [the victim]."),
        ("We told you, Ms Osei, so.", "We told you, [the victim], so."),
        ("We met your daughter Amira Osei.", "We met your daughter [the victim]."),
        ("Ms Osei told your sister.", "[the victim] told your sister."),
    ],
)
@pytest.mark.parametrize("accused", [an_accused(), an_accused("", pronouns="HE"), an_accused("")])
def test_what_fits_the_only_one_of_a_name_is_asked_of_nobody(words, instead, accused):
    assert said(words, a_reader(), accused) == instead


@pytest.mark.parametrize(
    ("words", "instead"),
    [
        # Nothing is known of him, and nobody else has the name.
        ("We met Mrs Marsden.", "We met [the defendant]."),
        ("We met DC Marsden.", "We met [the defendant]."),
        # The letter names him with his title, or calls two people by one name.
        ("Mr Dean Marsden ran. Mrs Marsden saw it.", f"[the defendant] ran. {SOMEBODY} saw it."),
        (
            "Mr Marsden ran. Mrs Marsden saw it. Marsden fell.",
            f"{SOMEBODY} ran. {SOMEBODY} saw it. [the defendant] fell.",
        ),
    ],
)
def test_of_whom_nothing_is_known_the_letter_may_tell(words, instead):
    assert said(words, a_reader(), an_accused("")) == instead


@pytest.mark.parametrize(
    ("greeting", "words", "instead"),
    [
        ("Dear Ms Osei", "We met Mr Osei.", f"We met {SOMEBODY}."),
        ("Dear Ms. A. Osei", "We met Mr Osei.", f"We met {SOMEBODY}."),
        ("Dear Ms Osei", "We met Ms Osei.", "We met [the victim]."),
        ("Dear Mr and Mrs Osei", "We met Mr Osei.", f"We met {SOMEBODY}."),
        ("Dear Amira", "We met Mr Osei.", "We met [the victim]."),
    ],
)
def test_the_greeting_tells_the_title_of_a_reader_who_has_none(greeting, words, instead):
    assert said(words, a_reader(""), an_accused(), greeting=greeting) == instead


@pytest.mark.parametrize("greeting", ["Dear Mr Osei", "Dear Mr. Osei", "Dear Mr and Mrs Osei"])
def test_a_greeting_and_an_address_are_the_readers_whatever_the_title(greeting):
    letter = f"Mr and Mrs Osei\n4 Quarry Close\n\n{greeting}\n\nWe wrote to you, Mrs Osei."

    text = anonymise(letter, Known(people=(a_reader(), an_accused()))).text

    assert text.count("[the victim]") == 3
    assert SOMEBODY not in text


@pytest.mark.parametrize(
    ("words", "accused", "instead"),
    [
        ("Ms Doyle was hit by her husband.", "", "[the victim] was hit by her husband."),
        ("Ms Doyle was hit.", MR, "[the victim] was hit."),
        ("We met Mr Doyle.", "", "We met [the defendant]."),
        ("We met Mr Doyle.", MR, "We met [the defendant]."),
        ("We met Doyle.", "", "We met [the defendant]."),
        ("Ms Doyle, his sister, saw it.", "", f"{SOMEBODY}, his sister, saw it."),
        ("Your sister, Ms Doyle, saw it.", "", f"Your sister, {SOMEBODY}, saw it."),
        ("Mrs Doyle, his mother, saw it.", "", f"{SOMEBODY}, his mother, saw it."),
        ("Mrs Doyle, his mother, saw it.", MR, f"{SOMEBODY}, his mother, saw it."),
        ("Ms Doyle was charged.", MS, "[the defendant] was charged."),
    ],
)
def test_a_title_that_is_the_readers_is_of_nobody_of_whom_nothing_is_known(words, accused, instead):
    people = (a_reader(family="Doyle"), an_accused(accused, family="Doyle"))

    assert said(words, *people, greeting="Dear Ms Doyle") == instead


@pytest.mark.parametrize(
    ("title", "letter_says", "instead"),
    [
        ("Miss", "Mrs", SOMEBODY),
        (MRS, "Miss", SOMEBODY),
        ("Mx", "Mr", SOMEBODY),
        (MR, "Mx", SOMEBODY),
        (MR, "DC", SOMEBODY),
        (MR, "Judge", SOMEBODY),
        (MRS, "Ms", "[the defendant]"),
        ("Dr", "Mrs", "[the defendant]"),
        ("Mr.", "Master", "[the defendant]"),
    ],
)
def test_nobody_has_two_titles_that_stand_apart(title, letter_says, instead):
    told = said(f"We met {letter_says} Marsden.", a_reader(), an_accused(title))

    assert told.removeprefix("We met ").removeprefix("Mx ") == f"{instead}."


def test_a_child_is_no_mr_and_an_officer_of_the_case_may_be_a_constable():
    child = KnownPerson("the child", "Kofi", "Quill", is_party=True, is_child=True)
    officer = KnownPerson("the officer in the case", "Ann", "Hale", title=MS, is_party=True)

    assert said("We met Mr Quill.", a_reader(), child) == f"We met {SOMEBODY}."
    assert said("We met Master Quill.", a_reader(), child) == "We met [the child]."
    assert said("We met DC Hale.", a_reader(), officer).endswith("[the officer in the case].")
    assert said("We met Mr Hale.", a_reader(), officer) == f"We met {SOMEBODY}."


def test_a_job_beneath_a_signature_is_no_rank_of_the_name_below_it():
    words = "Victim Liaison Officer\nMarsden was charged."

    assert said(words, a_reader(), an_accused()).endswith("[the defendant] was charged.")


def test_what_the_record_says_now_of_somebody_comes_before_what_it_said_once():
    people = (a_reader(), an_accused(MS), an_accused(MR))

    assert said("We met Ms Marsden.", *people) == "We met [the defendant]."
    assert said("We met Mr Marsden.", *people) == f"We met {SOMEBODY}."
