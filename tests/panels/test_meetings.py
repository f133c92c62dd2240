import re
from datetime import date
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.cases.models import Defendant
from forthright.panels.models import AnonymisedLetter, Meeting, Reading
from forthright.panels.selectors.meetings import meeting_before, pack_lines, readings_of
from forthright.panels.services.findings import answer_finding
from forthright.panels.services.leaving_out import leave_out
from forthright.panels.services.meeting import (
    PanelRefused,
    close_marks,
    draw_letters,
    open_pack,
    plan_meeting,
    publish_note,
)
from forthright.panels.services.reading import declare, hand_in, keep_reading, open_letter
from forthright.panels.services.withdrawing import withdraw_letter
from forthright.rules.panel_questions import NO, YES
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def test_the_same_seed_draws_the_same_letters():
    keeper = made.a_keeper()
    for family, accused, street in sittings.FAMILIES:
        made.a_sent_letter(family, accused, street, unit=keeper.unit)
    first, second = (sittings.planned(by=keeper, size=1) for _ in range(2))

    [one] = draw_letters(first, seed=11, by=keeper, at=given.NOON)
    made.released(one.duty, by=keeper)
    open_pack(first, [sittings.a_member()], by=keeper, at=given.NOON)
    [other] = draw_letters(second, seed=11, by=keeper, at=given.NOON)

    assert one.duty_id != other.duty_id, "what a panel had is drawn for no other"
    first.refresh_from_db()
    assert first.digest
    assert first.seed == "11"


def test_letters_are_drawn_once():
    meeting = sittings.drawn(letters=1)

    with pytest.raises(PanelRefused, match="drawn already"):
        draw_letters(meeting, by=meeting.planned_by, at=given.NOON)


def test_letters_for_a_theme_stand_apart_from_those_by_lot():
    keeper = made.a_keeper()
    made.a_sent_letter(unit=keeper.unit)
    for family in ("Ashby", "Moss"):
        made.a_sent_letter(family, "Farrow", "9 Mill Rise", unit=keeper.unit,
                           case={"is_rasso": True})  # fmt: skip
    meeting = sittings.planned(by=keeper, theme="RASSO", size=2, theme_size=1)

    draw_letters(meeting, seed=3, by=keeper, at=given.NOON)

    assert sorted(meeting.letters.values_list("part", flat=True)) == ["RANDOM", "TARGETED"]
    assert "support that fits" in str(meeting.questions)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"sent_until": date(2026, 8, 1)}, "before the first"),
        ({"sent_until": date(2026, 10, 5)}, "a day that is over"),
        ({"pack_until": date(2026, 10, 1)}, "closes before the meeting"),
        ({"theme_size": 1}, "there is no theme"),
        ({"theme": "CHILD", "theme_size": 3}, "for the whole pack"),
    ],
)
def test_days_and_numbers_that_do_not_fit_are_refused(changed, words):
    with pytest.raises(PanelRefused, match=words.replace("for the whole pack", "whole pack")):
        plan_meeting(sittings.a_plan(**changed), by=made.a_keeper(), at=given.NOON)


def test_a_pack_with_a_letter_that_is_not_released_does_not_open():
    meeting = sittings.drawn(letters=1)
    made.taken(meeting.letters.get().duty)

    with pytest.raises(PanelRefused, match=r"not released \(number 1\)"):
        open_pack(meeting, [sittings.a_member()], by=meeting.planned_by, at=given.NOON)


def test_a_letter_of_which_the_record_knows_more_by_then_does_not_open_either():
    meeting = sittings.drawn(letters=1)
    letter = made.released(meeting.letters.get().duty)
    Defendant.objects.create(case=letter.duty.case, key="n", family_name="Hoped-for")
    letter.text += "\n\nQuillfeather saw it."
    letter.save(update_fields=["text"])
    Defendant.objects.create(case=letter.duty.case, key="q", family_name="Quillfeather")

    with pytest.raises(PanelRefused, match="not released"):
        open_pack(meeting, [sittings.a_member()], by=meeting.planned_by, at=given.NOON)

    letter.refresh_from_db()
    assert letter.state == AnonymisedLetter.State.WITHDRAWN


