"""Whether the pages of a PDF are words that can be searched, and no pictures of them."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from forthright.letter_files.reading import FileRefused

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

FILES = frozenset({"/FileAttachment", "/Screen", "/Movie", "/Sound", "/RichMedia", "/3D"})
# What draws on a page: words by their font, and by nothing but lines and curves.
CURVES = frozenset({b"c", b"v", b"y"})
PAINTS = frozenset({b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"sh"})
INLINE = (b"INLINE IMAGE", b"BI", b"EI")
SHOWS = frozenset({b"Tj", b"TJ", b"'", b'"'})
# A box has four sides, and a table many; letters have a slant or a curve somewhere.
LEVEL = 0.01
# What a step is given, and what it does.
Drawn = tuple[Any, bytes]
# Fonts whose letters stand as numbers, or as drawings.
NUMBERED = frozenset({"/Type0", "/Type3"})
PRINT_AGAIN = (
    "Use the letter as Word (.docx) or as plain text, or print it from Word or LibreOffice without "
    "pictures and drawn signs: a browser draws lines, bullets and tables as shapes."
)


def at(held: Any, key: str) -> Any:
    """Return what an object holds under a key, or None; a reference is followed."""
    value: Any = held.get(key) if hasattr(held, "keys") else None
    return value.get_object() if hasattr(value, "get_object") else value


def shapes_of(resources: Any) -> Iterator[Any]:
    """Yield what a page may draw by name, each as it is referred to."""
    for kind in ("/XObject", "/Pattern"):
        there = at(resources, kind)
        if there is not None:
            yield from there.values()


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


def drawn_by_name(page: "PageObject", reader: "PdfReader") -> list[Drawn]:
    """Return what a page has drawn by name, step by step; there is no picture among it."""
    drawn: list[Drawn] = []
    seen: set[int] = set()
    waiting = [at(page, "/Resources")]
    while waiting:
        for each in shapes_of(waiting.pop()):
            shape = each.get_object()
            if id(shape) not in seen and hasattr(shape, "get_data"):
                seen.add(id(shape))
                waiting.append(at(shape, "/Resources"))
                drawn += _operations(shape, reader)
    return drawn


def _operations(contents: Any, reader: "PdfReader") -> list[Drawn]:
    from pypdf.generic import ContentStream

    return list(ContentStream(contents, reader).operations) if contents is not None else []


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
    return ["".join(_shown(operands)) for operands, operator in drawn if operator in SHOWS]


def _shown(operands: Iterable[Any]) -> Iterable[str]:
    for each in operands:
        if isinstance(each, list):
            yield from _shown(each)
        elif isinstance(each, bytes):
            yield each.decode("latin-1")
        elif isinstance(each, str):
            yield str(each)


def check_fonts(objects: Iterable[Any]) -> None:
    """Refuse a font whose letters cannot be told from its drawings of them.

    :raises FileRefused: if one is drawn by hand or says nowhere which letters it holds
    """
    for held in objects:
        sort = at(held, "/Subtype") if at(held, "/Type") == "/Font" else ""
        if sort == "/Type3" or (sort == "/Type0" and at(held, "/ToUnicode") is None):
            raise FileRefused(f"A font of it does not say which letters it shows. {PRINT_AGAIN}")
