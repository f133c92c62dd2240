"""Whether names are put together as in the record: the right given name with the right surname."""

import re
from collections.abc import Iterator, Mapping, Sequence, Set

from forthright.rules.case_file import CaseFile, PersonName, Relation
from forthright.rules.letter_checks.given_names import capital_runs
from forthright.rules.letter_checks.matchers.accused_named import (
    accused_place,
    is_told_as_unknown,
    without_run_in,
    wrong_accused,
)
from forthright.rules.letter_checks.matchers.corrections import is_quoted
from forthright.rules.letter_checks.name_words import ALSO_WORDS, PLACES, RANKS, TITLES
from forthright.rules.letter_checks.people import (
    Form,
    formal_name,
    full_name,
    may_be_named,
    mentions,
    title_key,
    words_of_name,
)
from forthright.rules.letter_checks.sentences import GO_ON
from forthright.rules.letter_checks.spelling import common_words, is_word
from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.letter_checks.text import POSSESSIVE, Part, Span, key_of

LOOKED_BACK = 24
RELATIVE = re.compile(
    r"\b(?:son|daughter|child|husband|wife|partner|mother|father|brother|sister|mum|dad|grandson|"
    r"granddaughter|niece|nephew|loss of|death of),? $"
)
# Whoever stands here is somebody, be the name a word besides: "anil" is a dye.
BEFORE_DEATH = re.compile(r"\b(?:caus(?:e[sd]?|ing)|about|after|since) $")
DEATH = re.compile(r"'s (?:death|funeral)\b")
ACCUSES = re.compile(
    r"\b(?:case|charges?|prosecution|proceedings) against (?:mr |mrs |ms |miss )?$"
)
IS_ACCUSED = re.compile(
    r" (?:will (?:not )?be|has (?:not )?been|was|is) (?:not )?(?:charged|prosecuted|tried|arrested)"
)
HARMS = re.compile(
    r"\b(?:(?:assault|attack) on|what happened to|(?:loss|death) of|your (?:son|daughter|child))"
    r" (?:mr |mrs |ms |miss )?$"
)
# A first name alone may be said to the reader; with these behind it, it is said about them.
DOES = re.compile(
    r"(?:'s)? (?:told|said|says|was|is|had|has|did|does|gave|made|reported|rang|went|saw|account|"
    r"statement|evidence|injur\w+)\b"
)
NEVER = re.compile(r"(?!)")
CITED = frozenset({"killick"})


def mixed_names(subject: Subject) -> Iterator[Hit]:
    """Yield a given name that stands with a surname of the case and is not that person's."""
    case = subject.case
    if case is None:
        return
    people = [*may_be_named(case), *case.others]
    of_week = {word for other in case.week for each in other.people
               for word in words_of_name(full_name(each))}  # fmt: skip
    yield from _turned_round(subject, people)
    yield from _other_surname(subject, people, case)
    by_family = _by_family(people)
    for family, owners in by_family.items():
        for first in subject.letter.capitals.get(family, ()):
            before = _name_before(subject, first)
            if before is None or key_of(before.text) in of_week:
                continue
            if _may_stand_before(key_of(before.text), owners, case):
                continue
            if _is_middle_name(subject, first - 1, owners):
                continue
            word = subject.letter.words[first]
            right = " or ".join(full_name(each) for each in owners)
            yield Hit(before.start, word.end, f"The record knows {right}, not this name.", right)


def _other_surname(subject: Subject, people: list[PersonName], case: CaseFile) -> Iterator[Hit]:
    """Yield a given name of the case with a surname that nobody of that given name bears."""
    words = subject.letter.words
    for given, owners in _by_given(people).items():
        own = {word for each in owners for word in words_of_name(full_name(each))}
        own |= {word for each in owners for name in each.also_known_as
                for word in words_of_name(name)}  # fmt: skip
        own |= {word for each in case.area.staff for word in words_of_name(each.name)
                if given in words_of_name(each.name)}  # fmt: skip
        own |= {word for other in case.week for each in other.people
                for word in words_of_name(each.family_name)
                if given in words_of_name(each.given_names)}  # fmt: skip
        for first in subject.letter.capitals.get(given, ()):
            following = words[first + 1] if _goes_on(subject, first) else None
            key = key_of(following.text) if following else ""
            if following is None or not key or key in own | PLACES | TITLES | GO_ON:
                continue
            if any(_is_followed_by(subject, first + 1, each.family_name) for each in owners):
                continue
            if (given in ALSO_WORDS and is_word(key)) or key in common_words() - ALSO_WORDS:
                continue
            right = " or ".join(full_name(each) for each in owners)
            start, end = words[first].start, following.end
            yield Hit(start, end, f"The record knows {right}, not this name.", right)


def _by_given(people: list[PersonName]) -> Mapping[str, list[PersonName]]:
    """Return people by the first of their given names."""
    found: dict[str, list[PersonName]] = {}
    for each in people:
        for word in words_of_name(each.given_names)[:1]:
            found.setdefault(word, []).append(each)
    return found


