"""A meeting on a day or at an hour on which few people meet is asked about, and not refused."""

import pytest
import time_machine

from forthright.panels.models import Meeting
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def boxes(**days):
    return {
        f"{name}_{box}": str(value)
        for name, values in days.items()
        for box, value in zip(("day", "month", "year"), values, strict=True)
    }


def planned_on(day, hour):
    days = boxes(day=day, sent_from=(1, 9, 2026), sent_until=(4, 10, 2026), pack_until=day)
    page = as_(made.a_keeper()).open("/panel/meetings/plan/")
    return page.press("Plan it", hour=hour, place="Room 4", size="1", **days)


@pytest.mark.parametrize(
    ("day", "hour", "odd"),
    [
        ((24, 10, 2026), "2pm", "on a Saturday"),
        ((25, 10, 2026), "2pm", "on a Sunday"),
        ((25, 12, 2026), "3am", "on a bank holiday, Christmas Day and at 3am"),
        ((20, 10, 2026), "9:30pm", "at 9:30pm"),
        ((20, 10, 2026), "6:59am", "at 6:59am"),
    ],
)
def test_it_is_planned_once_it_is_ticked_that_it_is_meant(day, hour, odd):
    page = planned_on(day, hour).see(f"The panel would meet {odd}.", f"Yes, {odd}")
    assert not Meeting.objects.exists()

    page.press("Plan it", meant=odd).see("Planned.")


@pytest.mark.parametrize("hour", ["7am", "2pm", "9pm"])
def test_a_working_day_at_an_hour_of_the_day_is_not_asked_about(hour):
    planned_on((20, 10, 2026), hour).see("Planned.")


def test_for_another_odd_day_it_is_asked_anew():
    page = planned_on((24, 10, 2026), "2pm")

    page = page.press(
        "Plan it", meant="on a Saturday", **boxes(day=(25, 10, 2026), pack_until=(25, 10, 2026))
    )

    page.see("The panel would meet on a Sunday.")


def test_a_meeting_that_is_moved_there_is_asked_about_and_not_one_that_stays_there():
    meeting = sittings.planned(starts_at=given.at("2026-10-20 14:00"))
    place = f"/panel/meetings/{meeting.pk}/change/"
    days = boxes(day=(24, 10, 2026), pack_until=(24, 10, 2026))
    page = as_(meeting.planned_by).open(place).press("Change it", **days)
    page.see("The panel would meet on a Saturday.").press("Change it", meant="on a Saturday").see(
        "Changed."
    )

    as_(meeting.planned_by).open(place).press("Change it", place="Room 9").see("Changed.")
