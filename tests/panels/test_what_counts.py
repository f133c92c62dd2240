"""A note counts what was read and handed in, opens what it counts, and stands once published."""

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.letters.services import keep_words
from forthright.panels.models import AnonymisedLetter, Reading
from forthright.panels.selectors.against import panel_against_managers
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.selectors.meetings import readings_of
from forthright.panels.services.findings import give_finding
from forthright.panels.services.meeting import PanelRefused, close_marks, publish_note
from forthright.panels.services.reading import hand_in, keep_reading
from forthright.panels.services.releasing import confirm_letter
from forthright.panels.services.withdrawing import withdraw_letter
from forthright.rules.panel_questions import NO, YES
from tests import given
from tests.client import as_
from tests.panels import made, marked_by_both, sittings

pytestmark = pytest.mark.django_db
LATER = given.at("2026-11-05 10:00")


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def withdrawn(line, at=given.NOON):
    letter = AnonymisedLetter.objects.get(duty=line.duty)
    withdraw_letter(letter, "The village can be told", by=letter.taken_by, at=at)


def taken_anew(duty, more, at):
    """Release a letter in the words that somebody says were sent, with more in them."""
    text = f"{made.WORDS}\n\n{more}"
    keep_words(duty, text=text, by=None, at=given.NOON, is_what_went=True)
    return made.released(duty, at=at)


def note_of(meeting):
    return as_(given.a_person(Role.INSPECTOR)).open(f"/panel/meetings/{meeting.pk}/note/")


def answers(meeting, said=YES):
    return {key: said for key, _ in meeting.questions}


def read_but_the_first(**plan):
    """Return a closed meeting of two letters, the first withdrawn before anybody opened it."""
    ada, keeper = sittings.a_member(), made.a_keeper()
    meeting = sittings.opened(ada, by=keeper, **plan)
    first, second = meeting.letters.all()
    withdrawn(first)
    seat = sittings.declared(meeting.seats.get())
    keep_reading(seat, second, answers(meeting), "", by=ada, at=given.NOON)
    hand_in(seat, by=ada, at=given.NOON)
    close_marks(meeting, by=keeper, at=given.NOON)
    return meeting


def test_a_letter_that_nobody_could_read_is_not_counted_as_read():
    meeting = read_but_the_first()
    sittings.found(meeting)
    publish_note(sittings.met(meeting), by=made.a_keeper(), at=given.NOON)

    note_of(meeting).see(
        "1 was read and answered by 1 member", "Letters drawn by lot: 1",
        "withdrawn before the marks were closed: letter 1", "1 of 1",
    )  # fmt: skip


def test_an_answer_to_a_withdrawn_letter_is_refused_and_one_kept_before_is_not_counted():
    ada = sittings.a_member()
    meeting = sittings.opened(ada)
    first, _ = meeting.letters.all()
    seat = sittings.declared(meeting.seats.get())
    withdrawn(first, at=given.at("2026-10-05 11:00"))

    page = as_(ada).post(f"/panel/packs/{seat.pk}/letters/{first.position}/", **answers(meeting))
    assert "This letter was withdrawn" in page.words
    assert not Reading.objects.filter(letter=first).exists()

    Reading.objects.create(seat=seat, letter=first, answers=answers(meeting), saved_at=given.NOON)
    for line in meeting.letters.exclude(pk=first.pk):
        keep_reading(seat, line, answers(meeting), "", by=ada, at=given.NOON)
    hand_in(seat, by=ada, at=given.NOON)
    close_marks(meeting, by=meeting.planned_by, at=given.NOON)
    meeting.refresh_from_db()
    assert [each.letter.position for each in readings_of(meeting)] == [2]


def test_what_was_answered_before_a_letter_was_withdrawn_counts():
    meeting = sittings.closed()
    meeting.refresh_from_db()
    withdrawn(meeting.letters.first(), at=LATER)

    assert len(readings_of(meeting)) == 2


def test_what_was_answered_of_other_words_than_those_taken_last_is_no_answer():
    ada, ben = sittings.a_member(), sittings.a_member()
    meeting = sittings.opened(ada, ben, letters=1)
    line, (first, second) = meeting.letters.get(), meeting.seats.order_by("number")
    sittings.handed_in(first)
    keep_reading(sittings.declared(second), line, answers(meeting), "", by=ben, at=given.NOON)
    taken_anew(line.duty, "PS", at=given.at("2026-10-06 10:00"))

    page = as_(ben).open(f"/panel/packs/{second.pk}/").see("You have answered 0 of 1")
    assert not page.follow("Letter 1").tree.xpath("//input[@checked]")
    at = given.at("2026-10-07 10:00")
    with pytest.raises(PanelRefused, match="1 letter still has a question"):
        hand_in(second, by=ben, at=at)

    keep_reading(second, line, answers(meeting, NO), "", by=ben, at=at)
    hand_in(second, by=ben, at=at)
    close_marks(meeting, by=meeting.planned_by, at=at)
    meeting.refresh_from_db()
    assert [each.seat for each in readings_of(meeting)] == [second]
    taken_anew(line.duty, "PPS", at=LATER)
    assert [each.seat for each in readings_of(meeting)] == [second]


def test_a_letter_left_unanswered_is_not_compared():
    meeting = marked_by_both.closed({"B1": "NOT_MET"})
    Reading.objects.update(answers={})

    assert panel_against_managers(meeting.area, until=LATER.date()).read == 0


