from datetime import date

import pytest

from forthright.rules.clock_rules import Status
from forthright.rules.media_periods import (
    changed_periods,
    dates_before,
    dispute_deadline,
    expected_hearing,
    failure_reasons,
    latest_hearing,
    link_ends,
    published_periods,
    why_opens_too_long,
)

PERIODS = published_periods()


def test_every_period_has_a_source_and_what_nobody_confirmed_says_so():
    unconfirmed = {name for name, each in PERIODS.periods.items() if not each.is_confirmed}

    assert all(each.source and each.words for each in PERIODS.periods.values())
    assert unconfirmed == {
        "amber_days", "red_days", "ptph_longest_days", "dispute_days", "link_warning_days",
        "furthest_days", "firm_days",
        "link_days_after", "link_longest_days",
        "least_description",
    }  # fmt: skip


def test_the_days_before_a_hearing_come_in_their_order():
    steps = dates_before(date(2026, 12, 10), PERIODS)

    assert [(step.by.name, step.on) for step in steps] == [
        ("pack_days", date(2026, 12, 3)),
        ("amber_days", date(2026, 12, 3)),
        ("red_days", date(2026, 12, 8)),
    ]


def test_a_hearing_not_yet_listed_is_counted_from_sending():
    sent = date(2026, 11, 2)

    assert expected_hearing(sent, PERIODS) == date(2026, 11, 30)
    assert latest_hearing(sent, PERIODS) == date(2026, 12, 7)


@pytest.mark.parametrize(
    ("given_on", "deadline"),
    [
        pytest.param(date(2026, 10, 1), "2026-12-12T23:59:00+00:00", id="first of a month"),
        pytest.param(date(2026, 10, 31), "2026-12-12T23:59:00+00:00", id="last of a month"),
        pytest.param(date(2028, 2, 3), "2028-04-11T23:59:00+01:00", id="leap year, summer time"),
    ],
)
def test_dispute_deadline(given_on, deadline):
    assert dispute_deadline(given_on, PERIODS).isoformat() == deadline


def test_a_number_given_anew_is_the_areas_own_and_the_others_keep_their_source():
    own = changed_periods(PERIODS, {"amber_days": 10}, source="Board, May 2026", version="2")

    assert own["amber_days"] == 10
    assert own.periods["amber_days"].status is Status.CONFIRMED
    assert own.periods["amber_days"].source == "Board, May 2026"
    assert own.periods["red_days"] == PERIODS.periods["red_days"]


def test_the_failure_reasons_stand_in_their_exact_words():
    assert failure_reasons() == (
        "Multi-media BWV not clipped",
        "Multi-media BWV not in playable format",
        "Multi-media BWV not provided",
        "Multi-media CCTV not clipped",
        "Multi-media CCTV not in playable format",
        "Multi-media CCTV not provided",
        "Multi-media Other not clipped",
        "Multi-media Other not in playable format",
    )


@pytest.mark.parametrize(
    ("hearing_on", "ends"),
    [
        (date(2026, 12, 16), date(2027, 1, 13)),
        (date(2026, 11, 1), date(2026, 12, 24)),
        (None, None),
    ],
)
def test_a_link_opens_beyond_the_hearing_unless_another_day_is_chosen(hearing_on, ends):
    assert link_ends(hearing_on, date(2026, 11, 26), published_periods()) == ends


@pytest.mark.parametrize(
    ("until", "hearing_on", "refused"),
    [
        (date(2027, 10, 5), None, False),
        (date(2027, 10, 6), None, True),
        (date(2027, 10, 6), date(2026, 10, 6), False),
        (date(2027, 10, 6), date(2026, 9, 1), True),
        (date(9999, 12, 31), date(2028, 1, 10), True),
    ],
)
def test_a_link_opens_for_a_year_after_the_hearing_or_after_today_at_most(
    until, hearing_on, refused
):
    why = why_opens_too_long(until, hearing_on, date(2026, 10, 5), PERIODS)

    assert ("for longer than 365 days" in why) is refused
