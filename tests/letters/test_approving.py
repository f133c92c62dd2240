"""Two who decide about one letter at once leave it in one state, and a whole one."""

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.letters.marked_text import marked_text
from forthright.letters.models import Letter
from forthright.letters.selectors.checking import composed_of
from forthright.letters.services.approving import ApprovalRefused, approve, return_to_drafter
from forthright.letters.services.drafting import hand_over, keep_edit
from forthright.schemes.models import Duty
from forthright.schemes.services import record_stage
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db


def a_manager():
    return given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))


def two_pages():
    """Return a letter handed over, as two managers have it open at once."""
    version = given.a_draft()
    duty = version.letter.duty
    hand_over(duty, by=version.added_by, at=given.NOON)
    return version, Duty.objects.get(pk=duty.pk), Duty.objects.get(pk=duty.pk)


def test_a_letter_returned_beside_its_approval_is_wholly_returned():
    version, one, other = two_pages()
    manager = a_manager()

    approve(one, version.number, by=manager, at=given.NOON)
    return_to_drafter(other, reason="Say which camera.", by=manager, at=given.NOON)

    letter, duty = Letter.objects.get(), Duty.objects.get(pk=one.pk)
    assert (letter.approved_version, letter.approved_by) == (None, None)
    assert (duty.drafted_at, duty.approved_at) == (None, None)
    hand_over(duty, by=version.added_by, at=given.NOON)
    approve(duty, version.number, by=manager, at=given.NOON)


def test_a_letter_approved_beside_its_return_is_not_approved():
    version, one, other = two_pages()
    manager = a_manager()

    return_to_drafter(one, reason="Say which camera.", by=manager, at=given.NOON)
    with pytest.raises(ApprovalRefused, match="has not handed this letter over"):
        approve(other, version.number, by=manager, at=given.NOON)

    assert Duty.objects.get(pk=one.pk).approved_at is None


def test_words_are_handed_over_after_an_approval_elsewhere_and_approved_here():
    version = given.a_draft()
    duty, manager = version.letter.duty, a_manager()
    for step, person in (("drafted", version.added_by), ("approved", manager)):
        duty = record_stage(duty, step, given.NOON, by=person, at=given.NOON)

    page = (
        as_(manager)
        .open(f"/letters/{duty.pk}/approve/")
        .press("Record your decision", answer="APPROVE")
    )
    page.see("It is recorded already that this letter was approved")
    hand_over(Duty.objects.get(pk=duty.pk), by=version.added_by, at=given.NOON)

    assert Duty.objects.get(pk=duty.pk).approved_at is None
    ended = Event.objects.get(name="letter.approved_cleared").detail["reason"]
    assert ended == "It was handed over to be approved again."
    approve(Duty.objects.get(pk=duty.pk), 1, by=manager, at=given.NOON)
    assert Letter.objects.get().approved_by == manager


def test_the_same_words_are_handed_over_and_approved_once_more():
    duty, manager = given.an_approved_letter(), a_manager()

    hand_over(duty, by=Letter.objects.get().approved_version.added_by, at=given.NOON)
    assert Letter.objects.get().approved_version is None
    approve(Duty.objects.get(pk=duty.pk), 1, by=manager, at=given.NOON)

    assert Letter.objects.get().approved_by == manager
    assert Duty.objects.get(pk=duty.pk).approved_at == given.NOON


def changed_meanwhile():
    """Return a manager's page of a letter to approve, whose drafter changed it since."""
    version, duty, _ = two_pages()
    page = as_(a_manager()).open(f"/letters/{duty.pk}/approve/")
    text = marked_text(composed_of(version)).replace("Yours", "With kind regards. Yours")
    keep_edit(version.letter, text, based_on=1, by=version.added_by, at=given.NOON)
    hand_over(Duty.objects.get(pk=duty.pk), by=version.added_by, at=given.NOON)
    return page


@time_machine.travel(given.NOON, tick=False)
def test_whoever_is_shown_newer_words_decides_on_those_without_leaving_the_page():
    page = changed_meanwhile().press("Record your decision", answer="APPROVE")
    page.see("Version 2 was kept while you read version 1", "With kind regards")
    assert Letter.objects.get().approved_at is None

    page.press("Record your decision")

    assert Letter.objects.get().approved_version.number == 2


def test_words_that_were_not_read_are_not_returned_and_what_was_written_stays():
    reason = "Say which camera was off."
    page = changed_meanwhile().press("Record your decision", answer="RETURN", reason=reason)
    page.see("Version 2 was kept while you read version 1", reason)
    assert Duty.objects.get().drafted_at is not None

    page.press("Record your decision")

    assert Letter.objects.get().returned_because == reason
