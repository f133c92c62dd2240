"""An approval recorded by hand is a second person’s, and never that of a draft that waits here."""

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.letters.models import Letter
from forthright.letters.services.approving import approve, return_to_drafter
from forthright.letters.services.drafting import hand_over
from forthright.letters.services.recording import answer_step
from forthright.letters.services.words import keep_words
from forthright.schemes.models import Duty
from forthright.schemes.selectors.facts import stage_stamp
from forthright.schemes.services import StageAnswer, clear_stage, name_drafter, record_stage
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def a_monday_in_october():
    with time_machine.travel(given.at("2026-10-05 14:00"), tick=False):
        yield


def a_manager():
    return given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))


def a_spoc():
    return given.a_person(Role.LEGAL_SPOC, unit=given.a_unit(Unit.Kind.VLU))


def handed_over():
    """Return the duty of a letter that was drafted here and waits, and who drafted it."""
    version = given.a_draft()
    hand_over(version.letter.duty, by=version.added_by, at=given.NOON)
    return Duty.objects.get(), version.added_by


def by_hand(duty, step, *, by):
    """Record a step by hand as it happened at noon, with a reason where one is asked."""
    answer = StageAnswer(happened_at=given.NOON, reason="Not known", opened=stage_stamp(duty, step))
    return answer_step(duty, step, answer, by=by, at=given.NOON)


@pytest.mark.parametrize("step", ["approved", "sent"])
def test_nobody_records_by_hand_what_waits_here_and_the_queue_keeps_it(step):
    duty, drafter = handed_over()

    for person in (drafter, given.a_liaison_officer(), a_manager()):
        with pytest.raises(NotAllowed):
            by_hand(duty, step, by=person)
        as_(person).open(f"/letters/{duty.pk}/record/{step}/", status=403)

    duty.refresh_from_db()
    assert (duty.approved_at, duty.sent_at) == (None, None)
    manager = a_manager()
    as_(manager).open("/letters/waiting/approve/").see(duty.person.family_name)
    approve(duty, 1, by=manager, at=given.NOON)


def test_the_refusal_says_what_and_why_and_how_and_no_link_leads_to_it():
    duty, drafter = handed_over()

    own = as_(drafter).open(f"/letters/{duty.pk}/record/approved/", status=403)
    own.see("You drafted this letter", "always a second person’s", "Ask whoever approved it")
    other = as_(a_manager()).open(f"/letters/{duty.pk}/record/approved/", status=403)
    other.see("waits here to be approved", "which words were approved", "approves it there")
    sent = as_(drafter).open(f"/letters/{duty.pk}/record/sent/", status=403)
    sent.see("no second person has approved it", "Ask whoever approves letters")
    page = as_(drafter).open(f"/letters/{duty.pk}/")
    page.not_see("Record: letter approved", "Record letter approved", "Record letter sent")


def test_a_drafter_who_takes_the_draft_back_cannot_record_it_sent_either():
    duty, drafter = handed_over()
    duty = clear_stage(duty, "drafted", reason="By mistake", by=drafter, at=given.NOON)
    keep_words(duty, text="Dear Ms Osei, other words.", by=drafter, at=given.NOON)

    with pytest.raises(NotAllowed, match="no second person has approved it"):
        by_hand(duty, "sent", by=drafter)

    assert by_hand(duty, "sent", by=a_manager()).sent_at == given.NOON


def test_what_was_drafted_and_approved_elsewhere_is_recorded_by_somebody_else():
    duty, drafter = given.a_letter_owed(), given.a_liaison_officer()
    duty = record_stage(duty, "drafted", given.NOON, by=drafter, at=given.NOON)
    keep_words(duty, text="Dear Amira, one.", by=drafter, at=given.NOON)

    for record in (by_hand, lambda duty, step, by: record_stage(
        duty, step, given.NOON, by=by, at=given.NOON
    )):  # fmt: skip
        with pytest.raises(NotAllowed, match="You drafted this letter"):
            record(duty, "approved", by=drafter)
    duty = by_hand(duty, "approved", by=a_manager())

    assert by_hand(duty, "sent", by=drafter).sent_at == given.NOON


