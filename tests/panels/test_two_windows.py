"""A member, or whoever keeps the panel, has a page open twice or types while something closes."""

import pytest
import time_machine

from forthright.audit.models import Event
from forthright.panels.models import Reading
from forthright.panels.services.meeting import close_marks
from forthright.panels.services.reading import Filled, keep_filled, keep_reading, stamp_of_reading
from forthright.rules.panel_questions import NO, YES
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.panels import sittings

pytestmark = pytest.mark.django_db
REMARK = "A long and careful remark."


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def a_seat():
    return sittings.declared(sittings.opened(letters=1).seats.get())


def two_windows(seat):
    member = as_(seat.member)
    return [member.open(f"/panel/packs/{seat.pk}/letters/1/") for _ in range(2)]


def everything(seat, answer=YES):
    return {key: answer for key, _ in seat.meeting.questions}


def test_a_second_window_wipes_nothing_and_shows_what_the_first_kept():
    seat = a_seat()
    first, second = two_windows(seat)
    key = seat.meeting.questions[0][0]
    first.press("Keep and stop here", remark=REMARK, **everything(seat))

    page = second.press("Keep and stop here", **{key: NO})

    kept = Reading.objects.get()
    assert (kept.answers, kept.remark) == (everything(seat), REMARK)
    page.see(
        "changed after you opened the page",
        "Question 1: now it says “Yes”",
        f"now it says “{REMARK}”",
    )
    assert len(page.tree.xpath("//input[@type='radio'][@checked]")) == len(seat.meeting.questions)


def test_sent_again_it_takes_the_place_of_what_was_shown_and_of_nothing_else():
    seat = a_seat()
    first, second = two_windows(seat)
    key = seat.meeting.questions[0][0]
    first.press("Keep and stop here", remark=REMARK, **everything(seat))

    asked = second.press("Keep and stop here", remark="Shorter now.", **{key: NO})
    asked.press("Keep and stop here")

    kept = Reading.objects.get()
    assert kept.answers == everything(seat) | {key: NO}
    assert kept.remark == "Shorter now."


def test_the_same_sent_twice_is_not_asked_about():
    seat = a_seat()
    first, _ = two_windows(seat)
    first.press("Keep and stop here", remark=REMARK, **everything(seat))

    again = first.press("Keep and stop here", remark=REMARK, **everything(seat))

    again.see("Your answers to letter 1 are kept.")


def test_the_record_of_a_clash_holds_no_answer():
    seat = a_seat()
    letter = seat.meeting.letters.get()
    kept = keep_reading(seat, letter, everything(seat), REMARK, by=seat.member, at=given.NOON)

    with pytest.raises(ChangedMeanwhile, match=str(seat.member)):
        keep_filled(seat, letter, Filled({}, "", ""), by=seat.member, at=given.NOON)
    shown = Filled({}, "", stamp_of_reading(kept))
    keep_filled(seat, letter, shown, by=seat.member, at=given.NOON)

    assert Reading.objects.get().answers == {}
    assert REMARK not in str(list(Event.objects.values_list("detail", flat=True)))


def test_what_a_member_types_while_the_marks_are_closed_is_given_back():
    meeting = sittings.opened(sittings.a_member(), sittings.a_member(), letters=1)
    done, typing = meeting.seats.order_by("number")
    sittings.handed_in(done)
    sittings.declared(typing)
    page = as_(typing.member).open(f"/panel/packs/{typing.pk}/letters/1/")
    close_marks(meeting, by=meeting.planned_by, at=given.NOON)

    refused = page.press("Keep and stop here", remark=REMARK, status=403)

    refused.see("They are closed now", "It was not kept", REMARK)
