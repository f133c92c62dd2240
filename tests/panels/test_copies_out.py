"""Whoever has a copy of a letter that was withdrawn is named to who keeps the panel, and told."""

from datetime import date, timedelta

import pytest
import time_machine

from forthright.audit.models import Event
from forthright.panels.models import AnonymisedLetter, CopyBack, Meeting
from forthright.panels.selectors.copies import copies_out, copies_to_give_back
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.services.booklets import Became, say_of_booklet
from forthright.panels.services.changing import Moved, cancel_meeting, move_meeting
from forthright.panels.services.copies import copy_is_back
from forthright.panels.services.meeting import PanelRefused, publish_note
from forthright.panels.services.paper import note_printed
from forthright.panels.services.reading import note_pack_taken
from forthright.panels.services.recognising import put_aside
from forthright.panels.services.releasing import confirm_letter
from forthright.panels.services.withdrawing import withdraw_letter
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
WHY = "It names the village after all"
GIVE_BACK = "Please give back your copy of letter 2 of the panel of Tuesday 20 October 2026"


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def hour(number):
    return given.NOON + timedelta(hours=number)


def withdrawn(line, *, by, at):
    letter = AnonymisedLetter.objects.get(duty=line.duty)
    withdraw_letter(letter, WHY, by=by, at=at)
    letter.refresh_from_db()
    return letter


def pack_of_two():
    """Return a meeting with a seat that downloaded the pack and one that it was printed for."""
    ada, ben, keeper = sittings.a_member(), sittings.a_member(), made.a_keeper()
    meeting = sittings.opened(ada, ben, by=keeper)
    first, second = [sittings.declared(each) for each in meeting.seats.order_by("number")]
    note_pack_taken(first, "file", by=ada, at=hour(1))
    note_printed(second, [2], by=keeper, at=hour(1))
    return meeting, keeper, first, second


def held(meeting):
    return [(each.letter.position, each.seat.number, each.how) for each in copies_out(meeting)]


def test_nobody_has_a_copy_to_give_back_while_nothing_was_withdrawn():
    meeting, keeper, first, _ = pack_of_two()

    assert held(meeting) == []
    as_(keeper).open(f"/panel/meetings/{meeting.pk}/").not_see("Copies of withdrawn letters")
    as_(first.member).open(f"/panel/packs/{first.pk}/").not_see("bring what is printed")


def test_who_downloaded_or_was_printed_a_letter_is_named_until_it_is_back():
    meeting, keeper, first, second = pack_of_two()
    one, two = meeting.letters.order_by("position")
    withdrawn(one, by=keeper, at=hour(2))
    assert held(meeting) == [(1, 1, "downloaded")]
    withdrawn(two, by=keeper, at=hour(2))
    assert held(meeting) == [(1, 1, "downloaded"), (2, 1, "downloaded"), (2, 2, "printed")]

    other = as_(made.a_keeper())
    other.open("/").see("Panel 1: 3 copies of withdrawn letters to get back", str(second.member))
    as_(first.member).open(f"/panel/packs/{first.pk}/").see(
        "Withdrawn after you had a copy: letter 1, 2", "delete each file"
    )
    page = other.open(f"/panel/meetings/{meeting.pk}/").see(f"Letter 2, {second.member}: printed")
    for position, seat in ((1, first), (2, first), (2, second)):
        page = page.press(f"It is back or destroyed: letter {position} of {seat.member}")
        page.see("Kept: that copy is back or destroyed.")
    page.see("Back or destroyed:").not_see("Get it back.")
    other.open("/").not_see("copies of withdrawn letters")
    as_(first.member).open(f"/panel/packs/{first.pk}/").not_see("bring what is printed")
    assert Event.objects.filter(name="pack.copy_back").count() == 3


def test_a_copy_is_none_that_was_made_before_the_release_or_without_the_letter():
    ada, keeper = sittings.a_member(), made.a_keeper()
    meeting = sittings.opened(ada, by=keeper)
    seat = sittings.declared(meeting.seats.get())
    one, two = meeting.letters.order_by("position")
    put_aside(seat, one, "EVENT", by=ada, at=hour(1))
    note_pack_taken(seat, "file", by=ada, at=hour(2))
    withdrawn(one, by=keeper, at=hour(3))
    withdrawn(two, by=keeper, at=hour(1))

    assert held(meeting) == []


def test_copies_of_words_that_were_released_again_as_they_were_stay():
    meeting, keeper, _, _ = pack_of_two()
    letter = withdrawn(meeting.letters.get(position=1), by=keeper, at=hour(2))
    assert held(meeting)
    made.said_why_again(letter, by=keeper, at=hour(3))
    for person in (keeper, made.a_keeper()):
        confirm_letter(letter, text_stamp(letter), by=person, at=hour(3))
        letter.refresh_from_db()

    assert held(meeting) == []


def test_what_is_back_is_said_once_and_only_of_a_copy_that_there_is():
    meeting, keeper, first, second = pack_of_two()
    withdrawn(meeting.letters.get(position=1), by=keeper, at=hour(2))
    (copy,) = copies_out(meeting)
    for _ in range(2):
        copy_is_back(meeting, copy.release.pk, first.number, by=keeper, at=hour(3))
    assert CopyBack.objects.count() == 1

    with pytest.raises(PanelRefused, match="no such copy"):
        copy_is_back(meeting, copy.release.pk, second.number, by=keeper, at=hour(3))
    page = as_(keeper).client.post(
        f"/panel/meetings/{meeting.pk}/copies/{copy.release.pk}/{second.number}/back/"
    )
    assert page.status_code == 302


