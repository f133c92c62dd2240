"""By which letter somebody or something is known whom the record does not know: “[person A]”.

Two people of one letter never have the same words, nor two places or firms. What says what
somebody or something is, as “Mr”, “The” or “Hospital”, is no name; of a name that is told in part
whoever has it is meant where they alone do.
"""

import re
from dataclasses import dataclass, field

from forthright.anonymiser.capital_words import listed
from forthright.anonymiser.known import letter_of
from forthright.anonymiser.plain_words import as_plain
from forthright.anonymiser.reading import as_compared
from forthright.anonymiser.short_names import short_forms
from forthright.anonymiser.spans import Kind
from forthright.anonymiser.title_fits import FEMALE, FITS, MALE, SEVERAL, title_before
from forthright.anonymiser.titles import GO_ON, JUDGE, RANK, TITLE

NAME = re.compile(r"[^\W\d_][\w’'-]+")
# Before a name, and not instead of one: “Lord” alone is somebody.
TITLES = re.compile(rf"(?:(?:{RANK}|{JUDGE}|(?i:{TITLE}))(?!\w)\.?\s*(?:(?:and|&)\s+)?)+(?=[^\W_])")
JOINING = GO_ON | {"st", "ste", "saint", "upon", "under"}
# With one of these a place is another: “New York”.
ANOTHER = frozenset(
    {"new", "old", "north", "south", "east", "west", "upper", "lower", "great", "little"}
)


@dataclass(frozen=True, slots=True)
class Said:
    """What a place of a letter calls somebody or something by."""

    names: frozenset[str]
    what: frozenset[str] = frozenset()
    title: str = ""
    apart: frozenset[str] = frozenset()

    def fits(self, other: "Said") -> bool:
        """Say whether both may be one: the names of one are names of the other too."""
        is_part = _are_of(self.names, other.names) or _are_of(other.names, self.names)
        is_alike = self.what <= other.what or other.what <= self.what
        are_titles_alike = not (self.title and other.title) or self.title == other.title
        return is_part and is_alike and are_titles_alike and self.apart == other.apart

    def with_more(self, other: "Said") -> "Said":
        """Return what is told by both."""
        title = self.title or other.title
        return Said(self.names | other.names, self.what | other.what, title, self.apart)


@dataclass(slots=True)
class Lettered:
    """Those of one letter whom its record does not know, in the order in which it names them."""

    people: dict[Kind, list[Said]] = field(default_factory=dict)
    letters: dict[tuple[Kind, Said], str] = field(default_factory=dict)

    def letter_of(self, text: str, start: int, end: int, kind: Kind) -> str:
        """Return the letter of whoever or whatever stands at a place."""
        said = _said(text, start, end, kind)
        if (kind, said) not in self.letters:
            self.letters[kind, said] = letter_of(self._number(kind, said))
        return self.letters[kind, said]

    def _number(self, kind: Kind, said: Said) -> int:
        people = self.people.setdefault(kind, [])
        fitting = [number for number, each in enumerate(people) if each.fits(said)]
        most = max((_alike(people[each], said) for each in fitting), default=0)
        best = [each for each in fitting if _alike(people[each], said) == most]
        if len(best) != 1:
            people.append(said)
            return len(people) - 1
        people[best[0]] = people[best[0]].with_more(said)
        return best[0]


def _are_of(some: frozenset[str], names: frozenset[str]) -> bool:
    """Say whether names are among others, also as a short form: “Bob Khan”, “Robert Khan”."""
    return all(each in names or short_forms(each) & names for each in some)


def _alike(one: Said, other: Said) -> int:
    return len(one.names & other.names)


def _said(text: str, start: int, end: int, kind: Kind) -> Said:
    titled = TITLES.match(text, start, end) if kind is Kind.PERSON else None
    first = titled.end() if titled else start
    words = [as_plain(each) for each in NAME.findall(as_compared(text[first:end]))]
    if kind is Kind.PERSON:
        return Said(frozenset(words or [text[first:end]]), title=_title(text, first))
    whole = frozenset(words) - JOINING or frozenset(words or [text[start:end]])
    what = whole & (listed("establishments") | listed("streets"))
    apart = whole & ANOTHER
    return Said(whole - what, what, apart=apart) if whole - what else Said(whole, apart=apart)


def _title(text: str, start: int) -> str:
    """Return whether a title before a name is of a man, of a woman or of several."""
    if SEVERAL.search(text, max(0, start - FITS), start):
        return "several"
    title = title_before(text, start)
    return "man" if title in MALE else "woman" if title in FEMALE else ""
