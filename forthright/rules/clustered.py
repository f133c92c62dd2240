"""A share of things that come in groups, as watches come by author: its interval goes by group.

What one author does in one watch tells much of what they do in the next, so ten watches of two
authors are nearer to two answers than to ten. The interval is Wilson’s, of the number of watches
divided by the design effect: the variance of the share between groups over what it would be were
all independent (J. N. K. Rao and A. J. Scott, A simple method for the analysis of clustered binary
data, Biometrics 48 (1992), 577-585). It is never taken to be below 1. Where all met or none did,
nothing can be seen of it, and each group counts once. Below ten groups no share is given.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from forthright.rules.figures import FEWEST_FOR_A_RATE, LEVEL, Interval, Proportion, wilson
from forthright.rules.words import count_words, percent_words

METHOD = (
    "Wilson’s interval of the number divided by the design effect between {groups} (Rao and Scott)"
)


@dataclass(frozen=True)
class Clustered:
    """So many met of so many, each in a group that it shares with others; one pair for each.

    `group` and `things` are what a group and what is counted are called.
    """

    group_and_met: tuple[tuple[str, bool], ...]
    group: str
    things: str

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, bool]], *, group: str, things: str) -> "Clustered":
        """Return the share of these: the group of each, and whether it met."""
        return cls(tuple(pairs), group, things)

    @cached_property
    def counts(self) -> Proportion:
        """Return the counts alone."""
        return Proportion(sum(met for _, met in self.group_and_met), len(self.group_and_met))

    @cached_property
    def groups(self) -> int:
        """Return how many groups there are: what is independent of one another."""
        return len({group for group, _ in self.group_and_met})

    @property
    def is_enough(self) -> bool:
        """Say whether there are groups enough to give a share at all."""
        return self.groups >= FEWEST_FOR_A_RATE

    @property
    def worth(self) -> float:
        """Return how many independent ones these are worth: at most all there are."""
        n, rate = self.counts.n, self.counts.rate
        if rate is None or rate in {0, 1} or self.groups == 1:
            return float(self.groups)
        sizes = Counter(group for group, _ in self.group_and_met)
        met = Counter(group for group, is_met in self.group_and_met if is_met)
        between = sum((met[group] - rate * size) ** 2 for group, size in sizes.items())
        variance = self.groups / (self.groups - 1) * between / n**2
        return n / max(1.0, variance / (rate * (1 - rate) / n))

    def interval(self, level: float = LEVEL) -> Interval:
        """Return the interval by group; of nothing, all there can be."""
        rate = self.counts.rate
        return Interval(0.0, 1.0) if rate is None else wilson(rate, self.worth, level)

    def words(self) -> str:
        """Say the share with its counts, groups and interval; below ten groups only the counts."""
        rate, counts = self.counts.rate, self.counts.count_words
        if rate is None:
            return "none to count"
        by = count_words(self.groups, self.group)
        if not self.is_enough:
            return f"{counts} {self.things}, of {by} (too few to say)"
        return (
            f"{percent_words(rate)} ({counts} {self.things}, of {by}, 95% interval by {self.group} "
            f"{self.interval().words})"
        )
