"""Who turns out to be somebody of a case, or had any part in a letter, is not its judge."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.cases.models import PersonToTell
from forthright.letters.models import Dispatch, Letter
from forthright.panels.models import Meeting, NotGiven
from forthright.panels.selectors.meetings import letters_to_read, readings_of
from forthright.panels.services.conflicting import keep_back_in_open_packs
from forthright.panels.services.meeting import PanelRefused, close_marks, open_pack
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
NAME = "Zuleika Quartermaine"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


@pytest.fixture
def being_read():
    """Return the seat of a member whom no case names, with the pack open, and its first letter."""
    member = sittings.a_member()
    member.full_name = NAME
    member.save()
    meeting = sittings.opened(member)
    return sittings.declared(meeting.seats.get()), meeting.letters.first()


def learns(letter):
    """Let the record learn that the member is to be told in the case of a letter."""
    PersonToTell.objects.create(
        case=letter.duty.case, key="x9", given_names="Zuleika", family_name="Quartermaine",
        entitlement=PersonToTell.Entitlement.STANDARD,
    )  # fmt: skip


def read_by(seat) -> list[int]:
    return [letter.position for letter, _, _ in letters_to_read(seat)]


def test_a_name_that_the_record_learns_with_the_pack_open_closes_the_letter(being_read):
    seat, letter = being_read
    address = f"/panel/packs/{seat.pk}/letters/{letter.position}/"
    as_(seat.member).open(address).see("happened at")

    learns(letter)

    as_(seat.member).open(address).not_see("happened at")
    as_(seat.member).open(address, status=404)
    assert read_by(seat) == [2]
    event = Event.objects.get(name="panel.letter_kept_back")
    assert event.detail["why"] == "NAME"
    assert "Quartermaine" not in str(event.detail)


def test_the_file_and_the_booklet_do_not_hold_it(being_read):
    seat, letter = being_read
    learns(letter)

    as_(seat.meeting.planned_by).client.get(f"/panel/meetings/{seat.meeting_id}/booklets/1/")

    seat.refresh_from_db()
    assert seat.printed == [2]


def test_who_keeps_the_panel_is_told_until_they_saw_it(being_read):
    seat, letter = being_read
    keeper = as_(seat.meeting.planned_by)
    learns(letter)

    assert keep_back_in_open_packs(letter.meeting.area, at=given.NOON) == 1

    keeper.open("/").see("is kept from a member who may have read it")
    page = keeper.open(f"/panel/meetings/{letter.meeting_id}/")
    page.see(f"Letter 1, {NAME}", "they may have read it before: ask for any copy back")
    keeper.open("/").not_see("is kept from a member who may have read it")


def test_what_was_answered_before_is_not_counted(being_read):
    seat, letter = being_read
    sittings.handed_in(seat)
    learns(letter)

    close_marks(seat.meeting, by=seat.meeting.planned_by, at=given.NOON + timedelta(hours=1))

    seat.meeting.refresh_from_db()
    assert [each.letter.position for each in readings_of(seat.meeting)] == [2]


def test_whom_they_keep_is_not_asked_about_again(being_read):
    seat, letter = being_read
    learns(letter)
    keep_back_in_open_packs(letter.meeting.area, at=given.NOON)
    page = as_(seat.meeting.planned_by).open(f"/panel/meetings/{letter.meeting_id}/")
    button = f"It is somebody else: give it to them, letter 1 to {NAME}"

    page.press(button, reason="").see(f"Letter 1, {NAME}: ")
    assert NotGiven.objects.get().given_at is None
    page.press(button, reason="She is 80; the one of the case is 20").see("is given letter 1 too")

    assert keep_back_in_open_packs(letter.meeting.area, at=given.NOON) == 0
    assert read_by(seat) == [1, 2]


def test_a_name_that_stands_in_the_letter_alone_is_looked_for_too():
    keeper, member = made.a_keeper(), sittings.a_member()
    member.full_name = NAME
    member.save()
    words = made.WORDS.replace("PC 4412 Hale", f"Your neighbour Mrs {NAME} told PC 4412 Hale")
    made.a_sent_letter("Ashby", "Farrow", "9 Mill Rise", words=words, unit=keeper.unit)
    meeting = sittings.drawn(by=keeper, letters=1)
    for line in meeting.letters.all():
        made.released(line.duty, by=keeper)
    named = meeting.letters.get(duty__person__family_name="Ashby").position

    seats = open_pack(meeting, [member], by=keeper, at=given.NOON)

    assert named not in read_by(seats[0])
    assert NotGiven.objects.get().why == "NAME"


def of_the_same_family_name(keeper):
    member = sittings.a_member()
    member.full_name = "Ada Marsden"
    member.save()
    return sittings.opened(member, by=keeper).seats.get()


def test_a_family_name_of_the_record_alone_is_nobody_else():
    seat = of_the_same_family_name(made.a_keeper())

    assert read_by(seat) == [1, 2]


def approved(duty, person):
    Letter.objects.filter(duty=duty, number=1).update(approved_by=person)


def sent(duty, person):
    letter = Letter.objects.get(duty=duty, number=1)
    Dispatch.objects.create(
        area=duty.area, duty=duty, version=letter.versions.first(), channel="EMAIL", to_what="x",
        key="k1", asked_at=given.NOON, asked_by=person,
    )  # fmt: skip


@pytest.mark.parametrize("did", [approved, sent])
def test_who_approved_or_sent_a_letter_is_no_judge_of_it(did):
    keeper, person = made.a_keeper(), given.a_person(Role.LEGAL_MANAGER, unit=made.a_unit())
    meeting = sittings.drawn(by=keeper)
    for line in meeting.letters.all():
        made.released(line.duty, by=keeper)
    did(meeting.letters.first().duty, person)
    person.role = Role.PANEL_MEMBER
    person.save()

    [seat] = open_pack(meeting, [person], by=keeper, at=given.NOON)

    assert read_by(seat) == [2]
    assert NotGiven.objects.get().why == "PART"


def test_who_marked_a_letter_is_not_compared_with_themselves():
    marker = given.a_marked_letter().marker
    keeper = made.a_keeper()
    meeting = sittings.drawn(by=keeper, letters=0, scoring=Meeting.Scoring.RUBRIC)
    made.released(meeting.letters.get().duty, by=keeper)
    marker.role = Role.PANEL_MEMBER
    marker.save()

    with pytest.raises(PanelRefused, match="had a part in it"):
        open_pack(meeting, [marker], by=keeper, at=given.NOON)
