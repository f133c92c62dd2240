"""Dates of disclosure come from dated, cited rows, and each says how it was worked out."""

from datetime import date, timedelta

import pytest
from hypothesis import given as for_all
from hypothesis import strategies

from forthright.rules.bank_holidays import published_bank_holidays
from forthright.rules.disclosure_deadlines import (
    OF_THE_DEFENCE,
    NoLimitInForce,
    disclosure_steps,
    initial_step,
    unconfirmed_of,
)
from forthright.rules.disclosure_limits import (
    Court,
    LimitsRefused,
    Remand,
    SentCase,
    limits_of,
    published_disclosure_limits,
)
from forthright.rules.working_days import CalendarTooShort, is_working_day

CALENDAR = published_bank_holidays().calendar
OWN = """
version = "our own"
[[limit]]
key = "stage_1"
title = "Initial disclosure"
from = "sent"
days = 30
counted = "AFTER"
source = "Protocol of 1 May 2026"
in_force_from = 2026-05-01
status = "confirmed"
"""


def steps_of(sent, remand=Remand.CUSTODY, **said):
    case = SentCase(sent=sent, remand=remand, **said)
    steps = disclosure_steps(case, limits=published_disclosure_limits(), calendar=CALENDAR)
    return {step.key: step for step in steps}


@pytest.mark.parametrize(
    ("sent", "remand", "due"),
    [
        pytest.param(date(2026, 4, 1), Remand.CUSTODY, date(2026, 5, 21), id="50 days in custody"),
        pytest.param(date(2026, 4, 1), Remand.BAIL, date(2026, 6, 10), id="70 days on bail"),
        pytest.param(date(2026, 11, 30), Remand.CUSTODY, date(2027, 1, 19), id="over a new year"),
        pytest.param(date(2028, 1, 10), Remand.CUSTODY, date(2028, 2, 29), id="a leap day"),
    ],
)
def test_initial_disclosure_due(sent, remand, due):
    assert steps_of(sent, remand)["stage_1"].day == due


def test_the_arithmetic_is_in_words():
    step = steps_of(date(2026, 4, 1))["stage_1"]

    assert step.arithmetic == (
        "Sent to the Crown Court, in custody, on Wednesday 1 April 2026.",
        "50 days after that day is Thursday 21 May 2026.",
    )


@pytest.mark.parametrize(
    ("sent", "last", "words"),
    [
        pytest.param(date(2026, 4, 3), date(2026, 5, 22), "a Saturday", id="a Saturday"),
        pytest.param(date(2026, 2, 12), date(2026, 4, 2), "Good Friday", id="Good Friday"),
        pytest.param(date(2026, 2, 15), date(2026, 4, 2), "Easter Monday", id="Easter Monday"),
    ],
)
def test_a_day_on_which_nobody_works_is_told_with_the_last_working_day_before(sent, last, words):
    step = steps_of(sent)["stage_1"]

    assert step.serve_by == last
    assert step.arithmetic[-1].startswith(f"That is {words}, and it stays the last day")


@pytest.mark.parametrize("key", ["stage_3", "hearing_pack"])
def test_by_no_other_date_than_that_of_initial_disclosure_is_anything_judged(key):
    days = (date(2026, 4, 1) + timedelta(days=each) for each in range(60))
    steps = [steps_of(day) for day in days]
    closed = [each[key] for each in steps if each[key].serve_by != each[key].day]
    firsts = [each["stage_1"] for each in steps if each["stage_1"].serve_by != each["stage_1"].day]

    assert closed
    assert firsts
    for step in closed:
        assert "judged" not in " ".join(step.arithmetic)
        assert "The last working day before it is" in step.arithmetic[-1]
    assert all("by which this is judged" in step.arithmetic[-1] for step in firsts)


def test_the_defences_days_begin_with_the_day_of_disclosure():
    step = steps_of(date(2026, 4, 1), disclosed=date(2026, 5, 1))["defence_statement"]

    assert step.day == date(2026, 5, 28)
    assert step.arithmetic[0] == "Initial disclosure given on Friday 1 May 2026."
    assert step.arithmetic[1] == "28 days beginning with that day end on Thursday 28 May 2026."


