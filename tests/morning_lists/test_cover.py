"""A deputy may do a legal SPOC's work on letters for the days of the cover, and no longer."""

from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from forthright.accounts.covering import Covering, let_cover
from forthright.accounts.models import Role, Unit, User
from forthright.accounts.permissions import COVERED, TABLE, Permission, Reach
from forthright.accounts.policies import NotAllowed, has_permission, within_reach
from forthright.audit.models import Event
from forthright.disclosure.models import DisclosureDuty
from forthright.morning_lists.models import Cover
from forthright.morning_lists.selectors.covers import covering_on
from forthright.morning_lists.services.covering import (
    CoverRefused,
    NewCover,
    end_cover,
    name_deputy,
)
from forthright.schemes.models import Duty
from tests import given
from tests.client import as_
from tests.disclosure import duties
from tests.morning_lists import mornings
from tests.morning_lists.mornings import MORNING, TODAY, a_cover, a_letter

pytestmark = pytest.mark.django_db
TOMORROW = date(2026, 10, 6)
YESTERDAY = date(2026, 10, 4)


@pytest.fixture
def spoc():
    return mornings.a_spoc()


@pytest.fixture
def deputy():
    return mornings.a_prosecutor(given.a_unit(Unit.Kind.RASSO))


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as moved:
        yield moved


def address(spoc):
    return f"/morning/{spoc.unit_id}/"


@pytest.mark.parametrize("permission", sorted(COVERED, key=lambda each: each.name))
def test_a_deputy_gets_nothing_that_a_legal_spoc_has_not_in_their_unit(permission):
    assert TABLE[Role.LEGAL_SPOC][permission] is Reach.UNIT


def test_a_deputy_reaches_the_unit_they_cover_beside_their_own(deputy):
    own, covered, other = (
        a_letter(unit=given.a_unit(kind))
        for kind in (Unit.Kind.RASSO, Unit.Kind.CROWN_COURT, Unit.Kind.CCU)
    )
    let_cover(deputy, [Covering(covered.unit_id, 1)])

    reached = within_reach(deputy, Permission.DUTY_SEE, Duty.objects.all())

    assert {each.pk for each in reached} == {own.pk, covered.pk}
    assert other not in reached


def test_whoever_reaches_the_whole_area_reaches_no_less_as_a_deputy():
    manager = given.a_person(Role.LEGAL_MANAGER)
    a_letter(), a_letter(unit=given.a_unit(Unit.Kind.CCU))
    let_cover(manager, [Covering(given.a_unit().pk, 1)])

    assert within_reach(manager, Permission.DUTY_SEE, Duty.objects.all()).count() == 2


def test_a_deputy_reaches_no_other_area(deputy):
    foreign = given.a_unit(area=given.an_area("Wessex"))
    a_letter(unit=foreign)
    let_cover(deputy, [Covering(foreign.pk, 1)])

    assert not within_reach(deputy, Permission.DUTY_SEE, Duty.objects.all()).exists()


def test_a_deputy_whose_account_is_closed_may_do_nothing(deputy):
    deputy.is_active = False
    let_cover(deputy, [Covering(given.a_unit().pk, 1)])

    assert not has_permission(deputy, Permission.MORNING_SEE)
    assert not within_reach(deputy, Permission.DUTY_SEE, Duty.objects.all()).exists()


def test_sensitive_work_stays_with_the_units_own_lawyers(deputy):
    duties.a_duty()
    let_cover(deputy, [Covering(given.a_unit().pk, 1)])
    rows = DisclosureDuty.objects.all()

    assert rows.exists()
    assert not within_reach(deputy, Permission.DISCLOSURE_SEE, rows).exists()
    assert not has_permission(deputy, Permission.DISCLOSURE_APPROVE)


@pytest.mark.parametrize(
    ("day", "covers"),
    [
        pytest.param(YESTERDAY, False, id="the day before"),
        pytest.param(TODAY, True, id="the first day"),
        pytest.param(TOMORROW, True, id="the last day"),
        pytest.param(date(2026, 10, 7), False, id="the day after"),
    ],
)
def test_a_cover_holds_on_its_days(day, covers, spoc, deputy):
    a_cover(spoc, deputy, last=TOMORROW)

    assert covering_on(deputy, day) == ((Covering(spoc.unit_id, spoc.pk),) if covers else ())


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"is_active": False}, id="left"),
        pytest.param({"role": Role.PROSECUTOR}, id="is legal SPOC no longer"),
        pytest.param({"unit": None}, id="is of another unit"),
    ],
)
def test_a_deputy_has_nothing_that_the_legal_spoc_has_no_longer(change, spoc, deputy):
    a_cover(spoc, deputy)
    User.objects.filter(pk=spoc.pk).update(**change)

    assert covering_on(deputy, TODAY) == ()


def test_a_deputy_with_another_role_by_now_covers_for_nobody(spoc, deputy):
    a_cover(spoc, deputy)
    User.objects.filter(pk=deputy.pk).update(role=Role.RESEARCHER)

    assert covering_on(deputy, TODAY) == ()


