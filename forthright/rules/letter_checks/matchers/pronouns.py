"""Whether the letter calls the accused he, she or they as the record does."""

import re
from collections.abc import Iterator

from forthright.rules.case_file import CaseFile, PersonName, Pronouns, Relation
from forthright.rules.letter_checks.matchers.charges import words_of_record
from forthright.rules.letter_checks.people import (
    formal_name,
    full_name,
    may_be_named,
    mentions,
    title_key,
    words_of_name,
)
from forthright.rules.letter_checks.subject import Hit, Subject
from forthright.rules.words import list_words

PERSON_NOUNS = re.compile(
    r"\b(?:officers?|detective|pc|dc|witness\w*|mother|father|sister|brother|wife|husband|"
    r"partner|friends?|neighbours?|child|children|daughter|son|baby|doctor|nurse|teacher|police"
    r"man|policewoman|judge|magistrate|man|woman|boy|girl|someone|nobody|person|parent|adviser|"
    r"expert|scientist|surgeon|pathologist|barrister|solicitor|inspector|"
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
            r"(?:charged|prosecuted|convicted|acquitted|found (?:not )?guilty|on bail|arrested|"
            r"bailed|remanded|cautioned|interviewed under caution)\b"
        ),
        re.compile(
            rf"\b({they}) (?:has |had |also |still |then )*(?:den(?:ied|ies) (?:it|everything|"
            r"this|doing|being|hitting|the (?:charge|offence|allegation)|that (?:he|she|they))|"
            r"plead(?:ed|s)|made no comment|answered no questions)\b"
        ),
        re.compile(
            rf"\b(?:if|should) ({they}) (?:(?:contact|approach|threaten|follow)(?:s|es)? you|"
            r"come(?:s)? (?:near|to your)|do(?:es)? either|breaks? (?:any|one|the|his|her)|"
            r"breach(?:es)?)\b"
        ),
        re.compile(rf"\b({they}) (?:can|may|might|could) (?:say|tell the court) that (?:{they})\b"),
        re.compile(rf"\b({their}) (?:bail|defence|barrister|plea|trial)\b"),
    )
    for own, they, them, their in (
        (Pronouns.HE, "she", "her", "her"),
        (Pronouns.SHE, "he", "him", "his"),
        (Pronouns.THEY, "he|she", "him|her", "his|her"),
    )
}
# What a reader is to the person the letter is about, and so what that person is called.
SOMEBODY = re.compile(
    r"\b(?:officers?|detective|witness\w*|friends?|neighbours?|doctor|nurse|teacher|judge|driver|"
    r"defendant|suspect|accused|prosecutor|colleague|expert|social worker|man|woman|boy|girl|"
    r"mr|mrs|ms|miss|against (?:him|her)|to (?:him|her)|husband|wife|mother|father|mum|"
    r"dad|brother|sister|partner|uncle|aunt|grand\w+)\b"
)
OF_MEN = frozenset({"son", "husband", "father", "dad", "brother", "grandson", "nephew", "uncle",
                    "grandfather", "boyfriend"})  # fmt: skip
OF_WOMEN = frozenset({"daughter", "wife", "mother", "mum", "sister", "granddaughter", "niece",
                      "aunt", "grandmother", "girlfriend"})  # fmt: skip
OF_CHILDREN = frozenset({"son", "daughter", "grandson", "granddaughter"})
YOUR_RELATIVE = re.compile(rf"\byour (?:late |dear |little )?({'|'.join(OF_MEN | OF_WOMEN)})\b")
# What the reader is called: "As Grace's mother you can ask", to a father.
READER_IS = re.compile(
    rf"\bas (?:[a-z'-]+'s|her|his|their) ({'|'.join(OF_MEN | OF_WOMEN)}),? you\b|"
    rf"\byou are (?:[a-z'-]+'s|her|his|their) ({'|'.join(OF_MEN | OF_WOMEN)})\b"
)
SAME_KIN = {"dad": "father", "mum": "mother"}
BESIDE = re.compile(r"^,? ")
MEN, WOMEN = frozenset({"mr", "master", "sir", "lord"}), frozenset({"mrs", "ms", "miss", "lady"})
GOES_ON = re.compile(r"(?:he|she)\b")
# What only somebody accused does or has done to them.
OF_ACCUSED = re.compile(
    r"\b(?:admit\w*|den(?:y|ies|ied)|plead\w*|guilty|charged|bail|tried|convicted|sentenced)\b"
)
HE, SHE = re.compile(r"\b(?:he|him|his|himself)\b"), re.compile(r"\b(?:she|her|hers|herself)\b")
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
    if not subject.matches(wrong) or _is_of_who_died(case, own):
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


def _is_of_who_died(case: CaseFile, own: Pronouns) -> bool:
    """Say whether the letter is about a man where a woman is accused, or about a woman and a man.

    "The case against Ms Nash about the collision in which he died" is right.
    """
    about = case.recipient.about
    title = title_key(about.title) if about else ""
    return (own is Pronouns.SHE and title in MEN) or (own is Pronouns.HE and title in WOMEN)


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


