"""The day from which a firm has a case is asked about where it is odd, and can be put right."""

from datetime import date, timedelta

import pytest
import time_machine

from forthright.audit.models import Event
from forthright.cases.models import Defendant
from forthright.hard_media.models import Representation, ShareLink, StartChange
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.selectors.ladder import ladder_of, stood_on
from forthright.hard_media.selectors.links import why_closed
from forthright.hard_media.services import firm_days, firms
from forthright.hard_media.services.hearings import HearingRefused, OddDay
from forthright.rules.media_rungs import Standing
from forthright.rules.weeks import week_of
from forthright.web.meanwhile import ChangedMeanwhile
from tests import given
from tests.client import as_
from tests.hard_media import media
from tests.hard_media.links import shared_by_link, with_a_file

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
NOON = given.NOON
TODAY = NOON.date()
WEEK = timedelta(days=7)
AFTER = NOON + 5 * WEEK
RIGHT = TODAY - timedelta(days=1)


@pytest.fixture
def hearing():
    return media.a_ready_case(urn="20AB7000126")


def takes_over(hearing, on, *, because="", at=NOON):
    new = firms.Firm(firm="New & Co", starts_on=on, odd_because=because)
    return firms.set_representation(hearing, Defendant.objects.get(), new, by=None, at=at)


def put_right(hearing, on=RIGHT, reason="The year was typed wrong.", at=NOON, **more):
    return firm_days.put_start_right(
        hearing, Defendant.objects.get(), firm_days.Start(on, reason, **more), by=None, at=at
    )


def page_of(hearing, more=""):
    case = f"/recordings/cases/{hearing.case_id}/"
    return as_(media.a_lawyer()).open(f"{case}defendants/{Defendant.objects.get().pk}/{more}")


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2027, 10, 5), "It is after the PTPH, Monday 26 October 2026"),
        (date(2062, 10, 5), "days away"),
        (date(2026, 11, 4), "It is 30 days away"),
        (date(2025, 10, 5), "before the case was there: its number says that it is of 2026"),
    ],
)
def test_a_day_that_is_more_likely_a_slip_is_asked_about(on, words):
    hearing = media.a_ready_case(urn="20AB7000126", firms=("Hale LLP",))
    Representation.objects.update(starts_on=date(2025, 9, 1))

    with pytest.raises(OddDay, match=words):
        takes_over(hearing, on)

    assert Representation.objects.get().ends_on is None
    kept = takes_over(hearing, on, because="The court gave the order for then.")
    assert (kept.odd_because, bool(kept.odd)) == ("The court gave the order for then.", True)


@pytest.mark.parametrize("on", [TODAY, TODAY + timedelta(days=20), date(2026, 9, 2)])
def test_a_day_that_is_not_odd_is_kept_as_it_is(hearing, on):
    kept = takes_over(hearing, on, because="Nobody asked.")

    assert (kept.odd, kept.odd_because) == ([], "")


def test_a_firm_that_comes_after_a_hearing_that_is_over_is_not_asked_about(hearing):
    assert not takes_over(hearing, AFTER.date(), at=AFTER).odd


def test_the_page_asks_why_and_keeps_it(hearing):
    page = page_of(hearing).press(
        "Record it", who="FIRM", firm="New & Co", starts_on_day="5", starts_on_month="10",
        starts_on_year="2027",
    )  # fmt: skip

    page.see("It is after the PTPH, Monday 26 October 2026", "Why is the day right all the same?")
    page = page.press("Record it", odd_because="The order says so.")
    page.see("It is after the PTPH", "Right all the same: The order says so.")


def test_a_wrong_day_is_put_right_and_the_firm_before_ends_with_it(hearing):
    takes_over(hearing, date(2027, 10, 5), because="The order says so.")
    assert ladder_of(hearing, TODAY).standing is Standing.READY

    change = put_right(hearing)

    assert [(str(e), e.starts_on, e.ends_on) for e in Representation.objects.order_by("pk")] == [
        ("Hale LLP", date(2026, 9, 1), RIGHT), ("New & Co", RIGHT, None),
    ]  # fmt: skip
    assert (change.old_day, change.new_day) == (date(2027, 10, 5), RIGHT)
    found = ladder_of(hearing, TODAY)
    assert found.standing is Standing.NOT_READY
    assert "New & Co for Dean" in str(found.items[0].steps)
    event = Event.objects.get(name="representation.start_put_right")
    assert "reason" not in event.detail


