"""A letter is asked what suits it, and what was asked of none is counted of none."""

from importlib import import_module

import pytest
import time_machine
from django.apps import apps

from forthright.letter_files.everything import parts_of_file
from forthright.panels.documents import lines_to_print, pack_pdf
from forthright.panels.models import Meeting, Reading
from forthright.panels.selectors.asked import questions_by_letter
from forthright.panels.selectors.drawing import shortfall_words
from forthright.panels.selectors.on_paper import Issue
from forthright.panels.services.meeting import close_marks, draw_letters, open_pack
from forthright.panels.services.paper import Written, hand_in_paper, type_in
from forthright.panels.services.reading import hand_in, keep_reading
from forthright.rules.panel_questions import NO, YES
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
THEME, OTHERS = ("q5", "q6"), ("q7", "q8")
LEFT_OUT = "A number that is left out is asked of other letters."


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def drawn(theme="RASSO", is_of_theme=(True, False), **plan):
    """Return a meeting with a theme and two letters by lot, the first of the theme."""
    keeper = made.a_keeper()
    for family, is_one in zip(("Osei", "Ashby"), is_of_theme, strict=True):
        made.a_sent_letter(family, "Marsden", "4 Quarry Close", unit=keeper.unit,
                           case={"is_rasso": is_one})  # fmt: skip
    meeting = sittings.planned(by=keeper, theme=theme, **plan)
    draw_letters(meeting, seed=3, by=keeper, at=given.NOON)
    meeting.refresh_from_db()
    return meeting


def opened(meeting, *members):
    for line in meeting.letters.all():
        made.released(line.duty, by=meeting.planned_by)
    open_pack(meeting, members or [sittings.a_member()], by=meeting.planned_by, at=given.NOON)
    meeting.refresh_from_db()
    return meeting


def keys_by_family(meeting):
    letters = list(meeting.letters.select_related("duty__person"))
    asked = questions_by_letter(meeting, letters)
    return {
        each.duty.person.family_name: tuple(key for key, _ in asked[each.pk][4:])
        for each in letters
    }


def test_the_questions_of_the_theme_are_asked_of_its_letters_alone_also_of_those_by_lot():
    assert keys_by_family(drawn()) == {"Osei": THEME, "Ashby": OTHERS}


def test_of_a_meeting_without_a_theme_every_letter_is_asked_the_same():
    assert keys_by_family(drawn("")) == {"Osei": THEME, "Ashby": THEME}


def test_a_letter_in_time_is_not_asked_how_it_says_sorry_for_being_late():
    meeting = opened(drawn("LATE", (False, False)))
    assert set(keys_by_family(meeting).values()) == {OTHERS}
    seat = sittings.declared(meeting.seats.get())
    as_(seat.member).open(f"/panel/packs/{seat.pk}/letters/1/").not_see("say sorry?")
    keys = dict(meeting.questions)
    for letter in meeting.letters.all():
        keep_reading(seat, letter, dict.fromkeys(keys, NO), "", by=seat.member, at=given.NOON)
    hand_in(seat, by=seat.member, at=given.NOON)
    close_marks(meeting, by=meeting.planned_by, at=given.NOON)

    assert all(not set(THEME) & set(each.answers) for each in Reading.objects.all())
    keeper = as_(meeting.planned_by)
    note = keeper.open(f"/panel/meetings/{meeting.pk}/note/").not_see("say sorry?")
    note.see("Would you have been content", "0 of 2", "asked of letters of the theme alone")
    keeper.open(f"/panel/meetings/{meeting.pk}/note/RANDOM/5/").see("Nobody has answered")
    keeper.open(f"/panel/meetings/{meeting.pk}/discussion/").see("not asked")


def test_by_the_standard_only_a_late_letter_is_asked_whether_it_says_sorry():
    given.an_area_that_reports()
    meeting = drawn("", scoring=Meeting.Scoring.RUBRIC)
    assert "A5" in dict(meeting.questions)
    letters = list(meeting.letters.all())
    asked = questions_by_letter(meeting, letters)
    assert all("A5" not in dict(each) for each in asked.values())

    meeting.rows = [row | {"is_late": True} for row in meeting.rows]

    asked = questions_by_letter(meeting, letters)
    assert all("it went out late" in dict(each)["A5"] for each in asked.values())


def test_paper_asks_by_the_numbers_of_the_booklet_what_each_letter_is_asked():
    meeting = opened(drawn())
    seat = meeting.seats.get()
    keeper = as_(meeting.planned_by)
    page = keeper.open(f"/panel/meetings/{meeting.pk}/paper/1/").see("not asked")
    [of_other] = [
        each.position for each in meeting.letters.all() if each.duty.person.family_name == "Ashby"
    ]
    assert page.tree.xpath(f"//*[@name='answer-{of_other}-q7']")
    assert not page.tree.xpath(f"//*[@name='answer-{of_other}-q5']")
    assert keeper.client.get(f"/panel/meetings/{meeting.pk}/booklets/1/").status_code == 200

    all_said = Written(dict.fromkeys(dict(meeting.questions), YES))
    type_in(seat, {1: all_said, 2: all_said}, has_promised=True, by=meeting.planned_by,
            at=given.NOON)  # fmt: skip

    assert hand_in_paper(seat, by=meeting.planned_by, at=given.NOON).handed_in_at
    assert {len(each.answers) for each in Reading.objects.all()} == {6}


