"""A letter that is changed while members read it is read anew; two texts are never added up."""

from datetime import timedelta

import pytest
import time_machine

from forthright.panels.models import AnonymisedLetter, NotGiven, Reading
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.selectors.meetings import readings_of
from forthright.panels.selectors.on_paper import asked_after_handing_in
from forthright.panels.services.meeting import PanelRefused, publish_note
from forthright.panels.services.paper import (
    Written,
    hand_in_paper,
    note_printed,
    say_issues,
    type_in,
)
from forthright.panels.services.reading import hand_in, keep_reading
from forthright.panels.services.recognising import decide_put_aside, put_aside
from forthright.panels.services.releasing import confirm_letter
from forthright.panels.services.taking import Added, add_place
from forthright.panels.services.withdrawing import withdraw_letter
from forthright.rules.panel_questions import NO, YES
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
SORRY = "I am sorry that this is not the news you hoped for."
WHY = "Its village can be told."


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def hour(number):
    return given.NOON + timedelta(hours=number)


def answers(meeting, said=YES):
    return {key: said for key, _ in meeting.questions}


def seats_of(meeting):
    return [sittings.declared(each) for each in meeting.seats.order_by("number")]


def released_again(line, words=SORRY, *, by, why=WHY):
    """Withdraw a letter that is read, hide more words of it and release it anew after an hour."""
    letter = AnonymisedLetter.objects.get(duty=line.duty)
    if letter.state == AnonymisedLetter.State.RELEASED:
        withdraw_letter(letter, why, by=by, at=hour(1))
        letter.refresh_from_db()
    if words:
        add_place(letter, Added(words, "OTHER"), opened=None, by=by, at=hour(1))
        letter.refresh_from_db()
    made.decided(letter, by=by)
    if not words:
        made.said_why_again(letter, by=by, at=hour(2))
    for person in (by, made.a_keeper()):
        confirm_letter(letter, text_stamp(letter), by=person, at=hour(2))
        letter.refresh_from_db()


def note_of(meeting, keeper):
    return as_(keeper).open(f"/panel/meetings/{meeting.pk}/note/")


def two_read_one_letter():
    """Return a meeting of one letter, of which the first of two members has handed in."""
    ada, ben, keeper = sittings.a_member(), sittings.a_member(), made.a_keeper()
    meeting = sittings.opened(ada, ben, by=keeper, letters=1, size=1)
    line = meeting.letters.get()
    first, second = seats_of(meeting)
    keep_reading(first, line, answers(meeting, NO), "", by=ada, at=given.NOON)
    hand_in(first, by=ada, at=given.NOON)
    first.refresh_from_db()
    return meeting, keeper, first, second


def test_readings_of_words_that_were_changed_since_are_not_added_to_those_of_the_new():
    meeting, keeper, _, second = two_read_one_letter()
    line = meeting.letters.get()
    released_again(line, by=keeper)
    keep_reading(second, line, answers(meeting), "", by=second.member, at=hour(3))
    hand_in(second, by=second.member, at=hour(3))
    as_(keeper).open(f"/panel/meetings/{meeting.pk}/").see(
        f"by {keeper}: {WHY}", "Released again", "12 words, by",
        "still asked of them, as it was released or given to them after that: letter 1",
    )  # fmt: skip
    sittings.closed_without_others(meeting, by=keeper, at=hour(3))
    meeting.refresh_from_db()

    assert [each.seat for each in readings_of(meeting)] == [second]
    sittings.found(meeting)
    publish_note(sittings.met(meeting), by=keeper, at=hour(4))
    meeting.refresh_from_db()
    note_of(meeting, keeper).see(
        "1 was read and answered by 1 member of the 2 who handed in", "Released again",
        "1 reading of a letter is not counted", "People hid 12 words by themselves, in 1 letter",
        "1 of 1",
    ).not_see(WHY)  # fmt: skip


