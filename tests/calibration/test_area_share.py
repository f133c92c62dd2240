"""The Area's share as marked and adjusted open the letters they are of, for who may see them."""

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.calibration.services.leniency import make_leniency_run
from tests import given
from tests.calibration.rounds_given import LATER, a_leader
from tests.client import as_

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(LATER, tick=True):
        yield


def worked_out():
    good, bad = given.a_marked_letter(), given.a_marked_letter(levels={"B1": "NOT_MET"})
    return good, bad, make_leniency_run(good.area, by=None, at=LATER)


def test_both_figures_open_the_letters_that_they_are_of():
    good, bad, run = worked_out()
    assert (run.raw_met, run.raw_n) == (1, 2)

    page = as_(a_leader()).open("/leniency/")
    page.see("As marked".lower(), "trust 4, numbers", "too few to say (of 2 letters)")
    letters = page.follow("1 of 2 (too few to say)")

    letters.see(f"{good.drawn_letter.called}, {good.unit}", "fully meets the standard",
                f"{bad.drawn_letter.called}, {bad.unit}", "does not fully meet it")  # fmt: skip
    opened = Event.objects.get(name="leniency.letters_opened")
    assert opened.detail["reviews"] == [good.pk, bad.pk]


def test_what_was_marked_after_it_was_worked_out_is_not_among_them():
    worked_out()
    later = given.a_marked_letter()
    type(later).objects.filter(pk=later.pk).update(marked_at=LATER.replace(hour=23))

    as_(a_leader()).open("/leniency/letters/").not_see(later.drawn_letter.called)


def test_letters_out_of_reach_are_counted_and_not_named():
    good, bad, _ = worked_out()
    elsewhere = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.RASSO))

    page = as_(elsewhere).open("/leniency/letters/")

    page.see("2 are not yours to see.").not_see(good.drawn_letter.called, bad.drawn_letter.called)


def test_before_anything_is_worked_out_it_says_so():
    given.a_marked_letter()

    page = as_(a_leader()).open("/leniency/letters/")

    assert page.address == "/leniency/"
    assert "Nothing is worked out yet" in page.text


def test_the_wrong_role_does_not_reach_it():
    assert as_(given.a_liaison_officer()).try_("GET", "/leniency/letters/") == 403
