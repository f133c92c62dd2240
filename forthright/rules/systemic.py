"""When a fault is not one letter's: one criterion fails again and again, or one block does.

A criterion fails where it was not met. One that was met partly is a matter for its author, whose
next letters are watched for it (rules/recurrence.py): nearly every period has three such letters,
and a finding that always stands finds nothing.

A finding is raised when one criterion fails in three or more letters of a period, and when one
block of wording stands in three or more letters that fail the same criterion. A block that stands
in nearly every letter would always be found, so it is named only where letters that hold it fail
that criterion more often than those that do not, by Fisher's exact test at 5%, shared among the
blocks that were tried (R. A. Fisher, The Design of Experiments, 1935, chapter 2; Bonferroni).

A criterion that editions of the standard word otherwise is several, and their marks are never
joined (rules/wordings.py).

Letters of one author alone are a matter for that author's feedback and raise no finding: nobody is
to be picked out by a rule about systems. Letters of which it is not known who wrote them are no one
author's. Who should own a finding follows from the causes that the markers gave: wording, the
prosecutor's note, training, or how the work is done.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import comb

from forthright.rules.figures import SIGNIFICANT_BELOW, Proportion
from forthright.rules.rubric import Level
from forthright.rules.words import count_words


class Remedy(StrEnum):
    """Where a fault is put right, and so who owns it."""

    TEMPLATE = "TEMPLATE"
    NOTE = "NOTE"
    TRAINING = "TRAINING"
    PROCESS = "PROCESS"

    @property
    def words(self) -> str:
        """Say what is to be changed."""
        return {
            Remedy.TEMPLATE: "the wording",
            Remedy.NOTE: "the prosecutor’s reasons",
            Remedy.TRAINING: "training",
            Remedy.PROCESS: "how the work is done",
        }[self]


# The causes of the shipped standard; another Area's own cause is a matter of how the work is done.
REMEDIES = {
    "EXPLANATION": Remedy.NOTE,
    "DRAFTING": Remedy.TRAINING,
    "CHECK": Remedy.PROCESS,
    "TEMPLATE": Remedy.TEMPLATE,
    "POLICE_RECORD": Remedy.PROCESS,
    "PROCESS": Remedy.PROCESS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedLetter:
    """A marked letter: its author, its levels, the blocks it holds, and the cause that was given.

    Its author is empty where it is not known who wrote it.

    Its levels go by the name of each criterion, as worded where editions word it otherwise.

    A letter counts once; where it was marked twice, by the marking finished first.
    """

    reference: str
    author: str
    levels: dict[str, Level]
    blocks: tuple[str, ...] = ()
    cause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SystemicFinding:
    """One criterion failing in several letters, and the block they share, if one stands out."""

    criterion: str
    failed: Proportion
    letters: tuple[str, ...]
    authors: int
    # Of how many of the letters it is not known who wrote them.
    unknown: int = 0
    block: str = ""
    # That so many of the failing letters hold the block, were they spread by lot.
    chance: float | None = None
    remedy: Remedy

    @property
    def words(self) -> str:
        """Say what was found, of how many, and what is to be changed."""
        wording = f" that hold the block {self.block}" if self.block else ""
        return (
            f"{self.criterion} failed in {self.failed.count_words} letters{wording}, "
            f"{self._by_whom}. What to look at first: {self.remedy.words}."
        )

    @property
    def _by_whom(self) -> str:
        if not self.unknown:
            return f"by {count_words(self.authors, 'author')}"
        unknown = f"of {count_words(self.unknown, 'letter')} it is not known who wrote them"
        if not self.authors:
            return unknown
        are = "who is named" if self.authors == 1 else "who are named"
        return f"by {count_words(self.authors, 'author')} {are}; {unknown}"


def systemic_findings(
    letters: Sequence[MarkedLetter], *, fewest: int
) -> tuple[SystemicFinding, ...]:
    """Return the findings of a period: by criterion, a block's beside that of its criterion."""
    findings = []
    for criterion in sorted({code for each in letters for code in each.levels}):
        applies = [
            each
            for each in letters
            if each.levels.get(criterion, Level.NOT_APPLICABLE) is not Level.NOT_APPLICABLE
        ]
        failed = [each for each in applies if each.levels[criterion] is Level.NOT_MET]
        if len(failed) < fewest or _is_of_one_author(failed):
            continue
        findings.append(_finding(criterion, applies, failed))
        findings += [
            _finding(criterion, holding, with_block, block, chance)
            for block, holding, with_block, chance in _blocks_that_stand_out(
                applies, failed, fewest
            )
        ]
    return tuple(findings)


def _finding(
    criterion: str,
    of: Sequence[MarkedLetter],
    failed: Sequence[MarkedLetter],
    block: str = "",
    chance: float | None = None,
) -> SystemicFinding:
    return SystemicFinding(
        criterion=criterion,
        failed=Proportion(len(failed), len(of)),
        letters=tuple(sorted(each.reference for each in failed)),
        authors=len({each.author for each in failed if each.author}),
        unknown=sum(not each.author for each in failed),
        block=block,
        chance=chance,
        remedy=Remedy.TEMPLATE if block else _remedy(failed),
    )


def _is_of_one_author(letters: Sequence[MarkedLetter]) -> bool:
    """Return whether letters are all of one author, as far as is known: nobody known is nobody."""
    return len({each.author for each in letters}) == 1 and bool(letters[0].author)


def _blocks_that_stand_out(
    applies: Sequence[MarkedLetter], failed: Sequence[MarkedLetter], fewest: int
) -> list[tuple[str, list[MarkedLetter], list[MarkedLetter], float]]:
    """Return the blocks whose letters fail more often than those without, with both lists.

    The last is the chance of it by Fisher's exact test.
    """
    holding: dict[str, list[MarkedLetter]] = defaultdict(list)
    for each in applies:
        for block in set(each.blocks):
            holding[block].append(each)
    failing = {each.reference for each in failed}
    found = []
    for block, letters in sorted(holding.items()):
        bad = [each for each in letters if each.reference in failing]
        if len(bad) < fewest or _is_of_one_author(bad):
            continue
        chance = chance_of_so_many(len(bad), len(letters), len(failed), len(applies))
        if chance < SIGNIFICANT_BELOW / len(holding):
            found.append((block, letters, bad, chance))
    return found


def chance_of_so_many(bad: int, holding: int, failed: int, letters: int) -> float:
    """Return the chance that of so many failing letters, spread by lot, so many or more hold it."""
    return sum(
        comb(holding, number) * comb(letters - holding, failed - number)
        for number in range(bad, min(holding, failed) + 1)
    ) / comb(letters, failed)


def _remedy(failed: Sequence[MarkedLetter]) -> Remedy:
    """Return the remedy most causes point to; on a tie, or without causes, the process."""
    given = Counter(
        REMEDIES.get(each.cause, Remedy.PROCESS) for each in failed if each.cause
    ).most_common(2)
    if not given or (len(given) == 2 and given[0][1] == given[1][1]):
        return Remedy.PROCESS
    return given[0][0]
