"""A defendant of a case that was sent, for whom nobody began a duty, is named where they look."""

from datetime import date

import pytest

from forthright.accounts.models import Role, Unit
from forthright.disclosure.selectors.not_begun import not_begun_for
from forthright.disclosure.services.starting import Trigger, start_duty
from tests import given
from tests.client import as_
from tests.disclosure import duties
from tests.hard_media import media

pytestmark = pytest.mark.django_db
SENT = date(2026, 9, 1)
LINE = "2 defendants sent to the Crown Court have no duty begun"


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def a_case_sent():
    """Return a case that the register has as sent, with its two defendants."""
    case = media.a_hearing(sent_on=SENT).case
    duties.a_defendant(case, "Oduya")
    return case, case.defendants.order_by("pk")


def begun(defendant, court="CROWN"):
    trigger = Trigger(court=court, triggered_on=SENT, remand="CUSTODY")
    return start_duty(defendant, trigger, by=None, at=given.NOON)


def test_by_the_day_in_the_register_each_is_named_until_a_duty_begins():
    case, (one, two) = a_case_sent()
    lawyer = given.a_person(Role.PROSECUTOR, unit=case.unit)
    her = as_(lawyer)

    page = her.open("/").see(LINE).follow(LINE)
    page.see(str(one), str(two), str(case), "Of your own unit, which begins them: 2.")
    page = page.follow(f"Begin a duty for {two}, {case}").see("Which defendant?")
    for address in ("/disclosure/compliance/", "/disclosure/compliance/months/"):
        her.open(address).see("2 defendants of cases sent to the Crown Court have no")

    duty = begun(one)
    her.open("/").see("1 defendant sent to the Crown Court has no duty begun")
    page = her.open(f"/disclosure/{duty.pk}/").see("1 defendant of this case has no duty begun")
    page.see(str(two)).follow("Begin a duty for another defendant of this case").see(str(two))
    begun(two)
    her.open("/").not_see("no duty begun")
    her.open(f"/disclosure/{duty.pk}/").not_see("no duty begun")


@pytest.mark.parametrize(("court", "is_named"), [("CROWN", True), ("MAGISTRATES", False)])
def test_without_the_register_another_defendants_duty_tells_of_a_sending(court, is_named):
    duty = duties.a_duty(court=court)
    other = duties.a_defendant(duty.case, "Oduya")

    assert (other in not_begun_for(duties.a_lawyer())) == is_named


def test_another_unit_is_told_nothing():
    a_case_sent()
    far = given.a_person(Role.PROSECUTOR, unit=given.a_unit(Unit.Kind.RASSO))

    as_(far).open("/").not_see("no duty begun")
    as_(far).open("/disclosure/not-begun/").not_see("Oduya")
