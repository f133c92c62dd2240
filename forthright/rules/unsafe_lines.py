"""What one line of what must not be used to reach a person means, and what it locks.

A line that cannot be wholly read can mean any way to the person, so it locks them all.
"""

from enum import StrEnum

from forthright.rules.addresses import is_whole_address, is_whole_email, is_whole_phone

UNREAD = (
    "could not be read, so it locks everything: write one address, number or e-mail address a line"
)


class Reads(StrEnum):
    """What a line is, wholly and as one."""

    EMAIL = "EMAIL"
    PHONE = "PHONE"
    ADDRESS = "ADDRESS"
    NOTHING = "NOTHING"


_LOCKS = {Reads.EMAIL: "e-mail to", Reads.PHONE: "calls to", Reads.ADDRESS: "post to"}


def reads_as(line: str) -> Reads:
    """Return what a line is; nothing, unless all of it is one e-mail address, number or address."""
    if is_whole_email(line):
        return Reads.EMAIL
    if is_whole_phone(line):
        return Reads.PHONE
    return Reads.ADDRESS if is_whole_address(line) else Reads.NOTHING


def locks_in_words(line: str) -> str:
    """Say what a line locks: "“4 Mill Lane”: locks post to 4 Mill Lane"."""
    read = reads_as(line)
    locks = UNREAD if read is Reads.NOTHING else f"locks {_LOCKS[read]} {line.strip()}"
    return f"“{line.strip()}”: {locks}."
