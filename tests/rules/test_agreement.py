from itertools import combinations
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forthright.rules.agreement import (
    RatingsHaveProblems,
    cohens_kappa,
    gwet,
    identity_weights,
    letters_alike,
    linear_weights,
    paradox_words,
    percent_agreement,
)
from forthright.rules.figures import Proportion
from tests.rules.examples import QUICK

YES, NO = "met", "not met"
TWO = (NO, YES)
FIVE = tuple("12345")

# The examples of the R package irrCAC, with what its vignettes say of them ("overview" and
# "weighting"): K. L. Gwet, Handbook of Inter-Rater Reliability, 4th edition, 2014.
FOUR_RATERS = [
    [None if mark == "-" else mark for mark in row]
    for row in (
        "11-1", "2232", "3333", "3333", "2222", "1234", "4444", "1121", "2222", "-555", "--11",
        "--3-",
    )
]  # fmt: skip
FIVE_OBSERVERS = [
    [None if mark == "-" else mark for mark in row]
    for row in (
        "112-2", "1101-", "2333-", "-00-0", "000-0", "000-0", "102-1", "1-20-", "222-2", "2111-",
        "-100-", "0000-", "1222-", "33223", "111-1",
    )
]  # fmt: skip
ABSTRACTORS = ("Ectopic", "AIU", "NIU")


def two_by(table, names):
    """Return the letters of a table of two markers: one row for each, as often as it says."""
    return [
        [names[row], names[column]]
        for row, numbers in enumerate(table)
        for column, number in enumerate(numbers)
        for _ in range(number)
    ]


NEARLY_ALL_MET = two_by([[0, 5], [5, 90]], TWO)
EVENLY = two_by([[45, 5], [5, 45]], TWO)
PREGNANCIES = two_by([[13, 0, 0], [0, 20, 7], [0, 4, 56]], ABSTRACTORS)


def quadratic(categories):
    return [
        [1 - ((one - other) / (categories - 1)) ** 2 for other in range(categories)]
        for one in range(categories)
    ]


@pytest.mark.parametrize(
    ("ratings", "categories", "weights", "value", "error", "low", "high"),
    [
        pytest.param(FOUR_RATERS, FIVE, None, 0.77544, 0.14295, 0.461, 1, id="4 raters, AC1"),
        pytest.param(
            FOUR_RATERS, FIVE, linear_weights(5), 0.859, 0.117, 0.600, 1, id="4 raters, linear AC2"
        ),
        pytest.param(
            FOUR_RATERS, FIVE, quadratic(5), 0.914, 0.104, 0.685, 1, id="4 raters, quadratic AC2"
        ),
        pytest.param(
            FIVE_OBSERVERS, tuple("0123"), None, 0.497, 0.122, 0.235, 0.758, id="5 observers, AC1"
        ),
        pytest.param(
            PREGNANCIES,
            ABSTRACTORS,
            None,
            0.8493305,
            # The package divides by the letters where it is given a table, and by one fewer where
            # it is given marks, as we do.
            0.04321747 * (100 / 99) ** 0.5,
            0.763,
            0.935,
            id="2 raters, AC1",
        ),
    ],
)
def test_ac_has_the_published_values(ratings, categories, weights, value, error, low, high):
    found = gwet(ratings, categories, weights=weights)
    nearly = 10 ** -len(str(value).partition(".")[2]) * 0.51

    assert found.value == pytest.approx(value, abs=nearly)
    assert found.standard_error == pytest.approx(error, abs=nearly)
    assert (found.interval.low, found.interval.high) == pytest.approx((low, high), abs=7e-4)


def test_percent_agreement_and_kappa_have_the_published_values():
    percent = percent_agreement(FOUR_RATERS, FIVE)

    assert percent.value == pytest.approx(0.8181818, abs=5e-8)
    assert percent.standard_error == pytest.approx(0.12561, abs=5e-6)
    assert percent.interval.low == pytest.approx(0.542, abs=5e-4)
    assert cohens_kappa(PREGNANCIES, ABSTRACTORS) == pytest.approx(0.7964094, abs=5e-8)


@pytest.mark.parametrize(
    ("letters", "kappa", "ac1"),
    [
        pytest.param(NEARLY_ALL_MET, -0.05, 0.89, id="90/5/5/0"),
        pytest.param(EVENLY, 0.80, 0.80, id="45/5/5/45"),
    ],
)
def test_kappa_misleads_where_nearly_all_get_the_same_mark(letters, kappa, ac1):
    assert round(cohens_kappa(letters, TWO), 2) == kappa
    assert round(gwet(letters, TWO).value, 2) == ac1
    assert letters_alike(letters, TWO) == Proportion(90, 100)


