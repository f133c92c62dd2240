"""A member who may know whom a letter is about puts it aside: it is theirs no more, nor counted."""

from datetime import timedelta

import pytest
import time_machine
from django.db import transaction

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.panels import documents
from forthright.panels.models import AnonymisedLetter, Meeting, Recognition
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.selectors.meetings import letters_to_read, readings_of, readings_that_count
from forthright.panels.services.meeting import PanelRefused, close_marks
from forthright.panels.services.paper import Written, hand_in_paper, type_in
from forthright.panels.services.reading import hand_in, keep_reading
from forthright.panels.services.recognising import (
    decide_put_aside,
    put_aside,
    put_aside_on_their_word,
)
from forthright.panels.services.releasing import confirm_letter
from forthright.panels.services.taking import Added, add_place
from forthright.panels.services.withdrawing import withdraw_letter
from forthright.rules.panel_questions import NO, YES
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
NOON = given.NOON
TASK = "A member put letter 1 of panel 1 aside: they may know whom it is about"


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(NOON, tick=True):
        yield


def reading(*, members=1):
    """Return the seats of a meeting whose members have promised and read."""
    meeting = sittings.opened(*(sittings.a_member() for _ in range(members)))
    return [sittings.declared(each) for each in meeting.seats.order_by("number")]


def page_of(seat, position=1, what=""):
    return f"/panel/packs/{seat.pk}/letters/{position}/{what}"


def aside(seat, position=1, how="EVENT"):
    letter = seat.meeting.letters.get(position=position)
    return put_aside(seat, letter, how, by=seat.member, at=NOON)


def answers(seat, said=YES):
    return {key: said for key, _ in seat.meeting.questions}


def test_a_member_puts_a_letter_aside_on_the_page_and_never_sees_it_again():
    [seat] = reading()
    browser = as_(seat.member)
    page = browser.open(page_of(seat)).follow("I think I know whom this letter is about")
    page.see("Please tell nobody who it is")
    page.follow("No, go back to the letter").see("Dear")

    refused = page.press("Put this letter aside")
    assert refused.errors == ["Choose how you think you know"]
    kept = refused.press("Put this letter aside", how="PLACE")

    kept.see("Letter 1 is put aside", "Letter 1: you put it aside", "You have answered 0 of 1")
    browser.open(page_of(seat)).see("You put this letter aside").not_see("Dear")
    browser.open(page_of(seat, 2)).see("Dear")
    assert Recognition.objects.get().how == "PLACE"
    assert Event.objects.filter(name="pack.letter_put_aside").count() == 1


def test_it_is_printed_for_the_others_and_not_for_them():
    one, other = reading(members=2)
    aside(one)

    printed = {seat.pk: [each.letter.position for each in documents.lines_to_print(seat)]
               for seat in (one, other)}  # fmt: skip

    assert printed == {one.pk: [2], other.pk: [1, 2]}


def test_what_they_had_answered_of_it_is_not_counted_and_nothing_is_asked():
    one, other = reading(members=2)
    sittings.handed_in(other)
    for letter in one.meeting.letters.all():
        keep_reading(one, letter, answers(one, NO), "I was there", by=one.member, at=NOON)
    aside(one)
    with pytest.raises(PanelRefused, match="You put letter 1 aside"), transaction.atomic():
        keep_reading(one, one.meeting.letters.get(position=1), answers(one), "", by=one.member,
                     at=NOON)  # fmt: skip

    hand_in(one, by=one.member, at=NOON)
    meeting = close_marks(one.meeting, by=made.a_keeper(), at=NOON)

    said = [(each.letter.position, each.seat_id) for each in readings_of(meeting)]
    assert said == [(1, other.pk), (2, one.pk), (2, other.pk)]
    assert readings_that_count([meeting]).count() == 3
    note = as_(made.a_keeper()).open(f"/panel/meetings/{meeting.pk}/note/")
    note.see("Of the 2 letters in the pack, members put 1 aside, 1 time in all")
    note.not_see("I was there")


def test_the_note_counts_the_members_whose_answers_count():
    one, other = reading(members=2)
    sittings.handed_in(one)
    for position in (1, 2):
        aside(other, position)
    hand_in(other, by=other.member, at=NOON)
    meeting = close_marks(one.meeting, by=made.a_keeper(), at=NOON)

    note = as_(made.a_keeper()).open(f"/panel/meetings/{meeting.pk}/note/")

    note.see("2 were read and answered by 1 member of the 2 who handed in")


