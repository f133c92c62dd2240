"""Whether the pages of a PDF are words that can be searched, and no pictures of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from forthright.letter_files.pdf_fonts import PRINT_AGAIN, SHOWS, Drawn, letters_shown
from forthright.letter_files.pdf_objects import at, shapes_of
from forthright.letter_files.reading import FileRefused

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

FILES = frozenset({"/FileAttachment", "/Screen", "/Movie", "/Sound", "/RichMedia", "/3D"})
# What draws on a page: words by their font, and by nothing but lines and curves.
CURVES = frozenset({b"c", b"v", b"y"})
PAINTS = frozenset({b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"sh"})
INLINE = (b"INLINE IMAGE", b"BI", b"EI")
# A box has four sides, and a table many; letters have a slant or a curve somewhere.
LEVEL = 0.01
# Fonts whose letters stand as numbers, or as drawings.
NUMBERED = frozenset({"/Type0", "/Type3"})


def check_shows_no_picture(page: "PageObject", number: int, words: str) -> None:
    """Refuse a page that shows a picture, or notes with looks of their own.

    :raises FileRefused: with which page
    """
    if _has_picture(at(page, "/Resources"), set()):
        what = "is" if not words.strip() else "holds"
        raise FileRefused(f"Page {number} {what} a picture, whose words nobody can search.")
    for note in at(page, "/Annots") or ():
        _check_note(note.get_object(), number)


def check_draws_words(drawn: Sequence[Drawn], number: int, words: str) -> None:
    """Refuse a page that draws anything but words, lines of a table and boxes.

    :raises FileRefused: if it draws a picture or shapes, or nothing at all can be read though
        something is drawn
    """
    if any(operator in INLINE for _, operator in drawn):
        raise FileRefused(f"Page {number} holds a picture, whose words nobody can search.")
    if _has_shapes(drawn):
        raise FileRefused(
            f"Page {number} holds shapes drawn by lines, which may be words that nobody can "
            f"search. {PRINT_AGAIN}"
        )
    if not words.strip() and any(operator in PAINTS | SHOWS for _, operator in drawn):
        raise FileRefused(
            f"Page {number} shows something and holds no words that can be read. {PRINT_AGAIN}"
        )


def _check_note(note: Any, number: int) -> None:
    if at(note, "/Subtype") in FILES:
        raise FileRefused(f"Another file lies within a note of page {number}. Take it out.")


def _has_picture(resources: Any, seen: set[int]) -> bool:
    for each in shapes_of(resources):
        shape = each.get_object()
        if id(shape) not in seen:
            seen.add(id(shape))
            if at(shape, "/Subtype") == "/Image" or _has_picture(at(shape, "/Resources"), seen):
                return True
    return False


def read_page(page: "PageObject", reader: "PdfReader") -> tuple[str, list[Drawn]]:
    """Return the words of a page and what it draws itself, step by step; they are read once."""
    from pypdf.generic import ContentStream, NameObject

    key, drawn = NameObject("/Contents"), []
    if (contents := at(page, "/Contents")) is None:
        words = page.extract_text()
    else:
        whole, steps = page.raw_get(key), ContentStream(contents, reader, "bytes")
        page[key] = steps
        try:
            words = page.extract_text()
        finally:
            page[key] = whole
        drawn = list(steps.operations)
    return words, drawn


def drawn_by_name(page: "PageObject", reader: "PdfReader") -> Iterator[tuple[list[Drawn], Any]]:
    """Yield what a page has drawn by name, step by step, and what it draws with.

    There is no picture among it. Words in what fills a shape are read by no program, so these are
    drawn with nothing.
    """
    seen: set[int] = set()
    waiting = [at(page, "/Resources")]
    while waiting:
        for each in shapes_of(waiting.pop()):
            shape = each.get_object()
            if id(shape) not in seen and hasattr(shape, "get_data"):
                seen.add(id(shape))
                waiting.append(at(shape, "/Resources"))
                is_filling = at(shape, "/PatternType") is not None
                yield _operations(shape, reader), None if is_filling else at(shape, "/Resources")


def _operations(contents: Any, reader: "PdfReader") -> list[Drawn]:
    from pypdf.generic import ContentStream

    # The bytes are the numbers of letters, and no words yet.
    return list(ContentStream(contents, reader, "bytes").operations) if contents is not None else []


def _has_shapes(drawn: Sequence[Drawn]) -> bool:
    """Say whether anything is drawn that no box and no line of a table is."""
    at = (0.0, 0.0)
    is_strange = False
    for operands, operator in drawn:
        if operator == b"m":
            at = _point(operands)
        elif operator == b"l":
            to = _point(operands)
            is_strange |= min(abs(to[0] - at[0]), abs(to[1] - at[1])) > LEVEL
            at = to
        elif operator in CURVES:
            is_strange = True
        elif operator == b"n":
            is_strange = False
        elif operator in PAINTS and is_strange:
            return True
    return False


def _point(operands: Sequence[Any]) -> tuple[float, float]:
    return float(operands[0]), float(operands[1])


def hidden_in_page(drawn: Iterable[Drawn]) -> str:
    """Return what a page says of its own words: what a shortened one stands for, a picture's."""
    said = [
        _as_words(value)
        for operands, operator in drawn
        if operator in {b"BDC", b"DP"} and len(operands) > 1 and hasattr(operands[1], "values")
        for value in operands[1].values()
        if isinstance(value, str | bytes)
    ]
    return "\n".join(each for each in said if not each.startswith("/"))


def _as_words(value: str | bytes) -> str:
    """Return a string of a page as words, whichever of the format's ways it was written in."""
    from pypdf.generic import create_string_object

    read = create_string_object(value) if isinstance(value, bytes) else value
    return bytes(read).decode("latin-1") if isinstance(read, bytes) else str(read)


def written_alone(form: Any, reader: "PdfReader") -> list[str]:
    """Return what a note or a field shows that has looks of its own.

    :raises FileRefused: if its words are written in a font whose letters are numbers
    """
    resources = at(form, "/Resources")
    drawn = _operations(form, reader)
    if _has_picture(resources, set()) or any(operator in INLINE for _, operator in drawn):
        raise FileRefused("A note in it holds a picture, whose words nobody can search.")
    fonts = at(resources, "/Font") or {}
    if any(at(each.get_object(), "/Subtype") in NUMBERED for each in fonts.values()):
        raise FileRefused(f"The looks of a note in it cannot be searched. {PRINT_AGAIN}")
    told = list(letters_shown(drawn, resources))
    if None in told:
        raise FileRefused(f"The looks of a note in it cannot be searched. {PRINT_AGAIN}")
    return ["".join(each or "" for each in told)]
