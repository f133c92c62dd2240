"""The cover of drafters: both numbers are of one population, and the draw goes by the same."""

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.samples import services
from forthright.samples.models import DrawnLetter
from forthright.samples.selectors import coverage_of
from forthright.schemes.models import Duty
from forthright.schemes.services import mark_not_required
from tests import given
from tests.client import as_
from tests.samples import weeks

pytestmark = pytest.mark.django_db

W39 = weeks.W40.plus(-1)


def a_drafter(name: str):
    person = given.a_person(Role.VICTIM_LIAISON_OFFICER)
    person.full_name = name
    person.save()
    return person


def of_area(**settings):
    """Return a plan of the whole Area that draws every letter, unless told otherwise."""
    marker = weeks.a_marker(given.a_unit(Unit.Kind.VLU))
    said = services.PlanSettings(
        marker=marker, **{"random_size": 100, "cycle_weeks": None, **settings}
    )
    return services.make_plan(
        marker.area, by=None, at=weeks.BEFORE, name="All letters", settings=said
    )


def of_unit(**settings):
    return weeks.a_plan("RASSO letters", unit=given.a_unit(Unit.Kind.RASSO), **settings)


def drawn_by(plan, week=weeks.W40):
    return services.draw_sample(plan, week, seed=7, by=None, at=weeks.MONDAY_AFTER)


def cover(plan) -> dict[str, tuple[int, int]]:
    """Return by drafter the letters owed and those of them that were drawn."""
    found = coverage_of(plan, weeks.W40, weeks=8)
    assert found.owed == sum(each.owed for each in found.drafters)
    return {each.name: (each.owed, each.sampled) for each in found.drafters}


def test_letters_of_another_unit_are_in_neither_number():
    florence = a_drafter("Florence Homer")
    weeks.letters_owed(2, unit=given.a_unit(Unit.Kind.RASSO), drafters=[florence])
    weeks.letters_owed(3, unit=given.a_unit(Unit.Kind.CROWN_COURT), drafters=[florence])
    plan = of_unit()
    drawn_by(weeks.a_plan(unit=given.a_unit(Unit.Kind.CROWN_COURT)))

    assert cover(plan) == {"Florence Homer": (2, 0)}


def test_a_letter_that_two_plans_drew_counts_once():
    simran = a_drafter("Simran Campbell")
    weeks.letters_owed(4, unit=given.a_unit(Unit.Kind.RASSO), drafters=[simran])
    plan = of_unit(random_size=3)
    drawn_by(plan)
    drawn_by(of_area())

    assert DrawnLetter.objects.count() == 7
    assert cover(plan) == {"Simran Campbell": (4, 4)}


def test_a_letter_replaced_or_no_longer_owed_does_not_count():
    marcus = a_drafter("Marcus Clark")
    weeks.letters_owed(2, unit=given.a_unit(Unit.Kind.RASSO), drafters=[marcus])
    plan = of_unit()
    drawn = drawn_by(plan)
    planner = weeks.a_planner()
    replaced, other = drawn.letters.all()
    services.substitute_letter(
        replaced, by=planner, at=given.NOON, reason="A court has forbidden it."
    )

    assert cover(plan) == {"Marcus Clark": (2, 1)}

    other.duty.sent_at = None
    other.duty.state = Duty.State.OPEN
    other.duty.save()
    mark_not_required(other.duty, "Owed already.", by=None, at=given.NOON)
    assert cover(plan) == {"Marcus Clark": (1, 0)}


def test_the_spellings_of_a_drafter_known_by_name_are_one_drafter():
    duties = weeks.letters_owed(2, unit=given.a_unit(Unit.Kind.RASSO))
    for duty, name in zip(duties, ("Ann  Lee", "ANN LEE"), strict=True):
        duty.drafter, duty.drafter_name = None, name
        duty.save()
    plan = of_unit()
    drawn_by(plan)

    assert list(cover(plan).values()) == [(2, 2)]


def covered_by(drawn) -> set[str]:
    letters = drawn.letters.filter(part=DrawnLetter.Part.COVER)
    return {letter.duty.drafter.full_name for letter in letters}


def test_a_letter_of_another_unit_does_not_cover_a_drafter():
    florence, simran = a_drafter("Florence Homer"), a_drafter("Simran Campbell")
    rasso, crown = given.a_unit(Unit.Kind.RASSO), given.a_unit(Unit.Kind.CROWN_COURT)
    weeks.letters_owed(4, unit=rasso, drafters=[florence, simran])
    weeks.letters_owed(3, unit=crown, drafters=[florence, simran])
    drawn_by(weeks.a_plan(unit=crown))
    plan = of_unit(random_size=0, targeted=(("RASSO", 0),), cycle_weeks=4, cover_at_most=5)

    drawn = drawn_by(plan)

    assert covered_by(drawn) == {"Florence Homer", "Simran Campbell"}
    assert cover(plan) == {"Florence Homer": (2, 1), "Simran Campbell": (2, 1)}


def test_whoever_the_page_calls_sampled_is_not_drawn_to_be_covered():
    florence = a_drafter("Florence Homer")
    weeks.letters_owed(4, unit=given.a_unit(Unit.Kind.RASSO), drafters=[florence])
    plan = of_unit(random_size=0, cycle_weeks=4, cover_at_most=5)
    drawn_by(of_area(random_size=1))

    assert cover(plan) == {"Florence Homer": (4, 1)}
    assert covered_by(drawn_by(plan)) == set()


def test_the_numbers_of_a_drafter_open_their_letters():
    simran = a_drafter("Simran Campbell")
    rasso, crown = given.a_unit(Unit.Kind.RASSO), given.a_unit(Unit.Kind.CROWN_COURT)
    mine = weeks.letters_owed(4, unit=rasso, drafters=[simran])
    theirs = weeks.letters_owed(2, unit=crown, drafters=[simran])
    plan = of_unit(random_size=3)
    drawn_by(plan)
    drawn_by(of_area())

    with time_machine.travel(given.NOON, tick=False):
        browser = as_(weeks.a_planner())
        page = browser.open(f"/samples/plans/{plan.pk}/").follow(
            "Simran Campbell: see these letters"
        )
        spoc = as_(given.a_person(Role.LEGAL_SPOC, unit=crown))
        hidden = spoc.try_("GET", page.address)

    page.see("due from Monday 10 August 2026 to Sunday 4 October 2026: 4. Of these, 4 were drawn")
    assert {row[0] for row in page.rows()} == {each.reference for each in mine}
    assert not any(each.reference in page.text for each in theirs)
    page.see("RASSO letters", "All letters")
    assert Event.objects.filter(name="letters.listed").exists()
    assert hidden == 404


@pytest.mark.parametrize("rest", ["2026-W40/8/P0", "2026-W99/8/P1", "2026-W40/8/N"])
def test_a_drafter_or_week_that_is_not_counted_opens_nothing(rest):
    plan = of_unit()

    assert as_(weeks.a_planner()).try_("GET", f"/samples/plans/{plan.pk}/cover/{rest}/") == 404
