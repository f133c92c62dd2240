"""Shares letters out among people evenly, never to somebody who may not have one, by a seed.

How it is done, so that anybody can do it again by hand:

1. Letters that the fewest people may have come first; among those with as many, the order is that
   of their keys (the SHA-256 of seed and reference, as for samples).
2. Each letter goes to whoever may have it and has the least to do: what they have already, and
   what they were given here. Among those with as little, to whoever has had the fewest letters of
   the same colleague, and then to the first by the key of seed, reference and name.

So a letter finds somebody if anybody may have it, people who may have the same letters and begin
with as many end within one of each other, and the same two do not always check each other.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from forthright.rules.frame import draw_key

Reasons = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Who a letter went to; nobody, with the reasons against each, where nobody may have it."""

    reference: str
    person: str = ""
    because: str = ""
    nobody_because: Mapping[str, Reasons] | None = None


def share_out(
    letters: Mapping[str, str],
    people: Mapping[str, int],
    *,
    seed: int,
    against: Callable[[str, str], Reasons],
    had_before: Mapping[tuple[str, str], int] | None = None,
) -> tuple[Given, ...]:
    """Return who each letter goes to, in the order of their references.

    Letters come with the colleague whose work they are, people with how much they have to do
    already. `against` says why a person may not have a letter; `had_before` how many letters of
    each colleague (second) each person (first) has had.
    """
    reasons = {
        reference: {person: against(person, reference) for person in people}
        for reference in letters
    }
    free = {
        reference: [person for person, said in each.items() if not said]
        for reference, each in reasons.items()
    }
    load, pairs = Counter(people), Counter(had_before or {})
    given = []
    for reference in sorted(
        letters, key=lambda each: (len(free[each]), draw_key(seed, each), each)
    ):
        colleague = letters[reference]
        person = _least(free[reference], colleague, load, pairs, f"{seed}\n{reference}")
        if person is None:
            given.append(Given(reference=reference, nobody_because=reasons[reference]))
            continue
        given.append(
            Given(
                reference=reference,
                person=person,
                because=_because(len(free[reference])),
            )
        )
        load[person] += 1
        pairs[person, colleague] += 1
    return tuple(sorted(given, key=lambda each: each.reference))


def _because(number: int) -> str:
    if number == 1:
        return "the only one who may have it"
    return f"the least to do of the {number} who may have it"


def _least(
    free: Sequence[str],
    colleague: str,
    load: Mapping[str, int],
    pairs: Counter[tuple[str, str]],
    key: str,
) -> str | None:
    return min(
        free,
        key=lambda person: (load[person], pairs[person, colleague], _key(key, person), person),
        default=None,
    )


def _key(key: str, person: str) -> str:
    seed, reference = key.split("\n", 1)
    return draw_key(int(seed), f"{reference}\n{person}")
