"""Whether a paragraph stands in recent letters too, names, days and numbers set aside."""

import re
from collections.abc import Iterator
from functools import lru_cache

from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.letter_checks.text import Paragraph

LEAST_WORDS = 14
# Where the template is not known, what most of some letters hold is taken for its wording.
LEAST_TO_JUDGE = 4
BETWEEN = re.compile(r"\n[ \t]*\n")
WORD = re.compile(r"[^\W\d_][\w’'-]*")
# What every letter says, and should say alike.
STANDARD = re.compile(
    r"\b(?:complain\w*|victims'? code|right to review|large print|another language|"
    r"victim personal statement|ring 999|call 999)\b|@|\d{5}"
)


def pasted(subject: Subject) -> Iterator[Hit]:
    """Yield each paragraph of the writer's that recent letters hold as well."""
    recent = [_keys_of(each) for each in subject.recent]
    if not recent:
        return
    for paragraph in subject.letter.paragraphs:
        if not paragraph.is_body or _is_standard(subject, paragraph):
            continue
        key = _key_of(paragraph.text)
        number = sum(key in each for each in recent) if key else 0
        if number and not (_is_of_most(number, len(recent)) and not subject.template_spans):
            said = {"number": str(number), "most": str(len(recent))}
            yield Hit(paragraph.start, paragraph.end, said=said)


def _is_of_most(number: int, letters: int) -> bool:
    return letters >= LEAST_TO_JUDGE and 2 * number > letters


def _is_standard(subject: Subject, paragraph: Paragraph) -> bool:
    """Say whether a paragraph is of the template, or says what every letter says."""
    if STANDARD.search(subject.plain, paragraph.start, paragraph.end):
        return True
    of_template = sum(
        min(end, paragraph.end) - max(start, paragraph.start)
        for start, end, origin in subject.template_spans
        if origin not in ("person", "writer") and start < paragraph.end and end > paragraph.start
    )
    return 2 * of_template > paragraph.end - paragraph.start


@lru_cache(maxsize=1024)
def _keys_of(text: str) -> frozenset[tuple[str, ...]]:
    """Return the paragraphs of a recent letter, as they are compared."""
    pieces = [*BETWEEN.split(text), *text.splitlines()]
    return frozenset(key for each in pieces if (key := _key_of(each)))


def _key_of(text: str) -> tuple[str, ...]:
    """Return the words of a paragraph but for names and numbers; nothing where they are few.

    He and she go too: whoever pastes a paragraph changes those and the names.
    """
    words = [each.replace("’", "'") for each in WORD.findall(text)]
    own = tuple(each for each in words if each.islower() and each not in PRONOUNS)
    return own if len(own) >= LEAST_WORDS else ()


PRONOUNS = frozenset({"he", "she", "they", "him", "her", "them", "his", "their"})
