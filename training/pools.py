"""Names, towns and other words that made-up letters are filled with."""

import random
from dataclasses import dataclass
from pathlib import Path

NAMES = Path(__file__).parent / "names"
ONSETS = [
    "b",
    "br",
    "c",
    "ch",
    "d",
    "dr",
    "f",
    "g",
    "gr",
    "h",
    "j",
    "k",
    "kh",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "sh",
    "st",
    "t",
    "th",
    "tr",
    "v",
    "w",
    "y",
    "z",
    "mb",
    "nk",
]
VOWELS = ["a", "e", "i", "o", "u", "ai", "ee", "oo", "ou", "ia"]
CODAS = ["", "", "n", "r", "l", "s", "ck", "th", "m", "nd", "rt", "ng", "sk"]
SMALL = {"van", "der", "den", "de", "del", "dela", "la", "of", "the", "upon", "under", "on", "in",
         "and", "le", "c", "e", "y", "en"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pools:
    """The words that one set of letters draws from; two sets share none of their names."""

    family: tuple[str, ...]
    female: tuple[str, ...]
    male: tuple[str, ...]
    places: dict[str, tuple[str, ...]]


def pools_of(prefix: str, folder: Path = NAMES) -> Pools:
    """Return the words of the files that begin with a prefix, "train" or "measure"."""
    family = [
        word.replace("_", " ")
        for line in _lines(folder / f"{prefix}_family.txt")
        for word in line.split()
    ]
    given: dict[str, list[str]] = {}
    for line in _lines(folder / f"{prefix}_given.txt"):
        sex, _, names = line.partition(":")
        given.setdefault(sex, []).extend(word.replace("_", " ") for word in names.split())
    places = {}
    for line in _lines(folder / f"{prefix}_places.txt"):
        kind, _, names = line.partition(":")
        places[kind] = tuple(each.strip() for each in names.split("|"))
    return Pools(tuple(family), tuple(given["f"]), tuple(given["m"]), places)


def _lines(path: Path) -> list[str]:
    lines = path.read_text("utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def capitals(words: str) -> str:
    """Write a name with its capitals: "van der Merwe", "O’Brien", "McLean", "Al-Hassan"."""
    written = []
    for number, word in enumerate(words.split(" ")):
        if word in SMALL and (number or word in {"van", "de", "del", "dela"}):
            written.append(word)
        else:
            written.append("-".join(_capital(part) for part in word.split("-")))
    return " ".join(written)


def _capital(word: str) -> str:
    for start in ("o'", "mc", "mac"):
        rest = word[len(start) :]
        if word.startswith(start) and len(rest) > 3 and (start != "mac" or word in MACS):
            return start.capitalize() + rest.capitalize()
    return word[:1].upper() + word[1:]


MACS = {"macdonald", "mackenzie", "macleod", "macpherson", "macfarlane"}


def made_up_name(chance: random.Random) -> str:
    """Return a name of no language, so that a name need not be known to be seen as one."""
    syllables = (
        chance.choice(ONSETS) + chance.choice(VOWELS) + chance.choice(CODAS)
        for _ in range(chance.choice((1, 2, 2, 2, 3, 3)))
    )
    return "".join(syllables)
