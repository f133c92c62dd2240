from dataclasses import replace
from datetime import date

import pytest

from forthright.rules.clock_rules import Measure
from forthright.rules.timeliness import (
    CameBack,
    InPost,
    LetterTimes,
    StageName,
    Timeliness,
    late_stage,
    outcome,
    stages,
)
from forthright.rules.working_days import working_days_between
from tests.rules.examples import CALENDAR, at

DUE = date(2026, 3, 9)
AS_OF = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("facts", "how"),
    [
        pytest.param({"sent": date(2026, 3, 6)}, Timeliness.MET, id="early"),
        pytest.param({"sent": DUE}, Timeliness.MET, id="on the day"),
        pytest.param({"sent": date(2026, 3, 10)}, Timeliness.LATE, id="a day late"),
        pytest.param({"sent": None}, Timeliness.NEVER_SENT, id="past due, nothing sent"),
        pytest.param({"sent": None, "as_of": DUE}, Timeliness.OPEN, id="due today"),
        pytest.param(
            {"sent": date(2026, 3, 10), "as_of": DUE},
            Timeliness.OPEN,
            id="sent after that day",
        ),
        pytest.param(
            {"sent": date(2026, 3, 23)}, Timeliness.NEVER_SENT, id="sent after the report’s day"
        ),
        pytest.param({"sent": None, "required": False}, Timeliness.NOT_REQUIRED, id="not required"),
        pytest.param(
            {"sent": DUE, "reached": date(2026, 3, 11), "measure": Measure.REACHED},
            Timeliness.LATE,
            id="sent in time, reached late",
        ),
        pytest.param(
            {"sent": DUE, "measure": Measure.REACHED},
            Timeliness.LATE,
            id="sent, not proven",
        ),
        pytest.param(
            {"sent": None, "measure": Measure.REACHED}, Timeliness.NEVER_SENT, id="never sent"
        ),
    ],
)
def test_outcome(facts, how):
    assert outcome(DUE, **{"as_of": AS_OF, **facts}) is how


def test_what_fell_due_counts_whether_or_not_it_was_sent():
    assert {each for each in Timeliness if each.is_counted} == {
        Timeliness.MET,
        Timeliness.LATE,
        Timeliness.NEVER_SENT,
    }
    assert [each for each in Timeliness if each.is_met] == [Timeliness.MET]
    assert Timeliness.NEVER_SENT.words == "Late: no letter sent"


A_LATE_LETTER = LetterTimes(
    decided=at(date(2026, 3, 2)),
    told=at(date(2026, 3, 3)),
    explained=at(date(2026, 3, 10)),
    drafted=at(date(2026, 3, 11)),
    approved=at(date(2026, 3, 11)),
    sent=at(date(2026, 3, 12)),
    reached=at(date(2026, 3, 16)),
)


def test_a_letter_is_split_into_its_stages():
    split = stages(A_LATE_LETTER, calendar=CALENDAR, as_of=AS_OF)

    assert [(stage.name, stage.working_days) for stage in split] == [
        (StageName.TELLING, 1),
        (StageName.EXPLAINING, 5),
        (StageName.DRAFTING, 1),
        (StageName.APPROVING, 0),
        (StageName.SENDING, 1),
        (StageName.REACHING, 2),
    ]
    assert split[1].words == "5 working days waiting for the prosecutor’s explanation"


def march(**steps):
    """Return the times of a letter by the days of March."""
    return LetterTimes(**{step: at(date(2026, 3, day)) for step, day in steps.items()})


@pytest.mark.parametrize(
    ("times", "name"),
    [
        pytest.param(A_LATE_LETTER, StageName.EXPLAINING, id="the longest"),
        pytest.param(march(decided=2, sent=12), None, id="only the day it was sent"),
        pytest.param(
            march(decided=2, told=3, explained=4, drafted=5, sent=12), None,
            id="approved or sent late, nobody knows",
        ),
        pytest.param(
            march(decided=2, told=9, sent=11), StageName.TELLING,
            id="longer than all that was not recorded",
        ),
        pytest.param(
            march(decided=2, drafted=5, approved=6, sent=11), StageName.SENDING,
            id="as long as all that was not recorded",
        ),
        pytest.param(march(decided=2, told=3, reached=12), None, id="nobody knows when sent"),
    ],
)  # fmt: skip
def test_a_late_letter_has_a_stage_that_took_most_where_it_was_recorded(times, name):
    longest = late_stage(stages(times, calendar=CALENDAR, as_of=AS_OF))

    assert (longest.name if longest else None) is name


def test_steps_nobody_recorded_are_counted_where_the_next_one_was():
    times = LetterTimes(decided=at(date(2026, 3, 2)), drafted=at(date(2026, 3, 6)))
    drafting, waiting = stages(times, calendar=CALENDAR, as_of=date(2026, 3, 10))

    assert (drafting.name, drafting.working_days) == (StageName.DRAFTING, 4)
    assert drafting.includes_unrecorded == (StageName.TELLING, StageName.EXPLAINING)
    assert "earlier steps were not recorded" in drafting.words
    assert (waiting.name, waiting.is_open) == (StageName.APPROVING, True)
    assert waiting.words == "2 working days so far waiting for approval"