def test_the_paradox_is_explained_in_words_only_where_there_is_one():
    explained = paradox_words(Proportion(90, 100), -0.05, gwet(NEARLY_ALL_MET, TWO))

    assert explained.startswith(
        "90 of 100 letters were marked alike, and yet Cohen’s kappa is −0.05"
    )
    assert "AC1 (0.89)" in explained
    assert paradox_words(Proportion(90, 100), 0.8, gwet(EVENLY, TWO)) == ""
    assert paradox_words(Proportion(9, 10), -0.05, gwet(NEARLY_ALL_MET[:10], TWO)) == ""


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        pytest.param(
            NEARLY_ALL_MET,
            "AC1 0.89 (95% interval 0.82 to 0.96, 100 letters marked more than once)",
            id="enough",
        ),
        pytest.param(
            EVENLY[:29],
            "too few to say (29 letters marked more than once; 30 are needed)",
            id="29 are too few",
        ),
        pytest.param(
            [[YES, YES]] * 30,
            "AC1 1.00 (95% interval 0.89 to 1.00, 30 letters marked more than once)",
            id="all alike is not certain",
        ),
        pytest.param(
            [[YES, None]] * 50,
            "too few to say (0 letters marked more than once; 30 are needed)",
            id="none marked twice",
        ),
    ],
)
def test_a_coefficient_says_all_that_is_needed_to_judge_it(letters, said):
    assert gwet(letters, TWO).words == said


@pytest.mark.parametrize(
    ("ask", "said"),
    [
        pytest.param(lambda: gwet([[YES, "maybe"]], TWO), "maybe is not one", id="no such mark"),
        pytest.param(lambda: gwet([[YES, YES]], [YES]), "at least two", id="one category"),
        pytest.param(lambda: cohens_kappa([[YES] * 3], TWO), "Use AC1", id="kappa of three"),
    ],
)
def test_what_cannot_be_compared_is_refused(ask, said):
    with pytest.raises(RatingsHaveProblems, match=said):
        ask()


MARKS = st.lists(
    st.lists(st.sampled_from(["a", "b", "c", None]), min_size=2, max_size=5),
    min_size=2,
    max_size=12,
).filter(lambda rows: any(sum(mark is not None for mark in row) > 1 for row in rows))


@QUICK
@given(MARKS, st.booleans())
def test_ac_agrees_with_its_definition_pair_by_pair(rows, ordered):
    categories = ("a", "b", "c")
    weights = linear_weights(3) if ordered else identity_weights(3)

    def worth(one, other):
        return weights[categories.index(one)][categories.index(other)]

    given_marks = [[mark for mark in row if mark] for row in rows]
    given_marks = [row for row in given_marks if row]
    several = [row for row in given_marks if len(row) > 1]
    seen = sum(
        sum(worth(*pair) for pair in combinations(row, 2)) / len(list(combinations(row, 2)))
        for row in several
    ) / len(several)
    usual = [
        sum(row.count(each) / len(row) for row in given_marks) / len(given_marks)
        for each in categories
    ]
    hard = sum(share * (1 - share) for share in usual)
    chance = sum(map(sum, weights)) * hard / (3 * 2)

    found = gwet(rows, categories, weights=linear_weights(3) if ordered else None)

    assert found.value == pytest.approx((seen - chance) / (1 - chance))


@QUICK
@given(MARKS, st.randoms())
def test_the_order_of_letters_and_of_markers_changes_nothing(rows, chance):
    mixed = [chance.sample(row, len(row)) for row in chance.sample(rows, len(rows))]

    before, after = gwet(rows, "abc"), gwet(mixed, "abc")

    assert after.value == pytest.approx(before.value)
    assert -1 <= before.interval.low <= before.interval.high <= 1 if before.interval else True


@pytest.mark.slow  # thousands of made-up samples
@pytest.mark.parametrize(
    ("table", "letters", "least"),
    [
        pytest.param([[0.02, 0.04], [0.04, 0.90]], 50, 0.90, id="nearly all met, 50 letters"),
        pytest.param([[0.02, 0.04], [0.04, 0.90]], 200, 0.93, id="nearly all met, 200 letters"),
        pytest.param([[0.40, 0.10], [0.10, 0.40]], 50, 0.93, id="evenly, 50 letters"),
    ],
)
def test_the_interval_of_ac1_covers_what_is_true(table, letters, least):
    cells = [(row, column) for row in range(2) for column in range(2)]
    shares = [table[row][column] for row, column in cells]
    usual = table[1][1] + (table[0][1] + table[1][0]) / 2
    chance = 2 * usual * (1 - usual)
    truth = (table[0][0] + table[1][1] - chance) / (1 - chance)
    dice = Random(20261126)

    covered = 0
    for _ in range(1000):
        drawn = dice.choices(cells, shares, k=letters)
        interval = gwet([[TWO[row], TWO[column]] for row, column in drawn], TWO).interval
        covered += interval.low <= truth <= interval.high

    assert least <= covered / 1000 <= 0.985
