"""The people of a case as a letter may name them, and where it does."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from forthright.rules.case_file import AccusedStatus, CaseFile, PersonName
from forthright.rules.letter_checks.name_words import PLACES, SAINTS, TITLES, is_also_word
from forthright.rules.letter_checks.text import POSSESSIVE, WORD, LetterText, key_of

# Middle names that may stand between the two names by which somebody is known.
MOST_MIDDLE = 2
BETWEEN_NAMES = re.compile(r"\.?[ \u00a0]+|[ \u00a0]*\n[ \u00a0]*")
SAME_TITLES = {"reverend": "rev", "parchedig": "rev", "barchedig": "rev", "professor": "prof"}


class Form(StrEnum):
    """How a person is named, from the surest to the least sure."""

    FULL = "FULL"
    TITLED = "TITLED"
    FAMILY = "FAMILY"
    GIVEN = "GIVEN"


@dataclass(frozen=True, slots=True)
class Mention:
    """A place where a letter names a person; `title` is the title written before the name."""

    start: int
    end: int
    form: Form
    title: str = ""


def title_key(title: str) -> str:
    """Return a title in small letters and in one of the forms it is written in."""
    small = title.lower().strip(".")
    return SAME_TITLES.get(small, small)


@lru_cache(maxsize=4096)
def words_of_name(name: str) -> tuple[str, ...]:
    """Return the words of a name in small letters, with straight apostrophes."""
    return tuple(key_of(each) for each in WORD.findall(name))


def full_name(person: PersonName) -> str:
    """Return the given and family name of a person."""
    return f"{person.given_names} {person.family_name}".strip()


def formal_name(person: PersonName) -> str:
    """Return how a letter names a person: "Mr Hollis", or the full name where no title is known."""
    return f"{person.title} {person.family_name}" if person.title else full_name(person)


def may_be_named(case: CaseFile) -> list[PersonName]:
    """Return everybody whose name the letter may hold."""
    people: list[PersonName] = [case.recipient, *case.accused]
    people += [case.recipient.about] if case.recipient.about else []
    return people + [each for each in case.others if each.may_be_named]


def names_of(case: CaseFile) -> tuple[str, ...]:
    """Return the names and places of a case, which are one word whatever stands in them."""
    people = [*may_be_named(case), *case.others]
    names = [full_name(each) for each in people] + [each.family_name for each in people]
    names += [each.name for each in case.area.staff] + list(case.places)
    return tuple(dict.fromkeys(each for each in names if each))


@lru_cache(maxsize=512)
def _tokens(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(word for name in names for word in words_of_name(name))


def known_words(case: CaseFile) -> frozenset[str]:
    """Return the words of every name and place that the letter may hold."""
    area = case.area
    names = [*_names_that_may_stand(case), *(each.title for each in may_be_named(case))]
    names += [*case.recipient.address, area.name, case.unit, *case.places]
    names += [case.court.name if case.court else ""]
    names += [each.value for each in area.contacts]
    return _tokens(tuple(names))


def known_people(case: CaseFile) -> tuple[frozenset[str], ...]:
    """Return the words of each name that the letter may hold, name by name."""
    return tuple(frozenset(words_of_name(each)) for each in _names_that_may_stand(case))


def _names_that_may_stand(case: CaseFile) -> list[str]:
    area, reader = case.area, case.recipient
    names = [part for each in may_be_named(case)
             for part in (full_name(each), *each.also_known_as)]  # fmt: skip
    names += [f"{reader.preferred_name} {reader.family_name}", reader.adviser]
    names += [each.name for each in area.staff] + [each.name for each in area.support]
    names += [each.words for each in area.contacts]
    return [*names, case.letter.signatory, case.letter.contact_name]


def mentions(letter: LetterText, person: PersonName) -> Iterator[Mention]:
    """Yield where a letter names a person, in any form, once for each place."""
    family = words_of_name(person.family_name)
    given = words_of_name(person.given_names)
    taken: set[int] = set()
    for first in _places(letter, family):
        mention = _family_mention(letter, first, first + len(family), given)
        if mention is not None:
            taken.add(mention.start)
            yield mention
    for alias in person.also_known_as:
        words = words_of_name(alias)
        for first in _places(letter, words):
            yield _mention(letter, first, first + len(words), Form.FULL)
    for first in _places(letter, given[:1]):
        place = letter.words[first].start
        if place not in taken and _is_given_name(letter, first):
            yield _mention(letter, first, first + 1, Form.GIVEN)


def full_mentions(letter: LetterText, person: PersonName) -> Iterator[Mention]:
    """Yield where a given name and the family name stand together, whatever middle name between.

    That is "Grace Okafor", "Grace Ann Okafor" and "Grace A. Okafor".
    """
    family = words_of_name(person.family_name)
    given = words_of_name(person.given_names)[:1]
    for first in _places(letter, family) if given else ():
        for before in range(first - 1, max(first - 2 - MOST_MIDDLE, -1), -1):
            if not _is_one_name(letter, before):
                break
            if _is_part(letter.words[before].text, given):
                yield _mention(letter, before, first + len(family), Form.FULL)
                break


def _is_part(word: str, names: tuple[str, ...]) -> bool:
    """Say whether a word is one of the names before a surname, which "St John’s House" has not."""
    return key_of(word) in names and not word.endswith(("’s", "'s"))


def _is_given_name(letter: LetterText, number: int) -> bool:
    """Say whether a word can be a given name that stands alone, which a saint's name cannot."""
    is_word = is_also_word(key_of(letter.words[number].text))
    is_saint = number > 0 and key_of(letter.words[number - 1].text) in SAINTS
    return not (is_word or is_saint or _is_title(letter, number - 1))


