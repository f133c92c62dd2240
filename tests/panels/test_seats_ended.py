"""Whoever keeps the panel ends a member's seat: from that day nothing of it opens for them."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import transaction

from forthright.accounts.models import Role
from forthright.accounts.policies import NotAllowed
from forthright.audit.models import Event
from forthright.panels.models import Meeting, Reading
from forthright.panels.selectors.meetings import readings_of
from forthright.panels.services.changing import cancel_meeting
from forthright.panels.services.meeting import PanelRefused, close_marks, publish_note
from forthright.panels.services.paper import Written, type_in
from forthright.panels.services.reading import declare, hand_in, keep_reading, open_letter
from forthright.panels.services.recognising import put_aside
from forthright.panels.services.seating import end_seat
from forthright.rules.panel_questions import YES
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
NOON = given.NOON
TODAY = NOON.date()
WHY = "They moved away and read no longer."
PAGES = ("", "promise/", "hand-in/", "file/", "invitation/", "letters/1/", "letters/1/put-aside/")
POSTED = ("promise/", "hand-in/")


@pytest.fixture(autouse=True)
def _a_monday():
    with time_machine.travel(NOON, tick=True):
        yield


def seats(*, members=2):
    """Return the seats of a meeting whose members have promised."""
    meeting = sittings.opened(*(sittings.a_member() for _ in range(members)))
    return [sittings.declared(each) for each in meeting.seats.order_by("number")]


def ended(seat, on=TODAY, why=WHY):
    return end_seat(seat, why, on, by=made.a_keeper(), at=NOON)


def reached(seat):
    """Return with what each address of a member's pack answers them."""
    browser = as_(seat.member)
    return {
        rest: browser.try_("POST" if rest in POSTED else "GET", f"/panel/packs/{seat.pk}/{rest}")
        for rest in PAGES
    }


def answers(seat):
    return {key: YES for key, _ in seat.meeting.questions}


def boxes(day: date) -> dict[str, int]:
    return {"day_day": day.day, "day_month": day.month, "day_year": day.year}


def page_of(seat):
    return f"/panel/meetings/{seat.meeting_id}/"


def test_a_seat_is_ended_on_the_page_with_a_reason_and_a_day():
    one, other = seats()
    browser = as_(made.a_keeper())
    page = browser.open(page_of(one)).follow(f"End the seat of {one.member}")
    page.see("has handed in nothing")
    page.follow("Cancel").see("Members")

    refused = page.press("End this seat", reason="no", **boxes(TODAY))
    assert refused.errors
    kept = refused.press("End this seat", reason=WHY, **boxes(TODAY))

    kept.see(f"The seat of {one.member} ends on Monday 5 October 2026", "Their seat ended", WHY)
    assert "Booklet to print for " + str(one.member) not in kept.links
    assert "Booklet to print for " + str(other.member) in kept.links
    one.refresh_from_db()
    assert (one.ends_on, one.ends_because) == (TODAY, WHY)
    [event] = Event.objects.filter(name="panel.seat_ended")
    assert WHY not in str(event.detail)
    assert event.detail["was_handed_in"] is False


def test_from_that_day_the_member_reaches_nothing_of_it_and_is_told_why_not():
    one, other = seats()
    assert set(reached(one).values()) <= {200, 302}
    ended(one)

    assert set(reached(one).values()) == {403}
    browser = as_(one.member)
    browser.open(f"/panel/packs/{one.pk}/", status=403).see("Your seat at this panel ended")
    browser.open("/panel/packs/").not_see("Panel of Tuesday 20 October 2026")
    browser.open("/").not_see("Letters to read for the panel of")
    assert as_(other.member).try_("GET", f"/panel/packs/{other.pk}/letters/1/") == 200
    as_(other.member).open("/").see("Letters to read for the panel of")


def test_until_a_day_that_is_to_come_they_read_on():
    [seat] = seats(members=1)
    ended(seat, on=TODAY + timedelta(days=2))

    as_(seat.member).open(f"/panel/packs/{seat.pk}/letters/1/").see("Dear")
    as_(made.a_keeper()).open(page_of(seat)).see("ends on Wednesday 7 October 2026", WHY)
    with time_machine.travel(NOON + timedelta(days=2), tick=True):
        assert set(reached(seat).values()) == {403}


def test_what_a_member_does_in_the_same_minute_is_refused_once_the_seat_is_ended():
    [seat] = seats(members=1)
    letter = seat.meeting.letters.get(position=1)
    ended(seat)
    acts = [
        lambda: declare(seat, by=seat.member, at=NOON),
        lambda: open_letter(seat, letter, by=seat.member, at=NOON),
        lambda: keep_reading(seat, letter, answers(seat), "", by=seat.member, at=NOON),
        lambda: put_aside(seat, letter, "EVENT", by=seat.member, at=NOON),
        lambda: hand_in(seat, by=seat.member, at=NOON),
    ]

    for act in acts:
        with pytest.raises(NotAllowed, match="Your seat at this panel ended"), transaction.atomic():
            act()
    assert not Reading.objects.exists()


def test_marks_that_were_handed_in_stay_and_are_counted():
    one, other = seats()
    sittings.handed_in(one)
    sittings.handed_in(other)
    keeper = made.a_keeper()
    as_(keeper).open(f"{page_of(one)}seats/{one.number}/end/").see("What they handed in stays")
    ended(one)

    meeting = close_marks(one.meeting, by=keeper, at=NOON)

    assert {each.seat_id for each in readings_of(meeting)} == {one.pk, other.pk}
    note = as_(keeper).open(f"/panel/meetings/{meeting.pk}/note/")
    note.see("answered by 2 members", "1 of 2 seats was ended before the marks were closed")
    as_(keeper).open(page_of(one)).see("handed in", "What was handed in before stays")


