"""What a section of the morning list counts is what its page lists, and the number is true."""

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forthright.accounts.models import Unit
from forthright.audit.models import Event
from forthright.morning_lists.selectors import awaiting, morning
from forthright.schemes.models import Duty
from tests import given
from tests.client import as_
from tests.morning_lists import mornings
from tests.morning_lists.mornings import MORNING, a_letter, part, the_list, with_steps

pytestmark = pytest.mark.django_db
DECIDED = "2026-10-02 15:00"  # the Friday before, so that its letter is due after tomorrow


@pytest.fixture(autouse=True)
def _in_the_morning():
    with time_machine.travel(MORNING, tick=False):
        yield


@pytest.fixture
def few(monkeypatch):
    """Let two letters of each section be shown, and three be looked at to sort them."""
    monkeypatch.setattr(morning, "OF_NEW", morning.Most(2, 3))
    monkeypatch.setattr(morning, "OF_LATER", morning.Most(2, 2))


def new_ones(number):
    return [a_letter(DECIDED) for _ in range(number)]


def opened(spoc, words):
    page = as_(spoc).open(f"/morning/{spoc.unit_id}/")
    return page.follow(f"See them all: {words}")


def named(duties):
    return {each.reference for each in duties}


def test_all_new_letters_are_listed_and_no_other(few):
    given.a_started_area()
    new = new_ones(4)
    due_later = with_steps(a_letter("2026-09-30 10:00"), told="2026-09-30 11:00")
    spoc = mornings.a_spoc()

    as_(spoc).open(f"/morning/{spoc.unit_id}/").see("2 of 4 new letters are shown.")
    page = opened(spoc, "New letters")

    assert page.heading.startswith("Letters of new decisions with nobody told")
    assert all(each in page.words for each in named(new))
    assert due_later.reference not in page.words
    listed = Event.objects.filter(name="morning.listed").order_by("-sequence").first()
    assert set(listed.detail["letters"]) == {each.pk for each in new}


def test_what_is_listed_can_be_done_there(few):
    explained, *_ = [with_steps(a_letter(DECIDED), explained="2026-10-02 16:00") for _ in range(3)]

    page = opened(mornings.a_spoc(), "Due later, explained, and nobody is here to draft it")

    page.follow(f"Hand over letter {explained.reference}").see("Held by nobody yet now.")


def test_all_that_is_due_later_and_not_explained_is_listed_and_no_other(few):
    decided = "2026-09-30 10:00"
    waiting = [with_steps(a_letter(decided), told="2026-09-30 11:00") for _ in range(3)]
    explained = with_steps(a_letter(decided), explained="2026-09-30 12:00")
    new = new_ones(1)[0]

    page = opened(mornings.a_spoc(), "Due later, and not explained yet")

    assert all(each in page.words for each in named(waiting))
    page.not_see(explained.reference, new.reference)


def test_more_than_are_looked_at_are_counted_all_the_same(few):
    new_ones(5)
    unit = given.a_unit()

    section = part("new")

    assert (section.number, section.shown, section.number_words) == (5, 2, "5")
    assert morning.things_waiting(unit, MORNING) == the_list().number == 5


def test_what_is_more_than_is_looked_at_is_counted_once_for_a_list(few):
    new_ones(5)

    with CaptureQueriesContext(connection) as caught:
        assert the_list().number == 5

    assert len([each for each in caught if each["sql"].startswith("SELECT COUNT")]) == 1


def test_more_than_are_counted_are_said_to_be_more(few, monkeypatch):
    monkeypatch.setattr(awaiting, "MOST_COUNTED", 4)
    new_ones(6)

    section = part("new")

    assert section.number_words == "more than 4"
    assert [each.words for each in section.rests] == ["2 of more than 4 new letters are shown"]
    assert the_list().waits_words == "more than 4 things wait"


def test_decisions_with_nobody_to_tell_and_new_letters_have_each_their_own_page(few, monkeypatch):
    monkeypatch.setattr(morning, "SHOWN", 1)
    new = new_ones(3)
    for _ in range(2):
        given.a_decision(given.a_case(), made_at=given.at(DECIDED))

    assert [each.words for each in part("new").rests] == [
        "1 of 2 decisions with nobody to tell are shown",
        "2 of 3 new letters are shown",
    ]
    spoc = mornings.a_spoc()
    opened(spoc, "Decisions with nobody to tell").not_see(new[0].reference)


def test_a_page_with_none_says_so_and_another_unit_is_not_there():
    given.a_started_area()
    spoc, other = mornings.a_spoc(), given.a_unit(Unit.Kind.RASSO)
    for name in ("new", "unexplained", "not-taken-up"):
        as_(spoc).open(f"/morning/{spoc.unit_id}/{name}/").see("There are none now.")
        as_(spoc).open(f"/morning/{other.pk}/{name}/", status=404)


def test_before_the_area_has_a_calendar_it_says_what_lacks():
    spoc = mornings.a_spoc()

    as_(spoc).open(f"/morning/{spoc.unit_id}/new/").see("has no calendar yet")
    assert not Duty.objects.exists()
