"""The words of sources, methods and private notes: one list for cells and what stands beside."""

import re
import tomllib
from collections.abc import Iterator, Sequence
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
    denied: tuple[Sought, ...]

    def found_in(self, words: str) -> str:
        """Return the first words of the list in a text in small letters; none if it is denied."""
        if any(each.may_stand_in(words) and each.pattern.search(words) for each in self.unless):
            return ""
        may = tuple(each for each in self.sought if each.may_stand_in(words))
        found = first_undenied(may, self.denied, words)
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
        denied=tuple(each for key in keys for each in lists[key].denied),
    )


def first_undenied(
    sought: Sequence[Sought], denied: Sequence[Sought], text: str
) -> re.Match[str] | None:
    """Return the first match of some patterns that no denial says is not there."""
    if any(each.may_stand_in(text) for each in denied):
        return next(undenied(sought, denied, text), None)
    return first_match(sought, text)


def undenied(
    sought: Sequence[Sought], denied: Sequence[Sought], text: str
) -> Iterator[re.Match[str]]:
    """Yield each match that no denial says is not there, in the order of the text.

    A denial, such as "no intelligence", excuses what begins within it and nothing else of the text:
    an intelligence log of one man may say that there was no intelligence on another.
    """
    spans = [each.span() for one in denied for each in one.found_in(text)]
    found = (each for one in sought for each in one.found_in(text))
    for each in sorted(found, key=lambda match: match.start()):
        if not any(start <= each.start() < end for start, end in spans):
            yield each


def kept_words_table() -> str:
    """Return the lists as they are written, which belong to the version of the rules in use."""
    return files("forthright.rules").joinpath(TABLE).read_text("utf-8")


@cache
def _lists() -> dict[str, KeptWords]:
    return {
        row["key"]: KeptWords(
            sought=patterns(row["patterns"]),
            unless=patterns(row.get("unless", ())),
            denied=patterns(row.get("denied", ())),
        )
        for row in tomllib.loads(kept_words_table())["list"]
    }