def test_answers_begun_and_not_handed_in_are_not_counted_and_hold_up_nothing():
    one, other = seats()
    sittings.handed_in(other)
    for letter in one.meeting.letters.all():
        keep_reading(one, letter, answers(one), "", by=one.member, at=NOON)
    keeper = made.a_keeper()
    as_(keeper).open(f"{page_of(one)}seats/{one.number}/end/").see("not handed in", "not counted")
    ended(one)
    as_(keeper).open(page_of(one)).not_see("Close without the answers of")

    meeting = close_marks(one.meeting, by=keeper, at=NOON)

    assert {each.seat_id for each in readings_of(meeting)} == {other.pk}
    assert Event.objects.get(name="panel.closed").detail["without"] == [one.pk]


def test_nothing_is_printed_or_typed_in_for_an_ended_seat():
    [seat] = seats(members=1)
    ended(seat)
    keeper = as_(made.a_keeper())

    keeper.open(f"{page_of(seat)}booklets/1/", status=403).see("seat is ended")
    with pytest.raises(PanelRefused, match="seat is ended"):
        type_in(seat, {1: Written(answers(seat))}, has_promised=True, by=made.a_keeper(), at=NOON)
    keeper.open(f"{page_of(seat)}paper/1/").see("seat is ended")


@pytest.mark.parametrize(
    ("on", "says"),
    [(TODAY - timedelta(days=1), "a day that is over"),
     (date(2026, 10, 21), "Choose a day until then")],
)  # fmt: skip
def test_a_day_on_which_nothing_would_end_is_refused(on, says):
    [seat] = seats(members=1)

    with pytest.raises(PanelRefused, match=says):
        ended(seat, on=on)


@pytest.mark.parametrize("end", ["published", "called off"])
def test_at_a_meeting_that_is_over_no_seat_is_ended(end):
    if end == "published":
        meeting = sittings.published()
    else:
        meeting = sittings.opened()
        cancel_meeting(meeting, "Three are ill that week.", by=meeting.planned_by, at=NOON)
    Meeting.objects.filter(pk=meeting.pk).update(pack_until=TODAY - timedelta(days=1))
    seat = Meeting.objects.get(pk=meeting.pk).seats.get()

    with pytest.raises(PanelRefused, match="no seat at it is ended any more"):
        ended(seat)
    as_(made.a_keeper()).open(page_of(seat)).not_see("End the seat of")
    as_(made.a_keeper()).open(f"{page_of(seat)}seats/1/end/").see("no seat at it is ended any more")


def test_while_the_meeting_is_still_to_be_held_it_is_ended_though_the_marks_are_closed():
    meeting = sittings.closed()
    seat = meeting.seats.get()
    as_(seat.member).open(f"/panel/packs/{seat.pk}/").see("Put it in my calendar")

    end_seat(seat, WHY, TODAY, by=made.a_keeper(), at=NOON + timedelta(hours=1))

    assert set(reached(seat).values()) == {403}
    assert len(readings_of(Meeting.objects.get(pk=meeting.pk))) == 2
    sittings.found(meeting)
    published = publish_note(sittings.met(meeting), by=made.a_keeper(), at=NOON)
    note = as_(made.a_keeper()).open(f"/panel/meetings/{published.pk}/note/")
    note.not_see("was ended before the marks")


def test_of_two_who_end_a_seat_the_second_is_told_who_did_and_it_is_only_brought_forward():
    [seat] = seats(members=1)
    first = made.a_keeper()
    end_seat(seat, WHY, TODAY + timedelta(days=3), by=first, at=NOON)

    for on in (TODAY + timedelta(days=3), TODAY + timedelta(days=4)):
        with pytest.raises(PanelRefused, match=f"{first}.*end.* on Thursday 8 October 2026"):
            ended(seat, on=on)
    assert ended(seat, why="At once, after all.").ends_on == TODAY
    with pytest.raises(PanelRefused, match="ended on"):
        ended(seat)
    assert Event.objects.filter(name="panel.seat_ended").count() == 2


def test_nobody_ends_a_seat_but_who_keeps_this_panel():
    [seat] = seats(members=1)
    place = f"{page_of(seat)}seats/1/end/"
    with pytest.raises(NotAllowed):
        end_seat(seat, WHY, TODAY, by=seat.member, at=NOON)
    assert as_(seat.member).try_("GET", place) == 403
    stranger = given.a_person(Role.LEGAL_MANAGER, area=given.an_area("Wessex"))
    assert as_(stranger).try_("POST", place) == 404
    with pytest.raises(NotAllowed, match="another Area"):
        end_seat(seat, WHY, TODAY, by=stranger, at=NOON)
    with pytest.raises(PanelRefused, match="Say why"):
        ended(seat, why=" ")


def test_a_member_whose_account_is_closed_gets_no_booklet_and_the_page_says_why():
    member, keeper = sittings.a_member(), made.a_keeper()
    meeting = sittings.opened(member, by=keeper, letters=1)
    member.is_active = False
    member.save()

    page = as_(keeper).open(f"/panel/meetings/{meeting.pk}/")

    page.see(f"{member}: their account is closed", "End the seat")
    page.not_see("has not made the promise yet").not_see("Booklet to print")
    as_(keeper).open(f"/panel/meetings/{meeting.pk}/booklets/1/", status=403).see(
        f"for {member}, as their account is closed", "End their seat"
    )
