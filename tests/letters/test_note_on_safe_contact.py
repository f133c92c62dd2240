"""A note on safe contact is opened by a named person's answer with a reason, by nothing else."""

import pytest
import time_machine
from django.core import mail

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.cases.models import PersonToTell
from forthright.letters.models import ContactOverride, Dispatch
from forthright.letters.selectors.sending import (
    is_unsafe_to_ring,
    overruled_before,
    overruled_locks,
    ways_out,
)
from forthright.letters.services.approving import approve
from forthright.letters.services.details import Details, change_details
from forthright.letters.services.drafting import DraftRefused, draft_letter, hand_over
from forthright.letters.services.facts import Wishes, set_wishes
from forthright.letters.services.sending import SendRefused, overrule_lock, send
from forthright.rules.contact_lock import Way
from forthright.samples.selectors.overruled import overrides_by_letter
from forthright.schemes.models import Duty
from tests import given
from tests.client import as_
from tests.letters.outgoing import LATER, S, asked, carry_out

pytestmark = pytest.mark.django_db
NOTE = "Do not write to the home."
REASON = "Her sister’s address is recorded; PC Hall confirmed it on 5 October."


@pytest.fixture(autouse=True)
def an_afternoon():
    with time_machine.travel(LATER, tick=True):
        yield


@pytest.fixture
def officer():
    return given.a_liaison_officer()


@pytest.fixture
def manager():
    return given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))


def an_approved_letter_with_a_note_that_came_later():
    """Return a letter approved before the note reached the record."""
    duty = given.an_approved_letter()
    PersonToTell.objects.filter(pk=duty.person_id).update(safe_contact_note=NOTE)
    return Duty.objects.get(pk=duty.pk)


def locks(duty):
    fresh = Duty.objects.get(pk=duty.pk)
    return {str(lock.lock) for each in ways_out(fresh, LATER.date()) for lock in each.locks}


def test_to_choose_a_way_is_no_answer(officer):
    duty = an_approved_letter_with_a_note_that_came_later()

    set_wishes(duty, Wishes(plain_envelope=True), by=officer, at=LATER)

    assert "NOTE_NOT_ANSWERED" in locks(duty)
    with pytest.raises(SendRefused, match="Do not write to the home"):
        send(duty, Way.PRINT, by=officer, at=LATER)
    as_(officer).open(f"/letters/{duty.pk}/send/").see(NOTE, "No way is open")
    assert not Dispatch.objects.exists()


def test_an_officer_may_not_answer_it_and_a_manager_needs_a_reason(officer, manager):
    duty = an_approved_letter_with_a_note_that_came_later()

    with pytest.raises(NotAllowed):
        overrule_lock(duty, "NOTE_NOT_ANSWERED", reason=REASON, by=officer, at=LATER)
    with pytest.raises(SendRefused, match="Say why"):
        overrule_lock(duty, "NOTE_NOT_ANSWERED", reason="ok", by=manager, at=LATER)

    assert "NOTE_NOT_ANSWERED" in locks(duty)


def test_an_answer_is_kept_shown_audited_and_offered_to_the_sample(officer, manager):
    duty = an_approved_letter_with_a_note_that_came_later()
    as_(manager).open(f"/letters/{duty.pk}/send/").see("Answer the note")
    listed = as_(manager).open(f"/letters/{duty.pk}/send/")
    assert listed.words.count("Answer the note for every way") == 1
    page = as_(manager).open(f"/letters/{duty.pk}/send/overrule/NOTE_NOT_ANSWERED/")
    page.see(NOTE, "Answer the note on safe contact").press("Keep this answer", reason=REASON)

    page = as_(officer).open(f"/letters/{duty.pk}/send/").see(str(manager), REASON)
    page.press("Send it", way="PRINT").see("The letter goes by post")

    assert Dispatch.objects.get().state == S.ASKED
    event = Event.objects.get(name="letter.lock_overruled")
    assert (event.by, event.detail["what"]) == (manager, "NOTE_NOT_ANSWERED")
    assert [each.override.reason for each in overrides_by_letter([duty.pk])[duty.pk]] == [REASON]


@pytest.mark.parametrize("change", ["address", "note", "way", "unsafe"])
def test_an_answer_ends_when_the_person_is_reached_otherwise(officer, manager, change):
    duty = an_approved_letter_with_a_note_that_came_later()
    overrule_lock(duty, "NOTE_NOT_ANSWERED", reason=REASON, by=manager, at=LATER)
    waits = send(duty, Way.PRINT, by=officer, at=LATER)
    assert overruled_locks(duty) == {"NOTE_NOT_ANSWERED"}

    if change == "address":
        change_details(duty, Details(address="7 Mill Lane\nWorcester"), reason="She rang today.",
                       by=officer, at=LATER)  # fmt: skip
    elif change == "note":
        PersonToTell.objects.filter(pk=duty.person_id).update(safe_contact_note="Ring nobody.")
    else:
        wishes = {"way": Wishes(channel="EMAIL"), "unsafe": Wishes(unsafe=("1 Elm Rd",))}[change]
        set_wishes(duty, wishes, by=officer, at=LATER)

    assert overruled_locks(duty) == set()
    assert "NOTE_NOT_ANSWERED" in locks(duty)
    assert [each.reason for each in overruled_before(duty)] == [REASON]
    assert ContactOverride.objects.get().reason == REASON
    as_(officer).open(f"/letters/{duty.pk}/send/").see("no longer holds", REASON)
    as_(officer).open("/letters/print/")
    as_(officer).post("/letters/print/")
    assert Dispatch.objects.get(pk=waits.pk).state == S.CANCELLED