def is_of_place(letter: LetterText, number: int) -> bool:
    """Say whether a name is a part of a place's: "Preston Road", "Preston Crown Court"."""
    following = letter.words[number + 1 : number + 2]
    if not following or not following[0].text[0].isupper():
        return False
    between = letter.text[letter.words[number].end : following[0].start]
    return between in (" ", "\u00a0") and key_of(following[0].text) in PLACES


def _is_one_name(letter: LetterText, number: int) -> bool:
    """Say whether a word and the one after it can be parts of one name."""
    here, following = letter.words[number], letter.words[number + 1]
    between = letter.text[here.end : following.start]
    return here.text[0].isupper() and BETWEEN_NAMES.fullmatch(between) is not None and (
        "." not in between or len(here.text) == 1
    )  # fmt: skip


def _family_mention(
    letter: LetterText, first: int, last: int, given: tuple[str, ...]
) -> Mention | None:
    """Return the mention that a family name makes with what stands before it."""
    before = first
    while before > 0 and _is_part(letter.words[before - 1].text, given):
        before -= 1
    title = letter.words[before - 1].text if _is_title(letter, before - 1) else ""
    if before < first:
        return _mention(letter, before, last, Form.FULL, title)
    if title:
        return _mention(letter, before - 1, last, Form.TITLED, title)
    words = letter.words[first:last]
    is_name = not (_follows_a_name(letter, first) or is_also_word(key_of(words[0].text)))
    is_name = is_name and not is_of_place(letter, last - 1)
    return _mention(letter, first, last, Form.FAMILY) if is_name else None


def _mention(letter: LetterText, first: int, last: int, form: Form, title: str = "") -> Mention:
    end = letter.words[last - 1]
    bare = POSSESSIVE.sub("", end.text)
    return Mention(letter.words[first].start, end.start + len(bare), form, title.strip("."))


def _is_title(letter: LetterText, number: int) -> bool:
    return 0 <= number < len(letter.words) and key_of(letter.words[number].text) in TITLES


def _follows_a_name(letter: LetterText, first: int) -> bool:
    """Say whether a capital stands just before, as in "John Pugh" where only Leanne is known."""
    if first == 0:
        return False
    before, here = letter.words[first - 1], letter.words[first]
    is_beside = letter.text[before.end : here.start] == " "
    starts = letter.sentence_at(before.start)
    return is_beside and before.text[0].isupper() and not (starts and starts.start == before.start)


def _places(letter: LetterText, words: tuple[str, ...]) -> Iterator[int]:
    """Yield the number of the first word wherever words stand in a letter with a capital."""
    if not words:
        return
    for first in letter.capitals.get(words[0], ()):
        found = letter.words[first : first + len(words)]
        if tuple(key_of(each.text) for each in found) == words:
            yield first


def is_convicted(case: CaseFile) -> bool:
    """Say whether anybody in the case has been convicted."""
    return any(each.status is AccusedStatus.CONVICTED for each in case.accused)


def family_names(people: Iterable[PersonName]) -> frozenset[str]:
    """Return the family names of some people in small letters."""
    return frozenset(each.family_name.lower() for each in people)
