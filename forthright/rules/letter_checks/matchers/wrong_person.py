"""Whether a letter speaks of somebody else than the person of the record who is meant.

Two slips look like right names: another given name before a surname much like the accused's, and
a child's given name that stands alone and is that of another family's child.
"""

import re
from collections.abc import Iterator

from forthright.rules.case_file import CaseFile, Relation
from forthright.rules.letter_checks.given_names import capital_runs, given_names, whole_names
from forthright.rules.letter_checks.matchers.accused_named import (
    accused_place,
    is_told_as_place,
    without_run_in,
)
from forthright.rules.letter_checks.matchers.charges import words_of_record
from forthright.rules.letter_checks.matchers.corrections import is_quoted
from forthright.rules.letter_checks.matchers.names import is_near
from forthright.rules.letter_checks.name_words import TITLES, is_also_word, is_always_capital
from forthright.rules.letter_checks.people import full_name, words_of_name
from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.letter_checks.text import POSSESSIVE, Part, Span, key_of

OF_A_FAMILY = frozenset({Relation.PARENT, Relation.BEREAVED})
LOOKED_BACK = 30
# What is done to somebody, so that the capital behind it is a name, be it a word besides.
DONE_TO = re.compile(
    r"\b(?:abuse of|assault (?:on|of)|attack on|rape of|hurt|harmed|harm to|happened to|"
    r"keeping|protect|interviewed|believe|(?:writ(?:e|ing|ten)|wrote|letter|news|decision|case) "
    r"(?:to you )?about) $"
)


def near_accused(subject: Subject) -> Iterator[Hit]:
    """Yield a name in the accused's place whose surname is nearly theirs and given name is not."""
    case = subject.case
    if case is None or not case.accused:
        return
    for run in map(without_run_in, subject.once(capital_runs)):
        if len(run) < 2 or is_told_as_place(subject, run) or not _is_another(subject, case, run):
            continue
        start, end = run[0].start, run[-1].start + len(POSSESSIVE.sub("", run[-1].text))
        if accused_place(subject, start, end) and not is_quoted(subject, start, end):
            right = " or ".join(full_name(each) for each in case.accused)
            name = " ".join(subject.letter.text[start:end].split())
            message = f"“{name}” stands where the accused is meant. The record has {right}."
            yield Hit(start, end, message, right)


def _is_another(subject: Subject, case: CaseFile, run: tuple[Span, ...]) -> bool:
    """Say whether a name is nearly an accused's surname behind a given name of nobody known."""
    given, family = key_of(run[0].text), words_of_name(run[-1].text)[-1]
    if given in TITLES or given in subject.known or family in subject.known:
        return False
    is_told = any(each[-1] == run[-1] for each in subject.once(whole_names))
    ends = (words_of_name(each.family_name)[-1:] for each in case.accused)
    return not is_told and any(is_near(family, each) for end in ends for each in end)


def lone_names(subject: Subject) -> Iterator[Hit]:
    """Yield a given name alone that is nobody's of the record, in a letter about a child."""
    case = subject.case
    if case is None or case.recipient.relation not in OF_A_FAMILY or case.recipient.about is None:
        return
    record = set(re.findall(r"[\w'-]+", words_of_record(case))) | {
        word for each in case.others for word in words_of_name(full_name(each))
    }
    known = record | subject.known
    for run in subject.once(capital_runs):
        name = POSSESSIVE.sub("", run[-1].text)
        key = key_of(name)
        start, end = run[0].start, run[0].start + len(name)
        if len(run) > 1 or len(key) < 2 or key in known or is_always_capital(key):
            continue
        if _is_name(subject, key, start) and not is_quoted(subject, start, end):
            right = case.recipient.about.given_names
            yield Hit(start, end, f"The record knows nobody called {name}.", right)


def _is_name(subject: Subject, key: str, start: int) -> bool:
    sentence = subject.letter.sentence_at(start)
    if sentence is None or sentence.paragraph.part not in (Part.TEXT, Part.BULLET):
        return False
    if key in given_names() and not is_also_word(key):
        return True
    return DONE_TO.search(subject.plain[max(0, start - LOOKED_BACK) : start]) is not None
