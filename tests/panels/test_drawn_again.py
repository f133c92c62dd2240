"""Anybody who keeps the panel can see that a meeting's letters were drawn and not chosen."""

from datetime import date, timedelta
from hashlib import sha256

import pytest

from forthright.accounts.models import Role
from forthright.audit.models import Event
from forthright.panels.models import Meeting
from forthright.panels.services.changing import cancel_meeting
from forthright.panels.services.meeting import draw_letters
from forthright.rules.frame import draw_key
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
FAMILIES = [
    (name, "Marsden", f"{number} Quarry Close")
    for number, name in enumerate(("Osei", "Ashby", "Moss", "Teale", "Farrow", "Quill"), 3)
]


def page_of(meeting):
    return as_(meeting.planned_by).open(f"/panel/meetings/{meeting.pk}/")


def test_the_letters_are_drawn_again_on_the_page_and_come_out_the_same():
    meeting = sittings.drawn()

    page = page_of(meeting).press("Check this draw again")

    assert "Drawn again from the frozen list: the same 2 letters." in page.text
    assert Event.objects.get(name="panel.verified").detail == {"is_same": True}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"seed": "8"}, "The seed is not the one that the record says was used."),
        ({"seed": "seven"}, "The seed is not a whole number."),
        ({"digest": "0" * 64}, "The frame is not the one that was frozen"),
        ({"rows": "none"}, "The frame is no list of letters."),
        ({"rows": []}, "The letters are not those"),
    ],
)
def test_what_somebody_changed_behind_the_product_is_said_and_no_list_is_handed_out(changed, said):
    meeting = sittings.drawn()
    type(meeting).objects.filter(pk=meeting.pk).update(**changed)
    if changed == {"rows": []}:
        meeting.letters.all()[0].delete()

    page = page_of(meeting).press("Check this draw again")

    assert said in page.text
    assert Event.objects.get(name="panel.verified").detail == {"is_same": False}
    page = page.follow("The list in the order of the draw (CSV)")
    assert "The list of this meeting is not handed out." in page.text
    assert not Event.objects.filter(name="panel.list_exported").exists()


def test_a_letter_put_in_the_place_of_a_drawn_one_is_found():
    meeting = sittings.drawn(size=1)
    [drawn] = meeting.letters.all()
    other = next(row for row in meeting.rows if row["reference"] != f"L{drawn.duty_id}")
    meeting.letters.update(duty=int(other["reference"][1:]))

    page = page_of(meeting).press("Check this draw again")

    assert (
        "1 letter recorded but not drawn again, 1 letter drawn again but not recorded" in page.text
    )
    assert "The letters are not those that the record says were drawn." in page.text


def test_with_the_files_the_draw_can_be_made_again_elsewhere_and_names_nobody():
    meeting = sittings.drawn()
    keeper = as_(meeting.planned_by).client

    text = keeper.get(f"/panel/meetings/{meeting.pk}/list.txt").content.decode()
    table = keeper.get(f"/panel/meetings/{meeting.pk}/list.csv").content.decode()

    assert sha256(text.encode()).hexdigest() == meeting.digest
    rows = [line.split(",") for line in table.splitlines()[1:]]
    keys = [draw_key(int(meeting.seed), row[2]) for row in rows]
    assert [row[1] for row in rows] == keys == sorted(keys)
    assert all(name not in text + table for names in sittings.FAMILIES for name in names)
    assert Event.objects.filter(name="panel.list_exported").count() == 2


def test_before_the_draw_there_is_nothing_to_check():
    meeting = sittings.planned()

    page = as_(meeting.planned_by).post(f"/panel/meetings/{meeting.pk}/draw/check/")

    assert "No letters are drawn for this meeting yet. Draw them first." in page.text


def test_it_is_for_those_who_keep_the_panel():
    meeting = sittings.drawn()
    for role in (Role.PANEL_MEMBER, Role.PROSECUTOR):
        person = as_(given.a_person(role, unit=made.a_unit()))
        for path in ("list.csv", "list.txt"):
            person.open(f"/panel/meetings/{meeting.pk}/{path}", status=403)


def test_a_meeting_that_is_called_off_and_planned_anew_gets_the_same_letters_and_says_so():
    keeper = made.a_keeper()
    for family, accused, street in FAMILIES:
        made.a_sent_letter(family, accused, street, unit=keeper.unit)
    drawn = []
    for size in (2, 2, 3):
        meeting = sittings.planned(by=keeper, size=size)
        draw_letters(meeting, by=keeper, at=given.NOON)
        drawn.append(list(meeting.letters.order_by("position").values_list("duty", flat=True)))
        if len(drawn) < 3:
            cancel_meeting(meeting, "The room is not free that day.", by=keeper, at=given.NOON)

    assert drawn[0] == drawn[1] == drawn[2][:2]
    page_of(meeting).see(
        "Letters were drawn before, for panel 1", "for panel 2",
        "Its seed was used again",
    )  # fmt: skip
    note = as_(keeper).open(f"/panel/meetings/{meeting.pk}/note/")
    note.see("for panel 1", "It was called off", "before anybody could read its pack")


