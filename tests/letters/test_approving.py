"""Two who decide about one letter at once leave it in one state, and a whole one."""

import pytest

from forthright.accounts.models import Role, Unit
from forthright.letters.models import Letter
from forthright.letters.services.approving import ApprovalRefused, approve, return_to_drafter
from forthright.letters.services.drafting import hand_over
from forthright.schemes.models import Duty
from tests import given

pytestmark = pytest.mark.django_db


def two_pages():
    """Return a letter handed over, as two managers have it open at once."""
    version = given.a_draft()
    duty = version.letter.duty
    hand_over(duty, by=version.added_by, at=given.NOON)
    return version, Duty.objects.get(pk=duty.pk), Duty.objects.get(pk=duty.pk)


def test_a_letter_returned_beside_its_approval_is_wholly_returned():
    version, one, other = two_pages()
    manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))

    approve(one, version.number, by=manager, at=given.NOON)
    return_to_drafter(other, reason="Say which camera.", by=manager, at=given.NOON)

    letter, duty = Letter.objects.get(), Duty.objects.get(pk=one.pk)
    assert (letter.approved_version, letter.approved_by) == (None, None)
    assert (duty.drafted_at, duty.approved_at) == (None, None)
    hand_over(duty, by=version.added_by, at=given.NOON)
    approve(duty, version.number, by=manager, at=given.NOON)


def test_a_letter_approved_beside_its_return_is_not_approved():
    version, one, other = two_pages()
    manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))

    return_to_drafter(one, reason="Say which camera.", by=manager, at=given.NOON)
    with pytest.raises(ApprovalRefused, match="has not handed this letter over"):
        approve(other, version.number, by=manager, at=given.NOON)

    assert Duty.objects.get(pk=one.pk).approved_at is None
