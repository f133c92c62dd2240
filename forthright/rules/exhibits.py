"""When two references of an exhibit are one."""

import re

from forthright.rules.written import as_compared

_AROUND = re.compile(r" *([/\\-]) *")


def exhibit_key(reference: str) -> str:
    """Return the form in which two references of an exhibit are one: "DM / 1" is "dm/1"."""
    plain = as_compared(reference).replace("–", "-")
    return _AROUND.sub(r"\1", plain)
