"""A made-up Area whose markers' true leniency is known, to see whether the rules find it.

Five units of eight markers, whose letters differ in worth from unit to unit. Each week every marker
marks five letters of their own unit on twelve criteria; a fifth of them is marked again by somebody
of another unit, and every second week each marker gets a gold letter, whose agreed marks are what
three neutral people see in it together. With `gold_percent`, as in the service itself, no letter
goes to everybody: of those made so far, the ones that went out least go to single markers, so many
for a hundred second marks of the week.
A level is what is seen of a sum: worth of the letter, hardness of the criterion, leniency, what a
marker makes of this letter as a whole, and chance; so the model being tried is not the one that
made the marks.
"""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np

from forthright.rules.leniency import GivenLevel
from forthright.rules.rubric import Level

LEVELS = (Level.NOT_MET, Level.PARTIALLY, Level.FULLY)
UNITS, CRITERIA = 5, 12
CUTS = (-1.3, -0.3)
OF_UNIT, OF_LETTER, OF_ITEM, OF_HALO, OF_CHANCE = 0.25, 0.5, 0.5, 0.2, 0.5
OF_LENIENCY = 0.35


@dataclass
class Simulated:
    """Weeks of marks, and for each marker by how many levels they truly mark above agreed marks."""

    weeks: list[list[GivenLevel]]
    truth: dict[int, float]

    @property
    def levels(self):
        return [each for week in self.weeks for each in week]


def simulate(
    seed: int,
    *,
    markers: int = 40,
    weeks: int = 26,
    letters_a_week: int = 5,
    share: float = 0.2,
    gold_every: int | None = 2,
    gold_percent: float | None = None,
    average: float = 0.0,
    shift: Callable[[int, int], float] = lambda marker, week: 0.0,
) -> Simulated:
    chance = np.random.default_rng(seed)
    leniency = chance.normal(average, OF_LENIENCY, markers)
    hardness = chance.normal(0, 0.6, CRITERIA)
    of_unit = chance.normal(0, OF_UNIT, UNITS)
    area = _Area(chance, hardness)
    found, made, had = [], [], []
    for week in range(weeks):
        now = leniency + [shift(marker, week) for marker in range(markers)]
        area.given = []
        for marker in range(markers):
            others = [each for each in range(markers) if each % UNITS != marker % UNITS]
            for number in range(letters_a_week):
                worth = of_unit[marker % UNITS] + chance.normal(0, OF_LETTER)
                second = [int(chance.choice(others))] if chance.random() < share else []
                area.mark((week, marker, number), worth, [marker, *second], now)
        if gold_every and week % gold_every == 0:
            worth = chance.choice(of_unit) + chance.normal(0, OF_LETTER)
            item = area.mark((week, "gold"), worth,
                             () if gold_percent else range(markers), now, is_gold=True)  # fmt: skip
            made.append([0, (week, "gold"), item])
        if gold_percent:
            seconds = chance.binomial(markers * letters_a_week, share)
            for _ in range(chance.binomial(seconds, gold_percent / 100)):
                least = min(made, key=lambda each: each[0])
                free = [each for each in range(markers) if (least[1], each) not in had]
                marker = min(free, key=lambda each: sum(who == each for _, who in had))
                area.see(least[1], least[2], [marker], now)
                had.append((least[1], marker))
                least[0] += 1
        found.append(area.given)
    return Simulated(found, _truth(leniency, hardness, of_unit))


class _Area:
    def __init__(self, chance, hardness):
        self.chance, self.hardness = chance, hardness
        self.given = []

    def mark(self, letter, worth, markers, leniency, *, is_gold=False):
        item = worth + self.hardness + self.chance.normal(0, OF_ITEM, CRITERIA)
        if is_gold:
            halo = self.chance.normal(0, OF_HALO / 3**0.5)
            chance = self.chance.normal(0, OF_CHANCE / 3**0.5, CRITERIA)
            self._give(None, letter, item + halo + chance)
        self.see(letter, item, markers, leniency)
        return item

    def see(self, letter, item, markers, leniency):
        for marker in markers:
            halo = self.chance.normal(0, OF_HALO)
            seen = item + leniency[marker] + halo + self.chance.normal(0, OF_CHANCE, CRITERIA)
            self._give(marker, letter, seen)

    def _give(self, marker, letter, seen):
        for number, level in enumerate(np.searchsorted(CUTS, seen)):
            self.given.append(GivenLevel(marker, letter, f"A{number}", LEVELS[level]))


def _truth(leniency, hardness, of_unit):
    """Return by how many levels each marks above agreed marks, averaged over all letters."""
    without = OF_LETTER**2 + OF_ITEM**2
    own = OF_HALO**2 + OF_CHANCE**2
    spread = NormalDist(0, (without + own) ** 0.5)
    agreed = NormalDist(0, (without + own / 3) ** 0.5)

    def usual(by, how):
        return np.mean(
            [sum(1 - how.cdf(cut - unit - hard - by) for cut in CUTS)
             for unit in of_unit for hard in hardness]
        )  # fmt: skip

    middle = usual(0, agreed)
    return {marker: usual(by, spread) - middle for marker, by in enumerate(leniency)}
