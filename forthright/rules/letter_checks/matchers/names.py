"""Whether the letter names its reader and the accused as the record does."""

import re
from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from forthright.rules.case_file import (
    Accused,
    AccusedStatus,
    CaseFile,
    DecisionKind,
    PersonName,
    Pronouns,
    Recipient,
    Relation,
)
from forthright.rules.letter_checks.matchers.corrections import is_quoted
from forthright.rules.letter_checks.matchers.pronouns import RIGHT
from forthright.rules.letter_checks.name_words import ALSO_WORDS, TITLES
from forthright.rules.letter_checks.people import (
    Form,
    formal_name,
    full_name,
    is_convicted,
    may_be_named,
    mentions,
    title_key,
    words_of_name,
)
from forthright.rules.letter_checks.sentences import GO_ON, words_of
from forthright.rules.letter_checks.spelling import is_word
from forthright.rules.letter_checks.subject import Hit, Subject, hit
from forthright.rules.letter_checks.text import Paragraph, Part, Span, key_of, plain_copy

GREETING = re.compile(
    r"[ \t*]*(?:dear|hello|hi|annwyl|good (?:morning|afternoon|evening|day))\s+(.*?)[\s,:*]*$",
    re.IGNORECASE | re.DOTALL,
)
NOT_OF = {Pronouns.HE: ("mrs", "ms", "miss", "lady"), Pronouns.SHE: ("mr", "master", "sir")}
OFFENDER = re.compile(
    r"\b(?:the|this|your|convicted)?\s*(?:offenders?|perpetrators?|culprits?)\b|"
    r"\b(?:the|this|that|these|those) (?:thugs?|yobs?|louts?|hooligans?|predators?|"
    r"villains?|criminals|wrong-?doers?)\b"
)
OF_OTHERS = re.compile(
    r"\b(?:young offenders?|offender (?:manager|management|information)|if (?:an?|the) offender)\b"
)
CONVICTED = re.compile(
    r"\b(?:was|were|been) (?:found guilty|convicted|sentenced|sent to prison|jailed|fined)\b"
)
NOT_CONVICTED = re.compile(
    r"\b(?:if|not|never|nobody|no one|neither|unless|until|whether|would|could|might|"
    r"likely|before|had been|been able)\b"
)
# Behind the words, only what takes them back denies them.
BUT_NOT = re.compile(r"\b(?:but|and) not (?:of|for)\b|\b(?:if|unless|whether|quashed|overturned)\b")
OTHER_CHARGES = re.compile(
    r"\b(?:other|another|rest|remaining) (?:of )?(?:the |his |her |their |two |three |four )?"
    r"(?:charges?|offences?|crimes?|counts?|people|things?|part|matters?|cases?)?\b"
)
SHORTEST_NEAR = 4
SHORTEST_WORD = 3
SOUNDS = tuple(
    (re.compile(written), heard)
    for written, heard in (
        (r"ph|v", "f"), (r"ck|c(?![eiy])|q", "k"), (r"c", "s"), (r"(?<=s)h|(?<=t)h", ""),
        (r"e$", ""), (r"[aeiouy]+h?", "a"), (r"(.)\1", r"\1"),
    )
)  # fmt: skip

DAYS = words_of("monday tuesday wednesday thursday friday saturday sunday")


def recipient(subject: Subject) -> Iterator[Hit]:
    """Yield the greeting where it does not name the person the letter is to."""
    if subject.case is None:
        return
    greetings = subject.letter.parts(Part.SALUTATION)
    wanted = f"Dear {greeting_name(subject.case)}"
    if not greetings:
        first = subject.letter.body[0] if subject.letter.body else Span(0, 0, "")
        yield Hit(first.start, first.start, "The letter greets nobody.", wanted, "warn")
        return
    # A letter in two languages greets twice, and one of the two is enough.
    faults = [_greeting_fault(greetings[0], _greeted(each), subject.case)
              for each in greetings[0].text.split("/")]  # fmt: skip
    if all(faults) and faults[0]:
        level, message = faults[0]
        # Templates greet without a comma, other letters often with one; each keeps its own way.
        comma = "," if greetings[0].text.rstrip().endswith(",") else ""
        yield hit(greetings[0], message, wanted + comma, level=level)


def _greeted(text: str) -> list[str]:
    said = GREETING.match(text)
    return [key_of(each) for each in re.findall(r"[^\s,]+", said.group(1))] if said else []


def greeting_name(case: CaseFile) -> str:
    """Return how the reader is greeted: as they prefer, or formally."""
    return case.recipient.preferred_name or formal_name(case.recipient)


