"""Krippendorff's alpha: agreement of any number of markers, with marks missing here and there.

Alpha is 1 less the disagreement seen over the disagreement that chance would give, from the table
of all pairs of marks of the same letter (K. Krippendorff, Content Analysis, 4th edition, 2019,
chapter 12). Nominal: two marks are the same or not. Ordinal: they differ the more, the more marks
lie between them, so that the order counts and no distance has to be assumed.

The interval is a bootstrap: letters are drawn anew, with replacement, and alpha worked out for each
such draw; the middle 95% of those is the interval. It rests on the letters and not on the shape of
a distribution (A. Zapf and others, BMC Medical Research Methodology 16:93, 2016). The draws are
made by Python's own generator from a seed, so they are the same on every machine and every day.

Alpha is nought by nought where every mark is the same. Then it is not shown; nor is the interval,
where more than one draw in ten is like that.
"""

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from itertools import product
from random import Random
from typing import TypeAlias

from forthright.rules.agreement import Coefficient, Ratings, counts_of
from forthright.rules.figures import LEVEL, Interval
from forthright.rules.words import NO_DIFFERENCE

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
    several = [tally for tally in counts_of(ratings, categories) if sum(tally) > 1]
    name = f"Krippendorff’s alpha ({scale.value.lower()})"
    # Letters marked alike count alike, so a draw is how often each kind of letter came up.
    kinds = Counter(tuple(tally) for tally in several)
    pairs = [_pairs_of(tally) for tally in kinds]
    value = _alpha(pairs, list(kinds.values()), scale)
    if value is None:
        why = ALL_THE_SAME if several else "no letter was marked more than once"
        return Coefficient(name=name, letters=len(several), why_not=why)
    interval = _bootstrap(pairs, list(kinds.values()), scale, Random(seed), draws)
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


def _alpha(pairs: Sequence[Pairs], times: Sequence[int], scale: Scale) -> float | None:
    """Return alpha of letters of these kinds, each so many times; None of nought by nought."""
    if not pairs:
        return None
    size = range(len(pairs[0]))
    table = [
        [
            sum(often * kind[row][column] for kind, often in zip(pairs, times, strict=True))
            for column in size
        ]
        for row in size
    ]
    totals = [sum(row) for row in table]
    marks = sum(totals)
    distances = _distances(totals, scale)
    seen = sum(table[row][column] * distances[row][column] for row, column in product(size, size))
    expected = sum(
        totals[row] * totals[column] * distances[row][column] for row, column in product(size, size)
    )
    return 1 - (marks - 1) * seen / expected if expected > NO_DIFFERENCE else None


def _distances(totals: Sequence[float], scale: Scale) -> list[list[float]]:
    """Return the squared distance of any two categories, given how often each was used."""
    size = range(len(totals))
    if scale is Scale.NOMINAL:
        return [[float(row != column) for column in size] for row in size]
    return [
        [
            (
                sum(totals[min(row, column) : max(row, column) + 1])
                - (totals[row] + totals[column]) / 2
            )
            ** 2
            for column in size
        ]
        for row in size
    ]


def _bootstrap(
    pairs: Sequence[Pairs], times: Sequence[int], scale: Scale, chance: Random, draws: int
) -> Interval | None:
    """Return the middle 95% of alpha over letters drawn anew; None where too often undefined."""
    letters = sum(times)
    values = []
    for _ in range(draws):
        drawn = Counter(chance.choices(range(len(pairs)), weights=times, k=letters))
        value = _alpha(pairs, [drawn[kind] for kind in range(len(pairs))], scale)
        if value is not None:
            values.append(value)
    if len(values) < 0.9 * draws:
        return None
    values.sort()
    tail = int(len(values) * (1 - LEVEL) / 2)
    return Interval(values[tail], values[-1 - tail])