def test_copies_are_asked_for_until_they_are_back_also_once_the_meeting_is_called_off():
    meeting, keeper, first, second = pack_of_two()
    other = made.a_keeper()
    withdrawn(meeting.letters.get(position=2), by=keeper, at=hour(2))
    cancel_meeting(
        Meeting.objects.get(pk=meeting.pk), "The room is flooded that day", by=keeper, at=hour(2)
    )

    as_(other).open("/").see(
        "Panel 1: 2 copies of withdrawn letters to get back",
        f"{first.member} (letter 2)",
        f"{second.member} (letter 2)",
    )
    for seat in (first, second):
        page = as_(seat.member).open("/").see("Please give back your copy of letter 2")
        page.follow(GIVE_BACK).see("Withdrawn after you had a copy")
    for copy in copies_out(meeting):
        copy_is_back(meeting, copy.release.pk, copy.seat.number, by=keeper, at=hour(3))
    as_(other).open("/").not_see("copies of withdrawn letters")
    as_(first.member).open("/").not_see("give back your copy")


def test_a_letter_withdrawn_once_the_panel_is_over_is_told_and_its_copies_are_asked_for():
    meeting, keeper, first, second = pack_of_two()
    other = made.a_keeper()
    for seat in (first, second):
        sittings.handed_in(seat)
    sittings.closed_without_others(meeting, by=keeper)
    sittings.answered(sittings.found(Meeting.objects.get(pk=meeting.pk)))
    with time_machine.travel(given.at("2026-10-27 10:00"), tick=True):
        at = given.at("2026-10-27 10:00")
        publish_note(Meeting.objects.get(pk=meeting.pk), by=keeper, at=at)
        as_(other).open("/").not_see("withdrawn", "copies of")
        letter = withdrawn(meeting.letters.get(position=2), by=keeper, at=at)

        page = as_(other).open("/").see("2 copies of withdrawn letters", WHY)
        as_(keeper).open("/").see("2 copies of withdrawn letters").not_see(WHY)
        as_(keeper).open(f"/anonymised/{letter.pk}/")
        page = as_(other).open("/").see("Letter 2 of panel 1 was withdrawn")
        page.follow("Letter 2 of panel 1 was withdrawn").see(WHY)
        for person in (other, made.a_keeper()):
            as_(person).open("/").see("2 copies of withdrawn letters").not_see(WHY)
        as_(second.member).open("/").see("Please give back your copy of letter 2")


def test_who_is_asked_for_the_promise_anew_reads_on_its_page_what_to_give_back():
    meeting, keeper, first, _ = pack_of_two()
    withdrawn(meeting.letters.get(position=1), by=keeper, at=hour(2))
    with time_machine.travel(given.at("2026-10-21 09:00"), tick=True):
        moved = Moved(
            starts_at=given.at("2026-10-28 10:00"), place="Room 4", pack_until=date(2026, 10, 28)
        )
        move_meeting(meeting, moved, by=keeper, at=given.at("2026-10-21 09:00"))
        page = as_(first.member).open(f"/panel/packs/{first.pk}/")
        page.see("Before you read", "Withdrawn after you had a copy: letter 1")


def test_a_booklet_that_is_said_to_be_back_or_destroyed_is_no_copy_to_get_back():
    meeting, keeper, _, second = pack_of_two()
    note_printed(second, [2], by=keeper, at=hour(1))
    withdrawn(meeting.letters.get(position=2), by=keeper, at=hour(2))
    at = {"by": keeper, "at": hour(3)}
    say_of_booklet(second, 1, Became("BACK"), **at)
    assert copies_to_give_back([second]) == [(second, [2])]

    say_of_booklet(second, 2, Became("NOT_COMING", "It was lost in the post"), **at)
    assert copies_to_give_back([second]) == [(second, [2])]
    say_of_booklet(second, 2, Became("DESTROYED", "She shredded it"), **at)

    assert copies_to_give_back([second]) == []
    as_(keeper).open("/").see("Panel 1: 1 copy of withdrawn letters").not_see(str(second.member))
    page = as_(keeper).open(f"/panel/meetings/{meeting.pk}/")
    page.see(f"Back or destroyed: {keeper} said so").not_see(f"letter 2 of {second.member}")
    (copy,) = [each for each in copies_out(meeting) if each.seat.pk == second.pk]
    copy_is_back(meeting, copy.release.pk, second.number, **at)
    assert not CopyBack.objects.exists()
    say_of_booklet(second, 1, Became("OUT", "It was another’s"), **at)
    assert copies_to_give_back([second]) == [(second, [2])]


def test_a_booklet_that_is_back_is_not_the_file_nor_one_without_the_letter_a_copy():
    meeting, keeper, first, second = pack_of_two()
    note_printed(first, [1, 2], by=keeper, at=hour(1))
    note_printed(second, [1], by=keeper, at=hour(1))
    withdrawn(meeting.letters.get(position=2), by=keeper, at=hour(2))
    for seat in (first, second):
        say_of_booklet(seat, 1, Became("BACK"), by=keeper, at=hour(3))

    waiting = [each for each in copies_out(meeting) if each.back is None]
    assert [(each.seat.number, each.how) for each in waiting] == [(1, "downloaded")]
