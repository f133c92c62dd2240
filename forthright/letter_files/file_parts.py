"""A part of a finished file, and how a person would find it."""

import re
from dataclasses import dataclass

# Of a moment in a file's properties only the day can be one of a case.
HOUR = re.compile(r"(?<=\d{4}-\d\d-\d\d)T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?")
# Where somebody ended a line within a paragraph: it may be an end to the eye, or a blank.
SOFT_END = "\v"
# Where a file keeps who wrote or saved it, or a part of it; each stands on a line.
WRITTEN_BY = ", by whom"


@dataclass(frozen=True, slots=True)
class FilePart:
    """Words of a file, and where in it they stand as a person would look for them."""

    where: str
    words: str