def test_a_drawing_for_other_days_that_was_called_off_lets_nobody_choose_between_seeds():
    keeper = made.a_keeper()
    first = sittings.drawn(by=keeper)
    cancel_meeting(first, "The room is not free that day.", by=keeper, at=given.NOON)
    made.a_sent_letter("Teale", sent_at="2026-08-20 15:00", decided_at="2026-08-19 10:00",
                       unit=keeper.unit)  # fmt: skip
    other = sittings.planned(
        by=keeper, size=1, sent_from=date(2026, 8, 1), sent_until=date(2026, 8, 31)
    )

    draw_letters(other, by=keeper, at=given.NOON)

    other.refresh_from_db()
    assert other.seed == first.seed
    page_of(other).see(
        "Letters were drawn before, for panel 1", "from Tuesday 1 September 2026",
        "Its seed was used again",
    )  # fmt: skip


def test_once_a_meeting_took_place_the_next_is_drawn_by_a_seed_of_its_own():
    keeper = made.a_keeper()
    first = sittings.drawn(by=keeper)
    cancel_meeting(first, "The room is not free that day.", by=keeper, at=given.NOON)
    second = sittings.closed(by=keeper, letters=1)
    made.a_sent_letter("Teale", unit=keeper.unit)
    third = sittings.planned(by=keeper, size=1)

    draw_letters(third, by=keeper, at=given.NOON + timedelta(hours=1))

    third.refresh_from_db()
    assert third.seed not in {first.seed, second.seed}
    page_of(third).not_see("drawn before")


def test_a_drawing_left_lying_lets_nobody_draw_another_until_one_is_liked():
    keeper = made.a_keeper()
    for family, accused, street in FAMILIES:
        made.a_sent_letter(family, accused, street, unit=keeper.unit)
    first = sittings.planned(by=keeper, size=2)
    draw_letters(first, by=keeper, at=given.NOON)
    other = sittings.planned(by=keeper, size=2, sent_until=date(2026, 9, 30))

    page = page_of(other).press("Draw the letters")

    page.see(
        "The letters of panel 1, planned for Tuesday 20 October 2026, are drawn",
        "Open it or call it off first",
    )  # fmt: skip
    other.refresh_from_db()
    assert (other.state, other.drawn_at) == ("PLANNED", None)
    cancel_meeting(first, "The room is not free that day.", by=keeper, at=given.NOON)
    draw_letters(other, by=keeper, at=given.NOON)
    first.refresh_from_db()
    other.refresh_from_db()
    assert other.seed == first.seed


def test_while_a_pack_is_read_the_next_meeting_can_be_drawn_and_says_so():
    keeper = made.a_keeper()
    first = sittings.opened(by=keeper, letters=1)
    made.a_sent_letter("Teale", "Farrow", "9 Mill Rise", unit=keeper.unit)
    other = sittings.planned(by=keeper, size=1)

    draw_letters(other, by=keeper, at=given.NOON)

    other.refresh_from_db()
    assert other.seed != first.seed
    page_of(other).see("Letters were drawn before, for panel 1", "Its pack was opened.")


def test_drawings_that_lay_beside_each_other_before_are_named_in_the_note_and_on_the_overview():
    keeper = made.a_keeper()
    for family, accused, street in FAMILIES:
        made.a_sent_letter(family, accused, street, unit=keeper.unit)
    lying = sittings.planned(by=keeper, size=1)
    draw_letters(lying, by=keeper, at=given.NOON)
    Meeting.objects.update(state=Meeting.State.PLANNED)
    other = sittings.planned(by=keeper, size=1)
    draw_letters(other, by=keeper, at=given.NOON)
    Meeting.objects.update(state=Meeting.State.DRAWN)

    note = as_(keeper).open(f"/panel/meetings/{other.pk}/note/")

    note.see("Letters were drawn before, for panel 1", "was not opened and not called off")
    as_(keeper).open("/").see("Panel 1: 1 letter to release", "Panel 2: 1 letter to release")

    later = given.NOON + timedelta(days=1)
    Meeting.objects.filter(pk=other.pk).update(published_at=given.NOON)
    Meeting.objects.filter(pk=lying.pk).update(state=Meeting.State.CANCELLED, cancelled_at=later)
    as_(keeper).open(f"/panel/meetings/{other.pk}/note/").see(
        "Panel 1, drawn before, was called off on Tuesday 6 October 2026."
    )
