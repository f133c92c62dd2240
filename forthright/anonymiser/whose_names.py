"""Says whose a name is that several people of a case share: “Mr Doyle” where three are called so.

The longest whole name comes first: “Dean Doyle” is one name, and his who has both. Where several
people have equally much of it, what stands around decides: a greeting and an address are of the
reader, who is “you” everywhere else; a title fits some of them and not others. Where that does not
tell, the name is nobody's in particular, and a person is asked. It is hidden all the same.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from forthright.anonymiser.capital_words import is_ordinary
from forthright.anonymiser.known import Known, KnownPerson, letter_of
from forthright.anonymiser.plain_words import WORD, as_plain
from forthright.anonymiser.record_people import A_TITLE, name_words, run_together, short_words
from forthright.anonymiser.spans import Found, Kind, Layer
from forthright.anonymiser.title_fits import (
    GREETING,
    SEVERAL,
    fitting,
    is_another_of_yours,
    is_by_title_another,
    titled_by_letter,
)
from forthright.anonymiser.titles import TITLE
from forthright.anonymiser.whole_names import WHOLE
from forthright.rules.letter_checks.given_names import given_names

# How a place begins where nobody can tell whose name it is: “a person of that family”.
OF_SEVERAL = "a person of that "
FAMILY, NAME = f"{OF_SEVERAL}family", f"{OF_SEVERAL}name"
BECAUSE = "a name that several people of the case have, or another first name with one of theirs"

BESIDE = re.compile(r"\.?[ \u00a0]{0,2}-?|[ \u00a0]*\n[ \u00a0]*")
TURNED = re.compile(r",[ \u00a0]")
FITS = 60
# How a word is a name of somebody: as it is written, or by a slip or a short form.
EXACT, LIKELY = 2, 1
OWN_LINE = re.compile(
    rf"[ \t]*(?:(?:{TITLE}\.?[ \u00a0]+(?:and|&)[ \u00a0]+)?{TITLE}\.?[ \u00a0]+)?$"
)
TO_YOU = re.compile(rf"(?<!\w)[Yy]ou,?[ \u00a0]+(?:{TITLE}\.?[ \u00a0]+)?$")
ACCUSED = re.compile(r"(?<!\w)(?:R|Rex|Regina|The King|The Crown)\.?[ \u00a0]-?v-?\.?[ \u00a0]$")
AS_SEVERAL = re.compile(r"[ \u00a0](?:famil(?:y|ies)|brothers|sisters|boys|girls|twins|children)\b")
A_FAMILY = re.compile(r"[ \u00a0]famil(?:y|ies)\b")
THE = re.compile(r"(?<!\w)[Tt]he[ \u00a0]+$")
# “Karl” of “Karl Doyle”, who is no Doyle that the record knows.
ANOTHER_FIRST = re.compile(
    r"(?<![\w’'])(?P<it>[A-Z](?:\.|[^\W\d_]+(?:[-’'][^\W\d_]+)*)?)[ \u00a0]?$"
)


@dataclass(frozen=True, slots=True)
class Window:
    """Some words beside one another, and a person who has a name of each of them."""

    first: int
    last: int
    person: KnownPerson
    exact: int
    is_in_order: bool

    @property
    def weight(self) -> tuple[int, int, bool]:
        """Return what makes one name come before another: so many of its words, then its order."""
        return self.exact, self.last - self.first, self.is_in_order


@dataclass(frozen=True, slots=True)
class Nobody:
    """Nobody in particular: all that is known is the family name, or no more than a first name."""

    family: str


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a letter that is a name or stands between two, and the roles that saw it."""

    text: str
    start: int
    end: int
    roles: frozenset[str]

    @property
    def plain(self) -> str:
        """Return it in small letters without accents."""
        return as_plain(self.text)


Whose = KnownPerson | Nobody