def test_a_draft_returned_whose_words_went_elsewhere_is_recorded_with_those_words():
    duty, _ = handed_over()
    manager = a_manager()
    return_to_drafter(duty, reason="Another letter went out.", by=manager, at=given.NOON)
    duty = Duty.objects.get()
    keep_words(duty, text="Dear Ms Osei, these went.", by=manager, at=given.NOON)

    duty = by_hand(duty, "drafted", by=manager)
    with pytest.raises(NotAllowed, match="You added words of this letter"):
        by_hand(duty, "approved", by=manager)
    for step, person in (("approved", a_manager()), ("sent", manager)):
        duty = by_hand(duty, step, by=person)

    assert duty.sent_at == given.NOON


def test_who_names_another_as_the_drafter_does_not_stand_for_the_approval():
    duty, spoc = given.a_letter_owed(), a_spoc()
    duty = name_drafter(duty, given.a_liaison_officer(), by=spoc, at=given.NOON)
    duty = record_stage(duty, "drafted", given.NOON, by=a_spoc(), at=given.NOON)

    for step in ("approved", "sent"):
        with pytest.raises(NotAllowed, match="You recorded that this letter was drafted"):
            by_hand(duty, step, by=spoc)
    as_(spoc).open(f"/letters/{duty.pk}/").not_see("Record: letter approved")

    assert by_hand(duty, "approved", by=a_manager()).approved_at == given.NOON


def test_who_named_the_drafter_of_what_was_drafted_here_does_not_approve_it():
    duty, drafter = handed_over()
    spoc = a_spoc()
    name_drafter(duty, drafter, by=spoc, at=given.NOON)

    with pytest.raises(NotAllowed, match="You recorded that this letter was drafted"):
        approve(Duty.objects.get(), 1, by=spoc, at=given.NOON)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        ("approved", "An approval is recorded by whoever gave it"),
        ("sent", "It is not recorded that anybody approved this letter"),
    ],
)
def test_who_approves_no_letters_does_not_stand_for_the_approval_of_one(step, words):
    duty, officer = given.a_letter_owed(), given.a_liaison_officer()
    duty = record_stage(duty, "drafted", given.NOON, by=None, at=given.NOON)

    with pytest.raises(NotAllowed, match=words):
        by_hand(duty, step, by=officer)

    as_(officer).open(f"/letters/{duty.pk}/record/{step}/", status=403).see("Ask the person who")


def test_a_drafter_takes_back_an_approval_that_never_was_with_the_reason():
    duty, drafter = given.a_letter_owed(), given.a_liaison_officer()
    duty = record_stage(duty, "drafted", given.NOON, by=drafter, at=given.NOON)
    manager = a_manager()
    as_(manager).open(f"/letters/{duty.pk}/record/approved/").see("approved it yourself")
    duty = by_hand(duty, "approved", by=manager)

    page = as_(drafter).open(f"/letters/{duty.pk}/").follow("Change letter approved")
    page.see("You cannot change this time").not_see("Change it")
    page = page.press("It did not happen: take it back", reason="")
    assert page.errors == ["Say why it is taken back"]
    page.press("It did not happen: take it back", reason="Another letter was meant")

    duty.refresh_from_db()
    assert duty.approved_at is None
    event = Event.objects.get(name="letter.approved_cleared")
    assert (event.by, event.detail["reason"]) == (drafter, "Another letter was meant")


def test_an_approval_given_here_ends_when_it_is_taken_back_but_not_once_it_is_out():
    duty = given.an_approved_letter()
    manager = a_manager()
    taken = StageAnswer(
        happened_at=None, reason="Wrong letter", opened=stage_stamp(duty, "approved")
    )

    sent = record_stage(duty, "sent", given.NOON, by=None, at=given.NOON)
    with pytest.raises(NotAllowed, match="has gone out, so the approval stays"):
        answer_step(sent, "approved", taken, by=manager, at=given.NOON)
    duty = clear_stage(sent, "sent", reason="Not sent", by=manager, at=given.NOON)
    answer_step(duty, "approved", taken, by=manager, at=given.NOON)

    assert Letter.objects.get().approved_version is None
    assert Duty.objects.get().approved_at is None