def test_a_manager_of_the_unit_names_a_deputy(spoc, deputy):
    new = NewCover(spoc=spoc, deputy=deputy, first_day=TODAY, last_day=TOMORROW)
    manager = given.a_person(Role.LINE_MANAGER)

    cover = name_deputy(spoc.unit, new, by=manager, at=MORNING)

    event = Event.objects.get(name="cover.named")
    assert (cover.named_by, event.by, event.detail["deputy"]) == (manager, manager, deputy.pk)


@pytest.mark.parametrize(
    ("first", "last", "refusal"),
    [
        pytest.param(TOMORROW, TODAY, "before the first day", id="ends before it begins"),
        pytest.param(YESTERDAY, TODAY, "4 October 2026 has passed", id="begins in the past"),
        pytest.param(TODAY, date(2027, 2, 1), "92 days at most", id="too long"),
    ],
)
def test_days_that_cannot_be_are_refused(first, last, refusal, spoc, deputy):
    with pytest.raises(CoverRefused, match=refusal):
        a_cover(spoc, deputy, first=first, last=last)


def test_nobody_covers_for_themselves(spoc):
    with pytest.raises(CoverRefused, match="Nobody covers for themselves"):
        a_cover(spoc, spoc)


def test_not_even_the_database_lets_anybody_cover_for_themselves(spoc):
    with pytest.raises(IntegrityError), transaction.atomic():
        Cover.objects.create(
            area=spoc.area, unit=spoc.unit, spoc=spoc, deputy=spoc, first_day=TODAY,
            last_day=TODAY, named_at=MORNING,
        )  # fmt: skip


@pytest.mark.parametrize("role", [Role.VICTIM_LIAISON_OFFICER, Role.INSPECTOR, Role.POLICE_PARTNER])
def test_only_lawyers_and_managers_of_letters_cover(role, spoc):
    with pytest.raises(CoverRefused, match="cannot be a deputy"):
        a_cover(spoc, given.a_person(role))


def test_nobody_of_another_area_covers(spoc):
    foreign = mornings.a_prosecutor(given.a_unit(area=given.an_area("Wessex")))

    with pytest.raises(CoverRefused, match="cannot be a deputy"):
        a_cover(spoc, foreign)


def test_nobody_covers_for_whoever_is_no_legal_spoc_there(spoc, deputy):
    new = NewCover(
        spoc=mornings.a_prosecutor(), deputy=deputy, first_day=TODAY, last_day=TODAY
    )  # fmt: skip

    with pytest.raises(CoverRefused, match="is no legal SPOC"):
        name_deputy(spoc.unit, new, by=given.a_person(Role.LINE_MANAGER), at=MORNING)


def test_of_two_who_name_a_deputy_the_second_is_told_who_covers(spoc, deputy):
    a_cover(spoc, deputy, last=TOMORROW)

    with pytest.raises(CoverRefused, match=f"{deputy} covers from 5 October 2026"):
        a_cover(spoc, mornings.a_prosecutor(), first=TOMORROW, last=TOMORROW)

    assert Cover.objects.count() == 1


@pytest.mark.parametrize("other", [Unit.Kind.CROWN_COURT, Unit.Kind.RASSO])
def test_whoever_is_away_covers_for_nobody_on_those_days(other, spoc):
    away = mornings.a_spoc(given.a_unit(other))
    a_cover(away, spoc, last=TOMORROW)

    with pytest.raises(CoverRefused, match=f"{away} is away from 5 October 2026 to 6 October"):
        a_cover(spoc, away, first=TOMORROW, last=date(2026, 10, 9))

    a_cover(spoc, away, first=date(2026, 10, 7), last=date(2026, 10, 9))


def test_a_legal_spoc_names_nobody_for_another(spoc, deputy):
    new = NewCover(spoc=mornings.a_spoc(), deputy=deputy, first_day=TODAY, last_day=TODAY)

    with pytest.raises(NotAllowed, match="You name a deputy for yourself"):
        name_deputy(spoc.unit, new, by=spoc, at=MORNING)


def test_a_deputy_names_no_deputy(spoc, deputy):
    a_cover(spoc, deputy)
    new = NewCover(
        spoc=spoc, deputy=mornings.a_prosecutor(), first_day=TOMORROW, last_day=TOMORROW
    )  # fmt: skip

    with pytest.raises(NotAllowed, match="name a deputy"):
        name_deputy(spoc.unit, new, by=mornings.covering(deputy), at=MORNING)


def test_nobody_names_a_deputy_in_a_unit_out_of_reach(spoc, deputy):
    new = NewCover(spoc=spoc, deputy=deputy, first_day=TODAY, last_day=TODAY)
    manager = given.a_person(Role.LINE_MANAGER, unit=given.a_unit(Unit.Kind.RASSO))

    with pytest.raises(NotAllowed):
        name_deputy(spoc.unit, new, by=manager, at=MORNING)


def test_a_cover_is_ended_once(spoc, deputy):
    cover = a_cover(spoc, deputy)
    end_cover(cover, by=spoc, at=MORNING)

    with pytest.raises(CoverRefused, match=f"has ended already. {spoc} ended it"):
        end_cover(cover, by=spoc, at=MORNING)