def relative(subject: Subject) -> Iterator[Hit]:
    """Yield words that make a woman of a man or a man of a woman, where the reader is another.

    The title tells which the person is. Where the record gives none, a letter that says both
    "he" and "she" of one person is wrong in one of them.
    """
    case = subject.case
    if case is None or case.recipient.about is None:
        return
    reader, about = case.recipient, case.recipient.about
    yield from _another_reader(subject, reader)
    said = [*_pronouns_of(subject, about)]
    is_man, is_woman = title_key(about.title) in MEN, title_key(about.title) in WOMEN
    if not is_man and not is_woman:
        count_of_he = sum(is_he for _, is_he in said)
        if count_of_he in (0, len(said)):
            return
        is_man = 2 * count_of_he >= len(said)
    name = full_name(about)
    for place, is_he in said:
        if is_he != is_man:
            yield Hit(*place, f"Elsewhere {name} is called {'he' if is_man else 'she'}.")
    yield from _another_relative(subject, case, about, is_man=is_man)
    strange = _strange_relatives(reader.relation, is_man=is_man)
    for found in subject.matches(YOUR_RELATIVE):
        sentence = subject.letter.sentence_at(found.start())
        if found.group(1) in strange and sentence is not None and sentence.paragraph.is_body:
            yield Hit(*found.span(1), f"By the record this letter is about {name}.")


def _another_reader(subject: Subject, reader: PersonName) -> Iterator[Hit]:
    """Yield words that make a mother of a father, or a wife of a husband, of the reader."""
    title = title_key(reader.title)
    strange = OF_WOMEN if title in MEN else OF_MEN if title in WOMEN else frozenset()
    for found in subject.matches(READER_IS):
        number = 1 if found[1] else 2
        if found[number] in strange:
            yield Hit(
                *found.span(number), f"By the record this letter is to {formal_name(reader)}."
            )


def _another_relative(
    subject: Subject, case: CaseFile, about: PersonName, *, is_man: bool
) -> Iterator[Hit]:
    """Yield "your son, Fergal" where the record, or the rest of the letter, has a husband.

    Where the record says no such word, the one that the letter has most often is taken for right.
    """
    kin = OF_MEN if is_man else OF_WOMEN
    said = [SAME_KIN.get(each[1], each[1]) for each in subject.matches(YOUR_RELATIVE)]
    said = [each for each in said if each in kin]
    record = {SAME_KIN.get(each, each) for each in kin if each in words_of_record(case).split()}
    right = record or {each for each in said if 2 * said.count(each) > len(said)}
    names = words_of_name(about.given_names)
    for found in subject.matches(YOUR_RELATIVE):
        word = SAME_KIN.get(found[1], found[1])
        is_named = BESIDE.sub("", subject.plain[found.end() : found.end() + 30]).startswith(names)
        if is_named and word in kin and right and word not in right:
            rest = f"Elsewhere {full_name(about)} is the reader’s {list_words(sorted(right))}."
            yield Hit(*found.span(1), rest)


def _strange_relatives(relation: Relation, *, is_man: bool) -> frozenset[str]:
    """Return what the person a letter is about cannot be called as the reader's relative.

    A parent's husband or mother is somebody else; a parent's daughter may be a son written wrong.
    """
    strange = OF_WOMEN if is_man else OF_MEN
    return strange & OF_CHILDREN if relation is Relation.PARENT else strange


def _pronouns_of(subject: Subject, about: PersonName) -> Iterator[tuple[tuple[int, int], bool]]:
    """Yield each he and she that can be only of this person, and whether it is he.

    Only sentences that name this person, nobody else, and nobody by a word such as "officer".
    """
    case = subject.case
    others = [each for each in may_be_named(case) if each is not about] if case else []
    taken = [found.start for each in others for found in mentions(subject.letter, each)]
    places = [found.start for found in mentions(subject.letter, about)]
    of_accused = {each.pronouns for each in case.accused} if case else set()
    is_own = False
    for sentence in subject.letter.body:
        text = subject.plain[sentence.start : sentence.end]
        goes_on = is_own and GOES_ON.match(text) is not None
        is_own = goes_on or any(sentence.start <= place < sentence.end for place in places)
        if not is_own or any(sentence.start <= place < sentence.end for place in taken):
            continue
        if SOMEBODY.search(text):
            is_own = False
            continue
        for pattern, is_he, pronouns_of in ((HE, True, Pronouns.HE), (SHE, False, Pronouns.SHE)):
            # In a sentence that names the child, "he" may be whoever is accused.
            if pronouns_of in of_accused and (not goes_on or OF_ACCUSED.search(text)):
                continue
            for found in pattern.finditer(subject.plain, sentence.start, sentence.end):
                yield found.span(), is_he
