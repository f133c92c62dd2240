"""After the last day of a panel, whose booklets are out is said until each is accounted for."""

from datetime import date

import pytest
import time_machine
from django.db.models import QuerySet

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.panels.models import BookletSaid, Meeting, Seat
from forthright.panels.selectors.booklets import booklets_out
from forthright.panels.services.booklets import Became, say_of_booklet
from forthright.panels.services.changing import cancel_meeting
from forthright.panels.services.meeting import PanelRefused
from forthright.panels.services.paper import Written, hand_in_paper, note_printed, type_in
from forthright.panels.services.reading import note_pack_taken
from forthright.panels.services.seating import end_seat
from forthright.rules.panel_questions import YES
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
LAST_DAY, AFTER = date(2026, 10, 20), date(2026, 10, 21)
HOW = "She shredded it and told me on the telephone"


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def two_with_booklets():
    """Return a meeting with two members who read on paper and one who took a file."""
    keeper, with_file = made.a_keeper(), sittings.a_member()
    meeting = sittings.opened(sittings.a_member(), sittings.a_member(), with_file, by=keeper)
    first, second, third = meeting.seats.select_related("meeting__area", "member")
    note_pack_taken(third, "file", by=with_file, at=given.NOON)
    for seat in (first, second):
        note_printed(seat, [1, 2], by=keeper, at=given.NOON)
    return meeting, keeper, first, second


def out(meeting, day):
    meeting = Meeting.objects.get(pk=meeting.pk)
    return [
        (each.seat.number, each.issue.number)
        for _, booklets in booklets_out([meeting], day)
        for each in booklets
    ]


def test_whose_booklets_are_out_is_said_from_the_day_after_the_last_until_each_is_said():
    _, keeper, first, second = two_with_booklets()
    other = made.a_keeper()
    as_(other).open("/").not_see("to get back")

    with time_machine.travel(given.at("2026-10-21 10:00"), tick=True):
        page = as_(other).open("/").see(
            "Panel 1: 2 booklets to get back", f"{first.member} (issue 1)",
            f"{second.member} (issue 1)",
        )  # fmt: skip
        page = page.follow("Panel 1: 2 booklets to get back")
        page.see("1 of 3 members took the letters out as a file", "nobody said yet that it is back")
        page = page.follow(f"Say what became of it: issue 1 of {first.member}")
        page = page.press("Keep", what="BACK").see("Kept, of issue 1", "It is back, ")
        as_(keeper).open("/").see("Panel 1: 1 booklet to get back").not_see("2 booklets")
        page = page.follow(f"Say what became of it: issue 1 of {second.member}")
        page = page.press("Keep", what="DESTROYED").see("how you know that it was destroyed")
        page.press("Keep", what="DESTROYED", because=HOW).see(HOW)
        as_(other).open("/").not_see("to get back")

    details = [each.detail for each in Event.objects.filter(name="pack.booklet_said")]
    assert [each["what"] for each in details] == ["BACK", "DESTROYED"]
    assert HOW not in str(details)


def test_a_booklet_is_to_be_back_on_no_day_on_which_the_pack_is_read():
    meeting, _, _, _ = two_with_booklets()

    assert out(meeting, LAST_DAY) == []
    assert out(meeting, AFTER) == [(1, 1), (2, 1)]


def test_it_is_asked_for_at_once_where_the_meeting_is_called_off_or_the_seat_ended():
    meeting, keeper, first, _ = two_with_booklets()
    end_seat(first, "They moved away", given.NOON.date(), by=keeper, at=given.NOON)
    assert out(meeting, given.NOON.date()) == [(1, 1)]

    cancel_meeting(meeting, "The room is flooded that day", by=keeper, at=given.NOON)
    assert out(meeting, given.NOON.date()) == [(1, 1), (2, 1)]


