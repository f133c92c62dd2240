"""The stage clock says where a letter stands, by when it is to move on, and why it is late."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from forthright.rules.clock_rules import Status
from forthright.rules.stage_allowances import (
    AllowanceRefused,
    changed_allowances,
    check_allowances,
    published_allowances,
)
from forthright.rules.stage_clock import (
    Reckoning,
    Step,
    Steps,
    hours_words,
    is_time_to_remind,
    remind_from,
    stage_clock,
    step_limit,
)
from forthright.rules.timeliness import CameBack, InPost
from forthright.rules.words import LONDON
from forthright.rules.working_days import Calendar

CALENDAR = Calendar({}, date(2026, 1, 1), date(2026, 12, 31))
ALLOWED = published_allowances()
GOES = "the letter goes by 4pm on Tuesday 6 October 2026"
GOES_AND_LEAVES = f"{GOES}, and the steps after it need 3 working hours"
VALUES = {name: each.value for name, each in ALLOWED.allowances.items()}


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


def reckoned(now):
    return Reckoning(ALLOWED, ALLOWED.hours(CALENDAR), at(now))


def letter(decided, due_on, **steps):
    return Steps(
        decided=at(decided),
        due_on=date.fromisoformat(due_on),
        **{name: at(moment) for name, moment in steps.items()},
    )


@pytest.mark.parametrize(
    ("step", "began", "due_on", "limit"),
    [
        pytest.param(Step.EXPLANATION, "2026-10-05 10:00", "2026-10-12", "2026-10-06 10:00",
                     id="five days: the explanation has its own hours"),
        pytest.param(Step.EXPLANATION, "2026-10-05 16:55", "2026-10-06", "2026-10-06 10:00",
                     id="one day: the explanation leaves what the steps after it need"),
        pytest.param(Step.DRAFT, "2026-10-06 09:30", "2026-10-06", "2026-10-06 13:00",
                     id="the draft leaves time for check and dispatch"),
        pytest.param(Step.CHECK, "2026-10-06 13:00", "2026-10-06", "2026-10-06 15:00",
                     id="the check leaves time for the dispatch"),
        pytest.param(Step.CHECK, "2026-10-06 13:00", "2026-10-12", "2026-10-06 17:00",
                     id="five days: the check has its own hours"),
        pytest.param(Step.DISPATCH, "2026-10-06 15:00", "2026-10-06", "2026-10-06 16:00",
                     id="the dispatch is over when letters go out"),
        pytest.param(Step.DISPATCH, "2026-10-06 15:00", "2026-10-12", "2026-10-07 11:00",
                     id="five days: the dispatch has its own hours"),
    ],
)  # fmt: skip
def test_by_when_a_step_is_to_be_over(step, began, due_on, limit):
    found = step_limit(step, at(began), date.fromisoformat(due_on), reckoned("2026-10-05 12:00"))

    assert found.at == at(limit)


@pytest.mark.parametrize(
    ("step", "began", "due_on", "because"),
    [
        (Step.EXPLANATION, "2026-10-05 10:00", "2026-10-12", "8 working hours from the decision"),
        (Step.DRAFT, "2026-10-06 09:30", "2026-10-06", GOES_AND_LEAVES),
        (Step.DISPATCH, "2026-10-06 15:00", "2026-10-06", f"{GOES}, the day it is due"),
    ],
)  # fmt: skip
def test_a_limit_says_why(step, began, due_on, because):
    found = step_limit(step, at(began), date.fromisoformat(due_on), reckoned("2026-10-05 12:00"))

    assert found.because == because


@pytest.mark.parametrize(
    ("steps", "step"),
    [
        pytest.param({}, Step.EXPLANATION, id="nothing yet"),
        pytest.param({"explained": "2026-10-05 12:00"}, Step.DRAFT, id="explained"),
        pytest.param({"drafted": "2026-10-05 14:00"}, Step.CHECK, id="only drafted is recorded"),
        pytest.param({"explained": "2026-10-05 12:00", "drafted": "2026-10-05 14:00",
                      "approved": "2026-10-05 15:00"}, Step.DISPATCH, id="approved"),
    ],
)  # fmt: skip
def test_which_step_a_letter_is_in(steps, step):
    clock = stage_clock(
        letter("2026-10-05 10:00", "2026-10-12", **steps), reckoned("2026-10-06 09:00")
    )

    assert clock.now.step is step


def test_each_step_says_what_it_took_and_whether_it_was_late():
    late = letter("2026-10-05 10:00", "2026-10-12", explained="2026-10-06 12:00")

    explanation, draft = stage_clock(late, reckoned("2026-10-06 15:00")).steps

    assert (explanation.took, explanation.late_by) == (timedelta(hours=10), timedelta(hours=2))
    assert explanation.why.endswith("It was 2 working hours late.")
    assert (draft.took, draft.is_late) == (timedelta(hours=3), False)
    assert draft.taken_words == "has taken 3 working hours so far"


def test_a_step_recorded_before_the_one_in_front_takes_no_time():
    wrong = letter(
        "2026-10-05 10:00", "2026-10-12", explained="2026-10-05 15:00", drafted="2026-10-05 11:00"
    )

    _, draft, check = stage_clock(wrong, reckoned("2026-10-05 16:00")).steps

    assert draft.took == timedelta()
    assert check.began == at("2026-10-05 15:00")


def test_the_step_that_a_letter_is_in_is_late_by_the_hours_that_count():
    waits = letter("2026-10-01 10:00", "2026-10-08")

    clock = stage_clock(waits, reckoned("2026-10-05 11:00"))

    assert clock.now.late_by == timedelta(hours=9)  # from Friday 10am to Monday 11am


def test_a_letter_that_came_back_is_drafted_anew_and_the_look_has_its_own_time():
    back = letter("2026-10-05 10:00", "2026-10-12", explained="2026-10-05 12:00")
    back = replace(back, came_back=(CameBack(at("2026-10-05 12:00"), at("2026-10-08 10:00")),))

    _, first, look, again = stage_clock(back, reckoned("2026-10-08 10:05")).steps

    assert (first.step, first.took, first.is_late) == (Step.DRAFT, timedelta(), False)
    assert (look.step, look.took) == (Step.CHECK, timedelta(hours=22))
    assert look.is_late
    assert (again.step, again.began, again.is_late) == (Step.DRAFT, at("2026-10-08 10:00"), False)
    assert again.limit.because == "8 working hours from when it came back"


def test_a_letter_that_came_back_twice_and_was_approved_goes_out():
    back = letter("2026-10-05 10:00", "2026-10-12", explained="2026-10-05 12:00",
                  drafted="2026-10-06 11:00", approved="2026-10-06 12:00")  # fmt: skip
    turns = (CameBack(at("2026-10-05 13:00"), at("2026-10-05 14:00")),
             CameBack(at("2026-10-05 15:00"), at("2026-10-06 10:00")))  # fmt: skip

    clock = stage_clock(replace(back, came_back=turns), reckoned("2026-10-06 12:00"))

    draft, check = Step.DRAFT, Step.CHECK
    steps = [each.step for each in clock.steps]
    assert steps == [Step.EXPLANATION, *[draft, check] * 3, Step.DISPATCH]


def test_a_letter_that_did_not_arrive_is_nobodys_while_it_was_out():
    back = letter("2026-10-05 10:00", "2026-10-12", explained="2026-10-05 11:00",
                  drafted="2026-10-05 12:00", approved="2026-10-05 12:30")  # fmt: skip
    back = replace(back, in_post=(InPost(at("2026-10-05 13:00"), at("2026-10-14 12:00")),))

    *_, check, first, again = stage_clock(back, reckoned("2026-10-14 12:20")).steps

    assert (check.step, check.took, check.is_late) == (Step.CHECK, timedelta(minutes=30), False)
    assert (first.step, first.took, first.is_late) == (Step.DISPATCH, timedelta(minutes=30), False)
    assert (again.step, again.began) == (Step.DISPATCH, at("2026-10-14 12:00"))
    assert again.late_by == timedelta(minutes=20)
    assert "before it was known not to have arrived, because the letter goes by" in again.why


def test_a_letter_that_did_not_arrive_and_was_given_back_says_who_had_it_when():
    turn = CameBack(at("2026-10-05 12:00"), at("2026-10-06 10:00"), at("2026-10-05 12:30"))
    back = letter("2026-10-05 10:00", "2026-10-12", explained="2026-10-05 11:00")
    back = replace(back, came_back=(turn,),
                   in_post=(InPost(at("2026-10-05 13:00"), at("2026-10-06 09:30")),))  # fmt: skip

    clock = stage_clock(back, reckoned("2026-10-06 11:00"))

    assert [(each.step.value, each.took / timedelta(minutes=1)) for each in clock.steps] == [
        ("EXPLANATION", 60), ("DRAFT", 60), ("CHECK", 30), ("DISPATCH", 30), ("DISPATCH", 30),
        ("DRAFT", 60),
    ]  # fmt: skip
    assert (
        clock.steps[-2].limit.because
        == "4 working hours from when it was known not to have arrived"
    )
    assert clock.now.limit.because == "8 working hours from when it came back"


def test_a_step_that_was_late_before_it_began_is_late_from_its_beginning_only():
    late = letter("2026-09-28 10:00", "2026-10-05", explained="2026-10-05 15:00")

    draft = stage_clock(late, reckoned("2026-10-05 15:20")).now

    assert draft.was_late_before
    assert draft.late_by == timedelta(minutes=20)
    assert draft.why.startswith("Draft at once: it was to be over by ")
    assert "before it came here, because the letter goes by" in draft.why


@pytest.mark.parametrize(
    ("steps", "began", "took", "because"),
    [
        pytest.param({}, "2026-10-07 09:00", 60, "8 working hours from when the letter was opened",
                     id="the step it was in begins anew"),
        pytest.param({"explained": "2026-10-07 09:20"}, "2026-10-07 09:20", 40,
                     "8 working hours from the explanation",
                     id="a step that began after that has its own beginning"),
        pytest.param({"explained": "2026-10-05 11:00"}, "2026-10-07 09:00", 60,
                     "8 working hours from when the letter was opened", id="so has the draft"),
        pytest.param({"explained": "2026-10-05 11:00", "drafted": "2026-10-05 11:10"},
                     "2026-10-07 09:00", 60, "4 working hours from when the letter was opened",
                     id="and the check"),
    ],
)  # fmt: skip
def test_a_letter_opened_again_is_nobodys_for_the_time_it_was_not_required(
    steps, began, took, because
):
    found = letter("2026-10-05 10:00", "2026-10-12", **steps)
    found = replace(found, reopened=(at("2026-10-06 09:00"), at("2026-10-07 09:00")))

    clock = stage_clock(found, reckoned("2026-10-07 10:00"))

    assert clock.now.began == at(began)
    assert clock.now.took == timedelta(minutes=took)
    assert clock.now.limit.because.startswith(because)
    assert not any(each.is_late for each in clock.steps)


def test_a_letter_opened_again_too_late_for_its_day_is_to_be_drafted_at_once():
    late = letter("2026-09-28 10:00", "2026-10-05", explained="2026-09-28 11:00")
    late = replace(late, reopened=(at("2026-10-07 09:00"),))

    draft = stage_clock(late, reckoned("2026-10-07 09:20")).now

    assert draft.late_by == timedelta(minutes=20)
    assert "before the letter was opened again, because the letter goes by" in draft.why


def test_a_step_that_was_over_before_a_letter_was_opened_again_is_what_it_was():
    late = letter("2026-10-05 10:00", "2026-10-12", explained="2026-10-07 10:00",
                  drafted="2026-10-08 10:00")  # fmt: skip
    before = stage_clock(late, reckoned("2026-10-09 10:00")).steps[:2]

    again = replace(late, reopened=(at("2026-10-09 09:00"),))

    assert stage_clock(again, reckoned("2026-10-09 10:00")).steps[:2] == before
    assert before[0].is_late


@pytest.mark.parametrize(
    ("now", "is_time"),
    [
        pytest.param("2026-10-05 15:59", False, id="too soon"),
        pytest.param("2026-10-05 16:00", True, id="two working hours before"),
        pytest.param("2026-10-05 17:30", False, id="not in the evening"),
        pytest.param("2026-10-06 09:00", True, id="the next morning"),
        pytest.param("2026-10-10 12:00", False, id="not on a Saturday"),
    ],
)
def test_a_prosecutor_is_reminded_before_the_explanation_is_late(now, is_time):
    by = reckoned(now)
    limit = step_limit(Step.EXPLANATION, at("2026-10-05 10:00"), date(2026, 10, 12), by)

    assert is_time_to_remind(limit, by) is is_time
    assert remind_from(limit, by) < limit.at


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (0, "0 minutes"),
        (1, "1 minute"),
        (59, "59 minutes"),
        (60, "1 working hour"),
        (95, "1 working hour 35 minutes"),
        (200, "3 working hours"),
        (209, "3 working hours"),
        (239, "4 working hours"),
    ],
)
def test_a_span_in_words(minutes, words):
    assert hours_words(timedelta(minutes=minutes)) == words


def test_nobody_has_confirmed_the_settings_that_ship_with_the_product():
    assert {each.status for each in ALLOWED.allowances.values()} == {Status.TO_BE_CONFIRMED}
    assert ALLOWED.source == "This service's own setting, published nowhere"


def test_an_area_makes_settings_its_own_from_a_day():
    own = {"draft_hours": {"value": 6, "source": "The board", "in_force_from": "2026-10-05"}}

    changed = changed_allowances(ALLOWED, own, version="2")

    assert changed["draft_hours"] == 6
    assert changed.allowances["draft_hours"].is_confirmed
    assert changed["check_hours"] == ALLOWED["check_hours"]


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"day_begins": 17}, id="a day without an hour"),
        pytest.param({"day_ends": 24}, id="a day that ends past midnight"),
        pytest.param({"goes_out_at": 18}, id="letters go out after hours"),
        pytest.param({"goes_out_at": 9}, id="letters go out before anybody came"),
        pytest.param({"draft_hours": 81}, id="longer than any step"),
    ],
)
def test_settings_that_do_not_hold_together_are_refused(wrong):
    with pytest.raises(AllowanceRefused):
        check_allowances(VALUES | wrong)
