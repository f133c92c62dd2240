"""A meeting whose marks are closed has not met yet: no note, no next meeting, and it can move."""

from datetime import date

import pytest

from forthright.panels.selectors.waiting import meeting_to_come, next_due
from forthright.panels.services.changing import Moved, cancel_meeting, move_meeting
from forthright.panels.services.meeting import PanelRefused, publish_note
from tests import given
from tests.client import as_
from tests.panels import sittings

pytestmark = pytest.mark.django_db
MEETS = "20 October 2026, 2pm"
AFTER = given.at("2026-10-20 17:00")
TO = Moved(
    starts_at=given.at("2026-10-27 10:00"), place="Room 9", pack_until=date(2026, 10, 27)
)  # fmt: skip


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


@pytest.fixture
def meeting():
    """Return a meeting with its marks closed and a finding, fifteen days before it meets."""
    meeting = sittings.closed(letters=1)
    sittings.found(meeting)
    return meeting


def page_of(meeting):
    return as_(meeting.planned_by).open(f"/panel/meetings/{meeting.pk}/")


def test_its_note_is_published_once_it_has_met(meeting, time_machine):
    with pytest.raises(PanelRefused, match=rf"meets Tuesday {MEETS}.*published after that"):
        publish_note(meeting, by=meeting.planned_by, at=given.NOON)
    page = page_of(meeting).see(f"The note is published after the panel has met, {MEETS}")
    assert "Publish the note" not in page.text

    time_machine.move_to(AFTER, tick=False)

    page_of(meeting).press("Publish the note").see("Published to everybody")


def test_the_next_meeting_is_not_reckoned_from_it(meeting, time_machine):
    assert next_due(meeting.planned_by) is None
    as_(meeting.planned_by).open("/panel/meetings/").see("No meeting has taken place yet.")
    as_(meeting.planned_by).open("/").not_see("its note is to be published", "It met on")

    time_machine.move_to(AFTER, tick=False)

    assert next_due(meeting.planned_by) == date(2026, 12, 22)
    as_(meeting.planned_by).open("/").see(
        "its note is to be published", "It met on Tuesday 20 October 2026"
    )


def test_it_is_moved_and_its_marks_stay_closed(meeting):
    page = page_of(meeting).not_see("call the meeting off").follow("Change when or where")
    page.press("Change it", hour="4pm").see("Changed.", "4pm", "Marks closed")

    moved = move_meeting(meeting, TO, by=meeting.planned_by, at=given.NOON)

    assert (moved.starts_at, moved.pack_until) == (TO.starts_at, TO.pack_until)
    assert moved.closed_at == given.NOON


def test_it_is_not_called_off_and_not_moved_once_it_has_begun(meeting):
    with pytest.raises(PanelRefused, match=r"marks of this meeting are closed.*Change when"):
        cancel_meeting(meeting, "Three are ill.", by=meeting.planned_by, at=given.NOON)
    for act in (
        lambda: move_meeting(meeting, TO, by=meeting.planned_by, at=AFTER),
        lambda: cancel_meeting(meeting, "Three are ill.", by=meeting.planned_by, at=AFTER),
    ):
        with pytest.raises(PanelRefused, match="This meeting is over"):
            act()


def test_a_meeting_whose_marks_were_closed_early_is_still_to_come(meeting, time_machine):
    assert meeting_to_come(meeting.planned_by) == meeting
    as_(meeting.planned_by).open("/panel/meetings/").see(
        "Panel 1 is planned for Tuesday 20 October 2026"
    )

    time_machine.move_to(AFTER, tick=False)

    assert meeting_to_come(meeting.planned_by) is None
