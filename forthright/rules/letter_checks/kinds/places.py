"""The parts of a letter that a rule may be told to look at."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from forthright.rules.letter_checks.phrases import PatternRefused
from forthright.rules.letter_checks.subject import Subject
from forthright.rules.letter_checks.text import Part

Place = Callable[[Subject], Iterator[tuple[int, int]]]


def everything(subject: Subject) -> Iterator[tuple[int, int]]:
    """Yield the whole letter."""
    yield 0, len(subject.plain)


def body(subject: Subject) -> Iterator[tuple[int, int]]:
    """Yield each run of the writer's own paragraphs, headings among them."""
    for each in subject.letter.parts(Part.TEXT, Part.BULLET, Part.HEADING):
        yield each.start, each.end


def prose(subject: Subject) -> Iterator[tuple[int, int]]:
    """Yield the paragraphs of the body and of what follows the goodbye: no names, no address."""
    for each in subject.letter.parts(Part.TEXT, Part.BULLET, Part.HEADING, Part.AFTER):
        yield each.start, each.end


def head(subject: Subject) -> Iterator[tuple[int, int]]:
    """Yield what stands above the greeting."""
    for each in subject.letter.parts(Part.ADDRESS):
        yield each.start, each.end


PLACES: Mapping[str, Place] = {"all": everything, "body": body, "prose": prose, "head": head}


def opening(sentences: int) -> Place:
    """Return the place of the first few sentences of the body."""

    def first(subject: Subject) -> Iterator[tuple[int, int]]:
        for each in subject.letter.body[:sentences]:
            yield each.start, each.end

    return first


def place_of(find: Mapping[str, Any], *, otherwise: str) -> Place:
    """Return the place that a rule looks at.

    :raises PatternRefused: if there is no such place
    """
    name = find.get("where", otherwise)
    if name not in PLACES:
        raise PatternRefused(f"“where” is one of {', '.join(PLACES)}, not {name!r}.")
    return PLACES[name]