def test_what_was_typed_in_from_the_only_booklet_and_handed_in_is_back():
    meeting, keeper, first, second = two_with_booklets()
    sheet = {key: YES for key, _ in meeting.questions}
    for seat in (first, second):
        written = {1: Written(sheet), 2: Written(sheet)}
        type_in(seat, written, has_promised=True, by=keeper, at=given.NOON)
    hand_in_paper(first, by=keeper, at=given.NOON)

    assert out(meeting, AFTER) == [(2, 1)]
    as_(keeper).open(f"/panel/meetings/{meeting.pk}/").see("Its answers were typed in, so it is")
    say_of_booklet(first, 1, Became("OUT", "I mixed them up"), by=keeper, at=given.NOON)
    assert out(meeting, AFTER) == [(1, 1), (2, 1)]


def paper_of(meeting, seat):
    return f"/panel/meetings/{meeting.pk}/paper/{seat.number}/"


def test_whoever_types_in_says_in_the_same_form_where_the_booklet_is_and_is_not_asked_again():
    meeting, keeper, first, second = two_with_booklets()
    answered = {f"answer-{letter}-{key}": YES for letter in (1, 2) for key, _ in meeting.questions}
    page = as_(keeper).open(paper_of(meeting, first)).see("Where is the booklet? Issue 1, printed")

    page = page.press("I read it against the paper: hand in", has_promised="on", **answered,
                      **{"became-1": "DESTROYED"})  # fmt: skip
    page.see("how you know that it was destroyed")
    assert not first.readings.exists()
    page.press("I read it against the paper: hand in",
               **{"because-1": HOW}).see("Handed in for")  # fmt: skip
    page = as_(keeper).open(paper_of(meeting, second))
    page = page.press("Keep and go on later", has_promised="on", **answered, **{"became-1": "BACK"})
    page.see("Kept. You can go on later").not_see("Where is the booklet?")

    assert out(meeting, AFTER) == []
    said = BookletSaid.objects.order_by("pk").values_list("what", "known_because")
    assert list(said) == [("DESTROYED", HOW), ("BACK", "")]
    details = [each.detail for each in Event.objects.filter(name="pack.booklet_said")]
    assert HOW not in str(details)


def test_where_nothing_is_chosen_of_the_booklet_its_page_asks_later():
    meeting, keeper, first, _ = two_with_booklets()
    key = meeting.questions[0][0]
    page = as_(keeper).open(paper_of(meeting, first))

    page.press("Keep and go on later", has_promised="on", **{f"answer-1-{key}": YES}).see("Kept.")

    assert not BookletSaid.objects.exists()
    assert out(meeting, AFTER) == [(1, 1), (2, 1)]


def test_what_was_said_of_a_booklet_while_it_was_typed_in_is_shown_and_nothing_is_lost():
    meeting, keeper, first, _ = two_with_booklets()
    key = meeting.questions[0][0]
    page = as_(keeper).open(paper_of(meeting, first))
    say_of_booklet(first, 1, Became("NOT_COMING", "Lost in the post"), by=keeper, at=given.NOON)

    typed = {f"answer-1-{key}": YES, "became-1": "BACK"}
    page = page.press("Keep and go on later", has_promised="on", **typed)
    page.see("Since you opened the page something else was said of this booklet", "Lost in the")
    assert not first.readings.exists()
    page.press("Keep and go on later").see("Kept. You can go on later")

    assert first.readings.get().answers == {key: YES}
    assert BookletSaid.objects.last().what == "BACK"


def test_of_one_that_was_not_to_come_it_is_said_that_its_answers_were_typed_in_all_the_same():
    meeting, keeper, first, _ = two_with_booklets()
    lost, here = Became("NOT_COMING", "It was lost in the post"), f"/panel/meetings/{meeting.pk}/"
    say_of_booklet(first, 1, lost, by=keeper, at=given.NOON)
    as_(keeper).open(here).see("It does not come back").not_see("Its answers were typed in")

    sheet = {key: YES for key, _ in meeting.questions}
    written = {1: Written(sheet), 2: Written(sheet)}
    type_in(first, written, has_promised=True, by=keeper, at=given.NOON)
    hand_in_paper(first, by=keeper, at=given.NOON)

    as_(keeper).open(here).see("Its answers were typed in. It does not come back, ")


