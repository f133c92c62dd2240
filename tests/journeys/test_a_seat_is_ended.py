"""Whoever keeps the panel ends a member's seat, and nothing of the meeting opens for them."""

import pytest
import time_machine

from tests import given
from tests.panels import made, sittings

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without"])
def test_a_seat_is_ended(served, walk, has_script):
    with time_machine.travel(given.NOON, tick=True):
        keeper, member, other = made.a_keeper(), sittings.a_member(), sittings.a_member()
        meeting = sittings.opened(member, other, by=keeper)
        for seat in meeting.seats.all():
            sittings.declared(seat)
        reader = walk(member.email, has_script=has_script)
        reader.follow("Letters to read for the panel of").follow("Letter 1").see("Dear")

        at_desk = walk(keeper.email, has_script=has_script)
        at_desk.page.goto(f"{served}/panel/meetings/{meeting.pk}/")
        at_desk.follow(f"End the seat of {member}").heading(f"End the seat of {member}")
        at_desk.press("End this seat").see("Fill in “Why is the seat ended?”")
        at_desk.write("Why is the seat ended?", "They moved away and read no longer.")
        at_desk.press("End this seat").see("Their seat ended on Monday 5 October 2026")

        reader.press("Keep and go on").see("Your seat at this panel ended")
        another = walk(other.email, has_script=has_script)
        another.follow("Letters to read for the panel of").follow("Letter 1").see("Dear")
