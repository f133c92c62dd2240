"""An Area adopts its own numbers for second marks and leniency; the ones before are kept."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.rules.clock_rules import Status
from forthright.rules.second_mark_numbers import NumbersRefused, published_second_mark_numbers
from forthright.standards.models import MarkingNumbers
from forthright.standards.selectors.marking_numbers import marking_numbers_of
from forthright.standards.services.marking_numbers import NumbersDraft, adopt_marking_numbers
from tests import given
from tests.client import as_

pytestmark = pytest.mark.django_db
TODAY = given.NOON.date()


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=False):
        yield


def draft(*, confirmed=False, start=TODAY, reason="More letters to learn from.", **values):
    return NumbersDraft(
        values=values, in_force_from=start, source="Area board", is_confirmed=confirmed,
        reason=reason,
    )  # fmt: skip


def a_planner(**person):
    return given.a_person(Role.LEGAL_MANAGER, **person)


def adopted(numbers, *, by=None, opened=None):
    area = given.an_area()
    return adopt_marking_numbers(area, numbers, by=by or a_planner(), at=given.NOON, opened=opened)


def test_the_numbers_that_ship_hold_until_the_day_of_the_areas_own():
    start = TODAY + timedelta(days=7)

    adopted(draft(share_percent=30, start=start))

    area = given.an_area()
    assert marking_numbers_of(area, TODAY) == published_second_mark_numbers()
    assert marking_numbers_of(area, start)["share_percent"] == 30


def test_only_what_changes_gets_the_new_source():
    adopted(draft(share_percent=30))

    numbers = marking_numbers_of(given.an_area(), TODAY).numbers
    assert numbers["share_percent"].source == "Area board"
    assert numbers["new_marker_percent"].source != "Area board"


def test_confirming_leaves_nothing_to_confirm():
    adopted(draft(confirmed=True))

    numbers = marking_numbers_of(given.an_area(), TODAY)
    assert numbers.to_confirm() == ()
    assert numbers.numbers["share_percent"].status is Status.CONFIRMED


@pytest.mark.parametrize(
    ("numbers", "why"),
    [
        (draft(), "Nothing is changed"),
        (draft(share_percent=101), "0 to 100"),
        (draft(systemic_letters=2), "3 to 520"),
        (draft(share_percent=30, reason="."), "Say why"),
    ],
)
def test_what_cannot_be_is_refused_in_words(numbers, why):
    with pytest.raises(NumbersRefused, match=why):
        adopted(numbers)

    assert not MarkingNumbers.objects.exists()


def test_an_edition_never_begins_before_the_last():
    adopted(draft(share_percent=30))

    with pytest.raises(NumbersRefused, match="cannot begin before"):
        adopted(draft(share_percent=40, start=TODAY - timedelta(days=1)))

    assert MarkingNumbers.objects.count() == 1


def test_who_plans_no_samples_changes_no_numbers():
    with pytest.raises(NotAllowed, match="change a sample plan"):
        adopted(draft(share_percent=30), by=given.a_person(Role.LINE_MANAGER))

    assert not MarkingNumbers.objects.exists()


def posted(**values):
    numbers = {name: each.value for name, each in published_second_mark_numbers().numbers.items()}
    day = {"in_force_from_day": "5", "in_force_from_month": "10", "in_force_from_year": "2026"}
    said = {"source": "Area board", "reason": "More letters to learn from.", "opened": "0"}
    return {**numbers, **day, **said, **values}


def test_the_page_adopts_an_edition_and_keeps_the_history():
    browser = as_(a_planner())
    browser.open("/standards/numbers/").see("Nobody of the Area has confirmed 10 of these 10")

    page = browser.post("/standards/numbers/change/", **posted(share_percent=30))

    page.see("Edition 1 of the numbers is kept.", "More letters to learn from.", "30")
    page.follow("Edition 1").see("In force from", "Area board")


def test_the_second_of_two_is_shown_what_stands():
    adopted(draft(share_percent=30))

    page = as_(a_planner()).post("/standards/numbers/change/", **posted(share_percent=40))

    page.see("This was changed after you opened the page", "now it says “30”")
    assert MarkingNumbers.objects.count() == 1


def test_another_area_and_the_wrong_role_are_turned_away():
    edition = adopted(draft(share_percent=30))
    stranger = a_planner(area=given.an_area("Wessex"))

    assert as_(stranger).try_("GET", f"/standards/numbers/{edition.pk}/") == 404
    officer = as_(given.a_liaison_officer())
    assert officer.try_("GET", "/standards/numbers/change/") == 403
    assert officer.try_("POST", "/standards/numbers/") == 405
