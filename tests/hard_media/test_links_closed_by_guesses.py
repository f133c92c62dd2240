"""What wrong codes closed before it was opened is with nobody: page, ladder and report alike."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps

from forthright.hard_media.models import ShareLink, ShareRecord
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.selectors.ladder import LadderFilters, ladder_of, ladders_of
from forthright.hard_media.selectors.shares import had_of
from forthright.hard_media.services import sharing
from forthright.rules.weeks import week_of
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import (
    COURT,
    NOON,
    address_of,
    closed_by_guesses,
    entered,
    shared_by_link,
    told,
    with_a_file,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
since = import_module("forthright.hard_media.migrations.0026_closed_by_guesses")
DAY = timedelta(days=1)
TODAY = NOON.date()
UNTIL = media.PTPH + 30 * DAY


@pytest.fixture
def shared(hearing, item):
    """A hearing of which the court and the firm were sent links, and nobody opened them."""
    parties = [*media.parties_of(hearing)[1:], *COURT]
    shared_by_link(hearing, item, parties=parties, until=UNTIL)
    return hearing


def all_closed(at=NOON):
    for link in ShareLink.objects.all():
        closed_by_guesses(link, at=at)


def standing(hearing, day=TODAY):
    return str(ladder_of(hearing, day).standing)


def counted(by):
    """Return how the one recording counts as a week ended by a day, in the report of that week."""
    week = week_of(by)
    facts = backlog_of(given.an_area(), week, week.plus(-12), as_of=by + 14 * DAY)
    (one,) = facts.recordings
    return str(one.came(facts.early_days)), one.left_on, one.is_unopened


def test_the_case_is_not_ready_and_says_why(shared):
    assert standing(shared) == "READY"

    all_closed()

    ladder = ladder_of(shared, TODAY)
    assert str(ladder.standing) == "NOT_READY"
    (note,) = [each for each in ladder.notes if "wrong codes" in each]
    assert "The link for the court and Hale LLP for" in note
    assert "was closed on 5 October 2026" in note


def test_the_page_of_the_case_says_of_each_party_that_its_link_is_closed(shared):
    all_closed()

    page = as_(media.a_lawyer(unit=shared.unit)).open(f"/recordings/cases/{shared.case_id}/")

    page.see("Link closed 5 October 2026, never opened", "then share it anew")
    page.not_see("Link until")


def test_such_cases_can_be_listed(shared):
    area, chosen = shared.area, LadderFilters(show="guessed")
    assert ladders_of(area, chosen, TODAY) == []

    all_closed()

    assert [each.hearing for each in ladders_of(area, chosen, TODAY)] == [shared]


def test_it_is_a_task_of_the_unit(shared):
    her = as_(media.a_lawyer(unit=shared.unit))
    her.open("/").not_see("wrong codes")

    all_closed()

    her.open("/").see("1 case with a link that wrong codes closed")


def test_the_report_counts_it_in_the_stock_and_not_as_come_in_time(shared):
    assert counted(media.PTPH) == ("EARLY", TODAY, False)

    all_closed()

    assert counted(media.PTPH) == ("NOT", None, True)


def test_the_days_before_stay_as_they_were(shared):
    week_later = NOON + 7 * DAY
    all_closed(at=week_later)

    assert counted(TODAY)[1:] == (TODAY, False)
    assert counted(week_later.date())[1:] == (None, True)
    assert standing(shared, TODAY) == "READY"
    assert standing(shared, week_later.date()) == "NOT_READY"


@pytest.mark.parametrize(("before", "stands"), [(1, "NOT_READY"), (0, "READY"), (-1, "READY")])
def test_closed_from_the_day_of_the_hearing_on_it_takes_nothing_from_it(shared, before, stands):
    all_closed(at=NOON + (media.PTPH - TODAY - before * DAY))

    for days in (0, 1, 2):
        assert standing(shared, media.PTPH + days * DAY) == (stands if days >= -before else "READY")


def test_what_was_opened_before_counts_on_and_is_told_all_the_same(shared):
    for share in ShareRecord.objects.all():
        sharing.record_opened(share, on=TODAY, known="TOLD", by=None, at=NOON)

    all_closed(at=NOON + DAY)

    ladder = ladder_of(shared, TODAY + DAY)
    assert str(ladder.standing) == "PROVED"
    assert any("wrong codes" in each for each in ladder.notes)
    assert counted(media.PTPH) == ("EARLY", TODAY, False)


def test_nobody_opened_it_after_it_was_closed(shared):
    all_closed()
    share, late = ShareRecord.objects.first(), NOON + DAY

    with pytest.raises(sharing.ShareRefused, match="Wrong codes closed the link on 5 October 2026"):
        sharing.record_opened(share, on=late.date(), known="TOLD", by=None, at=late)

    ShareRecord.objects.update(opened_on=late.date(), opened_known="TOLD")
    assert standing(shared, late.date()) == "NOT_READY"


def test_it_is_shared_anew_and_counts_from_that_day(shared, item):
    all_closed()
    assert had_of([item], TODAY) == {}

    parties = [*media.parties_of(shared)[1:], *COURT]
    shared_by_link(shared, item, parties=parties, until=UNTIL)

    ladder = ladder_of(shared, TODAY)
    assert str(ladder.standing) == "READY"
    assert not any("wrong codes" in each for each in ladder.notes)
    assert counted(media.PTPH) == ("EARLY", TODAY, False)


def test_one_whose_email_has_not_gone_is_shared_anew_too(hearing):
    item = with_a_file(hearing)
    shared_by_link(hearing, item, is_told=False)
    all_closed()

    shared_by_link(hearing, item)

    old, new = ShareLink.objects.order_by("pk")
    told(hearing)
    old.refresh_from_db()
    assert (old.notified_at, new.guessed_at) == (None, None)


def test_nothing_of_it_is_handed_out_to_who_entered_it_before(shared, item):
    link = ShareLink.objects.first()
    client = entered(link)

    closed_by_guesses(link)

    content = link.shares.get().contents.get()
    assert client.get(address_of(link, f"recordings/{content.pk}/")).status_code == 302


def test_a_link_that_was_closed_before_now_was_so_on_its_last_wrong_code(shared):
    all_closed()
    ShareLink.objects.update(guessed_at=None)

    since.say_when(apps, None)

    assert {each.guessed_at for each in ShareLink.objects.all()} == {NOON}
