"""However many letters wait, a reminder goes before its explanation is late."""

import pytest
import time_machine

from forthright.morning_lists.models import Reminder
from forthright.morning_lists.services import reminding
from forthright.schemes.models import Duty
from tests import given
from tests.morning_lists.mornings import a_letter, a_prosecutor

pytestmark = pytest.mark.django_db


def test_many_letters_due_sooner_of_which_it_is_not_time_yet_hold_up_no_reminder(monkeypatch):
    now, by = given.at("2026-10-05 12:00"), a_prosecutor()
    late = a_letter("2026-10-02 11:00", by=by)
    soon = [a_letter("2026-10-05 11:55", by=by) for _ in range(2)]
    Duty.objects.filter(pk__in=[each.pk for each in soon]).update(due_on="2026-10-06")
    Duty.objects.filter(pk=late.pk).update(due_on="2026-10-09")
    monkeypatch.setattr(reminding, "MOST_AT_ONCE", 2)

    with time_machine.travel(now, tick=False):
        assert reminding.remind_by_itself(late.area, by=None, at=now) == 1

    assert Reminder.objects.get().decision_id == late.decision_id
