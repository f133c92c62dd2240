"""What the record of a case knows of people, places, numbers and days, and how each is written."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache

from forthright.anonymiser.reading import as_compared
from forthright.anonymiser.role_words import colleague_said, other_said
from forthright.anonymiser.spans import Kind
from forthright.rules.case_file import (
    Accused,
    AccusedStatus,
    CaseFile,
    ContactKind,
    PersonName,
    Recipient,
    Relation,
)
from forthright.rules.words import day_of

READERS = {
    Relation.VICTIM: "the victim",
    Relation.PARENT: "the parent",
    Relation.BEREAVED: "the family member",
    Relation.SPOKESPERSON: "the spokesperson",
    Relation.BUSINESS: "the business",
}
ACCUSED = {
    AccusedStatus.SUSPECT: "the suspect",
    AccusedStatus.DEFENDANT: "the defendant",
    AccusedStatus.CONVICTED: "the offender",
    AccusedStatus.ACQUITTED: "the defendant",
}
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# So many of one kind are told apart by a letter alone.
MOST = len(LETTERS)
# What stands in a role where a letter is to come, once it is known who is named first.
WAITING = "#"
# Of these the record tells no more than that they are in a case of the same weeks.
ELSEWHERE = "somebody in another case"


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody of the case: the names they go by, and what stands for them instead.

    Where no word may tell what they are, `role` is empty: “[person A]”. Of several who work here
    and have one role, `of_several` says which, and `role` ends in what waits for a letter until
    somebody of them is named (`colleagues.py`).

    `title` and `pronouns` are as the record has them, or empty. A party is the reader, somebody
    whom the letter is about, an accused or another person of the case, and nobody who works on it.
    """

    role: str
    given: str
    family: str
    also: tuple[str, ...] = ()
    title: str = ""
    pronouns: str = ""
    is_party: bool = False
    is_reader: bool = False
    is_child: bool = False
    of_several: str = ""

    @property
    def told_as(self) -> str:
        """Return who it is in words, for whoever asks why a name was found."""
        if self.of_several:
            return f"one of the {self.of_several}s"
        return self.role or "somebody of the case"

    @property
    def is_elsewhere(self) -> bool:
        """Say whether this is somebody of another case, of whom the whole name alone is known."""
        return self.role == ELSEWHERE


@dataclass(frozen=True, slots=True)
class KnownWords:
    """Words or a number of the case that identify somebody."""

    kind: Kind
    words: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """Everything of a case that a letter must not hold once it is anonymised."""

    people: tuple[KnownPerson, ...] = ()
    words: tuple[KnownWords, ...] = ()
    days: tuple[date, ...] = field(default=())


@lru_cache(maxsize=16)  # each letter and each part of a file asks it of the same case
def as_read(known: Known) -> Known:
    """Return what is known in the letters and signs in which the layers read a letter."""
    return replace(
        known,
        people=tuple(
            replace(
                each, given=as_compared(each.given), family=as_compared(each.family),
                also=tuple(map(as_compared, each.also)),
            )
            for each in known.people
        ),
        words=tuple(replace(each, words=as_compared(each.words)) for each in known.words),
    )  # fmt: skip


def known_of(case: CaseFile) -> Known:
    """Return what a case knows; everybody keeps one role all through."""
    return Known(
        people=tuple(_people(case)),
        words=tuple(dict.fromkeys(each for each in _words(case) if each.words.strip())),
        days=tuple(dict.fromkeys(_days(case))),
    )


def _people(case: CaseFile) -> Iterator[KnownPerson]:
    reader = case.recipient
    yield replace(
        _person(reader, READERS[reader.relation], reader.preferred_name),
        is_reader=True,
        is_child=reader.is_child,
    )
    if reader.about:
        is_gone = reader.relation is Relation.BEREAVED
        about = _person(reader.about, "the person who died" if is_gone else "the child")
        yield replace(about, is_child=reader.relation is Relation.PARENT)
    roles = [ACCUSED[each.status] for each in case.accused]
    for number, accused in enumerate(case.accused):
        yield _person(accused, _lettered(roles, number))
    others = [_said_besides(other_said(each.role), roles, case) for each in case.others]
    for number, other in enumerate(case.others):
        yield _person(other, _lettered(others, number))
    yield from _staff(case, taken={*others})
    for other_case in case.week:
        for person in other_case.people:
            yield _person(person, ELSEWHERE)


