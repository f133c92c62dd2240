"""What was kept from a member in the pack is not read out to them when the panel meets."""

from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forthright.panels.models import Meeting, NotGiven
from forthright.panels.selectors.before_reading import before_reading_at
from forthright.panels.services.recognising import put_aside
from forthright.panels.services.seating import end_seat
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def kept_from_two():
    """Return a closed meeting of three, its keeper, and the number of the letter of two of them.

    Dean Marsden has the name of the defendant of one letter; the first member put that aside.
    """
    ada, dean, cal = sittings.a_member(), sittings.a_member(), sittings.a_member()
    dean.full_name = "Dean Marsden"
    dean.save(update_fields=["full_name"])
    keeper = made.a_keeper()
    meeting = sittings.opened(ada, dean, cal, by=keeper)
    line = NotGiven.objects.get().letter
    first = sittings.declared(meeting.seats.get(member=ada))
    put_aside(first, line, "EVENT", by=ada, at=given.NOON)
    sittings.handed_in(meeting.seats.get(member=cal))
    sittings.closed_without_others(meeting, by=keeper)
    return Meeting.objects.get(pk=meeting.pk), keeper, line.position, ada


def test_who_keeps_the_panel_reads_before_a_letter_who_is_not_to_hear_it():
    meeting, keeper, position, ada = kept_from_two()
    said = ["Dean Marsden is not given it", f"{ada} put it aside: they may know whom it is about"]
    place = f"/panel/meetings/{meeting.pk}"

    as_(keeper).open(f"{place}/discussion/").see("for you alone", *said)
    page = as_(keeper).open(f"{place}/letters/{position}/").see("show this to no member", *said)
    page.not_see("I am writing about")
    page = page.follow(f"Show letter {position}").see("I am writing about")
    page.not_see("Dean Marsden", str(ada))
    as_(keeper).open(f"{place}/letters/{3 - position}/").see("I am writing about")


def test_whose_name_is_learned_after_the_marks_are_closed_is_named_before_it_is_read_out():
    keeper, ada = made.a_keeper(), sittings.a_member()
    meeting = sittings.closed(ada, by=keeper)
    ada.full_name = "Dean Marsden"
    ada.save(update_fields=["full_name"])
    place = f"/panel/meetings/{meeting.pk}"

    pages = [as_(keeper).open(f"{place}/letters/{position}/").words for position in (1, 2)]

    kept = NotGiven.objects.get().letter.position
    assert ["Dean Marsden is not given it" in each for each in pages] == [kept == 1, kept == 2]
    as_(keeper).open(f"{place}/discussion/").see("Dean Marsden is not given it")
    page = as_(keeper).open(f"{place}/").see("This came out", "after the marks were closed")

    button = f"It is somebody else: give it to them, letter {kept} to Dean Marsden"
    page.press(button, reason="He works in another town; I asked him.")

    as_(keeper).open(f"{place}/discussion/").not_see("is not given it")


def test_who_is_not_at_the_meeting_any_more_is_not_named():
    meeting, keeper, position, ada = kept_from_two()
    for seat in meeting.seats.exclude(handed_in_at__isnull=False):
        end_seat(seat, "They moved away.", date(2026, 10, 5), by=keeper, at=given.NOON)

    page = as_(keeper).open(f"/panel/meetings/{meeting.pk}/letters/{position}/")
    page.see("I am writing about").not_see("Before letter", str(ada))
    as_(keeper).open(f"/panel/meetings/{meeting.pk}/discussion/").not_see("for you alone")


def test_warnings_are_asked_for_once_for_all_letters():
    meeting = sittings.closed(letters=2)

    with CaptureQueriesContext(connection) as asked:
        before_reading_at(meeting)

    assert sum("panels_alarm" in each["sql"] for each in asked) == 1