def test_it_may_still_be_put_aside_once_they_have_handed_in():
    [seat] = reading()
    sittings.handed_in(seat)

    aside(seat)

    meeting = close_marks(seat.meeting, by=made.a_keeper(), at=NOON)
    assert [each.letter.position for each in readings_of(meeting)] == [2]


def test_put_aside_twice_the_first_stands():
    [seat] = reading()
    first = aside(seat, how="PLACE")

    assert aside(seat, how="WORDS") == first
    assert Recognition.objects.get().how == "PLACE"
    assert Event.objects.filter(name="pack.letter_put_aside").count() == 1


def test_nobody_puts_a_letter_aside_for_another_nor_after_the_last_day():
    one, other = reading(members=2)
    letter = one.meeting.letters.get(position=1)
    with pytest.raises(NotAllowed, match="given to somebody else"):
        put_aside(one, letter, "EVENT", by=other.member, at=NOON)
    assert as_(other.member).try_("GET", page_of(one, what="put-aside/")) == 404
    sittings.handed_in(one)
    sittings.closed_without_others(one.meeting)
    after = given.at("2026-10-21 10:00")  # the pack was open until 20 October

    with pytest.raises(NotAllowed, match="closed now"):
        put_aside(other, letter, "EVENT", by=other.member, at=after)


def test_whoever_keeps_the_panel_decides_and_is_told_on_the_overview_until_then():
    one, other = reading(members=2)
    found = aside(one)
    keeper = made.a_keeper()
    browser = as_(keeper)
    page = browser.open("/").follow(TASK)
    page.see(str(one.member), "By what happened", "Whom they think of was not asked")

    kept = page.press("Keep this", outcome="STAYS", reason="This member was in court that day.")

    kept.see("Decided.", "it stays for the others")
    browser.open("/").not_see(TASK)
    as_(other.member).open(page_of(other)).see("Dear")
    found.refresh_from_db()
    assert (found.outcome, found.decided_by) == ("STAYS", keeper)
    with pytest.raises(PanelRefused, match="decided this"):
        decide_put_aside(found, "WITHDRAWN", "The words tell it.", by=keeper, at=NOON)


def test_a_letter_that_is_withdrawn_for_it_is_read_by_nobody():
    one, other = reading(members=2)

    decide_put_aside(
        aside(one), "WITHDRAWN", "The words tell who it is.", by=made.a_keeper(), at=NOON
    )

    as_(other.member).open(page_of(other)).see("This letter was withdrawn").not_see("Dear")
    gone = {letter.position: is_gone for letter, _, is_gone in letters_to_read(other)}
    assert gone == {1: True, 2: False}


def test_it_is_decided_with_a_reason_by_who_keeps_this_panel():
    [seat] = reading()
    found = aside(seat)

    with pytest.raises(PanelRefused, match="Say why"):
        decide_put_aside(found, "STAYS", " ", by=made.a_keeper(), at=NOON)
    with pytest.raises(NotAllowed):
        decide_put_aside(found, "STAYS", "It is common.", by=seat.member, at=NOON)
    place = f"/panel/meetings/{seat.meeting_id}/put-aside/{found.pk}/"
    assert as_(seat.member).try_("GET", place) == 403
    stranger = given.a_person(Role.LEGAL_MANAGER, area=given.an_area("Wessex"))
    assert as_(stranger).try_("GET", place) == 404
    assert Meeting.objects.get().state == Meeting.State.OPEN


def test_nothing_that_a_member_says_of_themselves_stands_in_the_record():
    [seat] = reading()
    aside(seat, how="PART")

    [event] = Event.objects.filter(name="pack.letter_put_aside")
    assert event.detail == {"letter": seat.meeting.letters.get(position=1).pk}


def test_whoever_released_it_is_told_until_it_is_decided():
    [seat] = reading()
    words = "A member of the panel may know whom a letter is about that you released"
    letter = AnonymisedLetter.objects.get(duty=seat.meeting.letters.get(position=1).duty)
    manager = given.a_person(Role.LINE_MANAGER, unit=letter.unit)
    letter.confirmations.filter(confirmed_by=letter.taken_by).update(confirmed_by=manager)
    other = given.a_person(Role.LINE_MANAGER, unit=letter.unit)
    as_(manager).open("/").not_see(words)

    found = aside(seat)

    page = as_(manager).open("/").see(words).not_see(str(seat.member)).follow(words)
    page.see("Release letter")
    as_(other).open("/").not_see(words)
    as_(made.a_keeper()).open("/").see(TASK).not_see(words)
    decide_put_aside(found, "STAYS", "This member was in court.", by=made.a_keeper(), at=NOON)
    as_(manager).open("/").not_see(words)


