"""Whether the most that a court can give is said as the record has it, for each charge."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from forthright.rules.case_file import Decision
from forthright.rules.letter_checks.matchers.charges import words_of_record
from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.letter_checks.text import plain_copy

COUNTED = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
    "twenty",
)  # fmt: skip
NUMBERS = {word: number for number, word in enumerate(COUNTED, start=1)} | {"a": 1, "an": 1}
UNITS = {"year": 12, "month": 1, "week": 0, "day": 0}
TERM = re.compile(
    rf"\b(\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})[ -]"
    r"(year|month|week|day)s?\b|\blife\b"
)
MOST = re.compile(
    r"\b(?:up to|at most|maximum|no more than|as (?:much|long) as|"
    r"(?:most|longest|heaviest|highest|greatest)\b[a-z ]{0,40}\b(?:court|judge|magistrates|"
    r"sentence|penalty|punishment|prison|given))\b"
)
PUNISHED = re.compile(
    r"\b(?:prison|imprison\w*|jail\w*|custody|sentenc\w+|penalty|punish\w*|behind bars|maximum|"
    r"(?:court|judge|magistrates) (?:can|could|may|might) (?:give|impose|pass|send))\b"
)
# The second of two sentences that goes on with the first: "For the new one it is five years."
GOES_ON = re.compile(r"\b(?:it is|it was|for the|that is|this is|now)\b")
OLD = re.compile(r"\b(?:old|first|earlier|original|previous|former)\b")
NEW = re.compile(r"\b(?:new|second|lesser|current|other)\b")


@dataclass(frozen=True, slots=True)
class _Term:
    """A length of imprisonment and its place; `key` is the same however it is written."""

    start: int
    end: int
    key: str


def _terms(text: str, start: int = 0, end: int | None = None) -> Iterator[_Term]:
    for found in TERM.finditer(text, start, len(text) if end is None else end):
        if not found[1]:
            yield _Term(*found.span(), "life")
            continue
        number = int(found[1]) if found[1].isdigit() else NUMBERS[found[1]]
        each = UNITS[found[2]]
        key = f"{number * each} month" if each else f"{number} {found[2]}"
        yield _Term(*found.span(), key)


def most_sentence(subject: Subject) -> Iterator[Hit]:
    """Yield a most that a court can give which the record has otherwise."""
    case = subject.case
    decision = case.decision if case else None
    if case is None or decision is None or not (decision.from_most or decision.to_most):
        return
    told = {each.key for each in _terms(words_of_record(case))}
    for start, end in _said_at_most(subject):
        for term in _terms(subject.plain, start, end):
            right = _right(_near(subject.plain, start, end, term), term, decision)
            if right and term.key not in told:
                message = f"The record says that the most a court can give is {right}."
                yield Hit(term.start, term.end, message, right)


def _near(text: str, start: int, end: int, term: _Term) -> str:
    """Return the words before a term, or those after it where no charge stands before it."""
    before = text[start : term.start]
    is_told = OLD.search(before) or NEW.search(before)
    return before if is_told else f"{before} {text[term.end : end]}"


def _said_at_most(subject: Subject) -> Iterator[tuple[int, int]]:
    """Yield the places of sentences that say the most that a court can give."""
    goes_on = False
    for sentence in subject.letter.body:
        near = subject.plain[sentence.start : sentence.end]
        is_most = bool(MOST.search(near) and PUNISHED.search(near))
        if is_most or (goes_on and GOES_ON.search(near)):
            yield sentence.start, sentence.end
        goes_on = is_most


def _right(near: str, term: _Term, decision: Decision) -> str:
    """Return what the record says in place of a term, or nothing where the term may be right.

    Where the words near it say of which charge it is, it is that charge's.
    """
    of_old, of_new = _last(OLD, near), _last(NEW, near)
    either = [each for each in (decision.from_most, decision.to_most) if each]
    if of_old == of_new:
        wanted = either
    else:
        wanted = [decision.from_most if of_old > of_new else decision.to_most]
    if not all(wanted) or (of_old == of_new and len(either) == 1 and "charge" in near):
        return ""
    keys = {each.key for said in wanted for each in _terms(plain_copy(said))}
    return "" if term.key in keys else " or ".join(wanted)


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((found.start() for found in pattern.finditer(text)), default=-1)
