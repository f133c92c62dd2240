"""Tells when a marker begins to mark more leniently or more severely than they used to.

Each week, what a marker gave the letters that others marked too is held against what was to be
expected: what the others gave them, by the leniencies that the model found from the weeks before,
so a week never helps to foretell itself. The difference is divided by its own standard deviation,
chance and the doubt of the leniencies together (recursive residuals; R. L. Brown, J. Durbin and
J. M. Evans, Journal of the Royal Statistical Society B 37:149, 1975). A week without such letters
says nothing and changes nothing.

These differences go into a two-sided cumulative sum (E. S. Page, Biometrika 41:100, 1954; D. C.
Montgomery, Introduction to Statistical Quality Control, 7th edition, 2013, section 9.1): each week
what exceeds the allowance is added up, never below nought, and past the limit it is a signal. Then
the sum begins anew. A signal says "look at these letters together", not that somebody is at fault.

Allowance and limit are this service's own choice: in made-up Areas (`tests/rules`) they give less
than one false signal for each marker and year, with two or three comparisons a week.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

from forthright.rules.figures import FEWEST_FOR_A_RATE
from forthright.rules.leniency_model import LeniencyFit, Marking, fit_leniency

# In standard deviations of a week: what is let pass, and how much of the rest is a signal.
ALLOWANCE = 0.5
LIMIT = 3.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Surprise:
    """By how much a marker's week differs from what was expected, in standard deviations."""

    marker: Hashable
    letters: int
    difference: float
    deviations: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Drift:
    """A signal: from about which week on a marker has marked otherwise, and which way."""

    marker: Hashable
    since: int
    seen: int
    is_lenient: bool
    letters: int

    @property
    def words(self) -> str:
        """Say what to do about it, and no more than it shows."""
        way = "leniently" if self.is_lenient else "severely"
        return (
            f"Marks more {way} than before. Look at the {self.letters} letters that others marked "
            "too, together."
        )


@dataclass(slots=True)
class _Sum:
    """The cumulative sum of one marker on one side."""

    height: float = 0.0
    since: int = 0
    letters: int = 0

    def add(self, week: int, surprise: Surprise, way: int) -> bool:
        """Add a week, and say whether it is a signal; after one the sum begins anew."""
        if self.height == 0:
            self.since, self.letters = week, 0
        self.letters += surprise.letters
        self.height = max(0.0, self.height + way * surprise.deviations - ALLOWANCE)
        return self.height > LIMIT


@dataclass(slots=True)
class _Watched:
    up: _Sum = field(default_factory=_Sum)
    down: _Sum = field(default_factory=_Sum)


def watch(weeks: Sequence[Sequence[Marking]]) -> list[Drift]:
    """Return every signal over these weeks, oldest first; weeks are numbered from nought.

    A marker is watched from when ten of their letters were marked by others too.
    """
    watched: dict[Hashable, _Watched] = defaultdict(_Watched)
    signals: list[Drift] = []
    before: list[Marking] = []
    for week, markings in enumerate(weeks):
        fit = fit_leniency(before)
        for surprise in surprises(fit, markings) if fit else ():
            signals += _signals(watched[surprise.marker], week, surprise)
        before += markings
    return signals


def surprises(fit: LeniencyFit, markings: Sequence[Marking]) -> list[Surprise]:
    """Return how each known marker's week differs from what the weeks before led to expect."""
    of_letter: dict[Hashable, list[Marking]] = defaultdict(list)
    for each in markings:
        if each.marker in fit.places:
            of_letter[each.letter].append(each)
    seen: dict[Hashable, _Week] = defaultdict(_Week)
    for given in of_letter.values():
        for each in given if len(given) > 1 else ():
            if _is_known(fit, each.marker):
                seen[each.marker].add(each, [other for other in given if other is not each])
    return [_surprise(fit, marker, week) for marker, week in seen.items()]


@dataclass(slots=True)
class _Week:
    """What one marker gave beyond what others gave the same letters, added up over a week."""

    letters: int = 0
    beyond: float = 0.0
    variance: float = 0.0
    against: dict[Hashable, float] = field(default_factory=dict)

    def add(self, own: Marking, others: Sequence[Marking]) -> None:
        self.letters += 1
        self.beyond += own.value - sum(each.value for each in others) / len(others)
        self.variance += 1 + 1 / len(others)
        for each in others:
            so_far = self.against.get(each.marker, 0.0)
            self.against[each.marker] = so_far + 1 / len(others)


def _is_known(fit: LeniencyFit, marker: Hashable) -> bool:
    return fit.letters[fit.places[marker]] >= FEWEST_FOR_A_RATE


def _surprise(fit: LeniencyFit, marker: Hashable, week: _Week) -> Surprise:
    weights: Mapping[Hashable, float] = {
        marker: 1.0,
        **{other: -share / week.letters for other, share in week.against.items()},
    }
    expected, error = fit.sum_of(weights)
    difference = week.beyond / week.letters - expected
    deviation = sqrt(fit.chance**2 * week.variance / week.letters**2 + error**2)
    return Surprise(
        marker=marker,
        letters=week.letters,
        difference=difference,
        deviations=difference / deviation,
    )


def _signals(watched: _Watched, week: int, surprise: Surprise) -> list[Drift]:
    """Add a week to both sums of a marker, and return the signal if it is one."""
    found = []
    for one, way in ((watched.up, 1), (watched.down, -1)):
        if one.add(week, surprise, way):
            found.append(
                Drift(
                    marker=surprise.marker,
                    since=one.since,
                    seen=week,
                    is_lenient=way > 0,
                    letters=one.letters,
                )
            )
            one.height = 0.0
    return found
