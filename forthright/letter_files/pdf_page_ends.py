"""What a PDF says over the end of a page: “Siob-” on one page and “han” on the next is one name."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from forthright.letter_files.file_parts import FilePart

FIGURES = re.compile(r"\d+")
LINE = re.compile(r"[^\n]*\S[^\n]*")
WORD = re.compile(r"\S+")
# What is known of a case, and what has a shape, is rarely of more words.
MOST_WORDS = 6
OVER = "over the end of page"
# A head or a foot that stands on one page alone is not told from the words, so each of so many last
# lines may go on in each of as many first ones.
EDGE = 3


@dataclass(frozen=True, slots=True)
class PageEnd:
    """Where the last lines of a page stand in a text, and the first of the next, to six words."""

    number: int
    last: tuple[slice, ...]
    first: tuple[slice, ...]


def page_ends_in(text: str, ends: Sequence[int]) -> Iterator[PageEnd]:
    """Yield the ends of the pages of a text, of which each but the last ends at a place.

    Heads and feet, which several pages have alike but for a number, are left out.
    """
    pages = [
        [(start + line.start(), line[0]) for line in LINE.finditer(text[start:end])]
        for start, end in pairwise((0, *ends, len(text)))
    ]
    alike = Counter(each for page in pages for each in {_form(line) for _, line in page})
    bodies = [
        (number, lines)
        for number, page in enumerate(pages, 1)
        if (lines := [each for each in page if alike[_form(each[1])] < 2])
    ]
    for (number, before), (_, after) in pairwise(bodies):
        yield PageEnd(
            number,
            tuple(_some(at, line, slice(-MOST_WORDS, None)) for at, line in before[-EDGE:]),
            tuple(_some(at, line, slice(MOST_WORDS)) for at, line in after[:EDGE]),
        )


def over_page_ends(pages: Sequence[str]) -> Iterator[FilePart]:
    """Yield the last words of each page with the first of the next, as over the end of a line."""
    text = "\n".join(pages)
    for each in page_ends_in(text, page_ends_of(pages)):
        joined = [
            _plain(text[last]) + "\n" + _plain(text[first])
            for last in each.last
            for first in each.first
        ]
        yield FilePart(f"{OVER} {each.number}", "\n\n".join(dict.fromkeys(joined)))


def page_ends_of(pages: Sequence[str]) -> tuple[int, ...]:
    """Return where each page but the last ends in a text that has one on a line below the other."""
    return tuple(accumulate((len(each) + 1 for each in pages[:-1]), initial=-1))[1:]


def _form(line: str) -> str:
    """Return a line as other pages may have it: “Page 1 of 3” is “Page 2 of 3”."""
    return FIGURES.sub("0", _plain(line))


def _some(at: int, line: str, which: slice) -> slice:
    """Return where the first or the last words of a line stand, which begins at a place."""
    words = list(WORD.finditer(line))[which]
    return slice(at + words[0].start(), at + words[-1].end())


def _plain(words: str) -> str:
    return " ".join(words.split())
