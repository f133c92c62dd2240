"""Every field says what it means; a value that lacks or may not be used refuses the letter."""

from datetime import date

import pytest

from forthright.rules.case_file import Channel, Court, SafeContact
from forthright.rules.letter_blocks.assemble import LetterRefused, assemble
from forthright.rules.letter_blocks.block import published_wordings
from forthright.rules.letter_blocks.fields import FIELDS
from tests.rules.letter_blocks.cases import (
    AMIRA,
    MERCIA,
    NOTE,
    a_case,
    a_decision,
    a_letter,
    a_reader,
)


def letter_about(case, template="discontinued") -> str:
    held = published_wordings()
    return assemble(held.templates[template], held.blocks, case).plain()


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_has_a_meaning_and_an_example(name):
    field = FIELDS[name]

    assert field.meaning
    assert field.example
    assert field.is_optional or field.mend


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        pytest.param({"letter": a_letter(dated=None)}, "The day of the letter is not recorded. "
                     "Add it to the letter.", id="no date"),
        pytest.param({"recipient": AMIRA.model_copy(update={"address": ()})},
                     "name and address, or the way by which the letter goes is not recorded",
                     id="no address"),
        pytest.param({"accused": ()}, "everybody accused is not recorded. Add it to the case.",
                     id="nobody accused"),
        pytest.param({"offence": ""}, "The offence inside a sentence", id="no offence"),
        pytest.param({"note": None}, "There is no reasons note, so the letter cannot say why.",
                     id="no reasons note"),
        pytest.param({"letter": a_letter(signatory="")}, "Who signs the letter is not recorded.",
                     id="nobody signs"),
        pytest.param({"letter": a_letter(signatory="Nobody Known")},
                     "Nobody Known is not among the staff of Mercia.", id="a stranger signs"),
        pytest.param({"letter": a_letter(contact_name="Owen Reed")}, "Owen Reed has left Mercia.",
                     id="the contact has left"),
        pytest.param({"letter": a_letter(is_late=True, due_on=None)},
                     "The day by which the letter was due is not recorded.", id="late since when"),
        pytest.param({"area": MERCIA.model_copy(update={"support": ()})},
                     "Services that fit the case, each with how to reach it is not recorded. Ask "
                     "your administrator", id="no support"),
        pytest.param({"recipient": AMIRA.model_copy(update={
                      "address": ("4 Mill Lane", "Coventry"),
                      "safe_contact": SafeContact(unsafe_addresses=("4 mill lane, Coventry",))})},
                     "marked as one that is not safe", id="an unsafe address"),
        pytest.param({"recipient": AMIRA.model_copy(update={"address": tuple("ABCDEFGH")})},
                     "take 9 lines", id="an address too long for the window"),
    ],
)  # fmt: skip
def test_what_lacks_refuses_the_letter_in_words(changes, words):
    with pytest.raises(LetterRefused) as refusal:
        letter_about(a_case(**changes))

    assert words in str(refusal.value)


def test_what_two_fields_lack_alike_is_said_once():
    with pytest.raises(LetterRefused) as refusal:
        letter_about(a_case(letter=a_letter(signatory="Nobody Known", contact_name="")))

    assert len(refusal.value.problems) == 1


def test_everything_that_lacks_is_said_at_once():
    with pytest.raises(LetterRefused) as refusal:
        letter_about(a_case(accused=(), offence="", letter=a_letter(signatory="")))

    assert len(refusal.value.problems) >= 3


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ({"channel": Channel.VIA_POLICE}, "Ms Amira Begum\nBy hand, through the police"),
        ({"channel": Channel.VIA_ADVISER, "adviser": "Joan Webb"},
         "Ms Amira Begum\nCare of Joan Webb"),
        ({"channel": Channel.EMAIL, "address": ()}, "Ms Amira Begum"),
        ({}, "Ms Amira Begum\n4 Mill Lane\nCoventry\nCV1 2AB"),
    ],
)  # fmt: skip
def test_the_address_follows_the_recorded_route(changes, lines):
    said = letter_about(a_case(recipient=AMIRA.model_copy(update=changes)))

    assert said.startswith(f"{lines}\n\nPrivate: for you only\n\n4 June 2026")


def test_a_plain_envelope_bears_no_mark():
    reader = AMIRA.model_copy(update={"safe_contact": SafeContact(plain_envelope=True)})

    assert "Private" not in letter_about(a_case(recipient=reader))


def test_a_hearing_that_has_been_is_not_announced():
    charged = {"decision": a_decision("CHARGED"), "letter": a_letter("CHARGED")}

    to_come = a_case(**charged, court=Court(name="Leeds", hearing_on=date(2026, 6, 18)))
    past = a_case(**charged, court=Court(name="Leeds", hearing_on=date(2026, 6, 3)))

    assert "The first hearing is at Leeds on 18 June 2026." in letter_about(to_come, "charged")
    assert "Leeds" not in letter_about(past, "charged")


def test_facts_stand_as_the_prosecutor_wrote_them_each_on_its_own_line():
    note = NOTE.model_copy(update={"facts": ("the camera was off", "Was it dark?", "x\x00\ny")})

    said = letter_about(a_case(note=note))

    assert "- The camera was off.\n- Was it dark?\n- X y." in said


@pytest.mark.parametrize("words", ["{{ offence }}", "**now**", "## Not a heading", "<b>&amp;"])
def test_values_are_never_read_as_wording(words):
    assert words in letter_about(a_case(note=NOTE.model_copy(update={"facts": (words,)})))


def test_only_live_contacts_and_services_that_fit_are_given():
    said = letter_about(a_case())

    assert "01632 960 199" not in said
    assert "The Old Line" not in said
    assert "Rape Crisis" not in said
    assert "e-mail complaints@mercia.example" in said
    assert "e-mail letters@mercia.example" in said


def test_a_service_that_is_recorded_twice_is_given_once():
    twice = MERCIA.model_copy(update={"support": (*MERCIA.support, *MERCIA.support)})

    assert letter_about(a_case(area=twice)).count("Mercia Victim Support") == 1


def test_a_child_reads_plain_words_where_a_wording_lists_the_charges():
    child = a_case(recipient=a_reader(is_child=True), offence_in_plain_words="being hit")

    assert FIELDS["charges"].of(a_case()) == ("Assault by beating",)
    assert FIELDS["charges"].of(child) == ("Being hit",)