def told_apart(text: str, found: Sequence[Found], known: Known) -> list[Found]:
    """Return what was found, each name with the role of whose it is by all that stands around."""
    names = {each for each in found if each.kind is Kind.PERSON and each.layer is Layer.RECORD}
    if not names:
        return list(found)
    known = titled_by_letter(text, known)
    whose: dict[int, Whose] = {}
    for run in _runs(text, _words(text, names)):
        if _is_in_question(text, run, known):
            said = _whose(text, run, known)
            whose |= {word.start: who for word, who in zip(run, said, strict=True)}
    families = _families_of_nobody(whose.values(), known)
    return [_with_role(each, whose, families) if each in names else each for each in found]


def _words(text: str, names: Iterable[Found]) -> list[Word]:
    """Return the words of a letter with the roles that saw each: none of most."""
    seen: dict[int, set[str]] = {}
    words = list(WORD.finditer(text))
    starts = [word.start() for word in words]
    for each in names:
        for number in range(bisect_left(starts, each.start), bisect_left(starts, each.end)):
            seen.setdefault(number, set()).add(each.role)
    return [
        Word(word[0], word.start(), word.end(), frozenset(seen.get(number, ())))
        for number, word in enumerate(words)
    ]


def _runs(text: str, words: Sequence[Word]) -> Iterator[list[Word]]:
    """Yield the names that stand beside one another, with unknown ones that stand between them."""
    run: list[Word] = []
    for word in words:
        is_name = bool(word.roles) or (bool(run) and word.text[0].isupper())
        if run and not (is_name and _is_beside(text, run[-1], word)):
            yield from _ended(run)
            run = []
        if word.roles or (run and is_name):
            run.append(word)
    yield from _ended(run)


def _ended(run: list[Word]) -> Iterator[list[Word]]:
    while run and not run[-1].roles:
        run.pop()
    if run:
        yield run


def _is_beside(text: str, first: Word, second: Word) -> bool:
    between = text[first.end : second.start]
    if "." in between and len(first.text) > 1:
        return False
    return BESIDE.fullmatch(between) is not None or TURNED.fullmatch(between) is not None


def _is_in_question(text: str, run: Sequence[Word], known: Known) -> bool:
    """Say whether several people may be meant, or somebody of whom the record does not know.

    Such have a first name that nobody has, or what stands beside the name fits not the only bearer.
    """
    roles = frozenset[str]().union(*(word.roles for word in run))
    if len(roles) > 1:
        return True
    seen = [word for word in run if word.roles - {""}]
    return any(_is_another(text, word, known) for word in seen) or any(
        _is_somebody_else(text, [word], person)
        for word in seen for person in known.people if _worth(word, person)
    )  # fmt: skip


def _whose(text: str, run: Sequence[Word], known: Known) -> list[Whose]:
    """Return of each word of a run whose name it is."""
    windows = list(_windows(text, run, known))
    if not windows:
        return [_nobody(run, known)] * len(run)
    most = max(each.weight for each in windows)
    best = next(each for each in windows if each.weight == most)
    people = [
        each.person for each in windows
        if each.weight == most and (each.first, each.last) == (best.first, best.last)
    ]  # fmt: skip
    here = run[best.first : best.last + 1]
    who = _decided(text, here, people, known) or _nobody(here, known)
    before, after = run[: best.first], run[best.last + 1 :]
    return [
        *(_whose(text, before, known) if before else []),
        *([who] * len(here)),
        *(_whose(text, after, known) if after else []),
    ]


def _windows(text: str, run: Sequence[Word], known: Known) -> Iterator[Window]:
    for person in known.people:
        worth = [_worth(word, person) for word in run]
        for first in range(len(run)):
            said: set[str] = set()
            for last in range(first, len(run)):
                is_between = first < last and (not run[last].roles or len(run[last].plain) == 1)
                if run[last].plain in said or not (worth[last] or is_between) or not worth[first]:
                    break
                said.add(run[last].plain)
                here = run[first : last + 1]
                is_in_order = _is_in_order(text, here, person)
                if worth[last] and (all(worth[first : last + 1]) or is_in_order):
                    exact = sum(each == EXACT for each in worth[first : last + 1])
                    yield Window(first, last, person, exact, is_in_order)


