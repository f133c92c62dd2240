"""A plan that was stopped draws no more, and what it drew is still there."""

import pytest
import time_machine

from forthright.samples import services
from tests import given
from tests.client import as_
from tests.samples import weeks

pytestmark = pytest.mark.django_db


@time_machine.travel(given.NOON, tick=False)
def test_what_a_stopped_plan_drew_is_still_found():
    planner, drawn = weeks.a_planner(), weeks.a_draw()
    services.stop_plan(drawn.plan, by=planner, at=given.NOON)

    as_(planner).open("/samples/").follow(str(drawn.plan)).see("marked")
