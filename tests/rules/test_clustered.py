"""A share of things in groups is as sure as its groups are many and alike, and no surer."""

from random import Random

import pytest

from forthright.rules.clustered import Clustered
from forthright.rules.figures import Proportion, wilson, wilson_within

CALLED = {"group": "author", "things": "watches"}


def share(*groups):
    """Return a share of groups, each as so many met of so many."""
    return Clustered.of(
        (
            (f"group {number}", place < met)
            for number, (met, of) in enumerate(groups)
            for place in range(of)
        ),
        **CALLED,
    )


@pytest.mark.parametrize(
    ("groups", "worth"),
    [
        pytest.param([(1, 2)] * 10, 20, id="groups alike are worth all they hold"),
        # 5 of the 10 wholly met: the variance between them is 1.11 / 40 and 0.25 / 40 the other.
        pytest.param([(4, 4)] * 5 + [(0, 4)] * 5, 9, id="groups that are one answer each"),
        pytest.param([(3, 3)] * 12, 12, id="where all met"),
        pytest.param([(0, 3)] * 12, 12, id="where none did"),
        pytest.param([(2, 4)], 1, id="one group"),
        # (6 + 3 × 2)² / (36 + 3 × 4)
        pytest.param([(6, 6)] + [(2, 2)] * 3, 3, id="where all met, of groups that differ"),
        # Without each in turn it is 0, 2/3 and 2/3, so 2/3 × (1/4 + 2/36) is to be held to 1/16.
        pytest.param([(2, 2), (0, 1), (0, 1)], 27 / 22, id="a group that holds half"),
    ],
)
def test_the_number_it_is_worth(groups, worth):
    assert share(*groups).worth == pytest.approx(worth)


def test_its_interval_is_that_of_the_number_it_is_worth_and_wider_than_of_all():
    found = share(*[(4, 4)] * 5, *[(0, 4)] * 5)
    counted = Proportion(20, 40).wilson()

    # Student's t for nine degrees of freedom, from its printed tables.
    assert found.interval().low == pytest.approx(wilson_within(0.5, 9, 2.262).low, abs=0.0005)
    assert found.interval().low < counted.low < counted.high < found.interval().high


def test_below_ten_groups_only_the_counts_are_said():
    assert share(*[(2, 4)] * 9).words() == ("18 of 36 watches, of 9 authors (too few to say)")
    assert Clustered.of([], **CALLED).words() == "none to count"
    assert share(*[(2, 4)] * 10).words() == (
        "50.0% (20 of 40 watches, of 10 authors, 95% interval by author 33.2% to 66.8%)"
    )


def between_alone(found):
    """Return Wilson's interval by the plain variance between groups, as if they were many."""
    n, rate = found.counts.n, found.counts.rate
    if rate in {0, 1}:
        return wilson(rate, found.groups)
    between = sum(groups * (met - rate * size) ** 2 for met, size, groups in found.alike)
    variance = found.groups / (found.groups - 1) * between / n**2
    return wilson(rate, n / max(1.0, variance / (rate * (1 - rate) / n)))


@pytest.mark.parametrize(
    ("sizes", "truth", "alike", "plain_at_most"),
    [
        pytest.param([3] * 20, 0.4, 0.33, 0.96, id="twenty authors alike"),
        pytest.param([3] * 10, 0.3, 0.2, 0.96, id="ten authors alike"),
        pytest.param([1, 2, 3, 4, 5, 6, 7, 8, 1, 8], 0.3, 0.5, 0.94, id="ten, 1 to 8 each"),
        pytest.param([10] + [1] * 11, 0.3, 0.4, 0.9, id="one has ten, eleven one"),
        pytest.param([10, 10] + [1] * 10, 0.3, 0.4, 0.88, id="two have ten, ten one"),
        pytest.param([6] * 3 + [1] * 9, 0.3, 0.5, 0.9, id="three have six, nine one"),
        pytest.param([25] + [2] * 11, 0.3, 0.33, 0.85, id="one has 25, eleven two"),
        pytest.param([25] + [2] * 30, 0.1, 0.5, 0.91, id="one has 25, thirty two"),
    ],
)
def test_it_holds_the_truth_at_least_as_often_as_it_says(sizes, truth, alike, plain_at_most):
    """Authors with shares of their own about the truth, 2,000 times; `alike` is how like watches.

    By the plain variance between groups it would not, where authors differ in number.
    """
    random = Random(20261127)
    held = plain = 0
    spread = (1 - alike) / alike
    for _ in range(2000):
        groups = []
        for size in sizes:
            own = random.betavariate(spread * truth, spread * (1 - truth))
            groups.append((sum(random.random() < own for _ in range(size)), size))
        found = share(*groups)
        held += found.interval().low <= truth <= found.interval().high
        plain += between_alone(found).low <= truth <= between_alone(found).high

    assert held / 2000 > 0.94
    assert plain / 2000 < plain_at_most
