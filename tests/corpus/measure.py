"""How well a checker of letters finds the faults of the corpus, and how often it cries wolf.

    python -m tests.corpus.measure MODULE:FUNCTION [tuning|held-out|held-out-2|held-out-3|all]

FUNCTION takes a CorpusLetter and returns findings; each has rule, start, end and level.
"""

import importlib
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tests.corpus.reading import (
    RULES,
    CorpusLetter,
    Fault,
    letters_for_tuning,
    letters_held_out,
    letters_held_out_2,
    letters_held_out_3,
    load_corpus,
)

PART_OF_RULE = re.compile(r"([A-F]\d+)(?:[a-z]|[-.]).*")
PARTS = {
    "all": load_corpus,
    "tuning": letters_for_tuning,
    "held-out": letters_held_out,
    "held-out-2": letters_held_out_2,
    "held-out-3": letters_held_out_3,
}


class FindingLike(Protocol):
    rule: str
    start: int
    end: int
    level: str


Check = Callable[[CorpusLetter], Iterable[FindingLike]]


@dataclass(frozen=True, slots=True)
class Found:
    """A finding as a checker of the corpus may return it."""

    rule: str
    start: int
    end: int
    level: str = "warn"


@dataclass(slots=True, kw_only=True)
class Measured:
    """What came of measuring: counts only; the shares are worked out from them."""

    seeded: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, Fault]] = field(default_factory=list)
    at_its_level: int = 0
    wrong_person: tuple[int, int] = (0, 0)
    good_letters: int = 0
    bad_letters: int = 0
    false_stops: list[tuple[str, str]] = field(default_factory=list)
    false_alarms: list[tuple[str, str]] = field(default_factory=list)
    advice_on_good: list[tuple[str, str]] = field(default_factory=list)
    extra_at_a_fault: int = 0
    extra_elsewhere: list[tuple[str, str]] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Return the share of seeded faults that were found, 0 to 1."""
        return _share(self.found.total(), self.seeded.total())

    @property
    def false_alarms_per_letter(self) -> float:
        """Return how many stops and warnings a good letter draws on average."""
        return _share(len(self.false_alarms), self.good_letters)

    @property
    def advice_per_letter(self) -> float:
        """Return how many pieces of advice a good letter draws on average."""
        return _share(len(self.advice_on_good), self.good_letters)


def measure(check: Check, letters: Sequence[CorpusLetter]) -> Measured:
    """Run a check over letters and count what it found, missed and made up.

    A fault with a place is found by a finding of an accepted rule that overlaps it; a missing
    thing is found when an accepted rule fires at all, wherever it points.
    """
    measured = Measured()
    for letter in letters:
        findings = list(check(letter))
        if letter.is_good:
            _count_alarms(measured, letter, findings)
        else:
            _count_faults(measured, letter, findings)
            _count_extras(measured, letter, findings)
    return measured


def rule_of(finding_rule: str) -> str:
    """Return the rule that a part of a rule belongs to: "D3a" is of D3."""
    part = PART_OF_RULE.fullmatch(finding_rule)
    return part[1] if part else finding_rule


def finds(finding: FindingLike, fault: Fault) -> bool:
    """Tell whether a finding finds a fault."""
    if rule_of(finding.rule) not in fault.rules:
        return False
    return fault.is_missing or _overlaps(finding, fault)


def table(measured: Measured, *, names_misses: bool = True) -> str:
    """Return what was measured as a table that people read."""
    lines = [f"{'rule':<6}{'seeded':>7}{'found':>7}{'share':>8}"]
    for rule in RULES:
        if seeded := measured.seeded[rule]:
            found = measured.found[rule]
            lines.append(f"{rule:<6}{seeded:>7}{found:>7}{found / seeded:>8.0%}")
    seeded, found = measured.seeded.total(), measured.found.total()
    lines.append(f"{'all':<6}{seeded:>7}{found:>7}{measured.recall:>8.1%}")
    lines += ["", *_sums(measured)]
    if names_misses:
        lines += _named("missed", [(name, _told(fault)) for name, fault in measured.missed])
        lines += _named("false alarms", measured.false_alarms)
        lines += _named("findings elsewhere", measured.extra_elsewhere)
    return "\n".join(lines)


def _sums(measured: Measured) -> Iterator[str]:
    found, people = measured.wrong_person
    yield f"wrong person found: {found} of {people}"
    yield f"found at the level named: {measured.at_its_level} of {measured.found.total()}"
    yield f"good letters: {measured.good_letters}"
    alarms, each = len(measured.false_alarms), measured.false_alarms_per_letter
    yield f"  false alarms (stop or warn): {alarms}, {each:.2f} a letter"
    yield f"  false stops: {len(measured.false_stops)}"
    yield f"  advice: {measured.advice_per_letter:.2f} a letter"
    yield f"bad letters: {measured.bad_letters}"
    yield f"  further findings at a fault, under another rule: {measured.extra_at_a_fault}"
    yield f"  further findings elsewhere: {len(measured.extra_elsewhere)}"


def _count_alarms(
    measured: Measured, letter: CorpusLetter, findings: Sequence[FindingLike]
) -> None:
    measured.good_letters += 1
    for finding in findings:
        told = (letter.name, _shown(letter, finding))
        if finding.level == "advise":
            measured.advice_on_good.append(told)
            continue
        measured.false_alarms.append(told)
        if finding.level == "stop":
            measured.false_stops.append(told)


def _count_faults(
    measured: Measured, letter: CorpusLetter, findings: Sequence[FindingLike]
) -> None:
    measured.bad_letters += 1
    for fault in letter.faults:
        finders = [finding for finding in findings if finds(finding, fault)]
        measured.seeded[fault.rule] += 1
        if finders:
            measured.found[fault.rule] += 1
            measured.at_its_level += any(finding.level == fault.level for finding in finders)
        else:
            measured.missed.append((letter.name, fault))
        if fault.is_wrong_person:
            found, seeded = measured.wrong_person
            measured.wrong_person = (found + bool(finders), seeded + 1)


def _count_extras(
    measured: Measured, letter: CorpusLetter, findings: Sequence[FindingLike]
) -> None:
    for finding in findings:
        if any(finds(finding, fault) for fault in letter.faults):
            continue
        if any(_overlaps(finding, fault) for fault in letter.faults if not fault.is_missing):
            measured.extra_at_a_fault += 1
        else:
            measured.extra_elsewhere.append((letter.name, _shown(letter, finding)))


def _overlaps(finding: FindingLike, fault: Fault) -> bool:
    return finding.start < fault.end and fault.start < finding.end


def _shown(letter: CorpusLetter, finding: FindingLike) -> str:
    words = " ".join(letter.text[finding.start : finding.end].split())
    return f"{finding.rule} {finding.level}: {words[:70]}"


def _told(fault: Fault) -> str:
    where = f"no {fault.missing}" if fault.is_missing else " ".join(fault.words.split())
    return f"{'/'.join(fault.rules)} {fault.level}: {where[:70]}"


def _named(title: str, rows: Sequence[tuple[str, str]]) -> list[str]:
    return ["", f"{title}: {len(rows)}", *(f"  {name[:28]:<29}{told}" for name, told in rows)]


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def main(asked: Sequence[str]) -> int:
    """Measure one function over one part; of letters held out only counts are shown."""
    module, _, function = asked[0].partition(":")
    part = asked[1] if len(asked) > 1 else "tuning"
    check = getattr(importlib.import_module(module), function)
    sys.stdout.write(table(measure(check, PARTS[part]()), names_misses=part == "tuning") + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