def _worth(word: Word, person: KnownPerson) -> int:
    """Say whether a word is a name of somebody as it is written, a likely form, or none."""
    if ("" if person.is_elsewhere else person.role) not in word.roles:
        return 0
    if len(word.plain) == 1:
        return EXACT if word.plain in _initials(person) else 0
    is_exact = word.plain in name_words(person) or word.plain in run_together(person)
    return EXACT if is_exact else LIKELY


def _initials(person: KnownPerson) -> set[str]:
    return {each[0] for name in (person.given, *person.also) for each in _plain(name) if each}


def _is_in_order(text: str, words: Sequence[Word], person: KnownPerson) -> bool:
    """Say whether words stand on one line as names do, the family's last."""
    between = text[words[0].start : words[-1].end]
    is_last = len(words) == 1 or words[-1].plain in _plain(person.family)
    return is_last and "\n" not in between and "," not in between


def _decided(
    text: str, words: Sequence[Word], people: Sequence[KnownPerson], known: Known
) -> KnownPerson | None:
    """Return who of several is meant by what stands around; nobody where that does not tell."""
    start, end = words[0].start, words[-1].end
    before, after = text[max(0, start - FITS) : start], text[end : end + FITS]
    people = _once(people)
    reader = next((each for each in people if each.is_reader), None)
    if reader and (_is_greeted(text, start) or TO_YOU.search(before)):
        return reader
    is_lone = all(word.plain in _plain(each.family) for word in words for each in people)
    if is_lone and _is_another(text, words[0], known):
        return None
    if len(people) == 1:
        [only] = people
        is_else = not _is_whole(words, only) and _is_somebody_else(text, words, only)
        return None if is_else else only
    if SEVERAL.search(before) or AS_SEVERAL.match(after) or _is_plural(words, people):
        return None
    if ACCUSED.search(before):
        people = [each for each in people if each.is_party]
    fit = fitting(text, start, end, people)
    return fit[0] if len(fit) == 1 else None


def _is_somebody_else(text: str, words: Sequence[Word], only: KnownPerson) -> bool:
    """Say whether a name is not of the only one known who has it, by what stands beside it."""
    if only.is_elsewhere:
        return False
    start, end = words[0].start, words[-1].end
    before, after = text[max(0, start - FITS) : start], text[end : end + FITS]
    if is_by_title_another(text, start, only):
        return True
    if THE.search(before) and words[-1].text[0].isupper() and _is_plural(words, [only]):
        return True
    if words[-1].plain in _given_words(only):
        return False
    # “the Osei family” is of the only one known, “the Osei brothers” are more of them.
    is_more = AS_SEVERAL.match(after) is not None and A_FAMILY.match(after) is None
    is_yours = only.is_reader and is_another_of_yours(text, start, end)
    return is_more or is_yours or SEVERAL.search(before) is not None


def _is_whole(words: Sequence[Word], person: KnownPerson) -> bool:
    """Say whether a given name stands with the family's, which no title beside it gainsays."""
    said = {word.plain for word in words}
    is_both = any(len(each) > 1 for each in said & _given_words(person)) and not said.isdisjoint(
        _plain(person.family)
    )
    return is_both or not said.isdisjoint(run_together(person))


def _given_words(person: KnownPerson) -> set[str]:
    """Return what somebody is called by beside their family's name, in short too."""
    also = {each for name in (person.given, *person.also) for each in _plain(name)}
    return (also | set(short_words(person))) - set(_plain(person.family))


