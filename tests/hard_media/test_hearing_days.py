"""Days of hearings that cannot be or are odd, and cases that were not ready when theirs passed."""

from datetime import date, datetime, timedelta
from importlib import import_module

import pytest
import time_machine
from django.apps import apps

from forthright.accounts.models import Role
from forthright.audit import services as audit
from forthright.audit.models import Event
from forthright.cases.models import Decision
from forthright.hard_media.models import Hearing, HearingMove
from forthright.hard_media.selectors.backlog import backlog_of
from forthright.hard_media.selectors.ladder import LadderFilters, ladders
from forthright.hard_media.selectors.waiting import waiting_for
from forthright.hard_media.services import hearings, settings
from forthright.rules.weeks import Week
from forthright.rules.words import LONDON
from tests import given
from tests.client import as_
from tests.hard_media import media

pytestmark = pytest.mark.django_db
NOON = given.NOON
TODAY = NOON.date()
DAY = timedelta(days=1)
LONG_AFTER = media.PTPH + 200 * DAY
MUCH_LATER = datetime.combine(LONG_AFTER, NOON.time(), tzinfo=LONDON)
WHY = "The court sits specially on that day"


def days(day):
    return {"on_day": day.day, "on_month": day.month, "on_year": day.year}


def moved(hearing, on, odd_because=""):
    to = hearings.NewDay(on=on, reason="Moved by the court", odd_because=odd_because)
    return hearings.move_hearing(hearing, to, by=None, at=NOON)


@pytest.mark.parametrize("on", [date(2025, 12, 14), date(1999, 10, 26), date(2026, 9, 1)])
def test_a_hearing_does_not_move_to_a_day_before_its_case_was_there(on):
    hearing = media.a_hearing(sent_on=date(2026, 9, 28), urn="20AB7100126")

    with pytest.raises(hearings.HearingRefused, match="before the case"):
        moved(hearing, on, WHY)

    hearing.refresh_from_db()
    assert hearing.on == media.PTPH


def test_a_hearing_does_not_come_before_the_charge():
    hearing = media.a_hearing()
    given.a_decision(hearing.case, kind=Decision.Kind.CHARGED, made_at=NOON)

    with pytest.raises(hearings.HearingRefused, match="before the charge"):
        moved(hearing, TODAY - DAY, WHY)


@pytest.mark.parametrize(
    ("on", "words"),
    [
        (date(2026, 12, 25), "bank holiday: Christmas Day"),
        (date(2026, 10, 25), "It is a Sunday"),
        (date(2099, 10, 26), "away"),
        (date(2026, 9, 28), "It is past, 7 days ago"),
    ],
)
def test_an_odd_day_is_kept_only_with_why_it_is_right(on, words):
    hearing = media.a_hearing()
    with pytest.raises(hearings.OddDay, match=words):
        moved(hearing, on)

    kept = moved(hearing, on, WHY)

    assert (kept.new_on, kept.odd_because) == (on, WHY)
    assert words in kept.odd[0]
    assert words in Event.objects.get(name="hearing.moved").detail["odd"][0]


def test_a_usual_day_is_not_asked_about_and_keeps_no_words():
    kept = moved(media.a_hearing(), date(2026, 11, 9), WHY)

    assert (kept.odd, kept.odd_because) == ([], "")


@pytest.mark.usefixtures("at_noon")
def test_the_page_asks_about_an_odd_day_before_the_hearing_moves():
    hearing = media.a_hearing(on=TODAY + 21 * DAY)
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/hearing/")

    page = page.press("Continue", reason="Adjourned by the court", **days(date(2026, 12, 25)))
    page.see("It is a bank holiday: Christmas Day")
    page = page.press("Move the hearing")
    assert page.errors == ["Say why the day is right, or change it"]
    hearing.refresh_from_db()
    assert hearing.on == TODAY + 21 * DAY
    page = page.press("Move the hearing", odd_because=WHY)

    page.see("PTPH Friday 25 December 2026", "Right all the same: " + WHY)


