"""The published note goes back to who read the letters and to who wrote them, as page and file."""

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.letter_files.everything import parts_of_file
from forthright.panels.models import Meeting
from forthright.panels.selectors.meetings import anonymised_of
from forthright.panels.services.meeting import close_marks, publish_note
from forthright.panels.services.withdrawing import withdraw_letter
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
SAID, DID = "Three letters give no reasons.", "We wrote the reasons anew in each."
NOTE = "What this panel found, and what was done about it"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def words_of(content: bytes) -> str:
    return " ".join(" ".join(each.words for each in parts_of_file(content, "note.pdf")).split())


def seat_at(meeting: Meeting):
    return meeting.seats.select_related("member").get()


def test_a_member_reads_the_note_of_their_own_panel_after_it():
    seat = seat_at(sittings.published())
    member = as_(seat.member)

    note = member.open(f"/panel/packs/{seat.pk}/").follow(NOTE)

    note.see(SAID, DID, "2 of 2").not_see("letter by letter")
    assert not [each for each in note.links.values() if "/panel/meetings/" in each]
    assert Event.objects.get(name="panel.note_seen").by == seat.member
    member.open("/panel/packs/").see("What it found, and what was done")
    member.open(f"/panel/meetings/{seat.meeting_id}/note/", status=403)


def test_before_it_is_published_a_member_finds_no_note():
    seat = seat_at(sittings.closed())
    member = as_(seat.member)

    member.open(f"/panel/packs/{seat.pk}/").not_see(NOTE)

    member.open(f"/panel/packs/{seat.pk}/note/", status=404)
    member.open(f"/panel/packs/{seat.pk}/note/file/", status=404)


def test_nobody_reads_the_note_by_the_seat_of_another():
    seat = seat_at(sittings.published())

    as_(sittings.a_member()).open(f"/panel/packs/{seat.pk}/note/", status=404)


def test_a_member_is_not_told_why_a_letter_was_withdrawn_that_they_have_read():
    keeper = made.a_keeper()
    meeting = sittings.opened(by=keeper)
    seat = sittings.handed_in(seat_at(meeting))
    gone = anonymised_of(meeting.letters.get(position=2))
    withdraw_letter(gone, "It names the village after all", by=keeper, at=given.NOON)
    close_marks(meeting, by=keeper, at=given.NOON)
    meeting.refresh_from_db()
    sittings.found(meeting)
    publish_note(sittings.met(meeting), by=keeper, at=given.NOON)

    note = as_(seat.member).open(f"/panel/packs/{seat.pk}/note/")
    note.see("withdrawn before the marks were closed: letter 2").not_see("village")


@pytest.mark.parametrize("role", [Role.PROSECUTOR, Role.VICTIM_LIAISON_OFFICER])
def test_who_writes_the_letters_reads_what_a_panel_found_of_them(role):
    meeting = sittings.published()
    writer = as_(given.a_person(role, unit=made.a_unit()))

    listed = writer.open("/panel/meetings/")
    [link] = [each for each in listed.links if each.startswith(f"Panel {meeting.number}, ")]
    listed.follow(link).see(SAID, DID)
    writer.open(f"/panel/meetings/{meeting.pk}/", status=403)
    writer.open("/panel/against/", status=403)


def test_who_writes_the_letters_reads_no_note_that_is_not_published():
    meeting = sittings.closed()
    writer = as_(given.a_person(Role.PROSECUTOR, unit=made.a_unit()))

    writer.open(f"/panel/meetings/{meeting.pk}/note/", status=404)
    writer.open(f"/panel/meetings/{meeting.pk}/note/file/", status=404)


def test_the_note_is_taken_out_as_a_file_and_that_is_in_the_record():
    seat = seat_at(sittings.published())
    keeper = made.a_keeper()
    addresses = {
        keeper: f"/panel/meetings/{seat.meeting_id}/note/file/",
        seat.member: f"/panel/packs/{seat.pk}/note/file/",
    }

    for person, address in addresses.items():
        answer = as_(person).client.get(address)
        words = words_of(answer.content)
        assert answer["Content-Type"] == "application/pdf"
        for said in ("Note of panel 1", SAID, DID, "2 of 2", "taken out"):
            assert said in words
    events = Event.objects.filter(name="panel.note_taken_out").order_by("sequence")
    assert [each.by for each in events] == [keeper, seat.member]


def test_a_note_that_is_not_published_is_no_file():
    meeting = sittings.closed()
    keeper = as_(made.a_keeper())

    keeper.open(f"/panel/meetings/{meeting.pk}/note/").not_see("as a file")
    keeper.open(f"/panel/meetings/{meeting.pk}/note/file/", status=403).see("Publish it first")
