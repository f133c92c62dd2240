"""Whether a letter tells, as what the accused did, a harm that no court has found.

"Mr Hollis punched you" is a verdict, where "you said that Mr Hollis punched you" is none. The
rule's data says which verbs are of harm, and which words before them or behind them make of the
sentence what somebody said, what is asked, or what a court would have to be sure of.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from forthright.rules.case_file import AccusedStatus, CaseFile, DecisionKind, PersonName, Pronouns
from forthright.rules.letter_checks.matchers.pronouns import MEN, PERSON_NOUNS, WOMEN
from forthright.rules.letter_checks.people import full_name, mentions, title_key, words_of_name
from forthright.rules.letter_checks.phrases import PatternRefused, Sought, patterns
from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.letter_checks.text import Sentence, plain_copy

ENDED = frozenset({
    DecisionKind.DISCONTINUED, DecisionKind.NO_EVIDENCE_OFFERED, DecisionKind.LEFT_ON_FILE,
    DecisionKind.NO_FURTHER_ACTION,
})  # fmt: skip
# What may stand between whoever does something and the verb.
BETWEEN = re.compile(
    r"(?:,? (?:had|has|have|then|also|later|first|once|twice|just|who|again|all|(?!only)\w{3,}ly))*"
    r",? $"
)
PRONOUN = re.compile(r"\b(he|she|they)$")
THE_ACCUSED = re.compile(
    r"\b(?:the|this|that|these) (?:(?:two|three) )?(?:defendants?|suspects?|accused)"
    r"(?: man| woman| men)?$"
)
# A second verb of one subject: "Mr Hollis got out of his car and punched you".
GOES_ON = re.compile(r"(?: and| and then|, then| before (?:he|she|they))$")
ANOTHER_SUBJECT = re.compile(r"\b(?:you|i|we|nobody|no one|who|which|court|jury|police)\b")
ANY_PRONOUN = re.compile(r"\b(?:he|she|they)\b")
WORD_BETWEEN = (
    r"(?: (?!(?:and|but|that|when|while|because|so|which|who|if|as|after|before|until)\b)"
    r"[\w'£-]+){0,5}?"
)
TOLD_BY_READER = re.compile(r"\byou (?:said|told [a-z ]{2,20} (?:that|how)|described)\b")
RIGHT = "Say what the person is accused of, or what you were told."


@dataclass(frozen=True, slots=True)
class Telling:
    """What the rule's data says: verbs of harm by their first word, and what excuses them."""

    harms: Mapping[str, tuple[str, ...]]
    before: tuple[Sought, ...]
    after: tuple[Sought, ...]


def told_as_done(find: Mapping[str, Any]) -> Callable[[Subject], Iterator[Hit]]:
    """Return what yields each harm told as what the accused did.

    :raises PatternRefused: if there are no verbs, or an excuse is no pattern
    """
    verbs = find.get("harms", [])
    if not verbs or not all(isinstance(each, str) and each.strip() for each in verbs):
        raise PatternRefused("harms is a list of verbs, in square brackets.")
    harms: dict[str, tuple[str, ...]] = {}
    for each in map(plain_copy, verbs):
        first = each.split()[0]
        harms[first] = (*harms.get(first, ()), each)
    telling = Telling(harms, patterns(find.get("before", [])), patterns(find.get("after", [])))
    return lambda subject: _told(subject, telling)


def _told(subject: Subject, telling: Telling) -> Iterator[Hit]:
    case = subject.case
    said = telling.harms.keys() & set(subject.plain.split()) if case else None
    if case is None or not case.accused or not said:
        return
    verbs = "|".join(re.escape(each) for first in sorted(said) for each in telling.harms[first])
    to_whom = "|".join(re.escape(each) for each in _harmed(case))
    sought = re.compile(rf"\b(?:{verbs})\b(?={WORD_BETWEEN} (?:{to_whom})\b)")
    named: Mapping[int, int] | None = None
    for found in sought.finditer(subject.plain):
        named = _named(subject, case) if named is None else named
        sentence = subject.letter.sentence_at(found.start())
        if sentence is None or not sentence.paragraph.is_body:
            continue
        doer = _doer(subject, case, named, sentence, found.start())
        if doer is not None and not _is_excused(subject, telling, sentence, found):
            level = _level(subject, case, sentence, (doer, found.end()))
            yield Hit(doer, found.end(), suggestion=RIGHT, level=level)


