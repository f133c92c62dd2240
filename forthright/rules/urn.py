"""Case references (URNs): read as people write them, never padded, each refusal with its mend."""

import re
from dataclasses import dataclass

from forthright.rules.words import count_words

ROOT = re.compile(r"([0-9]{2})([A-Z0-9]{2})([0-9]{5})([0-9]{2})")
SUFFIX = re.compile(r"(?:\(?([MS])\)?)?(?:/([0-9]{1,2}))?")
WHOLE = re.compile(r"([0-9]{2}[A-Z0-9]{2}[0-9]{7})((?:M|\(M\)|S|\(S\))?(?:/[0-9]{1,2})?)")
WRITTEN_APART = re.compile(
    r"([0-9]{2})[\s/.-]*([A-Z0-9]{2})[\s/.-]*([0-9]{5})[\s/.-]*([0-9]{2})\s*"
    r"((?:M|\(M\)|S|\(S\))?\s*(?:/\s*[0-9]{1,2})?)"
)
# In a line of print: what stands apart behind it may begin another word, "26 Modern slavery".
PRINTED = re.compile(
    r"[0-9]{2}[\s/.-]*[A-Z0-9]{2}[\s/.-]*[0-9]{5}[\s/.-]*[0-9]{2}"
    r"(?:(?:\s*(?:[MS]|\([MS]\))\s*/\s*[0-9]{1,2}|/[0-9]{1,2}|[MS]|\s*\([MS]\))(?![A-Z0-9/]))?"
)
SPACES = re.compile(r"\s+")
# Digits that are typed as the letter they look like.
DIGITS_MEANT = str.maketrans("OIL", "011")
MEND = (
    "A URN has 11 characters: 2 digits for the police force, 2 letters or digits for the "
    "police unit, 5 digits, and 2 digits for the year, for example 20AB0123426."
)


class NotAUrn(ValueError):
    """The text is not a URN; says what is wrong and, apart, how to mend it."""

    def __init__(self, message: str, mend: str) -> None:
        """Keep what is wrong and how to mend it."""
        super().__init__(f"{message} {mend}")
        self.message = message
        self.mend = mend


@dataclass(frozen=True, slots=True, kw_only=True)
class Urn:
    """A case reference, with its ending kept apart from the root that identifies the case."""

    force: str
    unit: str
    serial: str
    year: str
    is_merged: bool = False
    is_split: bool = False
    number: int | None = None

    @property
    def root(self) -> str:
        """Return the 11 characters that identify the case."""
        return f"{self.force}{self.unit}{self.serial}{self.year}"

    @property
    def suffix(self) -> str:
        """Return the ending: "(M)", "(S)/2", "/1" or nothing."""
        letter = "(M)" if self.is_merged else "(S)" if self.is_split else ""
        return letter + (f"/{self.number}" if self.number is not None else "")

    @property
    def spaced(self) -> str:
        """Return the root as forms print it: "20 AB 01234 26"."""
        return f"{self.force} {self.unit} {self.serial} {self.year}"

    def __str__(self) -> str:
        return self.root + self.suffix


def read_urn(text: str) -> Urn:
    """Read a URN as people write it: spaced, lower case, with an ending.

    There is no check digit, so a well-formed URN may still name the wrong case.

    :raises NotAUrn: if it is not one; digits are never added
    """
    written = text.strip().upper()
    found = WHOLE.fullmatch(SPACES.sub("", written))
    if found:
        return _urn(found[1], found[2], text)
    apart = WRITTEN_APART.fullmatch(written)
    if apart:
        return _urn("".join(apart.groups()[:4]), SPACES.sub("", apart[5]), text)
    raise _refusal(text, re.sub(r"[\s.-]+|/(?![0-9]{1,2}$)", "", written))


def printed_urn(line: str) -> str:
    """Return the first URN of a line of print with its ending, as it is written there; or none."""
    found = PRINTED.search(line.upper())
    return found.group() if found else ""


def is_urn(text: str) -> bool:
    """Say whether a text can be read as a URN."""
    try:
        read_urn(text)
    except NotAUrn:
        return False
    return True


def _urn(root: str, ending: str, text: str) -> Urn:
    parts = ROOT.fullmatch(root)
    suffix = SUFFIX.fullmatch(ending)
    if parts is None or suffix is None:
        raise _refusal(text, root + ending)
    number = int(suffix[2]) if suffix[2] else None
    if number == 0:
        raise NotAUrn(
            f"“{text}” ends in /{suffix[2]}.",
            "The number after the slash runs from 1 to 99. Check the case and type it again.",
        )
    return Urn(
        force=parts[1],
        unit=parts[2],
        serial=parts[3],
        year=parts[4],
        is_merged=suffix[1] == "M",
        is_split=suffix[1] == "S",
        number=number,
    )


def _refusal(text: str, compact: str) -> NotAUrn:
    if not compact:
        return NotAUrn("The URN is missing.", MEND)
    written = SPACES.sub("", text.upper())
    root = re.sub(r"(\(?[MS]\)?)?(/.*)?$", "", compact)
    begins = ROOT.match(written)
    if begins and not written[begins.end() :][:1].isdigit():
        return NotAUrn(
            f"“{text}” has an ending that is not known: {written[begins.end() :]}.",
            "After the 11 characters only M, S, or a slash and a number from 1 to 99 may follow.",
        )
    if slip := _typing_slip(text, root):
        return slip
    if len(root) != 11:
        characters = count_words(len(root), "character")
        return NotAUrn(f"“{text}” has {characters} where 11 belong.", MEND)
    return NotAUrn(f"“{text}” does not have the shape of a URN.", MEND)


def _typing_slip(text: str, root: str) -> NotAUrn | None:
    """Recognise a letter typed for a digit, and a leading 0 lost by a spreadsheet."""
    force, unit, digits = root[:2], root[2:4], root[4:]
    start = force + unit
    mended = force.translate(DIGITS_MEANT) + unit + digits.translate(DIGITS_MEANT)
    if mended != root and ROOT.fullmatch(mended):
        return NotAUrn(
            f"“{text}” has a letter O, I or L where a digit belongs.",
            f"Check the case; if it is {mended}, type that.",
        )
    if digits.isdecimal() and len(digits) == 6:
        return NotAUrn(
            f"“{text}” has 6 digits after the unit where 7 belong; a leading 0 may be lost.",
            f"Check the case; if it is {start}0{digits}, type that. No digit is added for you.",
        )
    return None


def year_of(root: str) -> int | None:
    """Return the year in which a case got its number, or None where the number does not say."""
    read = ROOT.fullmatch(root)
    return 2000 + int(read[4]) if read else None
