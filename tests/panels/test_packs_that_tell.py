"""A finished pack is held back for whole names alone; who keeps it is told what to mend."""

from datetime import date

import pytest
import time_machine

from forthright.panels.models import AnonymisedLetter
from forthright.panels.selectors.finished import letters_that_tell
from forthright.panels.services.meeting import draw_letters, open_pack
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
WORDS = made.WORDS.replace(
    "PC 4412 Hale spoke", "The police came within an hour. PC 4412 Hale spoke"
)


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


@pytest.fixture
def seat():
    """Return the seat of a member who reads a letter to An Ho that says “within an hour”."""
    keeper = made.a_keeper()
    duty = made.a_sent_letter("Ho", words=WORDS, unit=keeper.unit)
    duty.person.given_names = "An"
    duty.person.save()
    meeting = sittings.planned(by=keeper, size=1, pack_until=date(2026, 10, 20))
    draw_letters(meeting, seed=7, by=keeper, at=given.NOON)
    made.released(duty, by=keeper)
    meeting.refresh_from_db()
    open_pack(meeting, [sittings.a_member()], by=keeper, at=given.NOON)
    return sittings.declared(meeting.seats.get())


def booklet_of(seat, status):
    keeper = as_(seat.meeting.planned_by)
    address = f"/panel/meetings/{seat.meeting_id}/booklets/1/"
    if status == 200:
        return keeper.client.get(address)
    return keeper.open(address, status=status)


def test_a_short_name_within_other_words_holds_no_pack_back(seat):
    member = as_(seat.member)

    assert member.client.get(f"/panel/packs/{seat.pk}/file/").status_code == 200
    assert booklet_of(seat, 200).status_code == 200


@pytest.mark.parametrize(
    ("said", "tells"),
    [
        ("It came within an hour.", False),
        ("We told An Ho’s mother.", True),
        ("Told an\nHo", True),
        ("We met Nan Ho-Lee", False),
    ],
)
def test_a_letter_tells_by_a_whole_name(seat, said, tells):
    letter = AnonymisedLetter.objects.get()
    letter.text = said

    assert bool(letters_that_tell([letter], "Ada Hill")) is tells


def test_who_keeps_the_panel_is_told_which_letter_to_mend_and_a_member_is_not(seat):
    AnonymisedLetter.objects.update(text="Dear [the victim]\n\nWe told An Ho at once.")
    booklet_of(seat, 403).see("holds a full name", "Look at letter 1", "withdraw it")
    as_(seat.member).open(f"/panel/packs/{seat.pk}/file/", status=403).see(
        "Read the letters here", "whoever keeps the panel"
    ).not_see("letter 1")


def test_where_no_letter_tells_the_place_is_named_to_who_keeps_the_panel(seat, monkeypatch):
    monkeypatch.setattr("forthright.panels.documents.place_shown", lambda _: "At An Ho’s house")

    booklet_of(seat, 403).see("No letter does", "Change when or where")


def test_a_sign_to_a_machine_in_a_letter_holds_no_pack_back(seat, monkeypatch):
    monkeypatch.setattr("forthright.panels.documents.place_shown", lambda _: "Room\x01 4\x0b, 陳")

    assert booklet_of(seat, 200).status_code == 200


def test_of_a_pack_that_nobody_can_search_it_is_said_how_to_go_on(seat, monkeypatch):
    strange = "Room \ue000\ue001"
    monkeypatch.setattr("forthright.panels.documents.place_shown", lambda _: strange)

    booklet_of(seat, 403).see("cannot be searched for names", "the place of the meeting")
    as_(seat.member).open(f"/panel/packs/{seat.pk}/file/", status=403).see(
        "cannot be searched for names", "Read the letters here"
    ).not_see("the place of the meeting")