def _turned_round(subject: Subject, people: list[PersonName]) -> Iterator[Hit]:
    """Yield a surname with the given name behind it."""
    words = subject.letter.words
    for person in people:
        given, family = words_of_name(person.given_names), words_of_name(person.family_name)
        for first in subject.letter.capitals.get(family[-1], ()) if given else ():
            following = words[first + 1 : first + 2]
            if not following or key_of(following[0].text) != given[0] or given[0] in family:
                continue
            if subject.letter.text[words[first].end : following[0].start] != " ":
                continue
            right = full_name(person)
            start, end = words[first].start, following[0].end
            yield Hit(start, end, f"The record has the names the other way round: {right}.", right)


def _by_family(people: list[PersonName]) -> Mapping[str, list[PersonName]]:
    """Return the people whose given name is known, by the first word of their family name."""
    found: dict[str, list[PersonName]] = {}
    for each in people:
        words = words_of_name(each.family_name)
        if each.given_names and words[0] not in ALSO_WORDS:
            found.setdefault(words[0], []).append(each)
    return found


def _name_before(subject: Subject, first: int) -> Span | None:
    """Return the capital that stands just before a word and may be a given name."""
    if first == 0:
        return None
    before, word = subject.letter.words[first - 1], subject.letter.words[first]
    is_beside = subject.letter.text[before.end : word.start] in (" ", "\u00a0")
    key = key_of(before.text)
    if not is_beside or not before.text[0].isupper() or len(key) < 2:
        return None
    if key in TITLES or key in RANKS or (is_word(key) and not _is_within(subject, before)):
        return None
    return None if key in common_words() - ALSO_WORDS else before


def _is_middle_name(subject: Subject, number: int, owners: list[PersonName]) -> bool:
    """Say whether a name stands between the two of an owner: "Dean Anthony Hollis"."""
    words = subject.letter.words
    if number == 0 or not words[number - 1].text[0].isupper():
        return False
    between = subject.letter.text[words[number - 1].end : words[number].start]
    given = {word for each in owners for word in words_of_name(each.given_names)[:1]}
    return between in (" ", "\u00a0") and key_of(words[number - 1].text) in given


def _is_within(subject: Subject, word: Span) -> bool:
    """Say whether a word stands within a sentence of the body, where a capital means a name."""
    sentence = subject.letter.sentence_at(word.start)
    return sentence is not None and sentence.paragraph.is_body and sentence.start < word.start


def _may_stand_before(key: str, owners: list[PersonName], case: CaseFile) -> bool:
    """Say whether a word is a name of one of the owners of a surname."""
    own: set[str] = {word for each in owners for word in words_of_name(full_name(each))}
    own |= {word for each in owners for alias in each.also_known_as
            for word in words_of_name(alias)}  # fmt: skip
    if any(each is case.recipient for each in owners):
        own |= set(words_of_name(case.recipient.preferred_name))
    places = {word for each in case.places for word in words_of_name(each)}
    staff = {word for each in case.area.staff for word in words_of_name(each.name)}
    return key in own | places | staff or any(key == each[:1] for each in own)


def titled_given(subject: Subject) -> Iterator[Hit]:
    """Yield a title before a given name, as in "Mr Dean", or before a part of a surname."""
    case = subject.case
    if case is None:
        return
    people = may_be_named(case)
    families = {
        word for each in [*people, *case.others] for word in words_of_name(each.family_name)
    }
    for person in people:
        for part in words_of_name(person.given_names):
            if part in families:
                continue
            for first in subject.letter.capitals.get(part, ()):
                is_whole = _is_followed_by(subject, first, person.family_name)
                if _is_titled(subject, first) and not is_whole and not _goes_on(subject, first):
                    title, word = subject.letter.words[first - 1 : first + 1]
                    message = f"A title goes before the surname: {formal_name(person)}."
                    yield Hit(title.start, word.end, message, formal_name(person))


def _is_followed_by(subject: Subject, first: int, family_name: str) -> bool:
    """Say whether a surname follows, which need not begin with a capital: "ap Gwilym"."""
    following = subject.letter.words[first + 1 : first + 2]
    return bool(following) and key_of(following[0].text) == words_of_name(family_name)[0]


def _is_titled(subject: Subject, first: int) -> bool:
    return first > 0 and key_of(subject.letter.words[first - 1].text) in TITLES


def _goes_on(subject: Subject, first: int) -> bool:
    """Say whether another capital stands just behind a word, so that a name goes on."""
    words = subject.letter.words
    if first + 1 >= len(words):
        return False
    between = subject.letter.text[words[first].end : words[first + 1].start]
    return not between.strip() and "\n" not in between and words[first + 1].text[0].isupper()


def strangers(subject: Subject) -> Iterator[Hit]:
    """Yield a name that a sentence gives to the accused or to a relative, and nobody bears."""
    case = subject.case
    if case is None:
        return
    accused = list(wrong_accused(subject))
    yield from accused
    yield from _swapped(subject, case)
    told = {each.start for each in accused}
    listed = {word for other in case.week for each in other.people
              for word in words_of_name(full_name(each))}  # fmt: skip
    listed |= {word for each in case.others for word in words_of_name(full_name(each))}
    for run in map(without_run_in, subject.once(capital_runs)):
        if not run or run[0].start in told or is_told_as_unknown(subject, run):
            continue
        start, end = run[0].start, run[-1].end
        name = POSSESSIVE.sub("", subject.letter.text[start:end])
        if _is_stranger(subject, case, listed, start, name):
            message = f"The record of this case knows nobody called {name}."
            yield Hit(start, start + len(name), message, level="warn")


