"""What the list says of a meeting, and the days that one can be planned for."""

import pytest
import time_machine

from forthright.panels.services.meeting import PanelRefused
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


@pytest.mark.parametrize("year", [2028, 9999])
def test_a_meeting_is_planned_within_a_year(year):
    starts_at = given.at("2026-12-20 14:00").replace(year=year)

    with pytest.raises(PanelRefused, match="more than a year ahead"):
        sittings.planned(starts_at=starts_at, pack_until=starts_at.date())


def test_the_page_refuses_the_year_9999_in_words():
    keeper = made.a_keeper()
    days = {
        "day": (20, 12, 9999), "sent_from": (1, 9, 2026), "sent_until": (4, 10, 2026),
        "pack_until": (20, 12, 9999),
    }  # fmt: skip
    boxes = {
        f"{name}_{box}": str(value)
        for name, values in days.items()
        for box, value in zip(("day", "month", "year"), values, strict=True)
    }
    page = as_(keeper).open("/panel/meetings/plan/")

    page.press("Plan it", hour="2pm", place="Room 4", size="1", **boxes).see("Is its year right?")


def test_a_number_that_is_too_small_is_named_by_its_field():
    page = as_(made.a_keeper()).open("/panel/meetings/plan/")

    refused = page.press(
        "Plan it", hour="2pm", place="Room 4", size="0", theme_size="-1", reply_working_days="two"
    )

    refused.see(
        "“Letters in the pack” must be 1 or more",
        "“How many of them for the theme” must be 0 or more",
        "“Working days for a legal manager to answer a finding” must be a whole number",
    ).not_see("Ensure this value", "Enter a whole number")
    page.press("Plan it", size="61").see("“Letters in the pack” must be 60 or less")


def test_the_list_says_what_was_read_and_by_how_many():
    ada, ben = sittings.a_member(), sittings.a_member()
    meeting = sittings.opened(ada, ben, size=25)
    keeper = as_(meeting.planned_by)
    [row] = keeper.open("/panel/meetings/").rows()
    assert row[3:6] == ["25", "", ""]
    sittings.handed_in(meeting.seats.get(member=ada))
    sittings.closed_without_others(meeting)

    [row] = keeper.open("/panel/meetings/").rows()

    assert row[3:6] == ["25", "2", "1 of 2"]
