"""Reads the paragraphs of a Word file with their styles and bold words."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from forthright.letter_files.reading import MOST_BYTES, FileRefused, check_is_safe_word_file
from forthright.letter_files.word_skeleton import STYLES
from forthright.rules.letter_blocks.composed import ParagraphKind

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
KIND_OF_STYLE = {
    **{style: kind for kind, style in STYLES.items()},
    "Title": ParagraphKind.HEADING,
    "Closing": ParagraphKind.SIGN_OFF,
    "Envelope Address": ParagraphKind.ADDRESS,
    "Date": ParagraphKind.DATE,
}
KIND_OF_BEGINNING = {
    "Heading": ParagraphKind.HEADING,
    "List Bullet": ParagraphKind.BULLET,
    "List Number": ParagraphKind.NUMBERED,
}


@dataclass(frozen=True, slots=True)
class WordParagraph:
    """One paragraph: its number in the file, what it is, and its words, bold or not."""

    number: int
    kind: ParagraphKind
    pieces: tuple[tuple[str, bool], ...]
    language: str = ""

    @property
    def text(self) -> str:
        """Return the words of the paragraph."""
        return "".join(text for text, _ in self.pieces)


def read_word_paragraphs(content: bytes) -> list[WordParagraph]:
    """Return the paragraphs that hold words, in order.

    :raises FileRefused: if it is not a safe Word file, or holds words that would be lost:
        tables, boxes, headers, footers, tracked changes
    """
    document = _open(content)
    body = document.element.body
    for tag, words in (
        ("tbl", "a table"),
        ("txbxContent", "a text box"),
        ("ins", "tracked changes"),
        ("del", "tracked changes"),
    ):
        if next(body.iter(f"{W}{tag}"), None) is not None:
            raise FileRefused(
                f"The Word file has {words}, which a letter cannot hold. Put the words into "
                "ordinary paragraphs, or accept the changes, and save it again."
            )
    _check_edges(document)
    # Asked for by paragraph, python-docx reads every style anew each time.
    kinds = {style.style_id: _kind_of(style.name) for style in document.styles}
    read = []
    for number, paragraph in enumerate(document.paragraphs, start=1):
        kind = kinds.get(paragraph._p.style, ParagraphKind.TEXT)
        pieces = tuple(_pieces(paragraph, kind))
        if any(text.strip() for text, _ in pieces):
            read.append(WordParagraph(number, kind, pieces, _language_of(paragraph)))
    return read


def _open(content: bytes) -> Any:
    from docx import Document

    if len(content) > MOST_BYTES:
        raise FileRefused("The file is larger than 10 MB, so it is not one letter.")
    check_is_safe_word_file(content)
    try:
        return Document(BytesIO(content))
    except Exception as fault:  # python-docx raises many kinds of error for a broken file
        raise FileRefused("The Word file is damaged. Save it again in Word.") from fault


def _check_edges(document: Any) -> None:
    for section in document.sections:
        for edge in (section.header, section.footer):
            if not edge.is_linked_to_previous and any(p.text.strip() for p in edge.paragraphs):
                raise FileRefused(
                    "The Word file has words in its header or footer, which a letter cannot hold. "
                    "Move them into the letter, or take them out, and save it again."
                )


def _kind_of(style: str) -> ParagraphKind:
    if style in KIND_OF_STYLE:
        return KIND_OF_STYLE[style]
    found = (kind for start, kind in KIND_OF_BEGINNING.items() if style.startswith(start))
    return next(found, ParagraphKind.TEXT)


def _pieces(paragraph: Any, kind: ParagraphKind) -> Iterator[tuple[str, bool]]:
    """Yield the words of a paragraph with whether they are bold; links are words like others."""
    is_heading = kind is ParagraphKind.HEADING
    for part in paragraph.iter_inner_content():
        for run in getattr(part, "runs", (part,)):
            # A heading is bold by its style, and a letter does not say so a second time.
            yield run.text, bool(run.bold) and not is_heading


def _language_of(paragraph: Any) -> str:
    """Return the language that the first words are marked as, where they are marked at all."""
    marks = (mark.get(f"{W}val") for mark in paragraph._p.iter(f"{W}lang"))
    return next((mark for mark in marks if mark), "")
