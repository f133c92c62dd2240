"""Marks closed before the meeting: who is asked, what members are told, and who still reads."""

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.cases.models import PersonToTell
from forthright.panels.models import AnonymisedLetter, Recognition
from forthright.panels.selectors.judged import open_pack_with
from forthright.panels.selectors.meetings import readings_of
from forthright.panels.selectors.recognised import letters_to_correct, read_by
from forthright.panels.services.conflicting import keep_back_in_open_packs
from forthright.panels.services.meeting import PanelRefused, close_marks
from forthright.panels.services.reading import (
    Filled,
    declare,
    hand_in,
    keep_filled,
    keep_reading,
    open_letter,
)
from forthright.panels.services.recognising import put_aside
from forthright.panels.services.seating import end_seat
from forthright.panels.services.withdrawing import withdraw_letter
from forthright.rules.panel_questions import YES
from tests import given
from tests.client import as_
from tests.panels import sittings

pytestmark = pytest.mark.django_db
CLOSED = "The marks were closed"
LAST = "Tuesday 20 October 2026"
AFTER = given.at("2026-10-21 10:00")  # the pack was open until 20 October


@pytest.fixture(autouse=True)
def at_noon(time_machine):
    time_machine.move_to(given.NOON, tick=False)


def a_meeting(**changed):
    """Return an open meeting at which the first member handed in and the second has not begun."""
    meeting = sittings.opened(sittings.a_member(), sittings.a_member(), **changed)
    first, second = meeting.seats.order_by("number")
    sittings.handed_in(first)
    return meeting, first, second


def closed_early(**changed):
    """Return the same with its marks closed fifteen days before it meets."""
    meeting, first, second = a_meeting(**changed)
    close_marks(meeting, without=[second.pk], by=meeting.planned_by, at=given.NOON)
    meeting.refresh_from_db()
    return meeting, first, second


def page_of(meeting, rest=""):
    return as_(meeting.planned_by).open(f"/panel/meetings/{meeting.pk}/{rest}")


def pack_of(seat, rest="", **how):
    return as_(seat.member).open(f"/panel/packs/{seat.pk}/{rest}", **how)


