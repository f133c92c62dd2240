"""What was said of a decision with nobody to tell is shown, and can be taken back."""

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.cases.models import Decision
from forthright.morning_lists.models import NobodyToTell
from forthright.morning_lists.services.nobody import (
    NobodyRefused,
    put_back,
    say_nobody_to_tell,
)
from forthright.schemes.services import open_duties
from tests import given
from tests.client import as_
from tests.morning_lists.mornings import MORNING, a_spoc, the_list

pytestmark = pytest.mark.django_db
WHY, MISTAKE = "The offence has no victim who can be named.", "It was said of the wrong line."


@pytest.fixture(autouse=True)
def in_the_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


def said_by(spoc):
    given.a_started_area()
    decision = given.a_decision(given.a_case(), made_at=given.at("2026-10-02 15:00"))
    return say_nobody_to_tell(decision, reason=WHY, by=spoc, at=MORNING)


def waiting():
    return [each.decision.pk for part in the_list().sections for each in part.decisions]


def test_who_said_it_when_and_why_is_shown_to_who_sees_the_list():
    spoc = a_spoc()
    said = said_by(spoc)
    unit = said.decision.case.unit
    manager = given.a_person(Role.LEGAL_MANAGER, unit=unit)

    as_(manager).open(f"/morning/{unit.pk}/nobody/").see(str(spoc), WHY, str(said.decision.case))
    as_(manager).open(f"/morning/{unit.pk}/decisions/").see("Where it was said that nobody")


def test_a_decision_that_is_put_back_waits_again_and_its_reasons_stay():
    spoc = a_spoc()
    said = said_by(spoc)
    unit = said.decision.case.unit
    assert waiting() == []

    page = as_(spoc).post(f"/morning/{unit.pk}/nobody/{said.pk}/put-back/", reason=MISTAKE)

    page.see("is on the morning list again", WHY, MISTAKE)
    assert waiting() == [said.decision_id]
    assert Event.objects.get(name="decision.put_back_on_list").detail == {"said": said.pk}
    said.refresh_from_db()
    assert (said.taken_back_by, said.taken_back_at) == (spoc, MORNING)
    assert not Decision.objects.get(pk=said.decision_id).who_is_told_is_known


def test_it_can_be_said_anew_and_stands_once():
    spoc = a_spoc()
    said = said_by(spoc)
    put_back(said, reason=MISTAKE, by=spoc, at=MORNING)

    say_nobody_to_tell(said.decision, reason=WHY, by=spoc, at=MORNING)

    assert NobodyToTell.objects.count() == 2
    assert waiting() == []
    with pytest.raises(NobodyRefused, match="taken back already"):
        put_back(said, reason=MISTAKE, by=spoc, at=MORNING)
    with pytest.raises(NobodyRefused, match="said of the decision already"):
        say_nobody_to_tell(said.decision, reason=WHY, by=spoc, at=MORNING)


def test_nothing_is_put_back_once_a_letter_is_owed():
    spoc = a_spoc()
    said = said_by(spoc)
    given.a_person_to_tell(said.decision.case)
    open_duties([said.decision], by=None, at=MORNING)

    with pytest.raises(NobodyRefused, match="A letter is owed"):
        put_back(said, reason=MISTAKE, by=spoc, at=MORNING)


def test_somebody_of_another_unit_puts_nothing_back():
    said = said_by(a_spoc())
    other = a_spoc(given.a_unit("RASSO"))
    address = f"/morning/{said.decision.case.unit_id}/nobody/{said.pk}/put-back/"

    assert as_(other).client.get(address).status_code == 404
