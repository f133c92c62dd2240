import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.panels.models import Reading, Seat
from forthright.panels.selectors.meetings import anonymised_of, readings_of
from forthright.panels.services.meeting import PanelRefused, close_marks
from forthright.panels.services.paper import Written, hand_in_paper, stamp_of, type_in
from forthright.panels.services.reading import hand_in, keep_reading
from forthright.panels.services.withdrawing import withdraw_letter
from forthright.rules.panel_questions import NO, YES
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.panels import made, sittings

HAND_IN = "I read it against the paper: hand in"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def a_seat(**meeting) -> Seat:
    """Return the seat of a member who reads on paper."""
    return sittings.opened(**meeting).seats.select_related("meeting__area", "member").get()


def everything(seat: Seat, answer: str = YES, remark: str = "") -> dict[int, Written]:
    keys = [key for key, _ in seat.meeting.questions]
    return {each.position: Written(dict.fromkeys(keys, answer), remark)
            for each in seat.meeting.letters.all()}  # fmt: skip


def typed(seat: Seat, written=None, *, by=None, **how) -> Seat:
    how = {"has_promised": True} | how
    written = everything(seat) if written is None else written
    return type_in(seat, written, by=by or made.a_keeper(), at=given.NOON, **how)


def address(seat: Seat) -> str:
    return f"/panel/meetings/{seat.meeting_id}/paper/{seat.number}/"


def the_form(seat: Seat, answer: str = YES, **more) -> dict[str, str]:
    said = {"opened": stamp_of(seat), "has_promised": "on"}
    for letter in seat.meeting.letters.all():
        said |= {f"answer-{letter.position}-{key}": answer for key, _ in seat.meeting.questions}
    return said | more


def test_what_was_written_on_paper_counts_as_what_is_answered_on_the_screen():
    seat, keeper = a_seat(), made.a_keeper()

    typed(seat, everything(seat, NO, "No name of an officer to ring."), by=keeper)
    handed = hand_in_paper(seat, by=keeper, at=given.NOON)
    close_marks(seat.meeting, by=keeper, at=given.NOON)

    seat.meeting.refresh_from_db()
    said = readings_of(seat.meeting)
    assert handed.handed_in_at == given.NOON
    assert handed.typed_by == keeper
    assert {answer for each in said for answer in each.answers.values()} == {NO}
    assert said[0].remark == "No name of an officer to ring."


def test_what_was_typed_is_in_the_record_without_its_answers():
    seat, keeper = a_seat(), made.a_keeper()

    typed(seat, everything(seat, YES, "Mrs Osei would weep."), by=keeper)

    event = Event.objects.filter(name="pack.paper_typed").get()
    assert event.by == keeper
    assert len(event.detail["letters"]) == 2
    assert "Osei" not in str(event.detail)


def test_only_letters_that_changed_are_told_of():
    seat = a_seat()
    written = everything(seat)
    typed(seat, written)

    typed(seat, written | {2: Written(written[2].answers, "Kind.")})

    assert (
        len(Event.objects.filter(name="pack.paper_typed").latest("sequence").detail["letters"]) == 1
    )


def test_no_answer_counts_without_the_promise():
    seat = a_seat()

    with pytest.raises(PanelRefused, match="signed it on their booklet"):
        typed(seat, has_promised=False)

    assert not Reading.objects.exists()


def test_a_member_who_began_on_the_screen_is_not_typed_in_for_and_not_read():
    seat = sittings.declared(a_seat())
    letter = seat.meeting.letters.get(position=1)
    keep_reading(seat, letter, {}, "My own words.", by=seat.member, at=given.NOON)

    with pytest.raises(PanelRefused, match="on the screen"):
        typed(seat)
    keeper = as_(made.a_keeper())

    page = keeper.open(address(seat))
    meeting = keeper.open(f"/panel/meetings/{seat.meeting_id}/")

    assert "My own words." not in page.text
    assert "has begun to answer on the screen" in page.text
    assert not [each for each in meeting.links if "Type in from paper" in each]


def test_once_paper_is_typed_in_the_member_answers_no_more_on_the_screen():
    seat = typed(a_seat())
    letter = seat.meeting.letters.get(position=1)

    with pytest.raises(PanelRefused, match="typed in for you by"):
        keep_reading(seat, letter, {}, "Other words.", by=seat.member, at=given.NOON)
    with pytest.raises(PanelRefused, match="typed in for you by"):
        hand_in(seat, by=seat.member, at=given.NOON)


