"""A pack of many letters asks the database as often as one of few, and its gate holds as before."""

import pytest
import time_machine
from django.db import reset_queries

from forthright.cases.models import Defendant, PersonToTell
from forthright.hard_media.models import Hearing
from forthright.panels.models import AnonymisedLetter
from forthright.panels.selectors.known import all_known_ever, known_ever
from forthright.panels.selectors.meetings import pack_lines
from forthright.panels.services.lines_cleared import lines_still_clear
from forthright.panels.services.meeting import draw_letters, open_pack
from forthright.panels.services.releasing import search_released_again
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
# One letter is of a week by itself, so that not all have the same cases beside them.
SENT = ("2026-09-25 15:00", "2026-09-25 15:00", "2026-09-08 15:00", "2026-09-25 15:00")
NAMES = (("Osei", "Marsden"), ("Ashby", "Farrow"), ("Bexhill", "Quarmby"), ("Dewhirst", "Lomax"))
MOST = 75


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def drawn(number, keeper):
    for place, (family, accused) in enumerate(NAMES[:number]):
        made.a_sent_letter(
            family, accused, f"{place + 2} Mill Rise", unit=keeper.unit, sent_at=SENT[place],
            decided_at=SENT[place].replace("15:00", "09:00"),
        )  # fmt: skip
    meeting = sittings.planned(by=keeper, size=number)
    draw_letters(meeting, seed=7, by=keeper, at=given.NOON)
    meeting.refresh_from_db()
    for line in meeting.letters.all():
        made.released(line.duty, by=keeper)
    return meeting


def asked_of(number, count_queries):
    """Return how often opening, looking at and printing a pack of so many letters asks."""
    keeper, member = made.a_keeper(), sittings.a_member()
    meeting = drawn(number, keeper)
    # Only so many of what was asked are kept, and making the letters asked for most of them.
    reset_queries()
    with count_queries() as opening:
        [seat] = open_pack(meeting, [member], by=keeper, at=given.NOON)
    sittings.declared(seat)
    browser, at_office = as_(member), as_(keeper)
    browser.open(f"/panel/packs/{seat.pk}/")
    with count_queries() as looking:
        browser.open(f"/panel/packs/{seat.pk}/")
    with count_queries() as printing:
        browser.open(f"/panel/packs/{seat.pk}/file/")
    with count_queries() as booklet:
        at_office.open(f"/panel/meetings/{meeting.pk}/booklets/{seat.number}/")
    return [len(each) for each in (opening, looking, printing, booklet)]


def test_opening_and_printing_ask_the_database_no_more_for_many(count_queries):
    few = asked_of(2, count_queries)
    many = asked_of(4, count_queries)

    assert many == few
    assert max(many) < MOST


def test_what_is_known_of_many_is_what_is_known_of_each():
    keeper = made.a_keeper()
    meeting = drawn(4, keeper)
    first = meeting.letters.first().duty
    Hearing.objects.create(
        area=first.area, unit=first.unit, case=first.case, on=given.NOON.date(),
        added_at=given.NOON,
    )  # fmt: skip
    PersonToTell.objects.create(
        case=first.case, key="other", family_name="Tamworth", address="7 Elm Row\nMalvern"
    )

    letters = [each.anonymised for each in pack_lines(meeting)]

    assert all_known_ever(letters) == {each.pk: known_ever(each) for each in letters}
    weeks = {each.role for known in all_known_ever(letters).values() for each in known.people}
    assert "somebody in another case" in weeks


def test_of_many_letters_only_those_that_name_somebody_now_are_withdrawn():
    keeper = made.a_keeper()
    meeting = drawn(3, keeper)
    [seat] = open_pack(meeting, [sittings.a_member()], by=keeper, at=given.NOON)
    lines = pack_lines(meeting)
    second = lines[1].anonymised
    AnonymisedLetter.objects.filter(pk=second.pk).update(
        text=second.text + "\n\nQuillfeather saw it too."
    )
    Defendant.objects.create(case=second.duty.case, key="q", family_name="Quillfeather")

    clear = lines_still_clear(seat, pack_lines(meeting), at=given.NOON)

    assert [each.letter.position for each in clear] == [1, 3]
    second.refresh_from_db()
    assert second.state == AnonymisedLetter.State.WITHDRAWN
    assert search_released_again(meeting.area, at=given.NOON) == []
