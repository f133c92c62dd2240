"""Watches go by the Area's own numbers, ask of no more people than they show, and of few rows."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from forthright.accounts.models import Role, Unit, User
from forthright.audit.models import Event
from forthright.peer_checks.models import PartTold
from forthright.standards.models import MarkingNumbers
from forthright.watches.selectors.facts import Between, Whose, told_of
from forthright.watches.selectors.rates import rates_for
from forthright.watches.selectors.watching import watch_for, watches_for, watches_of
from tests import given
from tests.calibration.rounds_given import adopt
from tests.client import as_
from tests.peer_checks.looked_at import a_check, changes_asked
from tests.reviews import twice
from tests.watches.faults import another_letter, told_by_a_marking, told_of_a_fault

pytestmark = pytest.mark.django_db
SOON = given.NOON + timedelta(days=9)


def in_(kind):
    return given.a_person(Role.LINE_MANAGER, unit=given.a_unit(kind))


def queries_of(person, path):
    browser = as_(person)
    browser.open(path)
    with CaptureQueriesContext(connection) as asked:
        browser.open(path)
    return len(asked)


def test_as_many_letters_are_watched_as_the_area_says_and_every_page_says_so():
    asked = told_of_a_fault()
    adopt(asked.area, letters_watched=2)
    for days in (1, 2, 3):
        another_letter(asked, days=days, again=days == 3)

    [watched] = [each for each in watches_of(asked.area, now=SOON) if each.watch.seen]

    assert watched.watch.words == "2 of the next 2 letters looked at: the fault has not come again."
    assert rates_for(given.a_person(Role.LEGAL_MANAGER), SOON).rules.startswith(
        "the next 2 letters, numbers "
    )


def test_the_author_has_it_alone_for_as_many_days_as_the_area_says():
    asked = told_of_a_fault()
    adopt(asked.area, letters_watched=1, author_first_days=3)
    done = another_letter(asked)
    [watched] = watches_of(asked.area, now=SOON)
    end = done.answered_at + timedelta(days=3)

    assert not watched.is_open_to_others(end - timedelta(minutes=1))
    assert watched.is_open_to_others(end)
    with pytest.raises(Http404):
        watch_for(asked.checker, watched.of.key, end - timedelta(minutes=1))
    assert watch_for(asked.checker, watched.of.key, end).is_complete


def test_a_manager_without_a_unit_has_no_rates_and_a_manager_of_another_unit_none_of_theirs():
    asked = told_of_a_fault()
    nowhere = in_(Unit.Kind.FRAUD)
    User.objects.filter(pk=nowhere.pk).update(unit=None)
    nowhere = User.objects.get(pk=nowhere.pk)

    managers = (nowhere, in_(Unit.Kind.FRAUD), in_(Unit.Kind.VLU))
    found = [rates_for(each, SOON).watched for each in managers]

    assert [len(each) for each in found] == [0, 0, 1]
    assert found[2][0].of.author_id == asked.drafter_id


def test_a_unit_whose_letters_others_write_has_the_rates_of_its_letters():
    asked = told_of_a_fault()
    unit = PartTold.objects.get(check_of=asked).unit
    assert unit != asked.drafter.unit
    manager = given.a_person(Role.LINE_MANAGER, unit=unit)

    found = rates_for(manager, SOON)

    assert [each.of.author_id for each in found.watched] == [asked.drafter_id]
    page = as_(manager).open("/watches/rates/")
    page.see(f"in letters of {unit} or of authors who work there")


def test_a_watch_is_found_by_what_told_of_it_and_by_nothing_else():
    asked = told_of_a_fault()
    part = PartTold.objects.get(check_of=asked)

    assert watch_for(asked.drafter, ("check", part.pk, "A6"), SOON).of.duty_id
    for key in (("review", part.pk, "A6"), ("check", part.pk, "B1"), ("check", part.pk + 9, "A6")):
        with pytest.raises(Http404):
            watch_for(asked.drafter, key, SOON)


def test_a_person_s_own_are_asked_for_and_no_others():
    asked, other = told_of_a_fault(), told_of_a_fault()

    of_author = told_of(asked.area, Between(since=given.NOON, until=SOON, known=SOON),
                        whose=Whose(author_id=asked.drafter_id))  # fmt: skip
    own, told, unit, _ = watches_for(asked.drafter, SOON)

    assert {each.author_id for each in of_author} == {asked.drafter_id} != {other.drafter_id}
    assert [each.of.author_id for each in own] == [asked.drafter_id]
    assert (told, unit) == ([], [])


@pytest.mark.parametrize("path", ["/watches/", "/watches/rates/", "/watches/rates/A6/"])
def test_a_page_asks_the_database_as_often_for_many_letters_as_for_few(path):
    first = told_of_a_fault()
    manager = given.a_person(Role.LEGAL_MANAGER)
    reader = first.checker if path == "/watches/" else manager
    with time_machine.travel(SOON, tick=False):
        few = queries_of(reader, path)
        for _ in range(3):
            changes_asked(a_check(checker=first.checker, by=first.drafter))
        many = queries_of(reader, path)

    assert len(watches_of(first.area, now=SOON)) == 4
    assert many == few


def test_the_numbers_of_another_area_change_nothing_here():
    asked = told_of_a_fault()
    adopt(given.an_area_that_reports("Wessex"), letters_watched=1)

    [watched] = watches_of(asked.area, now=SOON)

    assert MarkingNumbers.objects.count() == 1
    assert watched.watch.wanted == 5


def test_that_a_marking_found_a_fault_is_told_to_who_sees_the_marking_and_counted_for_others():
    unit = given.a_unit()
    author, spoc = (given.a_person(role, unit=unit) for role in (Role.PROSECUTOR, Role.LEGAL_SPOC))
    marker = twice.a_manager(Unit.Kind.CROWN_COURT)
    feedback = told_by_a_marking(marker=marker, author=author)
    drawn = feedback.review.drawn_letter
    with time_machine.travel(SOON, tick=False):
        as_(spoc).open(f"/reviews/{drawn.pk}/", status=403)
        page = as_(spoc).open("/watches/rates/B1/")
        seen = as_(given.a_person(Role.LEGAL_MANAGER)).open("/watches/rates/B1/")

    page.see("1 more you may not open").not_see(drawn.duty.reference, "Told Monday")
    listed = Event.objects.filter(name="watches.listed", by=spoc)
    assert not listed.exists()
    seen.see(drawn.duty.reference)


def test_what_a_check_found_is_told_to_all_who_see_how_letters_are_looked_at():
    unit = given.a_unit(Unit.Kind.VLU)
    asked = told_of_a_fault()
    with time_machine.travel(SOON, tick=False):
        page = as_(given.a_person(Role.LEGAL_SPOC, unit=unit)).open("/watches/rates/A6/")

    page.see(asked.letter.duty.reference)
