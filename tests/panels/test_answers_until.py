"""A day until which members answer can be planned, is said wherever they look, and holds."""

from datetime import date
from io import BytesIO

import pytest
import time_machine

from forthright.audit.models import Event
from forthright.letter_files.reading import words_of_file
from forthright.panels.documents import invitation_of, lines_to_print, pack_pdf
from forthright.panels.models import Meeting
from forthright.panels.selectors.asked import questions_of
from forthright.panels.selectors.meetings import letters_to_read
from forthright.panels.selectors.on_paper import Issue
from forthright.panels.services.changing import Moved, move_meeting
from forthright.panels.services.inviting import add_seats
from forthright.panels.services.meeting import PanelRefused, close_marks
from forthright.panels.services.paper import Written, note_printed, type_in
from forthright.panels.services.reading import declare, hand_in, keep_reading
from forthright.rules.panel_questions import YES
from forthright.web import clock
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
DAY, AFTER, SAID = date(2026, 10, 13), "2026-10-14 10:00", "Tuesday 13 October 2026"
WHY = "Two members were away, so all have some days more"


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def one_who_reads(**changed):
    """Return a meeting with a planned day for answers, who keeps it, and one member's seat."""
    keeper, member = made.a_keeper(), sittings.a_member()
    meeting = sittings.opened(member, by=keeper, **{"answers_until": DAY} | changed)
    seat = meeting.seats.select_related("meeting__area", "member").get()
    declare(seat, by=member, at=given.NOON)
    return meeting, keeper, seat


def answered(seat, *positions):
    for letter, _, _ in letters_to_read(seat):
        if letter.position in positions:
            sheet = {key: YES for key, _ in seat.meeting.questions}
            keep_reading(seat, letter, sheet, "", by=seat.member, at=clock.now())


def moved_to(meeting, day, because=""):
    return Moved(
        starts_at=meeting.starts_at, place=meeting.place, pack_until=meeting.pack_until,
        answers_until=day, because=because,
    )  # fmt: skip


def pack(seat):
    return f"/panel/packs/{seat.pk}/"


def test_the_day_is_said_to_members_in_their_booklet_and_invitation_and_to_who_keeps_the_panel():
    meeting, keeper, seat = one_who_reads()

    as_(seat.member).open("/").see(f"by {SAID}")
    as_(seat.member).open("/panel/packs/").see(f"answer by {SAID}")
    as_(seat.member).open(pack(seat)).see(
        f"Letters are answered until {SAID}", f"Please answer and hand in by {SAID}"
    )
    as_(keeper).open(f"/panel/meetings/{meeting.pk}/").see(
        f"Members answer until {SAID}", f"have not handed in and have until {SAID}"
    )
    invitation = invitation_of(meeting).decode().replace("\r\n ", "")
    assert f"They are answered until {SAID}" in invitation
    booklet = pack_pdf(seat, lines_to_print(seat), booklet=Issue(1, given.NOON, None, None))
    words = " ".join(words_of_file(BytesIO(booklet), "booklet.pdf").split())
    assert f"Answers are taken until {SAID}" in words
    assert "perhaps some days before" not in words


def test_without_a_planned_day_nothing_is_said_of_one_and_answers_are_taken_until_the_pack_closes():
    _, _, seat = one_who_reads(answers_until=None)

    as_(seat.member).open(pack(seat)).not_see("Letters are answered until")
    with time_machine.travel(given.at(AFTER), tick=True):
        answered(seat, 1)

    assert seat.readings.count() == 1


def test_after_the_day_nothing_is_answered_and_what_was_ticked_stays_on_the_page():
    meeting, keeper, seat = one_who_reads()
    answered(seat, 1)
    letter = meeting.letters.get(position=2)
    key = questions_of(meeting, letter)[0][0]
    with time_machine.travel(given.at("2026-10-13 23:55"), tick=True):
        page = as_(seat.member).open(f"{pack(seat)}letters/2/")

    with time_machine.travel(given.at("2026-10-14 00:05"), tick=True):
        late = page.press("Keep and stop here", **{key: YES, "remark": "It is kind"})
        late.see("that day is over", "What you just gave was not kept", "It is kind")
        ticked = late.tree.xpath(f"//input[@name='{key}'][@checked]")
        assert [each.get("value") for each in ticked] == [YES]
        as_(seat.member).open(pack(seat)).see("Ask whoever invited you for more time").not_see(
            "Go on with letter"
        )
        as_(seat.member).open("/").see("are not handed in").not_see("Please read")
        as_(keeper).open("/").see("its marks are to be closed", f"could answer until {SAID}")

    assert list(seat.readings.values_list("letter__position", flat=True)) == [1]


def test_whoever_answered_all_in_time_hands_in_after_it_and_what_came_on_paper_is_typed_in():
    meeting, keeper, seat = one_who_reads()
    (on_paper,) = add_seats(meeting, [sittings.a_member()], by=keeper, at=given.NOON)
    answered(seat, 1, 2)
    note_printed(on_paper, [1, 2], by=keeper, at=given.NOON)
    sheet = {key: YES for key, _ in meeting.questions}

    with time_machine.travel(given.at(AFTER), tick=True):
        hand_in(seat, by=seat.member, at=given.at(AFTER))
        type_in(on_paper, {1: Written(sheet)}, has_promised=True, by=keeper, at=given.at(AFTER))
        assert on_paper.readings.count() == 1

        close_marks(meeting, without=[on_paper.pk], by=keeper, at=given.at(AFTER))

    meeting.refresh_from_db()
    assert meeting.state == Meeting.State.CLOSED


def test_a_later_day_is_given_with_a_reason_that_members_read_and_answers_are_taken_again():
    meeting, keeper, seat = one_who_reads()
    address = f"/panel/meetings/{meeting.pk}/change/"
    later = {"answers_until_day": "16", "answers_until_month": "10", "answers_until_year": "2026"}

    with time_machine.travel(given.at(AFTER), tick=True):
        page = as_(keeper).open(address).press("Change it", **later)
        page.see("Write why that changes").press("Change it", because=WHY).see("Changed.")
        as_(seat.member).open(pack(seat)).see("until Friday 16 October 2026", WHY)
        answered(seat, 1, 2)
    assert seat.readings.count() == 2
    moved = Event.objects.get(name="panel.moved")
    assert (moved.detail["answers_until"], WHY in str(moved.detail)) == ("2026-10-16", False)


@pytest.mark.parametrize("because", ["", "   "])
def test_before_the_pack_is_open_the_day_changes_without_a_reason(because):
    keeper = made.a_keeper()
    meeting = sittings.planned(by=keeper)

    moved = move_meeting(meeting, moved_to(meeting, DAY, because), by=keeper, at=given.NOON)

    assert (moved.answers_until, moved.answers_until_because) == (DAY, "")


def test_no_day_after_the_meeting_is_planned_and_no_reason_that_names_somebody_is_kept():
    with pytest.raises(PanelRefused, match="Choose Tuesday 20 October 2026 or a day before"):
        sittings.planned(answers_until=date(2026, 10, 21))
    meeting, keeper, _ = one_who_reads()

    named = moved_to(meeting, date(2026, 10, 16), "Mr Marsden asked for some more days of it")
    with pytest.raises(PanelRefused, match="Marsden"):
        move_meeting(meeting, named, by=keeper, at=given.NOON)
