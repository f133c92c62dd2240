"""The pages of samples: who may open them, and what they say."""

import hashlib

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.rules.weeks import Week
from forthright.samples import services
from forthright.samples.models import Draw, DrawnLetter, Plan
from forthright.samples.selectors import version_in_use
from tests import given
from tests.client import as_
from tests.samples import weeks

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(given.NOON, tick=False):
        yield


@pytest.fixture
def planner():
    return weeks.a_planner()


@pytest.fixture
def drawn():
    return weeks.a_draw()


def addresses(drawn: Draw) -> list[str]:
    plan, letter = drawn.plan_id, drawn.letters.first().pk
    return [
        "/samples/",
        "/samples/plans/",
        "/samples/plans/make/",
        f"/samples/plans/{plan}/",
        f"/samples/plans/{plan}/change/",
        f"/samples/plans/{plan}/stop/",
        f"/samples/plans/{plan}/draw/",
        f"/samples/draws/{drawn.pk}/",
        f"/samples/letters/{letter}/substitute/",
        f"/samples/letters/{letter}/give/",
    ]


def test_each_page_opens_for_a_legal_manager(drawn, planner):
    browser = as_(planner)

    headings = [browser.open(address).heading for address in addresses(drawn)]

    assert headings[0] == "Samples"


def test_no_page_opens_for_a_police_partner(drawn):
    browser = as_(given.a_person(Role.POLICE_PARTNER))

    assert {browser.try_("GET", address) for address in addresses(drawn)} == {403}


def test_a_line_manager_sees_samples_but_may_not_plan_draw_or_swap(drawn):
    browser = as_(drawn.plan_version.marker)

    statuses = [browser.try_("GET", address) for address in addresses(drawn)]

    assert statuses == [200, 200, 403, 200, 403, 403, 403, 200, 403, 403]


def test_a_line_manager_of_another_unit_finds_nothing(drawn):
    stranger = as_(weeks.a_marker(given.a_unit(Unit.Kind.RASSO)))

    assert stranger.try_("GET", f"/samples/draws/{drawn.pk}/") == 404
    assert stranger.try_("GET", f"/samples/plans/{drawn.plan_id}/") == 404
    assert stranger.try_("GET", f"/samples/draws/{drawn.pk}/list.csv") == 404


def test_a_legal_manager_of_another_area_finds_nothing(drawn):
    elsewhere = given.a_unit(area=given.an_area("Wessex"))
    stranger = as_(weeks.a_planner(elsewhere))

    hidden = [address for address in addresses(drawn) if any(c.isdigit() for c in address)]

    assert {stranger.try_("GET", address) for address in hidden} == {404}


@pytest.mark.parametrize("act", ["draws/{}/verify/", "plans/{}/restart/"])
def test_acts_are_not_done_by_looking(drawn, planner, act):
    key = drawn.pk if "draws" in act else drawn.plan_id

    assert as_(planner).try_("GET", "/samples/" + act.format(key)) == 405


