"""Pages of the panel ask the database as often for many letters as for one."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.panels.models import AnonymisedLetter, Meeting
from forthright.panels.selectors.waiting import taken_from_packs
from forthright.panels.services.paper import note_printed
from forthright.panels.services.seeing import see_letter
from forthright.panels.services.withdrawing import withdraw_letter
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
OVER = given.at("2026-11-02 10:00")
WHY = "It names the village after all"


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def test_typing_in_asks_alike_often_for_many_letters_and_booklets(count_queries):
    keeper = made.a_keeper()
    seat = sittings.opened(by=keeper).seats.select_related("meeting__area", "member").get()
    note_printed(seat, [1], by=keeper, at=given.NOON)
    browser, address = as_(keeper), f"/panel/meetings/{seat.meeting_id}/paper/1/"
    # A second booklet is what asks whether they hold the same words.
    note_printed(seat, [1], by=keeper, at=given.NOON)
    browser.open(address)
    with count_queries() as few:
        browser.open(address).see("not asked here: letter 2")
    for _ in range(3):
        note_printed(seat, [1, 2], by=keeper, at=given.NOON)
    with count_queries() as many:
        browser.open(address).not_see("not asked here: letter 2")

    assert len(many) == len(few)


def test_the_overview_asks_alike_often_for_many_withdrawn_letters(count_queries):
    keeper, other = made.a_keeper(), made.a_keeper()
    spoc = given.a_person(Role.LEGAL_SPOC, unit=keeper.unit)
    meeting = sittings.published(by=keeper)
    counted = []
    with time_machine.travel(OVER, tick=True):
        held = [Meeting.objects.get(pk=meeting.pk)]
        for position in (1, 2):
            duty = meeting.letters.get(position=position).duty
            letter = AnonymisedLetter.objects.get(duty=duty)
            withdraw_letter(letter, WHY, by=keeper, at=OVER)
            see_letter(letter, by=spoc, at=OVER + timedelta(hours=1))
            with count_queries() as asked:
                assert len(taken_from_packs(other, held)) == position
            counted.append(len(asked))

    assert counted[0] == counted[1]
    see_letter(letter, by=made.a_keeper(), at=OVER + timedelta(hours=2))
    with time_machine.travel(OVER, tick=True):
        assert [each.position for each, _, _ in taken_from_packs(other, held)] == [1]
