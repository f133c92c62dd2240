"""Cases are found by URN and surname, and seen only within reach."""

import pytest
from django.http import Http404

from forthright.accounts.models import Role, Unit
from forthright.cases.models import Case
from forthright.cases.selectors import WhichCase, case_for, cases_named, people_named, the_case
from tests import given

pytestmark = pytest.mark.django_db


def test_a_case_of_the_persons_unit_is_found():
    case = given.a_case()

    assert case_for(given.a_person(Role.PROSECUTOR), case.pk) == case


@pytest.mark.parametrize(
    ("role", "kind", "area"),
    [
        pytest.param(Role.PROSECUTOR, Unit.Kind.RASSO, "Mercia", id="another unit"),
        pytest.param(Role.CHIEF_CROWN_PROSECUTOR, Unit.Kind.CROWN_COURT, "Wessex",
                     id="another area"),
        pytest.param(Role.RESEARCHER, Unit.Kind.CROWN_COURT, "Mercia", id="wrong role"),
    ],
)  # fmt: skip
def test_a_case_out_of_reach_is_not_there(role, kind, area):
    case = given.a_case()
    person = given.a_person(role, unit=given.a_unit(kind, area=given.an_area(area)))

    with pytest.raises(Http404):
        case_for(person, case.pk)


@pytest.mark.parametrize("written", ["20AB7777726", "20 ab 77777 26", "20ab777", "20"])
def test_a_case_is_found_by_the_beginning_of_its_urn(written):
    case = given.a_case(urn="20AB7777726")
    given.a_case(urn="45AB8888826")

    assert list(cases_named(case.area, written)) == [case]


@pytest.mark.parametrize(
    ("surname", "written"),
    [("O'Neill", "o'n"), ("Ó Neill", "ó ne"), ("MacDonald", "MACDON"), ("van Dijk", "van d")],
)
def test_a_person_is_found_by_the_beginning_of_their_surname(surname, written):
    person = given.a_person_to_tell(given.a_case(), family_name=surname)
    given.a_person_to_tell(given.a_case(), family_name="Zeller")

    assert list(people_named(person.case.area, written)) == [person]


def test_people_of_another_area_are_not_found():
    elsewhere = given.a_case(unit=given.a_unit(area=given.an_area("Wessex")))
    given.a_person_to_tell(elsewhere, family_name="Nowak")

    assert not people_named(given.an_area(), "Nowak").exists()


@pytest.mark.parametrize(
    ("there", "written", "found"),
    [
        pytest.param(["", "(S)/1"], "20AB7777726", "", id="exactly so"),
        pytest.param(["(S)/1", "(S)/2"], "20ab7777726 (s)/2", "(S)/2", id="with its ending"),
        pytest.param(["(S)/1"], "20AB7777726", "(S)/1", id="no other could be meant"),
        pytest.param([], "20AB7777726/1", None, id="none"),
    ],
)
def test_one_case_is_taken_where_no_other_is_meant(there, written, found):
    for ending in there:
        given.a_case(urn="20AB7777726", urn_suffix=ending)
    given.a_case(urn="45AB8888826")

    case = the_case(Case.objects.all(), written)

    assert (case and case.urn_suffix) == found


@pytest.mark.parametrize(
    ("there", "written"),
    [
        pytest.param(["(S)/1", "(S)/2"], "20AB7777726", id="no ending"),
        pytest.param(["(S)/1", "(S)/2"], "20AB7777726(S)/3", id="an ending of none"),
        pytest.param([""], "20AB7777726(S)/1", id="an ending where there is none"),
    ],
)
def test_cases_that_were_split_are_told_apart_by_asking(there, written):
    for ending in there:
        given.a_case(urn="20AB7777726", urn_suffix=ending)

    with pytest.raises(WhichCase) as refusal:
        the_case(Case.objects.all(), written)

    for ending in there:
        assert f"20AB7777726{ending}" in str(refusal.value)