def test_what_is_hidden_is_to_be_corrected_and_the_others_read_it_then():
    one, other = reading(members=2)
    found = aside(one)
    words = "More is to be hidden in a letter of the panel: a member may know whom it is about"
    keeper = as_(made.a_keeper())
    page = keeper.open(f"/panel/meetings/{one.meeting_id}/put-aside/{found.pk}/")

    kept = page.press("Keep this", outcome="TO_CORRECT", reason="The street can be told by it.")

    kept.see("nobody reads it until more of it is hidden")
    letter = AnonymisedLetter.objects.get(duty=found.letter.duty)
    assert letter.state == AnonymisedLetter.State.WITHDRAWN
    keeper.open("/").see(words).follow(words).see("The street can be told by it.")
    as_(other.member).open(page_of(other)).see("This letter was withdrawn")

    later = NOON + timedelta(hours=1)
    hidden = Added("nobody saw", "DESCRIPTION")
    add_place(letter, hidden, opened=None, by=letter.taken_by, at=later)
    letter.refresh_from_db()
    made.decided(letter)
    for person in (letter.taken_by, made.a_keeper()):
        letter.refresh_from_db()
        confirm_letter(letter, text_stamp(letter), by=person, at=later)
    keeper.open("/").not_see(words)
    as_(other.member).open(page_of(other)).see("Dear")
    letter.refresh_from_db()
    withdraw_letter(letter, "It is read no more.", by=made.a_keeper(), at=later)
    keeper.open("/").not_see(words)
    as_(one.member).open(page_of(one)).see("You put this letter aside")


def test_the_figures_say_of_how_many_letters_and_how_many_members_read_each():
    one, other, third = reading(members=3)
    sittings.handed_in(other)
    sittings.handed_in(third)
    for seat in (one, other):
        aside(seat)
    letter = one.meeting.letters.get(position=2)
    keep_reading(one, letter, answers(one, NO), "", by=one.member, at=NOON)
    hand_in(one, by=one.member, at=NOON)
    keeper = as_(made.a_keeper())
    meeting = close_marks(one.meeting, by=made.a_keeper(), at=NOON)

    note = keeper.open(f"/panel/meetings/{meeting.pk}/note/")
    note.see("Of the 2 letters in the pack, members put 1 aside, 2 times in all")
    counted = keeper.open(f"/panel/meetings/{meeting.pk}/note/RANDOM/1/")
    assert [row[2] for row in counted.rows()] == ["1 member, 2 put it aside", "3 members"]
    keeper.open(f"/panel/meetings/{meeting.pk}/discussion/").see("1 member, 2 put it aside")
    [row] = keeper.open("/panel/meetings/").rows()
    assert row[5:7] == ["3 of 3", "1 of 2"]


def test_a_member_who_put_all_aside_is_not_said_to_have_answered():
    one, other, third = reading(members=3)
    sittings.handed_in(third)
    keep_reading(other, one.meeting.letters.get(position=1), answers(other), "", by=other.member,
                 at=NOON)  # fmt: skip
    aside(other)
    aside(one, 1)
    aside(one, 2)
    hand_in(one, by=one.member, at=NOON)

    as_(made.a_keeper()).open(f"/panel/meetings/{one.meeting_id}/").not_see("Close without the")
    meeting = sittings.closed_without_others(one.meeting)

    note = as_(made.a_keeper()).open(f"/panel/meetings/{meeting.pk}/note/")
    note.see("2 were read and answered by 1 member")


def test_it_is_put_aside_for_who_reads_on_paper():
    [seat] = reading()
    keeper = made.a_keeper()
    paper = as_(keeper).open(f"/panel/meetings/{seat.meeting_id}/paper/1/")

    page = paper.follow("Put letter 1 aside").see("Do not ask them whom they think of")
    kept = page.press("Put it aside", how="PLACE")

    kept.see("Put aside by them, so not asked here: letter 1").not_see("Withdrawn since")
    type_in(seat, {2: Written(answers(seat))}, has_promised=True, by=keeper, at=NOON)
    hand_in_paper(seat, by=keeper, at=NOON)
    assert Recognition.objects.get().how == "PLACE"
    as_(keeper).open("/").see(TASK)


def test_it_is_put_aside_for_a_member_by_nobody_but_who_keeps_the_panel():
    [seat] = reading()
    letter = seat.meeting.letters.get(position=1)

    with pytest.raises(NotAllowed):
        put_aside_on_their_word(seat, letter, "EVENT", by=seat.member, at=NOON)
    assert not Recognition.objects.exists()
