from datetime import date

import pytest
from django.http import Http404

from forthright.accounts.models import Role, Unit
from forthright.accounts.permissions import COVERED, Permission, reach_of
from forthright.disclosure.selectors import duties as selectors
from tests import given
from tests.client import as_
from tests.disclosure import duties

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


@pytest.mark.parametrize(
    ("role", "unit", "sees", "sees_sensitive"),
    [
        pytest.param(Role.PROSECUTOR, Unit.Kind.CROWN_COURT, True, True, id="its lawyer"),
        pytest.param(Role.PROSECUTOR, Unit.Kind.RASSO, False, False, id="another unit"),
        pytest.param(Role.LINE_MANAGER, Unit.Kind.CROWN_COURT, True, False, id="its manager"),
        pytest.param(Role.LEGAL_SPOC, Unit.Kind.VLU, False, False, id="the liaison unit"),
        pytest.param(Role.LEGAL_MANAGER, Unit.Kind.RASSO, True, False, id="a manager elsewhere"),
        pytest.param(Role.INSPECTOR, Unit.Kind.RASSO, True, False, id="an inspector"),
        pytest.param(Role.POLICE_PARTNER, Unit.Kind.POLICE, False, False, id="the police"),
        pytest.param(Role.VICTIM_LIAISON_OFFICER, Unit.Kind.CROWN_COURT, False, False, id="VLO"),
    ],
)
def test_who_sees_a_duty_and_what_is_sensitive_in_it(role, unit, sees, sees_sensitive):
    duty = duties.reviewing()
    person = given.a_person(role, unit=given.a_unit(unit))

    assert selectors.duties_visible_to(person).filter(pk=duty.pk).exists() is sees
    assert selectors.may_see_sensitive(person, duty) is sees_sensitive


def test_the_police_see_what_was_returned_to_their_unit_and_nothing_else():
    returned = duties.returned(duties.a_duty())
    theirs = given.a_person(Role.POLICE_PARTNER, unit=duties.a_police_unit())
    others = given.a_person(
        Role.POLICE_PARTNER, unit=Unit.objects.create(area=theirs.area, name="Far", kind="POLICE")
    )

    assert selectors.return_for(theirs, returned.pk) == returned
    assert not selectors.deliveries_visible_to(theirs).exists()
    with pytest.raises(Http404):
        selectors.return_for(others, returned.pk)


def test_nobody_of_another_area_sees_a_duty():
    duty = duties.a_duty()
    elsewhere = given.a_person(
        Role.CHIEF_CROWN_PROSECUTOR, unit=given.a_unit(area=given.an_area("Wessex"))
    )

    with pytest.raises(Http404):
        selectors.duty_for(elsewhere, duty.pk)


@pytest.mark.parametrize(
    ("kind", "is_theirs"), [(Unit.Kind.CROWN_COURT, True), (Unit.Kind.RASSO, False)]
)
@pytest.mark.parametrize("state", ["to be approved", "to be told", "nearly due"])
def test_a_manager_is_told_of_the_duties_of_their_own_unit_alone(state, kind, is_theirs):
    if state == "to be approved":
        duty = duties.endorsed()
    else:
        duty = duties.served() if state == "to be told" else duties.a_duty(sent=date(2026, 8, 20))
    manager = given.a_person(Role.LEGAL_MANAGER, unit=given.a_unit(kind))

    assert (duty in selectors.waiting_for(manager, given.NOON.date())) is is_theirs
    page = as_(manager).open("/")
    told = page.see if is_theirs else page.not_see
    told("1 duty")
    assert selectors.duties_visible_to(manager).filter(pk=duty.pk).exists()


@pytest.mark.parametrize("role", list(Role))
def test_whoever_takes_a_step_takes_it_for_the_units_whose_schedules_they_take_in(role):
    steps = {reach_of(role, permission) for permission in selectors.NEXT_STEPS} - {None}

    assert steps <= {reach_of(role, Permission.SCHEDULE_BRING)}
    assert not COVERED & set(selectors.NEXT_STEPS)
