"""What somebody held back stays so where the version in which they did gave way to another."""

import pytest

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.disclosure.models import Item, PoliceReturn
from forthright.disclosure.selectors.secrets import secrets_of
from forthright.disclosure.services.holding import hold_back
from tests import given
from tests.client import as_
from tests.disclosure import duties
from tests.disclosure.test_handing_in import an_officer, handed_in

pytestmark = pytest.mark.django_db

VAN = "Statement of Mr Adeyemi of 3 October 2026 about the van and the driver"
LETTER = "Letter of 9 May 2026 by Mrs Finch of 4 Elm Row, in which she asks that nobody visits her"
WHY = "Her address is known to nobody"


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def held(delivery):
    item = Item.objects.get(schedule__delivery=delivery, number=2)
    hold_back(item, reason=WHY, by=duties.a_lawyer(), at=given.NOON)


def is_held(delivery):
    for role in (Role.LINE_MANAGER, Role.INSPECTOR):
        page = as_(given.a_person(role)).open(f"/disclosure/deliveries/{delivery.pk}/")
        page.not_see("Elm Row", WHY).see(VAN)
    page = as_(duties.a_lawyer()).open(f"/disclosure/deliveries/{delivery.pk}/")
    page.see("Elm Row", WHY, "Held back")


def test_it_stays_held_back_in_each_version_that_the_police_hand_in_after_it():
    duty = duties.a_duty()
    returned = duties.returned(duty, mg6c_csv=duties.a_schedule(VAN))
    officer = an_officer()
    held(handed_in(returned, duties.a_schedule(VAN, LETTER), by=officer))

    without = duties.a_schedule(f"{VAN} whom he saw")
    handed_in(PoliceReturn.objects.get(), without, by=officer)
    again = duties.a_schedule(f"{VAN} whom he saw", LETTER)
    came = handed_in(PoliceReturn.objects.get(), again, by=officer)

    is_held(came)
    said = as_(duties.a_lawyer()).open(f"/disclosure/{duty.pk}/record/")
    said.see("the words of 1 item stay held back as they were before")
    as_(officer).open(f"/returned-schedules/{returned.pk}/").not_see("Elm Row", WHY)


@pytest.mark.parametrize(
    "rows",
    [(VAN, LETTER), (LETTER, VAN), (VAN, LETTER.replace("visits", "calls on"))],
    ids=["the same", "under another number", "in like words"],
)
def test_it_stays_held_back_where_it_was_thrown_away_and_is_brought_again(rows):
    duty = duties.a_duty()
    first = duties.checked(duty, mg6c_csv=duties.a_schedule(VAN, LETTER))
    held(first)
    page = as_(duties.a_lawyer()).open(f"/disclosure/deliveries/{first.pk}/")

    page = page.press("Throw it away")

    page.see("The words of 1 item stay held back should they come again.")
    assert LETTER in secrets_of(duty)
    is_held(duties.checked(duty, mg6c_csv=duties.a_schedule(*rows)))
    details = list(Event.objects.filter(name="delivery.checked").values_list("detail", flat=True))
    assert [each["held_again"] for each in details] == [0, 1]


def test_nothing_is_kept_of_what_nobody_held_back():
    duty = duties.a_duty()
    first = duties.checked(duty, mg6c_csv=duties.a_schedule(VAN, LETTER))
    page = as_(duties.a_lawyer()).open(f"/disclosure/deliveries/{first.pk}/")

    page.press("Throw it away").see("Nothing of the case changed.").not_see("held back")

    assert not secrets_of(duty)
