"""The time that a colleague has a letter is never its drafter's."""

import importlib

import pytest
import time_machine
from django.apps import apps

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.letters.services.drafting import draft_letter, hand_over
from forthright.morning_lists.selectors.morning import lines_of
from forthright.rules.stage_clock import Step
from forthright.schemes.models import Duty
from forthright.schemes.selectors import came_back_of
from forthright.schemes.services import clear_stage, record_stage
from tests import given
from tests.client import as_
from tests.peer_checks import looked_at

pytestmark = pytest.mark.django_db


def came_back(at: str) -> Duty:
    """Return a letter that was handed over on Monday at midday and came back at an hour."""
    check = looked_at.a_check()
    looked_at.changes_asked(check, at=given.at(at))
    related = ("unit", "area", "case", "decision__made_by", "drafter", "person")
    return Duty.objects.select_related(*related).get(pk=check.letter.duty_id)


def test_a_letter_that_came_back_is_with_its_drafter_since_then():
    with time_machine.travel(given.at("2026-10-08 10:05"), tick=False):
        duty = came_back("2026-10-08 10:00")
        [line] = lines_of(duty.unit, [duty], given.at("2026-10-08 10:05"))

    draft, look = line.clock.now, line.clock.steps[-2]
    assert (draft.step, draft.began) == (Step.DRAFT, given.at("2026-10-08 10:00"))
    assert (look.step, look.over) == (Step.CHECK, given.at("2026-10-08 10:00"))
    assert not any("22 working hours so far" in each for each in line.reasons)


def test_a_late_letter_lost_its_time_where_it_was():
    with time_machine.travel(given.at("2026-10-09 10:00"), tick=True):
        duty = came_back("2026-10-09 10:00")
    soon, later = given.at("2026-10-09 10:20"), given.at("2026-10-13 11:00")
    with time_machine.travel(soon, tick=False):
        draft_letter(duty, by=duty.drafter, at=soon)
        hand_over(Duty.objects.get(pk=duty.pk), by=duty.drafter, at=soon)
        manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.VLU))
        record_stage(duty, "approved", soon, by=manager, at=soon)
    with time_machine.travel(later, tick=False):
        sent = record_stage(duty, "sent", later, by=manager, at=later)
        page = as_(manager).open(f"/letters/{duty.pk}/").words

    assert (sent.state, sent.late_stage) == (Duty.State.LATE, Duty.Stage.APPROVING)
    assert "Less than a working day, in 2 turns" in page
    assert "4 working days, in 2 turns" in page


def test_a_hand_over_that_was_recorded_by_mistake_is_no_time_of_anybody():
    duty = looked_at.a_letter_put_forward().duty
    clear_stage(duty, "drafted", reason="It was not drafted.", by=None, at=looked_at.LATER)

    duty.refresh_from_db()
    assert duty.came_back == []


def test_what_came_back_before_is_read_from_the_record():
    with time_machine.travel(given.at("2026-10-08 10:05"), tick=False):
        duty = came_back("2026-10-08 10:00")
    kept = duty.came_back
    Duty.objects.update(came_back=[])
    assert Event.objects.filter(name="letter.drafted_cleared").exists()

    made = importlib.import_module("forthright.schemes.migrations.0004_came_back")
    made.note_what_came_back(apps, None)
    importlib.import_module("forthright.schemes.migrations.0006_in_post").note_what_was_approved(
        apps, None
    )

    duty.refresh_from_db()
    found = came_back_of(duty)
    duty.came_back = kept
    assert found == came_back_of(duty)
