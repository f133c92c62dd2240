"""All the words that a finished file holds, also where nobody looks: notes, properties, changes."""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import PurePath
from typing import Any

from forthright.letter_files.reading import (
    MOST_PAGES,
    FileRefused,
    check_is_safe_word_file,
    open_pdf,
    words_of_file,
)

PARAGRAPH, DELETED, TEXT = "}p", "}delText", "}t"
# Folders of a Word file in which another file lies whole, words and all.
WITHIN = ("word/embeddings/", "word/activex/", "word/afchunk", "customxml/")
PICTURES = ("word/media/",)
# Parts that are no XML and hold no words: a font, cut down to the letters that are used.
FONTS = (".odttf",)
IMAGES = (".jpeg", ".jpg", ".png", ".emf", ".wmf", ".gif", ".bmp", ".tif", ".tiff", ".svg")
# Fields of a form, choices of a list and variables say their words in “val”, as styles do theirs.
SAID_IN_VAL = ("}alias", "}tag", "}docVar", "}statusText", "}helpText", "}default", "}listEntry",
               "}placeholder", "}result", "}format")  # fmt: skip
BEHIND = ("author", "initials", "title", "descr", "name", "Target", "alt", "displayText", "value",
          "tooltip", "instr", "userId", "anchor")  # fmt: skip
# The picture of an empty page that python-docx puts into every file that it begins.
BLANK_PAGE = "96367138dc44ce09bf2c8f0f8e49348a1478d2c5c0af69bbc2bbc38b63cdcead"
MOST_PARTS = 500
# Of a moment in a file's properties only the day can be one of a case.
HOUR = re.compile(r"(?<=\d{4}-\d\d-\d\d)T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?")


@dataclass(frozen=True, slots=True)
class FilePart:
    """Words of a file, and where in it they stand as a person would look for them."""

    where: str
    words: str


def parts_of_file(content: bytes, name: str) -> list[FilePart]:
    """Return every part of a finished file that holds words, its metadata included.

    :raises FileRefused: if it cannot be read whole: a picture of words, another file within it
    """
    ending = PurePath(name).suffix.lower()
    parts = [FilePart("the name of the file", PurePath(name).stem)]
    if ending == ".docx":
        return parts + list(_parts_of_word_file(content))
    if ending == ".pdf":
        return parts + list(_parts_of_pdf(content))
    return [*parts, FilePart("the letter", words_of_file(BytesIO(content), name))]


def _parts_of_word_file(content: bytes) -> Iterator[FilePart]:
    check_is_safe_word_file(content)
    with zipfile.ZipFile(BytesIO(content)) as package:
        names = [each for each in package.namelist() if not each.endswith("/")]
        if len(names) > MOST_PARTS:
            raise FileRefused("The Word file has far more parts than a letter.")
        if len({each.lower() for each in names}) < len(names):
            raise FileRefused("Two parts of it have one name, so that one would go unread.")
        if package.comment:
            said = package.comment.decode("utf-8", "replace")
            yield FilePart("a comment on the file as a whole", said)
        for name in names:
            yield from _words_within(name, package.read(name))


def _words_within(name: str, content: bytes) -> Iterator[FilePart]:
    """Yield the words of one part of a Word file, and refuse a part that cannot be searched."""
    from lxml import etree

    small = name.lower()
    if small.startswith(WITHIN[:3]):
        raise FileRefused(f"Another file lies within it ({name}). Take it out.")
    if small.startswith(PICTURES) or small.endswith(IMAGES):
        if sha256(content).hexdigest() != BLANK_PAGE:
            raise FileRefused(f"It holds a picture ({name}), whose words nobody can search.")
    elif small.endswith((".xml", ".rels")):
        # What is outside may be read by the parser only if it is asked to; it is not.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as fault:
            raise FileRefused(f"A part of it cannot be read ({name}).") from fault
        yield from _words_of_part(name, root)
    elif not small.endswith(FONTS):
        raise FileRefused(f"A part of it is of no kind that can be searched ({name}).")


def _words_of_part(name: str, root: Any) -> Iterator[FilePart]:
    """Yield the words of a part: paragraph by paragraph, then what stands in its attributes."""
    from lxml import etree

    where = {"word/document.xml": "the letter", "docProps/core.xml": "its properties",
             "docProps/app.xml": "its properties", "docProps/custom.xml": "its properties",
             "word/comments.xml": "its comments"}.get(name, name)  # fmt: skip
    paragraphs = [each for each in root.iter() if str(each.tag).endswith(PARAGRAPH)]
    lines = ["".join(_said_in(each)) for each in paragraphs]
    if not paragraphs:
        lines = [each for each in root.itertext() if each.strip()]
    if words := "\n".join(line for line in lines if line.strip()):
        yield FilePart(where, HOUR.sub("", words) if where == "its properties" else words)
    hidden = [
        value
        for each in root.iter(etree.Element)
        for key, value in each.attrib.items()
        if key.rpartition("}")[2] in BEHIND
        or (key.endswith("}val") and str(each.tag).endswith(SAID_IN_VAL))
    ]
    # Notes of whoever wrote the XML, which no program shows.
    notes = root.xpath("//comment() | //processing-instruction()")
    hidden += [text for each in notes if (text := str(each.text or "").strip())]
    if hidden:
        yield FilePart(f"{where}, behind the words", "\n".join(dict.fromkeys(hidden)))


def _said_in(paragraph: Any) -> Iterator[str]:
    for node in paragraph.iter():
        tag = str(node.tag)
        if tag.endswith((TEXT, DELETED, "}instrText")):
            yield node.text or ""
        elif tag.endswith(("}tab", "}br")):
            yield " "


def _parts_of_pdf(content: bytes) -> Iterator[FilePart]:
    with open_pdf(content, most_pages=MOST_PAGES) as reader:
        for number, page in enumerate(reader.pages, 1):
            words = page.extract_text()
            if not words.strip() and page.images:
                raise FileRefused(f"Page {number} is a picture, whose words nobody can search.")
            yield FilePart(f"page {number}", words)
            notes = [str(each.get_object().get(key, "")) for each in page.get("/Annots") or ()
                     for key in ("/Contents", "/T", "/TU", "/V")]  # fmt: skip
            yield FilePart(f"the notes of page {number}", "\n".join(filter(None, notes)))
        if reader.attachments:
            raise FileRefused("Another file lies within it. Take it out.")
        about = [str(value) for value in (reader.metadata or {}).values()]
        found = reader.xmp_metadata
        written = _words_of_packet(found.stream.get_data()) if found else []
        yield FilePart("its properties", HOUR.sub("", "\n".join([*about, *written])))
        titles = [str(each.title) for each in _flat(reader.outline)]
        yield FilePart("its bookmarks", "\n".join(titles))


def _words_of_packet(packet: bytes) -> list[str]:
    """Return what an XMP packet says; the addresses that name its own kinds of words are none.

    A packet that is no XML is given back as it is, so that nothing in it goes unseen.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(packet, parser)
    except etree.XMLSyntaxError:
        return [packet.decode("utf-8", "replace")]
    said = []
    for node in root.iter():
        said += [node.text or "", node.tail or "", *node.attrib.values()]
    return [each.strip() for each in said if each.strip()]


def _flat(outline: list[Any]) -> Iterator[Any]:
    for each in outline:
        if isinstance(each, list):
            yield from _flat(each)
        else:
            yield each
