"""The prosecutor's reasons: facts, kept in versions, marked by somebody else."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.letters.models import NoteMark, ReasonsNote
from forthright.letters.selectors.notes import duties_without_reasons
from forthright.letters.services.notes import NoteRefused, mark_note, write_note
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_monday_in_october():
    with time_machine.travel(given.at("2026-10-05 14:00"), tick=False):
        yield


def test_each_writing_is_a_version_and_the_letter_is_explained():
    duty = given.a_letter_to_write()

    write_note(duty, given.REASONS, by=None, at=given.NOON)
    write_note(
        duty, replace(given.REASONS, what_changed="The neighbour moved"), by=None, at=given.NOON
    )

    assert [each.number for each in ReasonsNote.objects.all()] == [2, 1]
    duty.refresh_from_db()
    assert duty.explained_at == given.NOON


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        pytest.param((" ",), "at least one fact", id="none"),
        pytest.param(("A fact",) * 13, "at most 12", id="too many"),
        pytest.param(("x" * 401,), "one fact a line", id="a paragraph"),
    ],
)
def test_reasons_that_are_no_facts_are_refused(facts, words):
    duty = given.a_letter_to_write()

    with pytest.raises(NoteRefused, match=words):
        write_note(duty, replace(given.REASONS, facts=facts), by=None, at=given.NOON)

    assert not ReasonsNote.objects.exists()


def test_a_prosecutor_of_another_unit_explains_nothing():
    duty = given.a_letter_to_write()
    stranger = given.a_person(Role.PROSECUTOR, unit=given.a_unit(Unit.Kind.FRAUD))

    with pytest.raises(NotAllowed, match="another unit"):
        write_note(duty, given.REASONS, by=stranger, at=given.NOON)


def test_a_note_is_marked_by_somebody_else_and_a_fault_says_what_was_missing():
    spoc, other = given.a_person(Role.LEGAL_SPOC), given.a_person(Role.LEGAL_SPOC)
    duty = given.a_letter_to_write()
    note = write_note(duty, given.REASONS, by=spoc, at=given.NOON)
    said = {"level": NoteMark.Level.PARTLY, "at": given.NOON}

    with pytest.raises(NotAllowed, match="somebody else"):
        mark_note(note, duty, comment="Good", by=spoc, **said)
    with pytest.raises(NoteRefused, match="what was missing"):
        mark_note(note, duty, comment=" ", by=other, **said)
    mark_note(note, duty, comment="Which camera?", by=other, **said)

    assert NoteMark.objects.get().comment == "Which camera?"


def test_a_later_mark_counts_and_the_earlier_stays_beside_it():
    spoc, other = given.a_person(Role.LEGAL_SPOC), given.a_person(Role.LEGAL_SPOC)
    duty = given.a_letter_to_write()
    note = write_note(duty, given.REASONS, by=spoc, at=given.NOON)
    later = given.NOON + timedelta(hours=1)

    first = mark_note(note, duty, "PARTLY", comment="Which camera?", by=other, at=given.NOON)
    again = mark_note(note, duty, "PARTLY", comment="Which camera?", by=other, at=later)
    second = mark_note(note, duty, "FULLY", comment="", by=other, at=later)

    assert again == first
    assert note.marks_told() == [(second, False), (first, True)]
    page = as_(spoc).open(f"/letters/{duty.pk}/note/")
    page.see("Before: Partly met: something had to be asked for: Which camera?")
    page.see("the later mark counts")
    events = Event.objects.filter(name="reasons.marked").order_by("sequence")
    assert [each.detail["level"] for each in events] == ["PARTLY", "FULLY"]


def test_no_event_of_the_reasons_holds_what_they_say():
    given.an_explained_letter()

    event = Event.objects.get(name="reasons.written")

    assert event.detail == {
        "decision": ReasonsNote.objects.get().decision_id, "number": 1, "facts": 2,
    }  # fmt: skip


def test_only_decisions_without_reasons_wait_for_them():
    prosecutor = given.a_person(Role.PROSECUTOR)
    waits = given.a_letter_to_write()
    given.an_explained_letter()
    given.a_letter_to_write(unit=given.a_unit(Unit.Kind.RASSO))

    assert list(duties_without_reasons(prosecutor)) == [waits]


class TestPages:
    """Tests of the pages of the reasons."""

    def test_a_prosecutor_writes_and_another_marks(self):
        duty = given.a_letter_to_write()
        page = as_(given.a_person(Role.PROSECUTOR)).open(f"/letters/{duty.pk}/note/")

        page.see("Nobody has written the reasons yet")
        page = page.follow("Write the reasons").press(
            "Keep these reasons",
            decided="to stop the case",
            test="EVIDENCE",
            facts="The camera was off.\nNobody saw the door.",
        )

        page.see("Your reasons are kept", "The camera was off.", "Nobody saw the door.")
        page.not_see("Mark these reasons")
        page = as_(given.a_person(Role.LINE_MANAGER)).open(f"/letters/{duty.pk}/note/")
        page = page.follow("Mark these reasons")
        page = page.press("Keep this mark", level="PARTLY", comment="Which door?")
        page.see("Partly met", "Which door?")

    def test_a_new_version_begins_with_the_old_words(self):
        duty = given.an_explained_letter()
        page = as_(given.a_person(Role.PROSECUTOR)).open(f"/letters/{duty.pk}/note/write/")

        page = page.press("Keep these reasons", what_changed="The neighbour moved away.")

        page.see("The neighbour moved away.", "The camera on Foundry Street", "Version 1")

    def test_reasons_without_a_fact_are_refused_at_the_field(self):
        duty = given.a_letter_to_write()
        page = as_(given.a_person(Role.PROSECUTOR)).open(f"/letters/{duty.pk}/note/write/")

        page = page.press("Keep these reasons", decided="to stop", test="EVIDENCE", facts=" ")

        assert page.errors == ["Fill in “Which facts decided it?”"]

    def test_charges_are_asked_only_where_they_changed_and_a_meeting_only_where_due(self):
        prosecutor = given.a_person(Role.PROSECUTOR)
        plain = given.a_letter_to_write()
        with_death = given.a_letter_to_write(involves_death=True)

        as_(prosecutor).open(f"/letters/{plain.pk}/note/write/").not_see("The charge", "no meeting")
        as_(prosecutor).open(f"/letters/{with_death.pk}/note/write/").see(
            "If no meeting is offered"
        )

    def test_an_officer_reads_the_reasons_and_does_not_write_them(self):
        duty = given.a_letter_to_write()
        officer = given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit(Unit.Kind.VLU))

        page = as_(officer).open(f"/letters/{duty.pk}/note/")

        page.see("The prosecutor who decided writes them").not_see("Write the reasons")
        as_(officer).open(f"/letters/{duty.pk}/note/write/", status=403)
