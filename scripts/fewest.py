"""Which tests must run on a second database, so that each statement is asked of it as well."""

import heapq
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# So many tests ask each statement, where so many do: one alone may hold nothing that is found.
TIMES = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """What one test took in seconds and asked, and whether it must run on each database."""

    seconds: float
    statements: frozenset[str]
    must: bool = False

    def as_row(self) -> tuple[float, list[str], bool]:
        """Return it as it is written down."""
        return self.seconds, sorted(self.statements), self.must


def noted_in(folder: Path) -> dict[str, Asked]:
    """Return what each process of a run noted in a folder; nothing where it came to no end."""
    noted = {}
    for file in sorted(folder.glob("*.json")):
        rows = json.loads(file.read_text(encoding="utf-8"))
        for name, (seconds, statements, must) in rows.items():
            noted[name] = Asked(seconds, frozenset(statements), must)
    return noted


def left_out(noted: Mapping[str, Asked]) -> set[str]:
    """Return the tests that need not run again: each statement of theirs is asked by others.

    What asks the most that is still wanted in a second is taken first.
    """
    taken = {name for name, each in noted.items() if each.must}
    there = Counter(mark for each in noted.values() for mark in each.statements)
    wanted = Counter({mark: min(TIMES, number) for mark, number in there.items()})
    for name in taken:
        wanted.subtract(noted[name].statements)
    waiting = [
        (-_worth(each, wanted), name)
        for name, each in noted.items()
        if name not in taken and each.statements
    ]
    heapq.heapify(waiting)
    while waiting:
        before, name = heapq.heappop(waiting)
        worth = _worth(noted[name], wanted)
        if not worth:
            continue
        if worth < -before:
            heapq.heappush(waiting, (-worth, name))
            continue
        taken.add(name)
        wanted.subtract(noted[name].statements)
    return set(noted) - taken


def _worth(each: Asked, wanted: Mapping[str, int]) -> float:
    return sum(wanted[mark] > 0 for mark in each.statements) / max(each.seconds, 0.01)
