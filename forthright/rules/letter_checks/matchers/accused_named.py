"""Whether whoever stands in the accused's place is an accused of this case, whatever the name.

A whole name of nobody on the record is told wherever it stands (see `unknown`). This looks at
the places where only the accused can be meant: one name alone there, or somebody of the record.
"""

import re
from collections.abc import Iterator
from enum import StrEnum

from forthright.rules.case_file import CaseFile, PersonName
from forthright.rules.letter_checks.given_names import capital_runs, given_names, whole_names
from forthright.rules.letter_checks.matchers.charges import words_of_record
from forthright.rules.letter_checks.matchers.corrections import is_quoted
from forthright.rules.letter_checks.matchers.names import is_near
from forthright.rules.letter_checks.name_words import (
    ALSO_WORDS,
    COMMON_SURNAMES,
    PLACES,
    TITLES,
    is_also_word,
    is_always_capital,
)
from forthright.rules.letter_checks.people import full_name, words_of_name
from forthright.rules.letter_checks.sentences import GO_ON, words_of
from forthright.rules.letter_checks.spelling import common_words, is_word
from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.letter_checks.text import POSSESSIVE, Span, key_of, plain_copy


class Place(StrEnum):
    """What says that the accused is meant; "the case of Mr Adair" can be that of him harmed."""

    AGAINST = "AGAINST"
    OF = "OF"
    OTHER = "OTHER"


LOOKED_BACK = 40
BEFORE = re.compile(
    r"\b(?:(?P<against>(?:cases?|charges?|proceedings|prosecution) against)|"
    r"(?P<of>(?:cases?|charges?) of)|(?:prosecution|trial) of|(?:trial|evidence) against|"
    r"(?:r|regina|rex|crown) v\.?|prosecut(?:e|ing)|charg(?:e|ing)|convict|accused?|arrested|"
    r"(?:i|we|they|police) (?:have |had )?(?:charged|prosecuted)|"
    r"(?:the|this) (?:defendant|suspect|accused(?: man| woman| person)?),?) $"
)
# Asked first, because few capitals stand behind one of these.
LAST_BEFORE = words_of(
    """
    against of v prosecute prosecuted prosecuting charge charged charging convict
    accuse accused arrested defendant suspect man woman person
    """
)
IS = (
    r"(?:is|was|are|were|(?:has|have|had)(?: not| never)? been|"
    r"(?:will|can|could|would|may|might|should|must)(?:not)?(?: not| no longer)? be)"
)
THEN = r"(?: (?:not|now|also|then|first|never|later|rightly|wrongly|formally|still|no longer))*"
DONE = (
    r"(?:charged|accused|convicted|prosecuted|tried|arrested|acquitted|sentenced|cautioned|"
    r"found (?:not )?guilty|the (?:defendant|suspect|accused))"
)
# What an accused faces; a window faces a street.
AT_LAW = (
    r"(?:[a-z-]+ ){0,4}?(?:charges?|trials?|court|jury|judge|magistrates|prosecution|proceedings|"
    r"cases?|sentence|prison|justice|allegations?|accusations?|offences?|counts?|robbery|theft|"
    r"burglary|assault|rape|murder|this|it)\b"
)
WHERE = re.compile(r"\b(?:on|in|at|near|off|along|outside|from) (?:the )?$")
FACES = (
    rf"(?:pleaded (?:not )?guilty|(?:(?:has )?faced|faces) {AT_LAW}|stood trial|"
    rf"will(?: not| no longer)? (?:stand trial|face {AT_LAW}|(?:have to )?go to court))"
)
AFTER = re.compile(
    rf"(?:'s? (?:trial|prosecution|conviction|arrest|acquittal)| (?:{IS}{THEN} {DONE}|{FACES}))\b"
)
RUN_IN = words_of(
    """
    the a an this that these those if when whether because although since while yesterday today
    then so but and or as after before police nobody no somebody both he she they it you we i
    why what who my our your his her their however unfortunately sadly
    """
)
OF_ACCUSED = re.compile(r"accused|defendant|suspect|offender")
CITED = frozenset({"killick"})
FIRMS = words_of("council police crown court state office")


def accused_place(subject: Subject, start: int, end: int) -> Place | None:
    """Say what makes a name the accused's, by the words before it and behind it, if anything."""
    before = subject.plain[max(0, start - LOOKED_BACK) : start]
    may_be_meant = before[-1:] == " " and before.rstrip(" ,.").rpartition(" ")[2] in LAST_BEFORE
    if may_be_meant and (found := BEFORE.search(before)):
        return Place.AGAINST if found["against"] else Place.OF if found["of"] else Place.OTHER
    return Place.OTHER if AFTER.match(subject.plain, end) else None


