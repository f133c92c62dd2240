"""Whether what the letter says is to come is still to come, and what has passed has passed."""

import re
from collections.abc import Iterator

from forthright.rules.letter_checks.matchers.dates import WrittenDate, dates_in
from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.letter_checks.text import Sentence

TO_COME = re.compile(
    r"\b(?:will (?:take place|begin|start|appear)|"
    r"will be (?:heard|held|in court|at court|tried|sentenced)|"
    r"(?:is|are) (?:due|listed|set|scheduled) (?:to|for|on|at)|takes place|must attend|please come)"
    r"\b"
)
HAS_PASSED = re.compile(
    r"\b(?:was (?:charged|arrested|heard|held|in court|at court|stopped|hurt|found|told)|"
    r"was interviewed|took place|happened|ended|appeared|pleaded|were told)\b"
)
OVERDUE = re.compile(
    r"\bwill (?:ring|telephone|phone|visit|see|write|call|contact|tell|send|"
    r"be in touch|meet|let you know|decide|answer|"
    r"reply)\b[^.]{0,60}\b(?:on|by|before)\b"
)
WILL = re.compile(r"\b(?:will|shall|(?:is|are|am) (?:going )?to)\b")
NOT_SO = re.compile(r"\b(?:not|no|nobody|if|until|would|due|by|before|review|ask)\b")


def tenses(subject: Subject) -> Iterator[Hit]:
    """Yield a day that has passed and is spoken of as still to come, or the other way about."""
    for found in dates_in(subject, year=subject.as_of.year):
        sentence = subject.letter.sentence_at(found.start)
        if sentence is None or not sentence.paragraph.is_body or not _is_alone(subject, sentence):
            continue
        near = subject.plain[sentence.start : sentence.end]
        message = _fault_of_day(subject, found, near)
        if message:
            yield Hit(found.start, found.end, message)


def _fault_of_day(subject: Subject, found: WrittenDate, near: str) -> str:
    if found.day is None or found.day == subject.as_of:
        return ""
    has_passed = found.day < subject.as_of
    if has_passed and OVERDUE.search(near):
        return "This promise is for a day that has passed."
    is_to_come, is_past = TO_COME.search(near), HAS_PASSED.search(near)
    if NOT_SO.search(near) or (is_to_come and is_past):
        return ""
    if has_passed and is_to_come:
        return "This day has passed, and the sentence speaks of it as still to come."
    return (
        "This day is still to come, and the sentence speaks of it as past."
        if not has_passed and is_past and not WILL.search(near) else ""
    )  # fmt: skip


def _is_alone(subject: Subject, sentence: Sentence) -> bool:
    """Say whether a sentence gives one day, so that its verb is about that day."""
    days = dates_in(subject, year=subject.as_of.year)
    return sum(sentence.start <= each.start < sentence.end for each in days) == 1
