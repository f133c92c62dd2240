"""One press hands out what shows how a duty was met, and nothing that must stay."""

import io
import zipfile

import pytest

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.disclosure.selectors.standings import lines_of
from forthright.disclosure.services.holding import hold_back
from forthright.disclosure.services.managing import write_document
from tests import given
from tests.client import as_
from tests.disclosure import duties
from tests.disclosure.test_pack import everything_in

pytestmark = pytest.mark.django_db
# The proof and the record stay too; the method and the day of a service do not.
MUST_STAY = ("Heronsgate", "Debrief", "MG6D", "It names a source", "Receipt 4471", "item.endorsed")


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.at("2026-11-02 09:00"), tick=False)


def evidence(duty, role=Role.INSPECTOR, unit=None):
    person = given.a_person(role, unit=unit or duty.unit)
    return as_(person).client.get(f"/disclosure/{duty.pk}/evidence/")


def test_it_holds_marks_dates_and_the_papers_of_each_service():
    duty = duties.approved()
    write_document(duty, {"issues": "Who drove."}, by=duties.a_lawyer(), at=given.NOON)
    duty = duties.served_after_approval(duty)

    answer = evidence(duty)

    said = everything_in(answer.content)
    with zipfile.ZipFile(io.BytesIO(answer.content)) as package:
        names = package.namelist()
    assert "evidence.docx" in names
    assert "service-1/covering-letter.docx" in names
    assert "service-1/disclosure-management-document.docx" in names
    assert "Q2: Was initial disclosure given by its day? Fully meets" in said
    assert "50 days after that day is" in said
    assert [words for words in MUST_STAY if words in said] == []
    assert Event.objects.filter(name="evidence.taken_out", subject_id=str(duty.pk)).exists()


def test_of_a_duty_that_was_never_served_it_says_so():
    said = everything_in(evidence(duties.reviewing()).content)

    assert "Most significant failing: No initial disclosure" in said


@pytest.mark.parametrize(
    ("role", "kind", "status"),
    [
        pytest.param(Role.POLICE_PARTNER, Unit.Kind.POLICE, 403, id="the police"),
        pytest.param(Role.PROSECUTOR, Unit.Kind.RASSO, 404, id="another unit"),
        pytest.param(Role.SENIOR_MANAGER, Unit.Kind.RASSO, 200, id="a senior manager"),
    ],
)
def test_who_gets_it(role, kind, status):
    assert evidence(duties.served(), role, given.a_unit(kind)).status_code == status


def test_what_was_held_back_since_it_was_served_is_for_the_lawyers_on_the_page_and_in_the_files():
    duty, lawyer = duties.approved(), duties.a_lawyer()
    log = "storm incident log 1881"
    write_document(duty, {"issues": f"What the {log} of 1 June shows."}, by=lawyer, at=given.NOON)
    duty = duties.served_after_approval(duty)
    assert log in everything_in(evidence(duty).content).lower()

    item = next(line.item for line in lines_of(duty) if line.item.number == 2)
    hold_back(item, reason="It names the caller", by=lawyer, at=given.NOON)

    for role in (Role.INSPECTOR, Role.LINE_MANAGER):
        said = everything_in(evidence(duty, role).content).lower()
        assert log not in said
        assert "first account of mrs oduya" in said
        assert "for the lawyers of the unit by now" in said
        as_(given.a_person(role)).open(f"/disclosure/{duty.pk}/management/").not_see(log)
    assert log in everything_in(evidence(duty, Role.PROSECUTOR).content).lower()
    page = as_(given.a_person(Role.LINE_MANAGER)).open(f"/disclosure/{duty.pk}/pack/")
    page.see("ask a lawyer of the unit for it")
    pack = as_(lawyer).client.get(f"/disclosure/{duty.pk}/pack/")
    assert log in everything_in(pack.content).lower()


def test_the_papers_of_a_service_are_still_for_whoever_served_what_a_second_person_let_go():
    duty = duties.reviewing()
    item = next(line.item for line in lines_of(duty) if line.item.number == 3)
    hold_back(item, reason="It says where she lives", by=duties.a_lawyer(), at=given.NOON)
    duty = duties.approve_and_serve(duties.endorse_all(duties.fresh(duty), by=duties.a_lawyer()))
    manager = as_(given.a_person(Role.LINE_MANAGER))

    pack = manager.client.get(f"/disclosure/{duty.pk}/pack/")

    assert "First account of Mrs Oduya" in everything_in(pack.content)