def test_the_links_of_the_firm_before_end_with_it():
    hearing = media.a_hearing(urn="20AB7000126")
    shared_by_link(hearing, with_a_file(hearing))
    takes_over(hearing, date(2027, 10, 5), because="The order says so.")
    assert why_closed(ShareLink.objects.get(), TODAY) == ""

    put_right(hearing)

    assert "no longer represents the defendant" in why_closed(ShareLink.objects.get(), TODAY)


@pytest.mark.parametrize(
    ("on", "reason", "words"),
    [
        (date(2027, 10, 5), "Typed wrong.", "since Tuesday 5 October 2027 already"),
        (RIGHT, " ", "Say why the day was wrong"),
        (date(2026, 8, 31), "Typed wrong.", "before Hale LLP took the case, on Tuesday 1 Sept"),
    ],
)
def test_a_correction_is_refused_with_why(hearing, on, reason, words):
    takes_over(hearing, date(2027, 10, 5), because="The order says so.")

    with pytest.raises(HearingRefused, match=words):
        put_right(hearing, on, reason)

    assert not StartChange.objects.exists()


def test_a_correction_to_an_odd_day_is_asked_about_as_well(hearing):
    takes_over(hearing, TODAY)

    with pytest.raises(OddDay):
        put_right(hearing, date(2062, 10, 5))

    put_right(hearing, date(2062, 10, 5), odd_because="It is so.")
    assert Representation.objects.get(firm="New & Co").odd


def test_two_who_put_it_right_at_once_are_told(hearing):
    takes_over(hearing, TODAY)
    put_right(hearing)

    with pytest.raises(ChangedMeanwhile):
        firm_days.put_start_right(
            hearing, Defendant.objects.get(),
            firm_days.Start(TODAY + timedelta(days=1), "Typed wrong."), by=None, at=NOON,
            opened=TODAY.isoformat(),
        )  # fmt: skip


def test_the_page_puts_it_right_and_keeps_what_was(hearing):
    takes_over(hearing, date(2027, 10, 5), because="The order says so.")
    page = page_of(hearing, "since/")
    page.see("Since when does New & Co represent")

    page = page.press(
        "Put it right",
        starts_on_day="4",
        starts_on_month="10",
        starts_on_year="2026",
        reason="Typed wrong.",
    )

    page.see("put right from 5 October 2027 to 4 October 2026: Typed wrong.", "New & Co since")


def test_the_same_firm_with_another_day_says_where_that_is_put_right(hearing):
    takes_over(hearing, date(2027, 10, 5), because="The order says so.")

    with pytest.raises(HearingRefused, match="Put right since when"):
        takes_over(hearing, TODAY)


def test_of_one_whom_nobody_represented_there_is_no_day_to_put_right():
    hearing = media.a_hearing(firms=())
    media.a_defendant(hearing)

    page = page_of(hearing, "since/")

    page.see("Nobody has said who represents")


def test_a_correction_after_the_hearing_rewrites_no_figure_of_it(hearing):
    takes_over(hearing, date(2027, 10, 5), because="The order says so.")
    week = week_of(media.PTPH)

    def figure():
        with time_machine.travel(AFTER):
            facts = backlog_of(hearing.area, week, week.plus(-12), as_of=AFTER.date())
        return [(each.shared_on, each.came(facts.early_days)) for each in facts.recordings]

    before = figure()
    put_right(hearing, at=AFTER)

    assert stood_on(hearing, media.PTPH) is Standing.READY
    assert ladder_of(hearing, AFTER.date()).standing is Standing.READY
    assert ladder_of(hearing, AFTER.date()).is_owed_since
    assert figure() == before
