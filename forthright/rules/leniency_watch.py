"""Tells when a marker begins to mark more leniently or more severely than they used to.

Each week, what a marker gave the letters that others marked too is held against what was to be
expected: what the others gave them, by the leniencies that the model found from the weeks before,
so a week never helps to foretell itself. A mark belongs to the week in which its marker gave it,
whenever others marked the letter: what goes out again makes nobody's old marks new. The difference
is divided by its own standard deviation, chance and the doubt of the leniencies together (recursive
residuals; R. L. Brown, J. Durbin and J. M. Evans, Journal of the Royal Statistical Society B
37:149, 1975). A week without such letters says nothing and changes nothing.

These differences go into a two-sided cumulative sum (E. S. Page, Biometrika 41:100, 1954; D. C.
Montgomery, Introduction to Statistical Quality Control, 7th edition, 2013, section 9.1): each week
what exceeds the allowance is added up, never below nought, and past the limit it is a signal. Then
the sum begins anew. A signal says "look at these letters together", not that somebody is at fault.

Allowance and limit are this service's own choice: in made-up Areas (`tests/rules`) they give about
one false signal for each marker and year, which is said with every signal.
"""

from collections import defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from math import sqrt

from forthright.rules.figures import FEWEST_FOR_A_RATE
from forthright.rules.leniency_model import LeniencyFit, Marking, fit_leniency
from forthright.rules.words import count_words

# In standard deviations of a week: what is let pass, and how much of the rest is a signal.
ALLOWANCE = 0.5
LIMIT = 3.25
# As measured in made-up Areas (ADR 36), at these two and at the numbers that Forthright comes with.
BY_CHANCE = (
    "Such a signal comes by chance alone about once a year for each marker, where nothing changed."
)


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
        return self.words_since("")

    def words_since(self, when: str) -> str:
        """Say it with when it began, as "about the week of 5 October 2026"."""
        way = "lenient" if self.is_lenient else "severe"
        since = f" from {when} on" if when else ""
        many = count_words(self.letters, "letter")
        them = "it" if self.letters == 1 else "them"
        return (
            f"Apart from the figure above, which is of the whole time: within it marking may have "
            f"become more {way}{since}, by {many} that others marked too. {BY_CHANCE} Look at "
            f"{them} together before anything is made of it."
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
    of_letter = _by_letter([each for markings in weeks for each in markings])
    for week, markings in enumerate(weeks):
        fit = fit_leniency(before)
        for surprise in surprises(fit, markings, of_letter) if fit else ():
            signals += _signals(watched[surprise.marker], week, surprise)
        before += markings
    return signals


def new_since(
    weeks: Sequence[Sequence[Marking]], before: Sequence[Sequence[Marking]]
) -> list[Drift]:
    """Return the signals that what was known when somebody was last told did not give yet.

    `before` holds what was known then of the same weeks. Whoever watches each Monday anew over the
    last weeks keeps what was seen before: with another beginning the sums run otherwise, and weeks
    long past would signal that never did. All of those together come three times as often as is
    said with each. A mark of a week long past is news, though, once others marked its letter too:
    whoever marks first would else never be told.
    """
    told = watch(before)
    found: list[Drift] = []
    for each in watch(weeks):
        same = next((other for other in told if _is_same(each, other)), None)
        if same is None:
            found.append(each)
        else:
            told.remove(same)
    return found


def _is_same(one: Drift, other: Drift) -> bool:
    """Say whether two signals are of one change: of one marker and way, in weeks that overlap."""
    is_alike = (one.marker, one.is_lenient) == (other.marker, other.is_lenient)
    return is_alike and one.since <= other.seen and other.since <= one.seen


def surprises(
    fit: LeniencyFit,
    markings: Sequence[Marking],
    of_letter: Mapping[Hashable, Sequence[Marking]] | None = None,
) -> list[Surprise]:
    """Return how each known marker's week differs from what the weeks before led to expect.

    `of_letter` holds what everybody gave each letter, in this week or another; without it, what
    was given in this one.
    """
    everybody = _by_letter(markings) if of_letter is None else of_letter
    seen: dict[Hashable, _Week] = defaultdict(_Week)
    for each in markings:
        others = [
            other
            for other in everybody[each.letter]
            if other.marker != each.marker and other.marker in fit.places
        ]
        if others and each.marker in fit.places and _is_known(fit, each.marker):
            seen[each.marker].add(each, others)
    return [_surprise(fit, marker, week) for marker, week in seen.items()]


def _by_letter(markings: Sequence[Marking]) -> dict[Hashable, list[Marking]]:
    found: dict[Hashable, list[Marking]] = defaultdict(list)
    for each in markings:
        found[each.letter].append(each)
    return found


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
