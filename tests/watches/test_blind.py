"""What became of a fault tells nobody how a letter was marked that they have yet to mark blind."""

from datetime import timedelta

import pytest
import time_machine
from django.http import Http404

from forthright.accounts.models import Role, Unit
from forthright.reviews.services.second_marking import give_second_marks_of, hide_marks
from forthright.watches.selectors.watching import letters_of, watch_for, watches_for, watches_of
from forthright.watches.services.seeing import see_watch
from tests import given
from tests.client import as_
from tests.reviews import twice
from tests.watches.faults import a_letter_marked, told_by_a_marking

pytestmark = pytest.mark.django_db
LATER = given.NOON + timedelta(hours=1)
WAITS = "waits for your second marks"


@pytest.fixture
def told():
    """Return what a manager told an author, whose five next letters another manager marked."""
    teller, other = twice.a_manager(), twice.a_manager(Unit.Kind.CROWN_COURT)
    author = given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit(Unit.Kind.VLU))
    feedback = told_by_a_marking(marker=teller, author=author)
    feedback.since = [
        a_letter_marked(feedback, marker=other, minutes=10 + each, again=each == 2)
        for each in range(5)
    ]
    see_watch(the_watch(feedback), by=author, at=LATER)
    return feedback


def the_watch(feedback):
    duty = feedback.review.drawn_letter.duty_id
    [found] = [each for each in watches_of(feedback.area, now=LATER) if each.of.duty_id == duty]
    return found


def test_whoever_told_is_not_shown_the_outcome_while_one_of_its_letters_waits_for_them(told):
    marking = give_second_marks_of(
        told.since[2], told.told_by, because="by lot", by=None, at=LATER
    )  # fmt: skip
    browser = as_(told.told_by)
    path = f"/watches/review/{told.pk}/B1/"
    with time_machine.travel(LATER, tick=False):
        browser.open(path, status=404)
        waiting = browser.open("/watches/")
        twice.mark_again(marking)
        done = browser.open("/watches/")
        browser.open(path).see("the fault came again in 1")

    waiting.see(WAITS)
    waiting.not_see("the fault came again in")
    done.see("the fault came again in 1")
    done.not_see(WAITS)


def test_of_a_letter_with_names_hidden_no_watch_tells_whose_it_is(told):
    author = given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit(Unit.Kind.VLU))
    other = told_by_a_marking(marker=told.told_by, author=author)
    for each in range(5):
        a_letter_marked(other, marker=twice.a_manager(Unit.Kind.CROWN_COURT), minutes=20 + each)
    see_watch(the_watch(other), by=author, at=LATER)
    manager = given.a_person(Role.LINE_MANAGER, unit=told.drafter.unit)
    browser = as_(told.told_by)
    with time_machine.travel(LATER, tick=False):
        browser.open("/watches/").see("the fault came again in 1", "has not come again")
        for reader in (told.told_by, manager):
            give_second_marks_of(
                given.a_marked_letter(), reader, because="by lot", words="Dear [name]", by=None,
                at=LATER,
            )  # fmt: skip
        page = browser.open("/watches/")
        rate = as_(manager).open("/watches/rates/B1/")

    page.not_see("came again in 1", "has not come again", "author waits")
    assert page.words.count(WAITS) == 2
    rate.see("A letter with its names hidden waits", "of everybody")
    rate.not_see(told.review.drawn_letter.duty.reference, "counted from")


def test_nor_is_the_manager_of_the_author_while_it_is_in_a_round_with_them(told):
    manager = given.a_person(Role.LINE_MANAGER, unit=told.drafter.unit)
    assert watches_for(manager, LATER).unit
    hide_marks(told.since[2], manager, by=None, at=LATER)

    assert watches_for(manager, LATER).unit == []
    with pytest.raises(Http404):
        watch_for(manager, the_watch(told).of.key, LATER)


def test_no_letter_is_listed_behind_a_rate_while_one_of_its_authors_waits_to_be_marked_blind(told):
    manager = given.a_person(Role.LINE_MANAGER, unit=told.drafter.unit)
    browser = as_(manager)
    first = told.review.drawn_letter.duty.reference
    with time_machine.travel(LATER, tick=False):
        browser.open("/watches/rates/B1/").see(first)
        hide_marks(told.since[0], manager, by=None, at=LATER)
        page = browser.open("/watches/rates/B1/")

    page.see("yet to mark 1 of the letters behind these figures").not_see(first)


@pytest.mark.parametrize("level", ["NOT_MET", "FULLY"])
def test_no_rate_tells_of_a_letter_in_a_round_whether_it_has_the_fault(level):
    feedback = told_by_a_marking(
        marker=twice.a_manager(), author=given.a_liaison_officer(), level=level
    )
    manager = given.a_person(Role.LINE_MANAGER, unit=feedback.unit)
    browser = as_(manager)
    with time_machine.travel(LATER, tick=False):
        browser.open("/watches/rates/").not_see("yet to mark")
        hide_marks(feedback.review, manager, by=None, at=LATER)
        pages = [browser.open(f"/watches/rates/{end}") for end in ("", "B1/")]

    for page in pages:
        page.see("yet to mark 1 of the letters behind these figures")
        page.not_see("Counted from", "Still open", "Nobody was told", "B1")


def test_a_letter_beyond_the_reach_of_the_rates_holds_none_back(told):
    manager = given.a_person(Role.LINE_MANAGER, unit=told.drafter.unit)
    elsewhere = told_by_a_marking(
        marker=twice.a_manager(Unit.Kind.FRAUD),
        author=given.a_person(Role.VICTIM_LIAISON_OFFICER, unit=given.a_unit(Unit.Kind.RASSO)),
    )
    with time_machine.travel(LATER, tick=False):
        hide_marks(elsewhere.review, manager, by=None, at=LATER)
        as_(manager).open("/watches/rates/").see("Counted from").not_see("yet to mark")


def test_which_letters_they_were_is_for_the_author_and_their_managers_alone(told):
    watched = the_watch(told)
    manager = given.a_person(Role.LINE_MANAGER, unit=told.drafter.unit)

    assert len(letters_of(told.drafter, watched)) == len(letters_of(manager, watched)) == 5
    assert letters_of(told.told_by, watched) == []
    with time_machine.travel(LATER, tick=False):
        page = as_(told.told_by).open(f"/watches/review/{told.pk}/B1/")
    page.see("the fault came again in 1", "for the author and their managers to see")
    page.not_see(*(each.drawn_letter.duty.reference for each in told.since), "It came again")


def test_who_reaches_the_whole_area_sees_which_letters_a_rate_is_of_and_no_outcome_of_one(told):
    first = told.review.drawn_letter.duty.reference
    manager = given.a_person(Role.LINE_MANAGER, unit=told.drafter.unit)
    others = [given.a_person(role) for role in (Role.LEGAL_MANAGER, Role.SENIOR_MANAGER)]
    with time_machine.travel(LATER, tick=False):
        pages = [as_(each).open("/watches/rates/B1/") for each in others]
        own = as_(manager).open("/watches/rates/B1/")

    for page in pages:
        page.see(first, "for its author").not_see("came again in", "letters looked at")
    own.see("the fault came again in 1")
