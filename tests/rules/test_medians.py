"""A median with its interval, checked against a published table and by simulation."""

import random

import pytest
from scipy.stats import binom

from forthright.rules.figures import Interval
from forthright.rules.medians import interval_of_median, median_words

# Conover (1999), table A3, with one half: the ranks that bound the interval of at least 95%.
RANKS = [(6, 1, 6), (8, 1, 8), (9, 2, 8), (10, 2, 9), (15, 4, 12), (20, 6, 15), (25, 8, 18),
         (30, 10, 21), (50, 18, 33), (100, 40, 61)]  # fmt: skip


@pytest.mark.parametrize(("n", "low", "high"), RANKS)
def test_the_interval_lies_between_the_ranks_of_the_table(n, low, high):
    values = list(range(1, n + 1))
    random.Random(n).shuffle(values)

    assert interval_of_median(values) == Interval(low, high)


@pytest.mark.parametrize("n", [*range(6, 400), 1_029, 5_000, 20_000, 100_000, 1_000_000])
def test_its_ranks_are_those_of_the_binomial_however_many_there_are(n):
    rank = int(binom.ppf(0.025, n, 0.5))

    assert interval_of_median(range(1, n + 1)) == Interval(rank, n + 1 - rank)


@pytest.mark.parametrize("n", range(6))
def test_of_fewer_than_six_there_is_none(n):
    assert interval_of_median([3.0] * n) is None


@pytest.mark.parametrize("n", [6, 13, 40])
def test_it_holds_the_true_median_in_at_least_95_of_100(n):
    chance = random.Random(2026)
    held = 0
    for _ in range(4_000):
        lies = interval_of_median([chance.expovariate(1.0) for _ in range(n)])
        held += lies.low <= 0.6931471805599453 <= lies.high
    # Three standard errors of 4,000 trials below 95%.
    assert held / 4_000 >= 0.95 - 3 * (0.95 * 0.05 / 4_000) ** 0.5


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ([], "none to count"),
        ([4], "4 (of 1; too few for an interval)"),
        ([1, 2], "1.5 (of 2; too few for an interval)"),
        ([5, 1, 2, 3, 4, 9], "3.5 (of 6; 95% interval 1 to 9)"),
    ],
)
def test_it_says_of_how_many_and_where_it_lies(values, words):
    assert median_words(values) == words


@pytest.mark.parametrize(
    ("values", "waiting", "words"),
    [
        ([], 1, "open (of 1, of which 1 open and counted as the latest; too few for an interval)"),
        ([4], 1, "open (of 2, of which 1 open and counted as the latest; too few for an interval)"),
        ([4, 6], 1, "6 (of 3, of which 1 open and counted as the latest; too few for an interval)"),
        (
            [5, 1, 2, 3, 4],
            1,
            "3.5 (of 6, of which 1 open and counted as the latest; 95% interval 1 to open)",
        ),
    ],
)
def test_what_has_no_value_yet_stands_above_all_that_have(values, waiting, words):
    assert median_words(values, waiting=waiting, not_yet="open") == words


def test_each_value_is_said_as_asked():
    assert median_words([-1] * 7, lambda days: f"{abs(days):g} days early") == (
        "1 days early (of 7; 95% interval 1 days early to 1 days early)"
    )
