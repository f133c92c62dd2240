"""A day of the panel that was missed is called missed, and what was left lying is named."""

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.panels.documents import invitation_of
from forthright.panels.selectors.meetings import findings_to_answer
from forthright.panels.selectors.waiting import day_proposed, next_due
from forthright.panels.services.changing import cancel_meeting
from forthright.panels.services.findings import answer_finding
from forthright.panels.services.meeting import publish_note
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
LATER = given.at("2026-12-10 10:00")


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def overview(user) -> str:
    return as_(user).open("/").words


def test_note_and_page_call_a_missed_answer_missed():
    meeting = sittings.closed(letters=1)
    finding = sittings.found(meeting)
    publish_note(sittings.met(meeting), by=meeting.planned_by, at=given.NOON)
    address = f"/panel/meetings/{meeting.pk}/"
    with time_machine.travel(LATER, tick=True):
        reader = as_(given.a_person(Role.INSPECTOR))
        reader.open(f"{address}note/").see(
            "was to answer by Monday 19 October 2026, 52 days ago, and has not answered."
        )
        answer_finding(finding, "We wrote the reasons anew.", by=finding.manager, at=LATER)

        late = (
            "Answered on Thursday 10 December 2026, 52 days late: it was due by Monday 19 October"
        )
        reader.open(f"{address}note/").see(late)
        as_(made.a_keeper()).open(address).see(late)


def test_findings_that_wait_stand_before_those_that_are_answered():
    meeting = sittings.closed(letters=1)
    manager = given.a_person(Role.LEGAL_MANAGER, unit=made.a_unit())
    sittings.answered(sittings.found(meeting, manager, "The first finding is answered."))
    sittings.found(meeting, manager, "The second finding waits for you.")

    assert [each.number for each in findings_to_answer(manager)] == [2, 1]


def test_the_next_meeting_is_reckoned_from_the_last_that_took_place():
    keeper = made.a_keeper()
    sittings.published(by=keeper, letters=1)
    sittings.planned(
        by=keeper, starts_at=given.at("2026-12-15 14:00"), pack_until=LATER.date().replace(day=15)
    )

    assert f"{next_due(keeper)}" == "2026-12-07"
    assert f"{day_proposed(keeper)}" == "2027-02-16"
    with time_machine.travel(given.at("2027-01-10 10:00"), tick=True):
        page = as_(keeper).open("/panel/meetings/")
        page.see("The next meeting was due by Monday 7 December 2026")
        said = overview(keeper)
    assert "The next meeting of the panel was due by Monday 7 December 2026" in said
    assert "Panel 2: its day is over and its pack was never opened" in said


def test_a_meeting_that_is_planned_is_named_beside_the_day_that_is_over():
    keeper = made.a_keeper()
    sittings.published(by=keeper, letters=1)
    with time_machine.travel(given.at("2026-12-28 10:00"), tick=True):
        sittings.planned(
            by=keeper, starts_at=given.at("2027-01-05 14:00"),
            pack_until=given.at("2027-01-05 14:00").date(),
        )  # fmt: skip

        assert "Panel 2 is planned for Tuesday 5 January 2027." in overview(keeper)


def test_a_first_meeting_that_never_was_is_nothing_to_reckon_from():
    keeper = made.a_keeper()
    sittings.planned(by=keeper)

    assert next_due(keeper) is None
    as_(keeper).open("/panel/meetings/").see(
        "No meeting has taken place yet. Panel 1 is planned for Tuesday 20 October 2026."
    )


def test_marks_findings_and_note_that_wait_stand_on_the_overview():
    meeting = sittings.opened(letters=1)
    keeper = meeting.planned_by
    with time_machine.travel(given.at("2026-10-21 10:00"), tick=True):
        assert "Panel 1: its marks are to be closed" in overview(keeper)
    with time_machine.travel(given.at("2026-10-20 10:00"), tick=True):
        assert "its marks are to be closed" not in overview(keeper)
    sittings.handed_in(meeting.seats.get())
    sittings.close_marks(meeting, by=keeper, at=given.NOON)
    assert "Panel 1: what it found is to be written" not in overview(keeper)
    sittings.met(meeting)
    assert "Panel 1: what it found is to be written" in overview(keeper)
    sittings.found(meeting)
    assert "Panel 1: its note is to be published" in overview(keeper)
    publish_note(sittings.met(meeting), by=keeper, at=given.NOON)
    assert "Panel 1:" not in overview(keeper)


def test_a_meeting_called_off_is_told_to_its_members_and_to_their_calendars():
    meeting = sittings.opened(letters=1)
    member = meeting.seats.get().member

    cancelled = cancel_meeting(meeting, "The room is flooded.", by=meeting.planned_by, at=LATER)

    assert "The panel of Tuesday 20 October 2026 was called off" in overview(member)
    invitation = invitation_of(cancelled).decode().replace("\r\n ", "")
    assert "This meeting was called off." in invitation
    assert "can be read" not in invitation
    with time_machine.travel(given.at("2026-10-21 10:00"), tick=True):
        assert "called off" not in overview(member)
