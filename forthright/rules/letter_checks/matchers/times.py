"""Whether a time of day that the letter gives for what happened is one of the record's."""

import re
from collections.abc import Iterator

from forthright.rules.letter_checks.matchers.charges import words_of_record
from forthright.rules.letter_checks.subject import Hit, Subject

TIME = re.compile(r"\b(1[0-2]|0?[1-9])(?:[.:]([0-5]\d))? ?([ap])\.?m\b\.?")
# Hours in which somebody answers, sits or is met are no times of what happened.
OF_HOURS = re.compile(
    r"\b(?:ring|call|open|hours|answers?|monday|friday|weekdays?|meet\w*|hearing|court|will|can|"
    r"before|by)\b"
)


def times(subject: Subject) -> Iterator[Hit]:
    """Yield a time of day that is none of the record's, where the record gives one."""
    found = subject.matches(TIME)
    known = {_key(each) for each in TIME.finditer(words_of_record(subject.case))} if (
        found and subject.case
    ) else set()  # fmt: skip
    for each in found if known else ():
        sentence = subject.letter.sentence_at(each.start())
        is_told = sentence is not None and sentence.paragraph.is_body
        if is_told and _key(each) not in known and not OF_HOURS.search(
            subject.letter.around(each.start())
        ):  # fmt: skip
            yield Hit(*each.span())


def _key(found: re.Match[str]) -> tuple[int, int, str]:
    return int(found[1]), int(found[2] or 0), found[3]