def test_what_the_defence_has_until_is_not_brought_forward_to_the_working_day_before():
    step = steps_of(date(2026, 9, 1), disclosed=date(2026, 10, 19))["defence_statement"]

    assert (step.day, step.serve_by) == (date(2026, 11, 15), date(2026, 11, 15))
    assert step.arithmetic[-1].startswith("That is a Sunday; the defence has all of it.")


def test_a_date_that_a_court_ordered_wins_and_moves_what_follows():
    ordered = {"stage_1": date(2026, 6, 1)}
    steps = steps_of(date(2026, 4, 1), ordered=ordered)

    assert steps["stage_1"].day == date(2026, 6, 1)
    assert "a court’s date wins" in steps["stage_1"].arithmetic[-1]
    assert steps["stage_2"].day == date(2026, 6, 29)


def test_a_saturday_that_a_court_ordered_is_the_last_day():
    step = steps_of(date(2026, 9, 1), ordered={"stage_1": date(2026, 10, 17)})["stage_1"]

    assert step.serve_by == step.day == date(2026, 10, 17)
    assert step.arithmetic[-1] == (
        "That is a Saturday, and it is the last day, because the court ordered that day."
    )


def test_nothing_is_due_before_the_case_was_sent():
    step = steps_of(date(2026, 4, 1), ordered={"stage_1": date(2026, 3, 31)})["stage_1"]

    assert step.day == date(2026, 5, 21)
    assert "before the duty began, so it does not count" in step.arithmetic[-1]


def test_days_before_a_hearing_are_counted_back():
    steps = steps_of(date(2026, 4, 1))

    assert steps["hearing_pack"].day == steps["hearing"].day - timedelta(days=7)


def test_what_nobody_has_confirmed_is_said():
    words = unconfirmed_of(list(steps_of(date(2026, 4, 1)).values()))

    assert words[0].startswith("Unverified, to be confirmed by the Area: Initial disclosure")


def test_every_published_limit_has_a_source_and_a_date():
    limits = published_disclosure_limits().limits

    assert [x.key for x in limits if not x.source or x.in_force_from.year < 2000] == []


def test_a_case_sent_before_any_limit_has_none():
    with pytest.raises(NoLimitInForce, match="was in force on"):
        steps_of(date(2012, 1, 3))


def test_a_calendar_that_ends_before_the_date_is_refused():
    with pytest.raises(CalendarTooShort):
        steps_of(CALENDAR.known_until)


def test_an_areas_own_limits_take_the_place_of_those_published():
    case = SentCase(sent=date(2026, 5, 1), remand=Remand.BAIL)

    step = initial_step(
        disclosure_steps(case, limits=limits_of(OWN, "own.toml"), calendar=CALENDAR)
    )

    assert step.day == date(2026, 5, 31)
    assert step.source == "Protocol of 1 May 2026"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        pytest.param(("days = 30", "days = -1"), "limit 1, field days", id="days"),
        pytest.param(('source = "Protocol of 1 May 2026"', ""), "limit 1, field source",
                     id="source"),
        pytest.param(('counted = "AFTER"', 'counted = "SOON"'), "field counted", id="counted"),
        pytest.param(("[[limit]]", "[[limits]]"), "holds no [[limit]]", id="no limits"),
        pytest.param(("days = 30", "days = "), "not TOML", id="not TOML"),
    ],
)  # fmt: skip
def test_a_faulty_file_of_limits_is_refused_with_its_place(change, words):
    with pytest.raises(LimitsRefused) as refusal:
        limits_of(OWN.replace(*change), "own.toml")

    assert words in str(refusal.value)


@for_all(sent=strategies.dates(date(2020, 1, 1), date(2027, 12, 31)),
         remand=strategies.sampled_from(Remand))  # fmt: skip
def test_the_last_working_day_is_one_and_is_never_late(sent, remand):
    for step in steps_of(sent, remand).values():
        if step.key in OF_THE_DEFENCE:
            assert step.serve_by == step.day
            continue
        assert is_working_day(step.serve_by, CALENDAR)
        assert step.serve_by <= step.day


def test_before_magistrates_the_days_begin_with_the_plea():
    found = steps_of(date(2026, 4, 1), Remand.BAIL, court=Court.MAGISTRATES)

    assert set(found) == {"stage_1", "defence_statement"}
    assert found["stage_1"].day == date(2026, 4, 29)
    assert found["stage_1"].arithmetic[0] == (
        "Not-guilty plea in the magistrates’ court on Wednesday 1 April 2026."
    )


