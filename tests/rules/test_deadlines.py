from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forthright.rules.clock_rules import (
    UNCITED,
    ClockRules,
    DayOne,
    LimitMissing,
    Measure,
    Status,
    published_clock_rules,
    published_dispute_limit,
)
from forthright.rules.deadlines import (
    decision_deadline,
    dispute_deadline,
    letter_due,
    month_dispute_deadline,
)
from forthright.rules.entitlement import Entitlement
from forthright.rules.words import LONDON, TimeHasNoZone, moment_at
from forthright.rules.working_days import CalendarTooShort, is_working_day
from tests.rules.examples import CALENDAR, FIVE_DAYS, FIVE_OCLOCK, ONE_DAY, QUICK, RULES, at

MOMENTS = st.builds(
    datetime.combine, st.dates(date(2024, 1, 1), date(2028, 6, 30)), st.times(), st.just(LONDON)
)
EITHER_RULES = st.sampled_from([RULES, FIVE_OCLOCK])


def due(decided, entitlement=Entitlement.ENHANCED, rules=RULES):
    return letter_due(decided, entitlement=entitlement, rules=rules, calendar=CALENDAR)


@pytest.mark.parametrize(
    ("decided", "one_day", "five_days"),
    [
        pytest.param(at(date(2026, 3, 2)), date(2026, 3, 3), date(2026, 3, 9), id="a Monday"),
        pytest.param(
            at(date(2026, 3, 6), 18, 30), date(2026, 3, 9), date(2026, 3, 13), id="Friday evening"
        ),
        pytest.param(
            at(date(2026, 3, 7), 11), date(2026, 3, 9), date(2026, 3, 13), id="a Saturday court"
        ),
        pytest.param(at(date(2026, 3, 3), 23, 59), date(2026, 3, 4), date(2026, 3, 10), id="23:59"),
        pytest.param(at(date(2026, 3, 4), 0, 0), date(2026, 3, 5), date(2026, 3, 11), id="0:00"),
        pytest.param(
            at(date(2026, 4, 2), 16, 55), date(2026, 4, 7), date(2026, 4, 13), id="over Easter"
        ),
        pytest.param(at(date(2026, 4, 3)), date(2026, 4, 7), date(2026, 4, 13), id="Good Friday"),
        pytest.param(
            at(date(2026, 12, 24)), date(2026, 12, 29), date(2027, 1, 5), id="Christmas 2026"
        ),
        pytest.param(
            at(date(2027, 12, 24)), date(2027, 12, 29), date(2028, 1, 5), id="both days moved, 2027"
        ),
        pytest.param(
            at(date(2026, 3, 28), 23, 30), date(2026, 3, 30), date(2026, 4, 7), id="clocks go on"
        ),
        pytest.param(
            at(date(2026, 10, 25), 1, 30),
            date(2026, 10, 26),
            date(2026, 10, 30),
            id="clocks go back",
        ),
        pytest.param(
            datetime(2026, 6, 1, 23, 30, tzinfo=UTC),
            date(2026, 6, 3),
            date(2026, 6, 9),
            id="half past midnight here, still yesterday in UTC",
        ),
    ],
)
def test_letter_due(decided, one_day, five_days):
    assert due(decided).day == one_day
    assert due(decided, Entitlement.STANDARD).day == five_days


def test_the_sentence_shows_the_arithmetic():
    assert due(at(date(2026, 4, 2), 16, 55)).sentence == (
        "decided Thursday 2 April 2026, 4:55pm; Good Friday and Easter Monday do not count; "
        "due Tuesday 7 April"
    )


def test_the_arithmetic_goes_step_by_step():
    assert due(at(date(2026, 4, 2), 16, 55)).arithmetic == (
        "Decided Thursday 2 April 2026, 4:55pm.",
        "Enhanced entitlement: 1 working day allowed (a published scheme).",
        "The working day after the decision is the first day counted.",
        "Good Friday and Easter Monday do not count.",
        "Due Tuesday 7 April 2026.",
    )


def test_a_weekend_is_named_when_it_is_all_that_was_passed_over():
    assert due(at(date(2026, 3, 6), 18)).sentence == (
        "decided Friday 6 March 2026, 6pm; Saturday and Sunday do not count; due Monday 9 March"
    )


def test_nothing_is_said_of_closed_days_when_none_were_passed_over():
    assert due(at(date(2026, 3, 2), 10)).sentence == (
        "decided Monday 2 March 2026, 10am; due Tuesday 3 March"
    )


