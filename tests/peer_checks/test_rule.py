"""Which letters are looked at before they go: changed with its source, and by one at a time."""

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.letters.models import CheckRule
from tests import given
from tests.client import as_
from tests.peer_checks.looked_at import LATER

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(LATER, tick=False):
        yield


def test_the_rule_of_the_area_is_changed_with_its_source_and_from_a_day():
    given.an_area_that_writes()
    page = as_(given.a_person(Role.LEGAL_MANAGER)).open("/checks/rule/")

    page.see("decision letter; 100 in a hundred; asked for, not required")
    said = {"source": "Area board, 1 October", "reason": "Letters went out with faults."}
    kept = page.press("Keep this rule", is_required="on", share_percent="30", **said)

    kept.see("Kept.", "30 in a hundred; required", "Area board, 1 October")
    assert CheckRule.objects.get().version == 1
