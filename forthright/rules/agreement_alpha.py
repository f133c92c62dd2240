"""Krippendorff's alpha: agreement of any number of markers, with marks missing here and there.

Alpha is 1 less the disagreement seen over the disagreement that chance would give, from the table
of all pairs of marks of the same letter (K. Krippendorff, Content Analysis, 4th edition, 2019,
chapter 12). Nominal: two marks are the same or not. Ordinal: they differ the more, the more marks
lie between them, so that the order counts and no distance has to be assumed.

The interval is a bootstrap: letters are drawn anew, with replacement, and alpha worked out for each
such draw; the middle 95% of those is the interval. It rests on the letters and not on the shape of
a distribution (A. Zapf and others, BMC Medical Research Methodology 16:93, 2016). The draws are
made from a seed by a generator whose numbers never change (NumPy's RandomState), so they are the
same on every machine and every day.

Alpha is nought by nought where every mark is the same. Then it is not shown; nor is the interval,
where more than one draw in ten is like that.
"""

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from math import isnan, nan
from typing import TYPE_CHECKING, TypeAlias

from forthright.rules.agreement import Coefficient, Ratings, counts_of
from forthright.rules.figures import LEVEL, Interval
from forthright.rules.words import NO_DIFFERENCE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers: TypeAlias = NDArray[np.floating | np.integer]

DRAWS = 2000
ALL_THE_SAME = "every mark is the same, so nothing says what chance would give"
TOO_MUCH_THE_SAME = "nearly every mark is the same"

Pairs: TypeAlias = tuple[tuple[float, ...], ...]


class Scale(StrEnum):
    """Whether marks are only the same or not, or stand in an order."""

    NOMINAL = "NOMINAL"
    ORDINAL = "ORDINAL"


def krippendorff(
    ratings: Ratings, categories: Sequence[str], *, scale: Scale, seed: int, draws: int = DRAWS
) -> Coefficient:
    """Return Krippendorff's alpha with its bootstrap interval; ordinal takes categories in order.

    :raises RatingsHaveProblems: if a mark is no category, or there are fewer than two
    """
    import numpy as np

    several = [tally for tally in counts_of(ratings, categories) if sum(tally) > 1]
    name = f"Krippendorff’s alpha ({scale.value.lower()})"
    # Letters marked alike count alike, so a draw is how often each kind of letter came up.
    kinds = Counter(tuple(tally) for tally in several)
    pairs = np.array([_pairs_of(tally) for tally in kinds])
    times = np.array(list(kinds.values()))
    value = float(_alphas(np.array([times]), pairs, scale)[0]) if several else nan
    if isnan(value):
        why = ALL_THE_SAME if several else "no letter was marked more than once"
        return Coefficient(name=name, letters=len(several), why_not=why)
    interval = _bootstrap(times, pairs, scale, seed=seed, draws=draws)
    return Coefficient(
        name=name,
        letters=len(several),
        value=value,
        interval=interval,
        why_not="" if interval else TOO_MUCH_THE_SAME,
    )


def _pairs_of(tally: Sequence[int]) -> Pairs:
    """Return the table of pairs of marks of one letter, each weighted so that letters count."""
    marks = sum(tally)
    return tuple(
        tuple(
            one * (other - (row == column)) / (marks - 1)
            for column, other in enumerate(tally)
        )
        for row, one in enumerate(tally)
    )  # fmt: skip


def _alphas(often: "Numbers", pairs: "Numbers", scale: Scale) -> "Numbers":
    """Return alpha of each draw, by how often each kind of letter is in it; NaN of 0 by 0."""
    import numpy as np

    tables = np.tensordot(often, pairs, axes=1)
    totals = tables.sum(axis=2)
    distances = _distances(totals, scale)
    seen = (tables * distances).sum(axis=(1, 2))
    expected = (totals[:, :, None] * totals[:, None, :] * distances).sum(axis=(1, 2))
    is_told = expected > NO_DIFFERENCE
    share = (totals.sum(axis=1) - 1) * seen / np.where(is_told, expected, 1)
    return np.where(is_told, 1 - share, np.nan)


def _distances(totals: "Numbers", scale: Scale) -> "Numbers":
    """Return in each draw the squared distance of any two categories, by how often each was used.

    Ordinal: the marks that lie between two categories, with half of those in each.
    """
    import numpy as np

    size = totals.shape[1]
    if scale is Scale.NOMINAL:
        return np.broadcast_to(1 - np.eye(size), (len(totals), size, size))
    middles = totals.cumsum(axis=1) - totals / 2
    return (middles[:, :, None] - middles[:, None, :]) ** 2


def _bootstrap(
    times: "Numbers", pairs: "Numbers", scale: Scale, *, seed: int, draws: int
) -> Interval | None:
    """Return the middle 95% of alpha over letters drawn anew; None where too often undefined."""
    import numpy as np

    chance = np.random.RandomState(seed)
    drawn = chance.multinomial(times.sum(), times / times.sum(), size=draws)
    values = _alphas(drawn, pairs, scale)
    values = np.sort(values[~np.isnan(values)])
    if len(values) < 0.9 * draws:
        return None
    tail = int(len(values) * (1 - LEVEL) / 2)
    return Interval(float(values[tail]), float(values[-1 - tail]))