def _harmed(case: CaseFile) -> list[str]:
    """Return how a letter calls whoever was harmed: you, your son, Fergal."""
    reader = case.recipient
    people: list[PersonName] = [reader, *([reader.about] if reader.about else [])]
    names = {word for each in people for word in words_of_name(full_name(each))}
    accused = {word for each in case.accused for word in words_of_name(full_name(each))}
    titled = (f"{each.title.lower()} {plain_copy(each.family_name)}" for each in people)
    return ["you", "your", *sorted(names - accused), *(each for each in titled if each[0] != " ")]


def _named(subject: Subject, case: CaseFile) -> dict[int, int]:
    """Return where the letter names somebody accused: where the name ends, and where it begins."""
    return {
        found.end: found.start
        for each in case.accused
        for found in mentions(subject.letter, each)
        if not (found.title and each.title) or title_key(found.title) == title_key(each.title)
    }


def _doer(
    subject: Subject, case: CaseFile, named: Mapping[int, int], sentence: Sentence, verb: int
) -> int | None:
    """Return where the accused stands that a verb tells of; None where somebody else does it."""
    before = subject.plain[sentence.start : verb]
    between = BETWEEN.search(before)
    end = between.start() if between else len(before)
    if sentence.start + end in named:
        return named[sentence.start + end]
    if found := THE_ACCUSED.search(before, 0, end):
        return sentence.start + found.start()
    if found := PRONOUN.search(before, 0, end):
        is_accused = _is_the_accused(subject, case, named, sentence, found.group())
        return sentence.start + found.start() if is_accused else None
    if found := GOES_ON.search(before, 0, end):
        return _earlier_doer(subject, case, named, sentence, sentence.start + found.start())
    return None


def _earlier_doer(
    subject: Subject, case: CaseFile, named: Mapping[int, int], sentence: Sentence, place: int
) -> int | None:
    """Return where the accused stands who did another thing before in the same sentence."""
    places = [(start, end) for end, start in named.items() if sentence.start <= start < place]
    places += [
        found.span()
        for found in ANY_PRONOUN.finditer(subject.plain, sentence.start, place)
        if _is_the_accused(subject, case, named, sentence, found.group())
    ]
    if not places:
        return None
    start, end = max(places)
    between = subject.plain[end:place]
    is_same = between[:1] == " " and not (
        ANOTHER_SUBJECT.search(between) or PERSON_NOUNS.search(between)
    )
    return start if is_same else None


def _is_the_accused(
    subject: Subject, case: CaseFile, named: Mapping[int, int], sentence: Sentence, word: str
) -> bool:
    """Say whether "he" is the accused: the last man named is, or no other man is spoken of."""
    if not any(word in _called(each.pronouns, each.title) for each in case.accused):
        return word == "they" and len(case.accused) > 1
    earlier = [each.start for each in subject.letter.body if each.start < sentence.start]
    first = earlier[-1] if earlier else sentence.start
    if any(first <= each < sentence.end for each in named.values()):
        return True
    return PERSON_NOUNS.search(subject.plain, first, sentence.end) is None


def _called(own: Pronouns | None, title: str) -> tuple[str, ...]:
    if own is not None:
        return (own.lower(),)
    if title_key(title) in MEN:
        return ("he",)
    return ("she",) if title_key(title) in WOMEN else ("he", "she")


def _is_excused(
    subject: Subject, telling: Telling, sentence: Sentence, found: re.Match[str]
) -> bool:
    """Say whether a sentence is what somebody said, what is asked, or what has to be shown."""
    before = subject.plain[sentence.start : found.start()]
    after = subject.plain[found.end() : sentence.end]
    return (
        after.rstrip().endswith("?")
        or any(each.pattern.search(before) for each in telling.before)
        or any(each.pattern.search(after) for each in telling.after)
    )


def _level(subject: Subject, case: CaseFile, sentence: Sentence, place: tuple[int, int]) -> str:
    """Return how grave it is: after a case that ended, nobody will ever be found guilty of it.

    Words that the prosecutor wrote in the note, or that go on with what the reader told, are
    only warned of.
    """
    is_over = case.decision is not None and case.decision.kind in ENDED
    is_over = is_over or any(each.status is AccusedStatus.ACQUITTED for each in case.accused)
    said = " ".join(subject.plain[slice(*place)].split())
    facts = plain_copy(" ".join(case.note.facts)) if case.note else ""
    earlier = subject.letter.around(sentence.start, before=1)
    is_told = said in facts or TOLD_BY_READER.search(earlier) is not None
    return "stop" if is_over and not is_told else "warn"