def test_the_member_sees_what_was_typed_for_them_and_by_whom():
    seat = typed(a_seat(), by=made.a_keeper())
    member = as_(seat.member)

    member.open(f"/panel/packs/{seat.pk}/").see(f"{seat.typed_by} types them in for you").not_see(
        "Hand in my answers"
    )
    member.open(f"/panel/packs/{seat.pk}/letters/1/").see("typed in from your paper").not_see(
        "Keep and go on"
    )


def test_a_letter_left_empty_keeps_the_paper_from_being_handed_in():
    seat, keeper = a_seat(), made.a_keeper()
    written = everything(seat)
    typed(seat, {1: written[1]}, by=keeper)

    with pytest.raises(PanelRefused, match=r"1 letter still has .* \(number 2\)"):
        hand_in_paper(seat, by=keeper, at=given.NOON)


def test_nothing_is_handed_in_that_was_not_typed():
    with pytest.raises(PanelRefused, match="Nothing was typed in yet"):
        hand_in_paper(a_seat(), by=made.a_keeper(), at=given.NOON)


def test_a_letter_withdrawn_after_the_booklet_was_printed_is_not_asked_for():
    seat, keeper = a_seat(), made.a_keeper()
    gone = anonymised_of(seat.meeting.letters.get(position=2))
    withdraw_letter(gone, "The village can be told from it", by=keeper, at=given.NOON)

    typed(seat, {1: everything(seat)[1]}, by=keeper)

    assert hand_in_paper(seat, by=keeper, at=given.NOON).handed_in_at


def test_an_answer_that_is_not_offered_is_refused_and_nothing_is_kept():
    seat = a_seat()
    key = seat.meeting.questions[0][0]

    with pytest.raises(PanelRefused, match="Choose one of the answers"):
        typed(seat, everything(seat) | {2: Written({key: "PERHAPS"})})

    assert not Reading.objects.exists()


@pytest.mark.parametrize(
    "act", [typed, lambda seat: hand_in_paper(seat, by=made.a_keeper(), at=given.NOON)]
)
def test_closed_marks_take_no_more_paper(act):
    reader, on_paper = sittings.a_member(), sittings.a_member()
    meeting = sittings.opened(reader, on_paper)
    sittings.handed_in(meeting.seats.get(member=reader))
    sittings.closed_without_others(meeting)

    with pytest.raises(PanelRefused, match="marks of this meeting are closed"):
        act(meeting.seats.select_related("meeting__area", "member").get(member=on_paper))


def test_nobody_types_in_for_the_panel_of_another_area():
    elsewhere = given.a_person(Role.LEGAL_MANAGER, area=given.an_area("Elsewhere"))

    with pytest.raises(NotAllowed):
        typed(a_seat(), by=elsewhere)


def test_of_two_who_type_at_once_the_second_is_told_and_overwrites_nothing():
    seat, first = a_seat(), made.a_keeper()
    opened = stamp_of(seat)
    typed(seat, everything(seat, NO), by=first, opened=opened)

    with pytest.raises(ChangedMeanwhile, match=str(first)):
        typed(seat, everything(seat, YES), opened=opened)
    page = as_(made.a_keeper()).post(address(seat), **the_form(seat, opened=opened))

    page.see("Letter 1, question 1: now it says “No”")
    assert {v for each in Reading.objects.all() for v in each.answers.values()} == {NO}


def test_the_page_keeps_a_part_and_hands_in_the_whole():
    seat = a_seat()
    keeper = as_(made.a_keeper())
    key = seat.meeting.questions[-1][0]
    page = keeper.open(f"/panel/meetings/{seat.meeting_id}/")

    sheet = page.follow(f"Type in from paper for {seat.member}")
    part = sheet.press(HAND_IN, **the_form(seat, **{f"answer-2-{key}": ""}))
    whole = part.press(HAND_IN, **{f"answer-2-{key}": YES})

    part.see("Kept, but not handed in.", "number 2")
    whole.see("Handed in for", "on paper, typed in by")


def test_a_seat_that_is_not_there_is_not_found():
    seat = a_seat()

    as_(made.a_keeper()).open(f"/panel/meetings/{seat.meeting_id}/paper/9/", status=404)
