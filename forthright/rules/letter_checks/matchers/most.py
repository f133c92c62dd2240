"""Whether the most that a court can give is said as the record has it, for each charge.

A length of custody, life or a fine is compared where its sentence speaks of a most and of
punishment, or goes on with one that does. Of two charges, the nearest words beside it say which
is meant; where they do not, it may be that of either.
"""

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
NUMBERS |= {"twenty-five": 25, "thirty": 30}
UNITS = {"year": 12, "month": 1, "week": 0, "day": 0}
# Acts give half a year and a year in weeks too.
SAME = {"26 week": "6 month", "52 week": "12 month"}
TERM = re.compile(
    rf"\b(\d{{1,3}}|{'|'.join(sorted(NUMBERS, key=len, reverse=True))})[ -]"
    r"(year|month|week|day)s?\b|\blife (?:sentence|term|imprisonment|in prison)\b|"
    r"(?<!your )(?<!his )(?<!her )(?<!their )(?<!my )(?<!our )(?<!a )"
    r"\blife\b(?! (?:since|before|now|after|again|at|with|has|had))|"
    r"\b(an? (?:unlimited |large |small )?fine)\b|"
    # "It can go no higher than ten": years, as was said before.
    rf"(?<=er than )({'|'.join(COUNTED)})(?=[.,;])"
)
FINE = "fine"
MOST = re.compile(
    r"\b(?:up to|at (?:the )?most(?! (?:likely|recent))|maximum|max|limit|"
    r"ceiling|top (?:sentence|penalty|punishment)|"
    r"as (?:much|long|high|great) as|(?:longest|heaviest|highest|greatest)|"
    r"the most\b(?! (?:likely|important|recent|common|difficult|help))|"
    r"(?:not|never|nothing|cannot|no)\b[^.;:]{0,30}?\b(?:more|longer|higher|greater) than)\b|"
    r"n't\b[^.;:]{0,30}?\b(?:more|longer|higher|greater) than\b|"
    r"\b(?:sentence|penalty)\b[^.;:]{0,20}\blonger than\b|"
    r"\b(?:court|judge|magistrates) (?:can|could|may|might) (?:now |only )?"
    r"(?:send|jail|imprison) (?:him|her|them|somebody|someone|anybody|anyone|people|a person)\b"
)
PUNISHED = re.compile(
    r"\b(?:prison|imprison\w*|jail\w*|custody|sentenc\w+|penalty|punish\w*|behind bars|maximum|"
    r"carr(?:y|ies|ied)|fined?|the most\b[a-z ]{0,30}\b(?:is|was|be)|"
    r"(?:court|judge|magistrates) (?:can|could|may|might|is able to) (?:now |only )?"
    r"(?:give|impose|pass|send))\b"
)
# The second of two sentences that goes on with the first: "For the new one it is five years."
GOES_ON = re.compile(r"\b(?:it is|it was|for the|for that|that is|this is|now)\b")
# What lasts so long and is no custody, and what is told of as the least.
OTHERWISE_BEFORE = re.compile(
    r"\b(?:at least|minimum of|less than|(?:ban|disqualification|licence|supervision|order)"
    r"(?: [a-z]+){0,2}|(?:disqualified|banned)[^,;]{0,30}|served|spent|waited|waiting|"
    r"wait|after|within|past|last|aged?|nearly|every|in about)(?: for| of)? $"
)
OTHERWISE_AFTER = re.compile(
    r"'?(?: (?:ago|old|later|earlier|before|after|since|wait|from now|on bail|to ask|ban|"
    r"driving ban|disqualification|order|community|supervision)|-old)\b"
)
OLD = re.compile(
    r"\b(?:old|first|earlier|original|previous|former|before|instead of|rather than|"
    r"compared (?:with|to)|(?:down|up) from|no longer)\b"
)
NEW = re.compile(r"\b(?:new|second|lesser|current|now)\b")
IS = re.compile(r"\b(?:is|can|carries|cannot|can't)\b")
ENDS = re.compile(r"[,;:()]|\b(?:and|but|while|whereas|although)\b")
NEXT = re.compile(rf"{ENDS.pattern}|\b(?:instead|rather|compared|down from|up from|where)\b")