@pytest.mark.parametrize("address", ["/samples/", "/samples/plans/"])
def test_many_plans_cost_as_many_queries_as_one(planner, address):
    counts = []
    for kinds in ([Unit.Kind.CROWN_COURT], [Unit.Kind.RASSO, Unit.Kind.CCU, Unit.Kind.FRAUD]):
        for kind in kinds:
            weeks.a_draw(weeks.a_plan(f"{kind} letters", unit=given.a_unit(kind)), of=2)
        browser = as_(planner)
        browser.open(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            browser.open(address)
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_many_letters_cost_as_many_queries_as_few(planner):
    few = weeks.a_draw(weeks.a_plan("Few", random_size=1), of=12)
    many = weeks.a_draw(weeks.a_plan("Many", random_size=12), of=0)
    counts = []
    for drawn in (few, many):
        with CaptureQueriesContext(connection) as queries:
            as_(planner).open(f"/samples/draws/{drawn.pk}/")
        counts.append(len(queries))

    assert counts[0] == counts[1]


def test_the_landing_page_gives_exact_counts_and_one_thing_to_do(drawn):
    letter = drawn.letters.first()
    marker = drawn.plan_version.marker
    services.record_marked(letter, by=marker, at=given.NOON)

    page = as_(marker).open("/samples/")

    page.see("1 of 5 marked", "Drawn from 12 letters owed", "Mark the next letter")


def test_a_legal_manager_draws_a_sample_from_the_landing_page(planner):
    weeks.a_plan()
    weeks.letters_owed(8)

    page = as_(planner).open("/samples/").follow("Draw this sample of Crown Court letters")
    page = page.press("Freeze the list and draw")

    page.see("5 letters drawn", "0 of 5 marked", "Every letter owed by Mercia Crown Court")
    assert Draw.objects.get().drawn_by == planner


def test_a_week_that_has_not_ended_is_refused_in_words(planner):
    plan = weeks.a_plan()

    page = as_(planner).open(f"/samples/plans/{plan.pk}/draw/")
    page = page.press("Freeze the list and draw", week="2026-W41")

    assert "cannot be closed" in page.errors[0]


def test_what_is_not_a_week_is_refused_in_words(planner):
    plan = weeks.a_plan()

    page = as_(planner).open(f"/samples/plans/{plan.pk}/draw/")
    page = page.press("Freeze the list and draw", week="last week")

    assert "for example 2026-W40" in page.errors[0]


def test_the_page_of_a_draw_says_how_it_was_made(planner):
    for duty in weeks.letters_owed(1):
        weeks.never_sent(duty)
    drawn = weeks.a_draw(of=2, seed=99)

    page = as_(planner).open(f"/samples/draws/{drawn.pk}/")

    page.see("Not sent yet", drawn.frame.digest, "99", "Chosen by a person", "The product itself")


def test_a_draw_is_checked_again_from_its_page(drawn, planner):
    page = as_(planner).open(f"/samples/draws/{drawn.pk}/").press("Check this draw again")

    page.see("Drawn again from the frozen list: the same 5 letters.")
    assert Event.objects.filter(name="sample.verified").exists()


def test_the_list_can_be_taken_and_that_is_recorded(drawn, planner):
    browser = as_(planner)

    text = browser.client.get(f"/samples/draws/{drawn.pk}/list.txt").content
    table = browser.client.get(f"/samples/draws/{drawn.pk}/list.csv").content.decode()

    assert hashlib.sha256(text).hexdigest() == drawn.frame.digest
    assert len(table.splitlines()) == 13
    assert Event.objects.filter(name="sample.list_exported", by=planner).count() == 2


def test_replacing_a_letter_needs_a_reason_and_stays_visible(drawn, planner):
    letter = drawn.letters.first()
    page = as_(planner).open(f"/samples/letters/{letter.pk}/substitute/")

    refused = page.press(f"Replace {letter.duty.reference}")
    short = page.press(f"Replace {letter.duty.reference}", reason="x")
    page = page.press(f"Replace {letter.duty.reference}", reason="A court order seals the file")

    assert refused.errors == ["Enter why this cannot be marked"]
    assert "in 10 letters or more" in short.errors[0]
    page.see("the next in order", "“A court order seals the file”", "Replaced")


def test_a_letter_drafted_by_its_marker_is_given_to_somebody_else(planner):
    marker, other = weeks.a_marker(), weeks.a_marker()
    weeks.letters_owed(1, drafters=[marker])
    drawn = weeks.a_draw(weeks.a_plan(marker=marker), of=0)
    page = as_(planner).open(f"/samples/draws/{drawn.pk}/").see("the marker of the plan drafted it")
    reference = drawn.letters.get().duty.reference

    page = page.follow(f"Choose a marker for {reference}")
    page = page.press("Give the letter to them", marker=other.pk)

    assert drawn.letters.get().marker == other
    page.see(f"{reference} given to {other}")


def test_a_plan_is_made_after_seeing_what_it_can_show(planner):
    marker = weeks.a_marker()
    weeks.letters_owed(12)

    page = as_(planner).open("/samples/plans/make/")
    page = page.press(
        "See what this can show",
        name="Crown Court letters",
        unit=given.a_unit().pk,
        marker=marker.pk,
        random_size=6,
        strata=["letter_type", "entitlement"],
        target_RASSO=2,
    )
    page.see("between 0 and 12 letters", "It cannot give a percentage for the week: 6 is too few")
    assert not Plan.objects.exists()
    page = page.press("Keep this plan")

    version = version_in_use(Plan.objects.get())
    assert version.targeted == [["RASSO", 2]]
    assert version.strata == ["letter_type", "entitlement"]
    page.see("Crown Court letters", "Rape or serious sexual offence: 2")


def test_going_back_from_the_check_keeps_what_was_written(planner):
    marker = weeks.a_marker()
    page = as_(planner).open("/samples/plans/make/")
    page = page.press("See what this can show", name="Ours", marker=marker.pk, random_size=6,
                      unit=given.a_unit().pk)  # fmt: skip

    page = page.press("Go back and change it")

    assert page.tree.xpath('//input[@name="random_size"]/@value') == ["6"]
    assert not Plan.objects.exists()


def test_a_marker_who_cannot_reach_every_unit_is_refused_for_the_whole_area(planner):
    page = as_(planner).open("/samples/plans/make/")

    page = page.press("See what this can show", name="All", marker=weeks.a_marker().pk)

    assert "may not mark letters of every unit" in page.errors[0]


def test_changing_a_plan_makes_a_new_version_and_needs_a_reason(drawn, planner):
    page = as_(planner).open(f"/samples/plans/{drawn.plan_id}/change/")

    refused = page.press("See what this can show", random_size=10)
    page = page.press("See what this can show", random_size=10, reason="More drafters")
    page = page.press("Keep this plan")

    assert refused.errors == ["Enter why the plan changes"]
    page.see("Version 2", "“More drafters”", "Version 1")
    drawn.refresh_from_db()
    assert drawn.plan_version.random_size == 5


def test_earlier_samples_are_listed(drawn, planner):
    given.a_letter_owed(decided_at=given.at("2026-09-29 10:00"))
    with time_machine.travel(given.at("2026-10-12 09:00"), tick=False):
        services.draw_sample(drawn.plan, Week(2026, 41), by=None, at=given.at("2026-10-12 09:00"))

        page = as_(planner).open("/samples/")

    assert ["28 September 2026", "0 of 5", "12"] in [row[1:] for row in page.rows()]


def test_letters_left_over_from_earlier_weeks_are_told_of(drawn):
    with time_machine.travel(given.at("2026-10-12 09:00"), tick=False):
        as_(drawn.plan_version.marker).open("/samples/").see("5 to mark from earlier weeks")


def test_the_plan_page_tells_who_has_not_been_sampled(planner):
    drafters = [given.a_person(Role.VICTIM_LIAISON_OFFICER) for _ in range(3)]
    weeks.letters_owed(9, drafters=drafters)
    drawn = weeks.a_draw(weeks.a_plan(random_size=1), of=0)

    page = as_(planner).open(f"/samples/plans/{drawn.plan_id}/")

    page.see(
        "due from Monday 10 August 2026 to Sunday 4 October 2026, whose drafter is known: 9. Of "
        "these, 1 was drawn",
        "1 of 3 people who drafted them had one sampled. 2 had none.",
    )
    assert DrawnLetter.objects.count() == 1


# Seen by a unit


def an_area_plan():
    """Return a plan of the whole Area, marked by the Victim Liaison Unit."""
    marker = weeks.a_marker(given.a_unit(Unit.Kind.VLU))
    settings = services.PlanSettings(marker=marker, random_size=50, cycle_weeks=None)
    return services.make_plan(
        marker.area, by=None, at=weeks.BEFORE, name="All letters", settings=settings
    )


@pytest.mark.parametrize("role", [Role.LEGAL_SPOC, Role.LINE_MANAGER])
def test_a_units_people_see_the_plan_of_the_whole_area_and_their_own_letters_of_it(role):
    unit, other = given.a_unit(), given.a_unit(Unit.Kind.RASSO)
    mine, theirs = weeks.letters_owed(2, unit=unit), weeks.letters_owed(3, unit=other)
    drawn = services.draw_sample(an_area_plan(), weeks.W40, seed=7, by=None, at=weeks.MONDAY_AFTER)
    browser = as_(given.a_person(role, unit=unit))

    page = browser.open("/samples/").see("All letters", f"Of {unit}: 0 of 2 marked")
    page.not_see("There is no sample plan yet")
    page = page.follow("All letters").see(f"Only the letters of {unit} are shown")

    shown = [row[0] for row in page.rows()]
    assert all(any(each.reference in row for row in shown) for each in mine)
    assert not any(each.reference in page.text for each in theirs)
    page.see("1 of 1 people")
    browser.open(f"/samples/plans/{drawn.plan_id}/").see("1 of 1 people")
    for file in ("list.csv", "list.txt"):
        assert browser.try_("GET", f"/samples/draws/{drawn.pk}/{file}") == 404


def test_a_unit_with_no_letter_drawn_is_told_so():
    weeks.letters_owed(3, unit=given.a_unit(Unit.Kind.RASSO))
    services.draw_sample(an_area_plan(), weeks.W40, seed=7, by=None, at=weeks.MONDAY_AFTER)
    spoc = given.a_person(Role.LEGAL_SPOC, unit=given.a_unit())

    page = as_(spoc).open("/samples/")

    page.see(f"No letter of {spoc.unit} was drawn. Drawn from 3 letters owed in the whole Area.")
    page.follow("All letters").see(f"No letter of {spoc.unit} was drawn at random.")


# Names of letters, and weeks


def test_a_letter_is_called_by_its_own_reference_beside_that_of_the_list(drawn, planner):
    letter = drawn.letters.order_by("position").first()

    page = as_(planner).open(f"/samples/draws/{drawn.pk}/")
    page.see(letter.duty.reference, f"{letter.reference} in the list, place {letter.position}")
    page = page.follow(f"Replace {letter.duty.reference}").press(
        f"Replace {letter.duty.reference}", reason="A court order."
    )

    letter.refresh_from_db()
    taken = letter.substitute.duty.reference
    page.see(f"{letter.duty.reference} replaced by {taken}", "In place of")


def test_the_week_offered_is_the_next_that_is_not_drawn(drawn, planner):
    page = as_(planner).open(f"/samples/plans/{drawn.plan_id}/draw/")

    page.see("The last week that ended has been drawn.", "from Monday 12 October 2026")
    assert page.tree.get_element_by_id("id_week").value in ("", None)
    with time_machine.travel(given.at("2026-10-12 12:00"), tick=False):
        page = as_(planner).open(f"/samples/plans/{drawn.plan_id}/draw/")
    assert page.tree.get_element_by_id("id_week").value == "2026-W41"


def test_an_old_week_is_drawn_only_once_that_is_meant(planner):
    plan = weeks.a_plan()
    weeks.letters_owed(12, unit=plan.unit)
    with time_machine.travel(given.at("2027-08-02 12:00"), tick=False):
        page = as_(planner).open(f"/samples/plans/{plan.pk}/draw/")
        page = page.press("Freeze the list and draw", week="2026-W40")
        assert page.errors == ["Say whether to draw from the week of 28 September 2026."]
        page.see("This week ended 43 weeks ago.")
        assert not Draw.objects.exists()

        page.press("Freeze the list and draw", is_sure="on").see("5 letters drawn.")
