"""Who looks at a letter before it goes: a colleague who did nothing to it and has the least to do.

Four eyes: never the drafter, nor whoever wrote words of the letter or approved it. Those of the
unit that the letter is of, its legal SPOCs, and those of its drafter's share it evenly and come
first: the ones know its cases, the others how such letters are written. When none of them may,
anybody of the others does, and it says so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from forthright.rules.separation import reasons_against_checking
from forthright.rules.sharing_out import Given, Reasons, share_out

FROM_ELSEWHERE = "nobody of the letter’s unit or its drafter’s may; "
AWAY = "You are away."


@dataclass(frozen=True, slots=True, kw_only=True)
class ToCheck:
    """A letter that waits for a check before it goes, and its units: its own and its drafter's."""

    reference: str
    units: frozenset[str]
    drafter: str
    writers: tuple[str, ...] = ()
    approvers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Checker:
    """Somebody who checks letters, how many wait for them, and whether they are in.

    Their units are their own, and those in which they stand in for a legal SPOC.
    """

    name: str
    units: frozenset[str]
    waiting: int = 0
    is_away: bool = False


def give_peer_checks(
    letters: Sequence[ToCheck],
    people: Sequence[Checker],
    *,
    seed: int,
    had_before: Mapping[tuple[str, str], int] | None = None,
) -> tuple[Given, ...]:
    """Return who checks each letter, the work shared evenly, those of its units first."""
    by_name = {each.name: each for each in people}
    by_reference = {each.reference: each for each in letters}

    def shared(chosen: Sequence[ToCheck], waiting: Mapping[str, int], own: bool) -> list[Given]:
        def against(name: str, reference: str) -> Reasons:
            person, letter = by_name[name], by_reference[reference]
            is_of_another = own and person.units.isdisjoint(letter.units)
            return reasons_against(person, letter) + (
                ("You are of another unit.",) if is_of_another else ()
            )

        return list(
            share_out(
                {each.reference: each.drafter for each in chosen},
                waiting,
                seed=seed,
                against=against,
                had_before=had_before,
            )
        )

    waiting = {each.name: each.waiting for each in people}
    first = shared(letters, waiting, own=True)
    for each in first:
        if each.person:
            waiting[each.person] += 1
    left = [by_reference[each.reference] for each in first if not each.person]
    second = [
        replace(each, because=FROM_ELSEWHERE + each.because) if each.person else each
        for each in shared(left, waiting, own=False)
    ]
    found = [each for each in first if each.person] + second
    return tuple(sorted(found, key=lambda each: each.reference))


def reasons_against(person: Checker, letter: ToCheck) -> Reasons:
    """Say why a person may not be given a letter to check; nothing said means they may."""
    reasons = reasons_against_checking(
        person.name, drafter=letter.drafter, writers=letter.writers, approvers=letter.approvers
    )
    return (*reasons, AWAY) if person.is_away else reasons