def _once(people: Iterable[KnownPerson]) -> list[KnownPerson]:
    """Return those of the case who can be told from one another; if there are none, all.

    Of one whole name two people of the case are two, and a colleague of that name is listed twice.
    """
    kept: dict[tuple[str, ...], list[KnownPerson]] = {}
    rank = sorted(people, key=lambda each: (each.is_elsewhere, not each.is_party))
    for each in rank:
        of_one = kept.setdefault((*_plain(each.given), "", *_plain(each.family)), [])
        if not of_one or (each.is_party and not each.is_elsewhere):
            of_one.append(each)
    # What the record says now comes first of one person, before what it said once.
    named = {each.role: each for of_one in reversed(kept.values()) for each in reversed(of_one)}
    of_case = [each for each in named.values() if not each.is_elsewhere]
    return of_case or list(named.values())


def _is_greeted(text: str, start: int) -> bool:
    """Say whether a name stands in the greeting, or on a line of its own above it."""
    greeting = GREETING.search(text)
    if greeting is None or start >= greeting.end():
        return False
    line = text.rfind("\n", 0, start) + 1
    return start >= greeting.start() or OWN_LINE.fullmatch(text[line:start]) is not None


def _is_plural(words: Sequence[Word], people: Iterable[KnownPerson]) -> bool:
    """Say whether a family is meant: “the Doyles”."""
    families = {name for each in people for name in _plain(each.family)}
    last = words[-1].plain
    is_more = last.removesuffix("s") in families or last.removesuffix("es") in families
    return is_more and last not in families


def _is_another(text: str, word: Word, known: Known) -> bool:
    """Say whether a first name that nobody of the case has stands before a family name."""
    first = ANOTHER_FIRST.search(text, max(0, word.start - FITS), word.start)
    if first is None or A_TITLE.fullmatch(first["it"]):
        return False
    plain = as_plain(first["it"].strip("."))
    bearers = [
        each for each in known.people if word.plain in _plain(each.family) and not each.is_elsewhere
    ]
    # Of whom no first name is known, this may be it.
    if not bearers or any(not each.given for each in bearers):
        return False
    if len(plain) == 1:
        is_letter = "." in first["it"] or plain not in {"a", "i"}
        return is_letter and all(plain not in _initials(each) for each in bearers)
    if any(plain in name_words(each) or plain in short_words(each) for each in bearers):
        return False
    return plain in given_names() or not is_ordinary(first["it"])


def _nobody(words: Sequence[Word], known: Known) -> Nobody:
    """Return whose family it is where a family's name stands; of a first name alone nobody's."""
    families = {name for each in known.people for name in _plain(each.family)}
    for word in reversed(words):
        for said in (word.plain, word.plain.removesuffix("s"), word.plain.removesuffix("es")):
            if said in families:
                return Nobody(said)
    return Nobody("")


def _families_of_nobody(whose: Iterable[Whose], known: Known) -> dict[str, str]:
    """Return what stands for each family of which nobody can tell who is meant."""
    here = {each.family for each in whose if isinstance(each, Nobody) and each.family}
    order = dict.fromkeys(name for each in known.people for name in _plain(each.family))
    held = [each for each in order if each in here]
    if len(held) == 1:
        return {held[0]: FAMILY}
    return {each: f"{FAMILY} {letter_of(number)}" for number, each in enumerate(held)}


def _plain(name: str) -> list[str]:
    return [as_plain(word) for word in WORD.findall(name.replace("-", " "))]


def _with_role(found: Found, whose: dict[int, Whose], families: dict[str, str]) -> Found:
    """Return a find with the role of whose its last word is."""
    starts = [start for start in whose if found.start <= start < found.end]
    if not starts:
        return found
    who = whose[max(starts)]
    if isinstance(who, Nobody):
        return replace(found, role=families.get(who.family, NAME), because=BECAUSE)
    if who.is_elsewhere:
        return replace(found, role="", because=WHOLE)
    return replace(found, role=who.role, because=f"a name of {who.told_as}")
