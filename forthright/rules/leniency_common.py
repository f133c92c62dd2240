"""How lenient all markers are together, against the agreed marks of gold letters.

For each letter with agreed marks: what its markers gave on average, each one's own leniency taken
off, less what was agreed. The average of these is the leniency that all have in common; how widely
they differ from letter to letter says how surely it is known, by Student's t. So it rests on the
number of gold letters, not of marks: forty people who mark one gold letter are one letter.

Where nearly all letters differ alike and few by much, as whether each meets the standard does, ten
letters often hold none of the few, and seem to be known more surely than they are. Then two letters
that nobody saw are counted into the spread, one on either side, as pseudo-observations are added to
a proportion (A. Agresti and B. A. Coull, The American Statistician 52:119, 1998).
"""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import mean, stdev

from forthright.rules.burn_down import students_t
from forthright.rules.figures import FEWEST_FOR_A_RATE
from forthright.rules.leniency_model import LeniencyFit, Marking

NORMAL_95 = 1.959964


@dataclass(frozen=True, slots=True)
class InCommon:
    """The leniency that all have in common, its error, and the gold letters it rests on.

    The error is such that 1.96 of it on either side are the 95% interval.
    """

    letters: int
    value: float
    error: float

    @property
    def is_enough(self) -> bool:
        """Say whether there are enough gold letters to say anything."""
        return self.letters >= FEWEST_FOR_A_RATE


def leniency_in_common(
    fit: LeniencyFit, markings: Sequence[Marking], *, unseen: float = 0.0
) -> InCommon:
    """Return by how much all markers together give more than what was agreed.

    :param unseen: how far from the average the two letters lie that nobody saw; nought: none
    """
    agreed = {each.letter: each.value for each in markings if each.marker is None}
    gave: dict[Hashable, list[Marking]] = defaultdict(list)
    for each in markings:
        if each.marker is not None and each.letter in agreed:
            gave[each.letter].append(each)
    beyond = [
        mean(each.value - float(fit.means[fit.places[each.marker]]) for each in given)
        - agreed[letter]
        for letter, given in gave.items()
    ]
    if len(beyond) < FEWEST_FOR_A_RATE:
        return InCommon(len(beyond), 0.0, 0.0)
    squares = stdev(beyond) ** 2 * (len(beyond) - 1) + 2 * unseen**2
    free = len(beyond) - 1 + (2 if unseen else 0)
    # Where it came out alike in every letter, that is luck to the last tenth of a level.
    spread = max(sqrt(squares / free), 0.1)
    error = spread / sqrt(len(beyond)) * students_t(len(beyond) - 1) / NORMAL_95
    shares: dict[Hashable, float] = defaultdict(float)
    for given in gave.values():
        for each in given:
            shares[each.marker] += 1 / len(given) / len(beyond)
    _, of_markers = fit.sum_of(shares)
    return InCommon(len(beyond), mean(beyond), sqrt(error**2 + of_markers**2))
