"""A median with its interval, which asks nothing of how the values are spread.

The interval lies between two of the values themselves: those of which as many stand below one, and
above the other, as would stand there by chance in less than 2.5 of 100, were each value as likely
above the true median as below it (the sign test turned round: Conover, Practical Nonparametric
Statistics, 3rd edition 1999, section 3.2). Of fewer than six values none can be given.

Values that come in groups, as days by case, are taken to be worth as many as their groups are by
their sizes (Kish, as in rules/clustered.py), as if all of a group were alike: the ranks are those
of so many values, at the same part of all. Where a group's values differ it is wider than it says.

What has no value yet, as the days until something that has not happened, stands above every value:
leaving it out would make whoever never acts look the quickest. Where half or more have none, the
median is that it has not happened.
"""

from collections.abc import Callable, Sequence
from math import exp, floor, inf, isinf, lgamma, log, sqrt
from statistics import median

from forthright.rules.clustered import Clustered
from forthright.rules.figures import Interval
from forthright.rules.words import count_words

LEVEL = 0.95


def interval_of_median(values: Sequence[float], worth: float | None = None) -> Interval | None:
    """Return the 95% interval of a median, or None where the values are too few for one.

    :param worth: how many independent values they are worth, where that is fewer
    """
    ordered = sorted(values)
    n = len(ordered)
    independent = n if worth is None else min(n, floor(worth))
    cut = _cut_at_each_end(independent)
    if not cut:
        return None
    cut = max(1, cut * n // independent)
    return Interval(float(ordered[cut - 1]), float(ordered[-cut]))


def _cut_at_each_end(n: int) -> int:
    """Return the rank, from either end, of the values between which the median of ``n`` lies.

    A sum of exact fractions would take a time that grows with the cube of ``n``, and 100,000 values
    without end. Ten standard deviations below the middle there is less than 1 in 10^22 left to add.
    """
    below = max(0, int(n / 2 - 5 * sqrt(n))) - 1
    of_all = lgamma(n + 1) - n * log(2)
    chance = 0.0
    # With one more value cut off at each end the chance of missing would be too large.
    while chance <= (1 - LEVEL) / 2:
        below += 1
        chance += exp(of_all - lgamma(below + 1) - lgamma(n - below + 1))
    return below


def median_words(
    values: Sequence[float],
    said: Callable[[float], str] | None = None,
    by: Clustered | None = None,
    *,
    waiting: int = 0,
    not_yet: str = "",
) -> str:
    """Say a median with how many it is of and where it lies: "3 (of 20; 95% interval 2 to 5)".

    :param said: how one value is said, if not as a number
    :param by: the groups in which the values come, where one has several
    :param waiting: how many have no value yet; they are of the groups, too
    :param not_yet: what is said of these: "not served"
    """
    if not values and not waiting:
        return "none to count"
    written = said or (lambda value: f"{value:g}")

    def say(value: float) -> str:
        return not_yet if isinf(value) else written(value)

    values = [*values, *[inf] * waiting]
    lies = interval_of_median(values, by.groups_worth if by else None)
    of = f"of {len(values):,}" + (f", of {count_words(by.groups, by.group)}" if by else "")
    if waiting:
        of += f", of which {waiting:,} {not_yet} and counted as the latest"
    named = f"95% interval by {by.group}" if by else "95% interval"
    where = f"{named} {say(lies.low)} to {say(lies.high)}" if lies else "too few for an interval"
    return f"{say(float(median(values)))} ({of}; {where})"
