"""Reads the paragraphs of a Word file with their styles, lists, bold words and italics."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from forthright.letter_files.reading import (
    MOST_BYTES,
    TRACKED,
    FileRefused,
    check_is_safe_word_file,
)
from forthright.letter_files.word_looks import (
    kind_by_list,
    kinds_of_lists,
    look_of,
    looks_of_styles,
    words_marked,
)
from forthright.letter_files.word_skeleton import STYLES
from forthright.rules.letter_blocks.composed import Look, ParagraphKind

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
    """One paragraph: its number in the file, what it is, and its words as they stand out."""

    number: int
    kind: ParagraphKind
    pieces: tuple[tuple[str, Look], ...]
    language: str = ""

    @property
    def text(self) -> str:
        """Return the words of the paragraph."""
        return "".join(text for text, _ in self.pieces)


def read_word_paragraphs(content: bytes) -> list[WordParagraph]:
    """Return the paragraphs that hold words, in order.

    :raises FileRefused: if it is not a safe Word file, or holds words that would be lost:
        tables, boxes, headers, footers, tracked changes, words struck through
    """
    document = _open(content)
    _check_body(document.element.body)
    _check_edges(document)
    # Asked for by paragraph, python-docx reads every style anew each time.
    kinds = {style.style_id: _kind_of(style.name) for style in document.styles}
    looks = looks_of_styles(document)
    lists = kinds_of_lists(document)
    read = []
    for number, paragraph in enumerate(document.paragraphs, start=1):
        kind = kinds.get(paragraph._p.style, ParagraphKind.TEXT)
        # The list buttons of Word and LibreOffice number a paragraph and leave its style.
        kind = kind_by_list(paragraph, lists) or kind if kind is ParagraphKind.TEXT else kind
        pieces = tuple(_pieces(paragraph, kind, looks))
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


def _check_body(body: Any) -> None:
    for tags, words in (
        ((f"{W}tbl",), "a table"),
        ((f"{W}txbxContent",), "a text box"),
        (TRACKED, "tracked changes"),
    ):
        if next(body.iter(*tags), None) is not None:
            raise FileRefused(
                f"The Word file has {words}, which a letter cannot hold. Put the words into "
                "ordinary paragraphs, or accept the changes, and save it again."
            )
    if gone := words_marked(body, "strike", "dstrike", "vanish"):
        raise FileRefused(
            f"“{gone}” is struck through or hidden in the Word file, and a letter would show it. "
            "Delete those words, or take the mark away, and save it again."
        )


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


def _pieces(
    paragraph: Any, kind: ParagraphKind, looks: Mapping[str, Look]
) -> Iterator[tuple[str, Look]]:
    """Yield the words of a paragraph as they stand out; links are words like others."""
    is_heading = kind is ParagraphKind.HEADING
    for part in paragraph.iter_inner_content():
        for run in getattr(part, "runs", (part,)):
            look = look_of(run, looks)
            # A heading is bold by its style, and a letter does not say so a second time.
            yield run.text, look._replace(is_bold=look.is_bold and not is_heading)


def _language_of(paragraph: Any) -> str:
    """Return the language that the first words are marked as, where they are marked at all."""
    marks = (mark.get(f"{W}val") for mark in paragraph._p.iter(f"{W}lang"))
    return next((mark for mark in marks if mark), "")
