"""A letter that did not arrive is looked at anew, in the time from when that was known."""

from datetime import date, timedelta

import pytest
import time_machine

from forthright.letters.models import Dispatch, Letter
from forthright.letters.services.approving import approve
from forthright.letters.services.delivery import note_event
from forthright.peer_checks.models import PeerCheck
from forthright.peer_checks.services.giving import give_checks
from forthright.reports.selectors.loop import loop_of
from forthright.rules.case_file import LetterKind
from forthright.rules.contact_lock import Way
from forthright.rules.weeks import week_of
from forthright.schemes.models import Duty
from forthright.standards.services import start_area_standards
from tests import given
from tests.client import as_
from tests.letters import other_letters, outgoing
from tests.morning_lists.mornings import a_spoc
from tests.peer_checks.looked_at import a_check, passed, required

pytestmark = pytest.mark.django_db
WENT, BACK = given.at("2026-10-05 13:00"), given.at("2026-10-14 12:00")
S = Dispatch.State


def came_back(which, area) -> None:
    """Let a letter go by post, end the looks that were overtaken, and let it come back."""
    with time_machine.travel(WENT, tick=False):
        dispatch = outgoing.asked(which, Way.PRINT)
    note_event(dispatch, S.SENT, happened_at=WENT, by=None, at=WENT)
    give_checks(area, by=None, at=WENT + timedelta(hours=1))
    note_event(dispatch, S.RETURNED, happened_at=BACK, by=None, at=BACK)
    give_checks(area, by=None, at=BACK)


def a_new_look() -> PeerCheck:
    """Return the look at a letter that was sent before it was looked at, and came back."""
    check = a_check()
    duty = Duty.objects.get(pk=check.letter.duty_id)
    approve(duty, 1, by=a_spoc(), at=given.NOON + timedelta(minutes=30))
    came_back(Duty.objects.get(pk=duty.pk), check.area)
    check.refresh_from_db()
    assert check.answer_words == "Overtaken: the letter was sent first"
    return PeerCheck.objects.get(letter=check.letter, answer="")


def test_the_new_look_has_its_time_from_when_it_was_known_and_is_in_time():
    new = a_new_look()

    # The letter was due on the 12th, so it is looked at within an office hour.
    assert (new.put_forward_at, new.due_at) == (BACK, given.at("2026-10-14 13:00"))
    assert (
        "sent after that, and known not to have arrived Wednesday 14 October"
        in (new.due_because[0])
    )
    with time_machine.travel(BACK + timedelta(minutes=5), tick=False):
        as_(new.checker).open("/checks/").see(new.letter.duty.reference).not_see("Late")
    passed(new, at=BACK + timedelta(minutes=30))
    found = loop_of(new.area, week_of(BACK.date()), as_of=date(2026, 10, 19))
    assert [each.in_time for each in found.checks if each.id == new.pk] == [True]


def test_so_has_that_of_a_letter_that_is_not_owed():
    required(given.an_area_that_writes(), kinds=["HOLDING"], is_required=False)
    letter = other_letters.approved(LetterKind.HOLDING)
    start_area_standards(letter.area, by=None, at=given.NOON)
    given.a_liaison_officer()
    give_checks(letter.area, by=None, at=given.NOON)

    came_back(Letter.objects.get(pk=letter.pk), letter.area)

    new = PeerCheck.objects.get(letter=letter, answer="")
    assert (new.put_forward_at, new.due_at) == (BACK, given.at("2026-10-14 16:00"))