def _greeting_fault(
    greeting: Paragraph, words: list[str], case: CaseFile
) -> tuple[str, str] | None:
    person = case.recipient
    titles = [each for each in words if each in TITLES]
    named = [each for each in words if each not in TITLES]
    allowed = {*words_of_name(full_name(person)), *words_of_name(person.preferred_name)}
    own = title_key(person.title)
    if not named or not set(named) <= allowed | {"and", "&"}:
        return "stop", _wrong_greeting(greeting, named, allowed, case)
    if titles and own and own not in map(title_key, titles):
        return "stop", f"The greeting says {titles[0].title()}; the record says {person.title}."
    warning = _warning_of_greeting(person, words, named)
    return ("warn", warning) if warning else None


def _warning_of_greeting(person: Recipient, words: list[str], named: list[str]) -> str:
    if _is_bare_surname(person, words):
        return f"The greeting gives a bare surname: {formal_name(person)}."
    if set(words) & TITLES and not _is_whole_name(person, named):
        return f"A title goes before the whole surname: {formal_name(person)}."
    preferred = set(words_of_name(person.preferred_name))
    if preferred and not preferred & set(named):
        return f"The record says that this person is called {person.preferred_name}."
    return ""


def _is_bare_surname(person: Recipient, words: list[str]) -> bool:
    """Say whether a greeting holds a surname alone, where the record knows more of the name."""
    others = {*words_of_name(person.given_names), *words_of_name(person.preferred_name)}
    is_more_known = bool(person.title or person.given_names)
    is_surname = set(words) <= set(words_of_name(person.family_name))
    return is_more_known and is_surname and not set(words) & others


def _is_whole_name(person: Recipient, named: list[str]) -> bool:
    """Say whether what follows a title is the whole surname, or the name that the person uses."""
    whole = set(words_of_name(person.family_name))
    return whole <= set(named) or set(named) == set(words_of_name(person.preferred_name))


def child_greeting(subject: Subject) -> Iterator[Hit]:
    """Yield the greeting of a child by a title."""
    if subject.case is None or not subject.case.recipient.is_child:
        return
    person = subject.case.recipient
    wanted = f"Dear {person.preferred_name or person.given_names or full_name(person)},"
    for each in subject.letter.parts(Part.SALUTATION):
        if set(_greeted(each.text)) & TITLES:
            yield hit(each, suggestion=wanted)


def _wrong_greeting(
    greeting: Paragraph, named: list[str], allowed: set[str], case: CaseFile
) -> str:
    about = case.recipient.about
    if about and case.recipient.relation is Relation.PARENT and set(named) <= set(
        words_of_name(full_name(about))
    ):  # fmt: skip
        return f"The greeting names {full_name(about)}, but the letter is to their parent."
    strange = [each for each in named if each not in allowed]
    if strange and any(is_near(strange[0], each) for each in allowed):
        return (
            f"The name in the greeting is not spelt as in the record: {full_name(case.recipient)}."
        )
    shown = greeting.text.strip(" ,:*")
    return f"“{shown}” is not the person this letter is to: {formal_name(case.recipient)}."


def titles(subject: Subject) -> Iterator[Hit]:
    """Yield each name in the letter that stands with another title than in the record."""
    if subject.case is None:
        return
    people = may_be_named(subject.case)
    yield from _titles_by_pronoun(subject, people)
    for person in people:
        same = {title_key(each.title) for each in people
                if each.family_name.lower() == person.family_name.lower()}  # fmt: skip
        if not person.title or "" in same:
            continue
        for found in mentions(subject.letter, person):
            if (
                found.title
                and title_key(found.title) not in same
                and not _in_greeting(subject, found.start)
                and not is_quoted(subject, found.start, found.end)
            ):
                yield Hit(
                    found.start,
                    found.end,
                    f"The letter says {found.title}; the record says {person.title}.",
                    formal_name(person),
                )


def _titles_by_pronoun(subject: Subject, people: list[PersonName]) -> Iterator[Hit]:
    """Yield a title that cannot be right by the pronouns, of somebody with no recorded title."""
    for person in people:
        if person.title or not isinstance(person, Accused | Recipient) or person.pronouns is None:
            continue
        if sum(each.family_name == person.family_name for each in people) > 1:
            continue
        for found in mentions(subject.letter, person):
            if title_key(found.title) in NOT_OF.get(person.pronouns, ()):
                message = f"The record says {RIGHT[person.pronouns]} for {full_name(person)}."
                yield Hit(found.start, found.end, message, full_name(person))


def _in_greeting(subject: Subject, place: int) -> bool:
    return any(each.start <= place < each.end for each in subject.letter.parts(Part.SALUTATION))


