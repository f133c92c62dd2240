"""How lenient or severe each marker is, judged only by letters that others marked too.

Leniency is counted in levels: not met is 0, partly met 1, fully met 2. A marker of +0.2 gives two
criteria in ten a level more than the average marker would give the same letters; one of -0.2 a
level less. How lenient the Area is as a whole shows only against the agreed marks of gold letters,
and is one figure for all.

What a marker gave a letter is the average over its criteria, each taken from the criterion's own
average first, so that a marker who left out a hard criterion does not look lenient. Only criteria
that somebody else marked on the same letter count, and "does not apply" is no level. What follows
is in `leniency_model`. One letter counts once, however many criteria it has: the marks that one
person gives one letter hang together.

Nobody is given a figure on fewer than ten letters.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from forthright.rules.figures import FEWEST_FOR_A_RATE, Interval
from forthright.rules.leniency_common import NORMAL_95, leniency_in_common
from forthright.rules.leniency_model import Marking, fit_leniency
from forthright.rules.rubric import Level
from forthright.rules.words import count_words

Key = TypeVar("Key", bound=Hashable)

LEVELS = {Level.NOT_MET: 0, Level.PARTIALLY: 1, Level.FULLY: 2}
AVERAGE, AGREED = "the average marker", "the agreed marks"


@dataclass(frozen=True, slots=True)
class GivenLevel:
    """The level one marker gave one letter on one criterion; agreed marks have no marker."""

    marker: Hashable
    letter: Hashable
    criterion: str
    level: Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Leniency:
    """How lenient one marker is, or only how many letters there are, where these are too few."""

    marker: Hashable
    letters: int
    against: str
    value: float | None = None
    interval: Interval | None = None

    @property
    def is_shown(self) -> bool:
        """Say whether the marker differs from what they are held against, beyond chance."""
        return self.interval is not None and not self.interval.low <= 0 <= self.interval.high

    @property
    def words(self) -> str:
        """Say it with all that is needed to judge it, and no more than it shows."""
        number = count_words(self.letters, "letter")
        if self.value is None or self.interval is None:
            return f"too few to say ({number} that others marked too; {FEWEST_FOR_A_RATE} needed)"
        reach = (
            f"95% interval {signed(self.interval.low)} to {signed(self.interval.high)}, {number}"
        )
        if not self.is_shown:
            return f"no leniency or severity shown ({signed(self.value)} of a level, {reach})"
        way = "more lenient" if self.value > 0 else "more severe"
        return f"{way} than {self.against} by {abs(self.value):.2f} of a level ({reach})"


@dataclass(frozen=True, slots=True, kw_only=True)
class LeniencyStudy:
    """The leniency of everybody who marked, and of all together against agreed marks."""

    of_each: tuple[Leniency, ...]
    in_common: Leniency

    @property
    def method(self) -> str:
        """Say how leniency is worked out, for whoever reads the figures."""
        common = (
            "How lenient all are together is told by the agreed marks of gold letters."
            if self.in_common.value is not None
            else "Nobody can say yet whether all are lenient together: that takes the agreed marks "
            f"of {FEWEST_FOR_A_RATE} gold letters."
        )
        return (
            "Only letters that two or more people marked are compared, each with itself, so it "
            "does not matter who marks the better letters. Nought is the average marker. Figures "
            f"on few letters are drawn towards it. {common} Nobody has a figure below "
            f"{FEWEST_FOR_A_RATE} letters."
        )


def study_leniency(levels: Sequence[GivenLevel]) -> LeniencyStudy:
    """Return the leniency of every marker, those with too few letters without a figure."""
    markings = markings_of(levels)
    fit = fit_leniency(markings)
    markers = dict.fromkeys(each.marker for each in levels if each.marker is not None)
    if fit is None:
        nobody = tuple(_leniency(each, 0, AVERAGE) for each in markers)
        return LeniencyStudy(of_each=nobody, in_common=_leniency("all", 0, AGREED))
    means, errors = fit.of_each()
    # Whoever has no mark that could be compared at all has no place in the model.
    places = {marker: fit.places.get(marker) for marker in markers}
    common = leniency_in_common(fit, markings)
    return LeniencyStudy(
        of_each=tuple(
            _leniency(marker, fit.letters[place], AVERAGE, means[place], errors[place])
            if place is not None
            else _leniency(marker, 0, AVERAGE)
            for marker, place in places.items()
        ),
        in_common=_leniency("all", common.letters, AGREED, common.value, common.error),
    )


def markings_of(levels: Iterable[GivenLevel]) -> list[Marking]:
    """Return what each marker gave each letter, on average over the criteria that are comparable.

    Who marked no letter that others marked too still stands in the list, with all they marked.
    """
    given = [each for each in levels if each.level in LEVELS]
    marks: dict[tuple[Hashable, str], int] = defaultdict(int)
    for each in given:
        marks[each.letter, each.criterion] += 1
    compared = [each for each in given if marks[each.letter, each.criterion] > 1]
    usual = _averages([(each.criterion, LEVELS[each.level]) for each in compared])
    values = _averages(
        [
            ((each.marker, each.letter), LEVELS[each.level] - usual[each.criterion])
            for each in compared
        ]
    )
    alone = _averages([((each.marker, each.letter), LEVELS[each.level]) for each in given])
    several = {letter for _, letter in values}
    return [
        Marking(marker, letter, value)
        for (marker, letter), value in [
            *values.items(),
            *((key, value) for key, value in alone.items() if key[1] not in several),
        ]
    ]  # fmt: skip


def signed(value: float) -> str:
    """Say a leniency with its sign: "+0.21", "−0.08", "0.00"."""
    said = f"{value:+.2f}"
    return "0.00" if said in {"+0.00", "-0.00"} else said.replace("-", "−")


def interval_around(value: float, error: float) -> Interval:
    """Return the 95% interval of an estimate, by the normal distribution."""
    return Interval(value - NORMAL_95 * error, value + NORMAL_95 * error)


def _leniency(
    marker: Hashable, letters: int, against: str, value: float = 0.0, error: float = 0.0
) -> Leniency:
    """Return a leniency; below ten letters only how many there are."""
    if letters < FEWEST_FOR_A_RATE:
        return Leniency(marker=marker, letters=letters, against=against)
    return Leniency(
        marker=marker,
        letters=letters,
        against=against,
        value=float(value),
        interval=interval_around(float(value), float(error)),
    )


def _averages(pairs: Iterable[tuple[Key, float]]) -> dict[Key, float]:
    sums: dict[Key, float] = defaultdict(float)
    numbers: dict[Key, int] = defaultdict(int)
    for key, value in pairs:
        sums[key] += value
        numbers[key] += 1
    return {key: total / numbers[key] for key, total in sums.items()}
