"""What is different between two versions of a letter, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

WORD = re.compile(r"\s+|\S+")


@dataclass(frozen=True, slots=True)
class Change:
    """Words that stand in both, or were taken out or put in."""

    words: str
    kind: str  # same, out or in


def changes_between(old: str, new: str) -> list[Change]:
    """Return the words of both texts in order, each with what became of it."""
    before, after = WORD.findall(old), WORD.findall(new)
    found: list[Change] = []
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            found.append(Change("".join(before[a:b]), "same"))
            continue
        found += [Change("".join(before[a:b]), "out")] if b > a else []
        found += [Change("".join(after[c:d]), "in")] if d > c else []
    return found
