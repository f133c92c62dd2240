"""A share of things in groups is as sure as its groups are many and alike, and no surer."""

from random import Random

import pytest

from forthright.rules.clustered import Clustered
from forthright.rules.figures import Proportion, wilson

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
    ],
)
def test_the_number_it_is_worth(groups, worth):
    assert share(*groups).worth == pytest.approx(worth)


def test_its_interval_is_that_of_the_number_it_is_worth_and_wider_than_of_all():
    found = share(*[(4, 4)] * 5, *[(0, 4)] * 5)
    counted = Proportion(20, 40).wilson()

    assert found.interval().low == pytest.approx(wilson(0.5, 9).low)
    assert found.interval().low < counted.low < counted.high < found.interval().high


def test_below_ten_groups_only_the_counts_are_said():
    assert share(*[(2, 4)] * 9).words() == ("18 of 36 watches, of 9 authors (too few to say)")
    assert Clustered.of([], **CALLED).words() == "none to count"
    assert share(*[(2, 4)] * 10).words() == (
        "50.0% (20 of 40 watches, of 10 authors, 95% interval by author 35.2% to 64.8%)"
    )


def test_of_alike_authors_it_holds_the_truth_about_as_often_as_it_says():
    """Twenty authors with shares of their own about 40%, three watches each, 2,000 times."""
    random = Random(20261127)
    held = counted_held = 0
    for _ in range(2000):
        groups = []
        for _ in range(20):
            own = random.betavariate(0.8, 1.2)
            groups.append((sum(random.random() < own for _ in range(3)), 3))
        found = share(*groups)
        held += found.interval().low <= 0.4 <= found.interval().high
        plain = found.counts.wilson()
        counted_held += plain.low <= 0.4 <= plain.high

    assert held / 2000 > 0.93
    assert counted_held / 2000 < 0.9