@pytest.mark.usefixtures("at_noon")
def test_the_page_refuses_a_year_before_the_case():
    hearing = media.a_hearing(urn="20AB7100126")
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/hearing/")

    page = page.press("Continue", reason="Adjourned by the court", **days(date(2025, 12, 14)))

    (error,) = page.errors
    assert error.startswith("Sunday 14 December 2025 is before the case was there")
    assert error.endswith("Look at the year.")


def test_the_first_day_of_a_case_is_bounded_and_asked_about_too():
    given.a_case(urn="20AB7100126")
    page = as_(media.a_lawyer()).open("/recordings/register/")
    page = page.press("Add the case", urn="20AB7100126", **days(date(2025, 10, 27)))
    assert "before the case was there" in page.errors[0]
    page = page.press("Add the case", **days(date(2026, 12, 25)))
    assert "It is a bank holiday: Christmas Day" in page.errors[0]
    assert not Hearing.objects.exists()

    page = page.press("Add the case", odd_because=WHY)

    page.see("PTPH Friday 25 December 2026", WHY)
    assert HearingMove.objects.get().odd_because == WHY


def test_a_case_cannot_have_been_sent_tomorrow():
    with pytest.raises(hearings.HearingRefused, match="still to come"):
        media.a_hearing(on=None, sent_on=TODAY + DAY)


def test_how_far_ahead_is_asked_about_is_the_areas_own_number():
    hearing = media.a_hearing()
    own = settings.NewPeriods(
        values={"furthest_days": 30}, source="The board", reason="Courts list no further."
    )
    settings.change_periods(hearing.area, own, by=None, at=NOON)

    with pytest.raises(hearings.OddDay, match="more than 30 days ahead"):
        moved(hearing, date(2026, 11, 9))


def of_a_manager(show="", today=LONG_AFTER):
    return [
        each.hearing
        for each in ladders(given.a_person(Role.SENIOR_MANAGER), LadderFilters(show=show), today)
    ]


def closed(hearing, closed_as="NOT_NEEDED", at=None):
    at = at or MUCH_LATER
    return hearings.close_hearing(hearing, closed_as, "Pleaded guilty", by=None, at=at)


def test_a_case_not_ready_stays_in_lists_and_tasks_until_it_is_closed():
    ready = media.a_ready_case()
    hearing = media.a_hearing()
    media.an_expected_item(hearing)
    senior = given.a_person(Role.SENIOR_MANAGER)

    for show in ("", "missed"):
        assert of_a_manager(show) == [hearing]
    assert waiting_for(senior, LONG_AFTER).missed == 1

    closed(hearing)

    assert of_a_manager() == of_a_manager("missed") == of_a_manager("open") == []
    assert of_a_manager("closed") == [hearing]
    assert set(of_a_manager("past")) == {hearing, ready}
    assert waiting_for(senior, LONG_AFTER).missed == 0
    event = Event.objects.get(name="hearing.closed")
    assert event.detail["closed_as"] == "NOT_NEEDED"


def never_shared():
    media.a_classified_item(media.a_hearing())


def shared_too_late():
    hearing = media.a_hearing()
    media.shared(
        hearing, media.a_classified_item(hearing), on=media.PTPH,
        at=datetime.combine(media.PTPH, NOON.time(), tzinfo=LONDON),
    )  # fmt: skip


def not_shared_with_one_firm():
    hearing = media.a_hearing(firms=("Hale LLP", "Rowe & Co"))
    parties = media.parties_of(hearing)[:-1]
    media.shared(hearing, media.a_classified_item(hearing), parties=parties)


def one_more_that_nobody_assessed():
    media.an_expected_item(media.a_ready_case())


def of_a_defendant_whose_firm_nobody_knows():
    media.a_defendant(media.a_ready_case())