def test_a_cover_that_is_over_is_not_ended(spoc, deputy):
    cover = a_cover(spoc, deputy)

    with pytest.raises(CoverRefused, match="ended by itself after 5 October 2026"):
        end_cover(cover, by=spoc, at=given.at("2026-10-06 09:00"))


class TestPages:
    def test_a_legal_spoc_names_a_deputy_and_ends_it(self, spoc, deputy, clock):
        given.a_started_area()
        page = as_(spoc).open(address(spoc)).follow("Name a deputy for days away")
        page = page.press(
            "Name the deputy", deputy=deputy.pk, first_day_day="5", first_day_month="10",
            first_day_year="2026", last_day_day="9", last_day_month="10", last_day_year="2026",
        )  # fmt: skip
        page.see(f"{deputy} covers for {spoc} from 5 October 2026 to 9 October 2026.")
        as_(spoc).open(address(spoc)).see(f"{deputy} covers for {spoc}")

        page = page.press(f"End it now: {deputy} for {spoc}, Monday 5 October 2026")

        page.see(f"{deputy} covers for {spoc} no longer.", "Ended")

    def test_a_legal_spoc_is_offered_neither_themselves_nor_another(self, spoc, clock):
        mornings.a_spoc()

        page = as_(spoc).open(f"{address(spoc)}cover/")

        boxes = {name: page.tree.get_element_by_id(f"id_{name}") for name in ("spoc", "deputy")}
        values = {name: {each.get("value") for each in box} for name, box in boxes.items()}
        assert values["spoc"] == {"", str(spoc.pk)}
        assert str(spoc.pk) not in values["deputy"]

    def test_a_refusal_is_said_on_the_page(self, spoc, deputy, clock):
        page = as_(spoc).open(f"{address(spoc)}cover/")

        page = page.press(
            "Name the deputy", deputy=deputy.pk, first_day_day="9", first_day_month="10",
            first_day_year="2026", last_day_day="5", last_day_month="10", last_day_year="2026",
        )  # fmt: skip

        page.see("The last day is before the first day.")

    def test_that_a_deputy_is_to_be_away_too_is_said(self, spoc, deputy, clock):
        second = mornings.a_spoc()
        a_cover(spoc, second, last=TOMORROW)
        said = f"{second} is away too, Tuesday 6 October 2026 to Tuesday 6 October 2026: somebody"
        as_(spoc).open(f"{address(spoc)}cover/").not_see(said)

        a_cover(second, deputy, first=TOMORROW, last=TOMORROW)

        as_(spoc).open(f"{address(spoc)}cover/").see(said)

    def test_another_role_is_refused(self, spoc, deputy):
        as_(deputy).open(f"{address(spoc)}cover/", status=403)

    def test_another_unit_is_not_there(self, spoc):
        other = given.a_unit(Unit.Kind.RASSO)

        as_(spoc).open(f"/morning/{other.pk}/cover/", status=404)

    def test_a_cover_of_another_unit_is_not_there(self, spoc, deputy):
        other = mornings.a_spoc(given.a_unit(Unit.Kind.CCU))
        cover = a_cover(other, deputy)

        as_(spoc).post(f"{address(spoc)}cover/{cover.pk}/end/", status=404)

    def test_a_cover_is_ended_by_a_button_alone(self, spoc, deputy):
        cover = a_cover(spoc, deputy)

        assert as_(spoc).try_("GET", f"{address(spoc)}cover/{cover.pk}/end/") == 405


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        pytest.param({"is_active": False}, "has no account here now", id="closed"),
        pytest.param({"role": Role.RESEARCHER}, "has a role now that cannot cover", id="role"),
    ],
)
def test_nobody_is_said_to_be_covered_by_whoever_can_be_no_deputy_any_more(
    fields, why, spoc, deputy, clock
):
    a_letter()
    a_cover(spoc, deputy)
    User.objects.filter(pk=deputy.pk).update(**fields)
    manager = given.a_person(Role.LINE_MANAGER, unit=spoc.unit)

    page = as_(manager).open(address(spoc))

    assert f"{deputy} covers for {spoc}" not in page.words
    assert f"{deputy} {why}, so nobody covers for {spoc}. Name another deputy" in page.words
    named = as_(manager).open(f"{address(spoc)}cover/")
    assert "Does not hold" in named.words
    assert f"so nobody covers for {spoc}. End it, and name another." in named.words


def test_a_cover_of_somebody_who_is_no_legal_spoc_any_more_says_so_where_it_was_named(
    spoc, deputy, clock
):
    a_letter()
    a_cover(spoc, deputy)
    User.objects.filter(pk=spoc.pk).update(role=Role.PROSECUTOR)
    manager = given.a_person(Role.LINE_MANAGER, unit=spoc.unit)

    assert "nobody covers" not in as_(manager).open(address(spoc)).words
    named = as_(manager).open(f"{address(spoc)}cover/")
    assert f"{spoc} is not the legal SPOC here now, so nobody covers for them." in named.words
