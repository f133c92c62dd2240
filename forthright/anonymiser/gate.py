"""Looks whether a finished file still holds anything that says who a letter is about."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import unescape
from typing import Any
from urllib.parse import unquote

from forthright.anonymiser import patterns, reckoned_days, record, slipped
from forthright.anonymiser.begins_sentence import Sense, sense_of
from forthright.anonymiser.capital_words import stays
from forthright.anonymiser.known import Known, as_read
from forthright.anonymiser.letters import places_of, read_plainly
from forthright.anonymiser.parts_of_days import parts_of_days_in
from forthright.anonymiser.plain_words import WORD
from forthright.anonymiser.reading import read_for_layers, read_without_looks
from forthright.anonymiser.several_days import several_days_in
from forthright.anonymiser.spans import Found, Kind, Layer
from forthright.anonymiser.titles import CALLED_BY_IT, IS_CALLED, TITLE
from forthright.letter_files.file_parts import SOFT_END, WRITTEN_BY
from forthright.letter_files.pdf_page_ends import OVER
from forthright.rules.letter_checks.text import folded

# Days of an anonymised letter were moved and ages made bands; days of the case are known besides.
MAY_STAND = {Kind.DATE, Kind.AGE}
NOTHING = Known()
AROUND = 30
MOST_DECODED = 3
# How programs write a letter by its number in Unicode.
ESCAPED = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))")
# What tells a name that no record knows: the words around it, and that it stands there again.
TOLD_BY = {Layer.TITLE, Layer.SAME}
# What a program that made a file writes into its properties: “Microsoft Office Word”.
PROGRAMS = re.compile(
    r"(?:(?<![^\W\d_])(?:Microsoft|Office|Word|Print|To|PDF|Adobe|Acrobat|Distiller|Library|"
    r"PDFMaker|LibreOffice|OpenOffice|Writer|WeasyPrint|Skia|Chrome|Chromium|HeadlessChrome|"
    r"Mozilla|Safari|Firefox|AppleWebKit|KHTML|like|Gecko|Edg|Windows|NT|Win|X|Linux|Macintosh|"
    r"Intel|Mac|OS|macOS|Apple|Quartz|PDFContext|Pages|Google|Docs|Renderer|cairo|python|docx|"
    r"ReportLab|Ghostscript|Normal|dotm?|Version|Build|for|by|m)(?![^\W\d_])|[\W\d_])+",
    re.IGNORECASE,
)
# What Word writes into the code of a field, besides words of English, and what a mail merge calls
# what it puts in: “MERGEFIELD Name”, “NUMPAGES 2”, “DATE \@ d MMMM yyyy”.
CODES = re.compile(
    r"(?<!\w)(?:(?:MERGEFIELD|DOCPROPERTY|DOCVARIABLE)(?:[ \u00a0]+\"?\w+)?|"
    r"(?:ADDRESSBLOCK|AUTONUM(?:LGL|OUT)?|AUTOTEXT(?:LIST)?|BIDIOUTLINE|CHARFORMAT|CREATEDATE|"
    r"DDEAUTO|DISPLAYBARCODE|EDITTIME|FILLIN|FORM(?:CHECKBOX|DROPDOWN|TEXT)|GOTOBUTTON|"
    r"GREETINGLINE|HTMLCONTROL|INCLUDE(?:PICTURE|TEXT)|LASTSAVEDBY|LISTNUM|MACROBUTTON|"
    r"MERGE(?:BARCODE|FORMAT|REC|SEQ)|NEXTIF|NOTEREF|NUM(?:CHARS|PAGES|WORDS)|PAGEREF|PRINTDATE|"
    r"REVNUM|SAVEDATE|SECTIONPAGES|SEQ|SKIPIF|STYLEREF|TOC|USER(?:ADDRESS|INITIALS)|ArabicDash|"
    r"CardText|DollarText|FirstCap|OrdText|DBCHAR|SBCHAR)[ \u00a0]*\d*|"
    r"MMMM?|DDDD?|YYYY|HH(?=:mm)|"
    r"(?<=\\\*[ \u00a0])(?:Alphabetic|Arabic|Caps|Hex|Lower|Ordinal|Roman|Upper))(?!\w)"
)
# What somebody wrote over a name: “XXXX”, “[Redacted]”.
WRITTEN_OVER = re.compile(r"x+|redacted|removed|withheld", re.IGNORECASE)
A_TITLE = re.compile(rf"(?:{TITLE})\.?")
# What stands as an author where a program, or who took the names out, has nobody's name there.
NO_AUTHOR = re.compile(
    r"(?:(?<![^\W\d_])(?:Author|User|Admin|Administrator|Owner|Guest|Unknown|Anonymous|None|"
    r"Reviewer|CPS|Crown|Prosecution|Service)(?![^\W\d_])|[\W\d_])+",
    re.IGNORECASE,
)
WROTE_IT = (
    "the file keeps that they wrote or saved it, and no record knows them; where that is a person, "
    "take it out: in Word by File, Info, Inspect Document, in a PDF by printing it anew"
)
# What leads to a role as well as to a name: “I met Defendant 1”.
LOOSELY = {IS_CALLED, CALLED_BY_IT}


@dataclass(frozen=True, slots=True)
class Left:
    """Something that was left in a file, and where."""

    where: str
    line: int
    words: str
    around: str
    found: Found
    # It may be a plain word and no name, so a person is asked and nothing is stopped by it.
    is_asked: bool = False

    @property
    def place(self) -> tuple[str, int, str, bool]:
        """Where it stands and what: one thing, in each reading of a part in which it is found."""
        return self.where, self.line, self.words, self.is_asked

    def as_table(self) -> dict[str, Any]:
        """Return it as it is written to JSON."""
        return {"where": self.where, "line": self.line, "words": self.words,
                "type": self.found.kind.value, "layer": self.found.layer.value,
                "because": self.found.because}  # fmt: skip


def left_in(
    parts: Iterable[tuple[str, str]], known: Known, *, is_letter: bool = True,
    beside: Known = NOTHING,
) -> list[Left]:  # fmt: skip
    """Return everything known and everything of a known shape in the parts of a file.

    `beside` is what is looked for besides what is known of the case, as what letters that are read
    with this one hide: of that a name that is a plain word too, and begins a sentence, is no find
    or is asked about, by what follows it. What may be a slip in a known name is asked about too:
    “PC Hall” where Hale is known. A month alone tells of a day of the case where its letter has it;
    in words about many letters, and of the days of other cases, it does not.
    """
    asked = _Asked(as_read(known), as_read(beside), known.days if is_letter else ())
    return _told_once(_left_in_part(where, _unended(words), asked) for where, words in parts)


def doubtful_in(parts: Iterable[tuple[str, str]], known: Known) -> list[Left]:
    """Return each place that may be a name, or a word with which a sentence begins: “He said so”.

    Nobody but a person can say which. In the product whoever takes a letter is asked of each.
    """
    return _told_once(
        _doubts_in_part(where, read_plainly(_unended(words)), known) for where, words in parts
    )


def _unended(words: str) -> str:
    """Return words with a blank at each soft end of a line: a name may go on over it."""
    return words.replace(SOFT_END, " ")


def _doubts_in_part(where: str, text: str, known: Known) -> Iterator[Left]:
    return (_as_left(where, text, found) for found in record.doubts_in(text, known))


def _told_once(by_part: Iterable[Iterable[Left]]) -> list[Left]:
    """Return what was found without what a part that was read before has in the same place.

    A part that can be read in several ways is here as often, and most of it says the same in each.
    What stands over the end of a page is told once, and not where a page has it.
    """
    found: list[Left] = []
    told: set[tuple[str, int, str, bool]] = set()
    for lefts in by_part:
        new = [each for each in lefts if each.place not in told]
        told.update(each.place for each in new)
        found += new
    has = {each.words for each in found if not each.where.startswith(OVER)}
    over = {(each.where, each.words): each for each in reversed(found) if each.words not in has}
    return [
        each
        for each in found
        if not each.where.startswith(OVER) or over.get((each.where, each.words)) is each
    ]


def strangers_in(parts: Iterable[tuple[str, str]], known: Known) -> list[Left]:
    """Return each place that reads as a name, of a person or a place, that the record lacks.

    What is hidden in a letter for the words around it is asked about here, since the file may come
    from anywhere: “Ms Patel”, “PC 4412”, “of Cannock”. So is whoever it keeps as having written or
    saved it, by the place alone where that stands. A single letter tells of nobody, nor does what
    Word writes into the code of a field. A line that was ended within its paragraph ends here.
    """
    return _told_once(
        [
            _as_left(where, _unended(text), found)
            for found in (
                _authors(text, known)
                if where.endswith(WRITTEN_BY)
                else _strangers(_without_codes(text.replace(SOFT_END, "\n")), known)
            )
        ]
        for where, text in ((where, read_plainly(words)) for where, words in parts)
    )


def _authors(text: str, known: Known) -> Iterator[Found]:
    """Yield each line that is somebody who wrote a file, unless the record knows a part of it."""
    read, held = read_for_layers(text), as_read(known)
    sure = [*map(read.as_given, _known(read.text, held)), *record.doubts_in(text, known)]
    for line in re.finditer(r"[^\n]+", text):
        is_seen = any(each.start < line.end() and each.end > line.start() for each in sure)
        words = " ".join(word for word in WORD.findall(line[0]) if not PROGRAMS.fullmatch(word))
        is_name = any(len(each) > 1 for each in words.split())
        if is_name and not is_seen and not NO_AUTHOR.fullmatch(words):
            yield Found(line.start(), line.end(), Kind.PERSON, Layer.PATTERN, 1.0, "", WROTE_IT)


def _without_codes(text: str) -> str:
    """Return a text with as many blanks in place of the codes of fields; its places stay."""
    return CODES.sub(lambda code: " " * len(code[0]), text)


def _strangers(text: str, known: Known) -> Iterator[Found]:
    held = as_read(known)
    read = read_for_layers(text)
    seen = [*_known(read.text, held), *slipped.may_be_slips_in(read.text, held)]
    sure = [*map(read.as_given, seen), *record.doubts_in(text, known)]
    places = places_of(text, by_model=False)
    for found in (*places.masked, *places.looked_at):
        is_name = found.layer in TOLD_BY and found.kind not in MAY_STAND
        is_seen = any(each.start < found.end and each.end > found.start for each in sure)
        if is_name and not is_seen and _tells(text, found):
            yield found


def _tells(text: str, found: Found) -> bool:
    """Say whether a place says more than a letter, a role, what hides a name, or a program does."""
    line = text[text.rfind("\n", 0, found.start) + 1 :].partition("\n")[0]
    words = [
        each
        for each in WORD.findall(text[found.start : found.end])
        if len(each) > 1 and not (WRITTEN_OVER.fullmatch(each) or A_TITLE.fullmatch(each))
    ]
    is_role = found.because in LOOSELY and all(map(stays, words))
    return bool(words) and not is_role and not PROGRAMS.fullmatch(line)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is looked for; the days are those of which a part alone is."""

    known: Known
    beside: Known
    days: tuple[date, ...]


