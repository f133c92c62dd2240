"""How far markers agree on one criterion: all that is shown of it, and the sentence for it.

“Does not apply” is a mark of its own for percent agreement, AC1 and the nominal alpha. It has no
place in the order from not met to fully met, so AC2 and the ordinal alpha leave it out. A letter
for which the record alone says it was judged by nobody, and counts in none of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from forthright.rules.agreement import (
    FEWEST_LETTERS,
    Coefficient,
    cohens_kappa,
    gwet,
    letters_alike,
    linear_weights,
    paradox_words,
    percent_agreement,
)
from forthright.rules.agreement_alpha import Scale, krippendorff
from forthright.rules.applicability import markers_say_whether_it_applies, was_judged
from forthright.rules.figures import Proportion
from forthright.rules.rubric import Criterion, Level

IN_ORDER = (Level.NOT_MET, Level.PARTIALLY, Level.FULLY)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementOn:
    """What several markers made of the same letters, by one criterion or by the whole letter."""

    alike: Proportion
    percent: Coefficient
    ac1: Coefficient
    ac2: Coefficient
    alpha: Coefficient
    alpha_in_order: Coefficient
    kappa: float | None

    @property
    def words(self) -> str:
        """Say how far they agree; below 30 letters only the counts."""
        said = f"{self.alike.count_words} letters were marked alike"
        if self.alike.n < FEWEST_LETTERS:
            return f"{said} (too few to say more: {FEWEST_LETTERS} are needed)"
        return f"{said}. {self.ac1.words}."

    @property
    def why_not_kappa(self) -> str:
        """Say why kappa is not shown, where it contradicts what was plainly agreed."""
        return paradox_words(self.alike, self.kappa, self.ac1)


def agreement_on(
    marks: Sequence[Sequence[Level | None]], *, may_not_apply: bool, seed: int
) -> AgreementOn:
    """Return how far markers agree; a row is one letter, None where a marker gave no mark.

    A mark that a criterion cannot have is not counted among those that could be given: with more
    of them chance looks smaller, and agreement better than it is.
    """
    could_be = (*IN_ORDER, Level.NOT_APPLICABLE) if may_not_apply else IN_ORDER
    ordered = [
        [None if mark is Level.NOT_APPLICABLE else mark for mark in letter] for letter in marks
    ]
    two = bool(marks) and all(len(letter) == 2 for letter in marks)
    return AgreementOn(
        alike=letters_alike(marks, could_be),
        percent=percent_agreement(marks, could_be),
        ac1=gwet(marks, could_be),
        ac2=gwet(ordered, IN_ORDER, weights=linear_weights(len(IN_ORDER))),
        alpha=krippendorff(marks, could_be, scale=Scale.NOMINAL, seed=seed),
        alpha_in_order=krippendorff(ordered, IN_ORDER, scale=Scale.ORDINAL, seed=seed),
        kappa=cohens_kappa(marks, could_be) if two else None,
    )


def agreement_by(
    criterion: Criterion, marks: Sequence[Sequence[Level | None]], *, seed: int
) -> AgreementOn:
    """Return how far markers agree by a criterion, on the letters that they judged by it."""
    judged = [letter for letter in marks if was_judged(criterion, letter)]
    may_not_apply = markers_say_whether_it_applies(criterion)
    return agreement_on(judged, may_not_apply=may_not_apply, seed=seed)
