"""A member may know whom a letter is about: they put it aside, and it is decided what follows."""

import pytest
import time_machine

from tests import given
from tests.panels import made, sittings

pytestmark = pytest.mark.journey


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without"])
def test_a_letter_is_put_aside(served, walk, has_script):
    with time_machine.travel(given.NOON, tick=True):
        keeper, member, other = made.a_keeper(), sittings.a_member(), sittings.a_member()
        meeting = sittings.opened(member, other, by=keeper)
        for seat in meeting.seats.all():
            sittings.declared(seat)

        reader = walk(member.email, has_script=has_script)
        reader.follow("Letters to read for the panel of").follow("Letter 1")
        reader.follow("I think I know whom this letter is about").see("tell nobody who it is")
        reader.press("Put this letter aside").see("Choose how you think you know")
        reader.tick("By where it happened")
        reader.press("Put this letter aside").see("Letter 1: you put it aside")

        at_desk = walk(keeper.email, has_script=has_script)
        at_desk.follow("A member put letter 1 of panel 1 aside").heading("Letter 1 was put aside")
        at_desk.tick("Nobody reads it any more: withdraw it at once")
        at_desk.write("Why?", "The words tell where it was.")
        at_desk.press("Keep this").see("nobody reads it any more")

        another = walk(other.email, has_script=has_script)
        another.follow("Letters to read for the panel of").see("Letter 1 was withdrawn")
