from itertools import permutations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forthright.rules.agreement import gwet
from forthright.rules.agreement_alpha import Scale, krippendorff
from forthright.rules.agreement_on import agreement_by, agreement_on
from forthright.rules.rubric import Level, published_rubric
from tests.rules.examples import QUICK
from tests.rules.test_agreement import (
    EVENLY,
    FIVE,
    FIVE_OBSERVERS,
    FOUR_RATERS,
    MARKS,
    NEARLY_ALL_MET,
    PREGNANCIES,
    TWO,
    YES,
)

FULLY, PARTLY, NOT_MET, NA = (
    Level.FULLY, Level.PARTIALLY, Level.NOT_MET, Level.NOT_APPLICABLE,
)  # fmt: skip


@pytest.mark.parametrize(
    ("ratings", "categories", "scale", "value"),
    [
        # Krippendorff's own example, Content Analysis (2019), chapter 12; the R package irr too.
        pytest.param(FOUR_RATERS, FIVE, Scale.NOMINAL, 0.74342, id="4 observers, nominal"),
        pytest.param(FOUR_RATERS, FIVE, Scale.ORDINAL, 0.815, id="4 observers, ordinal"),
        pytest.param(FIVE_OBSERVERS, tuple("0123"), Scale.NOMINAL, 0.481, id="5 observers"),
        pytest.param(PREGNANCIES, ("Ectopic", "AIU", "NIU"), Scale.NOMINAL, 0.79726, id="2 raters"),
    ],
)
def test_alpha_has_the_published_values(ratings, categories, scale, value):
    nearly = 10 ** -len(str(value).partition(".")[2]) * 0.51
    found = krippendorff(ratings, categories, scale=scale, seed=1, draws=10)

    assert found.value == pytest.approx(value, abs=nearly)


@QUICK
@given(MARKS, st.sampled_from(Scale))
def test_alpha_agrees_with_its_definition_pair_by_pair(rows, scale):
    letters = [[mark for mark in row if mark] for row in rows]
    letters = [row for row in letters if len(row) > 1]
    every = sorted(mark for row in letters for mark in row)

    def distance(one, other):
        if scale is Scale.NOMINAL:
            return float(one != other)
        low, high = sorted([one, other])
        between = sum(low <= mark <= high for mark in every)
        return (between - (every.count(one) + every.count(other)) / 2) ** 2

    seen = sum(
        sum(distance(*pair) for pair in permutations(row, 2)) / (len(row) - 1) for row in letters
    ) / len(every)
    pairs = list(permutations(every, 2))
    expected = sum(distance(*pair) for pair in pairs) / len(pairs)

    found = krippendorff(rows, "abc", scale=scale, seed=1, draws=10)

    assert found.value == (pytest.approx(1 - seen / expected) if expected else None)


def test_the_interval_is_the_same_for_the_same_seed_and_holds_alpha():
    first, again, other = (
        krippendorff(EVENLY, TWO, scale=Scale.NOMINAL, seed=seed, draws=500) for seed in (7, 7, 8)
    )

    assert first.interval == again.interval != other.interval
    assert first.interval.low < first.value < first.interval.high


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        pytest.param([[YES, YES]] * 40, "cannot be worked out: every mark is", id="all the same"),
        pytest.param([[YES, YES]] * 29, "too few to say (29 letters", id="29 are too few"),
        pytest.param(
            [[YES, YES]] * 39 + [TWO],
            "(no interval: nearly every mark is the same",
            id="nearly all",
        ),
    ],
)
def test_alpha_says_what_it_cannot_say(letters, said):
    assert said in krippendorff(letters, TWO, scale=Scale.NOMINAL, seed=1, draws=200).words


@pytest.mark.slow  # thousands of bootstraps
@pytest.mark.parametrize("letters", [40, 100])
def test_the_interval_of_alpha_covers_what_is_true(letters):
    cells, shares = [(0, 0), (0, 1), (1, 0), (1, 1)], [0.25, 0.08, 0.08, 0.59]
    often = 0.33
    truth = 1 - 0.16 / (2 * often * (1 - often))
    dice = Random(20261126)

    covered = 0
    for number in range(2000):
        drawn = [[TWO[one], TWO[other]] for one, other in dice.choices(cells, shares, k=letters)]
        alpha = krippendorff(drawn, TWO, scale=Scale.NOMINAL, seed=number, draws=400)
        covered += alpha.interval.low <= truth <= alpha.interval.high

    assert 0.925 <= covered / 2000 <= 0.965


def test_what_is_said_of_one_criterion():
    marks = [[FULLY, FULLY]] * 30 + [[FULLY, PARTLY]] * 6 + [[NOT_MET, NOT_MET]] * 4
    found = agreement_on(marks, may_not_apply=False, seed=1)

    assert found.words.startswith("34 of 40 letters were marked alike. AC1 0.")
    assert found.ac2.value > found.ac1.value
    assert found.alpha_in_order.value > found.alpha.value
    assert found.why_not_kappa == ""


def test_below_thirty_letters_only_counts_are_said():
    found = agreement_on([[FULLY, FULLY]] * 20 + [[FULLY, PARTLY]], may_not_apply=False, seed=1)

    assert found.words == (
        "20 of 21 letters were marked alike (too few to say more: 30 are needed)"
    )
    assert "too few" in found.ac1.words
    assert "too few" in found.alpha.words


def test_does_not_apply_is_a_mark_but_stands_in_no_order():
    marks = [[NA, NA]] * 20 + [[FULLY, FULLY]] * 20 + [[NA, FULLY]] * 2 + [[FULLY, NOT_MET]] * 2
    found = agreement_on(marks, may_not_apply=True, seed=1)

    assert (found.ac1.letters, found.ac2.letters) == (44, 22)
    assert found.alike.words().startswith("90.9%")


def test_a_mark_that_cannot_be_given_does_not_flatter():
    marks = [[FULLY, FULLY]] * 30 + [[FULLY, PARTLY]] * 10

    strict, loose = (
        agreement_on(marks, may_not_apply=may, seed=1).ac1.value for may in (False, True)
    )

    assert strict < loose
    assert strict == gwet(marks, (NOT_MET, PARTLY, FULLY)).value


def test_the_paradox_is_said_of_a_criterion():
    marks = [[FULLY if mark == YES else NOT_MET for mark in row] for row in NEARLY_ALL_MET]

    assert "kappa is −0.05" in agreement_on(marks, may_not_apply=False, seed=1).why_not_kappa


def test_three_markers_have_no_kappa():
    assert agreement_on([[FULLY] * 3] * 30, may_not_apply=False, seed=1).kappa is None


def test_what_the_record_gives_neither_counts_nor_makes_chance_smaller():
    criteria = {each.code: each for each in published_rubric().quality_criteria}
    judged = [[FULLY, FULLY]] * 30 + [[FULLY, PARTLY]] * 10
    marks = [[NA, NA]] * 50 + judged

    late = agreement_by(criteria["A5"], marks, seed=1)

    assert late == agreement_on(judged, may_not_apply=False, seed=1)
    assert agreement_by(criteria["A10"], marks, seed=1).alike.n == 90
    assert agreement_by(criteria["A5"], [[NA, NA, None]] * 40, seed=1).words == (
        "0 of 0 letters were marked alike (too few to say more: 30 are needed)"
    )
