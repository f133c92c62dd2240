"""The lines of a form as its exhibits are read in them, with strokes and blanks in one way."""

import re
from collections.abc import Iterator

from forthright.rules.as_seen import as_seen

# Letters; a longer sentence is cut between two words, as reading one takes a time by its square,
# and what is named stands near what it is.
LONGEST_LINE = 600
LONGEST_WORDS = 200  # letters of a line that is shown
# Written without a blank: "ex.AB/1", "1.AB/1 2.AB/2", "AB/1.AB/2"; and "AB/1(a)" is "AB/1a".
_NO_BLANK = re.compile(
    r"(?:(?<=\bex)|(?<=\bexh)|(?<=\bexs)|(?<=\bno)|(?<=\bref)|(?<=\d))\."
    r"(?=[A-Z]{1,5} ?[/\\] ?\d)",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"(?<![\w/.])([A-Z]{2,5} ?[/\\] ?\d{1,5})\(([A-Za-z])\)")
_STROKES = str.maketrans(dict.fromkeys("⁄∕╱⧸", "/"))
# What answers a question stands with it: "Is there any CCTV? Y".
_SENTENCE = re.compile(
    r"(?<=[.;!?])(?<!\b[Ee]xh\.)(?<!\b[Rr]ef\.)(?<!\b[Nn]o\.)\s+(?=[A-Z“\"(])"
    r"(?!(?<=\? )(?:[YN]|[Yy]es|YES|N[Oo]|N ?/ ?A|None|NONE|Nil|NIL)\b)"
)


def plain_lines(text: str) -> list[str]:
    """Return the lines of a form with each stroke and blank written in one way."""
    plain = _IN_BRACKETS.sub(r"\1\2", _NO_BLANK.sub(" ", as_seen(text).translate(_STROKES)))
    return [" ".join(each.split()) for each in plain.splitlines()]


def sentences_of(line: str) -> list[str]:
    """Return the sentences of a line, each no longer than is read at once."""
    return [part for each in _SENTENCE.split(line) for part in _cut(each) if part]


def _cut(line: str) -> Iterator[str]:
    while len(line) > LONGEST_LINE:
        at = line.rfind(" ", 1, LONGEST_LINE)
        at = at if at > 0 else LONGEST_LINE
        yield line[:at]
        line = line[at:].lstrip()
    yield line


def clipped(line: str) -> str:
    """Return a line as it is shown: without its bullet, and no longer than is read at a glance."""
    words = line.strip(" \t-–•*")
    return words if len(words) <= LONGEST_WORDS else words[: LONGEST_WORDS - 1].rstrip() + "…"
