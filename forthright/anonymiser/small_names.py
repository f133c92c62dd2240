"""Names in small letters, as haste writes them: “To: a trivedi”, “mark vytautas wigglesworth”.

English does not know the words, and what stands before them, or that they fill a line, says that
they are a name.
"""

import re
from collections.abc import Iterator

from forthright.anonymiser.capital_words import is_ordinary
from forthright.anonymiser.spans import Found, Kind, Layer
from forthright.anonymiser.titles import GO_ON, listed_names

SMALL = r"[a-zß-öø-ÿāăąćčďđēęěğīıłńňōőřśşšťūůűźżž][\w’'-]+"
# A line that is nothing but an initial and names, also after “To:”.
LINE = re.compile(
    rf"^[ \t]*(?:(?i:to|cc|copy|fao|c/o|from|name|attn):?[ \t]+)?"
    r"(?P<it>(?:[a-z]\.?[ \u00a0]){1,2}"
    rf"(?P<last>{SMALL})(?:[ \u00a0](?P<more>{SMALL}))?),?[ \t]*$",
    re.MULTILINE,
)
WORDS = re.compile(rf"(?<![\w’'@./-])(?P<first>{SMALL})(?=[ \u00a0](?P<next>{SMALL})(?![\w@]))")


def names_in_small(text: str) -> Iterator[Found]:
    """Yield an initial with a strange word on a line, and a given name with one after it."""
    for match in LINE.finditer(text):
        if not is_ordinary(match["more"] or match["last"]):
            yield Found(*match.span("it"), Kind.PERSON, Layer.TITLE, 0.8,
                        because="a name in small letters fills a line")  # fmt: skip
    for match in WORDS.finditer(text):
        start, end = match.start("first"), match.end("next")
        first = match["first"]
        if first in GO_ON or first not in listed_names() or is_ordinary(match["next"]):
            continue
        yield Found(start, end, Kind.PERSON, Layer.TITLE, 0.8,
                    because="a given name in small letters before a strange word")  # fmt: skip