def test_each_of_two_booklets_of_one_member_is_asked_for():
    meeting, keeper, first, _ = two_with_booklets()
    note_printed(first, [1, 2], by=keeper, at=given.NOON)
    say_of_booklet(
        first, 1, Became("NOT_COMING", "It was lost in the post"), by=keeper, at=given.NOON
    )

    assert out(meeting, AFTER) == [(1, 2), (2, 1)]


def test_what_was_said_by_mistake_is_said_anew_and_stays_in_the_record():
    meeting, keeper, first, _ = two_with_booklets()
    for _ in range(2):
        say_of_booklet(first, 1, Became("BACK"), by=keeper, at=given.NOON)
    assert BookletSaid.objects.count() == 1
    say_of_booklet(first, 1, Became("OUT", "It was another’s"), by=keeper, at=given.NOON)

    assert (1, 1) in out(meeting, AFTER)
    assert BookletSaid.objects.count() == 2


def test_nothing_is_said_of_what_was_never_printed_or_without_why_or_by_who_keeps_no_panel():
    meeting, keeper, first, _ = two_with_booklets()
    for issue, what, because in (
        (2, "BACK", ""), (1, "LOST", ""), (1, "NOT_COMING", "."), (1, "OUT", "It is out"),
    ):  # fmt: skip
        with pytest.raises(PanelRefused):
            say_of_booklet(first, issue, Became(what, because), by=keeper, at=given.NOON)
    with pytest.raises(NotAllowed):
        spoc = given.a_person(Role.LEGAL_SPOC, unit=made.a_unit())
        say_of_booklet(first, 1, Became("BACK"), by=spoc, at=given.NOON)

    address = f"/panel/meetings/{meeting.pk}/booklets/1/2/back/"
    assert as_(keeper).client.get(address).status_code == 404
    assert not BookletSaid.objects.exists()


def test_the_seat_and_its_meeting_are_held_together_as_by_all_that_is_done_to_a_seat(monkeypatch):
    _, keeper, first, _ = two_with_booklets()
    held, hold = [], QuerySet.select_for_update

    def noted(rows, **named):
        held.append((rows.model, named.get("of")))
        return hold(rows, **named)

    monkeypatch.setattr(QuerySet, "select_for_update", noted)
    say_of_booklet(first, 1, Became("BACK"), by=keeper, at=given.NOON)

    # A meeting held by itself before its seat waits for whoever holds the seat and asks for it.
    assert held[0] == (Seat, ("self", "meeting"))
    assert Meeting not in [model for model, _ in held]


def test_of_two_who_say_it_at_once_the_second_is_shown_what_the_first_said():
    meeting, keeper, first, _ = two_with_booklets()
    page = as_(keeper).open(f"/panel/meetings/{meeting.pk}/booklets/1/1/back/")
    other = made.a_keeper()
    say_of_booklet(
        first, 1, Became("NOT_COMING", "It was lost in the post"), by=other, at=given.NOON
    )

    page = page.press("Keep", what="BACK").see(
        "Since you opened the page something else was said", "It was lost in the post", str(other)
    )
    assert BookletSaid.objects.count() == 1
    page.press("Keep", what="BACK").see("Kept, of issue 1")
    with pytest.raises(ChangedMeanwhile):
        say_of_booklet(first, 1, Became("BACK", opened="none"), by=keeper, at=given.NOON)


def test_however_many_panels_there_were_it_asks_alike_often(count_queries):
    meeting, keeper, first, _ = two_with_booklets()
    with count_queries() as few:
        booklets_out([Meeting.objects.get(pk=meeting.pk)], AFTER)
    for _ in range(3):
        note_printed(first, [1, 2], by=keeper, at=given.NOON)
    with count_queries() as many:
        booklets_out([Meeting.objects.get(pk=meeting.pk)], AFTER)

    assert len(many) == len(few)
