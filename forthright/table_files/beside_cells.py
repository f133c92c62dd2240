"""What a sheet shows beside its cells, and no reader of rows sees: notes and text boxes."""

import posixpath
import re
import zipfile
from collections.abc import Iterator

from lxml import etree

from forthright.table_files import limits
from forthright.table_files.places import column_letters

PLAIN_XML = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
# ECMA-376, part 1, 18.7.3, and the threads of comments that newer programs keep instead.
NOTED = re.compile(rb"<(?:\w+:)?(?:comment|threadedComment)\b[^>]{0,500}?\sref=[\"']([A-Z]+\d+)")


def notes_in(archive: zipfile.ZipFile, sheet: str) -> list[str]:
    """Return each cell of a sheet with a note or a comment on it: "B5"; in the order of the file.

    :param sheet: the path of the sheet in the workbook
    """
    found = (
        each.decode()
        for path in _linked(archive, sheet, ("/comments", "/threadedComment"))
        for each in NOTED.findall(archive.read(path))
    )
    return list(dict.fromkeys(found))


def boxes_in(archive: zipfile.ZipFile, sheet: str) -> list[str]:
    """Return the cell at which each text box or shape with words begins, in the order of the file.

    A picture holds no words that a program could find, and is none of them.
    """
    parser = etree.XMLParser(**PLAIN_XML)
    return [
        _cell_of(anchor)
        for path in _linked(archive, sheet, ("/drawing",))
        for anchor in etree.fromstring(archive.read(path), parser)
        if any((words.text or "").strip() for words in anchor.iter("{*}t"))
    ]


def _cell_of(anchor: "etree._Element") -> str:
    """Return the cell at which something that is drawn begins; nothing where it hangs on none."""
    column, row = anchor.findtext("{*}from/{*}col"), anchor.findtext("{*}from/{*}row")
    if not (column and row and column.isdecimal() and row.isdecimal()):
        return ""
    return f"{column_letters(int(column))}{int(row) + 1}"


def _linked(archive: zipfile.ZipFile, sheet: str, kinds: tuple[str, ...]) -> Iterator[str]:
    """Yield the parts of some kinds that a sheet is linked with, but for one that is too large."""
    folder, name = posixpath.split(sheet)
    path = f"{folder}/_rels/{name}.rels"
    if path not in archive.NameToInfo:
        return
    for link in etree.fromstring(archive.read(path), etree.XMLParser(**PLAIN_XML)):
        target = posixpath.normpath(posixpath.join("/", folder, link.get("Target", "")))[1:]
        part = archive.NameToInfo.get(target)
        if part and str(link.get("Type")).endswith(kinds) and part.file_size <= limits.PART_BYTES:
            yield target
