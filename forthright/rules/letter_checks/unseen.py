"""Characters that nobody sees, which break a word in two for every search and for no reader."""

import unicodedata
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from forthright.rules.letter_checks.subject import TemplateSpan
from forthright.rules.unseen_characters import UNSEEN


@dataclass(frozen=True, slots=True)
class SeenText:
    """A text as it is seen, and the places of its characters in the text as given.

    `hidden` are the places of the seen text before which something unseen stands, with its name.
    """

    text: str
    places: Sequence[int]
    hidden: tuple[tuple[int, str], ...]

    def as_given(self, start: int, end: int) -> tuple[int, int]:
        """Return the place that some seen words have in the text as given."""
        if not self.hidden:
            return start, end
        first = self.places[start]
        return first, max(first, self.places[end - 1] + 1) if end > start else first

    def as_seen(self, spans: Sequence[TemplateSpan]) -> Sequence[TemplateSpan]:
        """Return spans of the text as given as they lie in the seen text."""
        if not self.hidden:
            return spans
        return [(self._seen(start), self._seen(end), name) for start, end, name in spans]

    def _seen(self, place: int) -> int:
        return bisect_left(self.places, place, hi=len(self.places) - 1)


def seen_text(text: str) -> SeenText:
    """Return a text without what nobody sees in it."""
    if text.isascii() or UNSEEN.isdisjoint(text):
        return SeenText(text, (), ())
    kept = [place for place, each in enumerate(text) if each not in UNSEEN]
    hidden, seen = [], 0
    for each in text:
        if each in UNSEEN:
            hidden.append((seen, unicodedata.name(each, "unnamed")))
        else:
            seen += 1
    return SeenText("".join(text[each] for each in kept), [*kept, len(text)], tuple(hidden))
