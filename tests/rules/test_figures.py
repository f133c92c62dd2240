import importlib

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from forthright.rules.figures import (
    Better,
    CountsDoNotFit,
    Proportion,
    chance_of_seeing,
    change_words,
    compare,
    operating_characteristic,
    pooled,
    sample_size_for,
)
from tests.rules.examples import QUICK

PROPORTIONS = st.integers(1, 500).flatmap(
    lambda n: st.builds(Proportion, st.integers(0, n), st.just(n))
)


@pytest.mark.parametrize(
    ("figure", "said"),
    [
        pytest.param(
            Proportion(48, 200), "24.0% (48 of 200, 95% interval 18.6% to 30.4%)", id="2018"
        ),
        pytest.param(
            Proportion(118, 490), "24.1% (118 of 490, 95% interval 20.5% to 28.1%)", id="2020"
        ),
        pytest.param(
            Proportion(48 + 9 + 18, 340), "22.1% (75 of 340, 95% interval 18.0% to 26.8%)", id="all"
        ),
        pytest.param(
            Proportion(8, 10), "80.0% (8 of 10, 95% interval 49.0% to 94.3%)", id="ten is enough"
        ),
        pytest.param(Proportion(8, 9), "8 of 9 (too few to say)", id="nine is not"),
        pytest.param(Proportion(0, 0), "none to count", id="nothing"),
        pytest.param(
            Proportion(1200, 1200),
            "100.0% (1,200 of 1,200, 95% interval 99.7% to 100.0%)",
            id="all of many",
        ),
    ],
)
def test_a_figure_says_all_that_is_needed_to_judge_it(figure, said):
    assert figure.words() == said


@pytest.mark.slow  # loading scipy takes a second or more
@pytest.mark.parametrize(("met", "n"), [(66, 351), (113, 351), (172, 351), (5, 5), (0, 7), (1, 20)])
def test_figures_agree_with_an_independent_library(met, n):
    stats = importlib.import_module("scipy.stats")
    expected = stats.binomtest(met, n).proportion_ci(method="wilson")
    interval = Proportion(met, n).wilson()
    change = compare(Proportion(met, n), Proportion(319, 490))

    assert interval.low == pytest.approx(expected.low, abs=1e-12)
    assert interval.high == pytest.approx(expected.high, abs=1e-12)
    assert change.p == pytest.approx(2 * stats.norm.sf(abs(change.z)))
    assert operating_characteristic(2, n, 0.1) == pytest.approx(stats.binom.cdf(2, n, 0.1))


@QUICK
@given(PROPORTIONS, st.sampled_from(["low", "high"]))
def test_each_end_of_the_interval_is_where_the_score_test_would_just_refuse(figure, side):
    end = getattr(figure.wilson(), side)
    assume(0 < end < 1)
    score = abs(figure.rate - end) / (end * (1 - end) / figure.n) ** 0.5

    assert score == pytest.approx(1.959964, abs=1e-5)


@pytest.mark.parametrize(
    ("met", "n", "low", "high"),
    [(4, 5, 38, 96), (16, 20, 58, 92), (32, 40, 65, 90), (40, 50, 67, 89)],
)
def test_the_interval_of_eight_in_ten_by_size_of_sample(met, n, low, high):
    interval = Proportion(met, n).wilson()

    assert (round(100 * interval.low), round(100 * interval.high)) == (low, high)


@QUICK
@given(PROPORTIONS)
def test_the_interval_holds_the_rate_and_stays_within_nought_and_one(figure):
    interval = figure.wilson()

    assert 0 <= interval.low <= figure.rate <= interval.high <= 1


def test_counts_that_cannot_be_are_refused():
    with pytest.raises(CountsDoNotFit, match="Check the two lists"):
        Proportion(5, 4)


def test_a_tenth_of_a_point_is_no_change():
    assert change_words(Proportion(48, 200), Proportion(118, 490)) == "no change shown"


