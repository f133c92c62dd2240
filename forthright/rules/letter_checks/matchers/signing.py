"""Which lines at the end of a letter sign it, with whatever goodbye, or with none."""

import re
from collections.abc import Sequence

from forthright.rules.case_file import CaseFile
from forthright.rules.letter_checks.people import words_of_name
from forthright.rules.letter_checks.text import LetterText, Paragraph, Part, Span

FROM = re.compile(r"(?:from|signed(?: by)?:?)[ \u00a0]+", re.IGNORECASE)
# What may stand between a name and a role in one line.
DIVIDES = re.compile(r"[ \u00a0]*(?:,|[|–—]|-[ \u00a0]|(?<=[ \u00a0])\()[ \u00a0]*")
# Nobody's name is longer, with its role and unit behind it.
LONGEST_LINE = 120
MOST_LINES = 6


def signing_lines(letter: LetterText, case: CaseFile) -> Sequence[Span]:
    """Return the lines that sign a letter: the name first, then the role where there is one.

    A role that stands behind the name is a line of its own. "Helen" above "Helen Marsh" is the
    hand that signs, and is left out.
    """
    lines = list(letter.parts(Part.SIGNATORY)) or _without_goodbye(letter, case)
    pieces = [piece for each in lines for piece in _pieces(each, lines)]
    if len(pieces) > 1 and is_part_of_name(words_of_name(pieces[0].text), pieces[1].text):
        pieces = pieces[1:]
    return pieces


def is_part_of_name(words: Sequence[str], name: str) -> bool:
    """Say whether words are a name, or the first or the last of it: "Helen" of "Helen Marsh"."""
    whole = words_of_name(name)
    return bool(words) and tuple(words) in (whole, whole[:1], whole[-len(words) :])


def _without_goodbye(letter: LetterText, case: CaseFile) -> list[Paragraph]:
    """Return the last lines of a letter from the name of a colleague on."""
    names = {words_of_name(each.name) for each in case.area.staff}
    names |= {words_of_name(case.letter.signatory)} - {()}
    last = list(letter.paragraphs[-MOST_LINES:])
    for number, each in enumerate(last):
        is_after = each.part in (Part.HEADING, Part.TEXT) and len(each.text) <= LONGEST_LINE
        if is_after and words_of_name(_name_in(each.text)) in names:
            return last[number:]
    return []


def _name_in(line: str) -> str:
    whole = FROM.sub("", line.strip(" *_"), count=1).partition("\n")[0]
    return DIVIDES.split(whole, maxsplit=1)[0]


def _pieces(line: Span, lines: Sequence[Span]) -> list[Span]:
    """Return the name and the role that stand in one line as two; no other line is cut."""
    start = line.start
    if line in lines[:2] and (found := FROM.match(line.text)):
        start = line.start + found.end()
    text = line.text[start - line.start :]
    divides = DIVIDES.search(text)
    role = text[divides.end() :].strip(") ") if divides else ""
    if divides is None or not role or line not in lines[:2]:
        return [Span(start, line.end, text)]
    begins = start + divides.end()
    return [
        Span(start, start + divides.start(), text[: divides.start()]),
        Span(begins, begins + len(role), role),
    ]
