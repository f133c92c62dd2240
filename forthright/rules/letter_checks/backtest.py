"""What a changed set of rules would find in letters that were checked by the present one."""

import multiprocessing
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import date

from forthright.rules.case_file import CaseFile
from forthright.rules.letter_checks.engine import Finding, Prepared, check_letter, prepare
from forthright.rules.letter_checks.rule import Level, Rule

AT_A_TIME = 50


@dataclass(frozen=True, slots=True)
class PastLetter:
    """One letter to look at again; `name` says which it is."""

    name: str
    text: str
    case: CaseFile | None
    as_of: date


@dataclass(frozen=True, slots=True)
class LetterDifference:
    """What of one letter the new rules find and the old did not, and the other way about."""

    name: str
    gained: tuple[Finding, ...]
    lost: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Backtest:
    """How many letters were looked at, and each that is treated differently.

    `old_stops` and `new_stops` count letters that are stopped; the rest count findings by rule.
    """

    letters: int
    old_stops: int
    new_stops: int
    old_findings: Counter[str] = field(default_factory=Counter)
    new_findings: Counter[str] = field(default_factory=Counter)
    differences: tuple[LetterDifference, ...] = ()


def backtest(
    letters: Iterable[PastLetter],
    old: Sequence[Rule],
    new: Sequence[Rule],
    *,
    processes: int | None = None,
    told: Callable[[int], None] = lambda done: None,
) -> Backtest:
    """Return the differences that a new set of rules makes, letter by letter, in their order.

    Work goes to every processor unless `processes` says how many. `told` hears how many letters
    are done.
    """
    count, stops = 0, [0, 0]
    totals: tuple[Counter[str], Counter[str]] = (Counter(), Counter())
    differences = []
    for compared in _compared(letters, old, new, processes or os.cpu_count() or 1):
        count += 1
        for number, findings in enumerate((compared.old, compared.new)):
            totals[number].update(each.rule for each in findings)
            stops[number] += any(each.level is Level.STOP for each in findings)
        if found := _difference(compared):
            differences.append(found)
        told(count)
    return Backtest(count, stops[0], stops[1], totals[0], totals[1], tuple(differences))


@dataclass(frozen=True, slots=True)
class _Compared:
    name: str
    old: tuple[Finding, ...]
    new: tuple[Finding, ...]


def _difference(compared: _Compared) -> LetterDifference | None:
    old = {_key(each): each for each in compared.old}
    new = {_key(each): each for each in compared.new}
    gained = tuple(each for key, each in new.items() if key not in old)
    lost = tuple(each for key, each in old.items() if key not in new)
    return LetterDifference(compared.name, gained, lost) if gained or lost else None


def _key(finding: Finding) -> tuple[str, str, int, int]:
    """Return what makes two findings the same: rule, level and place, not the wording."""
    return finding.rule, finding.level, finding.start, finding.end


def _compared(
    letters: Iterable[PastLetter], old: Sequence[Rule], new: Sequence[Rule], processes: int
) -> Iterator[_Compared]:
    if processes == 1:
        sets = prepare(old), prepare(new)
        yield from (_compare(each, *sets) for each in letters)
        return
    # Rules are given to each process once; a started process that is a copy would need none of
    # it, but copies of a program with threads may hang.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        processes, mp_context=context, initializer=_keep_rules, initargs=(old, new)
    ) as pool:
        for batch in pool.map(_compare_batch, _batches(letters)):
            yield from batch


def _batches(letters: Iterable[PastLetter]) -> Iterator[list[PastLetter]]:
    batch: list[PastLetter] = []
    for letter in letters:
        batch.append(letter)
        if len(batch) == AT_A_TIME:
            yield batch
            batch = []
    if batch:
        yield batch


_kept: list[Prepared] = []


def _keep_rules(old: Sequence[Rule], new: Sequence[Rule]) -> None:
    _kept[:] = [prepare(old), prepare(new)]


def _compare_batch(batch: Sequence[PastLetter]) -> list[_Compared]:
    return [_compare(each, *_kept) for each in batch]


def _compare(letter: PastLetter, old: Prepared, new: Prepared) -> _Compared:
    found = [
        tuple(check_letter(letter.text, letter.case, rules, as_of=letter.as_of))
        for rules in (old, new)
    ]
    return _Compared(letter.name, *found)
