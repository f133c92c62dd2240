"""What the overview counts of the register at once is what each list of it shows."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.hard_media.models import ShareLink
from forthright.hard_media.selectors.ladder import LadderFilters, ladders
from forthright.hard_media.selectors.waiting import waiting_for
from tests import given
from tests.hard_media import everything, media
from tests.hard_media.links import COURT, closed_by_guesses, shared_by_link, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
TODAY = given.NOON.date()


def cases_near_and_far():
    """Make cases whose links end early or were closed by wrong codes, near their hearing or not."""
    for number, days in enumerate((3, 21, 63)):
        hearing = media.a_hearing(urn=f"20AB80001{number}6", on=TODAY + timedelta(days=days))
        item = with_a_file(hearing)
        parties = [*media.parties_of(hearing)[1:], *COURT]
        until, is_told = TODAY + timedelta(days=days), days > 3
        shared_by_link(hearing, item, parties=parties, until=until, is_told=is_told)
    closed_by_guesses(ShareLink.objects.order_by("pk").last(), at=given.NOON)


@pytest.mark.parametrize("days", [0, 2, 19, 45])
def test_what_is_counted_at_once_is_what_each_list_shows(days):
    everything.register([given.a_person(each) for each in Role])
    cases_near_and_far()
    person, today = given.a_person(Role.LEGAL_MANAGER), TODAY + timedelta(days=days)

    # An e-mail that has not gone counts once it is late.
    with time_machine.travel(given.NOON + timedelta(days=days, hours=2), tick=False):
        found = waiting_for(person, today)
        listed = {
            way: len(ladders(person, LadderFilters(show=way), today))
            for way in ("missed", "red", "links", "unsent", "guessed", "gone")
        }

    counted = (found.missed, found.red, found.links_ending, found.unsent, found.links_guessed,
               found.gone)  # fmt: skip
    assert tuple(listed.values()) == counted
    assert 0 not in (listed["links"], listed["guessed"], listed["gone"])
    assert listed["unsent"] or days > 2
