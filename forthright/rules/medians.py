"""A median with its interval, which asks nothing of how the values are spread.

The interval lies between two of the values themselves: those of which as many stand below one, and
above the other, as would stand there by chance in less than 2.5 of 100, were each value as likely
above the true median as below it (the sign test turned round: Conover, Practical Nonparametric
Statistics, 3rd edition 1999, section 3.2). Of fewer than six values none can be given.
"""

from collections.abc import Callable, Sequence
from math import exp, lgamma, log, sqrt
from statistics import median

from forthright.rules.figures import Interval

LEVEL = 0.95


def interval_of_median(values: Sequence[float]) -> Interval | None:
    """Return the 95% interval of a median, or None where the values are too few for one."""
    ordered = sorted(values)
    cut = _cut_at_each_end(len(ordered))
    if not cut:
        return None
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


def median_words(values: Sequence[float], said: Callable[[float], str] | None = None) -> str:
    """Say a median with how many it is of and where it lies: "3 (of 20; 95% interval 2 to 5)".

    :param said: how one value is said, if not as a number
    """
    if not values:
        return "none to count"
    say = said or (lambda value: f"{value:g}")
    lies = interval_of_median(values)
    where = (
        f"95% interval {say(lies.low)} to {say(lies.high)}" if lies else "too few for an interval"
    )
    return f"{say(float(median(values)))} (of {len(values):,}; {where})"
