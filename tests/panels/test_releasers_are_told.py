"""Who released a letter learns that another withdrew it, until they looked."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.panels.selectors.letters import text_stamp
from forthright.panels.selectors.withdrawn import withdrawn_told
from forthright.panels.services.releasing import confirm_letter
from forthright.panels.services.withdrawing import withdraw_letter
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
WHY = "It names the village after all"
TOLD = "which you released to the panel, was withdrawn"


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def hour(number):
    return given.NOON + timedelta(hours=number)


def confirmed(letter, *people, at):
    for person in people:
        confirm_letter(letter, text_stamp(letter), by=person, at=at)
        letter.refresh_from_db()
    return letter


def test_both_who_released_a_letter_are_told_until_each_has_opened_it():
    spoc = given.a_person(Role.LEGAL_SPOC, unit=made.a_unit())
    keeper, third = made.a_keeper(), made.a_keeper()
    letter = confirmed(made.decided(made.taken(by=spoc)), spoc, keeper, at=hour(0))
    as_(spoc).open("/").not_see(TOLD)
    withdraw_letter(letter, WHY, by=third, at=hour(1))

    with time_machine.travel(hour(2), tick=True):
        as_(third).open("/").not_see(TOLD)
        page = as_(spoc).open("/").see(TOLD, str(third), WHY)
        as_(keeper).open("/").see(TOLD, WHY)
        page.follow(
            f"Letter {letter.duty.reference}, which you released to the panel, was withdrawn"
        ).see(WHY)
        as_(spoc).open("/").not_see(TOLD)
        as_(keeper).open("/").see(TOLD)


def test_nobody_is_told_of_what_they_withdrew_themselves_or_the_gate_did():
    keeper = made.a_keeper()
    mine, gates = made.released(by=keeper), made.released(by=keeper, family="Ashby")
    withdraw_letter(mine, WHY, by=keeper, at=hour(1))
    withdraw_letter(gates, WHY, by=None, at=hour(1))

    assert withdrawn_told(keeper).from_releaser == []


def test_of_a_later_release_only_those_who_confirmed_it_are_told():
    first, second, third, fourth = (made.a_keeper() for _ in range(4))
    letter = confirmed(made.decided(made.taken(by=first)), first, second, at=hour(0))
    withdraw_letter(letter, WHY, by=third, at=hour(1))
    letter.refresh_from_db()
    with time_machine.travel(hour(2), tick=True):
        as_(first).open(f"/anonymised/{letter.pk}/")
    made.said_why_again(letter, by=fourth, at=hour(3))
    confirmed(letter, third, fourth, at=hour(3))
    withdraw_letter(letter, WHY, by=second, at=hour(4))

    assert withdrawn_told(first).from_releaser == []
    assert (
        len(withdrawn_told(second).from_releaser) == 1
    )  # of the first release, which they never looked at
    assert [len(withdrawn_told(each).from_releaser) for each in (third, fourth)] == [1, 1]


def test_a_letter_taken_from_a_pack_is_told_once_to_who_released_it_and_keeps_the_panel():
    keeper, other = made.a_keeper(), made.a_keeper()
    meeting = sittings.opened(by=keeper)
    letter = withdrawn_by_another(meeting, other)

    with time_machine.travel(hour(2), tick=True):
        page = as_(keeper).open("/").see("Letter 1 of panel 1 was withdrawn while it was read")
        page.not_see(TOLD)
    assert [each.letter for each in withdrawn_told(keeper).from_releaser] == [letter]


def withdrawn_by_another(meeting, by):
    letter = made.AnonymisedLetter.objects.get(duty=meeting.letters.get(position=1).duty)
    return withdraw_letter(letter, WHY, by=by, at=hour(1))


def test_however_many_letters_were_withdrawn_it_asks_alike_often(count_queries):
    keeper, other = made.a_keeper(), made.a_keeper()
    withdraw_letter(made.released(by=keeper), WHY, by=other, at=hour(1))
    with count_queries() as few:
        withdrawn_told(keeper)
    for family in ("Ashby", "Farrow"):
        withdraw_letter(made.released(by=keeper, family=family), WHY, by=other, at=hour(1))
    with count_queries() as many:
        assert len(withdrawn_told(keeper).from_releaser) == 3

    assert len(many) == len(few)
