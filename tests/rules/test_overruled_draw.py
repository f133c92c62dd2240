"""Letters in which a stop was overruled are drawn beside the lot, never in place of it."""

import pytest

from forthright.rules.drawing_again import reproduce
from forthright.rules.frame import FrameRow
from forthright.rules.sampling import (
    ASKED_FOR,
    BECAUSE_OVERRULED,
    OVERRULED,
    PlanHasProblems,
    SamplePlan,
    Target,
    draw,
)

PLAN = SamplePlan(
    random_size=2, overruled_at_most=2, targets=(Target(name="late", size=1, is_late=True),)
)


def a_frame(*overruled: int, of: int = 12) -> list[FrameRow]:
    return [
        FrameRow(
            reference=f"L{number}", unit="Crown Court", is_late=number == 1,
            flags=(OVERRULED,) if number in overruled else (),
        )
        for number in range(1, of + 1)
    ]  # fmt: skip


def from_another_week(reference: str) -> FrameRow:
    return FrameRow(
        reference=reference, unit="Crown Court", flags=(ASKED_FOR, OVERRULED),
        excluded_because="Due in another week",
    )  # fmt: skip


def references(picks) -> list[str]:
    return [pick.reference for pick in picks]


def test_overruled_letters_come_before_the_other_targets_as_many_as_the_plan_takes():
    drawn = draw(a_frame(*range(1, 13)), PLAN, seed=7)

    because = [pick.because for pick in drawn.targeted]

    assert because[:2] == [BECAUSE_OVERRULED, BECAUSE_OVERRULED]
    assert len(because) in {2, 3}
    assert not {*references(drawn.random)} & {*references(drawn.targeted)}


@pytest.mark.parametrize("seed", [1, 2, 3, 20261005])
def test_the_random_part_is_the_same_whatever_was_overruled_or_asked_for(seed):
    plain = draw(a_frame(), PLAN, seed=seed)

    other = draw([*a_frame(3, 4, 5), from_another_week("L900")], PLAN, seed=seed)

    assert other.random == plain.random
    assert [each.population for each in other.strata] == [12]


def test_a_letter_asked_for_is_taken_though_its_week_is_another():
    rows = [*a_frame(), from_another_week("L900")]

    drawn = draw(rows, PLAN, seed=7)

    asked = drawn.targeted[0]
    assert (asked.reference, asked.because, asked.position) == ("L900", BECAUSE_OVERRULED, 13)
    assert reproduce(rows, PLAN, expected=drawn).is_same


def test_more_may_be_asked_for_than_the_plan_takes_by_itself():
    rows = [*a_frame(), *(from_another_week(f"L{number}") for number in range(900, 905))]

    drawn = draw(rows, PLAN, seed=7)

    assert {f"L{number}" for number in range(900, 905)} <= {*references(drawn.targeted)}
    assert len({pick.position for pick in drawn.picks}) == len(drawn.picks)


def test_a_plan_cannot_take_fewer_than_none():
    with pytest.raises(PlanHasProblems):
        SamplePlan(random_size=1, overruled_at_most=-1)
