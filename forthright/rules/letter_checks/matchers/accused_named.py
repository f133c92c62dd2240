"""Whether whoever stands in the accused's place is an accused of this case, whatever the name."""

import re
from collections.abc import Iterator

from forthright.rules.case_file import CaseFile, PersonName
from forthright.rules.letter_checks.given_names import given_names
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
from forthright.rules.letter_checks.text import POSSESSIVE, key_of, plain_copy

GAP = r"(?:[ \u00a0]+|[ \u00a0]*\n(?![ \t]*\n)[ \u00a0]*)"
PART = r"[A-Z][^\W\d_]*(?:[’'-][^\W\d_]+)*"
PARTICLE = rf"(?:(?:van|von|de|der|den|da|la|le|ap|ab|bin|al|el){GAP}){{1,2}}"
TITLE = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|MR|MRS|MS|MISS)\.?"
# A full stop stands in a name only behind an initial: "D. Hollis".
DOT = r"(?:(?<=\b[A-Z])\.)?"
PERSON = rf"\b(?=[A-Z])(?P<name>(?:{TITLE}{GAP})?{PART}(?:{DOT}{GAP}(?:{PARTICLE})?{PART}){{0,3}})"
IS = (
    r"(?:is|was|are|were|(?:has|have|had)(?: not| never)? been|"
    r"(?:will|can|could|would|may|might|should|must)(?:not)?(?: not| no longer)? be)"
)
THEN = r"(?: (?:not|now|also|then|first|never|later|rightly|wrongly|formally|still|no longer))*"
DONE = (
    r"(?:charged|accused|convicted|prosecuted|tried|arrested|acquitted|sentenced|cautioned|"
    r"found (?:not )?guilty|the (?:defendant|suspect|accused))"
)
FACES = (
    r"(?:pleaded (?:not )?guilty|(?:has )?faced (?:the|a|this|that|trial)|"
    r"faces (?:the|a|this|that|trial)|stood trial|"
    r"will(?: not| no longer)? (?:stand trial|face|(?:have to )?go to court))"
)
BEFORE = (
    r"\b[Cc]ases? (?:against|of)", r"\b[Cc]harges? (?:against|of)", r"\b[Pp]roceedings against",
    r"\b[Pp]rosecution (?:against|of)", r"\b[Tt]rial (?:against|of)", r"\b[Ee]vidence against",
    r"\b(?:R|Regina|Rex|Crown) v\.?",
    r"\b(?:[Pp]rosecute|[Pp]rosecuting|[Cc]harge|[Cc]harging|[Cc]onvict|[Aa]ccused?|arrested)",
    r"\b(?:[Tt]he|[Tt]his) (?:defendant|suspect|accused(?: man| woman| person)?),?",
)  # fmt: skip
# "Against" alone can be of somebody who was harmed or complained of, and all whom we know may be.
LOOSELY = re.compile(rf"(?<![Cc]omplaint )(?<![Cc]omplaints )\b[Aa]gainst{GAP}{PERSON}")
PATTERNS = (
    re.compile(rf"(?:{'|'.join(BEFORE)}) ".replace(" ", GAP) + PERSON),
    re.compile(
        rf"{PERSON}(?:[’']s?{GAP}(?:trial|prosecution|conviction|arrest|acquittal)|"
        + rf" (?:{IS}{THEN} {DONE}|{FACES}))\b".replace(" ", GAP)
    ),
    re.compile(rf"\b[Cc]harges?{GAP}(?:(?:that|which){GAP})?{PERSON}{GAP}(?:faced|faces)\b"),
)
# "The case against Mr Reeve and Peter Jones", which can go on to say what somebody else did.
BESIDE = (
    re.compile(
        rf"\b(?:[Cc]ases?|[Cc]harges?|[Pp]roceedings|[Pp]rosecution){GAP}against{GAP}"
        rf"[^.;\n]{{1,40}}?,?{GAP}and{GAP}{PERSON}"
    ),
    re.compile(
        rf"{PERSON},?{GAP}and{GAP}[^.;\n]{{1,40}}?{GAP}{IS.replace(' ', GAP)}{THEN}{GAP}"
        rf"{DONE.replace(' ', GAP)}\b"
    ),
)
LOOSE = (LOOSELY, *BESIDE)
# "The case of Mr Adair" can be that of him who was harmed.
OF = re.compile(r"\b(?:[Cc]ases?|[Cc]harges?)\s+of\s")
FIRST = re.compile(rf"({PART}){GAP}")
RUN_IN = words_of(
    """
    the a an this that these those if when whether because although since while yesterday today
    then so but and or as after before police nobody no somebody both he she they it you we i
    why what who my our your his her their
    """
)
# A capital that stands right behind these is a name, be it a word besides: "against Black".
ACCUSED_IT = re.compile(r"(?:[Cc]ases?|[Cc]harges?|[Pp]roceedings|[Pp]rosecution)\s+against\s")
OF_ACCUSED = re.compile(r"accused|defendant|suspect|offender")
CITED = frozenset({"killick"})
FIRMS = words_of("council police crown court state office")


