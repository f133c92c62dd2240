"""A deputy does a legal SPOC's work, says for whom, and is refused once the cover has ended."""

import pytest
import time_machine

from forthright.accounts.models import Role, Unit
from forthright.audit.models import Event
from forthright.morning_lists.models import HandOver, Reminder
from forthright.morning_lists.services.covering import end_cover
from tests import given
from tests.client import as_
from tests.morning_lists import mornings
from tests.morning_lists.mornings import MORNING, a_cover, a_letter, with_steps

pytestmark = pytest.mark.django_db


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


def test_a_deputy_works_the_list_and_each_act_says_for_whom(spoc, deputy, clock):
    prosecutor = mornings.a_prosecutor()
    waits, to_draft = a_letter(by=prosecutor), with_steps(a_letter(), explained="2026-10-01 10:00")
    a_cover(spoc, deputy)
    officer = given.a_liaison_officer()

    page = as_(deputy).open(address(spoc)).see(f"You cover for {spoc}")
    page = page.press(f"Remind {prosecutor} of letter {waits.reference}")
    page = page.follow(f"Hand over letter {to_draft.reference}")
    page = page.press("Hand it over", drafter=officer.pk)

    page.see(f"by {deputy} for {spoc}", f"Handed over to {officer} by {deputy} for {spoc}")
    assert Reminder.objects.get().asked_for == spoc
    assert HandOver.objects.get().made_for == spoc
    for name in ("morning.listed", "reminder.asked", "letter.drafting_handed_over"):
        events = Event.objects.filter(name=name, by=deputy)
        assert {tuple(each.detail["deputy_for"]) for each in events} == {(spoc.pk,)}


def test_the_record_names_for_whom_a_deputy_acted(spoc, deputy, clock):
    a_letter()
    a_cover(spoc, deputy)
    as_(deputy).open(address(spoc))

    page = as_(given.a_person(Role.ADMINISTRATOR)).open("/record/")

    page.see(f"{deputy} for {spoc}").not_see("Deputy for")


def test_what_a_person_does_while_they_cover_for_nobody_says_nothing_of_it(spoc, clock):
    a_letter()

    as_(spoc).open(address(spoc))

    assert "deputy_for" not in Event.objects.get(name="morning.listed").detail


def test_the_overview_of_a_deputy_leads_to_the_list(spoc, deputy, clock):
    a_letter()
    a_cover(spoc, deputy)

    page = as_(deputy).open("/").see(f"Mercia Crown Court, for {spoc}")

    page.follow("Your morning list: 1 thing").see(f"You cover for {spoc}")


def test_a_deputy_opens_and_approves_letters_of_the_unit(spoc, deputy, clock):
    version = given.a_draft()
    duty = version.letter.duty
    given.hand_over(duty, by=version.added_by, at=given.NOON)
    a_cover(spoc, deputy)
    clock.move_to(given.at("2026-10-05 13:00"))

    page = as_(deputy).open(f"/letters/{duty.pk}/approve/")
    page.press("Record your decision", answer="APPROVE")

    event = Event.objects.get(name="letter.approved")
    assert (event.by, event.detail["deputy_for"]) == (deputy, [spoc.pk])


@pytest.mark.parametrize("place", ["", "letters/{duty}/remind/", "letters/{duty}/hand-over/"])
def test_the_moment_a_cover_ends_the_deputy_is_refused(place, spoc, deputy, clock):
    duty = a_letter()
    cover = a_cover(spoc, deputy)
    browser = as_(deputy)
    path = address(spoc) + place.format(duty=duty.pk)
    browser.open(path)

    end_cover(cover, by=spoc, at=MORNING)

    browser.open(path, status=403)
    browser.open(f"/letters/{duty.pk}/", status=404)


def test_at_midnight_after_the_last_day_the_deputy_is_refused(spoc, deputy, clock):
    duty = a_letter()
    a_cover(spoc, deputy)
    clock.move_to(given.at("2026-10-05 23:59"))
    browser = as_(deputy)
    browser.open(f"/letters/{duty.pk}/")

    clock.move_to(given.at("2026-10-06 00:00"))

    browser.open(f"/letters/{duty.pk}/", status=404)
    browser.open(address(spoc), status=403)


def test_an_act_that_was_begun_under_a_cover_is_refused_once_it_has_ended(spoc, deputy, clock):
    duty = with_steps(a_letter(), explained="2026-10-01 10:00")
    cover = a_cover(spoc, deputy)
    page = as_(deputy).open(f"{address(spoc)}letters/{duty.pk}/hand-over/")
    end_cover(cover, by=spoc, at=MORNING)

    page.press("Hand it over", drafter=given.a_liaison_officer().pk, status=403)

    assert not HandOver.objects.exists()


def test_what_a_deputy_was_writing_as_the_cover_ended_is_given_back(spoc, deputy, clock):
    """The page tells no more than the same form at a letter that there is not."""
    duty = given.a_letter_to_write()
    cover = a_cover(spoc, deputy)
    page = as_(deputy).open(f"/letters/{duty.pk}/note/write/")
    said = {"decided": "to stop the case", "facts": "The witness moved abroad on Friday."}
    end_cover(cover, by=spoc, at=MORNING)

    page = page.press("Keep these reasons", **said, status=404)

    page.see("Page not found", "What you had typed", "It was not kept.", *said.values())
    absent = page.browser.post("/letters/999999/note/write/", **said, status=404)
    assert absent.words == page.words
    page.browser.open(f"/letters/{duty.pk}/note/write/", status=404).not_see("What you had typed")


def test_a_deputy_of_one_unit_opens_no_other(spoc, deputy, clock):
    a_cover(spoc, deputy)
    other = given.a_unit(Unit.Kind.CCU)

    as_(deputy).open(f"/morning/{other.pk}/", status=404)