def test_who_had_handed_in_is_asked_that_letter_anew_and_no_other():
    meeting, keeper, first, _ = two_read_one_letter()
    line = meeting.letters.get()
    released_again(line, by=keeper)
    ada = as_(first.member)
    ada.open("/").see("Letter 1 to read after you handed in")
    page = (
        ada.open(f"/panel/packs/{first.pk}/")
        .see("asked of you still")
        .follow("Go on with letter 1")
    )

    page.see("[detail]", "this letter is asked of you still").press(
        "Keep and stop here", **answers(meeting)
    ).see("kept and handed in", "Letter 1: answered")

    assert not asked_after_handing_in(first)
    with pytest.raises(PanelRefused, match="You have handed in"):
        keep_reading(first, line, answers(meeting, NO), "", by=first.member, at=hour(3))
    ada.open("/").not_see("to read after you handed in")


def test_a_letter_released_again_in_the_very_same_words_is_not_asked_anew():
    meeting, keeper, first, _ = two_read_one_letter()
    released_again(meeting.letters.get(), "", by=keeper)

    assert not asked_after_handing_in(first)
    sittings.closed_without_others(meeting, by=keeper, at=hour(3))
    meeting.refresh_from_db()
    assert [each.seat for each in readings_of(meeting)] == [first]


def test_what_changes_in_a_letter_after_the_marks_are_closed_takes_no_reading_away():
    meeting, keeper, first, _ = two_read_one_letter()
    sittings.closed_without_others(meeting, by=keeper, at=given.NOON)
    meeting.refresh_from_db()

    released_again(meeting.letters.get(), by=keeper)

    assert [each.seat for each in readings_of(meeting)] == [first]


def test_a_reading_from_before_its_words_were_kept_counts_as_before():
    meeting, keeper, first, _ = two_read_one_letter()
    Reading.objects.update(sha256="")
    released_again(meeting.letters.get(), by=keeper)

    assert not asked_after_handing_in(first)


def test_answers_from_a_page_with_other_words_are_not_kept_and_the_new_words_are_shown():
    meeting, keeper, _, second = two_read_one_letter()
    page = as_(second.member).open(f"/panel/packs/{second.pk}/letters/1/")
    released_again(meeting.letters.get(), by=keeper)

    page = page.press("Keep and stop here", **answers(meeting))

    page.see("was changed after you opened the page", "[detail]")
    assert not second.readings.exists()
    page.press("Keep and stop here").see("Your answers to letter 1 are kept.")


def test_a_reading_that_a_withdrawal_broke_off_is_not_counted_and_the_note_says_so():
    ada, keeper = sittings.a_member(), made.a_keeper()
    meeting = sittings.opened(ada, by=keeper)
    first, second = meeting.letters.order_by("position")
    (seat,) = seats_of(meeting)
    keep_reading(seat, first, {"q1": NO}, "", by=ada, at=given.NOON)
    keep_reading(seat, second, answers(meeting), "", by=ada, at=given.NOON)
    withdraw_letter(AnonymisedLetter.objects.get(duty=first.duty), WHY, by=keeper, at=hour(1))
    hand_in(seat, by=ada, at=hour(2))
    sittings.closed_without_others(meeting, by=keeper, at=hour(2))
    meeting.refresh_from_db()

    assert [each.letter for each in readings_of(meeting)] == [second]
    note_of(meeting, keeper).see(
        "1 was read and answered by 1 member", "1 reading of a letter was begun and not finished",
        "withdrawn before the marks were closed: letter 1",
    ).not_see("of 2")  # fmt: skip


def test_a_letter_given_back_after_a_member_handed_in_is_asked_of_them():
    ada, ben, keeper = sittings.a_member(), sittings.a_member(), made.a_keeper()
    meeting = sittings.opened(ada, ben, by=keeper)
    one, two = meeting.letters.order_by("position")
    first, second = seats_of(meeting)
    aside = put_aside(first, one, "EVENT", by=ada, at=given.NOON)
    told = "The member lives next door to it."
    decide_put_aside(aside, "TO_CORRECT", told, by=keeper, at=given.NOON)
    keep_reading(second, two, answers(meeting), "", by=ben, at=given.NOON)
    hand_in(second, by=ben, at=given.NOON)
    second.refresh_from_db()
    released_again(one, by=keeper)

    as_(ben).open(f"/panel/packs/{second.pk}/letters/1/").see("asked of you still").press(
        "Keep and stop here", **answers(meeting)
    ).see("kept and handed in")
    sittings.closed_without_others(meeting, by=keeper, at=hour(3))
    meeting.refresh_from_db()
    assert {each.letter for each in readings_of(meeting)} == {one, two}
    note_of(meeting, keeper).see("a member of the panel might have known").not_see(told)


