"""An anonymised letter as the files it goes out in, and how days are written in it."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from forthright.anonymiser.known import Known, letter_of
from forthright.anonymiser.spans import Found, Kind
from forthright.letter_files import writing
from forthright.letter_files.everything import parts_of_file
from forthright.letter_files.file_parts import FilePart
from forthright.letter_files.reading import MOST_PAGES
from forthright.panels.models import AnonymisedLetter
from forthright.panels.selectors.known import kept_known
from forthright.rules.letter_blocks.composed import Composed, Paragraph, Run
from forthright.rules.words import list_words
from forthright.rules.written_days import keys_of_days

TITLE = "A letter for the panel"
NAME = "letter"
PACK_KINDS = {Kind.URN, Kind.EMAIL, Kind.PHONE}
BLANK_LINE = re.compile(r"\n\s*\n")
# A line as long as this that ends in no stop goes on in the next.
MARGIN_FROM, ENDS = 50, ".:;?!"
# A pack has as many letters as a meeting may draw and a page before them; type is larger in it.
# Signs that each font draws as it likes or nobody knows; of others, arrows are the first.
NOBODYS, FIRST_SIGN = frozenset({"Co", "Cn"}), "\u2190"
KEPT = 32  # letters whose finished files are held
MOST_PACK_PAGES = 60 * 2 * MOST_PAGES + 1


def with_days_named(text: str, found: Sequence[Found]) -> list[Found]:
    """Return hidden places in which a day is “date A”, “date B” and no longer a day.

    Days that are all moved alike keep the time between them, and by that alone whoever has the
    register of cases finds every letter that tells of two days (docs/adr/0033).
    """
    days = [each for each in found if each.kind is Kind.DATE]
    keys = iter(keys_of_days([text[each.start : each.end] for each in days]))
    names: dict[str, str] = {}
    told = []
    for each in found:
        if each.kind is Kind.DATE:
            number = len(names)
            letter = letter_of(number)
            each = replace(each, role=names.setdefault(next(keys), f"date {letter}"))  # noqa: PLW2901
        told.append(each)
    return told


def files_of(letter: AnonymisedLetter) -> dict[str, bytes]:
    """Return the finished letter as PDF, Word file and text, by name; nothing else is handed out.

    Neither names nor properties of the files say which letter it was.
    """
    return dict(_files_of(letter.text))


# A letter is searched once and again at each of two confirmations: made and read but once, that
# takes a third of the time. What is kept here is anonymised, in memory alone.
@lru_cache(maxsize=KEPT)
def _files_of(text: str) -> dict[str, bytes]:
    composed = composed_text(text)
    return {
        f"{NAME}.pdf": writing.pdf_of(composed, title=TITLE),
        f"{NAME}.docx": writing.docx_of(composed, title=TITLE),
        f"{NAME}.txt": writing.text_of(composed).encode(),
    }


@lru_cache(maxsize=3 * KEPT)
def read_whole(content: bytes, name: str) -> tuple[FilePart, ...]:
    """Return every part of one finished file that holds words.

    :raises FileRefused: if it cannot be read whole
    """
    return tuple(parts_of_file(content, name))


def why_unread(refused: str, text: str) -> str:
    """Say why a finished file of a letter cannot be searched, and by which signs in it: “😀”."""
    signs = dict.fromkeys(f"“{each}”" for each in text if _is_sign(each))
    if not signs:
        return refused
    return (
        f"{refused.partition('. ')[0]}. In the letter stands {list_words(list(signs))}, which a "
        "font may draw as a picture, or have no letter for. Hide each such sign in the letter, as "
        "any words, and search again."
    )


def _is_sign(character: str) -> bool:
    sort = unicodedata.category(character)
    return sort in NOBODYS or (sort == "So" and character >= FIRST_SIGN)


def composed_text(text: str) -> Composed:
    """Return an anonymised text as paragraphs."""
    return Composed(paragraphs=tuple(Paragraph(runs=(Run(text=line),)) for line in lines_of(text)))


def lines_of(text: str) -> list[str]:
    """Return the paragraphs of a text; a line that was only broken at the margin is no end."""
    return [line for block in BLANK_LINE.split(text) for line in _joined(block)]


def _joined(block: str) -> Iterator[str]:
    said = ""
    for line in (each.strip() for each in block.splitlines() if each.strip()):
        if said and not (len(said) >= MARGIN_FROM and said[-1] not in ENDS):
            yield said
            said = line
        else:
            said = f"{said} {line}".strip()
    if said:
        yield said


def left_in_pack(content: bytes, letters: Sequence[AnonymisedLetter], reader: str) -> list[str]:
    """Return where a finished pack holds a full name or a number of one of its cases.

    Each letter passed the gate by itself. This looks at what stands around them too: the place
    of the meeting, what members are asked, the properties of the file. The reader's own name,
    which stands on each page, is no find. Words are whole: “An Ho” is not in “within an hour”.

    :raises FileRefused: if the pack cannot be read whole
    """
    telling = _telling(letters, reader)
    return [
        each.where
        for each in parts_of_file(content, "pack.pdf", most_pages=MOST_PACK_PAGES)
        if _tells(each.words, telling)
    ]


def letters_that_tell(letters: Sequence[AnonymisedLetter], reader: str) -> list[AnonymisedLetter]:
    """Return the letters of a pack that hold a full name or a number of one of its cases."""
    telling = _telling(letters, reader)
    return [each for each in letters if _tells(each.text, telling)]


def _tells(words: str, telling: re.Pattern[str]) -> bool:
    return telling.search(" ".join(words.casefold().split())) is not None


def _telling(letters: Sequence[AnonymisedLetter], reader: str) -> re.Pattern[str]:
    """Return the shape of any full name or number of the cases, as words of their own."""
    telling = {word for each in letters for word in _telling_words(kept_known(each))}
    telling.discard(reader.casefold())
    either = "|".join(re.escape(each) for each in sorted(telling)) or "(?!)"
    return re.compile(rf"(?<!\w)(?:{either})(?!\w)")


def _telling_words(known: Known) -> Iterator[str]:
    for person in known.people:
        if person.given and person.family:
            yield f"{person.given} {person.family}".casefold()
    for each in known.words:
        if each.kind in PACK_KINDS and each.role != "the office's contact":
            yield " ".join(each.words.casefold().split())
