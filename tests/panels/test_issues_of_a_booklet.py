"""Each booklet says which it is; what was written of other words is no answer to these."""

import pytest
import time_machine

from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.letter_files.everything import parts_of_file
from forthright.panels.models import Reading, Seat
from forthright.panels.services.meeting import PanelRefused, close_marks
from forthright.panels.services.paper import (
    Written,
    hand_in_paper,
    note_printed,
    say_issues,
    take_over_to_paper,
    type_in,
)
from forthright.panels.services.reading import keep_reading
from forthright.rules.panel_questions import NO, YES
from tests import given
from tests.client import as_
from tests.panels import made, sittings
from tests.panels.test_changed_while_read import hour, released_again

pytestmark = pytest.mark.django_db
HAND_IN = "I read it against the paper: hand in"


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def a_seat(keeper) -> Seat:
    meeting = sittings.opened(by=keeper)
    return meeting.seats.select_related("meeting__area", "member").get()


def answers(seat: Seat, answer: str = YES) -> dict[str, str]:
    return {key: answer for key, _ in seat.meeting.questions}


def two_booklets(keeper) -> Seat:
    """Return the seat of a member whose second booklet holds letter 1 in other words."""
    seat = a_seat(keeper)
    note_printed(seat, [1, 2], by=keeper, at=hour(0))
    released_again(seat.meeting.letters.get(position=1), by=keeper)
    note_printed(seat, [1, 2], by=keeper, at=hour(3))
    seat.refresh_from_db()
    return seat


def sheet(seat: Seat, **answered: str) -> dict[str, str]:
    return {f"answer-{at.removeprefix('of_')}-{key}": said
            for at, said in answered.items() for key in answers(seat)}  # fmt: skip


def test_each_page_of_a_booklet_says_which_issue_it_is_of_and_when_it_was_printed():
    keeper = made.a_keeper()
    seat = a_seat(keeper)
    address = f"/panel/meetings/{seat.meeting_id}/booklets/1/"

    as_(keeper).client.get(address)
    second = as_(keeper).client.get(address).content

    pages = [part.words for part in parts_of_file(second, "pack.pdf") if part.words.strip()]
    assert "Issue 2, printed" in " ".join(" ".join(pages).split())
    detail = Event.objects.filter(name="pack.booklet_taken_out").latest("sequence").detail
    assert (detail["issue"], detail["positions"]) == (2, [1, 2])


def test_of_two_booklets_printed_at_once_the_second_is_refused():
    keeper = made.a_keeper()
    seat = a_seat(keeper)
    note_printed(seat, [1], issue=1, by=keeper, at=given.NOON)

    with pytest.raises(NotAllowed, match="at the same moment, as issue 1"):
        note_printed(seat, [1], issue=1, by=keeper, at=given.NOON)


def test_where_the_words_differ_typing_in_asks_which_booklet_came_back():
    keeper = made.a_keeper()
    seat = two_booklets(keeper)

    with time_machine.travel(hour(4), tick=True):
        asked = as_(keeper).open(f"/panel/meetings/{seat.meeting_id}/paper/1/")
        asked.see("Which booklets of", "Issue 1, printed", "Issue 2, printed")
        typed = asked.press("Go on to type in", issues=["1"])

    typed.see("From Issue 1", "not asked here: letter 1.").not_see("Put letter 1 aside")


def test_what_was_written_of_withdrawn_words_is_not_counted_as_of_those_that_stand():
    keeper = made.a_keeper()
    seat = two_booklets(keeper)
    say_issues(seat, [1], by=keeper, at=hour(4))

    written = {1: Written(answers(seat, NO)), 2: Written(answers(seat))}
    type_in(seat, written, has_promised=True, by=keeper, at=hour(4))
    hand_in_paper(seat, by=keeper, at=hour(4))
    close_marks(seat.meeting, by=keeper, at=hour(5))

    assert [each.letter.position for each in Reading.objects.all()] == [2]


def test_both_booklets_that_came_back_answer_for_all_letters():
    keeper = made.a_keeper()
    seat = two_booklets(keeper)
    say_issues(seat, [1, 2], by=keeper, at=hour(4))
    type_in(seat, {2: Written(answers(seat))}, has_promised=True, by=keeper, at=hour(4))

    with pytest.raises(PanelRefused, match="number 1"):
        hand_in_paper(seat, by=keeper, at=hour(4))


def test_a_booklet_named_by_mistake_takes_away_what_was_typed_of_other_words():
    keeper = made.a_keeper()
    seat = two_booklets(keeper)
    say_issues(seat, [2], by=keeper, at=hour(4))
    written = {at: Written(answers(seat)) for at in (1, 2)}
    type_in(seat, written, has_promised=True, by=keeper, at=hour(4))

    say_issues(seat, [1], by=keeper, at=hour(5))

    assert [each.letter.position for each in Reading.objects.all()] == [2]
    event = Event.objects.filter(name="pack.booklets_came_back").latest("sequence")
    assert event.detail["issues"] == [1]
    assert event.detail["taken_away"] == [seat.meeting.letters.get(position=1).pk]


