"""How far markers agree on the same letters: percent, Gwet's AC1 and AC2, and Cohen's kappa.

A row is one letter and holds the mark of each marker, None where somebody did not mark it. All
coefficients run from -1 to 1: 1 is full agreement, 0 what chance alone would give.

Percent agreement is the share of pairs of markers that gave a letter the same mark, averaged over
letters. AC1 takes from it what chance would give by Gwet's definition, under which chance falls
as nearly all letters get the same mark; AC2 is the same with part of the credit for marks that lie
near each other. Formulas and standard errors: K. L. Gwet, Handbook of Inter-Rater Reliability (4th
edition, 2014), as in his R package irrCAC, with Student's t for one less than the letters.
A letter with one mark counts towards how often a mark is given, and towards nothing else.

Where every letter was marked alike, Gwet's standard error is nought, which would claim certainty.
The lower end then puts the lower end of the Wilson interval in place of the agreement.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import TypeAlias

from forthright.rules.burn_down import students_t
from forthright.rules.figures import Interval, Proportion
from forthright.rules.words import NO_DIFFERENCE, count_words

# Below this many letters marked more than once only counts are shown.
FEWEST_LETTERS = 30

Ratings: TypeAlias = Sequence[Sequence[str | None]]
Weights: TypeAlias = Sequence[Sequence[float]]
Counts: TypeAlias = list[list[int]]


class RatingsHaveProblems(ValueError):
    """Marks that are no category, or a coefficient asked of the wrong number of markers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient:
    """One measure of agreement with its interval, and how many letters it rests on.

    The letters are those marked more than once. Without a value, the reason says why there is none.
    """

    name: str
    letters: int
    value: float | None = None
    standard_error: float | None = None
    interval: Interval | None = None
    why_not: str = ""

    @property
    def is_enough(self) -> bool:
        """Say whether enough letters were marked more than once to show it."""
        return self.letters >= FEWEST_LETTERS

    @property
    def words(self) -> str:
        """Say it with all that is needed to judge it: "AC1 0.89 (95% interval …, 100 letters)"."""
        twice = f"{count_words(self.letters, 'letter')} marked more than once"
        if not self.is_enough:
            return f"too few to say ({twice}; {FEWEST_LETTERS} are needed)"
        if self.value is None:
            return f"{self.name} cannot be worked out: {self.why_not}"
        reach = (
            f"95% interval {two_places(self.interval.low)} to {two_places(self.interval.high)}"
            if self.interval
            else "no interval: " + self.why_not
        )
        return f"{self.name} {two_places(self.value)} ({reach}, {twice})"


def two_places(value: float) -> str:
    """Say a coefficient to two places, with a true minus sign."""
    return f"{value + 0.0:.2f}".replace("-0.00", "0.00").replace("-", "−")


def identity_weights(categories: int) -> Weights:
    """Return the weights that give no credit for marks that lie near each other (AC1)."""
    return [[float(one == other) for other in range(categories)] for one in range(categories)]


def linear_weights(categories: int) -> Weights:
    """Return the weights that give part of the credit by how many levels lie between (AC2)."""
    return [
        [1 - abs(one - other) / (categories - 1) for other in range(categories)]
        for one in range(categories)
    ]


def counts_of(ratings: Ratings, categories: Sequence[str]) -> Counts:
    """Return for each letter with a mark how many markers gave each category.

    :raises RatingsHaveProblems: if a mark is no category, or there are fewer than two
    """
    if len(categories) < 2:
        raise RatingsHaveProblems("Agreement needs at least two marks that could be given.")
    place = {category: number for number, category in enumerate(categories)}
    unknown = sorted({mark for row in ratings for mark in row if mark is not None} - set(place))
    if unknown:
        raise RatingsHaveProblems(f"{unknown[0]} is not one of the marks that could be given.")
    counts = []
    for row in ratings:
        tally = [0] * len(categories)
        for mark in row:
            if mark is not None:
                tally[place[mark]] += 1
        if any(tally):
            counts.append(tally)
    return counts


def letters_alike(ratings: Ratings, categories: Sequence[str]) -> Proportion:
    """Return on how many of the letters marked more than once all markers gave the same mark."""
    several = [tally for tally in counts_of(ratings, categories) if sum(tally) > 1]
    return Proportion(sum(max(tally) == sum(tally) for tally in several), len(several))


def percent_agreement(ratings: Ratings, categories: Sequence[str]) -> Coefficient:
    """Return the share of pairs of marks that are the same, averaged over letters."""
    counts = counts_of(ratings, categories)
    return _corrected("Percent agreement", counts, identity_weights(len(categories)), chance=False)


