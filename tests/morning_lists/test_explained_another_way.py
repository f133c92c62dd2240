"""An explanation that came another way: the drafter is told, and list and pages say the same."""

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.cases.models import Decision
from forthright.letters.services.notes import write_note
from forthright.morning_lists.selectors.lines import NOT_KEPT
from forthright.morning_lists.services.handing_over import hand_over_letter
from tests import given
from tests.client import as_
from tests.morning_lists import mornings
from tests.morning_lists.mornings import MORNING, a_letter, part, with_steps

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_the_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def officer():
    return given.a_liaison_officer()


@pytest.fixture
def prosecutor():
    return mornings.a_prosecutor()


def explained(decided="2026-09-28 10:00", **letter):
    return with_steps(a_letter(decided, **letter), explained="2026-10-01 10:00")


def test_whoever_it_was_handed_over_to_is_told(officer, prosecutor):
    duty, spoc = explained(by=prosecutor), mornings.a_spoc()

    as_(spoc).open(f"/morning/{duty.unit_id}/").follow(f"Hand over letter {duty.reference}").press(
        "Hand it over", drafter=officer.pk
    )

    page = (
        as_(officer)
        .open("/")
        .see(
            "1 letter is yours to draft",
            f"{duty.reference} was handed over to you by {spoc}, Monday 5",
        )
    )
    page.not_see("can be drafted")
    page.follow("1 letter is yours to draft").see(str(duty.person))
    as_(officer).open("/letters/waiting/draft/").not_see(str(duty.person))


def test_of_several_that_were_handed_over_the_newest_is_named(officer):
    spoc, first, second = mornings.a_spoc(), explained(), explained()
    hand_over_letter(first, officer, by=spoc, at=given.at("2026-10-05 09:00"))
    hand_over_letter(second, officer, by=spoc, at=given.at("2026-10-05 09:10"))

    as_(officer).open("/").see(
        "2 letters are yours to draft",
        f"2 were handed over to you, the newest, {second.reference}, by {spoc}",
    )


def test_nothing_is_said_to_be_handed_over_by_oneself():
    spoc, duty = mornings.a_spoc(), explained()
    hand_over_letter(duty, spoc, by=spoc, at=MORNING)

    as_(spoc).open("/").see("1 letter is yours to draft").not_see("handed over to you")


def test_others_find_it_among_what_can_be_drafted(officer):
    explained()

    as_(officer).open("/").see("1 letter can be drafted").not_see("yours to draft")


def test_a_letter_of_a_charge_can_be_drafted_without_an_explanation(officer):
    duty = a_letter()
    Decision.objects.filter(pk=duty.decision_id).update(kind=Decision.Kind.CHARGED)

    as_(officer).open("/").see("1 letter can be drafted")


def test_the_drafting_page_says_what_can_be_done(officer, prosecutor):
    duty = explained(by=prosecutor)

    page = as_(officer).open(f"/letters/{duty.pk}/").see("Not kept here").follow("Draft the letter")

    page.see(
        "The explanation arrived another way, 1 October 2026, 10am, and is not kept here",
        f"Ask {prosecutor}, or a legal SPOC of the unit, to write the reasons here",
        "add its words", "take back that it did",
    )  # fmt: skip
    page.not_see("Nobody has written the reasons yet")
    page.follow("write the reasons here").see("The explanation arrived another way, 1 October 2026")
    page.follow("add its words")
    page.follow("take back that it did").press(
        "It did not happen: take it back", reason="Nothing arrived; it was recorded by mistake."
    )
    as_(prosecutor).open("/").see("1 decision waits for your reasons")


@pytest.mark.parametrize("role", [Role.PROSECUTOR, Role.LEGAL_SPOC])
def test_whoever_may_explain_it_writes_the_reasons_here(role):
    person, duty = given.a_person(role), explained()

    page = as_(person).open(f"/letters/{duty.pk}/").follow("Draft the letter")

    assert page.follow("Write the reasons here").heading == "Write the reasons"


def test_the_list_says_so_until_the_reasons_are_written_here(prosecutor):
    duty = explained(by=prosecutor)
    assert NOT_KEPT in part("today").lines[0].notes

    write_note(duty, given.REASONS, by=prosecutor, at=MORNING)

    assert NOT_KEPT not in part("today").lines[0].notes
