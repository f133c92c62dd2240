"""What a sheet shows beside its cells, and no reader of rows sees: notes, boxes and pictures."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from forthright.table_files import limits
from forthright.table_files.places import column_letters

PLAIN_XML = {"resolve_entities": False, "no_network": True, "load_dtd": False, "huge_tree": False}
# ECMA-376, part 1, 18.7.3, and the threads of comments that newer programs keep instead.
NOTES = ("{*}comment", "{*}threadedComment")
CENTIMETRE = 360_000
CREST_WIDTH, CREST_HEIGHT = 6 * CENTIMETRE, 4 * CENTIMETRE


def notes_in(archive: zipfile.ZipFile, sheet: str) -> list[str]:
    """Return each cell of a sheet with a note or a comment on it: "B5"; in the order of the file.

    :param sheet: the path of the sheet in the workbook
    """
    parser = etree.XMLParser(**PLAIN_XML)
    found = (
        each.get("ref", "")
        for path in _linked(archive, sheet, ("/comments", "/threadedComment"))
        for each in etree.fromstring(archive.read(path), parser).iter(*NOTES)
    )
    return list(dict.fromkeys(found))


@dataclass(slots=True)
class Drawn:
    """What is drawn over a sheet, each by the cell at which it begins, in the order of the file."""

    # Text boxes, and shapes with words.
    boxes: list[str] = field(default_factory=list)
    # Pictures that are larger than a crest; what stands in them no program finds.
    pictures: list[str] = field(default_factory=list)
    charts: list[str] = field(default_factory=list)


def drawn_in(archive: zipfile.ZipFile, sheet: str) -> Drawn:
    """Return what is drawn over the cells of a sheet (ECMA-376, part 1, 20.5)."""
    parser, found = etree.XMLParser(**PLAIN_XML), Drawn()
    for path in _linked(archive, sheet, ("/drawing",)):
        for anchor in etree.fromstring(archive.read(path), parser):
            at = _cell_of(anchor)
            if any((words.text or "").strip() for words in anchor.iter("{*}t")):
                found.boxes.append(at)
            found.pictures += [at for each in anchor.iter("{*}pic") if _is_large(each)]
            found.charts += [at for _ in anchor.iter("{*}graphicFrame")]
    # What lies behind all cells hangs on none of them.
    found.pictures += ["" for _ in _linked(archive, sheet, ("/image",))]
    return found


def files_in(archive: zipfile.ZipFile, sheet: str) -> int:
    """Count the files that are embedded in a sheet, such as another workbook."""
    return sum(1 for _ in _linked(archive, sheet, ("/oleObject", "/package")))


def is_crest(width: int, height: int) -> bool:
    """Say whether a picture is so small that it is a crest or a signature, and lists nothing.

    :param width: how wide it is, in 360,000ths of a centimetre, as Office writes it
    """
    return width <= CREST_WIDTH and height <= CREST_HEIGHT


def _is_large(picture: "etree._Element") -> bool:
    size = picture.find(".//{*}xfrm/{*}ext")
    if size is None:
        return True
    width, height = size.get("cx", ""), size.get("cy", "")
    return not (width.isdecimal() and height.isdecimal() and is_crest(int(width), int(height)))


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
