"""Unused recordings that went to a firm, and that whoever has the case since does not have.

What is relied on is owed to everybody. What is unused is owed to nobody until somebody discloses
it; from then on it is that defendant's, whoever represents them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from forthright.rules.media_facts import (
    CaseFacts,
    Classification,
    ItemFacts,
    Part,
    ShareFacts,
)
from forthright.rules.media_rungs import Rung, Step
from forthright.rules.words import list_words


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDisclose:
    """A firm, by its key, that does not have all that whoever had the case before was given."""

    party: str
    firm: str
    defendant: str
    before: tuple[str, ...]
    # Whether they have some of it.
    has_some: bool = False
    # What they lack, one by one.
    parts: frozenset[Part] = frozenset({Part()})

    @property
    def words(self) -> str:
        """Say who had it and who has not."""
        had = f"Disclosed to {list_words(self.before)} before"
        return f"{had}; {self.firm} does not have {'all of it' if self.has_some else 'it'}"

    @property
    def note(self) -> str:
        """Say it with the defendant, and what to do."""
        had = f"disclosed to {list_words(self.before)} before, for {self.defendant}"
        lacks = f"{had}. {self.firm}, the next firm, does not have"
        if self.has_some:
            return f"{lacks} all of it: share the rest with them, too."
        return f"{lacks} it: share it with them, too."


def to_disclose(item: ItemFacts, case: CaseFacts) -> tuple[ToDisclose, ...]:
    """Return who of those that took a case over lacks an unused recording, or some of it.

    What was taken back from a firm was not given to it; a link to the present one that nobody
    opened, or that waits for its e-mail, is told of as such.
    """
    if item.classification is not Classification.UNUSED or item.is_barred:
        return ()
    given = [each for each in item.shares if not each.is_revoked]
    went = [each for each in given if not (each.is_unsent or each.is_shut)]
    found = []
    for each in case.defendants:
        if not each.party or each.ended_on:
            continue
        before = [one for one in went if one.party in each.former]
        theirs = [one for one in given if one.party == each.party]
        if lacking := _lacking(before, theirs):
            whose = [one.to for one in before if one.parts & lacking]
            found.append(
                ToDisclose(
                    party=each.party, firm=each.firm, defendant=each.name,
                    before=tuple(dict.fromkeys(whose)), has_some=bool(theirs),
                    parts=lacking,
                )
            )  # fmt: skip
    return tuple(found)


def notes_to_disclose(items: Sequence[ItemFacts], case: CaseFacts) -> tuple[str, ...]:
    """Say of each such recording of a case that is not closed who lacks it."""
    asked = () if case.is_closed else items
    return tuple(f"{each.name}: {one.note}" for each in asked for one in to_disclose(each, case))


def other_step(
    item: ItemFacts, rung: Rung, *, still_with: Sequence[str], lacking: Sequence[ToDisclose]
) -> Step:
    """Return the rung of sharing or opening of a recording that a case does not wait for."""
    if lacking:
        why = " ".join(f"{item.classification.words}, and {each.note}" for each in lacking)
        return Step(rung=rung, reached=False, why=why)
    why = item.classification.not_shared_because
    if item.classification is Classification.SENSITIVE and item.shares:
        whom = list_words(list(dict.fromkeys(each.to for each in item.shares)))
        why = f"Sensitive: shared with {whom} before that, and taken back. Ask for it back."
    elif still_with:
        why = f"{item.classification.words}, and still shared with {list_words(still_with)}."
    return Step(rung=rung, reached=None, why=why)


def _lacking(before: Sequence[ShareFacts], theirs: Sequence[ShareFacts]) -> frozenset[Part]:
    """Return what was given before, and neither that nor what stands for it since."""
    if any(each.gives.is_all for each in theirs):
        return frozenset()
    has = [part for each in theirs for part in each.parts]
    given = [part for each in before for part in each.parts]
    return frozenset(each for each in given if not any(one.is_as_much_as(each) for one in has))