def test_a_letter_is_left_out_with_a_reason_and_the_note_says_so():
    meeting = sittings.drawn()
    line = meeting.letters.first()

    with pytest.raises(PanelRefused, match="Write why"):
        leave_out(line, "no", by=meeting.planned_by, at=given.NOON)
    leave_out(line, "The event was in every newspaper", by=meeting.planned_by, at=given.NOON)

    assert [each.is_left_out for each in pack_lines(meeting)] == [True, False]


def test_nothing_opens_before_the_promise_is_made():
    meeting = sittings.opened(letters=1)
    seat = meeting.seats.get()

    with pytest.raises(NotAllowed, match="Read the promise first"):
        open_letter(seat, meeting.letters.get(), by=seat.member, at=given.NOON)

    page = as_(seat.member).open(f"/panel/packs/{seat.pk}/")
    page.see("Before you read").press("Go on to the letters").see("Tick the box")
    page = as_(seat.member).open(f"/panel/packs/{seat.pk}/")
    page.press("Go on to the letters", agreed="yes").see("Begin with letter 1")


def test_a_pack_that_ran_out_opens_nothing():
    meeting = sittings.opened(letters=1)
    seat = sittings.declared(meeting.seats.get())
    letter = meeting.letters.get()
    assert open_letter(seat, letter, by=seat.member, at=given.at("2026-10-20 23:00"))

    with pytest.raises(NotAllowed, match="could be read until"):
        open_letter(seat, letter, by=seat.member, at=given.at("2026-10-21 00:30"))


def test_a_letter_withdrawn_while_it_is_read_is_shown_no_more_and_need_not_be_answered():
    meeting = sittings.opened()
    seat = sittings.declared(meeting.seats.get())
    first, second = meeting.letters.all()
    letter = AnonymisedLetter.objects.get(duty=first.duty)
    withdraw_letter(letter, "The village can be told", by=meeting.planned_by, at=given.NOON)

    page = as_(seat.member).open(f"/panel/packs/{seat.pk}/letters/{first.position}/")

    page.see("This letter was withdrawn").not_see("nobody saw")
    answers = {key: YES for key, _ in meeting.questions}
    keep_reading(seat, second, answers, "", by=seat.member, at=given.NOON)
    assert hand_in(seat, by=seat.member, at=given.NOON).handed_in_at


def test_a_member_answers_letter_by_letter_and_hands_in():
    meeting = sittings.opened()
    seat = sittings.declared(meeting.seats.get())
    answers = {key: YES for key, _ in meeting.questions}

    page = (
        as_(seat.member)
        .open("/")
        .follow("Letters to read for the panel of Tuesday 20 October 2026")
    )
    page.press("Hand in my answers").see("still have a question without an answer")
    page = as_(seat.member).open(f"/panel/packs/{seat.pk}/letters/1/").see(seat.member.full_name)
    page = page.press("Keep and go on", remark="Kind words.", **answers)
    page = page.see("Letter 2").press("Keep and stop here", **answers)
    page.press("Hand in my answers").see("You have handed in. Thank you.")

    assert Reading.objects.filter(seat=seat).count() == 2
    with pytest.raises(PanelRefused, match="You have handed in"):
        keep_reading(seat, meeting.letters.first(), answers, "", by=seat.member, at=given.NOON)


def test_nobody_sees_an_answer_before_the_marks_are_closed():
    ada, ben = sittings.a_member(), sittings.a_member()
    meeting = sittings.opened(ada, ben, letters=1)
    sittings.handed_in(meeting.seats.get(member=ada), remark="Far too long.")

    assert readings_of(meeting) == []
    page = as_(meeting.planned_by).open(f"/panel/meetings/{meeting.pk}/discussion/")
    page.see("The members are still reading").not_see("Far too long.")

    sittings.closed_without_others(meeting)
    as_(meeting.planned_by).open(page.address).see("Far too long.")


