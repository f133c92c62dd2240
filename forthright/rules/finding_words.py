"""Where words stand in a text, whatever their capitals, counted in the text as it is written."""

import unicodedata
from collections.abc import Iterator


def places_of_words(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Yield where words begin and end in a text, capitals or none; places never overlap.

    One letter may stand for several when capitals are set aside, as “ﬃ” or “ß” does. So what is
    found is led back to the letters of the text, and a place that would begin or end within one
    of them takes it whole.
    """
    folded, leads_to = _folded(text)
    sought, _ = _folded(words)
    at = folded.find(sought) if sought else -1
    while at >= 0:
        end = at + len(sought)
        yield leads_to[at], leads_to[end - 1] + 1
        at = folded.find(sought, end)


def same_words(one: str, other: str) -> bool:
    """Say whether two stretches are the same words, whatever their capitals and ligatures."""
    return _folded(one)[0] == _folded(other)[0]


def _folded(text: str) -> tuple[str, list[int]]:
    """Return a text without capitals and ligatures, and the letter that each of its own is of."""
    said, leads_to = [], []
    for place, letter in enumerate(text):
        for each in unicodedata.normalize("NFKC", letter).casefold():
            said.append(each)
            leads_to.append(place)
    return "".join(said), leads_to