def wrong_accused(subject: Subject) -> Iterator[Hit]:
    """Yield a name in the accused's place that no accused of the case bears, as a stop."""
    case = subject.case
    if case is None or not case.accused:
        return
    for run in map(without_run_in, subject.once(capital_runs)):
        if not run:
            continue
        start, end = run[0].start, run[-1].end
        name = POSSESSIVE.sub("", subject.letter.text[start:end])
        place = accused_place(subject, start, start + len(name))
        if (
            place
            and not is_told_as_unknown(subject, run)
            and not is_told_as_place(subject, run)
            and _is_wrong(subject, case, name, place)
            and not is_quoted(subject, start, end)
        ):
            yield _hit(start, name, case)


def is_told_as_unknown(subject: Subject, run: tuple[Span, ...]) -> bool:
    """Say whether a name is a whole one of nobody we know, of which another rule speaks."""
    words = words_of_name(run[-1].text)
    if len(run) == 1 or any(words[-1] in each for each in subject.known_people):
        return False
    is_titled = key_of(run[0].text) in TITLES
    return is_titled or any(each[-1] == run[-1] for each in subject.once(whole_names))


def is_told_as_place(subject: Subject, run: tuple[Span, ...]) -> bool:
    """Say whether a name is where something was: "the man in Barley House was charged"."""
    before = subject.plain[max(0, run[0].start - LOOKED_BACK) : run[0].start]
    first, last = (words_of_name(each.text)[0] for each in (run[0], run[-1]))
    is_place = len(run) > 1 and last in PLACES and first not in TITLES
    return is_place and WHERE.search(before) is not None


def without_run_in(run: tuple[Span, ...]) -> tuple[Span, ...]:
    """Return the words of a name, without those that only began its sentence."""
    first = 0
    while first < len(run) and key_of(run[first].text) in RUN_IN | GO_ON:
        first += 1
    return run[first:]


def _hit(start: int, name: str, case: CaseFile) -> Hit:
    right = " or ".join(full_name(each) for each in case.accused)
    message = (
        f"“{' '.join(name.split())}” stands where the accused is meant, and the record of this "
        f"case has {right}."
    )
    return Hit(start, start + len(name), message, right, "stop")


def _is_wrong(subject: Subject, case: CaseFile, name: str, place: Place) -> bool:
    words = words_of_name(name)
    if not _is_a_person(words, name, place) or plain_copy(name) in words_of_record(case):
        return False
    return not _may_stand(words, case, place)


def _may_stand(words: tuple[str, ...], case: CaseFile, place: Place) -> bool:
    """Say whether words name an accused, or somebody of whom another rule speaks."""
    if any(_names(words, each) for each in (*case.accused, *_others(case, place))):
        return True
    listed = (*case.others, *(each for other in case.week for each in other.people))
    slips = {word for each in case.accused for word in words_of_name(full_name(each))}
    return any(is_near(words[-1], each) for each in slips) or any(
        set(words_of_name(full_name(each))) <= set(words) for each in listed
    )


def _others(case: CaseFile, place: Place) -> Iterator[PersonName]:
    """Yield who may stand there besides: an accused tried apart, and whose case it is."""
    for each in case.others:
        if each.may_be_named or OF_ACCUSED.search(each.role.lower()):
            yield each
    if place is Place.OF:
        yield case.recipient
        yield from [case.recipient.about] if case.recipient.about else []


def _names(words: tuple[str, ...], person: PersonName) -> bool:
    """Say whether words are somebody's name, or nearly so and for the rule of mixed names."""
    own = {word for each in (full_name(person), *person.also_known_as)
           for word in words_of_name(each)}  # fmt: skip
    if words[-1] not in own:
        return False
    before = words[-2] if len(words) > 1 else ""
    is_mixed = before in given_names() - own and len(before) > 1
    return not is_mixed or words[-1] not in ALSO_WORDS


def _is_a_person(words: tuple[str, ...], name: str, place: Place) -> bool:
    """Say whether words, be they in the record or not, name a person and no thing."""
    if words[-1] in FIRMS or set(words) & (CITED | RUN_IN | GO_ON):
        return False
    if words[0] in TITLES:
        return len(words) > 1
    if len(words) > 1:
        return words[0] in given_names() or not all(map(_is_thing, words))
    # A capital that stands right behind these is a name, be it a word besides: "against Black".
    if place is Place.AGAINST and not _is_thing(words[0]):
        return True
    is_listed = words[0] in given_names() | COMMON_SURNAMES
    is_sure = place is not Place.OF and not name.isupper()
    return not is_always_capital(words[0]) and (
        (is_listed and not is_also_word(words[0])) or (is_sure and not is_word(name))
    )


def _is_thing(word: str) -> bool:
    return is_always_capital(word) or word in (common_words() - ALSO_WORDS) | PLACES
