"""What is queried stays with the lawyers in each version that lists it again, taken in or not."""

import pytest

from forthright.accounts.models import Role, Unit
from forthright.disclosure.models import Delivery, Item
from forthright.disclosure.selectors.hidden import queried_items
from forthright.disclosure.services.bringing import take_in
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db

VAN = "Statement of Mr Adeyemi of 3 October 2026 about the van and the driver"
LETTER = "Letter of 9 May 2026 by Mrs Finch of 4 Elm Row, in which she asks that nobody visits her"
OTHER = "Correspondence in which a witness at 4 Elm Row speaks of being afraid"
HIRE = "Receipt for the hire of a van on 3 May 2026 by the defendant"
OUTSIDERS = (Role.LINE_MANAGER, Role.SENIOR_MANAGER, Role.INSPECTOR)


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


@pytest.fixture
def duty():
    """Return a duty whose second item is queried."""
    begun = duties.adequate(duties.a_duty(), mg6c_csv=duties.a_schedule(VAN, LETTER, HIRE))
    write(begun, Item.objects.get(number=2), "Q", "It should not stand here")
    return begun


def write(duty, item, code, reason):
    duties.endorse(duties.fresh(duty), item, code, reason=reason, by=duties.a_lawyer())


def page(delivery, role, kind=Unit.Kind.CROWN_COURT):
    person = given.a_person(role, unit=given.a_unit(kind))
    return as_(person).open(f"/disclosure/deliveries/{delivery.pk}/")


def is_hidden_everywhere():
    for delivery in Delivery.objects.all():
        for role in OUTSIDERS:
            page(delivery, role).not_see("Elm Row").see("For the lawyers of the unit")
        page(delivery, Role.LEGAL_MANAGER, Unit.Kind.RASSO).not_see("Elm Row")
        page(delivery, Role.PROSECUTOR).see("Elm Row")


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((f"{VAN} seen", LETTER, HIRE), id="the same words and number"),
        pytest.param((f"{VAN} seen", HIRE, LETTER), id="the same words, another number"),
        pytest.param((VAN, OTHER, HIRE), id="other words, the same number"),
        pytest.param((VAN, HIRE, LETTER.replace("visits", "calls on")), id="like words"),
    ],
)
def test_it_is_hidden_in_a_version_that_is_not_taken_in_and_once_it_is(duty, rows):
    came = duties.checked(duty, mg6c_csv=duties.a_schedule(*rows))
    is_hidden_everywhere()
    page(came, Role.INSPECTOR).see(HIRE, VAN)

    take_in(came, let_go=duties.letting_go(came), by=None, at=given.NOON)

    is_hidden_everywhere()


def test_what_left_and_is_listed_again_is_hidden_until_somebody_decides_it(duty):
    duties.adequate(duty, mg6c_csv=duties.a_schedule(VAN, HIRE))
    duties.adequate(duty, mg6c_csv=duties.a_schedule(VAN, HIRE, LETTER))
    again = Item.objects.latest("pk")
    assert again.before is None
    for delivery in Delivery.objects.all():
        page(delivery, Role.LINE_MANAGER).not_see("Elm Row").see(HIRE)

    write(duty, again, "ND", "It does not help")

    page(again.schedule.delivery, Role.LINE_MANAGER).see("Elm Row")


def test_what_stood_beside_it_and_what_is_answered_is_shown_in_the_next_version(duty):
    like = LETTER.replace("9 May", "8 May").replace("Finch of 4 Elm Row", "Hill of 5 Oak Way")
    duties.adequate(duty, mg6c_csv=duties.a_schedule(VAN, LETTER, HIRE, like))
    came = duties.checked(duty, mg6c_csv=duties.a_schedule(f"{VAN} seen", LETTER, HIRE, like))
    hidden = Item.objects.filter(schedule__delivery=came, pk__in=queried_items(duty.case_id))
    assert [each.number for each in hidden] == [2]

    stands = Item.objects.get(description=LETTER, schedule__is_live=True)
    write(duty, stands, "ND", "It does not help")

    assert not queried_items(duty.case_id)


def test_an_item_that_goes_on_from_it_in_like_words_is_shown_once_it_is_decided(duty):
    like = LETTER.replace("9 May", "8 May")
    duties.adequate(duty, more_csv=duties.a_schedule(like, first=4))
    more = Item.objects.get(number=4)
    assert more.pk in queried_items(duty.case_id)

    write(duty, more, "ND", "It does not help")

    assert more.pk not in queried_items(duty.case_id)
    assert Item.objects.get(number=2).pk in queried_items(duty.case_id)
