"""Everything that the record knows of a case, and ever knew since its letter was taken."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from forthright.anonymiser.known import Known, KnownPerson, KnownWords, known_of
from forthright.anonymiser.spans import Kind
from forthright.cases.models import PersonToTell
from forthright.letters.models import LetterVersion
from forthright.letters.selectors.case_facts import case_file_for, recipient_of
from forthright.letters.selectors.past_letters import day_of_check
from forthright.panels.models import AnonymisedLetter
from forthright.panels.selectors.registered import defended_by, heard_on, known_by_register
from forthright.rules.case_file import Recipient
from forthright.schemes.models import Duty

# A shorter reference of an extract is a number like any other, and would be found by chance.
SHORTEST_REFERENCE = 5
ELSE = "somebody else told"


def known_now(duty: Duty, version: LetterVersion) -> Known:
    """Return what the record knows today of the case of a letter, as of the day it was sent."""
    known = known_of(case_file_for(duty, day_of_check(version, duty), version.added_by))
    told = _told_besides(duty)
    people = [*known.people, *_named_besides(duty), *_called_besides(told), *defended_by(duty)]
    words = [*known.words, *_numbered_besides(duty), *_reached_besides(told),
             *known_by_register(duty)]  # fmt: skip
    return replace(
        known,
        people=tuple(dict.fromkeys(people)),
        words=tuple(dict.fromkeys(words)),
        days=tuple(dict.fromkeys([*known.days, *_born(duty), *heard_on(duty)])),
    )


def _named_besides(duty: Duty) -> Iterator[KnownPerson]:
    """Yield who is known by a name in an extract alone, or has an account that drafts nothing."""
    made_by = duty.decision.made_by
    names = {
        "the prosecutor": [duty.decision.made_by_name, made_by.full_name if made_by else ""],
        "the writer": [duty.drafter_name, duty.drafter.full_name if duty.drafter else ""],
    }
    for role, said in names.items():
        for name in said:
            given, _, family = name.strip().rpartition(" ")
            if family:
                yield KnownPerson(role, given, family)


def _numbered_besides(duty: Duty) -> Iterator[KnownWords]:
    case = duty.case
    for said in (
        duty.decision.reference,
        *case.defendants.values_list("reference", flat=True),
        *case.people_to_tell.values_list("reference", flat=True),
    ):
        if len(said.strip()) >= SHORTEST_REFERENCE:
            yield KnownWords(Kind.NUMBER, said, "reference")


def _told_besides(duty: Duty) -> list[Recipient]:
    """Return everybody else to be told in the case, each with where they live and are reached."""
    people = PersonToTell.objects.filter(case=duty.case_id).exclude(pk=duty.person_id)
    return [recipient_of(each) for each in people.order_by("pk")]


def _called_besides(told: Iterable[Recipient]) -> Iterator[KnownPerson]:
    """Yield the names that others told go by, of whom they are told, and of who advises them."""
    for reader in told:
        if reader.preferred_name:
            yield KnownPerson(ELSE, reader.preferred_name, reader.family_name)
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


def _born(duty: Duty) -> list[date]:
    return [each.born_on for each in duty.case.defendants.all() if each.born_on]


def known_ever(letter: AnonymisedLetter) -> Known:
    """Return what is known today together with all that was known before."""
    return together(kept_known(letter), known_now(letter.duty, letter.version))


def kept_known(letter: AnonymisedLetter) -> Known:
    """Return what was known when the letter was last searched."""
    kept = letter.known
    return Known(
        people=tuple(
            KnownPerson(each["role"], each["given"], each["family"], tuple(each["also"]))
            for each in kept.get("people", [])
        ),
        words=tuple(
            KnownWords(Kind(each["kind"]), each["words"], each["role"])
            for each in kept.get("words", [])
        ),
        days=tuple(date.fromisoformat(each) for each in kept.get("days", [])),
    )


def together(before: Known, now: Known) -> Known:
    """Return all that either knows; what the record says now comes first."""
    return Known(
        people=tuple(dict.fromkeys([*now.people, *before.people])),
        words=tuple(dict.fromkeys([*now.words, *before.words])),
        days=tuple(dict.fromkeys([*now.days, *before.days])),
    )


def known_as_kept(known: Known) -> dict[str, Any]:
    """Return what is known as it is kept beside the letter."""
    kept = asdict(known)
    return {**kept, "days": [each.isoformat() for each in known.days]}


def known_stamp(known: Known) -> str:
    """Return a stamp of everything known: another stamp means that the gate has to look again."""
    said = json.dumps(known_as_kept(known), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()
