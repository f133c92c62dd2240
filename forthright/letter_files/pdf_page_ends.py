"""What a PDF says over the end of a page: “Siob-” on one page and “han” on the next is one name."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from forthright.letter_files.file_parts import FilePart

FIGURES = re.compile(r"\d+")
# What is known of a case, and what has a shape, is rarely of more words.
MOST_WORDS = 6
OVER = "over the end of page"
# A head or a foot that stands on one page alone is not told from the words, so each of so many last
# lines may go on in each of as many first ones.
EDGE = 3


def over_page_ends(pages: Sequence[str]) -> Iterator[FilePart]:
    """Yield the last words of each page with the first of the next, as over the end of a line.

    Heads and feet, which several pages have alike but for a number, are left out.
    """
    alike = Counter(each for page in pages for each in {*map(_form, page.split("\n"))})
    bodies = [
        (number, lines)
        for number, page in enumerate(pages, 1)
        if (lines := [each for each in page.split("\n") if each.strip() and alike[_form(each)] < 2])
    ]
    for (number, before), (_, after) in pairwise(bodies):
        joined = [_joined(last, first) for last in before[-EDGE:] for first in after[:EDGE]]
        yield FilePart(f"{OVER} {number}", "\n\n".join(dict.fromkeys(joined)))


def _form(line: str) -> str:
    """Return a line as other pages may have it: “Page 1 of 3” is “Page 2 of 3”."""
    return FIGURES.sub("0", " ".join(line.split()))


def _joined(last: str, first: str) -> str:
    return " ".join(last.split()[-MOST_WORDS:]) + "\n" + " ".join(first.split()[:MOST_WORDS])