def test_the_map_shows_where_members_are_apart():
    ada, ben = sittings.a_member(), sittings.a_member()
    meeting = sittings.opened(ada, ben, letters=1)
    sittings.handed_in(meeting.seats.get(member=ada), YES)
    sittings.handed_in(meeting.seats.get(member=ben), NO)
    close_marks(meeting, by=meeting.planned_by, at=given.NOON)

    page = as_(meeting.planned_by).open(f"/panel/meetings/{meeting.pk}/discussion/")

    page.see("1 no, 1 yes", "divided")
    page.press("Keep what was said", discussion="They spoke of the second line.").see("Kept.")


def test_marks_nobody_handed_in_are_not_closed():
    meeting = sittings.opened(letters=1)

    with pytest.raises(PanelRefused, match="Nobody has handed in"):
        close_marks(meeting, by=meeting.planned_by, at=given.NOON)


def test_a_finding_reaches_its_manager_and_the_answer_opens_the_next_meeting():
    ada = sittings.a_member()
    keeper = made.a_keeper()
    manager = given.a_person(Role.LEGAL_MANAGER, unit=keeper.unit)
    meeting = sittings.closed(ada, by=keeper, letters=1)
    page = as_(keeper).open(f"/panel/meetings/{meeting.pk}/").follow("Write down a finding")
    page.press("Give it to them", said="The reasons come too late.", manager=manager.pk)

    page = as_(manager).open("/").follow("A finding of panel 1 to answer")
    page.see("The reasons come too late.", "Why that day?")
    page.press("Answer the panel", did="Moved to the second line in all templates.")
    meeting = publish_note(sittings.met(meeting), by=keeper, at=given.NOON)

    made.a_sent_letter("Moss", "Teale", "7 Elm Row", unit=keeper.unit)
    later = sittings.planned(by=keeper, starts_at=given.at("2026-12-15 14:00"),
                             pack_until=date(2026, 12, 15))  # fmt: skip
    draw_letters(later, seed=5, by=keeper, at=given.NOON)
    made.released(later.letters.get().duty, by=keeper)
    seat = declare(open_pack(later, [ada], by=keeper, at=given.NOON)[0], by=ada, at=given.NOON)
    assert meeting_before(seat.meeting) == meeting
    as_(ada).open(f"/panel/packs/{seat.pk}/").see(
        "You said, they did",
        "The reasons come too late.",
        f"{manager.full_name} did: Moved to the second",
    )
    inspector = given.a_person(Role.INSPECTOR)
    as_(inspector).open("/panel/meetings/").follow("Panel 1, Monday 5 October 2026").see(
        "Answers are counted", "1 of 1"
    )


def test_a_finding_is_answered_by_whom_it_was_given_to():
    finding = sittings.found(sittings.closed(letters=1))

    with pytest.raises(NotAllowed, match="given to somebody else"):
        answer_finding(finding, "It was done by me.", by=made.a_keeper(), at=given.NOON)


def test_a_note_without_a_finding_is_not_published():
    meeting = sittings.closed(letters=1)

    with pytest.raises(PanelRefused, match="Write down what the panel found"):
        publish_note(sittings.met(meeting), by=meeting.planned_by, at=given.NOON)


def test_a_pack_is_downloaded_only_where_that_is_allowed_and_bears_its_reader():
    meeting = sittings.opened(letters=1)
    seat = sittings.declared(meeting.seats.get())
    address = f"/panel/packs/{seat.pk}/file/"

    answer = as_(seat.member).client.get(address)
    pages = [
        " ".join(each.extract_text().split()) for each in PdfReader(BytesIO(answer.content)).pages
    ]
    assert all(f"For {seat.member.full_name} alone" in words for words in pages)
    Meeting.objects.update(may_download=False)

    assert as_(seat.member).try_("GET", address) == 403


