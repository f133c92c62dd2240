"""Whether an address in the letter is another than the one that the record has for the person.

What stands on the envelope is drawn from the record. Another address among the words says that
one of the two is wrong, and a letter that goes to the wrong house can cost a life.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from forthright.rules.addresses import STREET_WORDS, words_of_address
from forthright.rules.addresses import WRITTEN_POSTCODE as POSTCODE
from forthright.rules.case_file import CaseFile, Channel
from forthright.rules.letter_checks.people import words_of_name
from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.letter_checks.text import Part

HOUSE = re.compile(
    r"\b\d+[A-Za-z]?(?:[-/]\d+[A-Za-z]?)?,? (?:[A-Z][\w'’-]*\.? ){1,3}(?:" + STREET_WORDS + r")\b"
)
MONTHS = re.compile(
    r"\d+ (?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
COURT = re.compile(r"(?:Crown|Magistrates['’]|County|Family|Youth|High) Court\b")
OURS = re.compile(r"\b(?:CPS|Crown Prosecution|Victim Liaison|Witness Care)\b", re.IGNORECASE)
LABELLED = re.compile(r"[^\n:]{1,40}:|.*@|.*\b(?:20|19)\d\d\b|private\b|by hand\b", re.IGNORECASE)
LEAST_HOUSE = 2


@dataclass(frozen=True, slots=True)
class _Line:
    """A line above the greeting, and its place."""

    start: int
    text: str

    def hit(self, message: str, suggestion: str) -> Hit:
        return Hit(self.start, self.start + len(self.text), message, suggestion)


def other_addresses(subject: Subject, case: CaseFile) -> Iterator[Hit]:
    """Yield each address that is not the record's, and one that lacks its postcode."""
    for block in _blocks(subject):
        if _is_theirs(block, case):
            yield from _strange_lines(block, case)
            yield from _without_postcode(block, case)
        elif not any(OURS.search(each.text) for each in block):
            yield from _addresses_in(subject, case, block[0].start, _end(block))
    for paragraph in subject.letter.parts(Part.TEXT, Part.BULLET):
        yield from _addresses_in(subject, case, paragraph.start, paragraph.end)


def _strange_lines(block: list[_Line], case: CaseFile) -> Iterator[Hit]:
    """Yield the lines of the person's own address block that the record does not have."""
    reader = case.recipient
    known = words_of_address(
        " ".join((*reader.address, reader.title, reader.given_names, reader.family_name,
                  reader.preferred_name, reader.adviser, *(_about(case)), "care c o"))
    )  # fmt: skip
    for line in block:
        words = words_of_address(line.text, with_county=False)
        if words <= known or LABELLED.match(line.text) or _is_name(line, case):
            continue
        has_place = any(each.isdigit() for each in words) or POSTCODE.search(line.text)
        if has_place or (reader.address and reader.channel is not Channel.VIA_ADVISER):
            yield line.hit(
                f"This is not in the address that the record has for this person: {_ours(case)}. "
                "The envelope gets its address from the record, not from these words.",
                "Put the letter together again from the record, or have the record corrected.",
            )


def _without_postcode(block: list[_Line], case: CaseFile) -> Iterator[Hit]:
    reader = case.recipient
    text = " ".join(each.text for each in block)
    house = words_of_address(reader.address[0]) if reader.address else set()
    first = next((each for each in block if house and house <= words_of_address(each.text)), None)
    has_one = any(POSTCODE.search(each) for each in reader.address)
    if first is not None and has_one and not POSTCODE.search(text):
        yield first.hit(
            f"The address lacks its postcode. The record has: {_ours(case)}.", _ours(case)
        )


def _addresses_in(subject: Subject, case: CaseFile, start: int, end: int) -> Iterator[Hit]:
    """Yield the houses and postcodes in some words that the record does not have."""
    text = subject.letter.text
    for pattern in (HOUSE, POSTCODE):
        for found in pattern.finditer(text, start, end):
            words = words_of_address(found.group())
            if MONTHS.match(found.group()) or COURT.search(found.group()):
                continue
            if any(words <= each for each in _known(case)):
                continue
            yield Hit(
                *found.span(),
                f"The record does not have this address. For this person it has: {_ours(case)}.",
                "Take it out, or check it against the record before anything else.",
            )


def _known(case: CaseFile) -> Iterator[set[str]]:
    """Yield the words of each address and text of the record."""
    note = case.note
    told = (note.decided, note.changed, *note.facts) if note else ()
    named = (each.value for each in case.area.contacts)
    said = (case.letter.reply_to, case.letter.reply_outcome, case.letter.next_step,
            case.letter.correction_of, case.letter.correction_right)  # fmt: skip
    court = (case.court.name,) if case.court else ()
    texts: Iterable[str] = (" ".join(case.recipient.address), *case.places, *court, *named, *told,
                            *said, *(each.what for each in case.dates))  # fmt: skip
    for text in texts:
        if words := words_of_address(text):
            yield words


def _blocks(subject: Subject) -> Iterator[list[_Line]]:
    """Yield the lines above the greeting, those without a gap between them together."""
    heads = subject.letter.parts(Part.ADDRESS)
    if not heads:
        return
    place, block = heads[0].start, []
    for line in subject.letter.text[place : heads[-1].end].splitlines(keepends=True):
        if line.strip():
            block.append(_Line(place + len(line) - len(line.lstrip()), line.strip()))
        elif block:
            yield block
            block = []
        place += len(line)
    if block:
        yield block


def _is_theirs(block: list[_Line], case: CaseFile) -> bool:
    if any(OURS.search(each.text) for each in block):
        return False
    house = words_of_address(case.recipient.address[0]) if case.recipient.address else set()
    is_house = len(house) >= LEAST_HOUSE and any(
        house <= words_of_address(each.text) for each in block
    )
    return is_house or any(_is_name(each, case) for each in block)


def _is_name(line: _Line, case: CaseFile) -> bool:
    words = set(words_of_name(line.text))
    return bool(words & set(words_of_name(case.recipient.family_name))) and not any(
        each.isdigit() for each in line.text
    )


def _about(case: CaseFile) -> tuple[str, ...]:
    about = case.recipient.about
    return (about.title, about.given_names, about.family_name) if about else ()


def _ours(case: CaseFile) -> str:
    return ", ".join(case.recipient.address) or "none"


def _end(block: list[_Line]) -> int:
    return block[-1].start + len(block[-1].text)
