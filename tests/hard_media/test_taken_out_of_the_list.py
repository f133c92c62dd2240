"""A hearing that the court takes out of the list without a new day has none, and is not missed."""

from datetime import timedelta

import pytest

from forthright.audit.models import Event
from forthright.hard_media.models import Hearing, HearingMove
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.selectors.ladder import ladder_of
from forthright.hard_media.services import hearings
from forthright.rules.weeks import week_of
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
TODAY = NOON.date()
AFTER = media.PTPH + timedelta(days=7)
WHY = "Vacated by the court"


@pytest.fixture
def hearing():
    hearing = media.a_hearing()
    media.a_classified_item(hearing)
    return hearing


def taken_out(hearing, *, at=NOON, reason=WHY, was_held=None):
    to = hearings.NewDay(on=None, reason=reason, was_held=was_held)
    return hearings.move_hearing(hearing, to, by=None, at=at)


def held_on(hearing):
    week = week_of(media.PTPH)
    facts = backlog_of(hearing.area, week, week.plus(-12), as_of=AFTER + timedelta(days=14))
    return [each.held_on for each in facts.recordings]


def test_it_has_no_day_and_was_not_held_or_missed(hearing):
    taken_out(hearing)

    hearing.refresh_from_db()
    assert hearing.on is None
    found = ladder_of(hearing, AFTER)
    assert (found.is_missed, found.days_left, found.escalate_to) == (False, None, "")
    assert held_on(hearing) == [None]
    event = Event.objects.get(name="hearing.moved")
    assert (event.detail["old_on"], event.detail["new_on"]) == (media.PTPH.isoformat(), None)


def test_a_day_on_which_it_took_place_stays_one(hearing):
    taken_out(hearing, at=NOON + (media.PTPH - TODAY), was_held=True)

    assert held_on(hearing) == [media.PTPH]


def test_the_page_takes_it_out_and_lists_it_anew(hearing):
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/hearing/")
    page = page.press("Continue", no_day="on", reason=WHY)
    page.see("Monday 26 October 2026, then no day", "The case is")

    page = page.press("Move the hearing")

    page.see("Taken out of the list of 26 October 2026, no new day yet: Vacated by the court")
    page = page.follow("Record the day of the hearing")
    page = page.press(
        "Continue", on_day="9", on_month="11", on_year="2026"
    ).press("Move the hearing")  # fmt: skip
    page.see("Listed for 9 November 2026: Listed anew")
    assert Hearing.objects.get().on.isoformat() == "2026-11-09"


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"reason": WHY}, "Enter the new day, or say that it has none yet"),
        (
            {"reason": WHY, "no_day": "on", "on_day": "9", "on_month": "11", "on_year": "2026"},
            "Enter the new day, or say that it has none yet, not both",
        ),
        ({"no_day": "on"}, "Say why the hearing moved"),
    ],
)
def test_the_page_asks_for_a_day_or_that_there_is_none(hearing, answers, words):
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/hearing/")

    page.press("Continue", **answers).see(words)

    assert not HearingMove.objects.exists()


def test_one_that_has_no_day_is_not_taken_out():
    hearing = media.a_hearing(on=None, sent_on=TODAY)

    with pytest.raises(hearings.HearingRefused, match="no day to take out of the list"):
        taken_out(hearing)
