import pytest
from django.http import Http404

from forthright.accounts.models import Role, Unit
from forthright.disclosure.selectors import duties as selectors
from tests import given
from tests.disclosure import duties

pytestmark = pytest.mark.django_db


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
