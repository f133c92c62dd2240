"""Who leaves a letter out of the pack had no part in it, and is named where it is said why."""

import pytest
import time_machine

from forthright.accounts.models import User
from forthright.accounts.policies import NotAllowed
from forthright.letters.services.notes import write_note
from forthright.panels.services.leaving_out import leave_out
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
WHY = "It was in every newspaper of the county"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


@pytest.fixture
def drawn():
    """Return a meeting, its first letter, and who keeps the panel and gave the letter's reasons."""
    meeting = sittings.drawn()
    line = meeting.letters.get(position=1)
    keeper = made.a_keeper()
    write_note(line.duty, given.REASONS, by=keeper, at=given.NOON)
    return meeting, line, keeper


@pytest.mark.parametrize("part", ["gave reasons", "decided", "drafted"])
def test_who_had_a_part_in_a_letter_does_not_leave_it_out_and_is_told_who_can(drawn, part):
    meeting, line, keeper = drawn
    if part != "gave reasons":
        keeper, duty = made.a_keeper(), line.duty
        if part == "decided":
            duty.decision.made_by = keeper
            duty.decision.save()
        else:
            duty.drafter = keeper
            duty.save()
    line.refresh_from_db()

    with pytest.raises(NotAllowed, match=rf"had a part in.*Ask .*{meeting.planned_by}.* to leave"):
        leave_out(line, WHY, by=keeper, at=given.NOON)

    page = as_(keeper).open(f"/panel/meetings/{meeting.pk}/letters/1/leave-out/")
    page.see("had a part in", str(meeting.planned_by)).not_see("Why is it left out?")
    line.refresh_from_db()
    assert line.left_out_because == ""


def test_where_nobody_else_can_they_do_and_the_note_says_so(drawn):
    meeting, line, keeper = drawn
    User.objects.exclude(pk=keeper.pk).update(is_active=False)

    leave_out(line, WHY, by=keeper, at=given.NOON)

    as_(keeper).open(f"/panel/meetings/{meeting.pk}/note/").see(
        f"by {keeper}, who had a part in it while nobody else could decide: {WHY}"
    )


def test_the_page_of_the_meeting_and_the_note_name_who_left_it_out(drawn):
    meeting, line, keeper = drawn

    leave_out(line, WHY, by=meeting.planned_by, at=given.NOON)

    for page in ("", "note/"):
        as_(keeper).open(f"/panel/meetings/{meeting.pk}/{page}").see(
            f"Letter 1, 5 October 2026, midday, by {meeting.planned_by}: {WHY}"
        ).not_see("had a part in it")