def test_a_question_has_one_number_on_the_screen_in_the_booklet_and_on_the_map():
    meeting = opened(drawn())
    seat = sittings.declared(meeting.seats.get())
    at = {each.duty.person.family_name: each.position for each in meeting.letters.all()}
    member = as_(seat.member)

    page = member.open(f"/panel/packs/{seat.pk}/letters/{at['Ashby']}/")
    page.see("4. Does it say what", "7. Would you have been content", "8. Is it free of words")
    page.not_see("Does it make plain").see(LEFT_OUT)
    member.open(f"/panel/packs/{seat.pk}/letters/{at['Osei']}/").see(
        "5. Does it make plain", "6. Does it name support"
    )

    booklet = pack_pdf(seat, lines_to_print(seat), booklet=Issue(1, given.NOON, None, None))
    words = " ".join(each.words for each in parts_of_file(booklet, "pack.pdf"))
    printed = " ".join(words.split())
    assert "7. Would you have been content" in printed
    assert printed.count(LEFT_OUT) == 1


def test_what_was_answered_in_another_window_is_told_by_the_same_number():
    meeting = opened(drawn())
    seat = sittings.declared(meeting.seats.get())
    letter = next(each for each in meeting.letters.all() if each.duty.person.family_name == "Ashby")
    address = f"/panel/packs/{seat.pk}/letters/{letter.position}/"
    page = as_(seat.member).open(address)
    keep_reading(seat, letter, {"q7": YES}, "", by=seat.member, at=given.NOON)

    page.press("Keep and go on", q7=NO).see("Question 7: now it says “Yes”")


def test_where_every_letter_is_asked_the_same_no_number_is_left_out():
    meeting = opened(drawn(""))
    seat = sittings.declared(meeting.seats.get())

    page = as_(seat.member).open(f"/panel/packs/{seat.pk}/letters/1/")

    page.see("6. Is it free of words").not_see(LEFT_OUT)


def test_whoever_draws_is_told_where_fewer_were_found_than_were_asked_for():
    meeting = drawn("CHILD", (False, False), size=25, theme_size=10)

    page = as_(meeting.planned_by).open(f"/panel/meetings/{meeting.pk}/")

    page.see("Fewer letters were drawn than were asked for: 2 of 15 by lot and 0 of 10 for the")


def test_whose_marks_are_closed_is_not_advised_to_call_the_meeting_off():
    meeting = drawn("CHILD", (False, False), size=25, theme_size=10)
    assert "call this meeting off and plan another" in shortfall_words(meeting)

    meeting.state = Meeting.State.CLOSED

    assert shortfall_words(meeting).endswith("of other days too, plan another meeting.")


def test_where_as_many_were_drawn_as_were_asked_for_nothing_is_said():
    meeting = drawn("", (False, False), size=2, theme_size=0)

    page = as_(meeting.planned_by).open(f"/panel/meetings/{meeting.pk}/")

    page.not_see("Fewer letters were drawn")


def test_the_note_says_how_many_were_asked_for_and_found_by_part():
    meeting = drawn("CHILD", (False, False), size=25, theme_size=10)

    note = as_(meeting.planned_by).open(f"/panel/meetings/{meeting.pk}/note/")

    note.see("Asked for were 15 by lot and 10 for the theme; drawn were 2 by lot and 0 for the")


def test_who_cannot_tell_and_what_does_not_apply_are_counted_apart():
    given.an_area_that_reports()
    ada, ben = sittings.a_member(), sittings.a_member()
    meeting = opened(drawn("", scoring=Meeting.Scoring.RUBRIC, size=1), ada, ben)
    for seat, level in zip(meeting.seats.all(), ("NOT_APPLICABLE", "NOT_SURE"), strict=True):
        sittings.declared(seat)
        said = dict.fromkeys(dict(meeting.questions), "FULLY") | {"A8": level}
        keep_reading(seat, meeting.letters.get(), said, "", by=seat.member, at=given.NOON)
        hand_in(seat, by=seat.member, at=given.NOON)
    close_marks(meeting, by=meeting.planned_by, at=given.NOON)

    note = as_(meeting.planned_by).open(f"/panel/meetings/{meeting.pk}/note/")

    [row] = [each for each in note.rows() if each[0].startswith("Is a meeting offered")]
    assert [row[1][:6], *row[2:]] == ["0 of 0", "1", "1"]
    page = note.follow("0 of 0 answers to question 5: letter by letter")
    page.see("1 does not apply, 1 cannot tell")


def test_meetings_that_nobody_listeds_yet_ask_by_letter_from_now_on_and_others_stay():
    meeting = drawn()
    before = meeting.questions[:6]
    migration = import_module("forthright.panels.migrations.0012_asked_by_letter")
    for state, asks in (("OPEN", False), ("DRAWN", True)):
        Meeting.objects.update(state=state, asks_by_letter=False, questions=before)

        migration.ask_by_letter(apps, None)

        found = Meeting.objects.get()
        assert found.asks_by_letter is asks
        assert found.questions == (meeting.questions if asks else before)
    found.asks_by_letter, found.questions = False, before
    assert set(keys_by_family(found).values()) == {THEME}
