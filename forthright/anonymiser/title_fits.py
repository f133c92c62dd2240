"""Says whom what stands beside a name fits: “Mrs Doyle” is no Mr, and “your husband” is not you.

A title fits by the title and by “he” and “she” that the record has of somebody. Of whom it has
neither, the letter's own words may tell: “Dear Ms Osei”, “Mr Dean Doyle”.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from forthright.anonymiser.known import Known, KnownPerson
from forthright.anonymiser.titles import JUDGE, RANK, RELATION, TITLE

BLANKS = r"[ \u00a0]+"
GAP = rf"(?:{BLANKS}|[ \u00a0]*\n[ \u00a0]*)"
INITIALS = r"(?:[^\W\d_a-zß-öø-ÿ](?:\.[ \u00a0]?|[ \u00a0])){0,3}"
# A rank that ends a line is a job beneath a signature, and not the rank of the name below it.
TITLES = re.compile(
    rf"(?<!\w)(?:(?P<work>{JUDGE}|{RANK})\.?{BLANKS}(?:\(?\d{{1,6}}\)?,?{BLANKS})?"
    rf"|(?P<it>{TITLE})\.?{GAP}){INITIALS}$"
)
SEVERAL = re.compile(
    rf"(?<!\w)(?:{TITLE}\.?{GAP}{INITIALS}(?:and|&){GAP}{TITLE}|Messrs)\.?{GAP}{INITIALS}$"
)
GREETING = re.compile(
    r"^[ \t]*(?:Dear|Hello|Hi|Annwyl|Good (?:morning|afternoon|evening))\b"
    r"(?:[^\n.]|(?<=\b[A-Z][a-z])\.|(?<=\bMrs)\.|(?<=\b[A-Z])\.)*$",
    re.MULTILINE,
)
# “your late husband, Mr ” before a name, and “, your brother’s wife” after it.
WHOSE = rf"{GAP}(?:[\w’'-]+{GAP}){{0,2}}?{RELATION}"
BEFORE = rf"{WHOSE},?{GAP}(?:{TITLE}\.?{GAP})?{INITIALS}$"
AFTER = rf"(?:,{GAP}|{GAP}\(|,?{GAP}(?:who{GAP})?(?:is|was){GAP})"
YOURS = (re.compile(rf"(?<!\w)[Yy]our{BEFORE}"), re.compile(rf"{AFTER}your{WHOSE}(?![\w’'-])"))
THEIRS = (
    re.compile(rf"(?<!\w)(?:[Hh]is|[Hh]er|[Tt]heir){BEFORE}"),
    re.compile(rf"{AFTER}(?:his|her|their){WHOSE}(?![\w’'-])"),
)
MALE = frozenset({"mr", "sir", "lord", "master", "fr", "father", "imam"})
FEMALE = frozenset({"mrs", "ms", "miss", "lady", "dame", "sister"})
OF_GROWN = frozenset({"mr", "mrs", "sir", "lord", "lady", "dame"})
# “PC” and “Judge”, which somebody whom the record calls Mr is not, unless they work in the case.
OF_WORK = "work"
FITS = 60


def title_before(text: str, start: int) -> str:
    """Return the title that stands before a name, in small letters; nothing where none does."""
    found = TITLES.search(text, max(0, start - FITS), start)
    if found is None:
        return ""
    return OF_WORK if found["work"] else found["it"].lower()


def is_told(person: KnownPerson) -> bool:
    """Say whether a title or pronouns are known of somebody."""
    return bool(person.title or person.pronouns)


def may_be(person: KnownPerson, said: str) -> bool:
    """Say whether somebody may be called by a title, by their own and by “he” and “she”."""
    own = _own(person)
    if said == OF_WORK:
        works = not person.is_party or "officer" in person.role or "judge" in person.role
        return works or own not in MALE | FEMALE
    is_he = own in MALE or person.pronouns == "HE"
    is_she = own in FEMALE or person.pronouns == "SHE"
    if (said in MALE and is_she) or (said in FEMALE and is_he):
        return False
    # Whoever is “Ms” may be “Mrs” or “Miss” elsewhere, but no Mrs is a Miss.
    if {own, said} == {"mrs", "miss"} or ("mx" in {own, said} and {own, said} & (MALE | FEMALE)):
        return False
    return not (person.is_child and said in OF_GROWN)


def is_by_title_another(text: str, start: int, only: KnownPerson) -> bool:
    """Say whether the title before a name fits not even the only one known who has that name."""
    said = title_before(text, start)
    if not said:
        return False
    is_torn = not is_told(only) and said in MALE | FEMALE and _is_torn(text, only.family)
    return is_torn or not may_be(only, said)


def is_another_of_yours(text: str, start: int, end: int) -> bool:
    """Say whether a name is called somebody of the reader's, who is never the reader."""
    return _is_beside(YOURS, text, start, end)