def test_what_others_had_a_letter_for_before_it_came_back_is_not_its_drafters():
    times = replace(
        march(decided=2, told=2, explained=2, drafted=6, approved=6, sent=9),
        came_back=(CameBack(at(date(2026, 3, 2)), at(date(2026, 3, 6))),),
    )
    split = {each.name: each for each in stages(times, calendar=CALENDAR, as_of=AS_OF)}

    drafting, approving = split[StageName.DRAFTING], split[StageName.APPROVING]
    assert (drafting.working_days, drafting.turns) == (0, 2)
    assert (approving.working_days, approving.turns) == (4, 2)
    assert late_stage([*split.values()]).name is StageName.APPROVING


def test_a_letter_that_came_back_waits_for_its_drafter_since_then():
    times = replace(
        march(decided=2, told=2, explained=3),
        came_back=(CameBack(at(date(2026, 3, 4)), at(date(2026, 3, 6))),),
    )
    *_, looked, drafting = stages(times, calendar=CALENDAR, as_of=date(2026, 3, 10))

    assert (looked.name, looked.working_days, looked.is_open) == (StageName.APPROVING, 2, False)
    assert (drafting.name, drafting.working_days, drafting.is_open) == (StageName.DRAFTING, 3, True)


def test_a_time_that_no_approval_ends_is_in_the_step_after_it():
    times = replace(
        march(decided=2, told=2, explained=2, drafted=6, sent=9),
        came_back=(CameBack(at(date(2026, 3, 2)), at(date(2026, 3, 6))),),
    )
    sending = stages(times, calendar=CALENDAR, as_of=AS_OF)[-1]

    assert (sending.name, sending.working_days) == (StageName.SENDING, 5)


def test_days_in_the_post_of_a_letter_that_came_back_are_nobodys():
    times = replace(
        march(decided=2, told=2, explained=2, drafted=3, approved=4, sent=17),
        in_post=(InPost(at(date(2026, 3, 5)), at(date(2026, 3, 16))),),
    )
    split = {each.name: each for each in stages(times, calendar=CALENDAR, as_of=AS_OF)}

    sending, post = split[StageName.SENDING], split[StageName.IN_POST]
    assert (sending.working_days, sending.turns) == (2, 2)
    assert (post.working_days, post.started, post.ended) == (7, date(2026, 3, 5), date(2026, 3, 16))
    assert late_stage([*split.values()]) is post
    assert "in the post" in post.words


def test_who_had_a_letter_that_came_back_by_post_and_was_written_anew():
    turn = CameBack(at(date(2026, 3, 3)), at(date(2026, 3, 18)), approved=at(date(2026, 3, 4)))
    times = replace(
        march(decided=2, told=2, explained=2, drafted=19, approved=19, sent=20),
        came_back=(turn,),
        in_post=(InPost(at(date(2026, 3, 6)), at(date(2026, 3, 16))),),
    )
    split = {each.name: each for each in stages(times, calendar=CALENDAR, as_of=AS_OF)}

    assert {name.value: each.working_days for name, each in split.items()} == {
        "TELLING": 0, "EXPLAINING": 0, "DRAFTING": 2, "APPROVING": 1, "SENDING": 5, "IN_POST": 6,
    }  # fmt: skip
    total = sum(each.working_days for each in split.values())
    assert total == working_days_between(date(2026, 3, 2), date(2026, 3, 20), CALENDAR)


def test_a_letter_that_came_back_by_post_waits_without_the_days_in_which_it_was_out():
    times = replace(
        march(decided=2, told=2, explained=2, drafted=3, approved=3),
        in_post=(InPost(at(date(2026, 3, 3)), at(date(2026, 3, 12))),),
    )
    *_, post, sending = stages(times, calendar=CALENDAR, as_of=date(2026, 3, 13))

    assert (post.name, post.working_days) == (StageName.IN_POST, 7)
    assert (sending.name, sending.working_days, sending.is_open) == (StageName.SENDING, 1, True)


def test_a_day_on_which_two_of_its_letters_were_out_is_counted_once():
    times = replace(
        march(decided=2, told=2, explained=2, drafted=3, approved=3, sent=20),
        in_post=(InPost(at(date(2026, 3, 3)), at(date(2026, 3, 12))),
                 InPost(at(date(2026, 3, 11)), at(date(2026, 3, 13)))),
    )  # fmt: skip
    split = {each.name: each for each in stages(times, calendar=CALENDAR, as_of=AS_OF)}

    post, sending = split[StageName.IN_POST], split[StageName.SENDING]
    assert (post.working_days, post.turns) == (8, 2)
    assert sending.working_days == 5


def test_a_letter_that_waits_for_everything_waits_for_the_first_step():
    (waiting,) = stages(LetterTimes(decided=at(DUE)), calendar=CALENDAR, as_of=AS_OF)

    assert waiting.name is StageName.TELLING
    assert late_stage(()) is None


def test_a_step_out_of_order_takes_no_days():
    times = LetterTimes(
        decided=at(date(2026, 3, 4)),
        told=at(date(2026, 3, 2)),
        sent=at(date(2026, 3, 5)),
    )

    assert [each.working_days for each in stages(times, calendar=CALENDAR, as_of=AS_OF)] == [0, 1]
