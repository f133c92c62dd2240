"""Spelling by the British dictionary of the machine, read directly.

A spelling program in plain Python takes 2.5 seconds to read this dictionary, which is too long
for a command that answers in less than one. A check only has to know whether a word can be made
from a stem of the dictionary and its endings, so the dictionary is read as it stands (about 0.1
seconds, once, and only if a letter holds a word that is not among the commonest) and endings are
taken off the few words that are looked up. Tests compare the answers with such a program's.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path

FOLDERS = ("/usr/share/hunspell", "/usr/share/myspell/dicts")
SETTING = "FORTHRIGHT_DICTIONARY"
HOW_TO_HAVE_IT = (
    "there is no British dictionary on this machine. Install Debian’s package hunspell-en-gb."
)
MOST_SUGGESTIONS = 3
LETTERS = "abcdefghijklmnopqrstuvwxyz'-"


@dataclass(frozen=True, slots=True)
class Affix:
    """An ending or a beginning that stems with a flag may take."""

    flag: str
    taken: str
    added: str
    condition: re.Pattern[str] | None
    may_combine: bool


@dataclass(frozen=True)
class Dictionary:
    """The stems of a language with their flags, and the endings and beginnings by their letters."""

    stems: dict[str, str]
    endings: dict[str, tuple[Affix, ...]]
    beginnings: dict[str, tuple[Affix, ...]]

    def knows(self, word: str) -> bool:
        """Say whether a word is one, as written, in small letters, or with a capital."""
        return any(self._is_made(each) for each in _cases(word))

    def _is_made(self, word: str) -> bool:
        if word in self.stems:
            return True
        for stem, affix in self._without_ending(word):
            flags = self.stems.get(stem)
            if flags is not None and affix.flag in flags:
                return True
            if affix.may_combine and self._has_beginning(stem, affix.flag):
                return True
        return self._has_beginning(word, "")

    def _without_ending(self, word: str) -> Iterator[tuple[str, Affix]]:
        for size in range(1, min(len(word), 9)):
            for affix in self.endings.get(word[-size:], ()):
                stem = word[:-size] + affix.taken
                if affix.condition is None or affix.condition.search(stem):
                    yield stem, affix

    def _has_beginning(self, word: str, also: str) -> bool:
        """Say whether a word is a beginning and a stem that may take it, and an ending besides."""
        for size in range(1, min(len(word), 9)):
            for affix in self.beginnings.get(word[:size], ()):
                stem = affix.taken + word[size:]
                flags = self.stems.get(stem)
                if affix.condition is not None and not affix.condition.search(stem):
                    continue
                if flags is not None and affix.flag in flags and also in flags:
                    return True
        return False


def is_available() -> bool:
    """Say whether this machine has the dictionary."""
    return stems_file() is not None


@cache
def dictionary() -> Dictionary | None:
    """Return the British dictionary of this machine, read once; None where there is none."""
    found = stems_file()
    return read_dictionary(found) if found else None


@lru_cache(maxsize=20_000)
def is_word(word: str) -> bool:
    """Say whether a word is spelt as in Britain; every word is, where there is no dictionary."""
    small = word.lower().replace("’", "'")
    if small in common_words() or small.removesuffix("'s") in common_words():
        return True
    known = dictionary()
    return known is None or known.knows(word.replace("’", "'"))


@lru_cache(maxsize=20_000)
def is_small_word(word: str) -> bool:
    """Say whether a word is one with a small letter too, and not only a name: "dean", "Zoe" not."""
    small = word.lower().replace("’", "'")
    known = dictionary()
    return small in common_words() or known is None or known.knows(small)


@lru_cache(maxsize=2_000)
def suggestions(word: str) -> tuple[str, ...]:
    """Return words that differ from one by a letter, the likeliest first."""
    known = dictionary()
    if known is None:
        return ()
    small = word.lower().replace("’", "'")
    near = [each for each in dict.fromkeys(_one_letter_off(small)) if known.knows(each)]
    near.sort(key=lambda each: each not in common_words())
    kept = tuple(near[:MOST_SUGGESTIONS])
    return tuple(each.capitalize() for each in kept) if word[:1].isupper() else kept


@cache
def common_words() -> frozenset[str]:
    """Return the words that letters to victims are made of, which need no dictionary."""
    text = files("forthright.rules").joinpath("data/letter_words.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


def stems_file() -> Path | None:
    """Return the file of stems; a setting may name the folder that holds it."""
    named = os.environ.get(SETTING)
    for folder in (named,) if named is not None else FOLDERS:
        found = Path(folder, "en_GB.dic")
        if folder and found.is_file() and found.with_suffix(".aff").is_file():
            return found
    return None


def read_dictionary(stems_file: Path) -> Dictionary:
    """Read a dictionary: stems with their flags, and what may be put before and after them."""
    stems: dict[str, str] = {}
    for line in stems_file.read_text("utf-8-sig").splitlines()[1:]:
        stem, _, flags = line.partition("/")
        stems[stem] = stems.get(stem, "") + flags.split("\t")[0].strip()
    endings: dict[str, list[Affix]] = {}
    beginnings: dict[str, list[Affix]] = {}
    combining: dict[tuple[str, str], bool] = {}
    for line in stems_file.with_suffix(".aff").read_text("utf-8-sig").splitlines():
        fields = line.split()
        if len(fields) < 4 or fields[0] not in ("SFX", "PFX"):
            continue
        kind, flag, taken, added = fields[:4]
        if len(fields) == 4:
            combining[kind, flag] = taken == "Y"
            continue
        added = added.split("/")[0]
        affix = Affix(
            flag,
            "" if taken == "0" else taken,
            added,
            _condition(fields[4], at_end=kind == "SFX"),
            combining.get((kind, flag), False),
        )
        (endings if kind == "SFX" else beginnings).setdefault(added, []).append(affix)
    return Dictionary(
        stems,
        {added: tuple(of) for added, of in endings.items()},
        {added: tuple(of) for added, of in beginnings.items()},
    )


@cache
def _condition(written: str, *, at_end: bool) -> re.Pattern[str] | None:
    if written == ".":
        return None
    return re.compile(f"{written}$" if at_end else f"^{written}")


def _cases(word: str) -> Iterator[str]:
    yield word
    if word[:1].isupper():
        yield word.lower()
        if word.isupper():
            yield word.capitalize()


def _one_letter_off(word: str) -> Iterator[str]:
    """Yield words with two letters changed over, one missing, one added, one other."""
    cuts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    yield from (left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1)
    yield from (left + letter + right for left, right in cuts for letter in LETTERS)
    yield from (left + right[1:] for left, right in cuts if right)
    yield from (left + letter + right[1:] for left, right in cuts if right for letter in LETTERS)
