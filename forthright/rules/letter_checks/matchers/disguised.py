"""A name of another case that a letter writes otherwise than in full and as recorded.

"K Doyle", "Val Hodgkinson", "Doyle, Kieran", "the Doyles", "Okonkwo-Doyle", "kieran doyle" and
"Kieren Doyle" are all the person whom another record knows as Kieran Doyle or Valerie Hodgkinson.
"""

import re
from collections.abc import Iterator, Set

from rapidfuzz.distance import DamerauLevenshtein

from forthright.rules.case_file import PersonName
from forthright.rules.letter_checks.matchers.names import is_near
from forthright.rules.letter_checks.name_words import (
    ALSO_WORDS,
    COMMON_SURNAMES,
    RANKS,
    TITLES,
    is_also_word,
)
from forthright.rules.letter_checks.people import (
    full_name,
    is_of_place,
    may_be_named,
    words_of_name,
)
from forthright.rules.letter_checks.sentences import GO_ON
from forthright.rules.letter_checks.spelling import common_words, is_word
from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.letter_checks.text import Span, key_of

TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr)\.?[ \u00a0]+([A-Z][\w’'-]+)")
# What stands between the halves of a surname, whichever line the writer's keyboard makes of it.
WITHIN_NAMES = (" ", "-", "‐", "‑", "–", "—", " - ", " – ")
LEAST_SHORT = 2
LEAST_NEAR = 5
# Short forms that are no beginning of the name; the rest are known by their letters.
SHORT_FORMS = {
    "bill": "william", "bob": "robert", "dick": "richard", "jim": "james", "jack": "john",
    "harry": "henry", "ted": "edward", "tony": "anthony", "meg": "margaret", "peggy": "margaret",
    "beth": "elizabeth", "liz": "elizabeth", "betty": "elizabeth", "lizzie": "elizabeth",
    "kate": "katherine", "kathy": "katherine", "sally": "sarah", "mike": "michael",
    "mick": "michael", "dave": "david", "steve": "stephen", "tina": "christina", "gill": "gillian",
    "jenny": "jennifer", "nick": "nicholas", "mo": "mohammed", "jo": "joanne", "vicky": "victoria",
}  # fmt: skip


def disguised(subject: Subject, person: PersonName, taken: Set[int]) -> Iterator[Hit]:
    """Yield where a letter names a person of another case in a form that is not the record's.

    `taken` are the places where the name was found as it is recorded.
    """
    family, given = words_of_name(person.family_name), words_of_name(person.given_names)
    if any({*family, *given[:1]} <= each for each in subject.known_people):
        return
    if set(family) <= subject.known:
        return
    forms = list(_forms(subject, family, given))
    for span in forms:
        if not any(span.start <= each < span.end for each in taken):
            yield Hit(
                span.start,
                span.end,
                f"“{span.text}” may be {full_name(person)}, a name from another case of this "
                "week. This letter may be about the wrong person.",
                "Take the name out. Read the whole letter again for words of the other case.",
            )
    places = taken | {place for each in forms for place in range(each.start, each.end)}
    for span in _beside_another(subject, family):
        if not any(span.start <= each < span.end for each in places):
            yield Hit(
                span.start,
                span.end,
                f"“{span.text}” has the surname of {full_name(person)}, who is of another case of "
                "this week, and the record of this case knows nobody of that name.",
                "Check whom this sentence is about.",
                "warn",
            )


def _forms(subject: Subject, family: tuple[str, ...], given: tuple[str, ...]) -> Iterator[Span]:
    yield from _of_family(subject, family)
    if given:
        yield from _shortened(subject, family, given)
        yield from _misspelt(subject, family, given)
        yield from _in_small(subject, family, given)


def _span(subject: Subject, first: int, last: int) -> Span:
    words = subject.letter.words
    start, end = words[first].start, words[last].end
    return Span(start, end, subject.letter.text[start:end])


def _shortened(subject: Subject, family: tuple[str, ...], given: tuple[str, ...]) -> Iterator[Span]:
    """Yield a surname with an initial or a short form before it, or the given name behind it."""
    words = subject.letter.words
    for first in subject.letter.capitals.get(family[0], ()):
        last = first + len(family) - 1
        if tuple(key_of(each.text) for each in words[first : last + 1]) != family:
            continue
        before = words[first - 1].text if first else ""
        if _between(subject, first - 1) in (" ", ". ", ".") and _is_short(before, given[0]):
            yield _span(subject, first - 1, last)
        elif _between(subject, last) == ", " and key_of(words[last + 1].text) == given[0]:
            yield _span(subject, first, last + 1)


def _between(subject: Subject, number: int) -> str:
    """Return what stands between a word and the next; nothing where one of them is not."""
    words = subject.letter.words
    if not 0 <= number < len(words) - 1:
        return ""
    return subject.letter.text[words[number].end : words[number + 1].start].replace("\u00a0", " ")


def _is_short(written: str, given: str) -> bool:
    """Say whether a word is the initial of a given name, or a short form of it."""
    key = key_of(written)
    if not written[0].isupper() or key == given:
        return False
    if len(written) == 1:
        return key == given[0]
    is_start = len(key) >= LEAST_SHORT and given.startswith(key.rstrip("iey") or key)
    return is_start or SHORT_FORMS.get(key) == given


def _of_family(subject: Subject, family: tuple[str, ...]) -> Iterator[Span]:
    """Yield a surname of which there are many, and one that is a part of a longer surname."""
    name = family[-1]
    words, capitals = subject.letter.words, subject.letter.capitals
    yield from _in_halves(subject, name.split("-"))
    if is_also_word(name) or is_word(name):
        return
    for number in (*capitals.get(f"{name}s", ()), *capitals.get(f"{name}es", ())):
        if number and words[number - 1].text.lower() == "the":
            yield _span(subject, number, number)
    for key, numbers in capitals.items():
        if "-" in key and key not in subject.known and {name} & set(key.split("-")):
            yield from (_span(subject, each, each) for each in numbers)


def _in_halves(subject: Subject, halves: list[str]) -> Iterator[Span]:
    """Yield a surname of two joined halves that is written with a space or another line."""
    words = subject.letter.words
    for first in subject.letter.capitals.get(halves[0], ()) if len(halves) > 1 else ():
        last = first + len(halves) - 1
        is_joined = all(_between(subject, each) in WITHIN_NAMES for each in range(first, last))
        if is_joined and [key_of(each.text) for each in words[first : last + 1]] == halves:
            yield _span(subject, first, last)


def _beside_another(subject: Subject, family: tuple[str, ...]) -> Iterator[Span]:
    """Yield a surname that few bear, with the given name of somebody else before it."""
    name = family[0]
    if len(family) > 1 or name in COMMON_SURNAMES or is_also_word(name) or is_word(name):
        return
    words = subject.letter.words
    for number in subject.letter.capitals.get(name, ()):
        before = words[number - 1].text if number else ""
        key = key_of(before)
        is_beside = before[:1].isupper() and _between(subject, number - 1) == " "
        if not is_beside or key in TITLES | RANKS or is_of_place(subject.letter, number):
            continue
        is_name = len(key) > 1 and key not in GO_ON | common_words() - ALSO_WORDS
        yield _span(subject, number - 1 if is_name else number, number)


def _misspelt(subject: Subject, family: tuple[str, ...], given: tuple[str, ...]) -> Iterator[Span]:
    """Yield the given name with a surname that is one letter away, or the other way about."""
    words, capitals = subject.letter.words, subject.letter.capitals
    if len(family) > 1 or len(family[0]) < LEAST_NEAR:
        return
    for first in capitals.get(given[0], ()):
        following = key_of(words[first + 1].text) if first + 1 < len(words) else ""
        if _is_one_off(following, family[0], subject.known):
            yield _span(subject, first, first + 1)
    for last in capitals.get(family[0], ()):
        before = key_of(words[last - 1].text) if last else ""
        if words[last - 1].text[0].isupper() and _is_one_off(before, given[0], subject.known):
            yield _span(subject, last - 1, last)


def _is_one_off(word: str, name: str, known: Set[str]) -> bool:
    if len(name) < LEAST_NEAR or word in known or abs(len(word) - len(name)) > 1 or is_word(word):
        return False
    return DamerauLevenshtein.distance(word, name, score_cutoff=1) == 1


def _in_small(subject: Subject, family: tuple[str, ...], given: tuple[str, ...]) -> Iterator[Span]:
    """Yield the full name in small letters, where one of its parts at least is no other word."""
    written = " ".join((*given[:1], *family))
    if written not in subject.plain or all(map(is_word, (given[0], *family))):
        return
    for found in re.finditer(rf"\b{re.escape(written)}\b", subject.plain):
        yield Span(*found.span(), subject.letter.text[found.start() : found.end()])


def resembling(subject: Subject) -> Iterator[Hit]:
    """Yield a title with a surname that is nearly one of another case, and none of this one."""
    case = subject.case
    found = [each for each in subject.matches(TITLED, exact=True)
             if key_of(each[1]) not in subject.known]  # fmt: skip
    if case is None or not found:
        return
    own = {word for each in may_be_named(case) for word in words_of_name(each.family_name)}
    people = {full_name(each): words_of_name(each.family_name)[-1]
              for other in case.week for each in other.people}  # fmt: skip
    for each in found:
        key = key_of(each[1])
        if key in people.values() or any(is_near(key, name) for name in own):
            continue
        alike = [name for name, family in people.items() if is_near(key, family)]
        if alike:
            message = f"“{each.group()}” is nearly {alike[0]}, who is of another case of this week."
            yield Hit(*each.span(), message, "Check whom this letter is about.", "warn")
