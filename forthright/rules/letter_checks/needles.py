"""Letters that a text must hold for a pattern to match: to look for them takes no time.

A letter is looked through by some hundred patterns, of which a few match. Looking for plain
letters is a hundred times as quick as trying a pattern, so each pattern is first asked for those.
"""

import re
from collections.abc import Iterable
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any

SHORTEST = 2
# Marks that few letters hold, so that one alone is worth looking for.
RARE = frozenset("/_@[]{}<>#*|~=+&%£")
MOST_REPEATED = 6
Parts = Iterable[tuple[Any, Any]]


def needles_of(pattern: re.Pattern[str]) -> tuple[tuple[str, ...], ...]:
    """Return choices of letters: of each choice, one stands in every match of a pattern.

    The hardest to find by chance comes first; there is none where that is not plain. They are in
    small letters, with straight apostrophes.
    """
    found = set(_choices(_parser.parse(pattern.pattern)))
    ranked = sorted(found, key=lambda each: (_worth(each), sorted(each)), reverse=True)
    return tuple(tuple(sorted(each)) for each in ranked)


def _best(parts: Parts) -> frozenset[str] | None:
    """Return the choice of letters that is the hardest to find by chance, if there is one."""
    return max(_choices(parts), key=_worth, default=None)


def _choices(parts: Parts) -> list[frozenset[str]]:
    """Return the choices of letters that one part after another of a pattern asks for."""
    choices: list[frozenset[str]] = []
    run = ""
    for operation, argument in parts:
        if operation is _constants.LITERAL:
            run += chr(argument).lower().replace("’", "'")
            continue
        choices += [frozenset({run})] if run else []
        run = ""
        if (choice := _of_part(operation, argument)) is not None:
            choices.append(choice)
    choices += [frozenset({run})] if run else []
    return [each for each in choices if all(map(_is_telling, each))]


def _of_part(operation: Any, argument: Any) -> frozenset[str] | None:
    if operation is _constants.SUBPATTERN:
        return _best(argument[-1])
    if operation is _constants.MAX_REPEAT and argument[0] >= 1:
        return _best([*argument[2]] * min(argument[0], MOST_REPEATED))
    if operation is _constants.BRANCH:
        branches = [_best(each) for each in argument[1]]
        if all(each is not None for each in branches):
            return frozenset(word for each in branches if each for word in each)
    return None


def _is_telling(letters: str) -> bool:
    return len(letters) >= SHORTEST or not RARE.isdisjoint(letters)


def _worth(choice: frozenset[str]) -> tuple[int, int]:
    """Rank choices: few long words are worth more than many short ones."""
    return min(map(len, choice)) - len(choice) // 4, -len(choice)
