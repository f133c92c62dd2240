"""A newer plan draws no week again that another plan drew of the same letters."""

import pytest
import time_machine

from forthright.accounts.models import Unit
from forthright.rules.weeks import Week
from forthright.samples import services
from forthright.samples.models import Plan
from forthright.samples.selectors import next_week_to_draw
from forthright.web.clock import day_of
from tests import given
from tests.client import as_
from tests.samples import weeks

pytestmark = pytest.mark.django_db

TUESDAY = given.at("2026-10-06 10:00")
SECOND_MONDAY = given.at("2026-10-12 07:00")


@pytest.fixture(autouse=True)
def _a_tuesday():
    with time_machine.travel(TUESDAY, tick=False):
        yield


def a_plan(name: str, unit: Unit | None, *, at=weeks.BEFORE) -> Plan:
    where = unit or given.a_unit(Unit.Kind.VLU)
    settings = services.PlanSettings(marker=weeks.a_marker(where), random_size=3, cycle_weeks=None)
    return services.make_plan(where.area, by=None, at=at, name=name, unit=unit, settings=settings)


def drawn_by(plan: Plan, week: Week = weeks.W40, *, at=TUESDAY):
    return services.draw_sample(plan, week, seed=7, by=None, at=at)


def rasso() -> Unit:
    return given.a_unit(Unit.Kind.RASSO)


def crown() -> Unit:
    return given.a_unit(Unit.Kind.CROWN_COURT)


@pytest.mark.parametrize(
    ("of_first", "of_second"),
    [
        pytest.param(rasso, rasso, id="the same unit"),
        pytest.param(lambda: None, rasso, id="the whole Area, then a unit"),
        pytest.param(rasso, lambda: None, id="a unit, then the whole Area"),
    ],
)
def test_a_newer_plan_draws_no_week_that_was_drawn_before_it_was_made(of_first, of_second):
    weeks.letters_owed(6, unit=rasso())
    drawn_by(a_plan("First look", of_first()))
    newer = a_plan("Second look", of_second(), at=TUESDAY)

    with pytest.raises(services.AlreadyDrawn) as refusal:
        drawn_by(newer)

    assert "“First look” drew these letters for the week of 28 September 2026" in str(refusal.value)
    assert "draws from the week of 5 October 2026 on" in str(refusal.value)
    assert "can be drawn from Monday 12 October 2026" in str(refusal.value)
    assert next_week_to_draw(newer, day_of(TUESDAY)) is None


def test_the_older_of_two_plans_is_told_what_is_true_of_it_too():
    weeks.letters_owed(6, unit=rasso())
    older = a_plan("Older", rasso(), at=given.at("2026-10-05 09:00"))
    drawn_by(a_plan("Newer", rasso(), at=TUESDAY))

    with pytest.raises(services.AlreadyDrawn) as refusal:
        drawn_by(older)

    assert "newer plan" not in str(refusal.value)
    assert "“Newer” drew these letters for the week of 28 September 2026" in str(refusal.value)
    assert "drawn once, by whichever plan comes first" in str(refusal.value)


def test_stopping_the_older_plan_opens_no_way_round():
    weeks.letters_owed(6, unit=rasso())
    older = a_plan("First look", rasso())
    drawn_by(older)
    services.stop_plan(older, by=weeks.a_planner(), at=TUESDAY, reason="A better one is made.")

    with pytest.raises(services.AlreadyDrawn):
        drawn_by(a_plan("Second look", rasso(), at=TUESDAY))


def test_a_newer_plan_draws_a_week_that_nobody_drew_of_its_letters():
    weeks.letters_owed(6, unit=rasso())
    weeks.letters_owed(3, unit=crown())
    drawn_by(a_plan("First look", crown()))

    assert drawn_by(a_plan("Second look", rasso(), at=TUESDAY)).letters.count() == 3


def test_two_plans_draw_the_weeks_since_both_were_made():
    weeks.letters_owed(6, unit=rasso())
    last_day = given.at("2026-10-04 10:00")
    drawn_by(a_plan("First look", rasso(), at=last_day))

    assert drawn_by(a_plan("Second look", rasso(), at=last_day)).letters.count() == 3


# On the pages


def made_by(planner, marker) -> object:
    """Make a plan of a unit on the pages and return the page that follows."""
    page = as_(planner).open("/samples/plans/make/")
    page = page.press(
        "See what this can show", name="Second look", unit=str(marker.unit_id),
        marker=str(marker.pk), random_size="3",
    )  # fmt: skip
    return page.press("Keep this plan")


def test_the_banner_of_a_new_plan_says_which_week_it_draws_first():
    weeks.letters_owed(6, unit=rasso())
    drawn_by(a_plan("First look", rasso()))

    page = made_by(weeks.a_planner(), weeks.a_marker(rasso()))

    page.see(
        "It draws from the week of 5 October 2026 on, on Monday 12 October 2026. “First look” drew "
        "these letters for the week before."
    )
    page.follow("Draw a week’s sample").see("has been drawn, by “First look”, before this plan")
    as_(weeks.a_planner()).open("/samples/").see(
        "“First look” drew its letters. This plan draws from the week of 5 October 2026 on."
    )


def test_the_banner_says_where_the_week_before_can_be_drawn_at_once():
    weeks.letters_owed(6, unit=rasso())

    page = made_by(weeks.a_planner(), weeks.a_marker(rasso()))

    page.see("The week of 28 September 2026 can be drawn now.")


def test_a_letter_marked_for_one_plan_and_drawn_by_another_says_so():
    review = given.a_told_drafter().review
    marker, unit = review.marker, review.unit
    settings = services.PlanSettings(marker=marker, random_size=9, cycle_weeks=None)
    second = services.make_plan(
        unit.area, by=None, at=weeks.BEFORE, name="Second look", unit=unit, settings=settings
    )
    drawn = drawn_by(second)

    browser = as_(marker)

    first = review.drawn_letter.draw.plan
    browser.open("/reviews/").see(f"You marked it already and told its drafter, for “{first}”")
    browser.open(f"/samples/draws/{drawn.pk}/").see(
        f"Marked already by the same marker, and the drafter told, for “{first}”."
    )
    page = browser.open(f"/reviews/{drawn.letters.get().pk}/mark/")
    page.see("marked this letter already, and its drafter has been told, for")
    page.follow("marked this letter already").see("Marks on letter")