def test_nothing_is_typed_before_it_is_said_and_another_booklet_asks_anew():
    keeper = made.a_keeper()
    seat = two_booklets(keeper)
    with pytest.raises(PanelRefused, match="Say first which of them came back"):
        type_in(seat, {2: Written(answers(seat))}, has_promised=True, by=keeper, at=hour(4))
    with pytest.raises(PanelRefused, match="Tick which booklet"):
        say_issues(seat, [3], by=keeper, at=hour(4))

    say_issues(seat, [1], by=keeper, at=hour(4))
    note_printed(seat, [1, 2], by=keeper, at=hour(5))

    seat.refresh_from_db()
    assert seat.issues_read is None


def test_another_booklet_can_come_back_after_the_first_was_handed_in():
    keeper = made.a_keeper()
    seat = two_booklets(keeper)
    say_issues(seat, [1], by=keeper, at=hour(4))
    type_in(seat, {2: Written(answers(seat))}, has_promised=True, by=keeper, at=hour(4))
    hand_in_paper(seat, by=keeper, at=hour(4))

    with time_machine.travel(hour(5), tick=True):
        meeting = as_(keeper).open(f"/panel/meetings/{seat.meeting_id}/")
        asked = meeting.follow(f"Another booklet came back from {seat.member}")
        asked.press("Go on to type in", issues=["1", "2"]).see("Put letter 1 aside").not_see(
            "Put letter 2 aside"
        )


def test_where_all_booklets_hold_the_same_words_nothing_is_asked():
    keeper = made.a_keeper()
    seat = a_seat(keeper)
    for moment in (hour(0), hour(1)):
        note_printed(seat, [1, 2], by=keeper, at=moment)

    with time_machine.travel(hour(2), tick=True):
        page = as_(keeper).open(f"/panel/meetings/{seat.meeting_id}/paper/1/booklets/")

    page.see("Type in the answers of").not_see("Which booklets")


def test_what_the_member_answered_on_the_screen_stays_whichever_booklet_came_back():
    keeper = made.a_keeper()
    seat = sittings.declared(two_booklets(keeper))
    letter = seat.meeting.letters.get(position=1)
    keep_reading(seat, letter, answers(seat), "My own words.", by=seat.member, at=hour(4))

    with time_machine.travel(hour(5), tick=True):
        page = as_(keeper).open(f"/panel/meetings/{seat.meeting_id}/")
        page = page.follow(f"Take over to paper: {seat.member}")
        page = page.press("Take over to paper", answers="STAND", on_their_word="on")
        page.see("Which booklets of").press("Go on to type in", issues=["1"])

    assert Reading.objects.get().remark == "My own words."
    event = Event.objects.filter(name="pack.booklets_came_back").latest("sequence")
    assert event.detail["taken_away"] == []


def test_what_was_typed_over_an_answer_on_the_screen_gives_that_back():
    keeper = made.a_keeper()
    seat = sittings.declared(two_booklets(keeper))
    letter = seat.meeting.letters.get(position=1)
    mine = keep_reading(seat, letter, answers(seat), "My own words.", by=seat.member, at=hour(4))
    take_over_to_paper(seat, keeps_answers=True, on_their_word=True, by=keeper, at=hour(4))
    say_issues(seat, [2], by=keeper, at=hour(5))
    for remark in ("Typed.", "Typed anew."):
        written = {1: Written(answers(seat, NO), remark)}
        type_in(seat, written, has_promised=True, by=keeper, at=hour(5))

    say_issues(seat, [1], by=keeper, at=hour(6))

    stands = Reading.objects.get()
    assert (stands.answers, stands.remark) == (answers(seat), "My own words.")
    assert (stands.saved_at, stands.sha256) == (mine.saved_at, mine.sha256)


def test_a_booklet_named_by_mistake_is_put_right_after_handing_in_too():
    keeper = made.a_keeper()
    seat = two_booklets(keeper)
    say_issues(seat, [2], by=keeper, at=hour(4))
    written = {at: Written(answers(seat)) for at in (1, 2)}
    type_in(seat, written, has_promised=True, by=keeper, at=hour(4))
    hand_in_paper(seat, by=keeper, at=hour(4))

    with time_machine.travel(hour(5), tick=True):
        meeting = as_(keeper).open(f"/panel/meetings/{seat.meeting_id}/")
        asked = meeting.follow(f"Another booklet came back from {seat.member}")
        done = asked.press("Go on to type in", issues=["1"])

    done.see("these booklets ask for nothing more", "is taken away").not_see("stay as they are")
    assert [each.letter.position for each in Reading.objects.all()] == [2]
    seat.refresh_from_db()
    assert seat.handed_in_at
