"""Marks the page numbers of a PDF as no part of its words, which PDF/UA-1 asks for (7.1).

The printing library tags what stands in the margin of a page but hangs it on nothing, so that a
screen reader may say "Page 1 of 2" in the middle of a sentence, or not know what to do with it.
"""

from typing import Any

FOOTER = {"Type": "/Pagination", "Subtype": "/Footer"}


def mark_page_margins(_: Any, pdf: Any) -> None:
    """Turn all that is tagged and hangs on nothing into artifacts; a finisher of the library."""
    import pydyf  # it comes with the printing library, which takes a second to load

    objects = {each.reference: each for each in pdf.objects}
    root = objects[pdf.catalog["StructTreeRoot"]]
    read_aloud = _hanging_on(root, objects)
    marks_of_pages = objects[root["ParentTree"]]["Nums"][1::2]
    for page, marks in zip(pdf.page_references, marks_of_pages, strict=False):
        loose = {mark for mark, element in enumerate(marks) if element not in read_aloud}
        for mark in loose:
            marks[mark] = "null"
        stream = objects[objects[page]["Contents"]].stream
        for place, piece in enumerate(stream):
            if isinstance(piece, pydyf.Dictionary) and piece.get("MCID") in loose:
                stream[place - 1 : place + 1] = ["/Artifact", pydyf.Dictionary(FOOTER)]


def _hanging_on(root: Any, objects: dict[bytes, Any]) -> set[bytes]:
    """Return the references of all elements below the root."""
    found: set[bytes] = set()
    waiting = list(root["K"])
    while waiting:
        each = waiting.pop()
        # A number is a mark on the page, and stands below an element.
        if isinstance(each, bytes) and each not in found:
            found.add(each)
            waiting += objects[each].get("K", ())
    return found
