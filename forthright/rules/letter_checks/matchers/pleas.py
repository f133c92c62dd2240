"""Whether a plea of guilty, or a caution, that a letter tells of is one that the record knows."""

import re
from collections.abc import Iterator

from forthright.rules.case_file import CaseFile
from forthright.rules.letter_checks.matchers.charges import CHARGE_WORD, words_of_record
from forthright.rules.letter_checks.people import is_convicted
from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.letter_checks.text import plain_copy

PLEADED = re.compile(r"\b(?:has |have )?(?:pleaded|pled) guilty\b")
NOT_PLEADED = re.compile(r"\b(?:if|would|could|unless|another|other|second|different|whether)\b")
PLEA = re.compile(r"\b(?:plea\w*|pled|guilty)\b")
CAUTION = re.compile(r"\b(?:caution\w*|penalty|resolution|out[- ]of[- ]court)\b")
# Words that many charges hold, by which none is told from another.
COMMON_TO_CHARGES = frozenset({"with", "from", "charge", "charged", "guilty", "pleaded", "count"})


def pleaded(subject: Subject) -> Iterator[Hit]:
    """Yield a plea of guilty that the record does not know, to no other charge of the case."""
    for found in subject.matches(PLEADED):
        near = subject.letter.around(found.start())
        if not NOT_PLEADED.search(near) and not is_recorded(subject.case, near):
            yield Hit(*found.span(), said={"words": found.group()})


def is_recorded(case: CaseFile | None, sentence: str) -> bool:
    """Say whether a plea or a caution is one of the record's, or is to another of its charges."""
    if case is None:
        return False
    told = words_of_record(case)
    own = _charge_words(f"{case.offence} {case.offence_in_plain_words}")
    charges = " ".join(charge for each in case.accused for charge in each.charges)
    is_of_another = bool((_charge_words(charges) - own) & _charge_words(sentence))
    is_told = any(each.search(told) and each.search(sentence) for each in (PLEA, CAUTION))
    return is_told or is_of_another or is_convicted(case)


def _charge_words(text: str) -> set[str]:
    return set(CHARGE_WORD.findall(plain_copy(text))) - COMMON_TO_CHARGES
