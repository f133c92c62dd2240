"""An Area's figure set right for the leniency of those who marked: beside the raw one, never alone.

The raw figure is the share of marked letters that fully meet the standard. The same model as for
levels is fitted to whether each marking says so, 1 or 0: a marker's leniency is then how many
letters in a hundred they pass that the average marker would not. The adjusted figure is the raw one
less the average leniency of the markers, each by how many of the letters they marked, and less what
all have in common beyond the agreed marks of gold letters, where there are ten of those. These are
picked, not drawn, which no interval holds; the method says so.

Its interval holds what the sample leaves open (the Wilson interval of the raw figure) and what is
not known of the leniencies.

A letter whose accepted dispute changed whether it meets the standard counts as decided, by nobody:
no leniency is taken off it, as whoever decided saw what the marker and the drafter said.
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import hypot, sqrt

from forthright.rules.figures import FEWEST_FOR_A_RATE, Interval, Proportion
from forthright.rules.leniency_common import NORMAL_95, leniency_in_common
from forthright.rules.leniency_model import Marking, fit_leniency
from forthright.rules.words import count_words, percent_words

# By how many letters two gold letters that nobody saw are taken to differ: with half a letter the
# interval holds the truth in 93 of 100 made-up Areas and more, from ten gold letters on (ADR 36).
UNSEEN = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Whether one marking says that a letter fully meets the standard.

    Agreed, or decided otherwise than marked after a dispute: no marker.
    """

    marker: Hashable
    letter: Hashable
    is_met: bool
    # The letter itself, where some marks of it are compared apart as if they were of another.
    of: Hashable = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustedFigure:
    """A raw figure, and what it would be if the letters had been marked as agreed, or on average.

    Without an adjusted one, too few letters were marked more than once to say.
    """

    raw: Proportion
    letters: int
    # How many gold letters it rests on; nought where they are too few.
    agreed: int = 0
    adjusted: float | None = None
    interval: Interval | None = None

    @property
    def has_agreed(self) -> bool:
        """Say whether what all have in common was taken off too."""
        return self.agreed > 0

    @property
    def words(self) -> str:
        """Say both figures and how the second was made."""
        gold = f", {self.agreed:,} of them with agreed marks" if self.has_agreed else ""
        twice = f"{count_words(self.letters, 'letter')} marked more than once"
        if self.adjusted is None or self.interval is None:
            return f"{self.raw.words()}; not adjusted, too few to say ({twice})"
        by = "the agreed marks" if self.has_agreed else "the average marker"
        return (
            f"{self.raw.words()}; adjusted to {by} {percent_words(self.adjusted)} "
            f"(95% interval {self.interval.words}, leniency from {twice}{gold})"
        )

    @property
    def method(self) -> str:
        """Say how the adjusted figure was made."""
        middle = (
            "as the agreed marks of gold letters would have it, which were picked for rounds; if "
            "these are easier or harder to judge than other letters, the interval does not show it"
            if self.has_agreed
            else "as the average marker would have it; if all are lenient, this does not show it"
        )
        return (
            "The adjusted figure takes from the raw one how many letters in a hundred the markers "
            f"passed beyond what others made of the same letters: {middle}. In both a letter "
            "counts as decided where a dispute was accepted, and nothing is taken off one whose "
            "result that changed. The interval holds the doubt of the sample and of the leniencies."
            " The letters of all plans count alike, however many letters each plan drew from: both "
            "figures are not weighted, and describe the letters read, not the whole Area."
        )


def adjusted_figure(sample: Sequence[Verdict], compared: Sequence[Verdict]) -> AdjustedFigure:
    """Return the share of the sampled letters that meet the standard, raw and adjusted.

    The sample holds one verdict for each letter, of the marker whose mark counts. What leniency is
    judged by holds every verdict on letters that several people marked, gold ones too.
    """
    raw = Proportion(sum(each.is_met for each in sample), len(sample))
    marks = Counter(each.letter for each in compared)
    several = [each for each in compared if marks[each.letter] > 1]
    letters = len({each.letter if each.of is None else each.of for each in several})
    too_few = AdjustedFigure(raw=raw, letters=letters)
    if letters < FEWEST_FOR_A_RATE or not raw.is_enough or raw.rate is None:
        return too_few
    # Who marked nothing that others did lies where markers in general do: one letter of their own.
    own = [each for each in sample if each.marker is not None]
    strangers = {each.marker for each in own} - {each.marker for each in several}
    markings = [Marking(each.marker, each.letter, float(each.is_met)) for each in several]
    fit = fit_leniency(markings + [Marking(marker, ("own", marker), 0.0) for marker in strangers])
    if fit is None:
        return too_few
    shares = Counter(each.marker for each in own)
    leniency, error = fit.sum_of({marker: many / raw.n for marker, many in shares.items()})
    common = leniency_in_common(fit, markings, unseen=UNSEEN)
    if common.is_enough:
        share = len(own) / raw.n
        leniency, error = leniency + share * common.value, hypot(error, share * common.error)
    wilson = raw.wilson()
    adjusted = min(max(raw.rate - leniency, 0.0), 1.0)
    low, high = (
        raw.rate - leniency + way * sqrt(reach**2 + (NORMAL_95 * error) ** 2)
        for way, reach in ((-1, raw.rate - wilson.low), (1, wilson.high - raw.rate))
    )
    return AdjustedFigure(
        raw=raw,
        letters=letters,
        agreed=common.letters if common.is_enough else 0,
        adjusted=adjusted,
        interval=Interval(min(max(low, 0.0), 1.0), min(max(high, 0.0), 1.0)),
    )
