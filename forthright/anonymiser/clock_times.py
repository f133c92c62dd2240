"""Times by the clock, which stay in a letter however they are written: “2.30 pm”, “3.10 a.m.”.

The model has read “2.30pm” as one word. Where a blank stands in it, it takes the number for a day.
"""

import re
from collections.abc import Iterable

from forthright.anonymiser.spans import Found

TIME = r"(?:[01]?\d|2[0-3])(?:[.:][0-5]\d)?"
WITH_MINUTES = r"(?:[01]?\d|2[0-3])[.:]?[0-5]\d"
JOINS = r"[ ]?(?:and|to|until|till|or|-|–)[ ]?"
HALF = (
    r"(?:[ap]\.?[ ]?m\b\.?|o['’]clock\b|noon\b|midday\b|midnight\b|"
    r"in the (?:morning|afternoon|evening)\b|at night\b)"
)
# “at ten to five”; what no such word leads to may be how old children are, “ten to twelve”.
HOUR = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
BY_THE_HAND = (
    r"(?<=\bat )(?:(?:about|around|nearly|almost) )?"
    r"(?:five|ten|a? ?quarter|twenty|twenty-five|half) "
    rf"(?:past|to) {HOUR}\b"
)
CLOCK = re.compile(
    rf"{BY_THE_HAND}|(?<![\w£$€.,:/-])(?:(?:{TIME}{JOINS})?{TIME}\s?{HALF}"
    rf"|(?:{WITH_MINUTES}{JOINS})?{WITH_MINUTES}\s?(?:hrs|hours)\b)",
    re.IGNORECASE,
)


def without_times(text: str, seen: Iterable[Found]) -> list[Found]:
    """Return what the model saw without what is a time by the clock."""
    times = [match.span() for match in CLOCK.finditer(text)]
    return [
        each
        for each in seen
        if not any(start <= each.start and each.end <= end for start, end in times)
    ]