def test_once_disclosure_is_given_the_defence_statement_has_its_own_day():
    found = steps_of(date(2026, 4, 1), disclosed=date(2026, 5, 1))["defence_statement"]

    assert (found.title, found.day) == ("Defence statement", date(2026, 5, 28))


def test_a_defence_statement_that_came_late_moves_what_answers_it_by_a_like_period():
    sent = date(2026, 4, 1)
    plain = steps_of(sent)
    stage_2, stage_3 = plain["stage_2"].day, plain["stage_3"].day
    late = stage_2 + timedelta(days=5)

    moved = steps_of(sent, stated=late)["stage_3"]

    assert moved.day == stage_3 + timedelta(days=5)
    first, why, last = moved.arithmetic[:3]
    assert first == "Stage 2 ends on Thursday 18 June 2026."
    assert why.startswith("The defence statement came after that, on Tuesday 23 June 2026, so")
    assert last == "14 days after that day is Tuesday 7 July 2026."
    assert steps_of(sent, stated=stage_2)["stage_3"].day == stage_3


def test_a_late_statement_moves_a_day_that_a_court_had_ordered_by_the_period_it_gave():
    ordered = {"stage_2": date(2026, 11, 16), "stage_3": date(2026, 12, 14)}

    step = steps_of(date(2026, 9, 1), stated=date(2026, 12, 7), ordered=ordered)["stage_3"]

    assert step.day == step.serve_by == date(2027, 1, 4)
    assert step.arithmetic == (
        "Stage 2 ends on Monday 16 November 2026.",
        "The court ordered Monday 14 December 2026, 28 days after that day.",
        (
            "The defence statement came after that, on Monday 7 December 2026, so a like period "
            "counts from it, because the court ordered it before: 28 days after it is Monday "
            "4 January 2027."
        ),
    )
    in_time = steps_of(date(2026, 9, 1), stated=date(2026, 11, 16), ordered=ordered)["stage_3"]
    assert in_time.day == date(2026, 12, 14)


def test_a_date_that_a_court_set_once_the_statement_had_come_wins_over_a_like_period():
    ordered = {"stage_3": date(2026, 7, 3)}

    step = steps_of(date(2026, 4, 1), stated=date(2026, 6, 23), ordered=ordered,
                    ordered_since=["stage_3"])["stage_3"]  # fmt: skip

    assert step.day == date(2026, 7, 3)
    assert "a court’s date wins" in step.arithmetic[-1]


def test_where_disclosure_was_late_stage_2_says_which_day_the_statement_is_due_by_and_why():
    steps = disclosure_steps(
        SentCase(sent=date(2026, 10, 9), remand=Remand.CUSTODY, disclosed=date(2026, 12, 11)),
        limits=published_disclosure_limits(), calendar=CALENDAR,
    )  # fmt: skip

    [stage_2] = [step for step in steps if step.key == "stage_2"]
    said = " ".join(stage_2.arithmetic)
    assert "The defence statement is due by another day, Thursday 7 January 2027" in said
    assert "Thursday 7 January 2027 binds for the statement, because a regulation sets it" in said


@pytest.mark.parametrize(
    ("ordered", "day", "says"),
    [
        pytest.param({"stage_2": date(2027, 1, 15)}, date(2027, 1, 15),
                     "The court ordered Friday 15 January 2027 for Stage 2, the defence response, "
                     "and no other day for the statement", id="Stage 2 alone"),
        pytest.param({"stage_2": date(2027, 1, 15), "defence_statement": date(2027, 1, 22)},
                     date(2027, 1, 22), "The court ordered Friday 22 January 2027", id="both"),
        pytest.param({"stage_2": date(2026, 12, 10)}, date(2027, 1, 7),
                     "which was before disclosure was given", id="over when it was given"),
        pytest.param({"stage_2": date(2027, 1, 15), "defence_statement": date(2026, 12, 10)},
                     date(2027, 1, 15), "for Stage 2", id="its own was over, Stage 2 was not"),
    ],
)  # fmt: skip
def test_a_day_that_the_court_ordered_for_stage_2_is_the_day_for_the_statement(ordered, day, says):
    steps = disclosure_steps(
        SentCase(sent=date(2026, 10, 9), remand=Remand.CUSTODY, disclosed=date(2026, 12, 11),
                 ordered=ordered),
        limits=published_disclosure_limits(), calendar=CALENDAR,
    )  # fmt: skip

    [statement] = [step for step in steps if step.key == "defence_statement"]
    assert (statement.day, statement.serve_by) == (day, day)
    assert says in " ".join(statement.arithmetic)


