"""What the objects of a PDF hold, and numbers of letters that are read as every program reads them.

A font in which something is missing, as an emoji, has a table of its own that says which drawing
each number of a letter is. The library reads such a font wrong: “W” as two letters.
"""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PdfReader

LENGTHS = re.compile(rb"begincodespacerange(.*?)endcodespacerange", re.DOTALL)
TWO_BYTES = re.compile(rb"\s*<0000>\s*<ffff>\s*", re.IGNORECASE)
# What takes in another table, in which numbers may be of other lengths.
BY_ANOTHER = b"usecmap"


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


def settle_numbers(reader: "PdfReader") -> None:
    """Have the numbers of letters read as two bytes each wherever their font says no more.

    Which letter a number is stands elsewhere, and this table says its drawing alone.
    """
    from pypdf.generic import NameObject

    for font in _fonts(reader):
        table = at(font, "/Encoding")
        if at(table, "/Type") == "/CMap" and hasattr(table, "get_data"):
            content = table.get_data()
            lengths = LENGTHS.findall(content)
            if lengths and all(map(TWO_BYTES.fullmatch, lengths)) and BY_ANOTHER not in content:
                font[NameObject("/Encoding")] = NameObject("/Identity-H")


def _fonts(reader: "PdfReader") -> Iterator[Any]:
    waiting = [at(page, "/Resources") for page in reader.pages]
    seen: set[int] = set()
    while waiting:
        held = waiting.pop()
        for each in (at(held, "/Font") or {}).values():
            yield each.get_object()
        for each in shapes_of(held):
            shape = each.get_object()
            if id(shape) not in seen:
                seen.add(id(shape))
                waiting.append(at(shape, "/Resources"))
