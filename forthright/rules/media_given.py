"""Which files of a recording go as they came beside copies that go in place of others."""

from collections.abc import Collection, Sequence
from typing import TypeVar

File = TypeVar("File")


def as_they_come(files: Sequence[File], covered: Collection[File]) -> list[File]:
    """Return which files go where a recording is given as it came, and copies of it beside that.

    A file of which a copy goes in its place does not; so what the copy hides goes with no other
    file, and whoever gets all this has something of each. Where a copy goes in place of every
    file, as it came can only mean all of them: that it shows what they hide is to be refused.

    :param files: those that may be given
    :param covered: those of which a copy goes in their place
    """
    return [each for each in files if each not in covered] or list(files)
