"""What somebody wrote a moment too late is given back."""

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.peer_checks.models import PartTold
from forthright.peer_checks.services import telling
from tests import given
from tests.client import as_
from tests.peer_checks.looked_at import LATER, a_check, changes_asked

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(LATER, tick=False):
        yield


def test_of_two_who_decide_one_dispute_the_second_gets_back_what_they_wrote():
    check = changes_asked(a_check())
    part = PartTold.objects.get(check_of=check)
    telling.dispute_part(part, reason="The second part says it.", by=check.drafter, at=LATER)
    one, two = given.a_person(Role.LEGAL_MANAGER), given.a_person(Role.LEGAL_MANAGER)
    path = f"/checks/disputes/{part.pk}/"
    page = as_(two).open(path)
    as_(one).open(path).press("Decide", outcome="ACCEPTED", reason="It does say it there.")

    refused = page.press("Decide", outcome="REFUSED", reason="The second part says no such thing.")

    refused.see("What you had typed", "The second part says no such thing.")
    part.refresh_from_db()
    assert part.outcome_reason == "It does say it there."


def test_a_second_reply_is_given_back():
    check = changes_asked(a_check())
    part = PartTold.objects.get(check_of=check)
    page = as_(check.drafter).open(f"/checks/told/{part.pk}/")
    page.press("Reply", text="Thank you, I see it.")

    again = page.press("Reply", text="And one thing more.")

    again.see("You have replied already", "What you had typed", "And one thing more.")
