"""What one line of what must not be used to reach a person means, and what it locks.

A line that cannot be wholly read can mean any way to the person, so it locks them all.
"""

import re
from enum import StrEnum

from forthright.rules.addresses import is_whole_address, is_whole_email, is_whole_phone, phones_in

UNREAD = (
    "could not be read, so it locks everything: write one address, number or e-mail address a line"
)


class Reads(StrEnum):
    """What a line is, wholly and as one."""

    EMAIL = "EMAIL"
    PHONE = "PHONE"
    ADDRESS = "ADDRESS"
    NOTHING = "NOTHING"


WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
TELEPHONE = {"telephone", "phone", "mobile", "landline", "tel", "number", "calls", "texts"}
RING = {"ring", "call", "text"}
REFUSED = re.compile(r"\b(?:do not|don't|never|no)\b")
SAID = TELEPHONE | RING | {"please", "do", "not", "don't", "never", "no", "or", "on", "to", "at",
                           "this", "the"}  # fmt: skip
_LOCKS = {Reads.EMAIL: "e-mail to", Reads.PHONE: "calls to", Reads.ADDRESS: "post to"}


def reads_as(line: str) -> Reads:
    """Return what a line is; nothing, unless all of it is one e-mail address, number or address."""
    if is_whole_email(line):
        return Reads.EMAIL
    if number_in(line):
        return Reads.PHONE
    return Reads.ADDRESS if is_whole_address(line) else Reads.NOTHING


def number_in(line: str) -> str:
    """Return the number of a line that is one, or plainly says not to ring one; blank otherwise.

    "Do not telephone 07700 900123" and "Mobile: 07700 900123" say nothing of any other way.
    """
    numbers = phones_in(line)
    if len(numbers) != 1 or not is_whole_phone(numbers[0]):
        return ""
    rest = line.casefold().replace("’", "'").replace(numbers[0].casefold(), " ", 1)
    words = set(WORD.findall(rest))
    is_plain = not words or (bool(words & (TELEPHONE | RING)) and words <= SAID)
    is_plain = is_plain and not WORD.sub("", rest).strip(" .,:;!-–()")
    # "Ring 07700 900123" may mean that this, and no other way, is safe.
    is_refusal = REFUSED.search(rest) is not None or not words & RING
    return numbers[0] if is_plain and is_refusal else ""


def locks_in_words(line: str) -> str:
    """Say what a line locks: "“4 Mill Lane”: locks post to 4 Mill Lane"."""
    read = reads_as(line)
    what = number_in(line) or line.strip()
    locks = UNREAD if read is Reads.NOTHING else f"locks {_LOCKS[read]} {what}"
    return f"“{line.strip()}”: {locks}."