def words_of_pdf(content):
    pages = (page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    return " ".join(" ".join(pages).split())


def words_of(meeting):
    return AnonymisedLetter.objects.filter(duty__in=meeting.letters.values("duty"))


def test_who_has_not_begun_is_named_with_their_day_before_the_marks_are_closed():
    meeting, first, second = a_meeting(letters=1)
    page = page_of(meeting).see(f"Close without {second.member}, who has answered nothing yet")
    page.not_see(f"Close without {first.member}").see(f"go on reading their letters until {LAST}")

    refused = page.press("Close the marks")

    refused.see(f"{second.member} has answered nothing yet and has until {LAST}", "or tick")
    meeting.refresh_from_db()
    assert meeting.closed_at is None
    page_of(meeting).press("Close the marks", without=str(second.pk)).see("Closed.")
    assert Event.objects.get(name="panel.closed").detail["without"] == [second.pk]


def test_whose_seat_ended_or_whose_account_is_closed_is_not_asked_for():
    meeting, _, second = a_meeting(letters=1)
    second.member.is_active = False
    second.member.save(update_fields=["is_active"])

    assert close_marks(meeting, by=meeting.planned_by, at=given.NOON).closed_at


def test_the_page_of_the_meeting_says_that_they_had_not_handed_in():
    meeting, _, second = closed_early(letters=1)
    declare(second, by=second.member, at=given.NOON)

    page_of(meeting).see(f"{second.member}: had not handed in when the marks were closed")


def test_who_had_not_begun_is_told_so_before_the_promise_and_reads_on():
    meeting, _, second = closed_early(letters=1)

    page = pack_of(second).see("Before you read", CLOSED, f"read the letters until {LAST}")
    page = page.press("Go on to the letters", agreed="yes")

    page.see(CLOSED, "You had not handed in, so nothing of yours is counted")
    page.not_see("Hand in my answers", "Begin with", "closed now", "You have answered")
    letter = page.follow("Letter 1").see("[the defendant]", CLOSED)
    letter.not_see("Keep and go on")
    assert readings_of(meeting)


def test_who_handed_in_reads_on_until_the_last_day_and_no_longer(time_machine):
    _, first, _ = closed_early(letters=1)
    pack_of(first).see("You have handed in", CLOSED).follow("Letter 1").see("[the defendant]")
    as_(first.member).open("/panel/packs/").see(f"Closed to answers. To be read until {LAST}")

    time_machine.move_to(AFTER, tick=False)

    pack_of(first).see(f"could be read until {LAST}. They are closed now").not_see("Letter 1")
    pack_of(first, "letters/1/", status=403).see("closed now").not_see("[the defendant]")
    pack_of(first, "file/", status=403)


def test_whose_pack_is_over_is_not_asked_for_the_promise(time_machine):
    _, _, second = closed_early(letters=1)
    time_machine.move_to(AFTER, tick=False)

    pack_of(second).see("closed now").not_see("Go on to the letters", "Please promise")
    with pytest.raises(NotAllowed, match="closed now"):
        declare(second, by=second.member, at=AFTER)


def test_nothing_is_answered_or_handed_in_once_the_marks_are_closed():
    meeting, first, second = closed_early(letters=1)
    declare(second, by=second.member, at=given.NOON)
    answers, letter = {key: YES for key, _ in meeting.questions}, meeting.letters.get()

    for seat in (first, second):
        with pytest.raises(NotAllowed, match=f"{CLOSED} on Monday 5 October 2026"):
            keep_reading(seat, letter, answers, "", by=seat.member, at=given.NOON)
        with pytest.raises(NotAllowed, match=CLOSED):
            keep_filled(seat, letter, Filled(answers, "", ""), by=seat.member, at=given.NOON)
        with pytest.raises(NotAllowed, match="You can read the letters until"):
            hand_in(seat, by=seat.member, at=given.NOON)
    address = f"/panel/packs/{second.pk}/letters/1/"
    as_(second.member).post(address, status=403, remark="Far too long.").see(CLOSED)
    assert not second.readings.exists()


def test_nobody_reads_the_pack_of_another_or_after_their_seat_ended():
    meeting, first, second = closed_early(letters=1)
    assert as_(second.member).try_("GET", f"/panel/packs/{first.pk}/letters/1/") == 404

    end_seat(first, "Moved away for good.", date(2026, 10, 5), by=meeting.planned_by, at=given.NOON)

    pack_of(first, "letters/1/", status=403).see("Your seat at this panel ended")


def test_a_letter_withdrawn_after_the_marks_were_closed_is_shown_to_nobody():
    meeting, first, _ = closed_early(letters=1)
    letter = words_of(meeting).get()
    in_pack = open_pack_with(letter)
    assert in_pack, "while members read it, only who keeps the panel withdraws it"
    withdraw_letter(letter, "The village can be told", by=meeting.planned_by, at=given.NOON)

    pack_of(first, "letters/1/").see("This letter was withdrawn").not_see("[the defendant]")
    page_of(meeting, "letters/1/").see("This letter was withdrawn").not_see("[the defendant]")
    assert len(readings_of(meeting)) == 1, "what was laid side by side stays"


def test_a_letter_put_aside_after_the_marks_were_closed_leaves_them_as_they_are(time_machine):
    meeting, first, _ = closed_early(letters=1)
    letter, later = meeting.letters.get(), given.at("2026-10-06 10:00")
    time_machine.move_to(later, tick=False)
    page = pack_of(first, "letters/1/put-aside/")
    page.see("What you answered stays as it was when the marks were closed")

    aside = put_aside(first, letter, "EVENT", by=first.member, at=later)

    pack_of(first, "letters/1/").see("You put this letter aside").not_see("[the defendant]")
    readings = readings_of(meeting)
    assert len(readings) == 1
    assert read_by(meeting, readings)[1].words == "1 member"
    decide = page_of(meeting, f"put-aside/{aside.pk}/")
    decide.see("stays as it was when the marks were closed")
    decide.press("Keep this", outcome=Recognition.Outcome.TO_CORRECT, reason="The street tells it.")
    assert letters_to_correct(meeting.planned_by).exists()


def test_who_turns_out_to_be_of_the_case_reads_no_further_and_the_marks_stay():
    meeting, seat, _ = closed_early(letters=1)
    letter, later = meeting.letters.get(), given.at("2026-10-06 10:00")
    seat.member.full_name = "Zuleika Quartermaine"
    seat.member.save(update_fields=["full_name"])
    PersonToTell.objects.create(
        case=letter.duty.case, key="x9", given_names="Zuleika", family_name="Quartermaine",
        entitlement=PersonToTell.Entitlement.STANDARD,
    )  # fmt: skip

    assert keep_back_in_open_packs(meeting.area, at=later) == 1

    assert open_letter(seat, letter, by=seat.member, at=later) is None
    assert len(readings_of(meeting)) == 1
    page_of(meeting).see("What they answered of it stays as it was when the marks were closed")


def test_the_letters_are_opened_from_the_map_by_their_number_and_without_their_case():
    meeting, _, _ = closed_early(letters=2)
    page = page_of(meeting, "discussion/")

    letter = page.follow("Read letter 2")

    urn = meeting.letters.get(position=2).duty.case.urn
    letter.see("Letter 2", "[the defendant]").not_see(urn, "Dean", "Farrow")
    event = Event.objects.get(name="panel.letter_opened")
    assert event.subject_id == str(meeting.pk)
    letter.follow("Answers side by side").see("Every letter and question")


def test_no_letter_is_opened_so_before_the_marks_are_closed_nor_by_a_member():
    meeting, first, _ = a_meeting(letters=1)
    address = f"/panel/meetings/{meeting.pk}/letters/1/"

    page_of(meeting, "letters/1/").see("The members are still reading").not_see("[the defendant]")

    assert as_(first.member).try_("GET", address) == 403
    close_marks(meeting, without=[meeting.seats.last().pk], by=meeting.planned_by, at=given.NOON)
    assert as_(first.member).try_("GET", address) == 403


def test_a_booklet_is_printed_until_the_pack_ends_without_a_sheet_for_answers(time_machine):
    meeting, _, _ = closed_early(letters=1)
    address = f"/panel/meetings/{meeting.pk}/booklets/1/"
    page_of(meeting).see("Booklet to print")

    content = as_(meeting.planned_by).client.get(address).content

    assert "Your answers to letter 1" not in words_of_pdf(content)
    time_machine.move_to(AFTER, tick=False)
    page_of(meeting).not_see("Booklet to print")
    assert as_(meeting.planned_by).try_("GET", address) == 404


def test_somebody_who_answered_and_somebody_who_did_not_are_both_named():
    meeting, _, second = a_meeting(letters=2)
    declare(second, by=second.member, at=given.NOON)
    answers = {key: YES for key, _ in meeting.questions}
    first_letter = meeting.letters.order_by("position")[0]
    keep_reading(second, first_letter, answers, "", by=second.member, at=given.NOON)

    with pytest.raises(PanelRefused, match=f"{second.member} answered and has not handed in"):
        close_marks(meeting, by=meeting.planned_by, at=given.NOON)
