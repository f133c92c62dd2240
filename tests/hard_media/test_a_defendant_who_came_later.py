"""A case is judged by who was a defendant on the day of its hearing, whoever became one since."""

from datetime import date, timedelta

import pytest

from forthright.cases.models import Defendant
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.selectors.ladder import LadderFilters, ladder_of, ladders_of, stood_on
from forthright.rules.weeks import week_of
from tests import given
from tests.hard_media import media

pytestmark = pytest.mark.django_db
NOON = given.NOON
HELD = NOON.date() + timedelta(days=21)
BEFORE, AFTER = given.at("2026-10-20 12:00"), given.at("2026-11-02 12:00")
LATER = date(2026, 11, 30)


@pytest.fixture
def hearing():
    """A hearing before which everybody had and opened everything."""
    return media.a_proved_case(on=HELD)


def a_defendant(hearing, added_at, firm=None):
    new = media.a_defendant(hearing)
    Defendant.objects.filter(pk=new.pk).update(added_at=added_at)
    if firm:
        media.represented(hearing, new, firm)
    return new


def beside(until=LATER):
    week = week_of(until)
    facts = backlog_of(given.an_area(), week, week.plus(-12), as_of=until + timedelta(days=1))
    (one,) = facts.recordings
    return str(one.came(facts.early_days)), one.was_opened_before


@pytest.mark.parametrize("firm", [None, "Rook & Co"])
def test_one_who_was_added_after_it_makes_no_case_late_and_is_owed_it_now(hearing, firm):
    a_defendant(hearing, AFTER, firm)

    ladder = ladder_of(hearing, LATER)

    assert (str(ladder.standing), ladder.is_missed, ladder.is_owed_since) == ("PROVED", False, True)
    assert str(stood_on(hearing, HELD)) == "PROVED"
    assert beside() == ("EARLY", True)
    listed = ladders_of(given.an_area(), LadderFilters(), LATER)
    assert [each.ladder.is_owed_since for each in listed] == [True]


@pytest.mark.parametrize("added_at", [BEFORE, None])
def test_one_who_was_there_is_judged_by(hearing, added_at):
    a_defendant(hearing, added_at, "Rook & Co")

    ladder = ladder_of(hearing, LATER)

    assert (str(ladder.standing), ladder.is_missed) == ("NOT_READY", True)
    assert beside() == ("NOT", False)
