"""What another keeper does to a pack the moment that it is opened is looked at again."""

import pytest

from forthright.panels.models import AnonymisedLetter, Meeting, Seat
from forthright.panels.services import leaving_out
from forthright.panels.services import meeting as services
from forthright.panels.services.withdrawing import withdraw_letter
from tests import given
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
WHY = "It cannot be made to name nobody"


def opened_while(meeting: Meeting, act, monkeypatch, *, by) -> None:
    """Open a pack while something is done between the gate and the moment that it opens."""
    check = services.check_place

    def meanwhile(*arguments, **named):
        act()
        return check(*arguments, **named)

    monkeypatch.setattr(services, "check_place", meanwhile)
    services.open_pack(meeting, [sittings.a_member()], by=by, at=given.NOON)


def test_a_letter_put_back_meanwhile_that_is_not_released_keeps_the_pack_closed(monkeypatch):
    keeper, other = made.a_keeper(), made.a_keeper()
    meeting = sittings.drawn(by=keeper)
    one, two = meeting.letters.order_by("position")
    made.released(one.duty, by=keeper)
    leaving_out.leave_out(two, WHY, by=keeper, at=given.NOON)
    two.refresh_from_db()

    def put_back():
        leaving_out.put_back(two, by=other, at=given.NOON)

    with pytest.raises(services.PanelRefused, match=r"1 letter is not released \(number 2\)"):
        opened_while(meeting, put_back, monkeypatch, by=keeper)

    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.DRAWN
    assert not Seat.objects.exists()


def test_a_letter_withdrawn_meanwhile_keeps_the_pack_closed(monkeypatch):
    keeper, other = made.a_keeper(), made.a_keeper()
    meeting = sittings.drawn(by=keeper)
    letters = [made.released(each.duty, by=keeper) for each in meeting.letters.all()]

    def withdraw():
        letter = AnonymisedLetter.objects.get(pk=letters[0].pk)
        withdraw_letter(letter, WHY, by=other, at=given.NOON)

    with pytest.raises(services.PanelRefused, match="not released"):
        opened_while(meeting, withdraw, monkeypatch, by=keeper)


def test_a_pack_whose_letters_were_all_left_out_meanwhile_stays_closed(monkeypatch):
    keeper, other = made.a_keeper(), made.a_keeper()
    meeting = sittings.drawn(by=keeper)
    for each in meeting.letters.all():
        made.released(each.duty, by=keeper)

    def leave_out():
        for each in meeting.letters.all():
            leaving_out.leave_out(each, WHY, by=other, at=given.NOON)

    with pytest.raises(services.PanelRefused, match="Every letter was left out meanwhile"):
        opened_while(meeting, leave_out, monkeypatch, by=keeper)
