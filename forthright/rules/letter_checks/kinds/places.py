"""The parts of a letter that a rule may be told to look at."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from forthright.rules.letter_checks.phrases import PatternRefused
from forthright.rules.letter_checks.subject import Subject
from forthright.rules.letter_checks.text import Part

Place = Callable[[Subject], Iterator[tuple[int, int]]]


# The whole letter has no parts to name.
PARTS: Mapping[str, tuple[Part, ...]] = {
    "all": (),
    # The writer's own paragraphs, headings among them.
    "body": (Part.TEXT, Part.BULLET, Part.HEADING),
    # The body and what follows the goodbye: no names, no address.
    "prose": (Part.TEXT, Part.BULLET, Part.HEADING, Part.AFTER),
    # What stands above the greeting.
    "head": (Part.ADDRESS,),
}


def opening(sentences: int) -> Place:
    """Return the place of the first few sentences of the body."""

    def first(subject: Subject) -> Iterator[tuple[int, int]]:
        for each in subject.letter.body[:sentences]:
            yield each.start, each.end

    return first


def where_of(find: Mapping[str, Any], *, otherwise: str) -> str:
    """Return the name of the place that a rule looks at.

    :raises PatternRefused: if there is no such place
    """
    name = find.get("where", otherwise)
    if name not in PARTS:
        raise PatternRefused(f"“where” is one of {', '.join(PARTS)}, not {name!r}.")
    return str(name)


def place_of(find: Mapping[str, Any], *, otherwise: str) -> Place:
    """Return the place that a rule looks at.

    :raises PatternRefused: if there is no such place
    """
    parts = PARTS[where_of(find, otherwise=otherwise)]

    def place(subject: Subject) -> Iterator[tuple[int, int]]:
        if not parts:
            yield 0, len(subject.plain)
        for each in subject.letter.parts(*parts):
            yield each.start, each.end

    return place
