"""A panel that met though nobody handed in is closed with a reason, and says n = 0."""

import pytest
import time_machine

from forthright.audit.models import Event
from forthright.panels.models import Meeting
from forthright.panels.services.changing import cancel_meeting
from forthright.panels.services.meeting import PanelRefused, close_marks, publish_note
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
AFTER = given.at("2026-10-21 10:00")
HOW = "All three read on their tablets and talked from notes"


@pytest.fixture(autouse=True)
def the_day_after():
    with time_machine.travel(AFTER, tick=True):
        yield


def met_without_marks(keeper) -> Meeting:
    """Return a meeting whose two members read and handed nothing in, the day after it met."""
    with time_machine.travel(given.NOON, tick=True):
        meeting = sittings.opened(sittings.a_member(), sittings.a_member(), by=keeper)
        for seat in meeting.seats.all():
            sittings.declared(seat)
    return meeting


def seats(meeting: Meeting) -> list[int]:
    return list(meeting.seats.values_list("pk", flat=True))


def test_it_is_closed_with_a_reason_and_its_findings_are_written_and_published():
    keeper = made.a_keeper()
    meeting = met_without_marks(keeper)
    page = as_(keeper).open(f"/panel/meetings/{meeting.pk}/")

    asked = page.press("Close the marks", without=[str(each) for each in seats(meeting)])
    asked.see("Nobody handed in before the panel was to meet.")
    closed = asked.press("Close the marks", without=seats(meeting), reason=HOW)

    closed.see("Closed.", f"(n = 0): {HOW}", "Write down a finding")
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.CLOSED
    detail = Event.objects.get(name="panel.closed").detail
    assert detail["handed_in"] == 0
    assert HOW not in str(detail)
    sittings.answered(sittings.found(meeting))
    publish_note(meeting, by=keeper, at=AFTER)
    note = as_(keeper).open(f"/panel/meetings/{meeting.pk}/note/")
    note.see("No member had handed in marks when the panel met: n = 0.", "Nothing is counted")
    note.not_see(HOW).not_see("No rate is given")
    as_(keeper).open("/panel/meetings/").see("0 of 2")


def test_nothing_is_said_to_agree_where_nobody_answered():
    keeper = made.a_keeper()
    meeting = met_without_marks(keeper)
    close_marks(meeting, without=seats(meeting), reason=HOW, by=keeper, at=AFTER)

    page = as_(keeper).open(f"/panel/meetings/{meeting.pk}/discussion/")

    page.see("No answers were handed in (n = 0)").not_see("all who could tell agree")


def test_no_reason_closes_marks_before_the_panel_met():
    keeper = made.a_keeper()
    meeting = met_without_marks(keeper)

    with pytest.raises(PanelRefused, match=r"can be closed with a reason after that"):
        close_marks(meeting, without=seats(meeting), reason=HOW, by=keeper, at=given.NOON)


def test_where_somebody_handed_in_no_reason_is_asked_or_kept():
    keeper = made.a_keeper()
    with time_machine.travel(given.NOON, tick=True):
        meeting = sittings.opened(by=keeper)
        sittings.handed_in(meeting.seats.get())

    as_(keeper).open(f"/panel/meetings/{meeting.pk}/").not_see("Nobody handed in.")

    assert close_marks(meeting, reason=HOW, by=keeper, at=AFTER).closed_because == ""


@pytest.mark.parametrize("is_called_off", [False, True])
def test_the_note_of_a_panel_that_has_not_met_does_not_say_that_it_did(is_called_off):
    keeper = made.a_keeper()
    meeting = met_without_marks(keeper)
    if is_called_off:
        cancel_meeting(meeting, "The hall has no heating.", by=keeper, at=AFTER)

    page = as_(keeper).open(f"/panel/meetings/{meeting.pk}/note/")

    page.not_see("when the panel met", "as no answers were handed in", "No rate is given")
    page.see("meeting was called off" if is_called_off else "counted before the marks are closed")


def test_what_was_written_and_ticked_stays_where_closing_is_refused():
    keeper = made.a_keeper()
    meeting = met_without_marks(keeper)
    page, first = as_(keeper).open(f"/panel/meetings/{meeting.pk}/"), seats(meeting)[:1]

    refused = page.press("Close the marks", without=first, reason=HOW)

    refused.see("not handed in", HOW)
    assert refused.text.count('name="without"') == 2
    assert refused.text.count(" checked") == 1
    refused.press("Close the marks", without=seats(meeting)).see("Closed.", f"(n = 0): {HOW}")


def test_a_reason_that_is_too_long_is_refused_and_not_cut():
    keeper = made.a_keeper()
    meeting = met_without_marks(keeper)
    page, long = as_(keeper).open(f"/panel/meetings/{meeting.pk}/"), "They talked on. " * 20

    refused = page.press("Close the marks", without=seats(meeting), reason=long)

    refused.see("300", long.strip())
    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.OPEN
