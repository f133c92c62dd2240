"""Duties to co-defendants of one case are not so many answers, and no interval says they are."""

from collections import Counter
from datetime import date, timedelta
from random import Random

import pytest

from forthright.rules.by_case import by_case, counts_by_case
from forthright.rules.disclosure_compliance import Month, comply
from forthright.rules.disclosure_judged import DutyFacts
from forthright.rules.figures import Proportion, wilson
from forthright.rules.medians import interval_of_median

OCTOBER = Month(2026, 10)
DUE = date(2026, 10, 5)


def month_of(*cases):
    """Return the figures of a month: each case as the days late of each of its defendants."""
    late = [(case, days) for case, each in enumerate(cases) for days in each]
    duties = [
        DutyFacts(key=key, case=case, due_on=DUE, served_on=DUE + timedelta(days=days),
                  items_total=3, items_endorsed=3)
        for key, (case, days) in enumerate(late)
    ]  # fmt: skip
    return {each.key: each for each in comply(OCTOBER, duties).figures}


def test_six_cases_of_five_defendants_are_too_few_to_say():
    share = month_of(*[[1] * 5] * 2, *[[0] * 5] * 4)["q2"]

    assert share.words == "20 of 30 duties, of 6 cases (too few to say)"
    assert (share.rate, share.low, share.count, share.n) == (None, None, 20, 30)


def test_twelve_cases_that_are_one_answer_each_are_no_surer_than_twelve_answers():
    share = month_of(*[[1] * 5] * 4, *[[0] * 5] * 8)["q2"]

    assert share.words == (
        "66.7% (40 of 60 duties, of 12 cases, 95% interval by case 35.0% to 88.1%)"
    )
    alone = wilson(40 / 60, 12)
    assert share.low < alone.low < alone.high < share.high


def test_where_every_case_has_one_the_figures_are_those_of_each_by_itself():
    figures = month_of(*[[1]] * 5, *[[0]] * 10)

    assert figures["q2"].words == "66.7% (10 of 15, 95% interval 41.7% to 84.8%)"
    assert figures["days"].words == "on the day (of 15; 95% interval on the day to 1 day late)"


def test_a_case_of_which_one_duty_alone_is_counted_stands_by_itself():
    """Of two duties of the case one ended in time, so the share counts each case once."""
    alone = [DutyFacts(key=key, case=key, due_on=DUE, served_on=DUE) for key in range(1, 12)]
    spared = DutyFacts(key=12, case=1, due_on=DUE, ended_on=DUE)

    figures = {each.key: each for each in comply(OCTOBER, [*alone, spared]).figures}

    assert figures["q2"].words == "100.0% (11 of 11, 95% interval 74.1% to 100.0%)"


def test_the_median_of_days_goes_by_case():
    assert month_of(*[[day] * 5 for day in range(6)])["days"].words == (
        "2.5 days late (of 30, of 6 cases; 95% interval by case on the day to 5 days late)"
    )
    assert month_of(*[[day] * 5 for day in range(5)])["days"].words == (
        "2 days late (of 25, of 5 cases; too few for an interval)"
    )


def test_what_is_not_named_is_of_cases_that_have_one():
    shared = counts_by_case([7, 7, 8], [7, 7, 8, 8, 8])

    found = by_case(Proportion(10, 15), shared, things="duties")

    assert found.alike == ((0, 1, 3), (1, 1, 7), (1, 3, 1), (2, 2, 1))
    assert (found.counts, found.groups) == (Proportion(10, 15), 12)
    assert by_case(Proportion(10, 15), {(1, 1): 2}, things="duties") is None


MONTHS = [
    pytest.param([5] * 12, 0.7, 0.9, 0.75, id="twelve cases of five, nearly alike"),
    pytest.param([3] * 10, 0.8, 0.6, 0.9, id="ten cases of three"),
    pytest.param([1] * 20 + [2] * 6 + [4] * 4, 0.8, 0.8, 0.93, id="most have one, some more"),
    pytest.param([1] * 15 + [12], 0.7, 0.9, 0.85, id="one large conspiracy among fifteen"),
    pytest.param([1] * 60 + [2] * 20 + [5] * 8, 0.93, 0.95, 0.86, id="a large month, most in time"),
    pytest.param([1, 2, 3, 4, 5] * 3, 0.5, 0.95, 0.8, id="fifteen cases that differ in size"),
    pytest.param([1] * 100 + [2] * 15 + [3] * 5, 0.93, 0.95, 0.93, id="few have several"),
]  # fmt: skip


@pytest.mark.parametrize(("sizes", "truth", "alike", "each_alone_at_most"), MONTHS)
def test_a_share_holds_the_truth_as_often_as_it_says(sizes, truth, alike, each_alone_at_most):
    """2,000 months of cases with shares of their own about the truth.

    Were each duty taken by itself it would not.
    """
    random = Random(20261129)
    spread = (1 - alike) / alike
    held = alone = 0
    for _ in range(2000):
        shared = []
        for size in sizes:
            own = random.betavariate(spread * truth, spread * (1 - truth))
            shared.append((sum(random.random() < own for _ in range(size)), size))
        counts = Proportion(sum(met for met, _ in shared), sum(sizes))
        found = by_case(counts, Counter(shared), things="duties").interval()
        held += found.low <= truth <= found.high
        plain = counts.wilson()
        alone += plain.low <= truth <= plain.high

    assert held / 2000 > 0.91
    assert alone / 2000 < each_alone_at_most


@pytest.mark.parametrize("sizes", [[5] * 12, [3] * 10, [1] * 20 + [2] * 6 + [4] * 4])
def test_a_median_holds_the_truth_as_often_as_it_says(sizes):
    """2,000 months of cases served on a day of their own, to each defendant or to some later."""
    random = Random(20261129)
    held = alone = 0
    for _ in range(2000):
        days = []
        for size in sizes:
            own = random.gauss()
            days += [own + random.gauss(0, 0.1) for _ in range(size)]
        shared = [(0, size) for size in sizes]
        worth = by_case(Proportion(0, len(days)), Counter(shared), things="duties").groups_worth
        found, plain = interval_of_median(days, worth), interval_of_median(days)
        held += found.low <= 0 <= found.high
        alone += plain.low <= 0 <= plain.high

    assert held / 2000 > 0.93
    assert alone < held
