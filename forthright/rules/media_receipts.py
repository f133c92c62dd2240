"""Which receipts prove that a party saw or heard something, or has it to see or hear."""

from collections.abc import Iterable
from dataclasses import dataclass

OPENED, WATCHED, TAKEN_OUT, NOT_PLAYED = "OPENED", "WATCHED", "TAKEN_OUT", "NOT_PLAYED"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What was done with a file, or a copy in its place, by one link; and with which part of it."""

    link: int
    file: int
    copy: int | None
    part: int | None
    what: str


def that_prove(receipts: Iterable[Receipt]) -> list[Receipt]:
    """Return the receipts by which something was opened, of all of a share in their order.

    It began to play or was taken out whole. What began to play and then did not play there, as the
    browser said, is none, unless it was played in between.
    """
    found: list[Receipt] = []
    for each in receipts:
        if each.what != NOT_PLAYED:
            found.append(each)
        elif (begun := _begun_and_not_played(found, each)) is not None:
            del found[begun]
    return [each for each in found if each.what in (OPENED, TAKEN_OUT)]


def _begun_and_not_played(found: list[Receipt], failed: Receipt) -> int | None:
    """Return at which place it is said that what failed to play began to; None: it was played."""
    for place in reversed(range(len(found))):
        one = found[place]
        if (one.link, one.file, one.copy) != (failed.link, failed.file, failed.copy):
            continue
        if one.what == WATCHED:
            return None
        if one.what == OPENED and one.part == failed.part:
            return place
    return None
