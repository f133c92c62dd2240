"""The steps by which a page of a PDF is drawn, taken apart quickly where they are plain.

The library reads a page letter by letter. Most pages hold nothing but numbers, names, plain strings
and lists of them, which one pattern tells apart many times faster (ISO 32000-1, 7.2 and 7.8.2).
Whatever else stands on a page is left to the library.
"""

import re
from collections.abc import Callable
from typing import Any

BLANK = rb"[\x00\t\n\x0c\r ]"
# What ends a name, a number or an operator.
ENDS = rb"(?=[\x00\t\n\x0c\r ()<>\[\]/%]|$)"
TOKEN = re.compile(
    BLANK + rb"*+(?:"
    rb"(?P<whole>[-+]?\d{1,9})" + ENDS +
    rb"|(?P<part>[-+]?(?:\d{1,9}\.\d{0,9}|\.\d{1,9}))" + ENDS +
    rb"|<(?P<hex>(?:[0-9A-Fa-f]{2})*+)>"
    rb"|\((?P<plain>[^()\\\r\n]*+)\)"
    rb"|/(?P<name>[A-Za-z0-9_.+-]+)" + ENDS +
    rb"|(?P<opens>\[)|(?P<closes>\])"
    rb"|(?P<operator>[A-Za-z][A-Za-z0-9*]{0,2}|['\"])" + ENDS +
    rb")"
)  # fmt: skip
BLANKS = re.compile(BLANK + rb"*+\Z")
# Longer pages are left to the library, which gives up where one was made to do harm.
MOST_BYTES = 4 * 1024 * 1024
# An inline image holds anything.
NOT_PLAIN = frozenset({b"BI", b"ID", b"EI"})
Step = tuple[list[Any], bytes]


def plain_steps(content: bytes) -> list[Step] | None:
    """Return the steps of a page, or None where something is not plain.

    They are as the library makes them, but that a number is one of Python's own.
    """
    if len(content) > MOST_BYTES:
        return None
    taking, makers, at = _Taking(), _makers(), 0
    while found := TOKEN.match(content, at):
        at, kind, said = found.end(), str(found.lastgroup), found[found.lastindex or 0]
        if make := makers.get(kind):
            taking.into.append(make(said))
        elif not taking.takes(kind, said):
            return None
    return taking.steps if taking.is_over and BLANKS.match(content, at) else None


class _Taking:
    """The steps that were taken apart so far, and what stands before the next operator."""

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self._operands: list[Any] = []
        # Where the next number or string belongs: among the operands, or in a list of theirs.
        self.into = self._operands

    @property
    def is_over(self) -> bool:
        """Say whether nothing waits for an operator."""
        return not self._operands

    def takes(self, kind: str, said: bytes) -> bool:
        """Take an operator or a bracket; say whether it may stand there."""
        is_within = self.into is not self._operands
        if kind == "opens" and not is_within:
            from pypdf.generic import ArrayObject

            self.into = ArrayObject()
            self._operands.append(self.into)
        elif kind == "closes" and is_within:
            self.into = self._operands
        elif kind == "operator" and not is_within and said not in NOT_PLAIN:
            self.steps.append((self._operands, said))
            self.into = self._operands = []
        else:
            return False
        return True


def _makers() -> dict[str, Callable[[bytes], Any]]:
    from pypdf.generic import ByteStringObject, NameObject

    return {
        "whole": int,
        "part": float,
        "hex": lambda said: ByteStringObject(bytes.fromhex(said.decode())),
        "plain": ByteStringObject,
        "name": lambda said: NameObject(f"/{said.decode()}"),
    }
