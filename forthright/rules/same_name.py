"""Whether somebody's full name may be that of a person whom a record knows."""

import re
import unicodedata
from collections.abc import Iterable

WORDS = re.compile(r"[^\W\d_]+")


def may_be(full_name: str, given: str, family: str, also: Iterable[str] = ()) -> bool:
    """Say whether a full name ends in a family name and shares a given name or an initial with it.

    Where either has no given name the family name alone is enough. Accents, capitals and hyphens
    do not tell two apart.
    """
    names, family_names = _words(full_name), _words(family)
    if any(len(whole) > 1 and names == whole for whole in map(_words, also)):
        return True
    if not family_names or names[-len(family_names) :] != family_names:
        return False
    mine, theirs = names[: -len(family_names)], _words(given)
    return not mine or not theirs or any(_is_same(a, b) for a in mine for b in theirs)


def _is_same(name: str, other: str) -> bool:
    return name == other or (1 in (len(name), len(other)) and name[0] == other[0])


def _words(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.casefold())
    return WORDS.findall("".join(each for each in plain if not unicodedata.combining(each)))
