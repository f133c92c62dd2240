"""Who keeps the panel reads who opened a letter that had to be withdrawn, and nobody else does."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.panels.models import AnonymisedLetter
from forthright.panels.selectors.opened import opened_of_letter, opened_of_withdrawn
from forthright.panels.services.meeting import close_marks
from forthright.panels.services.reading import open_letter
from forthright.panels.services.talking import open_letter as open_to_talk
from forthright.panels.services.withdrawing import withdraw_letter
from tests import given
from tests.client import as_
from tests.panels import made, sittings

pytestmark = pytest.mark.django_db
WHY = "It names the village after all"


@pytest.fixture(autouse=True)
def _at_noon():
    with time_machine.travel(given.NOON, tick=True):
        yield


def hour(number):
    return given.NOON + timedelta(hours=number)


def opened_by_one():
    """Return a meeting of two of whom the first opened letter 1, twice, and that letter."""
    ada, ben, keeper = sittings.a_member(), sittings.a_member(), made.a_keeper()
    meeting = sittings.opened(ada, ben, by=keeper)
    seat, _ = [sittings.declared(each) for each in meeting.seats.order_by("number")]
    line = meeting.letters.get(position=1)
    for at in (hour(1), hour(2)):
        open_letter(seat, line, by=ada, at=at)
    open_letter(seat, meeting.letters.get(position=2), by=ada, at=hour(1))
    return meeting, AnonymisedLetter.objects.get(duty=line.duty), keeper, ada, ben


def test_it_is_said_before_and_after_the_withdrawal_with_the_first_moment():
    meeting, letter, keeper, ada, ben = opened_by_one()
    said = f"{ada} opened it 5 October 2026, 1pm; not opened by {ben}."
    page = as_(keeper).open(f"/anonymised/{letter.pk}/withdraw/")
    page.see("Letter 1 of panel 1, as it is released now", said)

    withdraw_letter(letter, WHY, by=keeper, at=hour(3))

    for address in (f"/panel/meetings/{meeting.pk}/", f"/anonymised/{letter.pk}/"):
        page = as_(made.a_keeper()).open(address)
        page.see("Letter 1 of panel 1, withdrawn 5 October 2026, 3pm", said)


def test_it_is_said_to_no_other_who_anonymises_and_of_no_letter_that_stands():
    meeting, letter, keeper, ada, _ = opened_by_one()
    as_(keeper).open(f"/panel/meetings/{meeting.pk}/").not_see("opened it")
    spoc = given.a_person(Role.LEGAL_SPOC, unit=letter.unit)
    as_(spoc).open(f"/anonymised/{letter.pk}/withdraw/").not_see(str(ada), "opened it")
    assert opened_of_letter(spoc, letter) == []

    withdraw_letter(letter, WHY, by=keeper, at=hour(3))
    as_(spoc).open(f"/anonymised/{letter.pk}/").see(WHY).not_see(str(ada), "opened it")


def test_who_opened_it_for_the_talk_is_said_too_and_what_was_opened_after_it_is_not():
    meeting, letter, keeper, ada, ben = opened_by_one()
    for seat in meeting.seats.all():
        sittings.handed_in(seat)
    close_marks(meeting, by=keeper, at=hour(3))
    meeting.refresh_from_db()
    open_to_talk(meeting.letters.get(position=1), by=keeper, at=hour(4))
    withdraw_letter(letter, WHY, by=keeper, at=hour(5))

    (found,) = opened_of_withdrawn(meeting)
    assert (found.by, found.not_by) == ([(ada, hour(1))], [ben])
    assert found.read_out == [(keeper, hour(4))]
    as_(keeper).open(f"/panel/meetings/{meeting.pk}/").see(
        f"{keeper} opened it for the talk of the meeting 5 October 2026, 4pm"
    )
