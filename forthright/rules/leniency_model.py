"""The sums behind leniency: markers and letters in one additive model.

What a marker gives a letter is the letter's own worth, plus the marker's leniency, plus chance.
The worth of each letter is left free, so only marks of the same letter are ever compared: a marker
whose unit writes better letters does not look lenient. Leniencies are taken to come from a normal
distribution, and are drawn towards its middle the more, the less is known of a marker (partial
pooling). They are counted from the average of the markers who were compared with anybody.

How the spread between markers compares with chance is not known either. It is not set to its best
guess: every value the marks leave possible counts by its restricted likelihood (C. E. McCulloch and
S. R. Searle, Generalized, Linear, and Mixed Models, 2001, section 6.9), under a flat prior on the
ratio of the two standard deviations (A. Gelman, Bayesian Analysis 1:515, 2006). So a handful of
markers that seem alike by chance are not called alike for certain.

With the letters taken out, the marks come down to a square table of markers. One eigenvalue
decomposition of it gives every figure for every ratio, so thousands of markers take seconds.

Agreed marks are not in the model. What all markers have in common shows only against them, and how
surely it does depends on how many letters have agreed marks, not on how many marks these got; so
that is worked out letter by letter (`leniency_common`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.float64]

# The ratios of the spread between markers to chance that are looked at first, then nearer by.
LEAST_RATIO, MOST_RATIO = 0.005, 20.0
FIRST_LOOK, SECOND_LOOK = 60, 101
# A ratio this much less likely (in logarithms) than the best counts for nothing.
TOO_UNLIKELY = 10.0
# Marks never differ by less than a tenth of a level over all, so that no interval is of no width.
LEAST_DIFFERENCE = 0.01


@dataclass(frozen=True, slots=True)
class Marking:
    """What one marker gave one letter, as a number; the agreed marks of a letter have no marker."""

    marker: Hashable
    letter: Hashable
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LeniencyFit:
    """The leniency of each marker, and how surely any sum of leniencies is known."""

    # Where each marker stands in the tables, and how many letters they marked that others did too.
    places: Mapping[Hashable, int]
    letters: Sequence[int]
    # The standard deviation of one marker's value for a letter, its worth and leniency known.
    chance: float
    # The leniencies, and the parts of their covariance: directions·spreads·directions' and
    # further·further'.
    means: Numbers
    directions: Numbers
    spreads: Numbers
    further: Numbers

    def of_each(self) -> tuple[Numbers, Numbers]:
        """Return the leniency of every marker and its standard error, by their places."""
        variances = self.directions**2 @ self.spreads + (self.further**2).sum(axis=1)
        return self.means, variances**0.5

    def sum_of(self, weights: Mapping[Hashable, float]) -> tuple[float, float]:
        """Return a weighted sum of leniencies and its standard error.

        :raises KeyError: if one of them is not in the model
        """
        places = [self.places[marker] for marker in weights]
        shares = list(weights.values())
        along = shares @ self.directions[places]
        beside = shares @ self.further[places]
        variance = float(self.spreads @ along**2 + beside @ beside)
        return float(shares @ self.means[places]), sqrt(max(variance, 0.0))


def fit_leniency(markings: Sequence[Marking]) -> LeniencyFit | None:
    """Return the leniencies that fit these markings best; None where too few are of one letter.

    A marker gives a letter one value. Markers of whom no letter was marked by anybody else are in
    the model too: they lie where markers in general do, and as widely spread.
    """
    given = [each for each in markings if each.marker is not None]
    places: dict[Hashable, int] = {}
    of_letter: dict[Hashable, list[tuple[int, float]]] = defaultdict(list)
    for each in given:
        place = places.setdefault(each.marker, len(places))
        of_letter[each.letter].append((place, each.value))
    table = _table_of(len(places), [row for row in of_letter.values() if len(row) > 1])
    return _fitted(places, table) if table.free > 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """The marks with the letters taken out: a square table of markers, and their sums."""

    square: Numbers
    sums: Numbers
    total: float
    compared: Numbers
    free: int


def _table_of(markers: int, rows: Sequence[Sequence[tuple[int, float]]]) -> _Table:
    import numpy as np

    square, sums, compared = np.zeros((markers, markers)), np.zeros(markers), np.zeros(markers)
    total = 0.0
    by_number: dict[int, list[Sequence[tuple[int, float]]]] = defaultdict(list)
    for row in rows:
        by_number[len(row)].append(row)
    for number, letters in by_number.items():
        who = np.array([[place for place, _ in row] for row in letters])
        gave = np.array([[value for _, value in row] for row in letters])
        gave -= gave.mean(axis=1, keepdims=True)
        np.add.at(sums, who, gave)
        np.add.at(compared, who, 1.0)
        total += float((gave**2).sum())
        for one in who:
            square[np.ix_(one, one)] -= 1 / number
    square[np.diag_indices_from(square)] += compared
    free = int(compared.sum()) - len(rows)
    return _Table(square=square, sums=sums, total=total, compared=compared, free=free)


def _fitted(places: Mapping[Hashable, int], table: _Table) -> LeniencyFit:
    """Work the figures out for every likely ratio, and put them together by how likely each is."""
    import numpy as np

    values, directions = np.linalg.eigh(table.square)
    solver = _Solver(
        values=np.maximum(values, 0.0),
        sums=directions.T @ table.sums,
        total=table.total,
        free=table.free,
    )
    ratios, likely = solver.likely_ratios()
    pulls = solver.values[:, None] + ratios**-2
    variances = np.array([solver.rest(ratio) for ratio in ratios]) / table.free
    each = directions @ (solver.sums[:, None] / pulls)
    means = each @ likely
    # Counted from the average of those who were compared with anybody.
    known = table.compared > 0
    further = (each - means[:, None]) * likely**0.5
    return LeniencyFit(
        places=places,
        letters=[int(number) for number in table.compared],
        chance=sqrt(variances @ likely),
        means=means - means[known].mean(),
        directions=directions - directions[known].mean(axis=0),
        spreads=(variances / pulls) @ likely,
        further=further - further[known].mean(axis=0),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Solver:
    """The table of markers along its own directions, where each ratio takes one division."""

    values: Numbers
    sums: Numbers
    total: float
    free: int

    def likely_ratios(self) -> tuple[Numbers, Numbers]:
        """Return ratios of the two standard deviations and how likely each is; these sum to 1."""
        import numpy as np

        ratios = np.geomspace(LEAST_RATIO, MOST_RATIO, FIRST_LOOK)
        likelihood = np.array([self.likelihood(ratio) for ratio in ratios])
        possible = np.flatnonzero(likelihood > likelihood.max() - TOO_UNLIKELY)
        least = ratios[max(possible[0] - 1, 0)]
        most = ratios[min(possible[-1] + 1, FIRST_LOOK - 1)]
        nearer = np.geomspace(least, most, SECOND_LOOK)
        likelihood = np.array([self.likelihood(ratio) for ratio in nearer])
        # Each stands for as much as lies between it and its neighbours, so that all count alike.
        likely = np.exp(likelihood - likelihood.max()) * np.gradient(nearer)
        return nearer, likely / likely.sum()

    def likelihood(self, ratio: float) -> float:
        """Return the logarithm of the restricted likelihood of a ratio, up to a constant."""
        import numpy as np

        size = self.free * np.log(self.rest(ratio)) + np.log1p(self.values * ratio**2).sum()
        return float(-size / 2)

    def rest(self, ratio: float) -> float:
        """Return the sum of squares that markers and letters leave unexplained."""
        explained = float((self.sums**2 / (self.values + ratio**-2)).sum())
        return max(self.total - explained, LEAST_DIFFERENCE)
