"""What the reasons have to say besides: words for a child, and whom of several they are about."""

from dataclasses import replace

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.cases.models import Decision, Defendant
from forthright.letters.models import ReasonsNote
from forthright.letters.selectors.case_facts import case_file_for
from forthright.letters.selectors.letter import latest_words
from forthright.letters.services.drafting import draft_letter
from forthright.letters.services.notes import NoteRefused, write_note
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db
CHILD = {"is_child": True}
ALTERED = replace(
    given.REASONS,
    offence_in_plain_words="what happened at the flat",
    from_charge="Rape of a child under 13",
    to_charge="Sexual assault of a child under 13",
)
PLAIN = {
    "from_charge_in_plain_words": "being hurt in a private place",
    "to_charge_in_plain_words": "being touched in a private place",
}


@pytest.fixture(autouse=True)
def a_monday_in_october():
    with time_machine.travel(given.at("2026-10-05 14:00"), tick=False):
        yield


def an_altered_charge(**letter):
    duty = given.a_letter_to_write(lead_offence="Rape of a child under 13", **letter)
    duty.decision.kind = Decision.Kind.ALTERED_DECREASED
    duty.decision.save()
    return duty


def two_accused():
    duty = given.a_letter_to_write()
    lowe = Defendant.objects.create(
        case=duty.case, key="lowe", given_names="Kim", family_name="Lowe"
    )
    return duty, Defendant.objects.get(family_name="Marsden"), lowe


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        pytest.param({"from_charge_in_plain_words": " "}, "from_charge_in_plain_words",
                     "not for a child", id="none for the charge before"),
        pytest.param({"to_charge_in_plain_words": ""}, "to_charge_in_plain_words",
                     "not for a child", id="none for the charge now"),
        pytest.param({"from_charge_in_plain_words": "rape of a child under 13."},
                     "from_charge_in_plain_words", "name of the charge", id="the name itself"),
        pytest.param({"to_charge_in_plain_words": PLAIN["from_charge_in_plain_words"]},
                     "to_charge_in_plain_words", "how the two differ", id="the same twice"),
    ],
)  # fmt: skip
def test_a_changed_charge_is_not_explained_to_a_child_without_plain_words(changes, field, words):
    duty = an_altered_charge(person=CHILD)

    with pytest.raises(NoteRefused, match=words) as refusal:
        write_note(duty, replace(ALTERED, **PLAIN | changes), by=None, at=given.NOON)

    assert refusal.value.field == field
    assert not ReasonsNote.objects.exists()


def test_a_grown_up_is_told_the_charges_by_name():
    duty = an_altered_charge()

    assert write_note(duty, ALTERED, by=None, at=given.NOON).from_charge_in_plain_words == ""


def test_the_letter_to_a_child_has_the_plain_words_and_not_the_names():
    duty = an_altered_charge(person=CHILD)
    write_note(duty, replace(ALTERED, **PLAIN), by=None, at=given.NOON)

    draft_letter(duty, by=given.a_liaison_officer(), at=given.NOON)

    said = latest_words(duty).text
    assert "Before, the charge was about being hurt in a private place." in said
    assert "under 13" not in said


def test_the_page_asks_for_a_childs_words_and_only_of_a_changed_charge():
    prosecutor = given.a_person(Role.PROSECUTOR)
    grown_up, stopped = an_altered_charge(), given.a_letter_to_write(person=CHILD)
    duty = an_altered_charge(person=CHILD)
    for other in (grown_up, stopped):
        as_(prosecutor).open(f"/letters/{other.pk}/note/write/").not_see("in words for a child")

    page = as_(prosecutor).open(f"/letters/{duty.pk}/note/write/")
    said = {
        "decided": "to change the charge", "test": "EVIDENCE", "facts": "The camera was off.",
        "offence_in_plain_words": "what happened at the flat",
        "from_charge": ALTERED.from_charge, "to_charge": ALTERED.to_charge,
    }  # fmt: skip
    refused = page.press("Keep these reasons", **said)
    assert refused.errors == [
        "Fill in “The charge before, in words for a child”",
        "Fill in “The charge now, in words for a child”",
    ]
    refused.press("Keep these reasons", **PLAIN).see(
        "Your reasons are kept", "Before: being hurt in a private place."
    )


def test_of_several_accused_the_reasons_say_whom_the_decision_is_about():
    duty, marsden, _ = two_accused()
    page = as_(given.a_person(Role.PROSECUTOR)).open(f"/letters/{duty.pk}/note/write/")
    said = {"decided": "to stop the case", "test": "EVIDENCE", "facts": "The camera was off."}

    refused = page.press("Keep these reasons", **said)
    assert refused.errors == ["Choose an answer to “Whom is the decision about?”"]
    refused.press("Keep these reasons", against=[str(marsden.pk)]).see("About whom", str(marsden))

    case = case_file_for(duty, given.NOON.date())
    assert [each.family_name for each in case.accused] == ["Marsden"]
    assert [each.family_name for each in case.others if each.role == "defendant"] == ["Lowe"]
    assert Event.objects.get(name="reasons.written").detail["against"] == [marsden.pk]


def test_a_part_of_the_case_against_several_is_about_somebody_of_them():
    duty, _, lowe = two_accused()
    part = replace(given.REASONS, rest_goes_on=True)
    stranger = Defendant.objects.create(
        case=given.a_letter_to_write().case, key="d", family_name="Pugh"
    )

    with pytest.raises(NoteRefused, match="whom this decision"):
        write_note(duty, part, by=None, at=given.NOON)
    with pytest.raises(NoteRefused, match="Choose those of the accused"):
        write_note(duty, replace(part, against=[stranger.pk]), by=None, at=given.NOON)

    kept = write_note(duty, replace(part, against=[lowe.pk]), by=None, at=given.NOON)
    assert list(kept.against.all()) == [lowe]