@pytest.mark.parametrize(
    ("decided", "rules", "day", "said"),
    [
        pytest.param(
            date(2026, 3, 3), RULES, date(2026, 3, 4),
            "decided Tuesday 3 March 2026, hour not recorded; due Wednesday 4 March",
            id="no cut-off",
        ),
        pytest.param(
            date(2026, 3, 3), FIVE_OCLOCK, date(2026, 3, 4),
            "decided Tuesday 3 March 2026, hour not recorded; counted as before the 5pm cut-off, "
            "which gives the earlier date; due Wednesday 4 March",
            id="before the cut-off",
        ),
        pytest.param(
            date(2026, 3, 7), FIVE_OCLOCK, date(2026, 3, 10),
            "decided Saturday 7 March 2026, hour not recorded; not on a working day, so it counts "
            "as decided on Monday 9 March; Sunday does not count; due Tuesday 10 March",
            id="a Saturday, whatever its hour",
        ),
    ],
)  # fmt: skip
def test_a_day_whose_hour_nobody_recorded_is_due_at_the_earlier_date(decided, rules, day, said):
    without_hour = due(moment_at(decided, None), rules=rules)

    assert without_hour.day == day
    assert without_hour.sentence == said


def test_the_year_is_said_when_the_due_date_is_in_another():
    assert due(at(date(2026, 12, 24)), Entitlement.STANDARD).sentence.endswith(
        "Christmas Day, Boxing Day (substitute day) and New Year’s Day do not count; "
        "due Tuesday 5 January 2027"
    )


def test_an_entitlement_nobody_knows_is_treated_as_enhanced_and_says_so():
    unknown = due(at(date(2026, 3, 2)), Entitlement.UNKNOWN)

    assert unknown.day == date(2026, 3, 3)
    assert unknown.treated_as_enhanced
    assert unknown.entitlement_used is Entitlement.ENHANCED
    assert "Entitlement is not known, so it is treated as enhanced." in unknown.arithmetic
    assert "entitlement not known, so treated as enhanced" in unknown.sentence


@pytest.mark.parametrize(
    ("decided", "day", "said"),
    [
        pytest.param(at(date(2026, 3, 3), 17), date(2026, 3, 4), "", id="on the hour"),
        pytest.param(
            at(date(2026, 3, 3), 17, 1),
            date(2026, 3, 5),
            "after the 5pm cut-off, so it counts as decided on Wednesday 4 March",
            id="a minute later",
        ),
        pytest.param(
            at(date(2026, 3, 6), 18),
            date(2026, 3, 10),
            "after the 5pm cut-off, so it counts as decided on Monday 9 March",
            id="Friday evening",
        ),
        pytest.param(
            at(date(2026, 3, 7), 11),
            date(2026, 3, 10),
            "not on a working day, so it counts as decided on Monday 9 March",
            id="a Saturday court",
        ),
    ],
)
def test_a_cut_off_hour_moves_the_start(decided, day, said):
    answer = due(decided, rules=FIVE_OCLOCK)

    assert answer.day == day
    assert said in answer.sentence


@pytest.mark.parametrize(
    ("decided", "day"),
    [
        pytest.param(at(date(2026, 3, 2)), date(2026, 3, 6), id="Monday is the first of five"),
        pytest.param(at(date(2026, 3, 7)), date(2026, 3, 13), id="Saturday does not count"),
    ],
)
def test_the_day_of_the_decision_can_be_day_one(decided, day):
    rules = replace(RULES, day_one=DayOne.DAY_OF_DECISION)
    answer = due(decided, Entitlement.STANDARD, rules)

    assert answer.day == day
    assert "The day of the decision is the first day counted." in answer.arithmetic


@QUICK
@given(MOMENTS, st.sampled_from(Entitlement), EITHER_RULES)
def test_a_letter_is_always_due_on_a_working_day_after_the_decision(moment, entitlement, rules):
    answer = due(moment, entitlement, rules)

    assert is_working_day(answer.day, CALENDAR)
    assert answer.day > moment.date()


@QUICK
@given(MOMENTS, st.timedeltas(timedelta(0), timedelta(days=9)), EITHER_RULES)
def test_a_later_decision_is_never_due_earlier(moment, later, rules):
    assert due(moment, rules=rules).day <= due(moment + later, rules=rules).day


@QUICK
@given(MOMENTS)
def test_not_knowing_never_gives_a_later_date(moment):
    assert due(moment, Entitlement.UNKNOWN).day <= due(moment, Entitlement.STANDARD).day


def test_a_time_without_zone_is_refused():
    with pytest.raises(TimeHasNoZone, match="Give it with its zone"):
        due(datetime(2026, 3, 2, 12, 0))  # noqa: DTZ001 — this is what is refused


