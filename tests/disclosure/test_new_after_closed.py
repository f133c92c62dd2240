"""What comes after a duty was closed is not lost: who is concerned is named, and can go on."""

from datetime import timedelta

import pytest

from forthright.disclosure.selectors.duties import waiting_for
from forthright.disclosure.services.bringing import check_delivery, take_in
from forthright.disclosure.services.reopening import open_again
from forthright.disclosure.services.starting import end_duty
from forthright.disclosure.services.triage import find_adequate
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON, TODAY = given.NOON, given.NOON.date()
LATER = NOON + timedelta(days=2)
LOG = "Log in which another man says that he did it alone"


@pytest.fixture(autouse=True)
def two_days_later(time_machine):
    time_machine.move_to(LATER, tick=False)


def closed(**duty):
    begun = duties.court_told(**duty)
    end_duty(begun, TODAY, reason="Guilty", by=None, at=NOON)
    return duties.fresh(begun)


def checked(duty, **files):
    return check_delivery(
        duty, duties.written(**files), police_unit=duties.a_police_unit(), is_whole=False, by=None,
        at=LATER,
    )  # fmt: skip


def stands(came):
    came = take_in(came, let_go=duties.letting_go(came), by=None, at=LATER)
    find_adequate(came, reason="Good enough for this case", by=None, at=LATER)


def waits(duty):
    return waiting_for(duties.a_lawyer(), LATER.date()).filter(pk=duty.pk).exists()


def test_a_delivery_names_whose_duty_is_closed_and_leads_to_opening_it_again():
    first = closed()
    second = duties.a_duty(case=first.case, name="Pugh")
    her = as_(duties.a_lawyer())
    came = checked(second, later_csv=duties.a_schedule(LOG, first=4))
    says = "The duty to disclose to Mr Dean Marsden is closed."
    her.open(f"/disclosure/deliveries/{came.pk}/").see(says)
    assert not waits(first)

    stands(came)

    assert waits(first)
    page = her.open(f"/disclosure/deliveries/{came.pk}/").see(says).not_see("Pugh is closed")
    her.open("/").see("1 duty closed, and new material came since")
    her.open("/disclosure/").see("New material came since: look whether to open it again")
    her.open(f"/disclosure/{first.pk}/").see("New material came after this duty was closed")
    page.follow("open it again: Mr Dean Marsden").press(
        "Open the duty again", reason="Another man confessed"
    )
    her.open(f"/disclosure/deliveries/{came.pk}/").not_see(says)
    her.open(f"/disclosure/{first.pk}/").not_see("after this duty was closed")
    assert waits(first)


def test_of_one_defendant_whose_duty_is_closed_it_is_said_as_well():
    duty = closed()
    stands(checked(duty, later_csv=duties.a_schedule(LOG, first=4)))

    assert waits(duty)

    open_again(duty, reason="Another man confessed", by=duties.a_lawyer(), at=LATER)
    end_duty(duties.fresh(duty), TODAY, reason="Guilty", by=None, at=LATER)
    assert not waits(duty), "who closed it again had seen what came"


def test_a_new_version_of_what_was_there_brings_nothing_new():
    duty = duties.reviewing()
    end_duty(duty, TODAY, reason="Guilty", by=None, at=NOON)
    duty = duties.fresh(duty)
    stands(checked(duty, mg6c_csv=duties.a_schedule(*duties.OPEN_ITEMS)))

    assert not waits(duty)