def misspelt_names(subject: Subject) -> Iterator[Hit]:
    """Yield each word that is nearly, but not quite, a name of the case."""
    if subject.case is None:
        return
    names = {
        word: written
        for person in may_be_named(subject.case)
        for written in re.findall(r"[^\s]+", full_name(person))
        for word in words_of_name(written)
        if len(word) >= SHORTEST_NEAR
    }
    for key, places in subject.letter.capitals.items():
        if (
            len(key) < SHORTEST_WORD
            or key in subject.known
            or _is_another_person(key, subject.case)
        ):
            continue
        near = [names[each] for each in names if is_near(key, each)]
        for number in places if near else ():
            word = subject.letter.words[number]
            if is_quoted(subject, word.start, word.end):
                continue
            if not _in_greeting(subject, word.start) and _is_meant_as_name(subject, number, key):
                yield hit(word, f"The record spells this name {near[0]}.", near[0])


def is_near(word: str, name: str) -> bool:
    """Say whether a word is a name with a slip in it: one letter, or two in a long name."""
    if (
        abs(len(word) - len(name)) > 2
        or len(name) < SHORTEST_NEAR
        or word in (f"{name}s", f"{name}es")
    ):
        return False
    if word != name and _sound(word) == _sound(name):
        return True
    slips = DamerauLevenshtein.distance(word, name, score_cutoff=2)
    return slips == 1 or (slips == 2 and len(name) >= 7 and word[0] == name[0])


@lru_cache(maxsize=2048)
def _sound(word: str) -> str:
    """Return about how a name sounds: "Steven" is as "Stephen", and "Shaun" as "Sean"."""
    for written, heard in SOUNDS:
        word = written.sub(heard, word)
    return word


def _is_another_person(key: str, case: CaseFile) -> bool:
    people: list[PersonName] = [
        *case.others,
        *(each for other in case.week for each in other.people),
    ]
    return any(key in words_of_name(full_name(each)) for each in people)


def _is_meant_as_name(subject: Subject, number: int, key: str) -> bool:
    """Say whether a capital is that of a name: after a title, or no word of the language."""
    words = subject.letter.words
    if key in DAYS or _is_month_of_a_day(subject, number, key):
        return False
    if number and key_of(words[number - 1].text) in TITLES:
        return True
    if number and _is_given(subject, key_of(words[number - 1].text)):
        return True
    if (
        number
        and key_of(words[number - 1].text) in subject.known
        and words[number - 1].text[0].isupper()
    ):
        return key not in ALSO_WORDS and not is_word(key)
    return not is_word(key)


def _is_month_of_a_day(subject: Subject, number: int, key: str) -> bool:
    """Say whether a capital is that of a month: "1 June" is no slip for Joanne."""
    beside = subject.letter.words[max(0, number - 1) : number + 2]
    return key in GO_ON and any(each.text[0].isdigit() for each in beside)


def _is_given(subject: Subject, key: str) -> bool:
    people = may_be_named(subject.case) if subject.case else []
    return any(key in words_of_name(each.given_names) for each in people)


def accused_status(subject: Subject) -> Iterator[Hit]:
    """Yield words that make somebody guilty whom no court has found guilty."""
    case = subject.case
    if case is None or not case.accused or any(
        each.status is AccusedStatus.CONVICTED for each in case.accused
    ):  # fmt: skip
        return
    word = "suspect" if case.accused[0].status is AccusedStatus.SUSPECT else "defendant"
    excused = {found.span() for found in OF_OTHERS.finditer(subject.plain)}
    for found in OFFENDER.finditer(subject.plain):
        if not any(
            start <= found.end() - 1 < end or found.start() <= start < found.end()
            for start, end in excused
        ):
            yield Hit(
                *_trimmed(subject.plain, *found.span()),
                "Nobody in this case has been found guilty, so nobody is an offender.",
                f"the {word}",
            )
    if case.accused[0].status is AccusedStatus.SUSPECT and case.letter.kind == "NO_FURTHER_ACTION":
        for found in re.finditer(r"\bthe defendant\b", subject.plain):
            yield Hit(
                *found.span(),
                "Nobody was charged, so there is no defendant.",
                "the suspect",
                "warn",
            )


def convicted(subject: Subject) -> Iterator[Hit]:
    """Yield words that say that somebody was found guilty, where nobody was by the record."""
    case = subject.case
    if case is None or not case.accused or is_convicted(case):
        return
    for found in CONVICTED.finditer(subject.plain):
        near = subject.letter.around(found.start())
        before = subject.letter.said_before(*found.span())
        is_denied = NOT_CONVICTED.search(before) or BUT_NOT.search(near)
        if not is_denied and not _is_of_other_charges(case, near):
            yield Hit(*found.span())


def _is_of_other_charges(case: CaseFile, sentence: str) -> bool:
    """Say whether a conviction is of other charges, as where one is left on file it mostly is."""
    if OTHER_CHARGES.search(sentence):
        return True
    is_on_file = case.decision is not None and case.decision.kind == DecisionKind.LEFT_ON_FILE
    own = [plain_copy(each) for each in (case.offence, case.offence_in_plain_words) if each]
    return is_on_file and not any(each in sentence for each in own)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    return start, end


FORMS_OF_ONE = (Form.FULL, Form.TITLED)
