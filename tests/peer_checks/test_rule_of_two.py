"""Of two who change at once which letters are looked at, the second is shown what stands."""

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.letters.models import CheckRule
from tests import given
from tests.client import as_
from tests.peer_checks.looked_at import LATER

pytestmark = pytest.mark.django_db
SAID = {"source": "Area board, 1 October", "reason": "Letters went out with faults."}


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(LATER, tick=False):
        yield


def test_the_second_of_two_is_shown_what_the_first_kept_and_overwrites_nothing():
    given.an_area_that_writes()
    first, second = given.a_person(Role.LEGAL_MANAGER), given.a_person(Role.LEGAL_MANAGER)
    one, two = (as_(each).open("/checks/rule/") for each in (first, second))
    one.press("Keep this rule", is_required="on", share_percent="30", latest="2pm", **SAID)

    page = two.press("Keep this rule", share_percent="60", **SAID)

    said = " ".join(page.errors)
    assert f"changed after you opened the page by {first}" in said
    assert "How many in a hundred?: now it says “30”" in said
    assert "By what hour on the day a letter is due?: now it says “2pm”" in said
    assert [each.share_percent for each in CheckRule.objects.all()] == [30]
    page.press("Keep this rule").see("Kept.", "60 in a hundred; asked for, not required")
    assert CheckRule.objects.count() == 2


def test_an_edition_that_begins_later_was_kept_since_too():
    given.an_area_that_writes()
    one, two = (as_(given.a_person(Role.LEGAL_MANAGER)).open("/checks/rule/") for _ in range(2))
    day = {"in_force_from_day": "1", "in_force_from_month": "12", "in_force_from_year": "2026"}
    one.press("Keep this rule", **day, **SAID)

    page = two.press("Keep this rule", **SAID)

    assert "From which day?: now it says “1 December 2026”" in page.errors
    assert CheckRule.objects.count() == 1
