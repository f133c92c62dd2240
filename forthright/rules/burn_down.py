"""How a stock is likely to go on, and by when it would be cleared, with an interval.

A random walk with drift: each week the stock changes by the average of the weekly changes seen,
give or take their spread. So many weeks ahead the standard deviation is s·√(h(1 + h/n)), of n
weekly changes with the standard deviation s and h weeks ahead, as in Hyndman and Athanasopoulos,
Forecasting: Principles and Practice (3rd edition, 2021), section 5.5, drift method; the multiplier
is Student's t for n - 1 degrees of freedom instead of the normal one, because the weeks are few.
It supposes that the weeks to come are like those counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist, mean, stdev

from forthright.rules.figures import FEWEST_FOR_A_RATE, LEVEL
from forthright.rules.words import count_words

WEEKS_COUNTED = 12
HORIZON = 104


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """The stock so many weeks ahead; never below nought."""

    likely: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BurnDown:
    """How a stock is likely to go on, from its average weekly change and the spread of that."""

    stock: int
    weeks: int
    change: float
    spread: float

    def ahead(self, weeks: int) -> Ahead:
        """Return the stock so many weeks ahead, with its 95% interval."""
        likely, reach = self._at(weeks)
        return Ahead(
            likely=max(likely, 0.0), low=max(likely - reach, 0.0), high=max(likely + reach, 0.0)
        )

    @property
    def likely_weeks(self) -> int | None:
        """Return after how many weeks it would be cleared; None: not within two years."""
        return self._cleared(0)

    @property
    def fewest_weeks(self) -> int | None:
        """Return the first week whose interval reaches nought; None: none within two years."""
        return self._cleared(-1)

    @property
    def most_weeks(self) -> int | None:
        """Return the first week whose whole interval is nought; None: none within two years."""
        return self._cleared(1)

    @property
    def words(self) -> str:
        """Say after how many weeks it would be cleared, with the interval."""
        years = f"within {HORIZON // 52} years"
        few, likely, most = self.fewest_weeks, self.likely_weeks, self.most_weeks
        if few is None:
            return f"not {years}"
        end = count_words(most, "week") if most else f"no end {years}"
        middle = f"in about {count_words(likely, 'week')}" if likely else f"not {years}"
        return f"{middle} (95% interval {few if most else count_words(few, 'week')} to {end})"

    def _cleared(self, side: int) -> int | None:
        for weeks in range(1, HORIZON + 1):
            likely, reach = self._at(weeks)
            if likely + side * reach <= 0:
                return weeks
        return None

    def _at(self, weeks: int) -> tuple[float, float]:
        deviation = self.spread * sqrt(weeks * (1 + weeks / self.weeks))
        return self.stock + weeks * self.change, students_t(self.weeks - 1) * deviation


def burn_down(stock: int, changes: Sequence[int]) -> BurnDown | None:
    """Return how a stock is likely to go on after these weekly changes.

    None where there are too few to say: fewer than 12 weeks, or fewer than ten in stock.
    """
    if len(changes) < WEEKS_COUNTED or stock < FEWEST_FOR_A_RATE:
        return None
    return BurnDown(stock=stock, weeks=len(changes), change=mean(changes), spread=stdev(changes))


def students_t(degrees: float) -> float:
    """Return the multiplier of a two-sided 95% interval, by Student's t; of degrees whole or not.

    Its expansion around the normal one is from Abramowitz and Stegun, Handbook of Mathematical
    Functions (1964), 26.7.5; from ten degrees of freedom on it is right to three places,
    and from two on at most 4 in 100 too small.
    """
    z = NormalDist().inv_cdf((1 + LEVEL) / 2)
    return (
        z
        + (z**3 + z) / (4 * degrees)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * degrees**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * degrees**3)
    )