def _said_besides(said: str, accused: list[str], case: CaseFile) -> str:
    """Return what stands for somebody else of a case: who has the reader’s role is another."""
    reader = case.recipient
    taken = {READERS[reader.relation], *accused}
    if reader.about and reader.relation is not Relation.BEREAVED:
        taken.add("the child")
    return f"another {said.removeprefix('the ')}" if said in taken else said


def _staff(case: CaseFile, taken: set[str]) -> Iterator[KnownPerson]:
    roles = {each.name: colleague_said(each.role) for each in case.area.staff}
    for name in (case.letter.signatory, case.letter.contact_name):
        if name:
            roles.setdefault(name, "the writer")
    if case.recipient.adviser:
        roles.setdefault(case.recipient.adviser, "the adviser")
    held = [*roles.values(), *taken]
    for name, role in roles.items():
        given, _, family = name.strip().rpartition(" ")
        if held.count(role) == 1:
            yield KnownPerson(role, given, family)
        else:
            of_several = role.removeprefix("the ")
            said = waiting(of_several, given, family)
            yield KnownPerson(said, given, family, of_several=of_several)


def waiting(of_several: str, given: str, family: str) -> str:
    """Return the role of one of several to whom no letter was given: another for each of them."""
    mark = hashlib.sha256(f"{given} {family}".encode()).hexdigest()[:12]
    return f"{of_several} {WAITING}{mark}"


def _person(person: PersonName, role: str, *also: str) -> KnownPerson:
    names = tuple(each for each in (*person.also_known_as, *also) if each.strip())
    said = person.pronouns if isinstance(person, Recipient | Accused) else None
    return KnownPerson(
        role, person.given_names, person.family_name, names, title=person.title,
        pronouns=said.value if said else "", is_party=role != ELSEWHERE,
    )  # fmt: skip


def _lettered(roles: Sequence[str], number: int) -> str:
    """Return a role, with a letter where several have it: “defendant A”."""
    role = roles[number]
    if not role or roles.count(role) == 1:
        return role
    return with_letter(role, roles[:number].count(role))


def with_letter(role: str, number: int) -> str:
    """Return what stands for one of several who have a role: “defendant A”."""
    return f"{role.removeprefix('the ')} {letter_of(number)}"


def letter_of(number: int) -> str:
    """Return the letter that tells one of several from the others: A, B, after Z A2, B2.

    No two have the same, and none is two letters, which may be somebody’s initials.
    """
    again, letter = divmod(number, MOST)
    return LETTERS[letter] + (f"{again + 1}" if again else "")


def _words(case: CaseFile) -> Iterator[KnownWords]:
    reader = case.recipient
    unsafe = reader.safe_contact
    for urn in (case.urn, *(each.urn for each in case.week)):
        yield KnownWords(Kind.URN, urn, "case number" if urn == case.urn else "another case number")
    for line in (*reader.address, *unsafe.unsafe_addresses):
        is_street = any(each.isdigit() for each in line)
        yield (
            KnownWords(Kind.ADDRESS, line, "address") if is_street else KnownWords(Kind.PLACE, line)
        )
    for phone in (reader.phone, *unsafe.unsafe_phones):
        yield KnownWords(Kind.PHONE, phone, "telephone number")
    for email in (reader.email, *unsafe.unsafe_emails):
        yield KnownWords(Kind.EMAIL, email, "e-mail address")
    for place in case.places:
        yield KnownWords(Kind.PLACE, place)
    yield KnownWords(Kind.PLACE, case.area.name, "the Area")
    if case.court:
        yield KnownWords(Kind.PLACE, town_of_court(case.court.name))
    kinds = {ContactKind.PHONE: Kind.PHONE, ContactKind.EMAIL: Kind.EMAIL,
             ContactKind.WEB: Kind.WEB, ContactKind.ADDRESS: Kind.ADDRESS}  # fmt: skip
    for contact in case.area.contacts:
        yield KnownWords(kinds[contact.kind], contact.value, "the office's contact")


def town_of_court(name: str) -> str:
    """Return what a court is called by, without what every court is: “Worcester”."""
    words = name.replace("'", "’").split()
    generic = {"magistrates’", "magistrates", "magistrate’s", "crown", "youth", "county", "court",
               "combined", "centre", "the", "justice", "central", "criminal", "family"}  # fmt: skip
    return " ".join(word for word in words if word.lower() not in generic)


def _days(case: CaseFile) -> Iterator[date]:
    yield from (each.on for each in case.dates)
    if case.court and case.court.hearing_on:
        yield case.court.hearing_on
    if case.decision:
        yield day_of(case.decision.made_at)
    letter = case.letter
    for day in (letter.dated, letter.due_on, letter.earlier_letter_on, letter.next_on):
        if day:
            yield day
