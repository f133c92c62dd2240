"""Unused recordings that went to a firm, and that whoever has the case since does not have.

What is relied on is owed to everybody. What is unused is owed to nobody until somebody discloses
it; from then on it is that defendant's, whoever represents them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from forthright.rules.firm_names import firm_words
from forthright.rules.media_facts import (
    CaseFacts,
    Classification,
    DefendantFacts,
    ItemFacts,
    Part,
    ShareFacts,
)
from forthright.rules.media_parties import is_open
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
    # What they lack, but for what was taken back from them; nothing where that is all.
    parts: frozenset[Part] = frozenset({Part()})

    @property
    def words(self) -> str:
        """Say who had it and who has not."""
        had = f"Disclosed to {list_words(self.before)} before"
        if not self.parts:
            return f"{had}; taken back from {self.firm}"
        return f"{had}; {self.firm} does not have {'all of it' if self.has_some else 'it'}"

    @property
    def note(self) -> str:
        """Say it with the defendant, and what to do."""
        before = list_words(self.before)
        had = f"disclosed to {before} before, for {self.defendant}"
        if not self.parts:
            return (
                f"{had}. It was taken back from {self.firm}, the next firm: share it with them "
                f"anew if they are to have it, or take it back from {before}, too."
            )
        lacks = f"{had}. {self.firm}, the next firm, does not have"
        if self.has_some:
            return f"{lacks} all of it: share the rest with them, too."
        return f"{lacks} it: share it with them, too."


def to_disclose(item: ItemFacts, case: CaseFacts, today: date) -> tuple[ToDisclose, ...]:
    """Return who of those that took a case over lacks an unused recording, or some of it.

    What was taken back from a firm was not given to it, nor what a link would have given that ended
    before anybody opened it; one that may be opened still, or that waits for its e-mail, is told of
    as such. Who had the case before and has it again has what they had then.
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
        theirs = [one for one in given if one.party == each.party and _may_reach(one, today)]
        theirs += [one for one in before if _is_of(each, one) and _reached(one)]
        if lacking := _lacking(before, theirs):
            whose = [one.to for one in before if one.parts & lacking]
            back = [one for one in item.shares if one.is_revoked and _is_of(each, one)]
            found.append(
                ToDisclose(
                    party=each.party, firm=each.firm, defendant=each.name,
                    before=tuple(dict.fromkeys(whose)), has_some=bool(theirs),
                    parts=_without(lacking, back),
                )
            )  # fmt: skip
    return tuple(found)


def notes_to_disclose(
    items: Sequence[ItemFacts], case: CaseFacts, today: date
) -> tuple[str, ...]:  # fmt: skip
    """Say of each such recording of a case that is not closed who lacks it."""
    asked = () if case.is_closed else items
    return tuple(
        f"{each.name}: {one.note}" for each in asked for one in to_disclose(each, case, today)
    )


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


def _without(lacking: frozenset[Part], back: Sequence[ShareFacts]) -> frozenset[Part]:
    """Return what a firm lacks without what was taken back from it.

    A recording goes as it came with all its files, so not where one of them was taken back.
    """
    gone = lacking.intersection(part for each in back for part in each.parts)
    is_whole = any(not each.copy for each in gone)
    return frozenset(each for each in lacking - gone if each.copy or not is_whole)


def _is_of(defendant: DefendantFacts, share: ShareFacts) -> bool:
    """Say whether a share went to the firm that has the case, now or when it had it before."""
    is_before = share.party in defendant.former
    is_same = is_before and firm_words(share.to) == firm_words(defendant.firm)
    return share.party == defendant.party or is_same


def _may_reach(share: ShareFacts, today: date) -> bool:
    """Say whether a share gave a firm something, may still, or is told of as what is wrong."""
    return share.is_unsent or share.is_shut or is_open(share, today, None)


def _reached(share: ShareFacts) -> bool:
    """Say whether a share of before gave it anything: its links closed when it lost the case."""
    return share.proved_on is not None or share.link_expires_on is None