@pytest.mark.parametrize("way", [Way.PRINT, Way.EMAIL, Way.NOTIFY_EMAIL, Way.NOTIFY_LETTER])
def test_a_note_that_comes_while_a_letter_waits_holds_it_back(officer, notify, way):
    duty = given.an_approved_letter()
    if way in (Way.EMAIL, Way.NOTIFY_EMAIL):
        set_wishes(duty, Wishes(channel="EMAIL"), by=None, at=given.NOON)
    dispatch = asked(duty, way, open_ways=set(Way))
    PersonToTell.objects.filter(pk=duty.person_id).update(safe_contact_note=NOTE)

    if way is Way.PRINT:
        as_(officer).post("/letters/print/")
    else:
        carry_out(dispatch)

    assert Dispatch.objects.get().state == S.CANCELLED
    assert (notify.kept, mail.outbox) == ([], [])


def test_every_page_of_the_letter_shows_the_note_and_the_lock(officer, manager):
    duty = given.a_draft(by=officer, person={"safe_contact_note": NOTE}).letter.duty

    places = ("", "draft/", "draft/begin/", "draft/upload/", "words/1/", "words/add/", "calls/",
              "send/", "reach/", "details/", "note/")  # fmt: skip
    for place in places:
        page = as_(officer).open(f"/letters/{duty.pk}/{place}").see(NOTE)
        if place not in ("reach/", "details/", "note/"):
            page.see("Locked: this letter may not go out", "An approval does not open a lock")
    as_(manager).open(f"/letters/{duty.pk}/approve/").see(NOTE, "Locked: this letter may not")


def test_a_number_that_is_not_safe_is_not_shown_to_be_rung(officer):
    duty = given.a_letter_to_write(person={"phone": "07700 900123"})
    set_wishes(duty, Wishes(unsafe=("+44 7700 900123 (his)",)), by=None, at=given.NOON)

    as_(officer).open(f"/letters/{duty.pk}/calls/").see("Do not ring", "Not safe to ring")


def test_a_letter_is_not_handed_over_or_approved_while_nobody_answered(officer, manager):
    duty = given.an_explained_letter(person={"safe_contact_note": NOTE})
    version = draft_letter(duty, by=officer, at=given.NOON)

    with pytest.raises(DraftRefused, match="Do not write to the home"):
        hand_over(duty, by=officer, at=given.NOON)
    overrule_lock(duty, "NOTE_NOT_ANSWERED", reason=REASON, by=manager, at=given.NOON)
    hand_over(duty, by=officer, at=given.NOON)
    PersonToTell.objects.filter(pk=duty.person_id).update(safe_contact_note="Ring nobody.")

    with pytest.raises(DraftRefused, match="Ring nobody"):
        approve(Duty.objects.get(pk=duty.pk), version.number, by=manager, at=given.NOON)


UNREAD = "the house in Kingsbourne"


def test_a_line_that_cannot_be_read_locks_every_way_until_a_manager_answers(officer, manager):
    duty = given.an_approved_letter()
    page = as_(officer).open(f"/letters/{duty.pk}/reach/")
    page.press("Keep this", channel="POST", unsafe=f"48 Albion Street\n{UNREAD}").see(
        "locks post to 48 Albion Street", f"“{UNREAD}”: could not be read, so it locks everything"
    )
    as_(officer).open(f"/letters/{duty.pk}/reach/").see("locks post to 48 Albion Street")

    with pytest.raises(SendRefused, match=UNREAD):
        send(duty, Way.PRINT, by=officer, at=LATER)
    assert all(each.locks for each in ways_out(duty, LATER.date(), set(Way)))
    overrule_lock(duty, "UNSAFE_UNREAD", reason=REASON, by=manager, at=LATER)

    assert send(Duty.objects.get(pk=duty.pk), Way.PRINT, by=officer, at=LATER).state == S.ASKED
    assert [each.override.reason for each in overrides_by_letter([duty.pk])[duty.pk]] == [REASON]


def test_an_email_address_in_a_sentence_is_not_rung_sent_to_or_taken(officer, manager):
    duty = given.an_approved_letter(person={"email": "kevin.white@example.test"})
    line = "his brother reads kevin.white@example .test"
    set_wishes(duty, Wishes(channel="EMAIL", unsafe=(line,)), by=None, at=given.NOON)

    assert locks(duty) == {"UNSAFE_UNREAD", "OTHER_ROUTE"}
    page = as_(manager).open(f"/letters/{duty.pk}/send/overrule/UNSAFE_UNREAD/")
    page.see("Answer the line that could not be read", line).not_see("Overrule a lock")
    page.press("Keep this answer", reason=REASON)
    assert "UNSAFE_EMAIL" in locks(duty)
    assert is_unsafe_to_ring(duty.person)
