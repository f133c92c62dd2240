"""Whether the letter calls the accused he, she or they as the record does."""

import re
from collections.abc import Iterator

from forthright.rules.case_file import PersonName, Pronouns
from forthright.rules.letter_checks.people import formal_name, may_be_named, mentions
from forthright.rules.letter_checks.subject import Hit, Subject

PERSON_NOUNS = re.compile(
    r"\b(?:officers?|detective|pc|dc|witness\w*|mother|father|sister|brother|wife|husband|"
    r"partner|friends?|neighbours?|child|children|daughter|son|baby|doctor|nurse|teacher|police"
    r"man|policewoman|judge|magistrate|man|woman|boy|girl|someone|nobody|person|parent|adviser|"
    r"aunt|uncle|manager|driver|passenger|owner|colleague|prosecutor)\b"
)
HIS = {
    Pronouns.HE: re.compile(r"\b(?:she|her|hers|herself)\b"),
    Pronouns.SHE: re.compile(r"\b(?:he|him|his|himself)\b"),
    Pronouns.THEY: re.compile(r"\b(?:she|her|hers|herself|he|him|his|himself)\b"),
}
SAID_OF_ACCUSED = {
    own: (
        re.compile(rf"\b(?:case|charges?|evidence|proceedings|prosecution) against ({them})\b"),
        re.compile(rf"\b(?:charge|prosecute|convict|acquit|prosecuting|charging) ({them})\b"),
        re.compile(rf"\bfind ({them}) (?:not )?guilty\b"),
        re.compile(
            rf"\b({they}) (?:will|has|was|is|can)(?: (?:not|now|still|also|never|be|been))* "
            r"(?:charged|prosecuted|convicted|acquitted|found (?:not )?guilty|on bail)\b"
        ),
        re.compile(rf"\b({their}) (?:bail|defence|barrister|plea|trial)\b"),
    )
    for own, they, them, their in (
        (Pronouns.HE, "she", "her", "her"),
        (Pronouns.SHE, "he", "him", "his"),
        (Pronouns.THEY, "he|she", "him|her", "his|her"),
    )
}
RIGHT = {Pronouns.HE: "he, him, his", Pronouns.SHE: "she, her", Pronouns.THEY: "they, their"}


def pronouns(subject: Subject) -> Iterator[Hit]:
    """Yield a pronoun that is not the accused's in a sentence about nobody else."""
    case = subject.case
    if case is None or len({each.pronouns for each in case.accused}) != 1:
        return
    accused = case.accused[0]
    own = accused.pronouns
    if own is None or own not in HIS:
        return
    yield from _of_the_accused(subject, own, formal_name(accused))
    wrong = HIS[own]
    if not subject.matches(wrong):
        return
    named = {found.start for each in case.accused for found in mentions(subject.letter, each)}
    was_about = False
    for sentence in subject.letter.body:
        text = subject.plain[sentence.start : sentence.end]
        is_about = any(sentence.start <= place < sentence.end for place in named)
        is_about = is_about or "the defendant" in text or "the suspect" in text
        is_about = is_about or (was_about and wrong.match(text) is not None)
        was_about = is_about and not _names_another(subject, sentence.start, sentence.end)
        if (
            not is_about
            or PERSON_NOUNS.search(text)
            or _names_another(subject, sentence.start, sentence.end)
        ):
            continue
        # A pronoun may also be of somebody in the sentence before.
        if PERSON_NOUNS.search(subject.letter.around(sentence.start, before=1)):
            continue
        for found in wrong.finditer(subject.plain, sentence.start, sentence.end):
            yield Hit(
                *found.span(),
                f"The record says {RIGHT[own]} for {formal_name(accused)}.",
                RIGHT[own],
            )


def _of_the_accused(subject: Subject, own: Pronouns, name: str) -> Iterator[Hit]:
    """Yield a wrong pronoun in words that can be about nobody but the accused."""
    for pattern in SAID_OF_ACCUSED[own]:
        for found in subject.matches(pattern):
            sentence = subject.letter.sentence_at(found.start())
            if sentence is not None and sentence.paragraph.is_body:
                place = found.start(1), found.end(1)
                yield Hit(*place, f"The record says {RIGHT[own]} for {name}.", RIGHT[own])


def _names_another(subject: Subject, start: int, end: int) -> bool:
    case = subject.case
    if case is None:
        return False
    others: list[PersonName] = [each for each in may_be_named(case) if each not in case.accused]
    return any(
        start <= found.start < end for each in others for found in mentions(subject.letter, each)
    )