def test_a_due_date_past_the_calendar_is_refused():
    with pytest.raises(CalendarTooShort, match="an administrator adds"):
        due(at(date(2099, 3, 2)))


def test_rules_without_the_limit_are_refused():
    with pytest.raises(LimitMissing, match="no time limit for enhanced entitlement"):
        due(at(date(2026, 3, 2)), rules=ClockRules(version="bare", limits=(FIVE_DAYS,)))


def test_the_shipped_limits_are_cited_and_dated():
    rules = published_clock_rules()

    assert [(limit.entitlement, limit.working_days) for limit in rules.limits] == [
        (Entitlement.ENHANCED, 1),
        (Entitlement.STANDARD, 5),
    ]
    assert all(limit.status is Status.PUBLISHED for limit in rules.limits)
    assert all(limit.source_address.startswith("https://") for limit in rules.limits)
    assert all(limit.source and not limit.confirmed_by for limit in rules.limits)


def test_the_shipped_clock_says_what_the_area_must_confirm():
    assert published_clock_rules().to_confirm() == (
        "no cut-off hour, so a decision at any time counts on its own day",
        "the working day after the decision is the first day counted",
        "a letter is on time when it is sent",
    )
    changed = ClockRules(
        version="own",
        limits=(ONE_DAY, replace(FIVE_DAYS, status=Status.TO_BE_CONFIRMED)),
        cut_off=time(16, 30),
        day_one=DayOne.DAY_OF_DECISION,
        measure=Measure.REACHED,
    )
    assert changed.to_confirm() == (
        "cut-off hour 4:30pm",
        "the day of the decision is the first day counted",
        "a letter is on time when it has reached the person",
        "Standard entitlement: 5 working days",
    )


def test_a_due_date_says_which_of_its_rules_nobody_has_confirmed_and_their_source():
    assert published_clock_rules().unconfirmed_for(Entitlement.STANDARD) == tuple(
        f"Unverified, to be confirmed by the Area: {words}. Source: {source}."
        for words, source in (
            ("no cut-off hour, so a decision at any time counts on its own day",
             "No published cut-off hour was found"),
            ("the working day after the decision is the first day counted",
             "No published definition was found"),
            ("a letter is on time when it is sent",
             ("The scheme says sent; the Victims' Code says the person is to receive the "
             "information")),
        )
    )  # fmt: skip
    rules = ClockRules(
        version="own", limits=(ONE_DAY, replace(FIVE_DAYS, status=Status.TO_BE_CONFIRMED))
    )
    settled = replace(UNCITED, status=Status.CONFIRMED)
    rules = replace(rules, cut_off_from=settled, day_one_from=settled, measure_from=settled)
    assert rules.unconfirmed_for(Entitlement.UNKNOWN) == ()
    assert rules.unconfirmed_for(Entitlement.STANDARD) == (
        (
            "Unverified, to be confirmed by the Area: Standard entitlement: 5 working days. "
            f"Source: {FIVE_DAYS.source}."
        ),
    )


def test_a_dispute_has_ten_working_days_and_says_so():
    limit = published_dispute_limit()
    answer = dispute_deadline(date(2026, 3, 27), calendar=CALENDAR, working_days=limit.working_days)

    assert limit.provenance.status is Status.TO_BE_CONFIRMED
    assert answer.day == date(2026, 4, 14)
    assert answer.sentence == (
        "told Friday 27 March 2026; 10 working days to dispute; Good Friday and Easter Monday "
        "do not count; dispute by the end of Tuesday 14 April 2026"
    )


def test_a_dispute_is_decided_within_as_many_days():
    answer = decision_deadline(date(2026, 3, 27), calendar=CALENDAR, working_days=10)

    assert answer.day == date(2026, 4, 14)
    assert [each.name for each in answer.not_counted if not each.is_weekend] == [
        "Good Friday", "Easter Monday",
    ]  # fmt: skip
    assert answer.arithmetic[0] == "Disputed Friday 27 March 2026."
    assert answer.sentence.endswith("do not count; decide by the end of Tuesday 14 April 2026")


@pytest.mark.parametrize(
    ("year", "month", "locked"),
    [
        pytest.param(2025, 12, datetime(2026, 2, 11, 23, 59, tzinfo=LONDON), id="December"),
        pytest.param(2025, 11, datetime(2026, 1, 11, 23, 59, tzinfo=LONDON), id="November"),
        # A published page prints 10 April here; the rule itself gives 11 April.
        pytest.param(2026, 2, datetime(2026, 4, 11, 23, 59, tzinfo=LONDON), id="February"),
    ],
)
def test_a_month_is_locked_42_days_after_its_end(year, month, locked):
    assert month_dispute_deadline(year, month) == locked
