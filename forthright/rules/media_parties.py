"""Who must have a recording, and what a share gives them on a day."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Protocol, TypeVar

from forthright.rules.media_facts import (
    COURT,
    CaseFacts,
    Classification,
    DefendantFacts,
    Gives,
    ItemFacts,
    ShareFacts,
)
from forthright.rules.words import date_words, list_words

COURT_WORDS = "the court"
# What is said of those who were given so much and no more.
BESIDE: tuple[tuple[str, Callable[[set[Gives]], bool]], ...] = (
    (
        "A copy in which something is hidden, in its place: {}.",
        lambda kinds: Gives.IN_PLACE in kinds and Gives.WHOLE not in kinds,
    ),
    ("Only a clip, which is not the recording: {}.", lambda kinds: kinds == {Gives.CLIP}),
    (
        "Not all its files, since one came later: {}. Share it once more.",
        lambda kinds: Gives.PART in kinds and not any(each.is_all for each in kinds),
    ),
    (
        (
            "Copies of some of its files, cameras or sounds, and nothing of the others: {}. Share "
            "a copy of each, or the other files as they came, all at once."
        ),
        lambda kinds: (
            Gives.SOME_COPIES in kinds
            and not any(each.is_all or each is Gives.PART for each in kinds)
        ),
    ),
)


class Represents(Protocol):
    """Who represents a defendant from a day on, until another, or with no end known."""

    @property
    def starts_on(self) -> date: ...

    @property
    def ends_on(self) -> date | None: ...


Firm = TypeVar("Firm", bound=Represents)


def present_on(firms: Iterable[Firm], day: date) -> Firm | None:
    """Return who of those who ever represent a defendant does on a day.

    Where none does yet, it is the one to come: what is shared beforehand is shared with them.
    """
    known = list(firms)
    for each in known:
        if each.starts_on <= day and (each.ends_on is None or each.ends_on > day):
            return each
    return next((each for each in known if each.ends_on is None), None)


def why_not_theirs(firm: str, starts_on: date, ends_on: date | None, *, known_on: date,
                   on: date) -> str:  # fmt: skip
    """Say why nothing went to a firm on a day for a defendant, or nothing where it may have.

    To a firm that is to come a recording goes beforehand, once it is recorded that it comes.

    :param known_on: the day on which somebody recorded that the firm takes the case
    """
    if on < starts_on and on < known_on:
        return (
            f"{firm} took the case on {date_words(starts_on)}, recorded on {date_words(known_on)}, "
            f"so nothing of it went to them on {date_words(on)}. Enter the day on which it went "
            "out to them."
        )
    if ends_on is not None and ends_on <= on:
        return (
            f"{firm} had the case until {date_words(ends_on)}, so nothing of it goes to them on "
            f"{date_words(on)}. Share it with whoever represents the defendant now."
        )
    return ""


def required_parties(defendants: Sequence[DefendantFacts]) -> tuple[tuple[str, str], ...]:
    """Return who must have what is relied on, each by its key with its words.

    A defendant of whom nobody knows who represents them has no key, so that nothing reaches them.
    One for whom the case has ended is owed nothing.
    """
    owed = [each for each in defendants if each.ended_on is None and not each.is_unrepresented]
    firms = [(each.party or "", each.words) for each in owed]
    return ((COURT, COURT_WORDS), *firms)


def taking_over(case: CaseFacts, today: date) -> tuple[str, ...]:
    """Say which firms take a case over before its hearing; what is shared is owed to them.

    What is to be shared with them is said until they have all that is relied on.
    """
    said = []
    for each in case.defendants:
        if each.takes_over_on is None or each.ended_on is not None:
            continue
        who = "nobody" if each.is_unrepresented else each.firm
        has = f" What {each.until_then} was given is not theirs:" if each.until_then else ""
        owed = (
            f"{has} share with {each.firm} what is relied on, in time for the hearing."
            if _lacks_relied_on(each, case, today)
            else ""
        )
        said.append(
            f"From {date_words(each.takes_over_on)}, before the hearing, {who} represents "
            f"{each.name}.{owed}"
        )
    return tuple(said)


def _lacks_relied_on(defendant: DefendantFacts, case: CaseFacts, today: date) -> bool:
    """Say whether the firm of a defendant has not been given something that is relied on."""
    if defendant.is_unrepresented:
        return False
    hearing = None if case.is_estimated else case.hearing_on
    return any(
        item.classification is Classification.RELIED_ON
        and not any(
            share.party == defendant.party and is_standing(share, today, hearing)
            for share in item.shares
        )
        for item in case.items
    )


def is_open(share: ShareFacts, today: date, hearing_on: date | None) -> bool:
    """Say whether a share gave, or still gives, its party anything."""
    if share.is_revoked or share.is_shut or share.is_unsent or share.shared_on > today:
        return False
    if share.proved_on is not None:
        return True
    end = min(today, hearing_on) if hearing_on else today
    has_expired = share.link_expires_on is not None and share.link_expires_on < end
    return not has_expired and not any(
        _was_over(on, today, hearing_on) for on in (share.closed_on, share.broken_on)
    )


def _was_over(on: date | None, today: date, hearing_on: date | None) -> bool:
    """Say whether a link opened nothing by a day, and before the day of the hearing.

    Wrong codes closed it, or what it opens was damaged. So on that day or later it takes nothing
    from it, as a link that expires then takes nothing.
    """
    return on is not None and on <= today and (hearing_on is None or on < hearing_on)


def is_standing(share: ShareFacts, today: date, hearing_on: date | None) -> bool:
    """Say whether a share gave, or still gives, its party the recording; a part is not it."""
    return share.gives.is_all and is_open(share, today, hearing_on)


def told_beside(item: ItemFacts, case: CaseFacts, today: date) -> tuple[str, ...]:
    """Return what is to be known of a recording beside whom it has reached."""
    if item.classification is Classification.SENSITIVE:
        return ()
    hearing = None if case.is_estimated else case.hearing_on
    given = [each for each in item.shares if is_open(each, today, hearing)]
    had = [
        (words, {each.gives for each in given if key and each.party == key})
        for key, words in required_parties(case.defendants)
    ]
    said = []
    for sentence, holds in BESIDE:
        if whose := [words for words, kinds in had if holds(kinds)]:
            said.append(sentence.format(list_words(whose)))
    return (*said, *pressing(item, case, today))


def pressing(item: ItemFacts, case: CaseFacts, today: date) -> tuple[str, ...]:
    """Return what is wrong with what was shared and still stands, with what to do."""
    said = []
    if any(each.is_shut and not each.is_revoked for each in item.shares):
        said.append(
            "What was shared is, byte for byte, the file of a sensitive recording, or has it "
            "among its files: no link from here opens that file or a copy of it any more, and the "
            "share counts no more. Take it back, or say of one of the two what it is. Or it is a "
            "copy that holds more than it may, such as closed captions or another moment than was "
            "asked for: take it back, ask for what they have of it, and make the copy anew."
        )
    if whose := [each.to for each in item.shares if _waits_for_its_email(each, today)]:
        said.append(
            f"The e-mail with the link for {list_words(list(dict.fromkeys(whose)))} has not gone, "
            "so nothing was shared by it yet."
        )
    broken = [
        each.to for each in item.shares
        if each.broken_on and each.broken_on <= today and not _is_over(each, today)
    ]  # fmt: skip
    if broken:
        said.append(
            "What is kept of it is damaged, so the link for "
            f"{list_words(list(dict.fromkeys(broken)))} opens nothing of it. Take the same file in "
            "again, from its disc or from whoever sent it, or ask the police for it again. A copy "
            "that was made here is to be made anew."
        )
    return (*said, *closed_by_guesses(item, case, today), *ending_early(item, case, today))


def closed_by_guesses(item: ItemFacts, case: CaseFacts, today: date) -> tuple[str, ...]:
    """Return whose links wrong codes closed that nothing took the place of, in words.

    It is said also of what was opened before: it cannot be opened once more, and somebody else may
    have the address.
    """
    whose: dict[date, list[str]] = {}
    for key, words in required_parties(case.defendants):
        theirs = [each for each in item.shares if key and each.party == key]
        days = [
            each.closed_on
            for each in theirs
            if each.closed_on is not None and each.closed_on <= today and not _is_over(each, today)
        ]
        if days and not any(
            each.closed_on is None and is_open(each, today, None) for each in theirs
        ):
            whose.setdefault(max(days), []).append(words)
    return tuple(
        f"The link for {list_words(parties)} was closed on {date_words(day)}, "
        "since too many wrong codes were entered: somebody else may have tried. It opens nothing "
        "any more. Ask who reads that address, then share it anew."
        for day, parties in sorted(whose.items())
    )


def _waits_for_its_email(share: ShareFacts, today: date) -> bool:
    return share.is_unsent and not _is_over(share, today)


def _is_over(share: ShareFacts, today: date) -> bool:
    """Say whether a link would open nothing any more, whatever codes were entered."""
    ends = share.link_expires_on
    return share.is_revoked or (ends is not None and ends < today)


def ending_early(item: ItemFacts, case: CaseFacts, today: date) -> tuple[str, ...]:
    """Return whose links end before a hearing to come is over, in words.

    A link is to last beyond the hearing, and is to be sent anew where the hearing moves past it.
    """
    on = case.hearing_on
    if on is None or case.is_estimated or on < today or not item.is_waited_for:
        return ()
    whose: dict[date, list[str]] = {}
    for key, words in required_parties(case.defendants):
        ends = [
            each.link_expires_on
            for each in item.shares
            if key and each.party == key and is_standing(each, today, on)
        ]
        days = [each for each in ends if each is not None]
        if days and len(days) == len(ends) and max(days) <= on:
            whose.setdefault(max(days), []).append(words)
    return tuple(
        f"The link for {list_words(parties)} ends on {date_words(day)} and the hearing is on "
        f"{date_words(on)}: send one that lasts beyond it."
        for day, parties in sorted(whose.items())
    )
