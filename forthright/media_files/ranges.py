"""The part of a file that a browser asks for, by the header Range."""

import re

ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


class NoSuchPart(ValueError):
    """The file has no such part."""


def part_asked_for(header: str, size: int) -> tuple[int, int] | None:
    """Return where the part begins and before where it ends, or None where all is asked for.

    Several parts at once may be answered with the whole, so they are.

    :raises NoSuchPart: if it lies past the end of the file
    """
    asked = ONE_RANGE.fullmatch(header.strip())
    if asked is None or not any(asked.groups()):
        return None
    first, last = asked.groups()
    if not first:
        start, end = max(0, size - int(last)), size
    else:
        start, end = int(first), min(int(last) + 1, size) if last else size
    if start >= end:
        raise NoSuchPart("The file has no such part.")
    return start, end