def wrong_accused(subject: Subject) -> Iterator[Hit]:
    """Yield a name in the accused's place that no accused of the case bears, as a stop."""
    case = subject.case
    if case is None or not case.accused:
        return
    told: set[int] = set()
    for pattern in (*PATTERNS, *LOOSE):
        for found in subject.matches(pattern, exact=True):
            start, name = _name_of(subject, found)
            words = words_of_name(name)
            is_new = bool(words) and start not in told and _is_a_person(words, name, found)
            if not is_new or _may_stand(words, subject, case, found):
                continue
            if plain_copy(name) in words_of_record(case) or is_quoted(
                subject, start, start + len(name)
            ):
                continue
            told.add(start)
            yield _hit(subject, start, name, case)


def _hit(subject: Subject, start: int, name: str, case: CaseFile) -> Hit:
    right = " or ".join(full_name(each) for each in case.accused)
    message = (
        f"“{' '.join(name.split())}” stands where the accused is meant, and the record of this "
        f"case has {right}."
    )
    return Hit(start, start + len(name), message, right, "stop")


def _name_of(subject: Subject, found: re.Match[str]) -> tuple[int, str]:
    """Return the place of a name and the name, without a word that only began its sentence."""
    start, end = found.span("name")
    first = FIRST.match(subject.letter.text, start, end)
    while first and key_of(first[1]) in RUN_IN | GO_ON:
        start = first.end()
        first = FIRST.match(subject.letter.text, start, end)
    return start, POSSESSIVE.sub("", subject.letter.text[start:end])


def _may_stand(
    words: tuple[str, ...], subject: Subject, case: CaseFile, found: re.Match[str]
) -> bool:
    """Say whether words name an accused, or somebody of whom another rule speaks."""
    if any(_names(words, each) for each in (*case.accused, *_others(case, found))):
        return True
    if found.re in LOOSE and any(words[-1] in each for each in subject.known_people):
        return True
    listed = (*case.others, *(each for other in case.week for each in other.people))
    slips = {word for each in case.accused for word in words_of_name(full_name(each))}
    return any(is_near(words[-1], each) for each in slips) or any(
        set(words_of_name(full_name(each))) <= set(words) for each in listed
    )


def _others(case: CaseFile, found: re.Match[str]) -> Iterator[PersonName]:
    """Yield who may stand there besides: an accused tried apart, and whose case it is."""
    for each in case.others:
        if each.may_be_named or OF_ACCUSED.search(each.role.lower()):
            yield each
    if OF.match(found.group()):
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


def _is_a_person(words: tuple[str, ...], name: str, found: re.Match[str]) -> bool:
    """Say whether words, be they in the record or not, name a person and no thing."""
    if words[-1] in FIRMS or set(words) & (CITED | RUN_IN | GO_ON):
        return False
    if words[0] in TITLES:
        return len(words) > 1
    if len(words) > 1:
        is_given = words[0] in given_names()
        return is_given or (found.re not in LOOSE and not all(map(_is_thing, words)))
    if ACCUSED_IT.match(found.group()) and not _is_thing(words[0]):
        return True
    is_listed = words[0] in given_names() | COMMON_SURNAMES
    is_sure = not OF.match(found.group()) and not name.isupper() and found.re not in LOOSE
    return not is_always_capital(words[0]) and (
        (is_listed and not is_also_word(words[0])) or (is_sure and not is_word(name))
    )


def _is_thing(word: str) -> bool:
    return is_always_capital(word) or word in (common_words() - ALSO_WORDS) | PLACES
