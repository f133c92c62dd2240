"""What a letter that corrects another quotes of it: the wrong name, told as wrong."""

import re

from forthright.rules.case_file import LetterKind
from forthright.rules.letter_checks.subject import Subject
from forthright.rules.letter_checks.text import plain_copy

QUOTES = re.compile(
    r"\b(?:called|named|addressed|wrote|written|spelt|spelled|gave|given|used|said|to)\b[^.]{0,40}$"
    r"|\"[^\"]{0,40}$"
)
SAYS_RIGHT = re.compile(r"\b(?:name|spelling|title|form) (?:is|should (?:be|have been))[^.]{0,20}$")


def is_quoted(subject: Subject, start: int, end: int) -> bool:
    """Say whether a name is one that a letter of correction quotes, as wrong or as right."""
    case = subject.case
    if case is None or case.letter.kind is not LetterKind.CORRECTION:
        return False
    before = subject.letter.said_before(start)
    was = plain_copy(case.letter.correction_of)
    is_wrong = subject.plain[start:end] in was or "letter" in before or "it called" in before
    return SAYS_RIGHT.search(before) is not None or (is_wrong and QUOTES.search(before) is not None)
