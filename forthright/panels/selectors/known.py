"""Everything that the record knows of a case, and ever knew since its letter was taken."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from forthright.anonymiser.known import Known, KnownPerson, KnownWords, known_of
from forthright.anonymiser.spans import Kind
from forthright.letters.models import LetterVersion
from forthright.letters.selectors.case_facts import case_file_for
from forthright.letters.selectors.past_letters import day_of_check
from forthright.panels.models import AnonymisedLetter
from forthright.schemes.models import Duty

# A shorter reference of an extract is a number like any other, and would be found by chance.
SHORTEST_REFERENCE = 5


def known_now(duty: Duty, version: LetterVersion) -> Known:
    """Return what the record knows today of the case of a letter, as of the day it was sent."""
    known = known_of(case_file_for(duty, day_of_check(version, duty), version.added_by))
    return replace(
        known,
        people=tuple(dict.fromkeys([*known.people, *_named_besides(duty)])),
        words=tuple(dict.fromkeys([*known.words, *_numbered_besides(duty)])),
        days=tuple(dict.fromkeys([*known.days, *_born(duty)])),
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
