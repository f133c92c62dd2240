"""An empty page kept is no answer, and who gives the screen up is taken over to paper."""

import pytest
import time_machine

from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.panels.models import Reading, Recognition, Seat
from forthright.panels.selectors.handing_in import not_handed_in
from forthright.panels.services.meeting import PanelRefused, close_marks
from forthright.panels.services.paper import take_over_to_paper
from forthright.panels.services.reading import keep_reading
from forthright.panels.services.recognising import put_aside_on_their_word
from forthright.rules.panel_questions import YES
from forthright.web import clock
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def a_seat(**meeting) -> Seat:
    """Return the seat of a member who has promised on the screen."""
    seats = sittings.opened(**meeting).seats.select_related("meeting__area", "member")
    return sittings.declared(seats.get())


def begun(seat: Seat) -> Seat:
    letter = seat.meeting.letters.get(position=1)
    key = seat.meeting.questions[0][0]
    keep_reading(seat, letter, {key: YES}, "My own words.", by=seat.member, at=given.NOON)
    return seat


def taken_over(seat: Seat, *, by=None, **how) -> Seat:
    how = {"keeps_answers": True, "on_their_word": True} | how
    return take_over_to_paper(seat, by=by or made.a_keeper(), at=given.NOON, **how)


def an_empty_reading(seat: Seat) -> Reading:
    """Return a reading as empty pages were kept before."""
    letter = seat.meeting.letters.get(position=1)
    return Reading.objects.create(seat=seat, letter=letter, saved_at=given.NOON)


def test_an_empty_page_keeps_nothing_and_says_so():
    seat = a_seat()
    page = as_(seat.member).open(f"/panel/packs/{seat.pk}/letters/1/")

    onwards = page.press("Keep and go on")

    onwards.see("Nothing is ticked yet in letter 1: 0 of 6 questions answered. Nothing was kept.")
    onwards.see("Letter 2").not_see("Your answers to letter 1 are kept")
    assert not Reading.objects.exists()
    assert not Event.objects.filter(name="pack.letter_answered").exists()


def test_an_empty_page_from_before_is_not_said_to_be_lost():
    ada, ben, keeper = sittings.a_member(), sittings.a_member(), made.a_keeper()
    meeting = sittings.opened(ada, ben, by=keeper)
    seat = sittings.declared(meeting.seats.get(member=ada))
    an_empty_reading(seat)
    sittings.handed_in(meeting.seats.get(member=ben))
    sittings.closed_without_others(meeting, by=keeper)

    page = as_(ada).open(f"/panel/packs/{seat.pk}/")

    page.see("nothing of yours is counted").not_see("what you answered is not counted")


def test_a_remark_that_is_taken_back_is_kept_as_nothing_said():
    seat = a_seat()
    letter = seat.meeting.letters.get(position=1)
    keep_reading(seat, letter, {}, "Cold words.", by=seat.member, at=given.NOON)

    kept = keep_reading(seat, letter, {}, "", by=seat.member, at=given.NOON)

    assert kept is not None
    assert (kept.answers, kept.remark) == ({}, "")


@pytest.mark.parametrize(("made_empty", "says"), [(an_empty_reading, False), (begun, True)])
def test_only_what_says_something_is_an_answer_on_the_screen(made_empty, says):
    seat, keeper = a_seat(), as_(made.a_keeper())
    made_empty(seat)

    meeting = keeper.open(f"/panel/meetings/{seat.meeting_id}/")

    assert bool([each for each in meeting.links if "Type in from paper" in each]) is not says
    assert bool([each for each in meeting.links if "Take over to paper" in each]) is says
    assert [each.has_answered for each in not_handed_in(seat.meeting, clock.today())] == [says]


@pytest.mark.parametrize(("answers", "left"), [("STAND", 1), ("TAKEN_AWAY", 0)])
def test_a_member_is_taken_over_to_paper_with_their_word(answers, left):
    seat, person = begun(a_seat()), made.a_keeper()
    page = as_(person).open(f"/panel/meetings/{seat.meeting_id}/")

    asked = page.follow(f"Take over to paper: {seat.member}").not_see("My own words.")
    asked.press("Take over to paper", answers=answers).see("Tick that they told you so")
    sheet = asked.press("Take over to paper", answers=answers, on_their_word="on")

    sheet.see(f"Type in the answers of {seat.member}")
    seat.refresh_from_db()
    assert seat.typed_by == person
    assert Reading.objects.count() == left
    event = Event.objects.get(name="pack.taken_over_to_paper")
    assert event.by == person
    assert len(event.detail["taken_away"]) == 1 - left
    as_(seat.member).open(f"/panel/packs/{seat.pk}/").see("types them in for you")


def test_nobody_is_taken_over_without_their_word():
    with pytest.raises(PanelRefused, match="told you so"):
        taken_over(begun(a_seat()), on_their_word=False)


def test_nobody_is_taken_over_who_answered_nothing_or_handed_in():
    seat = a_seat()
    with pytest.raises(PanelRefused, match="answered nothing on the screen"):
        taken_over(seat)

    sittings.handed_in(seat)

    with pytest.raises(PanelRefused, match="handed in"):
        taken_over(seat)


def test_only_who_keeps_the_panel_takes_a_member_over():
    seat = begun(a_seat())

    with pytest.raises(NotAllowed):
        taken_over(seat, by=seat.member)


def test_a_member_taken_over_can_be_given_back_and_keeps_their_promise():
    seat = taken_over(begun(a_seat()))
    page = as_(made.a_keeper()).open(f"/panel/meetings/{seat.meeting_id}/paper/1/give-back/")

    page.press("Let them answer on the screen", whose="THEIRS").see("answers on the screen again")

    seat.refresh_from_db()
    assert seat.typed_by is None
    assert seat.declared_at


def test_a_letter_is_put_aside_on_the_word_of_who_answers_on_the_screen():
    seat, keeper = begun(a_seat()), as_(made.a_keeper())
    page = keeper.open(f"/panel/meetings/{seat.meeting_id}/")

    asked = page.follow(f"Put a letter aside for {seat.member}").follow("Put letter 2 aside")
    asked.press("Put it aside", how="EVENT").see("Letter 2: put aside")

    assert Recognition.objects.get().letter.position == 2
    as_(seat.member).open(f"/panel/packs/{seat.pk}/").see("Letter 2: put aside on your word")


def test_a_letter_is_put_aside_while_it_is_read_also_once_the_marks_are_closed():
    seat, keeper = a_seat(), made.a_keeper()
    sittings.handed_in(seat)
    close_marks(seat.meeting, by=keeper, at=given.NOON)
    letter = seat.meeting.letters.get(position=1)

    assert put_aside_on_their_word(seat, letter, "EVENT", by=keeper, at=given.NOON)

    with pytest.raises(PanelRefused, match="closed to them"):
        put_aside_on_their_word(seat, letter, "EVENT", by=keeper, at=given.at("2026-10-21 10:00"))