def fitting(text: str, start: int, end: int, people: Sequence[KnownPerson]) -> list[KnownPerson]:
    """Return those of several people of a name whom what stands beside it fits.

    The reader is “you”, and is nobody in the third person but where a title is theirs and fits
    nobody else of whom anything is known.
    """
    said = title_before(text, start)
    fit = _by_title([each for each in people if not each.is_reader], said)
    reader = next((each for each in people if each.is_reader), None)
    if reader is None or not (said and is_told(reader) and may_be(reader, said)):
        return fit
    if any(is_told(each) for each in fit):
        return fit
    is_own, is_yours = said == _own(reader), is_another_of_yours(text, start, end)
    if any(each.is_child for each in fit):
        return fit if is_yours or not is_own else []
    return [reader] if is_own and not (is_yours or _is_beside(THEIRS, text, start, end)) else []


def _by_title(people: list[KnownPerson], said: str) -> list[KnownPerson]:
    """Return those whom a title before a name fits; all where there is none."""
    if not said:
        return people
    fit = [each for each in people if may_be(each, said)]
    own = [each for each in fit if _own(each) == said]
    # A mother is “Mrs” and her daughter “Miss”, but whoever has no title may be called by any.
    return own if own and all(each.title for each in fit) else fit


def _own(person: KnownPerson) -> str:
    return person.title.lower().strip(".")


def _is_beside(shapes: tuple[re.Pattern[str], re.Pattern[str]], text: str, start: int,
               end: int) -> bool:  # fmt: skip
    before, after = shapes
    is_before = before.search(text, max(0, start - FITS), start) is not None
    return is_before or after.match(text, end) is not None


def titled_by_letter(text: str, known: Known) -> Known:
    """Return what is known with the title by which a letter greets or names who has none."""
    people = tuple(
        replace(each, title=title)
        if not each.is_elsewhere and not is_told(each) and (title := _title_in(text, each))
        else each
        for each in known.people
    )
    return replace(known, people=people)


def _title_in(text: str, person: KnownPerson) -> str:
    """Return the one title by which somebody's whole name, or the reader in a greeting, goes."""
    said = _titles_of(text, rf"{_as_shape(person.given)}{GAP}(?:\w+{GAP})?", person.family)
    greeting = GREETING.search(text) if person.is_reader else None
    if greeting:
        said |= _titles_of(greeting[0], INITIALS, person.family)
    return said.pop() if len(said) == 1 else ""


@lru_cache(maxsize=500)
def _is_torn(text: str, family: str) -> bool:
    """Say whether a letter calls by one family name both a man and a woman."""
    said = _titles_of(text, INITIALS, family)
    return "" in said or bool(said & MALE and said & FEMALE)


def _titles_of(text: str, between: str, family: str) -> set[str]:
    """Return the titles before a family’s name in small letters; “” of “Mr and Mrs”."""
    shape = rf"(?<!\w)(?P<it>{TITLE})\.?{GAP}{between}{_as_shape(family)}(?!\w)"
    found = re.finditer(shape, text)
    return {"" if _is_of_couple(text, each) else each["it"].lower() for each in found}


def _is_of_couple(text: str, title: re.Match[str]) -> bool:
    return SEVERAL.search(f"{text[max(0, title.start() - FITS) : title.end('it')]} ") is not None


def _as_shape(name: str) -> str:
    words = [re.escape(each) for each in name.split()]
    return rf"(?i:{'[ -]+'.join(words)})" if words else r"(?!)"
