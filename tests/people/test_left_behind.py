"""Nothing sticks to somebody whose account is closed, and whoever closes it sees what is left."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.calibration.models import GoldGiven, SystemicFinding
from forthright.calibration.services.findings import close_finding, take_finding
from forthright.calibration.services.gold import hand_out_letters_marked_before
from forthright.morning_lists.services.covering import end_cover
from forthright.peer_checks.services.checking import open_check
from forthright.peer_checks.services.giving import give_checks
from forthright.people.services.people import PersonDetails, change_person, close_account
from forthright.reviews.models import SecondMarking
from forthright.reviews.selectors.second_marks import second_marks_to_give
from forthright.reviews.services.second_marking import (
    choose_letters_to_mark_again,
    open_second_marking,
    save_second_levels,
)
from tests import given
from tests.calibration.rounds_given import a_companion, a_gold_letter, a_round, adopt
from tests.calibration.test_findings import a_finding
from tests.client import as_
from tests.morning_lists.mornings import a_cover, a_prosecutor, a_spoc
from tests.peer_checks.looked_at import LATER, a_check
from tests.reviews import twice

pytestmark = pytest.mark.django_db
NEXT_DAY = twice.LATER + timedelta(days=1)


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(twice.LATER, tick=True):
        yield


@pytest.fixture
def boss():
    return given.a_person(Role.ADMINISTRATOR)


def leaves(person, boss):
    close_account(person, by=boss, at=twice.LATER)


def changes_to(person, role, boss):
    details = PersonDetails(full_name=person.full_name, role=role, unit=person.unit)
    change_person(person, details=details, by=boss, at=twice.LATER)


def test_second_marks_that_a_leaver_began_go_to_another_who_begins_anew(boss):
    marking = twice.a_second_marking()
    left, other = marking.marker, twice.a_manager(Unit.Kind.RASSO)
    open_second_marking(marking, by=left, at=twice.LATER)
    save_second_levels(marking, {"A1": "NOT_MET"}, by=left, at=twice.LATER)
    leaves(left, boss)

    choose_letters_to_mark_again(marking.area, by=None, at=NEXT_DAY)

    again = second_marks_to_give(other).get()
    assert (again.pk, again.opened_at, again.levels.count()) == (marking.pk, None, 0)
    taken = Event.objects.get(name="second_marking.taken_back")
    assert (taken.detail["marker"], taken.detail["levels_dropped"]) == (left.pk, 1)


def test_second_marks_stay_with_who_is_there_and_once_done_with_who_left(boss):
    waits = twice.a_second_marking()
    twice.a_manager(Unit.Kind.RASSO)

    choose_letters_to_mark_again(waits.area, by=None, at=NEXT_DAY)
    assert second_marks_to_give(waits.marker).get() == waits
    twice.mark_again(waits)
    leaves(waits.marker, boss)
    choose_letters_to_mark_again(waits.area, by=None, at=NEXT_DAY)

    assert SecondMarking.objects.get().marker == waits.marker


def test_second_marks_of_who_marks_no_more_go_to_another(boss):
    marking = twice.a_second_marking()
    other = twice.a_manager(Unit.Kind.RASSO)
    changes_to(marking.marker, Role.VICTIM_LIAISON_OFFICER, boss)

    choose_letters_to_mark_again(marking.area, by=None, at=NEXT_DAY)

    assert second_marks_to_give(other).get() == marking


def test_a_letter_with_agreed_marks_that_a_leaver_had_goes_out_again(boss):
    gold = a_gold_letter()
    for _ in range(2):
        a_companion(gold)
    first = twice.a_manager(Unit.Kind.FRAUD)
    adopt(gold.area, gold_percent=100, share_percent=100, new_marker_percent=100)
    given.a_marked_letter()
    choose_letters_to_mark_again(gold.area, by=None, at=twice.LATER)
    SecondMarking.objects.filter(review=gold.letter.review).delete()
    hand_out_letters_marked_before(gold.area, by=None, at=twice.LATER)
    assert GoldGiven.objects.get().marking.marker == first
    other = twice.a_manager(Unit.Kind.FRAUD)
    leaves(first, boss)

    choose_letters_to_mark_again(gold.area, by=None, at=NEXT_DAY)
    hand_out_letters_marked_before(gold.area, by=None, at=NEXT_DAY)

    assert GoldGiven.objects.get().marking.marker == other


@pytest.mark.parametrize("is_opened", [False, True])
def test_a_look_that_waits_for_a_leaver_goes_to_another(boss, is_opened):
    check = a_check()
    left, other = check.checker, given.a_liaison_officer()
    if is_opened:
        open_check(check, by=left, at=LATER)
    leaves(left, boss)

    give_checks(check.area, by=None, at=LATER)

    check.refresh_from_db()
    assert check.checker == other
    assert Event.objects.get(name="peer_check.taken_back").detail["was"] == left.pk


def test_a_look_that_waits_for_who_looks_no_more_goes_to_another(boss):
    check = a_check()
    other = given.a_liaison_officer()
    changes_to(check.checker, Role.INSPECTOR, boss)

    give_checks(check.area, by=None, at=LATER)

    check.refresh_from_db()
    assert check.checker == other


def taken_by(person):
    found = a_finding()
    take_finding(found, plan="A quarter of an hour on reasons.", by=person, at=twice.LATER)
    return SystemicFinding.objects.get(pk=found.pk)


def test_a_fault_that_a_leaver_was_mending_is_taken_over_with_their_plan(boss):
    left, other = given.a_person(Role.LINE_MANAGER), given.a_person(Role.LINE_MANAGER)
    found = taken_by(left)
    leaves(left, boss)

    as_(other).open("/").follow(found.words).see(f"{left}’s account is closed").follow(
        "Take it over"
    )
    as_(other).post(f"/findings/{found.pk}/take/", plan="The template first.").see(
        "This finding is yours to put right.", "The template first.",
        f"Taken over from {left}, who had planned: A quarter of an hour on reasons.",
    )  # fmt: skip

    assert SystemicFinding.objects.get().owner == other
    assert Event.objects.filter(name="finding.taken").last().detail["was"] == left.pk


def test_a_fault_that_a_leaver_was_mending_is_closed_by_another(boss):
    left = given.a_person(Role.LINE_MANAGER)
    found = taken_by(left)
    leaves(left, boss)

    close_finding(found, reason="Done before they left.", by=a_spoc(), at=twice.LATER)

    assert SystemicFinding.objects.get().state == SystemicFinding.State.CLOSED


def test_a_fault_whose_owner_is_away_is_taken_over_while_they_are(boss):
    spoc, other = a_spoc(), given.a_person(Role.LINE_MANAGER)
    found = taken_by(spoc)
    today = twice.LATER.date()
    cover = a_cover(spoc, a_prosecutor(), first=today, last=today, at=given.NOON)

    as_(other).open(f"/findings/{found.pk}/").see(f"{spoc} is away today", "Take it over")
    end_cover(cover, by=spoc, at=twice.LATER)
    as_(other).open(f"/findings/{found.pk}/").not_see("away today", "Take it over")


def test_so_is_one_whose_owner_is_away_by_a_cover_that_holds_no_longer(boss):
    spoc = a_spoc()
    found = taken_by(spoc)
    today = twice.LATER.date()
    cover = a_cover(spoc, a_prosecutor(), first=today, last=today, at=given.NOON)
    leaves(cover.deputy, boss)

    page = as_(given.a_person(Role.LINE_MANAGER)).open(f"/findings/{found.pk}/")

    page.see(f"{spoc} is away today", "Take it over")


def test_whoever_closes_an_account_sees_what_is_left_and_what_becomes_of_it(boss):
    marking = twice.a_second_marking()
    left = marking.marker
    a_round(people=[left, twice.a_manager(Unit.Kind.RASSO)])
    found = a_finding()
    take_finding(found, plan="Talk about it.", by=left, at=twice.LATER)
    page = as_(boss).open(f"/people/{left.pk}/close/")

    page.see(
        "What is still in their hands", "1 second marking not finished.",
        "1 calibration round not marked to the end.", "1 fault that comes again, taken on",
    )  # fmt: skip
    as_(boss).open(f"/people/{left.pk}/").not_see("What is still in their hands")
    as_(boss).post(f"/people/{left.pk}/close/").see("What is still in their hands")


def test_the_looks_and_letters_of_a_leaver_are_said_too(boss):
    check = a_check()

    as_(boss).open(f"/people/{check.checker_id}/close/").see(
        "1 letter to look at before they go. Once the account is closed they go to colleagues"
    )
    as_(boss).open(f"/people/{check.drafter_id}/close/").see("1 letter to draft or send.")
    drawn = given.a_drawn_letter()
    as_(boss).open(f"/people/{drawn.marker_id}/close/").see(
        "1 letter or disclosure of samples to mark."
    )


def test_who_holds_nothing_is_closed_without_a_word_about_work(boss):
    person = given.a_person(Role.PROSECUTOR)

    as_(boss).open(f"/people/{person.pk}/close/").not_see("What is still in their hands")