@pytest.mark.parametrize(
    "unready",
    [
        never_shared, shared_too_late, not_shared_with_one_firm, one_more_that_nobody_assessed,
        of_a_defendant_whose_firm_nobody_knows,
    ],
)  # fmt: skip
def test_no_case_that_was_not_ready_is_passed_over(unready):
    unready()

    assert len(of_a_manager("missed")) == 1


def test_years_of_hearings_that_went_well_cost_no_ladder(count_queries):
    media.a_ready_case()
    with count_queries() as asked:
        assert of_a_manager() == []

    assert not any("hard_media_representation" in each["sql"].split("WHERE")[0] for each in asked)


def test_the_page_closes_a_case_and_opens_it_again():
    hearing = media.a_hearing()
    media.an_expected_item(hearing)
    with time_machine.travel(MUCH_LATER):
        closes_and_opens_again(hearing)


def closes_and_opens_again(hearing):
    page = as_(media.a_lawyer()).open(f"/recordings/cases/{hearing.case_id}/")

    page = page.see("Not ready by the hearing").follow("Close the case")
    assert page.press("Close it").errors == [
        "Choose what became of them", "Say why nothing more is done",
    ]  # fmt: skip
    page = page.press("Close it", closed_as="NOT_NEEDED", reason="Pleaded guilty at the hearing")
    page.see("Closed: not ready by the hearing", "Pleaded guilty at the hearing")
    page.not_see("It is told to")
    page = page.follow("Open the case again").press("Open it again", reason="It was another case")

    page.see("Not ready by the hearing", "Close the case")
    page.see(
        "Closed and opened again", "Pleaded guilty at the hearing", "It was another case"
    )  # fmt: skip
    event = Event.objects.get(name="hearing.reopened")
    assert event.detail == {"closing": hearing.former_closings.get().pk}


def test_only_a_case_that_was_not_ready_is_closed_and_only_once():
    to_come, ready = media.a_hearing(), media.a_ready_case()
    media.an_expected_item(to_come)
    for each, at in ((to_come, NOON), (ready, None)):
        with pytest.raises(hearings.HearingRefused, match="was not ready by a hearing"):
            closed(each, at=at)
    closed(to_come)

    with pytest.raises(hearings.HearingRefused, match="meanwhile"):
        closed(to_come)


def test_a_hearing_that_moves_opens_its_case_again():
    hearing = media.a_hearing()
    media.an_expected_item(hearing)
    closed(hearing)

    moved(hearing, date(2026, 11, 9))

    hearing.refresh_from_db()
    assert (hearing.closed_as, hearing.closed_at) == ("", None)
    kept, move = hearing.former_closings.get(), hearing.moves.first()
    assert (kept.closed_reason, kept.opened_because) == ("Pleaded guilty", move.reason)


def test_what_was_closed_and_opened_before_there_were_rows_is_kept_from_the_record():
    hearing = media.a_hearing()
    audit.record("hearing.closed", hearing, by=None, at=NOON, closed_as="OTHER", on=hearing.on)
    audit.record(
        "hearing.reopened", hearing, by=None, at=MUCH_LATER, reason="Not over", closed_as="OTHER",
        closed_because="All over",
    )  # fmt: skip

    import_module("forthright.hard_media.migrations.0015_places_and_closings").keep_closings(
        apps, None
    )

    kept = hearing.former_closings.get()
    assert (kept.closed_as, kept.closed_reason, kept.closed_at) == ("OTHER", "All over", NOON)
    assert (kept.opened_because, kept.opened_at) == ("Not over", MUCH_LATER)


def test_closing_a_case_changes_no_figure_of_the_past():
    hearing = media.a_hearing()
    media.a_classified_item(hearing)
    of = {"week": Week(2026, 44), "first": Week(2026, 30), "as_of": LONG_AFTER}
    before = backlog_of(hearing.area, **of)

    closed(hearing)

    assert before.recordings[0].held_on == media.PTPH
    assert backlog_of(hearing.area, **of) == before