def _is_stranger(subject: Subject, case: CaseFile, listed: Set[str], start: int, name: str) -> bool:
    """Say whether a name, of nobody we know, stands where the accused or a relative is meant."""
    words, end = words_of_name(name), start + len(name)
    before = subject.plain[max(0, start - LOOKED_BACK) : start]
    if BEFORE_DEATH.search(before) and DEATH.match(subject.plain, end):
        return not set(words) & (_borne(case) | listed | GO_ON | common_words())
    is_meant = RELATIVE.search(before) or accused_place(subject, start, end)
    return is_meant is not None and _is_strange(words, subject.known | listed)


def _borne(case: CaseFile) -> set[str]:
    """Return the names of the people of the case, of whom staff are none."""
    people = [*may_be_named(case), *case.others]
    names = [name for each in people for name in (full_name(each), *each.also_known_as)]
    return {word for each in names for word in words_of_name(each)}


def _swapped(subject: Subject, case: CaseFile) -> Iterator[Hit]:
    """Yield the reader where the accused is meant, and the accused where the reader is."""
    harmed = [case.recipient, *([case.recipient.about] if case.recipient.about else [])]
    shared = {each.family_name for each in case.accused} & {each.family_name for each in harmed}
    sought = [(each, ACCUSES, IS_ACCUSED) for each in harmed]
    sought += [(each, HARMS, NEVER) for each in case.accused]
    sought += [(case.recipient, HARMS, NEVER)] if case.recipient.about else []
    for person, before, after in sought:
        if person.family_name in shared:
            continue
        for found in mentions(subject.letter, person):
            # "Mr Tully" is not the reader, Mrs Tully, but the husband who died.
            is_told_apart = found.title and person.title
            if is_told_apart and title_key(found.title) != title_key(person.title):
                continue
            is_before = before.search(subject.plain[max(0, found.start - 30) : found.start])
            if is_before or after.match(subject.plain, found.end):
                message = "By the record this is not who is meant here: check who did what."
                level = "stop" if before is ACCUSES else "warn"
                yield Hit(found.start, found.end, message, level=level)


def _is_strange(words: tuple[str, ...], known: Set[str]) -> bool:
    return not any(
        each in known or each in TITLES or each in RANKS or each in CITED or is_word(each)
        or each in PLACES or each in GO_ON for each in words
    )  # fmt: skip


def addressee(subject: Subject) -> Iterator[Hit]:
    """Yield the line of the address that names somebody other than the reader."""
    case = subject.case
    if case is None:
        return
    people: list[PersonName] = [*case.accused, *case.others]
    people += [case.recipient.about] if case.recipient.about else []
    heads = subject.letter.parts(Part.ADDRESS)
    for person in people:
        if words_of_name(full_name(person)) == words_of_name(full_name(case.recipient)):
            continue
        for found in mentions(subject.letter, person):
            if found.form in (Form.FULL, Form.TITLED) and _begins_a_line(
                subject, found.start, heads
            ):
                message = (
                    f"The letter is to {full_name(case.recipient)}, and this line of the address "
                    f"names {full_name(person)}."
                )
                yield Hit(found.start, found.end, message, full_name(case.recipient))


def _begins_a_line(subject: Subject, place: int, heads: Sequence[Span]) -> bool:
    within = next((each for each in heads if each.start <= place < each.end), None)
    if within is None:
        return False
    line = subject.letter.text[subject.letter.text.rfind("\n", 0, place) + 1 : place].strip(" *_")
    return not line or key_of(line) in TITLES


def reader_named(subject: Subject) -> Iterator[Hit]:
    """Yield the reader's own name where the letter speaks of them as somebody else."""
    case = subject.case
    if case is None or case.recipient.relation is Relation.BUSINESS:
        return
    others = [each for each in [*may_be_named(case), *case.others] if each is not case.recipient]
    titles = {each.title for each in others if each.family_name == case.recipient.family_name}
    if "" in titles or case.recipient.title in titles:
        return
    for found in mentions(subject.letter, case.recipient):
        sentence = subject.letter.sentence_at(found.start)
        is_told = sentence is not None and sentence.paragraph.is_body
        before = subject.letter.text[max(0, found.start - 2) : found.start]
        is_told_of = DOES.match(subject.plain, found.end) is not None
        is_of_another = found.form in (Form.TITLED, Form.FAMILY) and any(
            title_key(found.title) in ("", title_key(each)) for each in titles
        )
        is_meant = is_told_of or found.form in (Form.FULL, Form.TITLED)
        is_meant = is_meant and not is_of_another and (before != ", " or is_told_of)
        if is_told and is_meant and not is_quoted(subject, found.start, found.end):
            yield Hit(found.start, found.end)
