"""A plan that was stopped draws no more, and what it drew is still there."""

import pytest
import time_machine

from forthright.audit.models import Event
from forthright.samples import services
from forthright.samples.models import Plan
from tests import given
from tests.client import as_
from tests.samples import weeks

pytestmark = pytest.mark.django_db


@time_machine.travel(given.NOON, tick=False)
def test_what_a_stopped_plan_drew_is_still_found():
    planner, drawn = weeks.a_planner(), weeks.a_draw()
    services.stop_plan(drawn.plan, by=planner, at=given.NOON, reason="Not needed")

    as_(planner).open("/samples/").follow(str(drawn.plan)).see("marked")


@time_machine.travel(given.NOON, tick=False)
def test_a_plan_is_stopped_for_a_reason_and_started_again():
    planner, drawn = weeks.a_planner(), weeks.a_draw()
    page = as_(planner).open(f"/samples/plans/{drawn.plan_id}/").follow("Stop this plan")
    for unseen in (" ", "\U0001d159" * 12, "\ufffc" * 12, "\u0301" * 12):
        asked = page.press("Stop this plan", reason=unseen)
        assert asked.errors == ["Enter why the plan is stopped"]
    asked = page.press("Stop this plan", reason="n/a")
    assert asked.errors == ["Say more, in 4 letters or more, so that whoever reads it understands"]
    page = page.press("Stop this plan", reason="Now in the plan of the Area")
    page.see("Stopped", "What was drawn stays", f"{planner} stopped it on 5 October 2026")
    page.see("“Now in the plan of the Area”")
    event = Event.objects.get(name="plan.stopped")
    assert event.detail == {"reason": "Now in the plan of the Area"}

    page = page.press("Start this plan again")

    page.not_see("Stopped", "Now in the plan of the Area")


def test_a_plan_is_not_stopped_twice():
    planner, drawn = weeks.a_planner(), weeks.a_draw()
    services.stop_plan(drawn.plan, by=planner, at=given.NOON, reason="The first")

    with pytest.raises(services.PlanHasProblems, match="stopped already"):
        services.stop_plan(drawn.plan, by=planner, at=given.NOON, reason="The second")

    assert Plan.objects.get(pk=drawn.plan_id).stopped_because == "The first"
