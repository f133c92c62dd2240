"""A day only counted from sending passes: no hearing was missed, and one is to be listed."""

from datetime import timedelta

import pytest
import time_machine

from forthright.accounts.models import Role
from forthright.hard_media.models import Hearing
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.selectors.ladder import LadderFilters, ladder_of, ladders_of
from forthright.hard_media.selectors.waiting import waiting_for
from forthright.hard_media.services import hearings
from forthright.rules.media_rungs import Colour
from forthright.rules.weeks import week_of
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = pytest.mark.django_db
NOON = given.NOON
TODAY = NOON.date()
DAY = timedelta(days=1)
LATER = NOON + 25 * DAY
TO_LIST = "Not ready, and the expected day has passed: list the hearing"


@pytest.fixture
def unlisted():
    """Return a case whose hearing was expected two days ago, and is not listed."""
    hearing = media.a_hearing(on=None, sent_on=TODAY - 5 * DAY)
    media.a_classified_item(hearing)
    return hearing


@pytest.fixture
def later():
    with time_machine.travel(LATER, tick=False):
        yield LATER.date()


def listed(area, today, show=""):
    return [each.hearing for each in ladders_of(area, LadderFilters(show=show), today)]


def test_nobody_missed_it_and_it_stays_red(unlisted):
    on = LATER.date()
    found = ladder_of(unlisted, on)

    assert (found.days_left, found.is_missed, found.is_to_list) == (-2, False, True)
    assert (found.colour, found.colour_words, found.escalate_to) == (
        Colour.RED, TO_LIST, "LEGAL_MANAGER",
    )  # fmt: skip
    assert listed(unlisted.area, on, "missed") == []
    assert listed(unlisted.area, on, "red") == listed(unlisted.area, on, "open") == [unlisted]


@pytest.mark.parametrize("days", [22, 23])
def test_until_its_end_the_day_is_to_come(unlisted, days):
    found = ladder_of(unlisted, TODAY + days * DAY)

    assert (found.colour_words, found.is_missed, found.is_to_list) == (
        "Not ready: red",
        False,
        False,
    )


def test_it_is_in_no_figure_of_hearings(unlisted, later):
    week = week_of(later)
    [found] = backlog_of(unlisted.area, week, week, as_of=later + DAY).recordings
    senior, manager = given.a_person(Role.SENIOR_MANAGER), given.a_person(Role.LEGAL_MANAGER)

    assert found.held_on is None
    assert (waiting_for(senior, later).missed, waiting_for(manager, later).red) == (0, 1)
    as_(senior).open("/").not_see("not ready by its hearing")
    as_(senior).open("/recordings/").see("0 not ready by the hearing", TO_LIST)


def test_the_page_says_what_to_do(unlisted, later):
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{unlisted.case_id}/")

    page.see(TO_LIST, "No hearing was missed: the court has listed none.")
    page.not_see("Not ready by the hearing")


def test_where_none_will_be_listed_the_case_is_closed_and_leaves_the_list(unlisted, later):
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{unlisted.case_id}/")
    form = page.follow("Close the case").see("The court never listed its hearing")
    form.press("Close it", closed_as="NOT_NEEDED", reason="Discontinued").see(
        "Closed: not ready, and the hearing was never listed"
    )

    unlisted.refresh_from_db()
    assert not ladder_of(unlisted, later).is_to_list
    assert listed(unlisted.area, later) == []
    assert listed(unlisted.area, later, "closed") == [unlisted]


def test_one_closed_before_as_missed_is_said_to_be_never_listed(unlisted, later):
    Hearing.objects.update(closed_as="OTHER", closed_reason="Nothing more", closed_at=NOON)
    unlisted.refresh_from_db()

    found = ladder_of(unlisted, later)

    assert (found.is_missed, found.colour) == (False, Colour.GREY)
    assert found.colour_words == "Closed: not ready, and the hearing was never listed"


def test_a_day_that_is_listed_later_opens_it_again(unlisted, later):
    hearings.close_hearing(unlisted, "OTHER", "Nothing more", by=None, at=LATER)

    to = hearings.NewDay(on=later + 10 * DAY, reason="")
    hearings.move_hearing(unlisted, to, by=None, at=LATER)

    unlisted.refresh_from_db()
    assert (unlisted.closed_at, listed(unlisted.area, later)) == (None, [unlisted])