def _left_in_part(where: str, words: str, asked: _Asked) -> Iterator[Left]:
    told: set[str] = set()
    for reading in _readings(words):
        for left in _left_in_reading(where, reading, asked):
            said = _as_seen(left.words)
            if said not in told or reading == words:
                yield left
            told.add(said)


def _readings(words: str) -> Iterator[str]:
    """Yield words as they stand, as a program shows them, and as they look to the eye."""
    shown = decoded(words)
    yield from dict.fromkeys((words, shown, read_without_looks(shown).text, _as_seen(shown)))


def _as_seen(words: str) -> str:
    """Return words without signs of how they look, each letter as the one of ours it is like."""
    return folded(read_without_looks(words).text)


def decoded(words: str) -> str:
    """Return words as a program shows them that reads “&#66;aker”, “%42aker” or “\\u0042aker”.

    What was written so twice is read twice: “&amp;#66;aker”.
    """
    for _ in range(MOST_DECODED):
        read = ESCAPED.sub(lambda code: chr(int(code[1] or code[2], 16)), unescape(unquote(words)))
        if read == words:
            break
        words = read
    return words


def _left_in_reading(where: str, words: str, asked: _Asked) -> Iterator[Left]:
    plain = read_plainly(words)
    read = read_for_layers(plain)
    text = read.text
    seen = list(_known(text, asked.known))
    beside = [(each, _sense(text, each)) for each in _known(text, asked.beside)]
    in_doubt = {each for each, sense in beside if sense is Sense.ASKED} - set(seen)
    seen += [each for each, sense in beside if sense is not Sense.WORD]
    seen += parts_of_days_in(text, asked.days)
    seen += [
        each
        for each in patterns.patterns_in(text)
        if each.kind not in MAY_STAND or each.because == patterns.AN_AGE_BY_BIRTHDAY
    ]
    # What is sure of anybody, or of any shape, is asked about by no slip of another's name.
    slips = _may_be_slips(text, asked.known, [each for each in seen if each not in in_doubt])
    in_doubt.update(slips)
    seen += slips
    told = -1
    # What is sure comes before what is asked about at one place.
    for found in sorted(seen, key=lambda each: (each.start, -each.end, each in in_doubt)):
        if found.end <= told:
            continue
        told = found.end
        yield _as_left(where, plain, read.as_given(found), is_asked=found in in_doubt)


def _may_be_slips(text: str, known: Known, sure: Sequence[Found]) -> list[Found]:
    """Return what may be a slip in a known name, but for what is surely one."""
    return [
        each
        for each in slipped.may_be_slips_in(text, known)
        if not any(one.start < each.end and one.end > each.start for one in sure)
    ]


def _as_left(where: str, text: str, found: Found, *, is_asked: bool = False) -> Left:
    return Left(
        where=where,
        line=text.count("\n", 0, found.start) + 1,
        words=text[found.start : found.end],
        around=" ".join(text[max(0, found.start - AROUND) : found.end + AROUND].split()),
        found=found,
        is_asked=is_asked,
    )


def _known(text: str, known: Known) -> Iterator[Found]:
    yield from record.known_in(text, known)
    yield from slipped.slips_in(text, known)
    yield from reckoned_days.days_near(text, known.days)
    yield from several_days_in(text, known.days)


def _sense(text: str, found: Found) -> Sense:
    return sense_of(text, found.start, found.end) if found.kind is Kind.PERSON else Sense.NAME
