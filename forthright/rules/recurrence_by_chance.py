"""How often a fault would have come again had nobody been told of it: the yardstick of the rate.

Where a criterion fails in 29 of 100 letters, one or more of five letters fails it in 82 of 100
watches, told or not told. So a repeat-fault rate says nothing until it stands beside that. Of p,
the share of letters that fail, and k, the letters of a watch, the chance that the fault comes again
is 1 - (1 - p)^k; added up over the watches, that is in how many of them it is to be expected. p is
of the letters that watches go by: those of which any author of the Area was told in the same time,
each looked at for the same criterion in the same words. A letter looked at more than once is one,
and fails if any of those who looked found so, as in a watch.

p is itself found in so many letters of so many authors, so what is expected has an interval: that
of p, by author. That fewer or more came again than expected is said only where the interval of
what came again lies wholly beside it; two intervals that do not meet are more than one test at 5%
asks for. It takes the letters of all authors to fail alike. Where they differ, whoever was told of
a fault is often one who fails it more, and more of their watches see it again; but of a common
fault fewer do than this expects, as nobody sees it again more than once in a watch. In simulation
the two nearly balance, since whoever fails more is told more (docs/adr/0036). It never says why.
Below ten authors no share is given, and nothing is said of chance.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from forthright.rules.clustered import Clustered
from forthright.rules.figures import Interval
from forthright.rules.marking import FAULTS
from forthright.rules.recurrence import LookedAt
from forthright.rules.rubric import Level
from forthright.rules.words import percent_words

FEWER, MORE = "fewer came again than expected", "more came again than expected"
NOT_SHOWN = "no difference from chance shown"
FEW = (
    "What is expected by chance is told from ten authors on, of the watches and of the letters; no "
    "criterion has as many, so how many came again is no sign that feedback helps, or does not."
)
METHOD = (
    "What is expected by chance is what would be had nobody been told: of the share p of letters "
    "that fail a criterion, and the number k of letters of a watch, 1 − (1 − p)^k, added up over "
    "the watches. The letters are those of every author in the Area who was told of them in the "
    "same time; its interval is that of p, by author. Fewer, or more, is written only where the "
    "interval of what came again lies wholly beside that. It takes the letters of all authors to "
    "fail alike: where they differ much, more may come again than this expects, as whoever was "
    "told fails more often, or, of a common fault, fewer. It does not say why. Below ten authors "
    "it is not said."
)

# Of each letter of an author, whether it fails.
Letters = Mapping[tuple[str, str], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class ByChance:
    """What came again of some watches beside what would have by chance alone."""

    came_again: Clustered
    # The share of letters that fail the criterion.
    failing: Clustered
    # Of each of these watches, how many letters it is of.
    watched: tuple[int, ...]

    @property
    def is_enough(self) -> bool:
        """Say whether there are authors enough, of the watches and of the letters."""
        return self.came_again.is_enough and self.failing.is_enough

    @property
    def expected(self) -> float:
        """Return in how many of the watches the fault would have come again by chance."""
        return expected_again(self.failing.counts.rate or 0.0, self.watched)

    def interval(self) -> Interval:
        """Return the share of watches that is expected, by the ends of the interval of letters."""
        ends, n = self.failing.interval(), len(self.watched)
        return Interval(*(expected_again(end, self.watched) / n for end in (ends.low, ends.high)))

    @property
    def verdict(self) -> str:
        """Say whether fewer or more came again, where the intervals lie apart."""
        seen, expected = self.came_again.interval(), self.interval()
        if seen.high < expected.low:
            return FEWER
        return MORE if seen.low > expected.high else NOT_SHOWN

    @property
    def expected_words(self) -> str:
        """Say what is expected, with its number and interval, and whether that differs."""
        n = len(self.watched)
        return (
            f"{percent_words(self.expected / n)} ({self.expected:,.1f} of {n:,} watches, 95% "
            f"interval {self.interval().words}); {self.verdict}"
        )


def expected_again(rate: float, watched: Iterable[int]) -> float:
    """Return in how many watches a fault comes again by chance.

    :param rate: the share of letters that fail
    :param watched: of each watch, how many letters it is of
    """
    return sum(1 - (1 - rate) ** letters for letters in watched)


def failing_letters(
    looked_at: Iterable[LookedAt], criteria: Collection[str]
) -> dict[str, dict[tuple[str, str], bool]]:
    """Return by criterion each letter of an author to which it applies, and whether it fails."""
    found: dict[str, dict[tuple[str, str], bool]] = {each: {} for each in criteria}
    for look in looked_at:
        for criterion in found.keys() & look.levels.keys():
            given = look.levels[criterion]
            if given is not Level.NOT_APPLICABLE:
                failed = look.after.get(criterion, given) in FAULTS
                of = (look.author, look.letter)
                found[criterion][of] = found[criterion].get(of, False) or failed
    return found


def share_failing(letters: Letters) -> Clustered:
    """Return the share of letters that fail, whose interval goes by author."""
    pairs = ((author, failed) for (author, _), failed in letters.items())
    return Clustered.of(pairs, group="author", things="letters")
