"""What a form answers behind the name of a recording: "ABE: N", "BWV: Y", or not yet, "CCTV Y/N".

So the rows of the plea and trial preparation hearing form ask for each kind. A "no" names no
recording; where nothing was struck out, nobody can tell which of the two it says.
"""

import re
from enum import StrEnum


class Answer(StrEnum):
    """What stands behind the name of a recording in a form."""

    YES = "YES"
    NO = "NO"
    OPEN = "OPEN"


_YES = r"(?:Y|YES|Yes|yes)"
_NO = r"(?:N|NO|No|no|NONE|None|none|NIL|Nil|nil|N ?/ ?A|n/a|Not applicable|not applicable)"
# What may stand between the name and its answer, such as "(s)", "interviews" or a question mark.
_BETWEEN = r"s?(?:\(s\))?(?: ?(?:interview|recording|footage|video)s?)?(?:\(s\))?"
_BOX = r"[\s\[\]()xX✓✔☐☑☒□■*]*"
_OPEN = re.compile(
    rf"{_BETWEEN}[\s:?\-–—|]*{_BOX}{_YES}\b{_BOX}(?:/|or|\||,|\s)?{_BOX}(?:N|NO|No|no)\b"
)
_WITH_SIGN = re.compile(
    rf"{_BETWEEN} ?[:?|]\s*(?:(?P<yes>{_YES})|(?P<no>{_NO}))(?![\w'’/])(?P<more>.*)"
)
_AT_THE_END = re.compile(
    rf"{_BETWEEN}(?: ?[-–—] ?|\s+)(?:(?P<yes>{_YES})|(?P<no>{_NO}))\s*(?:$|[.,;|]\s*(?:$|[A-Z]))"
)
# "No longer held", "no audio": here it is no answer but begins a sentence about it.
_SENTENCE_ON = re.compile(r"^\s+[a-z]")


def answer_after(rest: str) -> Answer | None:
    """Return what a form answers with the words behind the name of a recording, if it does."""
    if _OPEN.match(rest):
        return Answer.OPEN
    found = _WITH_SIGN.match(rest)
    if found and not (found["no"] in {"No", "no", "NO"} and _SENTENCE_ON.match(found["more"])):
        return Answer.YES if found["yes"] else Answer.NO
    if found := _AT_THE_END.match(rest):
        return Answer.YES if found["yes"] else Answer.NO
    return None
