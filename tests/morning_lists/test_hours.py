"""How long each step may take is shown with its source, and is the Area's to change."""

import pytest
import time_machine
from django.urls import reverse

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.morning_lists.models import AllowanceEdition
from forthright.morning_lists.selectors.allowances import allowances_of
from forthright.morning_lists.services.allowances import NewAllowances, change_allowances
from forthright.rules.stage_allowances import AllowanceRefused
from tests import given
from tests.client import as_
from tests.morning_lists import mornings
from tests.morning_lists.mornings import MORNING, a_letter, part

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator():
    given.a_started_area()
    return given.a_person(Role.ADMINISTRATOR)


def changed(by, reason="The board wants it so.", **values):
    new = NewAllowances(values=values, source="The board, 1 October 2026", reason=reason)
    return change_allowances(by.area, new, by=by, at=MORNING)


def test_what_an_area_changed_is_its_own_and_the_rest_stays(administrator):
    changed(administrator, explanation_hours=4)

    stand = allowances_of(administrator.area)

    own, rest = stand.allowances["explanation_hours"], stand.allowances["draft_hours"]
    assert (own.value, own.source, own.in_force_from) == (
        4, "The board, 1 October 2026", mornings.TODAY,
    )  # fmt: skip
    assert (own.is_confirmed, rest.is_confirmed) == (True, False)
    assert Event.objects.get(name="morning.allowances_changed").by == administrator


def test_the_list_follows_what_was_changed(administrator):
    a_letter()
    changed(administrator, explanation_hours=4)

    (line,) = part("today").lines

    assert line.clock.now.limit.at == given.at("2026-09-28 14:00")


def test_an_area_does_not_change_what_another_is_counted_by(administrator):
    changed(administrator, explanation_hours=4)

    assert allowances_of(given.an_area("Wessex"))["explanation_hours"] == 8


def test_a_second_change_keeps_the_first(administrator):
    changed(administrator, explanation_hours=4)
    changed(administrator, draft_hours=5)

    stand = allowances_of(administrator.area)

    assert (stand["explanation_hours"], stand["draft_hours"], stand.version) == (4, 5, "3")


def test_what_does_not_hold_together_is_refused(administrator):
    with pytest.raises(AllowanceRefused, match="begins before it ends"):
        changed(administrator, day_begins=18)

    assert not AllowanceEdition.objects.exists()


def test_a_reason_that_says_nothing_is_refused(administrator):
    with pytest.raises(AllowanceRefused, match="Say why"):
        changed(administrator, reason="ok", draft_hours=5)


def test_only_whoever_changes_the_time_limits_changes_them(administrator):
    with pytest.raises(NotAllowed):
        changed(mornings.a_spoc(), draft_hours=5)


def test_nobody_changes_them_in_another_area(administrator):
    new = NewAllowances(values={"draft_hours": 5}, source="We", reason="It is better so.")

    with pytest.raises(NotAllowed, match="of your own Area"):
        change_allowances(given.an_area("Wessex"), new, by=administrator, at=MORNING)


class TestPages:
    @pytest.fixture(autouse=True)
    def in_the_morning(self):
        with time_machine.travel(MORNING, tick=False):
            yield

    def test_each_says_its_source_and_that_nobody_confirmed_it(self, administrator):
        page = as_(mornings.a_spoc()).open(reverse("schemes:rules")).follow("Hours of each step")

        page.see("This service's own setting", "Not confirmed by the Area").not_see("Change or")

    def test_they_are_changed_and_confirmed(self, administrator):
        page = as_(administrator).open("/morning/hours/").follow("Change or confirm them")

        page = page.press(
            "Change them", draft_hours="6", confirmed="check_hours", source="The board",
            reason="The board wants it so.",
        )  # fmt: skip

        page.see("The hours are changed", "The board wants it so.")
        assert AllowanceEdition.objects.get().allowances.keys() == {"draft_hours", "check_hours"}

    def test_the_second_of_two_is_told_what_stands(self, administrator):
        page = as_(administrator).open("/morning/hours/change/")
        changed(administrator, draft_hours=5)

        page = page.press("Change them", draft_hours="6", source="We", reason="It is better so.")

        page.see("This was changed after you opened the page", "now it says “5”")
        assert allowances_of(administrator.area)["draft_hours"] == 5

    def test_what_is_no_number_is_said(self, administrator):
        page = as_(administrator).open("/morning/hours/change/")

        page = page.press("Change them", draft_hours="x", source="We", reason="It is better so.")

        assert page.errors == [
            "Working hours for the draft, from the explanation: enter a whole number from 0 to 80"
        ]

    def test_another_role_is_refused(self, administrator):
        as_(mornings.a_spoc()).open("/morning/hours/change/", status=403)

    def test_they_answer_no_other_method(self, administrator):
        assert as_(administrator).try_("POST", "/morning/hours/") == 405
        assert as_(administrator).try_("PUT", "/morning/hours/change/") == 405
