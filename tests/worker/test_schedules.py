"""The calendar: due in London time, made good after an outage, asked for once."""

from datetime import UTC, datetime, timedelta

import pytest

from forthright.web.models import Job
from forthright.worker import records
from forthright.worker.bindings import SCHEDULES
from forthright.worker.schedules import LONDON, Schedule
from tests import given

MONDAYS = Schedule("Monday report", "reports.weekly", "0 7 * * MON")
NIGHTLY = Schedule("Nightly check", "audit.verify", "0 2 * * *", only_latest=True)
FRIDAY = datetime(2026, 10, 16, 16, 0, tzinfo=LONDON)


def test_a_schedule_keeps_london_time_when_the_clocks_change():
    moments = MONDAYS.moments(FRIDAY, FRIDAY + timedelta(days=14))

    assert [moment.astimezone(UTC).isoformat() for moment in moments] == [
        "2026-10-19T06:00:00+00:00",
        "2026-10-26T07:00:00+00:00",
    ]


def test_the_moment_itself_is_due_and_its_start_is_not():
    seven = datetime(2026, 10, 19, 7, 0, tzinfo=LONDON)

    assert MONDAYS.moments(FRIDAY, seven) == [seven]
    assert MONDAYS.moments(seven, seven + timedelta(hours=1)) == []


def test_second_marks_are_offered_when_the_page_of_how_far_marks_agree_says():
    (offered,) = (each for each in SCHEDULES if each.job == "reviews.choose_second")

    days = [FRIDAY + timedelta(days=day) for day in range(8)]
    moments = {
        f"{moment:%a %H:%M}"
        for day in days
        for moment in offered.moments(day, day + timedelta(days=1))
    }

    assert moments == {f"{day} 05:30" for day in ("Mon", "Tue", "Wed", "Thu", "Fri")}


@pytest.mark.django_db
def test_a_new_schedule_starts_from_now():
    records.ask_scheduled(MONDAYS, at=given.NOON)

    assert not Job.objects.exists()


@pytest.mark.django_db
def test_every_missed_monday_is_made_good_once():
    records.ask_scheduled(MONDAYS, at=given.NOON)

    records.ask_scheduled(MONDAYS, at=given.NOON + timedelta(days=15))
    records.ask_scheduled(MONDAYS, at=given.NOON + timedelta(days=15))

    assert list(Job.objects.order_by("id").values_list("key", flat=True)) == [
        "Monday report 2026-10-12T07:00:00+01:00",
        "Monday report 2026-10-19T07:00:00+01:00",
    ]


@pytest.mark.django_db
def test_of_missed_nightly_checks_only_the_latest_is_made_good():
    records.ask_scheduled(NIGHTLY, at=given.NOON)

    records.ask_scheduled(NIGHTLY, at=given.NOON + timedelta(days=5))

    assert [job.key for job in Job.objects.all()] == ["Nightly check 2026-10-10T02:00:00+01:00"]


@pytest.mark.django_db
def test_a_schedule_for_each_area_asks_once_for_each():
    areas = [given.an_area("Mercia"), given.an_area("Wessex")]
    each = Schedule("Draw", "samples.draw", "0 6 * * MON", for_each_area=True)
    records.ask_scheduled(each, at=given.NOON)

    records.ask_scheduled(each, at=given.NOON + timedelta(days=8))

    assert [job.area for job in Job.objects.order_by("id")] == areas
