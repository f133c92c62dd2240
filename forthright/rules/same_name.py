"""Whether somebody's full name may be that of a person whom a record knows."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from itertools import pairwise

WORDS = re.compile(r"[^\W\d_]+")
APOSTROPHES = str.maketrans("", "", "'’ʼ`´")
# Those that do not fall apart into a letter and its accent.
LETTERS_TOO = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe"})
# What stands before or behind a name and is none.
NO_NAMES = {
    "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "lady",
    "rev", "revd", "reverend", "pc", "dc", "sgt", "hhj", "mbe", "obe", "cbe", "kbe", "dbe", "kc",
    "qc", "jp", "dl", "phd", "md", "bsc", "msc", "llb", "llm", "bem", "qpm", "kpm", "jnr",
    "junior", "snr", "senior", "esq",
}  # fmt: skip
# Of these many family names are made, so that one alone says nothing.
SMALL = {"al", "el", "ul", "ur", "bin", "ibn", "bint", "de", "da", "do", "dos", "del", "della",
         "di", "du", "la", "le", "van", "von", "der"}  # fmt: skip
# From so many letters on, one letter more, less or other is another spelling of the same name.
LEAST_SPELT = 5
Forms = Callable[[str], Collection[str]]


def _none(_: str) -> Collection[str]:
    return ()


def may_be(
    full_name: str, given: str, family: str, also: Iterable[str] = (), *, forms: Forms = _none
) -> bool:
    """Say whether a full name shares a part of a family name and a given name or initial with it.

    Where either has no given name the family name alone is enough, if it stands last. `forms`
    returns what somebody of a given name may be called besides, and what a short form stands for.
    Accents, capitals, hyphens, titles, letters behind a name and the order do not tell two apart.
    """
    called = [_words(each) for each in also]
    names, theirs = _named(full_name), _named(given)
    if any(len(each) > 1 and each in (names, _words(full_name)) for each in called):
        return True
    # One word that they go by stands for a given name.
    theirs += [each[0] for each in called if len(each) == 1 and theirs]
    for part in _parts_of_family(family):
        for place, name in enumerate(names):
            if not _is_spelt(name, part):
                continue
            mine = names[:place] + names[place + 1 :]
            if not mine or not theirs:
                is_last = place >= len(names) - _length_of_last(full_name)
                if is_last:
                    return True
            elif any(_is_same(a, b, forms) for a in mine for b in theirs):
                return True
    return False


def _parts_of_family(family: str) -> list[str]:
    parts = _named(family)
    return [each for each in parts if len(each) > 1 and each not in SMALL] or parts[-1:]


def _length_of_last(full_name: str) -> int:
    """Return how many words the last part of a name has: two of “Quartermaine-Hall”."""
    parts = [each for each in map(_named, full_name.split()) if each]
    return len(parts[-1]) if parts else 0


def _is_same(name: str, other: str, forms: Forms) -> bool:
    mine, theirs = {name, *forms(name)}, {other, *forms(other)}
    if 1 in (len(name), len(other)):
        return bool({each[0] for each in mine} & {each[0] for each in theirs})
    return bool(mine & theirs) or _is_spelt(name, other)


def _is_spelt(name: str, other: str) -> bool:
    """Say whether two names are one, or but a letter apart where they are long enough."""
    if name == other:
        return True
    short, long = sorted((name, other), key=len)
    if len(short) < LEAST_SPELT or len(long) - len(short) > 1 or short[0] != long[0]:
        return False
    if len(short) < len(long):
        return any(long[:place] + long[place + 1 :] == short for place in range(len(long)))
    differ = [place for place, (a, b) in enumerate(zip(short, long, strict=True)) if a != b]
    is_turned = any(
        after == before + 1 and short[before] == long[after] and short[after] == long[before]
        for before, after in pairwise(differ)
    )
    return len(differ) == 1 or (len(differ) == 2 and is_turned)


def _named(name: str) -> list[str]:
    """Return the words of a name without titles; of one that is nothing else, all."""
    words = _words(name)
    return [each for each in words if each not in NO_NAMES] or words


def _words(name: str) -> list[str]:
    plain = name.casefold().translate(APOSTROPHES).translate(LETTERS_TOO)
    split = unicodedata.normalize("NFKD", plain)
    return WORDS.findall("".join(each for each in split if not unicodedata.combining(each)))
