"""A booklet says by itself what its reader does: signs, ticks, puts aside, sends back."""

import pytest
import time_machine

from forthright.audit.models import Event
from forthright.letter_files.everything import parts_of_file
from forthright.panels.models import Seat
from forthright.panels.services.meeting import close_marks
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def words_of(content: bytes) -> str:
    return " ".join(" ".join(each.words for each in parts_of_file(content, "pack.pdf")).split())


def a_booklet(seat: Seat, keeper) -> str:
    address = f"/panel/meetings/{seat.meeting_id}/booklets/{seat.number}/"
    return words_of(as_(keeper).client.get(address).content)


def test_it_is_signed_written_on_and_sent_back():
    keeper = made.a_keeper()
    seat = sittings.opened(by=keeper).seats.get()

    booklet = a_booklet(seat, keeper)

    for words in (
        "Signed:", f"Name: {seat.member}", "Date:", "What to do with this booklet",
        "I think I know whom this letter is about, and I stopped reading it",
        "By what happened", "Anything else about letter 1. No names, places or days",
        f"to whoever invited you: {keeper.unit}, {keeper.area}, {keeper.email}",
        "when the marks are closed: before the panel meets on Tuesday 20 October 2026, and perhaps",
        "ask them by which day they need it",
    ):  # fmt: skip
        assert words in booklet


def test_where_it_is_sent_names_nobody_of_its_cases():
    keeper = made.a_keeper()
    keeper.email = "dean.marsden@mercia.example"
    keeper.save(update_fields=["email"])
    seat = sittings.opened(by=keeper).seats.get()

    booklet = a_booklet(seat, keeper)

    assert f"to whoever invited you: {keeper.unit}, {keeper.area}" in booklet
    assert "marsden" not in booklet


def test_once_the_marks_are_closed_nothing_is_asked_in_it_but_the_promise():
    keeper = made.a_keeper()
    meeting = sittings.opened(by=keeper)
    seat = sittings.handed_in(meeting.seats.get())
    close_marks(meeting, by=keeper, at=given.NOON)

    booklet = a_booklet(seat, keeper)

    assert "Signed:" in booklet
    assert "What to do with this booklet" not in booklet
    assert "Anything else" not in booklet


def test_what_is_read_on_the_screen_has_no_line_to_sign():
    seat = sittings.declared(sittings.opened().seats.get())

    file = words_of(as_(seat.member).client.get(f"/panel/packs/{seat.pk}/file/").content)

    assert "By reading on you promise" in file
    assert "Signed:" not in file
    assert "No names, places or days" in file


def test_none_is_printed_after_the_last_day_before_the_pack_is_given_a_later_one():
    keeper = made.a_keeper()
    seat = sittings.opened(by=keeper).seats.get()
    here = f"/panel/meetings/{seat.meeting_id}/"
    printed = Event.objects.filter(name="pack.booklet_taken_out")
    with time_machine.travel(given.at("2026-10-20 23:59"), tick=True):
        as_(keeper).open(here).see("Booklet to print")

    with time_machine.travel(given.at("2026-10-21 00:01"), tick=True):
        page = as_(keeper).open(here).not_see("Booklet to print").see("Type in from paper")
        refused = as_(keeper).open(f"{here}booklets/1/", status=403)
        refused.see("until Tuesday 20 October 2026, so no booklet", "Change when or where")
        assert not printed.exists()
        page = page.follow("Change when or where")
        later = {"day": "27", "month": "10", "year": "2026"}
        page = page.press(
            "Change it", **{f"pack_until_{name}": part for name, part in later.items()}
        )
        page.see("Changed.", "Booklet to print")
        assert "Give it back by Tuesday 27 October 2026" in a_booklet(seat, keeper)
