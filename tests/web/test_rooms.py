"""Which rooms stand in the navigation, and which under More for want of space."""

import pytest

from forthright.accounts.models import Role
from forthright.accounts.policies import has_permission
from forthright.web.rooms import MOST_IN_A_LINE, ROOMS, rooms_in_line, rooms_under_more
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", Role.values)
def test_every_room_a_role_may_enter_is_in_the_line_or_under_more(role):
    person = given.a_person(role)

    in_line, under_more = rooms_in_line(person), rooms_under_more(person)

    may_enter = {each for each in ROOMS if has_permission(person, each.permission)}
    assert {*in_line, *under_more} == may_enter
    assert len(in_line) + len(under_more) == len(may_enter)
    assert len(in_line) <= MOST_IN_A_LINE


def test_one_whose_rooms_fit_has_no_page_more_to_go_through():
    page = as_(given.a_person(Role.AREA_LEAD)).open("/")

    assert "More" not in page.links


def test_the_page_more_says_what_each_room_is_for():
    page = as_(given.a_person(Role.SENIOR_MANAGER)).open("/").follow("More")

    page.see("The rules and bank holidays that due dates are worked out from")
    page.follow("Record").see("Record")