@dataclass(frozen=True, slots=True)
class _Term:
    """A length of imprisonment and its place; `key` is the same however it is written."""

    start: int
    end: int
    key: str


def _terms(text: str, start: int = 0, end: int | None = None) -> list[_Term]:
    """Return what a text says of punishment; a fine beside a length of custody is no most."""
    end = len(text) if end is None else end
    terms = [_Term(*found.span(), _key(found)) for found in TERM.finditer(text, start, end)]
    custody = [each for each in terms if each.key != FINE]
    return custody or terms


def _key(found: re.Match[str]) -> str:
    if found[3]:
        return FINE
    if found[4]:
        return f"{NUMBERS[found[4]] * UNITS['year']} month"
    if not found[1]:
        return "life"
    number = int(found[1]) if found[1].isdigit() else NUMBERS[found[1]]
    each = UNITS[found[2]]
    key = f"{number * each} month" if each else f"{number} {found[2]}"
    return SAME.get(key, key)


def most_sentence(subject: Subject) -> Iterator[Hit]:
    """Yield a most that a court can give which the record has otherwise, or has not at all."""
    case = subject.case
    decision = case.decision if case else None
    if case is None or decision is None:
        return
    told: set[str] | None = None
    is_warned = False
    for start, end in _said_at_most(subject):
        terms = _terms(subject.plain, start, end)
        for number, term in enumerate(terms):
            if _is_otherwise(subject.plain, start, term):
                continue
            after_last = terms[number - 1].end if number else start
            before = _before(subject.plain[after_last : term.start], is_first=number == 0)
            after = NEXT.split(subject.plain[term.end : end], maxsplit=1)[0]
            if told is None:
                told = {each.key for each in _terms(words_of_record(case))}
            found = _compared(decision, term, before, after) if term.key not in told else None
            if found and not (found.level and is_warned):
                is_warned = is_warned or bool(found.level)
                yield found


def _before(text: str, *, is_first: bool) -> str:
    """Return the words before a term that may say whose it is: not those of the term before."""
    return text if is_first else ENDS.split(text)[-1]


def _is_otherwise(text: str, start: int, term: _Term) -> bool:
    """Say whether a length is that of something else: of a ban, a wait, or the least."""
    before = text[max(start, term.start - 40) : term.start]
    return bool(OTHERWISE_BEFORE.search(before) or OTHERWISE_AFTER.match(text, term.end))


def _compared(decision: Decision, term: _Term, before: str, after: str) -> Hit | None:
    recorded = [each for each in _wanted(decision, before, after) if each]
    if not recorded:
        message = "The record does not hold the most that a court can give for this."
        return Hit(term.start, term.end, message, "Write it in the reasons note.", "warn")
    keys = {each.key for said in recorded for each in _terms(plain_copy(said))}
    if keys and term.key not in keys:
        right = " or ".join(dict.fromkeys(recorded))
        message = f"The record says that the most a court can give is {right}."
        return Hit(term.start, term.end, message, right)
    return None


def _wanted(decision: Decision, before: str, after: str) -> list[str]:
    """Return what the record has for the charge that is meant: where none is named, of either."""
    old, new = decision.from_most, decision.to_most
    for text in (before, after):
        of_old = max(_last(OLD, text), _named(decision.from_charge, text))
        of_new = max(_last(NEW, text), _named(decision.to_charge, text))
        if of_old != of_new:
            return [old] if of_old > of_new else [new or old]
    is_of_now = IS.search(before) and " for " not in f"{before} {after}"
    return [new or old] if is_of_now else [old, new]


def _named(charge: str, text: str) -> int:
    return text.rfind(plain_copy(charge)) if charge else -1


def _said_at_most(subject: Subject) -> Iterator[tuple[int, int]]:
    """Yield the places of sentences that say the most that a court can give."""
    goes_on = is_of_prison = False
    for sentence in subject.letter.body:
        near = subject.plain[sentence.start : sentence.end]
        was_of_prison, is_of_prison = is_of_prison, PUNISHED.search(near) is not None
        is_most = (was_of_prison or is_of_prison) and MOST.search(near) is not None
        if is_most or (goes_on and GOES_ON.search(near)):
            yield sentence.start, sentence.end
        goes_on = is_most


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((found.start() for found in pattern.finditer(text)), default=-1)
