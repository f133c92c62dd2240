"""A median with its interval, which asks nothing of how the values are spread.

The interval lies between two of the values themselves: those of which as many stand below one, and
above the other, as would stand there by chance in less than 2.5 of 100, were each value as likely
above the true median as below it (the sign test turned round: Conover, Practical Nonparametric
Statistics, 3rd edition 1999, section 3.2). Of fewer than six values none can be given.
"""

from collections.abc import Callable, Sequence
from math import comb
from statistics import median

from forthright.rules.figures import Interval

LEVEL = 0.95


def interval_of_median(values: Sequence[float]) -> Interval | None:
    """Return the 95% interval of a median, or None where the values are too few for one."""
    ordered = sorted(values)
    n = len(ordered)
    below = -1
    chance = 0.0
    # With one more value cut off at each end the chance of missing would be too large.
    while chance <= (1 - LEVEL) / 2:
        below += 1
        chance += comb(n, below) / 2**n
    if not below:
        return None
    return Interval(float(ordered[below - 1]), float(ordered[n - below]))


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
