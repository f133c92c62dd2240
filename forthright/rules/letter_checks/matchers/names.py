"""Whether the letter names its reader and the accused as the record does."""

import re
from collections.abc import Iterator

from rapidfuzz.distance import DamerauLevenshtein

from forthright.rules.case_file import AccusedStatus, CaseFile, PersonName, Pronouns, Relation
from forthright.rules.letter_checks.people import (
    ALSO_WORDS,
    TITLES,
    Form,
    formal_name,
    full_name,
    may_be_named,
    mentions,
    title_key,
    words_of_name,
)
from forthright.rules.letter_checks.spelling import is_word
from forthright.rules.letter_checks.subject import Hit, Subject, hit
from forthright.rules.letter_checks.text import Paragraph, Part, Span, key_of

GREETING = re.compile(
    r"[ \t*]*(?:dear|hello|hi|annwyl)\s+(.*?)[\s,:*]*$", re.IGNORECASE | re.DOTALL
)
PERSON_NOUNS = re.compile(
    r"\b(?:you|your|officers?|detective|pc|dc|witness\w*|mother|father|sister|brother|wife|husband|"
    r"partner|friends?|neighbours?|child|children|daughter|son|baby|doctor|nurse|teacher|police"
    r"man|policewoman|judge|magistrate|man|woman|boy|girl|someone|nobody|person|parent|adviser|"
    r"aunt|uncle|manager|driver|passenger|owner|colleague|prosecutor)\b"
)
HIS = {
    Pronouns.HE: re.compile(r"\b(?:she|her|hers|herself)\b"),
    Pronouns.SHE: re.compile(r"\b(?:he|him|his|himself)\b"),
}
RIGHT = {Pronouns.HE: "he, him, his", Pronouns.SHE: "she, her", Pronouns.THEY: "they, their"}
OFFENDER = re.compile(r"\b(?:the|this|your|convicted)?\s*(?:offenders?|perpetrators?|culprits?)\b")
OF_OTHERS = re.compile(
    r"\b(?:young offenders?|offender (?:manager|management|information)|if (?:an?|the) offender)\b"
)
CONVICTED = re.compile(r"\b(?:was|were|been) (?:found guilty|convicted)\b")
NOT_CONVICTED = re.compile(
    r"\b(?:if|not|never|unless|until|whether|would|could|might|likely|before|had been|been able)\b"
)
SHORTEST_NEAR = 4


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
    preferred = set(words_of_name(person.preferred_name))
    if preferred and not preferred & set(named):
        return "warn", f"The record says that this person is called {person.preferred_name}."
    return None


def _wrong_greeting(
    greeting: Paragraph, named: list[str], allowed: set[str], case: CaseFile
) -> str:
    about = case.recipient.about
    if about and case.recipient.relation is Relation.PARENT and set(named) <= set(
        words_of_name(full_name(about))
    ):  # fmt: skip
        return f"The greeting names {full_name(about)}, but the letter is to their parent."
    strange = [each for each in named if each not in allowed]
    if strange and any(_is_near(strange[0], each) for each in allowed):
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
            ):
                yield Hit(
                    found.start,
                    found.end,
                    f"The letter says {found.title}; the record says {person.title}.",
                    formal_name(person),
                )


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
            len(key) < SHORTEST_NEAR
            or key in subject.known
            or _is_another_person(key, subject.case)
        ):
            continue
        near = [names[each] for each in names if _is_near(key, each)]
        for number in places if near else ():
            word = subject.letter.words[number]
            if not _in_greeting(subject, word.start) and _is_meant_as_name(subject, number, key):
                yield hit(word, f"The record spells this name {near[0]}.", near[0])


def _is_near(word: str, name: str) -> bool:
    """Say whether a word is a name with a slip in it: one letter, or two in a long name."""
    if (
        abs(len(word) - len(name)) > 2
        or len(name) < SHORTEST_NEAR
        or word in (f"{name}s", f"{name}es")
    ):
        return False
    slips = DamerauLevenshtein.distance(word, name, score_cutoff=2)
    return slips == 1 or (slips == 2 and len(name) >= 7 and word[0] == name[0])


def _is_another_person(key: str, case: CaseFile) -> bool:
    people: list[PersonName] = [
        *case.others,
        *(each for other in case.week for each in other.people),
    ]
    return any(key in words_of_name(full_name(each)) for each in people)


def _is_meant_as_name(subject: Subject, number: int, key: str) -> bool:
    """Say whether a capital is that of a name: after a title, or no word of the language."""
    words = subject.letter.words
    if number and key_of(words[number - 1].text) in TITLES:
        return True
    if (
        number
        and key_of(words[number - 1].text) in subject.known
        and words[number - 1].text[0].isupper()
    ):
        return key not in ALSO_WORDS and not is_word(key)
    return not is_word(key)


def pronouns(subject: Subject) -> Iterator[Hit]:
    """Yield a pronoun that is not the accused's in a sentence about nobody else."""
    case = subject.case
    if case is None or len(case.accused) != 1:
        return
    accused = case.accused[0]
    own = accused.pronouns
    if own is None or own not in HIS:
        return
    wrong = HIS[own]
    if not subject.matches(wrong):
        return
    named = {each.start for each in mentions(subject.letter, accused)}
    for sentence in subject.letter.body:
        text = subject.plain[sentence.start : sentence.end]
        is_about = any(sentence.start <= place < sentence.end for place in named)
        is_about = is_about or "the defendant" in text or "the suspect" in text
        if (
            not is_about
            or PERSON_NOUNS.search(text)
            or _names_another(subject, sentence.start, sentence.end)
        ):
            continue
        # A sentence that begins with a pronoun is about whoever the one before it named.
        if wrong.match(text) or PERSON_NOUNS.search(
            subject.letter.around(sentence.start, before=1)
        ):
            continue
        for found in wrong.finditer(subject.plain, sentence.start, sentence.end):
            yield Hit(
                *found.span(),
                f"The record says {RIGHT[own]} for {formal_name(accused)}.",
                RIGHT[own],
            )


def _names_another(subject: Subject, start: int, end: int) -> bool:
    case = subject.case
    if case is None:
        return False
    others: list[PersonName] = [each for each in may_be_named(case) if each not in case.accused]
    return any(
        start <= found.start < end for each in others for found in mentions(subject.letter, each)
    )


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
    for found in CONVICTED.finditer(subject.plain):
        if not NOT_CONVICTED.search(subject.letter.around(found.start())):
            yield Hit(
                *found.span(),
                "The record does not say that anybody in this case was found guilty.",
                level="warn",
            )
    if case.accused[0].status is AccusedStatus.SUSPECT and case.letter.kind == "NO_FURTHER_ACTION":
        for found in re.finditer(r"\bthe defendant\b", subject.plain):
            yield Hit(
                *found.span(),
                "Nobody was charged, so there is no defendant.",
                "the suspect",
                "warn",
            )


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    return start, end


FORMS_OF_ONE = (Form.FULL, Form.TITLED)
