"""What an author was told is only partly met is watched as what is not met."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.reports.selectors.loop import loop_of
from forthright.rules.weeks import week_of
from forthright.watches.selectors.rates import rates_for
from forthright.watches.selectors.watching import watches_of
from tests import given
from tests.calibration.rounds_given import adopt
from tests.client import as_
from tests.reviews import twice
from tests.watches.faults import a_letter_marked, told_by_a_marking

pytestmark = pytest.mark.django_db
LATER = given.NOON + timedelta(hours=3)
TOO_LATE = given.NOON + timedelta(days=8)


def told_of(level):
    author = given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit(Unit.Kind.VLU))
    feedback = told_by_a_marking(marker=twice.a_manager(), author=author, level=level)
    adopt(feedback.area, letters_watched=1)
    return feedback


def first_of(feedback):
    return watches_of(feedback.area, now=TOO_LATE)[-1].watch


@pytest.mark.parametrize(
    ("level", "later", "said"),
    [
        ("PARTIALLY", "NOT_MET", "came again in 1"),
        ("PARTIALLY", "PARTIALLY", "came again in 1"),
        ("NOT_MET", "PARTIALLY", "came again in 1"),
        ("PARTIALLY", "", "has not come again"),
    ],
)
def test_partly_met_is_a_fault_that_is_watched_and_that_comes_again(level, later, said):
    told = told_of(level)
    a_letter_marked(told, marker=told.told_by, minutes=20, again=bool(later), level=later)

    assert first_of(told).words == f"1 of the next 1 letter looked at: the fault {said}."


def test_nothing_is_watched_of_what_is_met_or_does_not_apply():
    told = told_of("FULLY")

    assert watches_of(told.area, now=LATER) == []


def test_pages_rates_and_the_report_count_and_say_it():
    told = told_of("PARTIALLY")
    a_letter_marked(told, marker=told.told_by, minutes=20, again=True, level="PARTIALLY")
    manager = given.a_person(Role.LEGAL_MANAGER)
    with time_machine.travel(LATER, tick=False):
        listed = as_(told.drafter).open("/watches/")
        one = as_(told.drafter).open(f"/watches/review/{told.pk}/B1/")
        rates = as_(manager).open("/watches/rates/")
    [rate] = rates_for(manager, TOO_LATE).rates
    loop = loop_of(told.area, week_of(TOO_LATE.date()), as_of=given.at("2026-10-20").date())

    listed.see("was not met, or only partly", "Came again")
    one.see("told", "that it was not met, or only partly, in letter", "It came again")
    rates.see("was not met, or only partly")
    assert (rate.criterion, rate.repeated.counts.met, rate.repeated.counts.n) == ("B1", 1, 1)
    assert [each.is_again for each in loop.watches if each.is_complete] == [True]
