"""Whoever passed the words of a letter does not approve them too, in whichever order."""

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.letters.models import Letter
from forthright.letters.selectors.letter import latest_words
from forthright.letters.services.approving import approve
from forthright.peer_checks import policies
from forthright.schemes.models import Duty
from tests import given
from tests.client import as_
from tests.morning_lists.mornings import a_spoc
from tests.peer_checks.looked_at import LATER, a_check, passed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(LATER, tick=True):
        yield


def approves(check, person):
    duty = Duty.objects.get(pk=check.letter.duty_id)
    approve(duty, latest_words(duty).number, by=person, at=LATER)


def test_whoever_passed_the_words_is_refused_to_approve_them_and_told_whom_to_ask():
    spoc = a_spoc(given.a_unit())
    check = passed(a_check(checker=spoc))
    other = given.a_person(Role.LINE_MANAGER)

    with pytest.raises(NotAllowed, match="You looked at these words before and passed them") as no:
        approves(check, spoc)
    assert f"Ask {other} to approve it." in str(no.value)
    address = f"/letters/{check.letter.duty_id}/approve/"
    assert as_(spoc).try_("GET", address) == 403


def test_another_who_approves_letters_approves_what_was_passed():
    check = passed(a_check(checker=a_spoc(given.a_unit())))
    other = given.a_person(Role.LINE_MANAGER)

    approves(check, other)

    assert Letter.objects.get(pk=check.letter_id).approved_by == other


def test_in_the_other_order_whoever_approved_is_refused_the_look():
    check = a_check()
    spoc = a_spoc(given.a_unit())
    approves(check, spoc)
    check.refresh_from_db()
    check.letter.refresh_from_db()

    assert policies.reasons_against(spoc, check) == (
        "You approved this letter, so somebody else must check it.",
    )
