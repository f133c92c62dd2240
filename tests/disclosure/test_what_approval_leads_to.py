"""The page of approval says what can be served once it is approved, by the rule of the service."""

from datetime import date

import pytest

from forthright.accounts.models import Role
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.endorsing import set_aside
from forthright.disclosure.services.serving import ServingRefused, second_looks, serve
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db
NOON = given.NOON
STATEMENT = "the defence gets the statement that there is nothing to disclose"
AGAINST = "A statement that there is nothing to disclose says that nothing which has not been"
PASSED = "1 item set aside until a day that has passed: MG6C item 2"
WITHHELD = {1: ("CND", ""), 2: ("ND", "Another address"), 3: ("ND", "She saw nobody there")}


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(NOON, tick=False)
    return time_machine


@pytest.fixture
def manager():
    return as_(duties.a_lawyer(Role.LEGAL_MANAGER))


def test_where_nothing_waits_the_defence_gets_the_statement(manager):
    duty = duties.endorse_all(duties.reviewing(), by=duties.a_lawyer(), codes=WITHHELD)

    page = manager.open(f"/disclosure/{duty.pk}/approve/")

    page.see(STATEMENT).not_see("it cannot be served yet")


def test_where_a_sensitive_item_is_set_aside_no_statement_is_promised(manager):
    duty = duties.reviewing()
    for line in lines_of(duty):
        if line.form == "MG6D":
            set_aside(duty, line.item.pk, reason="The court is asked on immunity",
                      decide_by=date(2026, 10, 30), by=duties.a_lawyer(), at=NOON)  # fmt: skip
            continue
        code, reason = WITHHELD[line.item.number]
        duties.endorse(duty, line.item, code, reason=reason, by=duties.a_lawyer())
    duty = duties.fresh(duty)

    page = manager.open(f"/disclosure/{duty.pk}/approve/")

    page.see("Once this is approved, it cannot be served yet.", AGAINST).not_see(STATEMENT)
    again = [line.item.pk for line in second_looks(lines_of(duty))]
    page.press("Approve", looked_again=again).see("Approved.")
    service = duties.a_service(duty, is_nil=True)
    with pytest.raises(ServingRefused, match=AGAINST):
        serve(duties.fresh(duty), service, by=duties.a_lawyer(), at=NOON)


def test_where_the_day_of_an_item_has_passed_it_says_so_beside_what_is_given(at_noon):
    duty = duties.endorsed_around_an_item()
    at_noon.move_to(given.at("2026-10-12 12:00"), tick=False)

    page = as_(duties.a_lawyer(Role.LEGAL_MANAGER)).open(f"/disclosure/{duty.pk}/approve/")

    page.see("Once this is approved, it cannot be served yet.", PASSED, "MG6C item 3")