def test_a_pack_that_names_somebody_of_a_case_around_its_letters_is_not_handed_out():
    meeting = sittings.opened(letters=1)
    Meeting.objects.update(questions=[["q1", "Does it say what Dean Marsden did?"]])
    meeting.refresh_from_db()
    seat = sittings.declared(meeting.seats.get())

    page = as_(seat.member).open(f"/panel/packs/{seat.pk}/file/", status=403)

    page.see("The finished file may say whom a letter is about", "Read the letters here")


def test_the_invitation_is_a_calendar_file():
    meeting = sittings.planned()

    answer = as_(meeting.planned_by).client.get(f"/panel/meetings/{meeting.pk}/invitation/")

    text = answer.content.decode()
    assert answer["Content-Type"] == "text/calendar"
    assert "DTSTART:20261020T130000Z" in text
    assert "Room 4\\, second floor" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_a_booklet_is_made_for_each_member():
    meeting = sittings.opened(letters=1)

    answer = as_(meeting.planned_by).client.get(f"/panel/meetings/{meeting.pk}/booklets/1/")

    assert answer.content.startswith(b"%PDF")
    assert re.search("panel-1-copy-1.pdf", answer["Content-Disposition"])


def test_a_pack_of_more_pages_than_one_letter_may_have_is_searched_whole_and_handed_out():
    meeting = sittings.opened(letters=1)
    pages = ["We looked at it with care."] * 800
    AnonymisedLetter.objects.update(text="\n\n".join(pages))
    address, browser = f"/panel/meetings/{meeting.pk}/booklets/1/", as_(meeting.planned_by)

    answer = browser.client.get(address)

    assert answer.status_code == 200
    assert len(PdfReader(BytesIO(answer.content)).pages) > 40
    AnonymisedLetter.objects.update(text="\n\n".join([*pages, "It was Dean Marsden."]))
    assert browser.try_("GET", address) == 403


def test_a_meeting_is_planned_drawn_and_opened_by_buttons():
    keeper = made.a_keeper()
    member = sittings.a_member()
    duty = made.a_sent_letter(unit=keeper.unit)
    days = {"day": (20, 10, 2026), "sent_from": (1, 9, 2026), "sent_until": (4, 10, 2026),
            "pack_until": (20, 10, 2026)}  # fmt: skip
    boxes = {f"{name}_{box}": str(value) for name, values in days.items()
             for box, value in zip(("day", "month", "year"), values, strict=True)}  # fmt: skip

    page = as_(keeper).open("/panel/meetings/").follow("Plan a meeting")
    page = page.press("Plan it", hour="2pm", place="Room 4", size="1", **boxes)
    page = page.press("Draw the letters").see("0 of 1 released")
    made.released(duty, by=keeper)
    page = as_(keeper).open(page.address).press("Open the pack to them")

    page.see(member.full_name, "has not made the promise yet")


def test_the_rubric_can_be_asked_instead_of_six_questions():
    given.an_area_that_reports()
    meeting = sittings.planned(scoring=Meeting.Scoring.RUBRIC)

    assert meeting.edition is not None
    assert len(meeting.questions) > 6


KEEPERS = ["", "discussion/", "findings/", "note/", "invitation/"]


@pytest.mark.parametrize("rest", KEEPERS)
def test_the_meeting_of_another_area_is_not_there(rest):
    meeting = sittings.planned()
    other = given.a_person(Role.LEGAL_MANAGER, unit=made.a_unit())
    other.area = given.a_started_area("Wessex")
    other.save()

    assert as_(other).try_("GET", f"/panel/meetings/{meeting.pk}/{rest}") == 404


def test_the_list_asks_the_database_no_more_for_many():
    keeper = made.a_keeper()
    sittings.planned(by=keeper)
    browser = as_(keeper)
    browser.open("/panel/meetings/")
    with CaptureQueriesContext(connection) as one:
        browser.open("/panel/meetings/")
    for _ in range(3):
        sittings.planned(by=keeper)

    with CaptureQueriesContext(connection) as many:
        browser.open("/panel/meetings/")

    assert len(many) == len(one)
