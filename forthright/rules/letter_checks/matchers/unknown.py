"""Whether everybody whom a letter names is somebody of the record: nobody else has a place in it.

Whoever is named and is nobody of the record may be the accused of another case, so that stops the
letter, whatever the sentence says of them. It is only a warning where the words beside the name
say that this is an official or a helper; the rule's data says which words those are.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from forthright.rules.case_file import CaseFile, PersonName
from forthright.rules.letter_checks.given_names import capital_runs, given_names, whole_names
from forthright.rules.letter_checks.matchers.accused_named import accused_place
from forthright.rules.letter_checks.matchers.charges import words_of_record
from forthright.rules.letter_checks.matchers.corrections import is_quoted
from forthright.rules.letter_checks.name_words import ALSO_WORDS, TITLES
from forthright.rules.letter_checks.people import full_name, may_be_named, mentions, words_of_name
from forthright.rules.letter_checks.phrases import PatternRefused
from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.letter_checks.text import POSSESSIVE, Part, Span, key_of, plain_copy

CHECK_IT = "Check the name. Take it out if it came from another letter."
COURTS = re.compile(r"(?:justice|judge|recorder)\b")
WHERE_STOPPED = (Part.ADDRESS, Part.HEADING, Part.TEXT, Part.BULLET)
LOOKED_AT = 70
# Of a name that no list has: what only somebody does, and of whom only somebody is spoken.
DOES = re.compile(
    r"(?:'s (?:case|trial|solicitor|barrister|lawyer|home|house|phone|account|bail)| (?:must|"
    r"should|cannot|said|says|told|tells|rang|hit|struck|punched|kicked|pushed|stole|took|threatened|lives|"
    r"pleaded|admitted|denied|denies|accepts|attacked|assaulted|did|does|drove|came|went))\b"
)
DONE_TO = re.compile(
    r"\b(?:against|involving|concerning|told|asked|accused?|charged?|prosecuted?|prosecuting|"
    r"convict|convicted|arrest|arrested|partner|neighbour|husband|wife|friend|son|daughter|brother|"
    r"sister|mother|father|uncle|aunt|cousin|boyfriend|girlfriend|man|woman|person|boy|girl)"
    r"(?: charged| accused)?,? $"
)
CALLED_THE = re.compile(r"(?:^|[^a-z])the $")
CASE_OF_NAME = re.compile(r" (?:case|trial|prosecution|charges?)\b")
# "The officer in your case, Joan Rix": what stands between the two is short and has no verb.
AT_WORK = r"(?: (?:in|on|for|of|at|with|from)(?: [a-z'-]+){1,4})?"
SAID_TO_BE = (
    r"(?:,? who)?(?: is| was)?(?:,|:| called| named)? (?:\(?(?:mr|mrs|ms|miss|dr)\.? )?\(?$"
)
ANY_BUT = r"(?:(?!(?:who|whom|which|that|and|by|to|but|about|against|told|saw)\b)[a-z'-]+ )"
DETERMINER = r"(?:the|a|an|my|our|your|his|her|their|another|one of the|one of our) "


@dataclass(frozen=True, slots=True)
class Excused:
    """What the rule's data excuses: `things` end the names of things, as "Trust" does."""

    before: re.Pattern[str]
    after: re.Pattern[str]
    things: frozenset[str]
    not_people: frozenset[str]


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whom a letter names: with a title, or by a given name that a list has, or not."""

    start: int
    end: int
    words: tuple[str, ...]
    is_titled: bool = False
    is_listed: bool = False


def unknown_people(find: Mapping[str, Any]) -> Callable[[Subject], Iterator[Hit]]:
    """Return what yields everybody named whom the record does not know.

    :raises PatternRefused: if the helpers, things or not_people are no lists of words
    """
    helpers, things, not_people = (
        _list(find, name) for name in ("helpers", "things", "not_people")
    )
    either = "|".join(re.escape(each) for each in sorted(helpers, key=len, reverse=True)) or r"(?!)"
    excused = Excused(
        before=re.compile(rf"\b(?:{either})s?{AT_WORK}{SAID_TO_BE}"),
        after=re.compile(
            rf"(?:, (?:{DETERMINER})?|,? (?:who )?(?:is|was) {DETERMINER}|"
            rf" \(|,? (?:of|from|at) (?:{DETERMINER})?){ANY_BUT}{{0,4}}(?:{either})s?\b"
        ),
        things=frozenset(things),
        not_people=frozenset(not_people),
    )
    return lambda subject: _unknown(subject, excused)


def _list(find: Mapping[str, Any], name: str) -> list[str]:
    said = find.get(name, [])
    if not isinstance(said, list) or not all(isinstance(each, str) for each in said):
        raise PatternRefused(f"{name} is a list of words, in square brackets.")
    return [plain_copy(each) for each in said]


def _unknown(subject: Subject, excused: Excused) -> Iterator[Hit]:
    case = subject.case
    if case is None:
        return
    is_accused_named: bool | None = None
    helper_to = -1
    for each in _strangers(subject, case, excused):
        is_helper = _is_helper(subject, each, excused) or (
            subject.plain[helper_to : each.start] in (" and ", ", ") if helper_to >= 0 else False
        )
        helper_to = each.end if is_helper else -1
        is_stop = not is_helper and _may_be_accused(subject, each)
        if not is_helper and not is_stop:
            if is_accused_named is None:
                is_accused_named = _names_an_accused(subject, case)
            is_stop = not is_accused_named
        is_stop = is_stop or accused_place(subject, each.start, each.end) is not None
        is_stop = is_stop and _part_at(subject, each.start) in WHERE_STOPPED
        name = " ".join(subject.letter.text[each.start : each.end].split())
        message = f"The record of this case knows nobody called {name}."
        if case.accused and is_stop:
            accused = " or ".join(full_name(who) for who in case.accused)
            message = f"{message} The accused is {accused}."
        yield Hit(each.start, each.end, message, CHECK_IT, "" if is_stop else "warn")


def _strangers(subject: Subject, case: CaseFile, excused: Excused) -> list[Named]:
    """Return everybody named who is nobody of the record, in the order of the letter."""
    listed = (*case.others, *(who for other in case.week for who in other.people))
    titled = [each for each in _titled(subject) if _is_unknown(each, subject, listed)]
    taken = {each.end for each in titled}
    whole = [each for each in _whole(subject, case, listed) if each.end not in taken]
    return [
        each for each in sorted((*titled, *whole), key=lambda each: each.start)
        if not _is_thing(subject, each, excused)
        and not is_quoted(subject, each.start, each.end)
        and _part_at(subject, each.start) is not Part.SALUTATION
    ]  # fmt: skip


def _titled(subject: Subject) -> Iterator[Named]:
    """Yield each title with the name behind it: a doctor is no party to a case, so "Dr" not."""
    for run in subject.once(capital_runs):
        for first, word in enumerate(run[:-1]):
            if key_of(word.text) in ("mr", "mrs", "ms", "miss", "mx"):
                words = tuple(key_of(each.text) for each in run[first + 1 :])
                if not COURTS.match(words[0]) and words[0] not in TITLES:
                    yield Named(word.start, _bare_end(run[-1]), words, is_titled=True)
                break


def _is_unknown(each: Named, subject: Subject, listed: tuple[PersonName, ...]) -> bool:
    known = subject.known | {word for who in listed for word in words_of_name(full_name(who))}
    return each.words[-1] not in known and each.words[0] not in known


def _whole(subject: Subject, case: CaseFile, listed: tuple[PersonName, ...]) -> Iterator[Named]:
    """Yield each whole name with no title that nobody whom the record knows bears."""
    runs = subject.once(whole_names)
    if not runs:
        return
    people = [*may_be_named(case), *case.others]
    of_case = {word for each in people for word in words_of_name(each.family_name)} - ALSO_WORDS
    borne = [*subject.known_people, *(frozenset(words_of_name(full_name(e))) for e in listed)]
    for run in runs:
        keys = tuple(key_of(each.text) for each in run)
        start, end = run[0].start, run[-1].end
        if keys[-1] in of_case or _part_at(subject, start) not in WHERE_STOPPED[1:]:
            continue
        if any(each and each <= set(keys) for each in borne) or set(keys) <= set().union(*borne):
            continue
        if subject.plain[start:end] not in _record_in_words(case):
            yield Named(start, _bare_end(run[-1]), keys, is_listed=keys[0] in given_names())


def _bare_end(word: Span) -> int:
    return word.start + len(POSSESSIVE.sub("", word.text))


def _part_at(subject: Subject, place: int) -> Part | None:
    sentence = subject.letter.sentence_at(place)
    return sentence.paragraph.part if sentence else None


def _is_thing(subject: Subject, each: Named, excused: Excused) -> bool:
    """Say whether a name is that of a firm, a place or a law: "the Suzy Lamplugh Trust"."""
    if each.is_titled:
        return False
    name = " ".join(each.words)
    if each.words[-1] in excused.things or name in excused.not_people:
        return True
    before = subject.plain[max(0, each.start - 5) : each.start]
    is_called_the = CALLED_THE.search(before) is not None
    return is_called_the and not CASE_OF_NAME.match(subject.plain, each.end)


def _is_helper(subject: Subject, each: Named, excused: Excused) -> bool:
    """Say whether the words beside a name say that it is an official's or a helper's."""
    sentence = subject.letter.sentence_at(each.start)
    first, last = (sentence.start, sentence.end) if sentence else (0, len(subject.plain))
    before = subject.plain[max(first, each.start - LOOKED_AT) : each.start]
    after = subject.plain[each.end : min(last, each.end + LOOKED_AT)]
    return bool(excused.before.search(before) or excused.after.match(after))


def _may_be_accused(subject: Subject, each: Named) -> bool:
    """Say whether a name is a person's for sure, or the words beside it are of a person."""
    if each.is_titled or each.is_listed:
        return True
    before = subject.plain[max(0, each.start - LOOKED_AT) : each.start]
    return bool(DOES.match(subject.plain, each.end) or DONE_TO.search(before))


def _names_an_accused(subject: Subject, case: CaseFile) -> bool:
    return any(True for who in case.accused for _ in mentions(subject.letter, who))


def _record_in_words(case: CaseFile) -> str:
    said = [*case.places, *case.recipient.address, case.area.name, *_kept(case)]
    return plain_copy(" ; ".join(said)) + words_of_record(case)


def _kept(case: CaseFile) -> Iterator[str]:
    """Yield what the record has of courts and services, in which names may stand."""
    yield case.court.name if case.court else ""
    yield from (part for each in case.area.support for part in (each.name, each.web))
    yield from (part for each in case.area.contacts for part in (each.value, each.words))
