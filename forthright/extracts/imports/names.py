"""Reads people's names, and finds units and drafters of the Area by theirs."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from forthright.accounts.models import Area, Unit, User
from forthright.extracts.imports.values import NotReadable
from forthright.rules.words import list_words

TITLES = {"mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "lady", "rev",
          "reverend", "master", "dame", "lord", "pc", "dc"}  # fmt: skip
APART = re.compile(r"[\W_]+")
UNIT_WORDS = {
    Unit.Kind.MAGISTRATES: ("magistrates", "magistrates court", "mags", "mc", "magistrates unit"),
    Unit.Kind.CROWN_COURT: ("crown court", "crown", "cc", "crown court unit"),
    Unit.Kind.RASSO: ("rasso", "rape and serious sexual offences", "rasso unit"),
    Unit.Kind.CCU: ("ccu", "complex casework unit", "complex casework"),
    Unit.Kind.FRAUD: ("fraud", "fraud unit", "economic crime"),
    Unit.Kind.VLU: ("vlu", "victim liaison unit"),
}


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name in its parts."""

    title: str = ""
    given_names: str = ""
    family_name: str = ""


def plain_name(text: str) -> str:
    """Return a name without case, accents, stops or doubled spaces, to compare by."""
    letters = unicodedata.normalize("NFKD", text.casefold().replace("'", "").replace("’", ""))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return APART.sub(" ", bare).strip() or text.strip()


def read_name(written: str) -> Name:
    """Read a whole name: "Ms Jane Smith" or "SMITH, Jane"."""
    before, comma, after = written.partition(",")
    words = (after if comma else before).split()
    title = ""
    if words and words[0].lower().rstrip(".") in TITLES:
        title, words = words[0].rstrip("."), words[1:]
    if comma:
        family = before.split()
        if family and family[0].lower().rstrip(".") in TITLES and len(family) > 1:
            title, family = family[0].rstrip("."), family[1:]
        return Name(title, " ".join(words), " ".join(family))
    if not words:
        return Name("", "", written.strip())
    return Name(title, " ".join(words[:-1]), words[-1])


@dataclass
class Units:
    """The units of an Area, by every way they are written."""

    by_words: dict[str, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    area: str = ""

    def find(self, written: str) -> int:
        """Return the unit that a name means.

        :raises NotReadable: if there is none in the Area, with the nearest and the whole list
        """
        words = plain_name(written)
        shorter = words.removeprefix(plain_name(self.area)).strip()
        for candidate in (words, shorter, shorter.removesuffix(" unit")):
            if candidate in self.by_words:
                return self.by_words[candidate]
        near = process.extractOne(words, self.names, scorer=fuzz.WRatio, score_cutoff=60)
        raise NotReadable(
            f"{self.area} has no unit called “{written[:60]}”.",
            (f"Did you mean {near[0]}? " if near else "")
            + f"The units are {list_words(self.names)}.",
        )


def units_of(area: Area) -> Units:
    """Return the units of an Area by name; by kind too, where the Area has only one of it."""
    units = list(area.own_units)
    kinds = Counter(unit.kind for unit in units)
    found = Units(names=[unit.name for unit in units], area=area.name)
    for unit in units:
        if kinds[unit.kind] == 1:
            for words in UNIT_WORDS.get(Unit.Kind(unit.kind), ()):
                found.by_words.setdefault(words, unit.pk)
    for unit in units:
        words = plain_name(unit.name)
        found.by_words[words] = unit.pk
        found.by_words[words.removeprefix(plain_name(area.name)).strip() or words] = unit.pk
    return found


@dataclass
class People:
    """The people of an Area who have accounts, by e-mail address and by full name."""

    by_email: dict[str, int]
    by_name: dict[str, int]

    def find(self, written: str) -> int | None:
        """Return the account that a name or address means, or None; two of a name mean nobody."""
        found = self.by_email.get(written.strip().lower())
        if found is None:
            name = read_name(written)
            for words in (written, f"{name.given_names} {name.family_name}"):
                found = found or self.by_name.get(plain_name(words))
        return found


def people_of(area: Area) -> People:
    """Return the people of an Area who have accounts."""
    rows = list(User.objects.filter(area=area).values_list("pk", "email", "full_name"))
    counts = Counter(plain_name(name) for _, _, name in rows)
    return People(
        by_email={email.lower(): pk for pk, email, _ in rows},
        by_name={plain_name(name): pk for pk, _, name in rows if counts[plain_name(name)] == 1},
    )


def unique(names: Iterable[str]) -> list[str]:
    """Return names in order, each once."""
    return list(dict.fromkeys(names))
