"""Nobody of the panel judges a letter of their own case, or one that they had a part in."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.letters.services.notes import write_note
from forthright.panels.documents import lines_to_print
from forthright.panels.models import NotGiven
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.selectors.meetings import letters_to_read
from forthright.panels.services.inviting import add_seats, give_after_all
from forthright.panels.services.meeting import PanelRefused, open_pack
from forthright.panels.services.reading import keep_reading, open_letter
from forthright.panels.services.recognising import put_aside
from forthright.panels.services.releasing import confirm_letter
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def released(keeper, **changed):
    """Return a meeting of two letters that are released and not opened yet."""
    meeting = sittings.drawn(by=keeper, **changed)
    for line in meeting.letters.all():
        made.released(line.duty, by=keeper)
    return meeting


def position_of(meeting, family) -> int:
    return meeting.letters.get(duty__person__family_name=family).position


def a_member_with(**changed):
    member = sittings.a_member()
    for name, value in changed.items():
        setattr(member, name, value)
    member.save()
    return member


def read_by(seat) -> list[int]:
    return [letter.position for letter, _, _ in letters_to_read(seat)]


@pytest.fixture
def at_odds():
    """Return the seat of a member called as the accused of one of two letters, and its position."""
    keeper = made.a_keeper()
    meeting = released(keeper)
    [seat] = open_pack(meeting, [a_member_with(full_name="Dean Marsden")], by=keeper, at=given.NOON)
    meeting.refresh_from_db()
    return sittings.declared(seat), position_of(meeting, "Osei")


def test_who_may_be_somebody_of_a_case_is_not_given_its_letter(at_odds):
    seat, theirs = at_odds
    letter = seat.meeting.letters.get(position=theirs)
    member = as_(seat.member)

    assert read_by(seat) == [3 - theirs]
    assert theirs not in [each.letter.position for each in lines_to_print(seat)]
    member.open(f"/panel/packs/{seat.pk}/").not_see(f"Letter {theirs}")
    member.open(f"/panel/packs/{seat.pk}/letters/{theirs}/", status=404)
    assert open_letter(seat, letter, by=seat.member, at=given.NOON) is None
    with pytest.raises(PanelRefused):
        keep_reading(seat, letter, {}, "", by=seat.member, at=given.NOON)
    with pytest.raises(PanelRefused, match="not among those"):
        put_aside(seat, letter, "EVENT", by=seat.member, at=given.NOON)


def test_who_keeps_the_panel_is_told_and_gives_it_where_it_is_somebody_else(at_odds):
    seat, theirs = at_odds
    keeper = seat.meeting.planned_by
    page = as_(keeper).open(f"/panel/meetings/{seat.meeting_id}/")
    page.see(
        f"Letter {theirs}, Dean Marsden: the letter or the record of its case holds their name"
    )

    button = f"It is somebody else: give it to them, letter {theirs} to Dean Marsden"
    done = page.press(button, reason="He is 80; the one of the case is 20")

    done.see(
        f"Dean Marsden is given letter {theirs} too", "Given to them all the same", "Why: He is 80"
    )
    assert read_by(seat) == [1, 2]
    event = Event.objects.get(name="panel.letter_given_after_all")
    assert not {"Marsden", "80"} & set(str(event.detail).split())


@pytest.mark.parametrize(
    "name", ["Marsden Dean", "Dean Marsden-Hall", "Dean Marsden MBE", "Dr Dean Marsden, KC"]
)
def test_neither_order_nor_double_name_nor_title_hides_somebody(name):
    keeper = made.a_keeper()
    meeting = released(keeper)

    [seat] = open_pack(meeting, [a_member_with(full_name=name)], by=keeper, at=given.NOON)

    assert read_by(seat) == [3 - position_of(meeting, "Osei")]


def test_the_short_form_of_a_name_is_theirs_too():
    keeper = made.a_keeper()
    meeting = sittings.drawn(by=keeper)
    line = meeting.letters.first()
    line.duty.person.given_names, line.duty.person.family_name = "Elizabeth", "Quartermaine"
    line.duty.person.save()
    for each in meeting.letters.all():
        made.released(each.duty, by=keeper)

    member = a_member_with(full_name="Liz Quartermaine")
    [seat] = open_pack(meeting, [member], by=keeper, at=given.NOON)

    assert read_by(seat) == [2]


def test_who_confirmed_a_letter_and_joined_the_panel_is_not_given_it():
    keeper, second = made.a_keeper(), made.a_keeper()
    meeting = sittings.drawn(by=keeper)
    first, other = meeting.letters.order_by("position")
    letter = made.decided(made.taken(first.duty, by=keeper))
    for person in (keeper, second):
        confirm_letter(letter, text_stamp(letter), by=person, at=given.NOON)
        letter.refresh_from_db()
    made.released(other.duty, by=keeper)
    second.role = Role.PANEL_MEMBER
    second.save()

    [seat] = open_pack(meeting, [second], by=made.a_keeper(), at=given.NOON)

    assert read_by(seat) == [2]
    with pytest.raises(PanelRefused, match="had a part"):
        give_after_all(NotGiven.objects.get(), "Another one.", by=keeper, at=given.NOON)


def test_who_gave_the_reasons_and_joined_the_panel_is_not_given_the_letter():
    keeper, prosecutor = made.a_keeper(), given.a_person(Role.PROSECUTOR, unit=made.a_unit())
    meeting = sittings.drawn(by=keeper)
    first = meeting.letters.get(position=1)
    write_note(first.duty, given.REASONS, by=prosecutor, at=given.NOON)
    for each in meeting.letters.all():
        made.released(each.duty, by=keeper)
    prosecutor.role = Role.PANEL_MEMBER
    prosecutor.save()

    [seat] = open_pack(meeting, [prosecutor], by=keeper, at=given.NOON)

    assert read_by(seat) == [2]


def test_a_pack_of_which_a_member_would_be_given_nothing_is_not_opened_to_them():
    keeper = made.a_keeper()
    meeting = released(keeper, letters=1)

    page = as_(keeper).open(f"/panel/meetings/{meeting.pk}/")
    a_member_with(full_name="Dean Marsden")
    refused = page.browser.open(page.address).press("Open the pack to them")

    refused.see("No letter of this pack is to be given to Dean Marsden")
    meeting.refresh_from_db()
    assert (meeting.state, meeting.seats.count()) == ("DRAWN", 0)


def test_an_email_of_the_case_is_theirs_too():
    keeper = made.a_keeper()
    meeting = released(keeper)
    line = meeting.letters.first()
    line.duty.person.email = "Same@example.org"
    line.duty.person.save()

    member = a_member_with(email="same@example.org")
    [seat] = open_pack(meeting, [member], by=keeper, at=given.NOON)

    assert read_by(seat) == [2]


def test_a_member_who_comes_later_is_given_the_open_pack():
    meeting = sittings.opened(letters=2)
    late = a_member_with(full_name="Dean Marsden")

    page = as_(meeting.planned_by).open(f"/panel/meetings/{meeting.pk}/")
    page.press("Add them", members=[late.pk]).see("Added.")

    seat = meeting.seats.get(member=late)
    assert seat.number == 2
    assert len(read_by(seat)) == 1
    assert Event.objects.get(name="panel.seats_added").detail["members"] == [late.pk]
    with pytest.raises(PanelRefused, match="no seat at this meeting yet"):
        add_seats(meeting, [late], by=meeting.planned_by, at=given.NOON)


@pytest.mark.parametrize("days", [0, 30])
def test_nobody_is_added_once_the_pack_is_over(days):
    meeting = sittings.opened(letters=1) if days else sittings.closed(letters=1)

    with pytest.raises(PanelRefused, match="while the pack is open"):
        add_seats(
            meeting, [sittings.a_member()], by=meeting.planned_by,
            at=given.NOON + timedelta(days=days),
        )  # fmt: skip
