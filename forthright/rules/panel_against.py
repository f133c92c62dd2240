"""What the panel marked against what line managers marked: per criterion, signed, in levels.

Only letters are compared of which both marked the same words by the same edition of the standard. A
level is worth 2 (fully meets), 1 (partly meets) or 0 (does not meet); the difference of a letter is
the panel's level less the manager's, so that a minus says that the panel was stricter. Where either
says that a criterion does not apply, the letter says nothing on it; a member who cannot tell from
the letter says nothing on it either. What the case record alone decides is not compared, also where
a panel was asked it once: its members could only guess.

Members of a panel mark by themselves, so a letter has as many marks as members answered. They join
as their median: one member who stands alone moves no letter from “alike”, and no level is given
that lies outside what members gave. Of an even number it may lie half way between two levels.

Only letters that came by lot, to the panel and to the manager, have a mean: of those drawn for a
theme, or marked because they were looked for, nobody can say what share of all letters they are.
They are counted apart and never added to the others.

The mean of the differences has a 95% interval by Student's t over letters, as a letter and not a
member is what is drawn anew each time. It is given for ten letters or more. Where all differ alike
there is no interval: nought would claim certainty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, median, stdev

from forthright.rules.agreement import two_places
from forthright.rules.burn_down import students_t
from forthright.rules.figures import FEWEST_FOR_A_RATE
from forthright.rules.panel_criteria import ON_THE_RECORD
from forthright.rules.rubric import Criterion, Level
from forthright.rules.words import count_words, list_words

VERSION = "panel against managers 3"
# A panel meets every two months: a year holds about six, and half a year too few to say anything.
WEEKS = 52
METHOD = (
    (
        "The panel is set against line managers on letters of which both marked the same words, by "
        "the same edition of the standard, where the manager had finished before the panel’s marks "
        "were closed. The manager’s marks are those first given, before any dispute. Panels of the "
        "last 52 weeks count, by the newest edition alone."
    ),
    (
        "A difference is the panel’s level less the manager’s: fully meets is 2, partly meets 1, "
        "does not meet 0. A minus says that the panel was stricter. Several members’ marks of one "
        "letter join as their median, so that one who stands alone moves nothing. A member who "
        "cannot tell from the letter, or says that a criterion does not apply, is not counted."
    ),
    (
        f"What the case record alone decides ({list_words(ON_THE_RECORD)} of the standard that "
        "ships) is not compared: members have the words of a letter, with names hidden, and not "
        "its case. They are not asked it any more; what was answered before was guessed."
    ),
    (
        "The mean is of letters that came by lot both to the panel and to the line manager. "
        "Letters that were drawn for the panel’s theme, or that the manager marked because they "
        "were looked for, are counted apart: they were chosen for what they are, so no mean of "
        "them says how strict anybody is, and they are never added to the others."
    ),
    (
        "The mean difference has a 95% interval by Student’s t over letters, from ten letters on; "
        "below that only counts. Letters that one manager marked are not wholly independent, so "
        "the interval is rather too narrow than too wide."
    ),
)
WORTH = {Level.FULLY: 2, Level.PARTIALLY: 1, Level.NOT_MET: 0}
TOO_FEW = "too few to say"
MOST = float(max(WORTH.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class BothMarks:
    """One letter: what its line manager gave by criterion, and what each member of the panel.

    `is_by_lot` says whether it came by lot to both of them.
    """

    review: int
    manager: Mapping[str, Level]
    members: Sequence[Mapping[str, Level]]
    is_by_lot: bool = True

    def difference(self, code: str) -> float | None:
        """Return the panel's level less the manager's, or None where one of them says nothing."""
        given = self.manager.get(code)
        said = [WORTH[each[code]] for each in self.members if each.get(code) in WORTH]
        if given not in WORTH or not said:
            return None
        return median(said) - WORTH[given]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """The markings on which the panel was stricter than the line manager, alike, or milder."""

    stricter: tuple[int, ...] = ()
    alike: tuple[int, ...] = ()
    milder: tuple[int, ...] = ()

    @property
    def reviews(self) -> tuple[int, ...]:
        """Return every marking that is counted."""
        return tuple(sorted((*self.stricter, *self.alike, *self.milder)))

    @property
    def n(self) -> int:
        """Return how many letters are counted."""
        return len(self.stricter) + len(self.alike) + len(self.milder)

    @property
    def words(self) -> str:
        """Say the counts: "stricter on 1, alike on 2, milder on 0 of 3 letters"."""
        return (
            f"stricter on {len(self.stricter):,}, alike on {len(self.alike):,}, milder on "
            f"{len(self.milder):,} of {count_words(self.n, 'letter')}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelLine(Sides):
    """One criterion: its letters that came by lot with their mean, and those that were chosen.

    The mean and the ends of its interval are in levels; None where there are too few letters, and
    the ends also where all letters differ alike.
    """

    criterion: Criterion
    chosen: Sides = Sides()
    mean: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def code(self) -> str:
        """Return the code of the criterion."""
        return self.criterion.code

    @property
    def all_reviews(self) -> tuple[int, ...]:
        """Return every marking on the criterion, by lot and chosen."""
        return tuple(sorted((*self.reviews, *self.chosen.reviews)))

    @property
    def mean_words(self) -> str:
        """Say the mean with its interval: "−0.75 (−0.94 to −0.56)"."""
        if self.mean is None:
            return TOO_FEW
        if self.low is None or self.high is None:
            return f"{signed(self.mean)} (no interval: the same on every letter)"
        return f"{signed(self.mean)} ({signed(self.low)} to {signed(self.high)})"

    @property
    def full_words(self) -> str:
        """Say the line with all that is needed to judge it."""
        said = f"of letters by lot {self.words}; mean {self.mean_words}"
        return f"{said}; of letters chosen {self.chosen.words}" if self.chosen.n else said


def panel_against(letters: Sequence[BothMarks], criteria: Sequence[Criterion]) -> list[PanelLine]:
    """Return for each criterion how far the panel's marks lie from the managers', in its order."""
    return [_line(each, letters) for each in criteria]


def _line(criterion: Criterion, letters: Sequence[BothMarks]) -> PanelLine:
    by_lot = _differences(criterion.code, [each for each in letters if each.is_by_lot])
    chosen = _differences(criterion.code, [each for each in letters if not each.is_by_lot])
    mean, low, high = _mean_of(list(by_lot.values()))
    return PanelLine(
        criterion=criterion, **_sides(by_lot), chosen=Sides(**_sides(chosen)),
        mean=mean, low=low, high=high,
    )  # fmt: skip


def _differences(code: str, letters: Sequence[BothMarks]) -> dict[int, float]:
    return {each.review: found for each in letters if (found := each.difference(code)) is not None}


def _sides(differences: Mapping[int, float]) -> dict[str, tuple[int, ...]]:
    return {
        "stricter": tuple(pk for pk, found in differences.items() if found < 0),
        "alike": tuple(pk for pk, found in differences.items() if found == 0),
        "milder": tuple(pk for pk, found in differences.items() if found > 0),
    }


def _mean_of(differences: Sequence[float]) -> tuple[float | None, float | None, float | None]:
    number = len(differences)
    if number < FEWEST_FOR_A_RATE:
        return None, None, None
    mean, spread = fmean(differences), stdev(differences)
    if not spread:
        return mean, None, None
    reach = students_t(number - 1) * spread / sqrt(number)
    return mean, max(mean - reach, -MOST), min(mean + reach, MOST)


def signed(value: float) -> str:
    """Say a difference with its sign: "+0.25", "−0.40", "0.00"."""
    words = two_places(value)
    return words if words.startswith("−") or words == "0.00" else f"+{words}"
