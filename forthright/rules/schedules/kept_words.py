"""The words of sources, methods and private notes: one list for cells and what stands beside."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from forthright.rules.letter_checks.phrases import PatternRefused, Sought, first_match, patterns

TABLE = "data/kept_words.toml"


@dataclass(frozen=True, slots=True)
class KeptWords:
    """One list: what tells that a thing may have to be kept back, and what says it does not."""

    sought: tuple[Sought, ...]
    unless: tuple[Sought, ...]

    def found_in(self, words: str) -> str:
        """Return the first words of the list in a text in small letters; none if it is denied."""
        if any(each.may_stand_in(words) and each.pattern.search(words) for each in self.unless):
            return ""
        found = first_match((each for each in self.sought if each.may_stand_in(words)), words)
        return found[0] if found else ""


def kept_words(keys: Sequence[str]) -> KeptWords:
    """Return some of the lists as one.

    :raises PatternRefused: if there is no list of a name
    """
    lists = _lists()
    if strange := sorted(set(keys) - set(lists)):
        raise PatternRefused(
            f"there is no list of words “{strange[0]}”. There are: {', '.join(lists)}."
        )
    return KeptWords(
        sought=tuple(each for key in keys for each in lists[key].sought),
        unless=tuple(each for key in keys for each in lists[key].unless),
    )


def kept_words_table() -> str:
    """Return the lists as they are written, which belong to the version of the rules in use."""
    return files("forthright.rules").joinpath(TABLE).read_text("utf-8")


@cache
def _lists() -> dict[str, KeptWords]:
    return {row["key"]: KeptWords(patterns(row["patterns"]), patterns(row["unless"]))
            for row in tomllib.loads(kept_words_table())["list"]}  # fmt: skip