@pytest.mark.parametrize(
    ("before", "after", "better", "said"),
    [
        pytest.param((40, 100), (70, 100), Better.UP, "improved", id="up is good"),
        pytest.param((70, 100), (40, 100), Better.UP, "worsened", id="down is bad"),
        pytest.param((40, 100), (70, 100), Better.DOWN, "worsened", id="up is bad"),
        pytest.param((70, 100), (40, 100), Better.DOWN, "improved", id="down is good"),
        pytest.param((40, 100), (70, 100), Better.NEITHER, "higher", id="neither: higher"),
        pytest.param((70, 100), (40, 100), Better.NEITHER, "lower", id="neither: lower"),
        pytest.param((0, 9), (900, 900), Better.UP, "no change shown", id="nine before"),
        pytest.param((0, 900), (9, 9), Better.UP, "no change shown", id="nine after"),
        pytest.param((144, 200), (319, 490), Better.UP, "no change shown", id="72% to 65.1%"),
        pytest.param((5, 50), (5, 50), Better.UP, "no change shown", id="the same"),
        pytest.param((0, 50), (0, 50), Better.UP, "no change shown", id="none in either"),
        pytest.param((0, 0), (5, 50), Better.UP, "no change shown", id="nothing before"),
    ],
)
def test_a_change_is_named_only_when_the_fixed_test_shows_it(before, after, better, said):
    assert change_words(Proportion(*before), Proportion(*after), better=better) == said


def test_the_test_statistic_agrees_with_the_one_worked_out_by_hand():
    change = compare(Proportion(144, 200), Proportion(319, 490))

    assert change.z == pytest.approx(-1.75, abs=0.01)
    assert change.p == pytest.approx(0.080, abs=0.001)


@QUICK
@given(PROPORTIONS, PROPORTIONS)
def test_a_change_read_backwards_is_the_opposite(before, after):
    forwards, backwards = compare(before, after), compare(after, before)

    assert forwards.is_shown == backwards.is_shown
    opposite = {"improved": "worsened", "worsened": "improved"}
    assert opposite.get(forwards.words(), forwards.words()) == backwards.words()


def test_weeks_are_added_as_counts():
    assert pooled({"W1": Proportion(3, 5), "W2": Proportion(4, 5)}) == Proportion(7, 10)


@pytest.mark.parametrize(
    ("population", "n"), [(20, 17), (40, 29), (60, 38), (100, 50), (200, 66), (500, 81)]
)
def test_the_size_for_ten_points_either_way(population, n):
    assert sample_size_for(0.10, population) == n


@pytest.mark.parametrize(
    ("met", "n", "lower", "upper"), [(0, 0, 0.0, 1.0), (1, 1, 0.2065, 1.0), (0, 1, 0.0, 0.7935)]
)
def test_of_no_letter_nothing_is_known_and_of_one_next_to_nothing(met, n, lower, upper):
    interval = Proportion(met, n).wilson()

    assert (interval.low, interval.high) == pytest.approx((lower, upper), abs=5e-5)


@pytest.mark.parametrize(
    ("population", "level", "n"), [(200, 0.95, 132), (60, 0.80, 45), (200, 0.80, 91)]
)
def test_the_size_for_five_points_either_way(population, level, n):
    assert sample_size_for(0.05, population, level=level) == n


@pytest.mark.parametrize(
    ("rate", "n", "chance"), [(0.1, 5, 0.41), (0.1, 10, 0.65), (0.1, 20, 0.88), (0.76, 3, 0.99)]
)
def test_the_chance_of_seeing_a_fault(rate, n, chance):
    assert chance_of_seeing(rate, n) == pytest.approx(chance, abs=0.005)


def test_the_operating_characteristic_has_the_published_values():
    assert operating_characteristic(2, 125, 0.1) == pytest.approx(0.000210835, abs=1e-9)
    assert operating_characteristic(2, 65, 0.012) == pytest.approx(0.9564398, abs=1e-7)


@pytest.mark.parametrize(
    ("most_bad", "n", "chances"),
    [(1, 10, [0.98, 0.91, 0.74, 0.38, 0.15]), (2, 25, [0.99, 0.87, 0.54, 0.10, 0.01])],
)
def test_the_operating_characteristic_over_a_range_of_true_rates(most_bad, n, chances):
    rates = [0.02, 0.05, 0.10, 0.20, 0.30]
    ours = [operating_characteristic(most_bad, n, rate) for rate in rates]

    assert ours == pytest.approx(chances, abs=0.006)
