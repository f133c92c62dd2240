"""What can be the name of a person or an Area: it stands in letters, and in spreadsheets."""

import re

from forthright.rules.written import cleaned

CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# A name is one line: in a letter, what follows a line break would stand by itself.
BREAKS = re.compile("[\n\r\u2028\u2029]")
# Those that turn the writing after them round: a name with one is seen otherwise than it is kept.
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
# What begins or stands in no name: a formula's first mark, a telephone number's, a tag's brackets.
NOT_IN_A_NAME = re.compile(r"\s*([=+@＝＋＠－]|-(?=.*\w))|[^<>]*([<>])")


def why_no_name(written: str, *, needs_letter: bool = True) -> str:
    """Return what makes a text no name, to follow "it"; blank where nothing does.

    Whoever writes the letters may be known by a number, and so need no letter in their names.
    """
    if found := CONTROLS.search(written):
        return f"holds a character that no writing has ({code_of(found[0])})"
    if found := TURNING.search(written):
        return f"holds a mark that turns the writing after it round ({code_of(found[0])})"
    if found := BREAKS.search(written.strip()):
        return f"goes over more than one line ({code_of(found[0])})"
    if found := NOT_IN_A_NAME.match(cleaned(written)):
        return f"begins with “{found[1]}”" if found[1] else f"holds “{found[2]}”"
    has_letter = any(letter.isalpha() for letter in written)
    return "" if has_letter or not needs_letter else "has no letter in it"


def code_of(character: str) -> str:
    """Return the number by which a character can be looked up."""
    return f"U+{ord(character):04X}"
