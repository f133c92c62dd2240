"""No pattern of the product tries each way to cut a long run: it would hold up a page for years.

Letters, schedules and tables come from elsewhere, and whoever sends one chooses what it holds.
"""

import importlib
import pkgutil
import re
import signal
from collections.abc import Iterable, Iterator

import pytest

import forthright

UNITS = [
    "a", "A", "1", " ", "-", "a-", "A-", "A1-", "1-", "a ", "A ", "1 ", "Ab ", "Ab-", "ab, ",
    "1, ", "1/", ".", "a.", "A.", "a@", "a@a.", "\n", "a\n", "\t", "(", ")", '"', "’", "a’", "A’",
    "the ", "of ", "and ", "<", "<a ", "a=", ": ", "a&", " a", "É", "0 0", "12/", "Mr ", "your ",
    "1.1.", "a,", "R v ", "Z\u00a0",
]  # fmt: skip
# Of a pattern that looks at each place from each other place 400 of them take no tenth of it.
MOST_SECONDS = 5
# How far within a table of the module a pattern may stand.
DEEPEST = 3


class NeverEnds(Exception):
    """A pattern took much longer than any that ends."""


def patterns() -> dict[tuple[str, int], tuple[str, re.Pattern[str]]]:
    """Return the patterns of the product, each with where it stands."""
    found: dict[tuple[str, int], tuple[str, re.Pattern[str]]] = {}
    for each in pkgutil.walk_packages(forthright.__path__, "forthright."):
        if ".migrations" in each.name:
            continue
        for name, held in vars(importlib.import_module(each.name)).items():
            for pattern in _within(held):
                if isinstance(pattern.pattern, str):
                    key = (pattern.pattern, pattern.flags)
                    found.setdefault(key, (f"{each.name}.{name}", pattern))
    return found


def _within(held: object, depth: int = 0) -> Iterator[re.Pattern[str]]:
    if isinstance(held, re.Pattern):
        yield held
    elif depth <= DEEPEST and not isinstance(held, type):
        for each in _parts(held):
            yield from _within(each, depth + 1)


def _parts(held: object) -> Iterable[object]:
    if isinstance(held, list | tuple | set | frozenset):
        return held
    if isinstance(held, dict):
        return held.values()
    return [getattr(held, name, None) for name in getattr(held, "__dataclass_fields__", ())]


@pytest.fixture
def ends():
    """Yield what says whether a pattern comes to an end on a text."""

    def refuse(*_: object) -> None:
        raise NeverEnds

    def told(pattern: re.Pattern[str], text: str, seconds: float = MOST_SECONDS) -> bool:
        signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            list(pattern.finditer(text))
            pattern.fullmatch(text)
        except NeverEnds:
            return False
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        return True

    before = signal.signal(signal.SIGALRM, refuse)
    yield told
    signal.signal(signal.SIGALRM, before)


@pytest.mark.slow
def test_every_pattern_comes_to_its_end_on_a_long_run(ends):
    found = patterns()
    endless = [
        f"{name}: {pattern.pattern[:80]} on {unit!r}"
        for name, pattern in found.values()
        for unit in UNITS
        if not ends(pattern, unit * 400 + "!")
    ]

    assert len(found) > 400
    assert not endless, "\n".join(endless)


def test_one_that_does_not_is_found(ends):
    assert not ends(re.compile(r"(?:a+)+b"), "a" * 400, 0.2)
    assert ends(re.compile(r"a+b"), "a" * 400)
