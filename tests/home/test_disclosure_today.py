import pytest

from forthright.accounts.models import Role
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def test_the_overview_says_which_duties_wait_for_whom():
    duties.endorsed()
    duties.approved()

    as_(duties.a_lawyer(Role.LEGAL_MANAGER)).open("/").see(
        "1 duty endorsed and waiting to be approved", "1 duty approved and waiting to be served"
    )
    as_(duties.a_lawyer()).open("/").see("1 duty approved").not_see("waiting to be approved")


def test_a_unit_of_the_police_is_told_what_it_has_to_mend():
    duties.returned(duties.a_duty())
    officer = as_(given.a_person(Role.POLICE_PARTNER, unit=duties.a_police_unit()))

    page = officer.open("/").see("1 delivery of schedules to mend")

    page.see("The first by Monday 12 October 2026").not_see("not built yet")