def test_a_count_of_the_note_opens_what_it_counts():
    ada, ben = sittings.a_member(), sittings.a_member()
    meeting = sittings.opened(ada, ben)
    for seat, said in zip(meeting.seats.all(), (YES, NO), strict=True):
        sittings.handed_in(seat, said)
    close_marks(meeting, by=meeting.planned_by, at=given.NOON)
    sittings.found(meeting)
    publish_note(sittings.met(meeting), by=meeting.planned_by, at=given.NOON)

    page = note_of(meeting).follow("2 of 4 answers to question 1: letter by letter")

    page.see(meeting.questions[0][1], "1 no, 1 yes").not_see("Osei")
    assert Event.objects.filter(name="panel.counted_answers_seen").exists()


@pytest.mark.parametrize("address", ["RANDOM/0/", "RANDOM/9/", "ANY/1/"])
def test_a_count_that_there_is_not_opens_nothing(address):
    meeting = sittings.closed(letters=1)

    as_(meeting.planned_by).open(f"/panel/meetings/{meeting.pk}/note/{address}", status=404)


def test_a_published_note_is_published_once():
    meeting = sittings.published(letters=1)
    meeting.refresh_from_db()
    before = meeting.published_at

    with pytest.raises(PanelRefused, match="stands as it was"):
        publish_note(meeting, by=made.a_keeper(), at=LATER)

    meeting.refresh_from_db()
    assert meeting.published_at == before
    assert Event.objects.filter(name="panel.published").count() == 1


def test_what_is_added_to_a_published_note_bears_its_day():
    meeting = sittings.published(letters=1)
    note_of(meeting).not_see("after the note was published")
    manager = given.a_person(Role.LEGAL_MANAGER, unit=made.a_unit())
    give_finding(meeting, "One more thing was found.", manager, by=made.a_keeper(), at=LATER)

    note_of(meeting).see("added on Thursday 5 November 2026 after the note was published")


def test_a_published_note_stays_as_it_was_and_what_comes_later_is_added_with_its_day():
    meeting = read_but_the_first()
    keeper = meeting.planned_by
    sittings.found(meeting)
    publish_note(sittings.met(meeting), by=keeper, at=given.NOON)
    before = note_of(meeting).see("withdrawn before the marks were closed: letter 1").words
    letter = AnonymisedLetter.objects.get(duty=meeting.letters.get(position=1).duty)

    made.said_why_again(letter, by=keeper, at=LATER)
    for person in (keeper, made.a_keeper()):
        confirm_letter(letter, text_stamp(letter), by=person, at=LATER)
        letter.refresh_from_db()

    added = (
        "Added after the note was published:Letter 1 was released again on Thursday 5 November "
        "2026."
    )
    assert " ".join(note_of(meeting).see(added).words.replace(added, "").split()) == before
    meeting.refresh_from_db()
    withdraw_letter(letter, "It is read no more.", by=keeper, at=given.at("2026-11-09 10:00"))
    note_of(meeting).see(
        "withdrawn before the marks were closed: letter 1",
        "released again on Thursday 5 November 2026 and withdrawn on Monday 9 November 2026",
    )
    page = note_of(meeting).follow("1 of 1 answers to question 1: letter by letter")
    assert [row[0] for row in page.rows()] == ["2"]


def test_a_note_from_before_notes_were_kept_says_that_it_is_counted_anew():
    meeting = sittings.published(letters=1)
    note_of(meeting).not_see("counted anew")
    type(meeting).objects.update(note={})

    note_of(meeting).see("its figures are counted anew whenever it is opened")


def half_read():
    """Return an open meeting at which Ada handed in and Ben answered all and did not."""
    ada, ben = sittings.a_member(), sittings.a_member()
    meeting = sittings.opened(ada, ben, letters=1)
    first, second = meeting.seats.order_by("number")
    sittings.handed_in(first)
    sittings.declared(second)
    keep_reading(second, meeting.letters.get(), answers(meeting), "", by=ben, at=given.NOON)
    return meeting, second


def test_marks_are_not_closed_over_answers_that_were_not_handed_in():
    meeting, seat = half_read()
    page = as_(meeting.planned_by).open(f"/panel/meetings/{meeting.pk}/")
    page.see(f"Close without the answers of {seat.member}")

    page.press("Close the marks").see(f"{seat.member} answered and has not handed in")
    meeting.refresh_from_db()
    assert meeting.closed_at is None

    page = as_(meeting.planned_by).open(f"/panel/meetings/{meeting.pk}/")
    page.press("Close the marks", without=str(seat.pk)).see("Closed.")
    event = Event.objects.get(name="panel.closed")
    assert event.detail["without"] == [seat.pk]
    as_(seat.member).open(f"/panel/packs/{seat.pk}/").see("what you answered is not counted")


def test_a_member_who_has_not_begun_keeps_no_marks_open_once_they_are_named():
    ada, ben = sittings.a_member(), sittings.a_member()
    meeting = sittings.opened(ada, ben, letters=1)
    sittings.handed_in(meeting.seats.get(member=ada))

    with pytest.raises(PanelRefused, match=f"{ben} has answered nothing yet"):
        close_marks(meeting, by=meeting.planned_by, at=given.NOON)
    assert sittings.closed_without_others(meeting).closed_at
