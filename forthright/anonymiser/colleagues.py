"""Letters of those of whom several have one role, by the order in which a letter names them.

By their place in a list of the Area the same colleague would have the same letter in every letter,
and whoever has the list would read off who wrote it. So each waits for a letter until one is named.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import count

from forthright.anonymiser.known import WAITING, Known, KnownPerson, waiting, with_letter
from forthright.anonymiser.spans import Found

ITS_LETTER = re.compile(rf" (?:[A-Z]\d*|{re.escape(WAITING)}\w+)$")
Person = tuple[str, str, str]


def waits(role: str) -> bool:
    """Say whether a role is that of somebody to whom no letter was given yet."""
    return WAITING in role


def lettered(known: Known, roles: Iterable[str]) -> tuple[Known, dict[str, str]]:
    """Return what is known with a letter for each who waits for one, in this order.

    Beside it stands what each of these roles became. Who had a letter before keeps it.
    """
    taken = {each.role for each in known.people}
    of_several = {each.role: each.of_several for each in known.people if waits(each.role)}
    became: dict[str, str] = {}
    for role in roles:
        if role in of_several and role not in became:
            free = (with_letter(of_several[role], number) for number in count())
            became[role] = next(each for each in free if each not in taken)
            taken.add(became[role])
    people = tuple(replace(each, role=became.get(each.role, each.role)) for each in known.people)
    return replace(known, people=people), became


def with_letters(found: Sequence[Found], became: dict[str, str]) -> tuple[Found, ...]:
    """Return places with the roles that theirs became."""
    return tuple(replace(each, role=became.get(each.role, each.role)) for each in found)


def without_letters(known: Known) -> Known:
    """Return what is known as if no letter had been given: other words name them in other order."""
    # Two spellings of one name have one role, and go on having one.
    waits_as: dict[str, str] = {}
    for each in known.people:
        if each.of_several:
            waits_as.setdefault(each.role, waiting(each.of_several, each.given, each.family))
    people = (replace(each, role=waits_as.get(each.role, each.role)) for each in known.people)
    return replace(known, people=tuple(dict.fromkeys(people)))


def with_letters_kept(
    now: Sequence[KnownPerson], before: Sequence[KnownPerson]
) -> list[KnownPerson]:
    """Return who is known now and was known before, now's first; who had a letter keeps it.

    What somebody had first counts, and of several who had the same it is the first one's.
    """
    had: dict[Person, KnownPerson] = {}
    whose: dict[str, Person] = {}
    # What was known first stands last; a letter says more than the role alone.
    first = list(reversed(before))
    first.sort(key=lambda each: ITS_LETTER.search(each.role) is None)
    for each in first:
        if _works(each) and not waits(each.role):
            one = _one_of(each)
            if whose.setdefault(each.role, one) == one:
                had.setdefault(one, each)
    known_now = {_one_of(each) for each in now if _works(each)}
    # Somebody whose name is spelt in two ways is one.
    of_waiting = {
        each.role: had[one] for each in now if waits(each.role) and (one := _one_of(each)) in had
    }
    return [
        *(_as_had(each, of_waiting.get(each.role) or had.get(_one_of(each))) for each in now),
        *(each for each in before if not (_works(each) and _one_of(each) in known_now)),
    ]


def told_apart(besides: Iterable[KnownPerson], people: Sequence[KnownPerson]) -> list[KnownPerson]:
    """Return who is known besides some people, each with words that nobody else has."""
    found = [
        replace(each, role=f"another {each.role.removeprefix('the ')}")
        if any(each.role == other.role and _named(each) != _named(other) for other in people)
        else each
        for each in besides
    ]
    names: dict[str, list[tuple[str, str]]] = {}
    for each in found:
        if _named(each) not in (of_role := names.setdefault(each.role, [])):
            of_role.append(_named(each))
    return [
        each
        if len(names[each.role]) == 1
        else replace(each, role=with_letter(each.role, names[each.role].index(_named(each))))
        for each in found
    ]


def _named(person: KnownPerson) -> tuple[str, str]:
    return person.given, person.family


def _as_had(person: KnownPerson, before: KnownPerson | None) -> KnownPerson:
    if before is None or not _works(person):
        return person
    of_several = person.of_several or before.of_several
    return replace(person, role=before.role, of_several=of_several)


def _works(person: KnownPerson) -> bool:
    """Say whether somebody works on the case or beside it, and is no party to it."""
    return bool(person.role) and not (person.is_party or person.is_elsewhere)


def _one_of(person: KnownPerson) -> Person:
    """Return who somebody is, whatever letter they have: their role and their name."""
    role = person.of_several or ITS_LETTER.sub("", person.role).removeprefix("the ")
    return role, person.given, person.family