def gwet(
    ratings: Ratings, categories: Sequence[str], *, weights: Weights | None = None
) -> Coefficient:
    """Return Gwet's AC1, or AC2 where weights are given, for two markers or more."""
    counts = counts_of(ratings, categories)
    name = "AC2" if weights else "AC1"
    return _corrected(name, counts, weights or identity_weights(len(categories)), chance=True)


def cohens_kappa(ratings: Ratings, categories: Sequence[str]) -> float | None:
    """Return Cohen's kappa of two markers, only to explain why it is not used.

    None where both gave every letter the same one mark: it is then nought by nought.

    :raises RatingsHaveProblems: if a letter has not room for exactly two marks
    """
    if any(len(row) != 2 for row in ratings):
        raise RatingsHaveProblems("Cohen's kappa compares two markers. Use AC1 for more.")
    both = [(one, other) for one, other in ratings if one is not None and other is not None]
    counts_of(both, categories)
    if not both:
        return None
    agreed = sum(one == other for one, other in both) / len(both)
    firsts, seconds = [one for one, _ in both], [other for _, other in both]
    chance = sum(firsts.count(each) * seconds.count(each) for each in categories) / len(both) ** 2
    return (agreed - chance) / (1 - chance) if chance < 1 else None


def paradox_words(alike: Proportion, kappa: float | None, ac1: Coefficient) -> str:
    """Say why kappa is not used, where it contradicts what was plainly agreed; else nothing."""
    is_paradox = kappa is not None and alike.rate is not None and alike.rate >= 0.8 and kappa < 0.4
    if not is_paradox or kappa is None or not ac1.is_enough or ac1.value is None:
        return ""
    return (
        f"{alike.count_words} letters were marked alike, and yet Cohen’s kappa is "
        f"{two_places(kappa)}: nearly all letters got the same mark, and kappa then takes almost "
        f"any agreement for chance. AC1 ({two_places(ac1.value)}) does not, so it is the one shown."
    )


def _corrected(name: str, counts: Counts, weights: Weights, *, chance: bool) -> Coefficient:
    """Return an agreement coefficient with its standard error, by Gwet's general form."""
    several = sum(sum(tally) > 1 for tally in counts)
    if not several:
        return Coefficient(name=name, letters=0, why_not="no letter was marked more than once")
    letters = len(counts)
    shares = [_share_agreed(tally, weights) for tally in counts]
    agreed = sum(share for share in shares if share is not None) / several
    by_chance = _by_chance(counts, weights) if chance else [0.0] * letters
    expected = sum(by_chance) / letters
    value = (agreed - expected) / (1 - expected)
    # What each letter adds to the coefficient: its own agreement, and its part in chance.
    parts = [
        (letters / several * (share - expected) if share is not None else 0.0) / (1 - expected)
        - 2 * (1 - value) * (own - expected) / (1 - expected)
        for share, own in zip(shares, by_chance, strict=True)
    ]
    if letters == 1:
        return Coefficient(name=name, letters=several, value=value, why_not="there is one letter")
    error = sqrt(sum((part - value) ** 2 for part in parts) / (letters * (letters - 1)))
    reach = students_t(letters - 1) * error
    low, high = max(value - reach, -1.0), min(value + reach, 1.0)
    if 1 - agreed < NO_DIFFERENCE:
        low = (Proportion(several, several).wilson().low - expected) / (1 - expected)
    return Coefficient(
        name=name,
        letters=several,
        value=value,
        standard_error=error,
        interval=Interval(low, high),
    )


def _share_agreed(tally: Sequence[int], weights: Weights) -> float | None:
    """Return which share of the pairs of marks of a letter agree, weighted; None without pairs."""
    marks = sum(tally)
    if marks < 2:
        return None
    agreeing = sum(
        number * (sum(w * other for w, other in zip(row, tally, strict=True)) - 1)
        for number, row in zip(tally, weights, strict=True)
    )
    return agreeing / (marks * (marks - 1))


def _by_chance(counts: Counts, weights: Weights) -> list[float]:
    """Return what each letter adds to the agreement that Gwet expects of chance."""
    categories = len(weights)
    given = [[number / sum(tally) for number in tally] for tally in counts]
    usual = [sum(column) / len(given) for column in zip(*given, strict=True)]
    scale = sum(map(sum, weights)) / (categories * (categories - 1))
    return [
        scale * sum(share * (1 - often) for share, often in zip(row, usual, strict=True))
        for row in given
    ]
