"""Which lines at the end of a letter sign it, with whatever goodbye, or with none."""

import re
from collections.abc import Sequence

from forthright.rules.case_file import CaseFile
from forthright.rules.letter_checks.name_words import TITLES
from forthright.rules.letter_checks.people import words_of_name
from forthright.rules.letter_checks.text import LetterText, Paragraph, Part, Span

FROM = re.compile(r"(?:from|signed(?: by)?:?)[ \u00a0]+", re.IGNORECASE)
# What may stand between a name and a role in one line.
DIVIDES = re.compile(r"[ \u00a0]*(?:,|[|–—/]|-[ \u00a0]|(?<=[ \u00a0])\()[ \u00a0]*")
# For whom a colleague signs, in a line above or behind the name.
FOR_WHOM = re.compile(r"(?:for(?: and on behalf of)?|on behalf of)[ \u00a0]", re.IGNORECASE)
# What may stand behind a name and is no part of it: LLB, KC, BA (Hons).
LETTERS_BEHIND = re.compile(r"(?:[A-Z][A-Za-z]*[A-Z]|Hons|Esq)\.?")
# Nobody's name is longer, with its role and unit behind it.
LONGEST_LINE = 120
MOST_LINES = 6


def signing_lines(letter: LetterText, case: CaseFile) -> Sequence[Span]:
    """Return the lines that sign a letter: the name first, then the role where there is one.

    A role that stands behind the name is a line of its own. "Helen" above "Helen Marsh" is the
    hand that signs, and is left out.
    """
    lines = list(letter.parts(Part.SIGNATORY)) or _without_goodbye(letter, case)
    signed = _without_whom(lines)
    pieces = [piece for each in signed for piece in _pieces(each, signed)]
    if len(pieces) > 1 and is_part_of_name(words_of_name(pieces[0].text), pieces[1].text):
        pieces = pieces[1:]
    return pieces


def is_part_of_name(words: Sequence[str], name: str) -> bool:
    """Say whether words are a name, or the first or the last of it: "Helen" of "Helen Marsh"."""
    whole = words_of_name(name)
    return bool(words) and tuple(words) in (whole, whole[:1], whole[-len(words) :])


def _without_whom(lines: Sequence[Span]) -> Sequence[Span]:
    """Return the lines without those above the name that say for whom a colleague signs."""
    for number, line in enumerate(lines):
        if not FOR_WHOM.match(line.text):
            return lines[number:]
        # A long line above is one paragraph with the name under it.
        above, _, name = line.text.partition("\n")
        if name:
            return [Span(line.start + len(above) + 1, line.end, name), *lines[number + 1 :]]
    return lines


def goes_by(written: str, name: str) -> bool:
    """Say whether somebody signs as themselves: "Ms R. Adeyemi LLB" is "Ruth Adeyemi"."""
    pieces = FOR_WHOM.split(written, maxsplit=1)[0].replace("(", " ").split()
    while len(pieces) > 1 and LETTERS_BEHIND.fullmatch(pieces[-1].strip("(),")):
        pieces.pop()
    words, whole = list(words_of_name(" ".join(pieces))), words_of_name(name)
    if words and words[0] in TITLES:
        words = words[1:]
    if tuple(words) == whole:
        return True
    given = words[:-1]
    return bool(
        whole and given and words[-1] == whole[-1] and len(given) < len(whole)
        and all((wanted.startswith(each) and len(each) == 1) or each == wanted
                for each, wanted in zip(given, whole, strict=False))
    )  # fmt: skip


def _without_goodbye(letter: LetterText, case: CaseFile) -> list[Paragraph]:
    """Return the last lines of a letter from the name of a colleague on."""
    names = {each.name for each in case.area.staff} | {case.letter.signatory} - {""}
    last = list(letter.paragraphs[-MOST_LINES:])
    for number, each in enumerate(last):
        is_after = each.part in (Part.HEADING, Part.TEXT) and len(each.text) <= LONGEST_LINE
        signs = _name_in(each.text) if is_after else ""
        if signs and any(goes_by(signs, name) for name in names):
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
