"""Counts and rates that say how sure they are: Wilson intervals, comparisons, sample sizes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import ceil, comb, erfc, sqrt
from statistics import NormalDist

from forthright.rules.words import percent_words

FEWEST_FOR_A_RATE = 10
LEVEL = 0.95
SIGNIFICANT_BELOW = 0.05
NO_CHANGE = "no change shown"


class CountsDoNotFit(ValueError):
    """More met than there were, or a count below nothing."""


class Better(StrEnum):
    """Which direction of a figure is good."""

    UP = "UP"
    DOWN = "DOWN"
    NEITHER = "NEITHER"


@dataclass(frozen=True, slots=True)
class Interval:
    low: float
    high: float

    @property
    def words(self) -> str:
        """Say the interval: "18.6% to 30.4%"."""
        return f"{percent_words(self.low)} to {percent_words(self.high)}"


@dataclass(frozen=True, slots=True)
class Proportion:
    """So many met of so many."""

    met: int
    n: int

    def __post_init__(self) -> None:
        """Refuse counts that cannot be.

        :raises CountsDoNotFit: if more were met than there were
        """
        if not 0 <= self.met <= self.n:
            raise CountsDoNotFit(
                f"{self.met} of {self.n} cannot be: the first count must lie between 0 and "
                "the second. Check the two lists that were counted."
            )

    @property
    def rate(self) -> float | None:
        """Return the rate, or None of nothing."""
        return self.met / self.n if self.n else None

    @property
    def is_enough(self) -> bool:
        """Say whether there are enough to give a rate at all."""
        return self.n >= FEWEST_FOR_A_RATE

    def wilson(self, level: float = LEVEL) -> Interval:
        """Return the Wilson score interval of the rate."""
        return wilson(self.met / self.n, self.n, level) if self.n else Interval(0.0, 1.0)

    @property
    def count_words(self) -> str:
        """Say the counts: "48 of 200"."""
        return f"{self.met:,} of {self.n:,}"

    @property
    def interval_words(self) -> str:
        """Say the interval, or that there are too few: "95% interval 18.6% to 30.4%"."""
        if not self.is_enough:
            return "too few to say"
        return f"95% interval {self.wilson().words}"

    def words(self) -> str:
        """Say the figure with all that is needed to judge it; below ten only the counts."""
        if self.rate is None or not self.is_enough:
            return f"{self.count_words} (too few to say)" if self.n else "none to count"
        return f"{percent_words(self.rate)} ({self.count_words}, {self.interval_words})"


def wilson(rate: float, n: float, level: float = LEVEL) -> Interval:
    """Return the Wilson score interval of a rate of so many; above 0, whole or not."""
    return wilson_within(rate, n, NormalDist().inv_cdf((1 + level) / 2))


def wilson_within(rate: float, n: float, z: float) -> Interval:
    """Return Wilson's interval of a rate by the number of standard errors that it reaches."""
    middle = rate + z * z / (2 * n)
    spread = z * sqrt(rate * (1 - rate) / n + z * z / (4 * n * n))
    scale = 1 + z * z / n
    low = 0.0 if rate == 0 else (middle - spread) / scale
    high = 1.0 if rate == 1 else (middle + spread) / scale
    return Interval(low, high)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Two proportions compared by the test fixed beforehand: two-sided z, pooled, at 5%."""

    before: Proportion
    after: Proportion
    z: float
    p: float

    @property
    def is_shown(self) -> bool:
        """Say whether there are enough in both and the test finds a difference."""
        enough = self.before.is_enough and self.after.is_enough
        return enough and self.p < SIGNIFICANT_BELOW

    def words(self, better: Better = Better.UP) -> str:
        """Say "improved", "worsened", "higher" or "lower", or else "no change shown"."""
        if not self.is_shown:
            return NO_CHANGE
        rose = self.z > 0
        if better is Better.NEITHER:
            return "higher" if rose else "lower"
        return "improved" if rose is (better is Better.UP) else "worsened"


def compare(before: Proportion, after: Proportion) -> Change:
    """Compare two proportions."""
    z = _z_score(before, after)
    return Change(before=before, after=after, z=z, p=erfc(abs(z) / sqrt(2)))


def change_words(before: Proportion, after: Proportion, *, better: Better = Better.UP) -> str:
    """Say whether the second proportion shows a change from the first."""
    return compare(before, after).words(better)


def pooled(parts: Mapping[str, Proportion]) -> Proportion:
    """Add proportions of separate weeks or units into one."""
    return Proportion(
        sum(part.met for part in parts.values()), sum(part.n for part in parts.values())
    )


def sample_size_for(
    margin: float, population: int, *, rate: float = 0.5, level: float = LEVEL
) -> int:
    """Return how many of a finite population give a rate within plus or minus the margin."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    endless = z * z * rate * (1 - rate) / (margin * margin)
    return min(population, ceil(endless / (1 + (endless - 1) / population)))


def chance_of_seeing(defect_rate: float, n: int) -> float:
    """Return the chance that a sample of n holds at least one defect of that rate."""
    return float(1 - (1 - defect_rate) ** n)


def operating_characteristic(most_bad: int, n: int, defect_rate: float) -> float:
    """Return the chance that a sample of n holds no more than so many bad ones."""
    return float(
        sum(
            comb(n, bad) * defect_rate**bad * (1 - defect_rate) ** (n - bad)
            for bad in range(most_bad + 1)
        )
    )


def _z_score(before: Proportion, after: Proportion) -> float:
    if not before.n or not after.n:
        return 0.0
    both = (before.met + after.met) / (before.n + after.n)
    spread = sqrt(both * (1 - both) * (1 / before.n + 1 / after.n))
    return (after.met / after.n - before.met / before.n) / spread if spread else 0.0
