"""When two references of an exhibit are one."""

import re

from forthright.rules.written import as_compared, cleaned

# Capitals of Cyrillic and Greek that nobody can tell from the Latin ones on paper.
_LOOK_ALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТХУԚԜ" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧϹͿ",
    "ABESIJKMHOPCTXYQW" + "ABEZHIKMNOPTYXCJ",
)
# What parts initials and numbers: blanks, dashes, strokes both ways, and what looks like them.
_PARTS = re.compile(
    r"[\s_/\\\-\u2010-\u2015\u2044\u2212\u2215\u2216\u2571\u2572\u27CB\u27CD\u29F5\u29F8\u29F9]+"
)
_NEEDLESS = re.compile(
    r"(?<=[^\W\d])/(?=\d)|(?<=\d)/(?=[^\W\d])|(?<=[^\w/])/|/(?=[^\w/])"
)  # between letters and a number, or beside another sign
_LEADING_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


# One sign can stand for eighteen letters once it is compared; no database column grows with it.
LONGEST = 200


def exhibit_key(reference: str) -> str:
    """Return the form in which two references of an exhibit are one: "DM / 02." is "dm2".

    Letters and a number beside them are told apart with nothing between them, so what parts them
    does not count; what parts two numbers, or two words, does: "DM/12" is not "DM1/2".
    """
    written = as_compared(cleaned(reference))
    latin = written.upper().translate(_LOOK_ALIKES).lower()
    parted = _PARTS.sub("/", latin).strip("/.,:;")
    return (_LEADING_ZEROS.sub("", _NEEDLESS.sub("", parted)) or written)[:LONGEST]