def test_a_letter_that_a_member_is_given_after_handing_in_is_asked_of_them():
    ada, keeper = sittings.a_member(), made.a_keeper()
    ada.full_name = "Dean Marsden"
    ada.save()
    meeting = sittings.opened(ada, by=keeper)
    (seat,) = seats_of(meeting)
    kept = NotGiven.objects.get()
    for line in meeting.letters.exclude(pk=kept.letter_id):
        keep_reading(seat, line, answers(meeting), "", by=ada, at=given.NOON)
    hand_in(seat, by=ada, at=given.NOON)

    NotGiven.objects.update(given_at=hour(1), given_by=keeper)

    as_(keeper).open(f"/panel/meetings/{meeting.pk}/").see("given to them after that: letter")
    as_(ada).open(f"/panel/packs/{seat.pk}/").see("asked of you still")
    keep_reading(seat, kept.letter, answers(meeting), "", by=ada, at=hour(1))
    sittings.closed_without_others(meeting, by=keeper, at=hour(3))
    meeting.refresh_from_db()
    assert len(readings_of(meeting)) == 2


@pytest.mark.parametrize(
    "why", ["It tells that it is Ms Osei.", "She keeps the only llama farm of the county."]
)
def test_why_somebody_withdrew_a_letter_is_for_who_keeps_the_panel_and_not_in_the_note(why):
    meeting, keeper, _, _ = two_read_one_letter()
    # A made-up name ends in the account's number, and a long number may be told in no note.
    type(keeper).objects.filter(pk=keeper.pk).update(full_name="Morwenna Pask")
    keeper.refresh_from_db()
    letter = AnonymisedLetter.objects.get()
    withdraw_letter(letter, why, by=keeper, at=hour(1))
    sittings.closed_without_others(meeting, by=keeper, at=hour(3))
    meeting.refresh_from_db()

    when = f"Letter 1, 5 October 2026, 1pm, by {keeper}"
    note_of(meeting, keeper).see(f"{when}.").not_see(why)
    as_(keeper).open(f"/panel/meetings/{meeting.pk}/").see(f"{when}: {why}")


def test_a_note_names_nobody_of_a_case_as_who_withdrew_a_letter():
    meeting, keeper, _, _ = two_read_one_letter()
    type(keeper).objects.filter(pk=keeper.pk).update(full_name="Dean Marsden")
    keeper.refresh_from_db()
    withdraw_letter(AnonymisedLetter.objects.get(), WHY, by=keeper, at=hour(1))
    sittings.closed_without_others(meeting, by=keeper, at=hour(3))
    meeting.refresh_from_db()

    note_of(meeting, keeper).see("Letter 1, 5 October 2026, 1pm.").not_see("by the product")


def test_on_paper_a_letter_of_other_words_is_asked_once_it_is_printed_anew():
    ada, keeper = sittings.a_member(), made.a_keeper()
    meeting = sittings.opened(ada, by=keeper, letters=1, size=1)
    line, seat = meeting.letters.get(), meeting.seats.get()
    note_printed(seat, [1], by=keeper, at=given.NOON)
    said = {1: Written(answers(meeting))}
    type_in(seat, said, has_promised=True, by=keeper, at=given.NOON)
    hand_in_paper(seat, by=keeper, at=given.NOON)
    released_again(line, by=keeper)
    seat.refresh_from_db()
    with pytest.raises(PanelRefused, match="has handed in"):
        type_in(seat, said, has_promised=True, by=keeper, at=hour(3))

    note_printed(seat, [1], by=keeper, at=hour(3))
    say_issues(seat, [2], by=keeper, at=hour(3))
    type_in(seat, {1: Written(answers(meeting, NO))}, has_promised=True, by=keeper, at=hour(3))

    sittings.closed_without_others(meeting, by=keeper, at=hour(4))
    meeting.refresh_from_db()
    assert [set(each.answers.values()) for each in readings_of(meeting)] == [{NO}]
