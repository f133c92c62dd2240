"""A hearing that came stays one that was held, with its standing, though it moved afterwards."""

from datetime import date, timedelta

import pytest
import time_machine

from forthright.audit.models import Event
from forthright.hard_media.models import HearingMove, MediaItem
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.services import hearings, items
from forthright.rules.media_backlog import Came
from forthright.rules.media_rungs import Standing
from forthright.rules.weeks import week_of
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = pytest.mark.django_db
NOON = given.NOON
HELD = media.PTPH
DAY = timedelta(days=1)
AFTER = given.at("2026-11-04 12:00")
NEW = date(2026, 11, 23)
LATER = date(2026, 12, 7)
MOVED = "The hearing moved"


def moves(hearing, *, on=NEW, at=AFTER, was_held=None):
    to = hearings.NewDay(on=on, reason="Adjourned by the court", was_held=was_held)
    with time_machine.travel(at, tick=False):
        moved = hearings.move_hearing(hearing, to, by=None, at=at)
    hearing.refresh_from_db()
    return moved


def beside(until=LATER):
    """Return each day on which the hearing of the one recording was held, and how it came."""
    week = week_of(until)
    register = backlog_of(
        given.an_area(), week, week.plus(-25), as_of=until + DAY
    )  # fmt: skip
    [found] = register.recordings
    return [(each.held_on, each.came(7), each.is_relied_on) for each in found.beside_each()]


@pytest.fixture
def missed(hearing):
    """Return a case of which a recording relied on was not shared by its hearing."""
    return media.a_classified_item(hearing)


@pytest.mark.parametrize("was_held", [True, None])
def test_the_day_that_passed_stays_a_hearing_held(hearing, missed, was_held):
    before = beside(date(2026, 11, 1))
    moves(hearing, was_held=was_held)
    media.shared(hearing, missed, on=AFTER.date(), at=AFTER)

    assert before == [(HELD, Came.NOT, True)]
    assert beside(date(2026, 11, 1)) == before
    assert beside(date(2026, 11, 8)) == [(HELD, Came.LATE, True)]
    assert beside() == [(HELD, Came.LATE, True), (NEW, Came.EARLY, True)]
    assert ladder_of(hearing, AFTER.date()).standing is Standing.READY


def test_what_was_ready_by_it_stays_so():
    hearing = media.a_ready_case(urn="20AB7000126")

    moves(hearing, was_held=True)

    assert beside() == [(HELD, Came.EARLY, True), (NEW, Came.EARLY, True)]


def test_one_that_did_not_take_place_counts_as_no_hearing(hearing, missed):
    moved = moves(hearing, was_held=False)

    assert (moved.was_held, beside()) == (False, [(NEW, Came.NOT, True)])
    assert Event.objects.get(name="hearing.moved").detail["was_held"] is False


def test_one_put_off_before_its_day_counts_as_no_hearing(hearing, missed):
    moved = moves(hearing, at=NOON, was_held=True)

    assert (moved.was_held, beside()) == (None, [(NEW, Came.NOT, True)])


def test_one_put_off_on_its_day_took_place(hearing, missed):
    moves(hearing, at=given.at("2026-10-26 15:00"), was_held=True)

    assert [each[0] for each in beside()] == [HELD, NEW]


def test_what_is_found_of_a_recording_later_changes_no_day_that_was_held(hearing, missed):
    moves(hearing, was_held=True)

    items.classify_item(missed, "UNUSED", reason="Not relied on now.", by=None, at=AFTER)

    assert beside() == [(HELD, Came.NOT, True), (NEW, Came.NOT, False)]


def test_a_day_held_is_counted_though_the_hearing_was_put_to_an_earlier_one(hearing, missed):
    media.shared(hearing, missed)
    hearing.refresh_from_db()
    HearingMove.objects.create(
        hearing=hearing, old_on=HELD, new_on=HELD - 200 * DAY, reason="Wrong", moved_at=AFTER
    )
    type(hearing).objects.update(on=HELD - 200 * DAY)
    MediaItem.objects.update(added_at=NOON - 300 * DAY)

    assert (HELD, Came.EARLY, True) in beside()


def page_of(hearing, by=None):
    return as_(by or media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")


def days(day):
    return {"on_day": day.day, "on_month": day.month, "on_year": day.year}


@pytest.mark.parametrize(
    ("says", "check", "words"),
    [
        ("yes", "It took place, so the day stays in every figure",
         "It took place on 26 October 2026: not ready by it. That stays in every figure."),
        ("no", "It did not take place, so the day counts as no hearing",
         "It did not take place on 26 October 2026, so that day counts as no hearing."),
    ],
)  # fmt: skip
def test_the_form_asks_whether_it_took_place_and_keeps_the_answer(
    hearing, missed, says, check, words
):
    with time_machine.travel(AFTER, tick=False):
        form = page_of(hearing).follow(MOVED)
        form.see("Did it take place on Monday 26 October 2026?")
        said = {"reason": "Adjourned by the court", **days(NEW)}
        form = form.press("Continue", **said)
        assert form.errors == ["Say whether the hearing took place on the day that has come"]
        found = form.press("Continue", was_held=says).see(check).press("Move the hearing")

    found.see(words)
    assert HearingMove.objects.get().was_held is (says == "yes")


@pytest.mark.usefixtures("at_noon")
def test_the_form_asks_nothing_of_a_day_to_come(hearing):
    page_of(hearing).follow(MOVED).not_see("Did it take place")


def test_of_a_move_of_before_the_page_says_that_nobody_was_asked(hearing, missed):
    moves(hearing)

    page_of(hearing).see(
        "26 October 2026 had come when this was recorded, and nobody was asked whether it took "
        "place, so it counts as held: not ready by it."
    )
