"""The gate finds known names with the slips that letters often have, and stops at little else."""

import pytest

from benchmarks.anonymiser.letters import FIFTH, SIXTH, measuring_letters
from forthright.anonymiser import record_people, slipped
from forthright.anonymiser.gate import left_in
from forthright.anonymiser.known import Known, KnownPerson
from forthright.anonymiser.letters import anonymise, read_plainly
from forthright.anonymiser.slipped import may_be_slips_in, slips_in

KNOWN = Known(
    (
        KnownPerson("the victim", "Amira Rose", "Osei"),
        KnownPerson("the defendant", "Łukasz", "O’Shea"),
        KnownPerson("the witness", "Neil", "Van Dyke", ("Nobby",)),
        KnownPerson("the child", "Ngũgĩ", "Ng"),
        KnownPerson("the officer", "Fionnuala", "McCall"),
        KnownPerson("the teacher", "Grace", "Al-Hassan"),
        KnownPerson("the neighbour", "Has", "Willis"),
        KnownPerson("the sergeant", "Ella", "Khan"),
        KnownPerson("the landlord", "Will", "Wiśniewski-Hale"),
        KnownPerson("the driver", "Ivo", "Thanks"),
        KnownPerson("the clerk", "Ada", "Whoo"),
    )
)
SLIPS = [
    ("I spoke to Mr O Shea.", "O Shea"),
    ("I spoke to Mr O‘Shea.", "O‘Shea"),
    ("I spoke to Mr O´Shea.", "O´Shea"),
    ("I spoke to Mr O`Shea.", "O`Shea"),
    ("I spoke to Mr O-Shea.", "O-Shea"),
    ("We asked Vandyke.", "Vandyke"),
    ("We asked VanDyke.", "VanDyke"),
    ("We asked Mc Call.", "Mc Call"),
    ("We asked Al Hassan.", "Al Hassan"),
    ("O S E I was on the form.", "O S E I"),
    ("The Oseis were there.", "Oseis"),
    ("The Hassans were there.", "Hassans"),
    ("Osie told us so.", "Osie"),
    ("Amra told us so.", "Amra"),
    ("Ng told us.", "Ng"),
    ("Ms O told us.", "O"),
    ("It was tagged #JusticeForAmira.", "#JusticeForAmira"),
    ("It was tagged #justiceforamira.", "#justiceforamira"),
    ("It was tagged #JusticeForGrace.", "#JusticeForGrace"),
    ("He wrote to amiraosei1990.", "amiraosei1990"),
    ("He wrote to Osei_Amira.", "Osei_Amira"),
    ("The file OseiStatement2.docx was read.", "OseiStatement2.docx"),
    ("I spoke to Os\nei about it.", "Os\nei"),
    ("We asked Van\nDyke.", "Van\nDyke"),
    ("We asked PC Kahn.", "Kahn"),
    ("We asked PC 4412 Khann.", "Khann"),
    ("We asked Mr Hales.", "Hales"),
    ("We asked Mr\nHaile.", "Haile"),
    ("We asked Mr P. Hales.", "Hales"),
    ("We asked Sgt. John Khans.", "Khans"),
    ("We asked Miss Ela.", "Ela"),
    ("HHJ Kahn said so.", "Kahn"),
    ("We asked Mr Thank.", "Thank"),
    ("We asked Mrs\nThank.", "Thank"),
    ("We asked Officer Kahn Thank.", "Kahn"),
    ("We asked PC Whoos.", "Whoos"),
    ("We wrote to the Khans.", "Khans"),
    ("The Hales live there.", "Hales"),
    ("We asked about the Khans’ home.", "Khans’"),
]
STAYS = [
    "We called Court 2 and the Crown.",
    "Will is coming, and so has an officer.",
    "Has an officer rung you?",
    "The osier and the oases.",
    "Call us; the Rose was red.",
    "Thank you for #justice and the MG11 form, CCTV2 and iPhone7.",
    "An agreed form, n g and so on.",
    "[Officer A] and [the victim] met Mr O’s clerk.",
    "grace and mercy",
    "They halt and inhale; the khans of old.",
    "PS Hall was quiet, and the PC came by.",
    "I rang the Halls and the Courts.",
    "The Lord Chief Justice and the Police Constable were there.",
    "He said that he will.\nIs that so?",
    "Signed, Detective Constable\nThank you for it.",
    "Signed, Detective Constable Thank you for it.",
    "Signed, Officer\nThank you. Inspector\nHalt it.",
    "The Police Officer Who came was kind.",
]


