"""Whether the letter names somebody who has no place in it."""

import re
from collections.abc import Iterator, Set

from forthright.rules.case_file import PersonName
from forthright.rules.letter_checks.matchers.disguised import disguised, resembling
from forthright.rules.letter_checks.name_words import (
    is_also_word,
    is_always_capital,
)
from forthright.rules.letter_checks.people import (
    Form,
    Mention,
    full_mentions,
    full_name,
    mentions,
    words_of_name,
)
from forthright.rules.letter_checks.sentences import words_of
from forthright.rules.letter_checks.spelling import is_available, is_word
from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.letter_checks.text import folded

MONTHS = frozenset({"may", "june", "april", "march", "august"})
BEFORE_A_THING = words_of("the a an this that your our their his her its each every any no new")
# A digit and the letters that are typed for it.
DIGITS_MEANT = str.maketrans("oil", "011")
LOOKS_LIKE = {"0": "[0o]", "1": "[1il]", "o": "[0o]", "i": "[1il]", "l": "[1il]"}


def other_people(subject: Subject) -> Iterator[Hit]:
    """Yield the name of anybody in the case whom this letter may not name."""
    if subject.case is None:
        return
    for person in subject.case.others:
        if not person.may_be_named:
            for found in _own_mentions(subject, person):
                is_word_besides = is_also_word(subject.plain[found.start : found.end])
                yield Hit(
                    found.start,
                    found.end,
                    f"{full_name(person)} ({person.role}) may not be named in this letter.",
                    f"a {person.role}" if person.role[:1] not in "aeiou" else f"an {person.role}",
                    level="warn" if is_word_besides else "",
                )


def week(subject: Subject) -> Iterator[Hit]:
    """Yield the name of a person of another case worked in the same week."""
    if subject.case is None:
        return
    for other in subject.case.week:
        for person in other.people:
            taken: set[int] = set()
            for found in _own_mentions(subject, person):
                taken |= {found.start} if found.form is not Form.GIVEN else set()
                yield Hit(
                    found.start,
                    found.end,
                    f"“{subject.letter.text[found.start : found.end]}” is a name from another case "
                    f"of this week ({other.urn}). This letter may be about the wrong person.",
                    "Take the name out. Read the whole letter again for words of the other case.",
                    "warn" if found.form is Form.GIVEN else "",
                )  # fmt: skip
            yield from disguised(subject, person, taken)
    yield from resembling(subject)


def week_reference(subject: Subject) -> Iterator[Hit]:
    """Yield the reference of another case worked in the same week."""
    if subject.case is None:
        return
    letters_only = re.sub(r"[^a-z0-9]", "", folded(subject.plain)).translate(DIGITS_MEANT)
    for other in subject.case.week:
        if other.urn.lower().translate(DIGITS_MEANT) in letters_only:
            yield from _reference(subject, other.urn)


def _reference(subject: Subject, urn: str) -> Iterator[Hit]:
    apart = r"[\s/.-]*".join(LOOKS_LIKE.get(each, re.escape(each)) for each in urn.lower())
    for found in re.finditer(apart, folded(subject.plain)):
        yield Hit(
            *found.span(),
            f"{urn} is the reference of another case of this week. This letter may be about the "
            "wrong person.",
            subject.case.urn if subject.case else "",
        )


def _is_of_a_day(subject: Subject, found: Mention) -> bool:
    """Say whether what could be a name is the month of a day that is written beside it."""
    if subject.plain[found.start : found.end] not in MONTHS:
        return False
    return bool(
        re.search(r"\d(?:st|nd|rd|th)?[ \u00a0]*$", subject.plain[: found.start][-8:])
    ) or bool(re.match(r"[ \u00a0]*\d", subject.plain[found.end : found.end + 3]))


def _own_mentions(subject: Subject, person: PersonName) -> Iterator[Mention]:
    """Yield where a person is named by words that are not a name of the case besides.

    A family name that the reader shares says nothing of the other person. The full name does,
    though each part of it is borne by somebody here: only a person of that very name excuses it.
    """
    family = set(words_of_name(person.family_name))
    given = set(words_of_name(person.given_names)[:1])
    if given and any(family | given <= each for each in subject.known_people):
        return
    for found in full_mentions(subject.letter, person):
        if not _is_of_a_day(subject, found):
            yield found
    if family | given <= subject.known:
        return
    for found in mentions(subject.letter, person):
        words = {
            Form.FULL: family | given,
            Form.GIVEN: given,
        }.get(found.form, family)
        is_of_case = words <= subject.known or _is_wording(subject, found)
        if not is_of_case and not _is_of_a_day(subject, found):
            yield found
    yield from _words_besides(subject, (family | given) - subject.known - MONTHS)


def _words_besides(subject: Subject, names: Set[str]) -> Iterator[Mention]:
    """Yield where names that are words besides stand alone as names."""
    for word in names:
        if is_also_word(word) and not is_always_capital(word):
            yield from _alone(subject, word)


def _is_wording(subject: Subject, found: Mention) -> bool:
    """Say whether a name alone is a word of the template: "Harbour" in the name of its charity.

    Where no dictionary says that it is a word, it is told all the same.
    """
    if found.form not in (Form.FAMILY, Form.GIVEN) or not is_available():
        return False
    return is_word(subject.plain[found.start : found.end]) and any(
        start <= found.start and found.end <= end and origin not in ("person", "writer")
        for start, end, origin in subject.template_spans
    )


def _alone(subject: Subject, word: str) -> Iterator[Mention]:
    """Yield where a name that is a word besides stands alone and can only be a name."""
    words = subject.letter.words
    for number in subject.letter.capitals.get(word, ()):
        sentence = subject.letter.sentence_at(words[number].start)
        if sentence is None or sentence.paragraph.part != "TEXT" or number + 1 >= len(words):
            continue
        before, following = words[number - 1].text, words[number + 1].text
        is_within = sentence.start < words[number].start and before[0].islower()
        if is_within and before not in BEFORE_A_THING and not following[0].isupper():
            yield Mention(words[number].start, words[number].end, Form.GIVEN)
