"""Everything that the record knows of a case, and ever knew since its letter was taken."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from forthright.anonymiser.colleagues import told_apart, with_letters_kept
from forthright.anonymiser.known import Known, KnownPerson, KnownWords, known_of
from forthright.anonymiser.short_names import short_forms
from forthright.anonymiser.spans import Kind
from forthright.letters.models import LetterVersion
from forthright.letters.selectors.case_facts import case_file_for, told_as
from forthright.letters.selectors.case_reads import CaseReads
from forthright.letters.selectors.past_letters import day_of_check
from forthright.panels.models import AnonymisedLetter
from forthright.panels.selectors.registered import RegisterReads
from forthright.rules.case_file import CaseFile, Recipient
from forthright.rules.same_name import may_be
from forthright.schemes.models import Duty

# A shorter reference of an extract is a number like any other, and would be found by chance.
SHORTEST_REFERENCE = 5
ELSE = "somebody else told"


def known_now(duty: Duty, version: LetterVersion) -> Known:
    """Return what the record knows today of the case of a letter, as of the day it was sent."""
    [known] = all_known_now([(duty, version)])
    return known


def all_known_now(letters: Sequence[tuple[Duty, LetterVersion]]) -> list[Known]:
    """Return what the record knows today of the case of each letter, as of the day it was sent.

    Of many letters the database is asked as often as of one.
    """
    days = [(duty, day_of_check(version, duty)) for duty, version in letters]
    reads = CaseReads(days)
    register = RegisterReads({duty.case_id for duty, _ in letters})
    return [
        _known_of_one(duty, case_file_for(duty, day, version.added_by, reads), reads, register)
        for (duty, version), (_, day) in zip(letters, days, strict=True)
    ]


def _known_of_one(duty: Duty, case: CaseFile, reads: CaseReads, register: RegisterReads) -> Known:
    known, number = known_of(case), duty.case_id
    told = [
        told_as(each, reads.wishes.get(each.pk))
        for each in reads.people[number] if each.pk != duty.person_id
    ]  # fmt: skip
    people = _preferring(known.people, told)
    people += _named_besides(duty, people)
    people += told_apart([*_called_besides(told), *register.defended_by(number)], people)
    words = [*known.words, *_numbered_besides(duty, reads), *_reached_besides(told),
             *register.known_by_register(number)]  # fmt: skip
    born = [each.born_on for each in reads.defendants[number] if each.born_on]
    return replace(
        known,
        people=tuple(dict.fromkeys(people)),
        words=tuple(dict.fromkeys(words)),
        days=tuple(dict.fromkeys([*known.days, *born, *register.heard_on(number)])),
    )


def _named_besides(duty: Duty, people: Iterable[KnownPerson]) -> list[KnownPerson]:
    """Return who is known by a name in an extract alone, or has an account that drafts nothing.

    An extract may spell a colleague’s name otherwise, who is one person all the same; somebody else
    is no colleague who has that role alone.
    """
    colleagues = [each for each in people if not (each.is_party or each.is_elsewhere)]
    alone = {each.role for each in colleagues}
    made_by = duty.decision.made_by
    names = {
        "the prosecutor": [duty.decision.made_by_name, made_by.full_name if made_by else ""],
        "the writer": [duty.drafter_name, duty.drafter.full_name if duty.drafter else ""],
    }
    found = []
    for role, said in names.items():
        for name in said:
            given, _, family = name.strip().rpartition(" ")
            same = _same_as(KnownPerson(role, given, family), colleagues)
            if family and same:
                found.append(replace(same, given=given, family=family))
            elif family:
                is_taken = role in alone
                other = f"another {role.removeprefix('the ')}" if is_taken else role
                found.append(KnownPerson(other, given, family))
    return found


def _same_as(person: KnownPerson, colleagues: Sequence[KnownPerson]) -> KnownPerson | None:
    """Return the one colleague who may be somebody whose name is spelt otherwise."""
    name = (person.given, person.family)
    same = [each for each in colleagues if (each.given, each.family) == name] or [
        each
        for each in colleagues
        if may_be(" ".join(name), each.given, each.family, forms=short_forms)
    ]
    return same[0] if len(same) == 1 else None


def _numbered_besides(duty: Duty, reads: CaseReads) -> Iterator[KnownWords]:
    for said in (
        duty.decision.reference,
        *(each.reference for each in reads.defendants[duty.case_id]),
        *(each.reference for each in reads.people[duty.case_id]),
    ):
        if len(said.strip()) >= SHORTEST_REFERENCE:
            yield KnownWords(Kind.NUMBER, said, "reference")


def _preferring(people: Iterable[KnownPerson], told: Iterable[Recipient]) -> list[KnownPerson]:
    """Return people with the names that others told go by, who are other people of the case."""
    called = {(each.given_names, each.family_name): each.preferred_name for each in told}
    found = []
    for each in people:
        name = called.get((each.given, each.family), "")
        is_other = bool(name) and each.is_party and not each.is_reader
        found.append(replace(each, also=(*each.also, name)) if is_other else each)
    return found


def _called_besides(told: Iterable[Recipient]) -> Iterator[KnownPerson]:
    """Yield of whom others are told, and who advises them."""
    for reader in told:
        if about := reader.about:
            yield KnownPerson(ELSE, about.given_names, about.family_name)
        if reader.adviser:
            given, _, family = reader.adviser.strip().rpartition(" ")
            yield KnownPerson("the adviser", given, family)


def _reached_besides(told: Iterable[Recipient]) -> Iterator[KnownWords]:
    """Yield where others told live and are reached, and where they must not be."""
    for reader in told:
        unsafe = reader.safe_contact
        for line in (*reader.address, *unsafe.unsafe_addresses):
            is_street = any(each.isdigit() for each in line)
            yield KnownWords(Kind.ADDRESS if is_street else Kind.PLACE, line, "")
        for phone in (reader.phone, *unsafe.unsafe_phones):
            if phone.strip():
                yield KnownWords(Kind.PHONE, phone, "telephone number")
        for email in (reader.email, *unsafe.unsafe_emails):
            if email.strip():
                yield KnownWords(Kind.EMAIL, email, "e-mail address")


def known_ever(letter: AnonymisedLetter) -> Known:
    """Return what is known today together with all that was known before."""
    return all_known_ever([letter])[letter.pk]


def all_known_ever(letters: Iterable[AnonymisedLetter]) -> dict[int, Known]:
    """Return by its number what is and was known of the case of each letter.

    Of many letters the database is asked as often as of one.
    """
    rows = list(letters)
    now = all_known_now([(each.duty, each.version) for each in rows])
    return {
        each.pk: together(kept_known(each), known) for each, known in zip(rows, now, strict=True)
    }


def kept_known(letter: AnonymisedLetter) -> Known:
    """Return what was known when the letter was last searched."""
    kept = letter.known
    return Known(
        people=tuple(
            KnownPerson(**{**each, "also": tuple(each["also"])}) for each in kept.get("people", [])
        ),
        words=tuple(
            KnownWords(Kind(each["kind"]), each["words"], each["role"])
            for each in kept.get("words", [])
        ),
        days=tuple(date.fromisoformat(each) for each in kept.get("days", [])),
    )


def together(before: Known, now: Known) -> Known:
    """Return all that either knows; what the record says now comes first.

    Who had a letter of several before keeps it.
    """
    return Known(
        people=tuple(dict.fromkeys(with_letters_kept(now.people, before.people))),
        words=tuple(dict.fromkeys([*now.words, *before.words])),
        days=tuple(dict.fromkeys([*now.days, *before.days])),
    )


def known_as_kept(known: Known) -> dict[str, Any]:
    """Return what is known as it is kept beside the letter."""
    kept = asdict(known)
    return {**kept, "days": [each.isoformat() for each in known.days]}


def known_stamp(known: Known, beside: Known) -> str:
    """Return a stamp of everything that is looked for in a letter, of its case and beside it.

    Another stamp means that the gate has to look again.
    """
    kept = [known_as_kept(known), known_as_kept(beside)]
    said = json.dumps(kept, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()