@pytest.mark.parametrize(
    ("ordered", "says"),
    [
        ({"defence_statement": date(2027, 1, 22)},
         "Friday 22 January 2027 binds for the statement, because the court ordered it."),
        ({"stage_2": date(2026, 12, 10)},
         "Thursday 7 January 2027 binds for the statement, because disclosure was given after"),
    ],
)  # fmt: skip
def test_stage_2_says_which_day_binds_where_the_statement_has_another(ordered, says):
    steps = disclosure_steps(
        SentCase(sent=date(2026, 10, 9), remand=Remand.CUSTODY, disclosed=date(2026, 12, 11),
                 ordered=ordered),
        limits=published_disclosure_limits(), calendar=CALENDAR,
    )  # fmt: skip

    [stage_2] = [step for step in steps if step.key == "stage_2"]
    assert stage_2.arithmetic[-1].startswith(says)


def test_an_order_of_a_day_before_disclosure_was_given_says_that_the_time_runs_from_then():
    step = steps_of(
        date(2026, 8, 1), disclosed=date(2026, 10, 5),
        ordered={"defence_statement": date(2026, 10, 1)},
    )["defence_statement"]  # fmt: skip

    assert step.day == date(2026, 11, 1)
    assert "which was before disclosure was given" in " ".join(step.arithmetic)


def test_a_stage_3_before_the_defence_statement_is_due_says_so():
    late = steps_of(date(2026, 10, 24), disclosed=date(2026, 12, 29))
    in_time = steps_of(date(2026, 10, 24), disclosed=date(2026, 12, 1))

    assert "before the defence statement is due" in " ".join(late["stage_3"].arithmetic)
    assert "before the defence" not in " ".join(in_time["stage_3"].arithmetic)


LISTED = date(2026, 10, 27)


@pytest.mark.parametrize(
    ("said", "hearing", "pack", "words"),
    [
        pytest.param({}, date(2026, 9, 29), date(2026, 9, 22), "28 days after that day",
                     id="nobody knows"),
        pytest.param({"listed": LISTED}, LISTED, date(2026, 10, 20),
                     "The register of recordings has it listed on Tuesday 27 October 2026",
                     id="listed"),
        pytest.param({"listed": LISTED, "ordered": {"hearing": date(2026, 11, 3)}},
                     date(2026, 11, 3), date(2026, 10, 27),
                     "The court ordered Tuesday 3 November 2026", id="a court’s date before it"),
        pytest.param({"listed": LISTED, "ordered": {"hearing_pack": date(2026, 10, 1)}}, LISTED,
                     date(2026, 10, 1), "The register of recordings has it listed",
                     id="another date of the court"),
        pytest.param({"listed": date(2026, 10, 31)}, date(2026, 10, 31), date(2026, 10, 23),
                     "it is the last day, because the court listed the hearing on that day",
                     id="on a Saturday"),
    ],
)  # fmt: skip
def test_the_hearing_is_on_the_day_that_the_court_listed_or_ordered(said, hearing, pack, words):
    steps = steps_of(date(2026, 9, 1), **said)

    assert steps["hearing"].serve_by == hearing
    assert steps["hearing_pack"].serve_by == pack
    assert words in " ".join(steps["hearing"].arithmetic)


def test_a_listed_hearing_rests_on_nothing_that_nobody_confirmed_and_moves_no_other_date():
    plain, listed = steps_of(date(2026, 9, 1)), steps_of(date(2026, 9, 1), listed=LISTED)

    assert listed["hearing"].unverified == ()
    same = set(plain) - {"hearing", "hearing_pack"}
    assert {key: listed[key] for key in same} == {key: plain[key] for key in same}


def test_no_hearing_in_the_crown_court_moves_a_date_before_magistrates():
    before = {"remand": Remand.BAIL, "court": Court.MAGISTRATES}

    assert steps_of(date(2026, 9, 1), **before) == steps_of(
        date(2026, 9, 1), **before, listed=LISTED
    )