@pytest.mark.parametrize(("text", "slip"), SLIPS)
def test_a_slip_in_a_known_name_is_left(text, slip):
    start = text.index(slip)
    end = start + len(slip)

    left = left_in([("the letter", text)], KNOWN)

    assert any(each.found.start < end and each.found.end > start for each in left)


@pytest.mark.parametrize("text", STAYS)
def test_what_is_no_name_stays(text):
    assert list(slips_in(text, KNOWN)) == []


@pytest.mark.parametrize(
    ("family", "said"),
    [
        ("Hale", "PC Hall"), ("Hale", "DC 4412 Hall"), ("Hale", "HHJ Hall"), ("Hart", "PC Hard’s"),
        ("Reid", "Sergeant Read"), ("Marsh", "PC March"), ("Stuart", "PC Stewart"),
    ],
)  # fmt: skip
def test_a_word_or_another_name_that_may_be_a_slip_is_asked_about_after_a_rank(family, said):
    known = Known((KnownPerson("the officer", "Sam", family),))

    left = left_in([("the letter", f"I spoke to {said} about it.")], known)

    assert [(each.words, each.is_asked) for each in left] == [(said.split()[-1], True)]


@pytest.mark.parametrize(
    "text", ["The Police Officer Whom you met.", "PC Wells rang.", "The hall was full. Hall of it."]
)
def test_what_is_further_from_a_name_is_not_asked_about(text):
    known = Known((KnownPerson("the officer", "Sam", "Hale"), KnownPerson("a clerk", "Al", "Who")))

    assert left_in([("the letter", text)], known) == []


def test_a_word_that_is_nobodys_is_looked_at_once_however_often_it_stands(monkeypatch):
    looked_at = []
    how_near, is_name = slipped._how_near, record_people._is_name
    monkeypatch.setattr(
        slipped, "_how_near", lambda said, *rest: looked_at.append(said) or how_near(said, *rest)
    )
    monkeypatch.setattr(
        record_people, "_is_name",
        lambda said, *rest, **named: looked_at.append(said) or is_name(said, *rest, **named),
    )  # fmt: skip

    left = left_in([("the letter", "Quillfeather asked Osie. " * 300)], KNOWN)

    # In each of the ways in which a text is read, for each person.
    assert looked_at.count("Quillfeather") <= 10 * len(KNOWN.people)
    assert [each.words for each in left] == ["Osie"] * 300


@pytest.mark.slow  # letters of the frames for tuning, each by the records of all
def test_of_letters_whose_names_are_hidden_no_word_is_asked_about_as_a_slip():
    letters = measuring_letters(30, seed=41)
    texts = [anonymise(each.text, each.known).text for each in letters]

    asked = [
        text[found.start : found.end]
        for letter in letters
        for text in texts
        for found in may_be_slips_in(text, letter.known)
    ]

    assert asked == []


def test_slips_are_found_where_the_machine_has_no_dictionary(monkeypatch):
    monkeypatch.setattr(slipped, "dictionary", lambda: None)
    for kept in (slipped._is_word, slipped._names_of):
        kept.cache_clear()

    found = list(slips_in("The Oseis and #AmiraOsei2", KNOWN))

    for kept in (slipped._is_word, slipped._names_of):
        kept.cache_clear()
    assert [each.role for each in found] == ["the victim", "the victim"]


@pytest.mark.slow  # letters in which each word is compared with each name
@pytest.mark.parametrize("of", [FIFTH, SIXTH])
def test_of_letters_whose_names_it_knows_it_stops_at_nothing_beside_them(of):
    stopped = []
    for letter in measuring_letters(42, seed=6, of=of):
        text = read_plainly(letter.text)
        named = bytearray(len(text))
        for mark in letter.marks:
            named[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
        stopped += [text[each.start : each.end] for each in slips_in(text, letter.known)
                    if not any(named[each.start : each.end])]  # fmt: skip

    # “Annwyl” is a greeting, and a letter off the name Anwyl.
    assert set(stopped) <= {"Annwyl"}


def test_what_another_letter_of_the_pack_surely_names_is_no_slip_that_is_only_asked_about():
    known = Known((KnownPerson("the officer", "Sam", "Hale"),))
    beside = Known((KnownPerson("the witness", "Ann", "Hall"),))

    found = list(left_in([("p", "We read PC Hall’s notes.")], known, beside=beside))

    assert [(each.words, each.is_asked) for each in found] == [("Hall", False)]
