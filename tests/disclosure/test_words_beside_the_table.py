"""What the police write beside the table of an item keeps it back until somebody decided."""

import pytest

from forthright.accounts.models import Role
from forthright.disclosure.selectors.schedules import stops_of
from forthright.disclosure.services.bringing import take_in
from forthright.disclosure.services.triage import TriageRefused, find_adequate
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
SECOND = duties.OPEN_ITEMS[1]


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


@pytest.mark.parametrize(
    "line",
    [
        "Note to the lawyer: item 2 came from Heronsgate, do not show it to the defence.",
        "Please note that item 2 should be on the MG6D. Heronsgate put it here by mistake.",
        "Item 2 was told us by Mrs Heronsgate. Please speak to DS Hall.",
        "Item 2 may assist the defence as it was written by the source Heronsgate.",
        "The second item was given by our informant Heronsgate, so it is for your view.",
    ],
)
def test_an_item_that_a_line_below_the_table_names_is_held_back_and_stops(line):
    words = f'{duties.a_schedule(*duties.OPEN_ITEMS)}"{line}"\n'

    delivery = duties.checked(duties.a_duty(), MG6C_csv=words)

    items = delivery.schedules.get().items
    assert [each.number for each in items.all() if each.is_held_back] == [2]
    assert stops_of(delivery) == 1
    page = as_(given.a_person(Role.LINE_MANAGER)).open(f"/disclosure/deliveries/{delivery.pk}/")
    page.not_see(SECOND, "Heronsgate").see(duties.OPEN_ITEMS[0])
    with pytest.raises(TriageRefused, match="1 thing should stop"):
        find_adequate(take_in(delivery, by=None, at=given.NOON), unit=duties.a_police_unit(),
                      by=None, at=given.NOON)  # fmt: skip


def test_a_line_of_all_items_holds_each_back_where_it_names_their_source():
    line = "Items 1 to 3 came from the informant Heronsgate and must be handled with care."

    delivery = duties.checked(
        duties.a_duty(), MG6C_csv=f"{duties.a_schedule(*duties.OPEN_ITEMS)}{line}\n"
    )

    items = delivery.schedules.get().items
    assert [each.number for each in items.all() if each.is_held_back] == [1, 2, 3]


@pytest.mark.parametrize(
    "line",
    [
        "Items 1 and 3 were inspected by me on 5 March 2026.",
        "Item 2 has been exhibited as PH/1.",
        "Do not disclose without the authority of the prosecutor.",
    ],
)
def test_ordinary_lines_of_some_items_stop_nothing(line):
    words = f'{duties.a_schedule(*duties.OPEN_ITEMS)}"{line}"\n'

    delivery = duties.checked(duties.a_duty(), MG6C_csv=words)

    assert not [each for each in delivery.schedules.get().items.all() if each.is_held_back]
    assert stops_of(delivery) == 0


def test_a_line_that_keeps_back_what_it_does_not_name_stops_the_delivery():
    line = "The log must not be shown to the defence"
    words = f"{duties.a_schedule(*duties.OPEN_ITEMS)}{line}\n"

    delivery = duties.checked(duties.a_duty(), MG6C_csv=words)

    assert stops_of(delivery) == 1
