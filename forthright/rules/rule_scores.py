"""How far people agree with a rule of the checks: its findings beside their marks.

Counted are finished markings of sent letters, each with what the checks found in the very words
that were marked, kept on the day of the marking. A rule and a mark meet in the criterion that the
rule serves: the mark says whether there was a fault, not whether it was the same one.
"""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cached_property

from forthright.rules.figures import Proportion
from forthright.rules.letter_checks.rule import NO_CRITERION
from forthright.rules.marking import FAULTS
from forthright.rules.rubric import Level


@dataclass(frozen=True, kw_only=True)
class CheckedMarking:
    """One marking: the rules that its letter was checked by, those that fired, and the marks.

    `criteria` says by rule which criterion it served on that day.
    """

    id: int
    criteria: Mapping[str, str]
    fired: Set[str]
    levels: Mapping[str, Level]

    @cached_property
    def seen(self) -> Set[str]:
        """Return the criteria under which a rule fired."""
        return {self.criteria[rule] for rule in self.fired if rule in self.criteria}


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleScore:
    """A rule's record; each count holds the markings behind it.

    `silent` are faults under the criterion that no rule serving it saw. `unmarked` fired where
    the criterion did not apply or the rule serves none.
    """

    checked: tuple[int, ...] = ()
    fired: tuple[int, ...] = ()
    agreed: tuple[int, ...] = ()
    not_agreed: tuple[int, ...] = ()
    unmarked: tuple[int, ...] = ()
    faults: tuple[int, ...] = ()
    missed: tuple[int, ...] = ()

    @property
    def agreement(self) -> Proportion:
        """Return in how many of the letters it fired on, and people marked, they found a fault."""
        return Proportion(len(self.agreed), len(self.agreed) + len(self.not_agreed))

    @property
    def share_missed(self) -> Proportion:
        """Return how many faults under its criterion no rule that serves it saw."""
        return Proportion(len(self.missed), len(self.faults))


def score_of(rule: str, markings: Iterable[CheckedMarking]) -> RuleScore:
    """Return a rule's record over the markings whose checks knew the rule."""
    kept: dict[str, list[int]] = {name: [] for name in RuleScore.__dataclass_fields__}
    for marking in markings:
        for name in _counts(rule, marking):
            kept[name].append(marking.id)
    return RuleScore(**{name: tuple(ids) for name, ids in kept.items()})


def _counts(rule: str, marking: CheckedMarking) -> list[str]:
    """Return the names of the counts that a marking belongs to."""
    criterion = marking.criteria.get(rule)
    if criterion is None:
        return []
    level = marking.levels.get(criterion) if criterion != NO_CRITERION else None
    counts = ["checked"]
    if rule in marking.fired:
        counts += ["fired", _side(level)]
    if level in FAULTS:
        counts.append("faults")
        if criterion not in marking.seen:
            counts.append("missed")
    return counts


def _side(level: Level | None) -> str:
    if level in FAULTS:
        return "agreed"
    return "not_agreed" if level is Level.FULLY else "unmarked"
