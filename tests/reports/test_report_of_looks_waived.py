"""The weekly report says how many letters went without a required look, let go by name."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.letters.models import Letter
from forthright.letters.selectors.letter import latest_words
from forthright.letters.services import keep_words
from forthright.letters.services.checks import note_checked, waive_look
from forthright.reports import services
from forthright.reports.selectors.records import records_behind
from forthright.rules.weeks import week_of
from forthright.schemes.models import Duty
from tests import given
from tests.client import as_
from tests.letters.outgoing import LATER
from tests.peer_checks.looked_at import a_letter_put_forward, required

pytestmark = pytest.mark.django_db
WEEK = week_of(given.NOON.date())
AFTER = given.NOON + timedelta(days=7)
WENT = LATER + timedelta(minutes=30)
SOONER, AFTERWARDS = WENT - timedelta(minutes=5), WENT + timedelta(minutes=5)


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(LATER, tick=True):
        yield


def gone(*, looked_at=None, is_waived=True, went=WENT, **letter):
    """Return a letter that went and had to be looked at; let go, or looked at, at some hour."""
    found = Letter.objects.select_related("duty").get(
        duty=given.an_approved_letter(**letter), number=1
    )
    newest, manager = latest_words(found), given.a_person(Role.LINE_MANAGER)
    if is_waived:
        why = "Due today, and both colleagues who look at letters are ill."
        waive_look(found, newest.number, reason=why, by=manager, at=LATER)
    if looked_at:
        note_checked(found, newest, by=given.a_person(Role.LEGAL_SPOC), at=looked_at)
    Duty.objects.filter(pk=found.duty_id).update(sent_at=went)
    return found


def report(at=AFTER):
    return services.make_weekly_report(given.an_area_that_reports(), WEEK, by=None, at=at)


def test_each_that_was_let_go_is_counted_and_opens_its_letter_to_who_may_see_it():
    area = given.an_area_that_writes()
    required(area)
    let_go = gone()
    looked_at = gone(is_waived=False, looked_at=SOONER)
    both, too_late = gone(looked_at=SOONER), gone(looked_at=AFTERWARDS)
    gone(went=WENT - timedelta(days=7))

    made = report()

    waived, bound = (made.figures["figures"][f"looks-{key}"] for key in ("waived", "required"))
    assert (waived["count"], waived["n"], waived["rate"]) == (2, 4, None)
    assert waived["rules"].startswith("letters are looked at by the Area’s rule, version 1; ")
    assert sorted(made.records["looks-waived"]) == sorted([let_go.pk, too_late.pk])
    assert len(made.records["looks-required"]) == bound["count"] == 4
    rows, number = records_behind(made, "looks-waived", given.a_person(Role.LEGAL_MANAGER))
    assert {each.reference for each in rows} == {
        let_go.duty.reference, too_late.duty.reference,
    }  # fmt: skip
    assert (number, {each.stood for each in rows}) == (2, {"On time"})
    elsewhere = given.a_person(Role.LEGAL_SPOC, unit=given.a_unit(Unit.Kind.RASSO))
    assert records_behind(made, "looks-waived", elsewhere) == ([], 2)
    page = as_(given.a_person(Role.SENIOR_MANAGER)).open(f"/reports/{made.pk}/")
    page.see("Of 4 letters that had to be looked at first and went, 2 were let go without")
    page = as_(given.a_person(Role.LEGAL_MANAGER)).open(f"/reports/{made.pk}/figures/looks-waived/")
    page.see(let_go.duty.reference, too_late.duty.reference)
    page.not_see(looked_at.duty.reference, both.duty.reference)


def test_where_no_look_is_required_none_is_counted():
    required(given.an_area_that_writes(), is_required=False)
    gone(is_waived=False)

    assert report().figures["figures"].get("looks-required", {"count": 0})["count"] == 0


def test_what_was_let_go_on_the_day_of_the_report_is_not_known_to_it():
    required(given.an_area_that_writes())
    gone()

    assert "looks-waived" not in report(at=given.NOON).figures["figures"]


def test_what_went_without_a_look_and_was_let_go_by_nobody_is_counted_apart():
    required(given.an_area_that_writes())
    let_go, escaped, other_words = gone(), gone(is_waived=False), gone(is_waived=False)
    keep_words(other_words.duty, text="Other words.", by=given.a_liaison_officer(), at=LATER)
    first = other_words.versions.order_by("number").first()
    note_checked(other_words, first, by=given.a_person(Role.LEGAL_SPOC), at=SOONER)

    made = report()

    figures = made.figures["figures"]
    assert [figures[f"looks-{key}"]["count"] for key in ("required", "waived", "escaped")] == [
        3, 1, 2,
    ]  # fmt: skip
    assert made.records["looks-waived"] == [let_go.pk]
    assert sorted(made.records["looks-escaped"]) == sorted([escaped.pk, other_words.pk])
    page = as_(given.a_person(Role.SENIOR_MANAGER)).open(f"/reports/{made.pk}/")
    page.see("1 was let go without, by name", "2 letters went without, and nobody let them go.")


@pytest.mark.parametrize("who", [Role.VICTIM_LIAISON_OFFICER, Role.LEGAL_SPOC, Role.LINE_MANAGER])
def test_words_that_are_pasted_over_what_is_held_are_no_way_round_the_look(who):
    required(given.an_area_that_writes())
    duty = a_letter_put_forward().duty
    keep_words(Duty.objects.get(pk=duty.pk), text="Dear Ms Begum, we stopped the case.",
               by=given.a_liaison_officer(), at=LATER)  # fmt: skip
    person = given.a_person(who, unit=given.a_unit(Unit.Kind.VLU))

    page = as_(person).open(f"/letters/{duty.pk}/record/sent/", status=403)

    page.see("It may not go before that", "If no colleague can, a manager may let it go without")
    assert Duty.objects.get(pk=duty.pk).sent_at is None
