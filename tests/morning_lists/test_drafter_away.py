"""A letter that somebody who is away is to draft stands out, and goes to nobody who is away."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import User
from forthright.accounts.policies import NotAllowed
from forthright.morning_lists.models import HandOver
from forthright.morning_lists.selectors.lines import HAND_OVER, NOT_KEPT
from forthright.morning_lists.selectors.morning import things_waiting
from forthright.morning_lists.services.covering import end_cover
from forthright.morning_lists.services.handing_over import hand_over_letter
from forthright.schemes.models import Duty
from tests import given
from tests.client import as_
from tests.morning_lists import mornings
from tests.morning_lists.mornings import (
    MORNING,
    TODAY,
    a_cover,
    a_letter,
    covering,
    part,
    the_list,
    with_steps,
)

pytestmark = pytest.mark.django_db
LAST = TODAY + timedelta(days=9)
UNTIL = "is away until the end of Wednesday 14 October 2026, and"
LATER, DUE_TODAY = "2026-10-02 10:00", "2026-09-28 10:00"


@pytest.fixture(autouse=True)
def _in_the_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def spoc():
    return mornings.a_spoc()


@pytest.fixture
def deputy():
    return mornings.a_prosecutor()


@pytest.fixture
def cover(spoc, deputy):
    return a_cover(spoc, deputy, first=TODAY, last=LAST)


@pytest.fixture
def away(spoc, deputy):
    return f"{spoc} {UNTIL} {deputy} covers for them"


def explained(decided=DUE_TODAY, *, drafter=None, **steps):
    duty = with_steps(a_letter(decided), explained="2026-10-02 11:00", told="2026-10-02 11:00",
                      **steps)  # fmt: skip
    Duty.objects.filter(pk=duty.pk).update(drafter=drafter)
    duty.refresh_from_db()
    return duty


def test_one_that_is_due_later_stands_among_those_that_nobody_is_here_to_draft(spoc, cover, away):
    duty = explained(LATER, drafter=spoc)

    (line,) = part("not-taken-up").lines

    assert (line.duty, line.action, line.notes) == (duty, HAND_OVER, (NOT_KEPT, away))
    assert things_waiting(duty.unit, MORNING) == the_list().number == 1
    end_cover(cover, by=spoc, at=MORNING)
    assert the_list().number == 0


@pytest.mark.parametrize(
    "steps", [{}, {"drafted": "2026-10-02 12:00", "approved": "2026-10-02 13:00"}]
)
def test_one_that_is_due_says_until_when_whoever_holds_it_is_away(steps, spoc, cover, away):
    explained(drafter=spoc, **steps)

    (line,) = part("today").lines

    assert (line.holder, line.notes[-1]) == (str(spoc), away)


def test_one_that_waits_for_an_approval_says_nothing_of_its_drafter(spoc, cover):
    explained(drafter=spoc, drafted="2026-10-02 12:00")

    assert part("today").lines[0].notes == ()


def test_that_nobody_covers_any_more_is_said(spoc, deputy, cover):
    User.objects.filter(pk=deputy.pk).update(is_active=False)
    explained(drafter=spoc)

    assert part("today").lines[0].notes == (
        NOT_KEPT, f"{spoc} {UNTIL} nobody covers for them here",
    )  # fmt: skip


def test_the_deputy_hands_it_to_nobody_who_is_away(spoc, deputy, cover, away):
    duty = explained()
    page = as_(deputy).open(f"/morning/{duty.unit_id}/letters/{duty.pk}/hand-over/")
    page.see(f"{spoc} (legal SPOC, {spoc.unit}), away until the end of Wednesday 14 October 2026")

    page = page.press("Hand it over", drafter=spoc.pk)

    page.see(f"{away}. Choose somebody else.")
    assert not HandOver.objects.exists()


def test_the_page_says_that_whoever_holds_it_is_away(spoc, deputy, cover, away):
    duty = explained(drafter=spoc)

    page = as_(deputy).open(f"/morning/{duty.unit_id}/letters/{duty.pk}/hand-over/")

    page.see(f"Held by {spoc} now. {away}.")
    page.press("Hand it over", drafter=given.a_liaison_officer().pk).see("is handed over to")


def test_whoever_is_on_leave_may_take_one_on_themselves(spoc, deputy, cover):
    duty = explained()
    with pytest.raises(NotAllowed, match="is away until"):
        hand_over_letter(duty, spoc, by=covering(deputy), at=MORNING)

    hand_over_letter(duty, spoc, by=spoc, at=MORNING)

    assert Duty.objects.get().drafter == spoc
