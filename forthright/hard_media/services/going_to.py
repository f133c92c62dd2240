"""Whom a disc or stick may go to, by what is on it, and what has to be said where it goes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from forthright.accounts.models import Area
from forthright.hard_media.models import Carrier, MediaItem
from forthright.hard_media.selectors.acting import why_nobody_of_the_defence
from forthright.hard_media.selectors.discs import (
    OnDisc,
    firms_elsewhere,
    kept_from_parties,
    parties_around,
    place_of,
    what_is_on,
)
from forthright.hard_media.selectors.files import takes_files
from forthright.hard_media.selectors.hand_overs import hand_overs_that_stand
from forthright.hard_media.selectors.hands import is_with_us
from forthright.hard_media.selectors.hiding import hiding_of
from forthright.hard_media.selectors.holdings import (
    alike_to,
    digests_of,
    held_by_whoever_is_named,
    piece_of_whole,
)
from forthright.hard_media.selectors.last_copies import only_here_words, to_explain
from forthright.hard_media.selectors.to_do import DAYS_WARNED
from forthright.hard_media.services.for_the_court import unused_to_decide
from forthright.hard_media.services.giving import SINCE, hidden_key, refusal_of
from forthright.hard_media.services.taking_back import locked_together
from forthright.rules.hidden_parts import first_laid_bare
from forthright.rules.media_hands import (
    BUT_THE_DEFENCE,
    PARTIES,
    Parties,
    Receiver,
    asks_why_no_party,
    asks_why_not_court,
    defence_hinted,
    needs_reason,
    party_hinted,
    party_named,
)
from forthright.rules.media_states import GOT_BACK_BY_NOBODY
from forthright.rules.words import list_words, uncapitalised
from forthright.rules.written import cleaned, reason_in


class CarrierRefused(ValueError):
    """A disc cannot be kept so; the message says why."""


class ContentsUnknown(CarrierRefused):
    """Nobody has recorded what is on a disc, nor why it may go out all the same."""


class PlaceToExplain(CarrierRefused):
    """What is on a disc may be with a party where it goes, and nobody says why it is not."""


class HiddenOnDisc(CarrierRefused):
    """A copy hides, or is to hide, some of what a party would see, and nobody says that it may."""


class LastCopy(CarrierRefused):
    """Nothing else here holds what is on a disc that leaves, and nobody says why it may."""


class PlaceOfParty(CarrierRefused):
    """Where a disc is said to lie with this unit is the name of a party."""


class UnusedOnDisc(CarrierRefused):
    """What is unused would go to the court, and nobody says that the court is to have it."""


@dataclass(frozen=True)
class Hands:
    """Who gets a disc: what kind of receiver, and who or where exactly.

    :param unknown_because: why it may go there though nobody has recorded what is on it
    :param named_because: why it is not with a party, where the name reads so, or somebody else gets
        what no party may have
    :param last_copy_because: why it may leave though nothing else here holds what is on it
    :param hidden_too: somebody decided that it may show there what a copy hides, or is to hide
    :param hidden_asked: what they were asked about, see `hidden_key`; None: all
    :param unused_too: somebody decided that the court is to have what is unused
    :param unused_asked: what they were asked about, by its key; None: all
    :param opened: the stamp of the hands that the page showed; without one, nothing is asked
    """

    kind: Receiver
    name: str
    unknown_because: str = ""
    named_because: str = ""
    last_copy_because: str = ""
    opened: str | None = None
    hidden_too: bool = False
    hidden_asked: Collection[str] | None = None
    unused_too: bool = False
    unused_asked: Collection[str] | None = None

    @property
    def gives_unused(self) -> bool:
        """Say whether the court gets what is unused by this, as somebody decided."""
        return self.unused_too and self.kind == Receiver.COURT


def why_last_copy(to: Hands, carrier: Carrier, today: date) -> str:
    """Return why a disc may leave, where nothing else here holds what is on it.

    It is asked once: not again of one that left with why, and is not back, as it is returned.

    :raises LastCopy: if nobody says why
    """
    only_here = to_explain(carrier, today)
    if not only_here:
        return ""
    if because := reason_in(to.last_copy_because):
        return because
    raise LastCopy(
        f"Nothing else here holds {only_here_words(only_here, today)}: no file, no link that "
        f"opens for longer than {DAYS_WARNED} days and no other disc with us. "
        f"{_how_kept_words(only_here)}, or tick that this copy may go all the same, and say why."
    )


def _how_kept_words(items: Sequence[MediaItem]) -> str:
    """Say how recordings can be kept here before the disc leaves that alone holds them."""
    taking: list[str] = []
    viewed: list[str] = []
    for each in items:
        (taking if takes_files(each) else viewed).append(each.exhibit)
    words = [f"Send a file of {list_words(taking)} on its page first"] if taking else []
    if viewed:
        words.append(
            f"{list_words(viewed)} {'is' if len(viewed) == 1 else 'are'} viewed, so no file is "
            "taken: have a copy made of this disc or stick, take that in and say that it holds the "
            "same"
        )
    return "; ".join(words)


def check_may_go_to(carrier: Carrier, to: Hands, *, on: date) -> dict[str, str]:
    """Refuse a disc to whoever must not have what is on it.

    Return why it may go though nobody has recorded what is on it, and why it is not with a party;
    each is nothing where that has not to be said.

    :raises CarrierRefused: with the reason, or asking for one
    """
    # Locked, so that nothing on it is found sensitive, or withdrawn, while it goes out.
    locked_together(carrier.carried.values_list("item", flat=True))
    held = what_is_on(carrier)
    if why := held.why_not_to(to.kind):
        raise CarrierRefused(why)
    around = parties_around([carrier.pk])[carrier.pk]
    _check_is_no_party(to, around)
    _check_is_no_firm_elsewhere(to, carrier)
    named = _why_no_party(to, around, held, carrier)
    if to.kind in PARTIES:
        check_stays_hidden(to.kind, to.name, held.items)
        _check_acts(to, carrier, held.items, on)
        _check_hidden_too(to, held.items)
        _check_unused_too(to, held.items)
    if not needs_reason(to.kind, is_unknown=not held.items):
        return {"unknown_because": "", "named_because": named}
    if because := reason_in(to.unknown_because):
        return {"unknown_because": because, "named_because": named}
    raise ContentsUnknown(
        "Nobody has recorded what is on this disc or stick, so that nobody can say whether "
        "something sensitive is. Record what is on it first, or say why it may go there all the "
        "same."
    )


def check_is_our_place(place: str, area: Area) -> None:
    """Refuse as the place of a unit a firm that acts for the defence of any case.

    :raises PlaceOfParty: with where that is recorded
    """
    if party_named(Receiver.UNIT, place, firms_elsewhere(area)) is not None:
        raise PlaceOfParty(
            f"“{cleaned(place)}” names a firm of the defence, and is no place of this unit. Say "
            "where it lies here; a place of yours that is called so needs another name. If that "
            "firm has it by now, say where it lay here first, and then record on its page, by "
            "“Hand it over”, that they have it."
        )


def check_place_stays_ours(carrier: Carrier) -> None:
    """Refuse what is said to be on a disc of this unit whose place names a party of its case.

    :raises PlaceOfParty: with what to record first
    """
    around = parties_around([carrier.pk])[carrier.pk]
    if not is_with_us(carrier) or party_named(Receiver.UNIT, carrier.location, around) is None:
        return
    raise PlaceOfParty(
        f"This disc or stick is recorded as with this unit in “{carrier.location}”, which names "
        "the defence of that case. If they have it, record that by “Hand it over” on its page "
        "first. If it lies here, hand it over there to this unit, by a name of the place that is "
        "none of theirs."
    )


def _check_is_no_party(to: Hands, around: Parties) -> None:
    """Refuse a party of a case on a disc under another kind of receiver, for which less is asked.

    :raises CarrierRefused: with the kind to choose
    """
    party = party_named(to.kind, to.name, around)
    if party is not None:
        raise CarrierRefused(
            f"“{cleaned(to.name)}” names {uncapitalised(party.words)} of a case with "
            f"a recording on this disc or stick. Choose “{party.words}”, so that what may not go "
            "there does not."
        )


def _check_is_no_firm_elsewhere(to: Hands, carrier: Carrier) -> None:
    """Refuse as the court or counsel a firm that acts for the defence of any case.

    :raises CarrierRefused: with the kind to choose
    """
    if to.kind not in BUT_THE_DEFENCE:
        return
    if party_named(to.kind, to.name, firms_elsewhere(carrier.area)) is Receiver.DEFENCE:
        raise CarrierRefused(
            f"“{cleaned(to.name)}” names a firm of the defence, of another case than those on this "
            "disc or stick. Choose “The defence”, so that it goes only to whoever acts in them."
        )


def _why_no_party(to: Hands, around: Parties, held: OnDisc, carrier: Carrier) -> str:
    """Return why what is on a disc is not with a party, where that has to be said.

    It has to where something sensitive goes to a place whose name reads like a party, where
    somebody else gets what no party may have, where the court or counsel is called as somebody
    of the defence is, and where something unused, or anything to somebody else, goes to a name that
    reads like the court.

    :raises PlaceToExplain: if it has to be, and nobody says why
    """
    if defence_hinted(to.kind, to.name, around):
        if because := reason_in(to.named_because):
            return because
        raise PlaceToExplain(
            f"“{cleaned(to.name)}” reads like somebody of the defence of a case with a recording "
            "on this disc or stick. If it goes to them, choose “The defence”. If it does not, say "
            "who they are, and so why it is not with the defence."
        )
    party = party_hinted(to.name, around) if held.secret else None
    kept = kept_from_parties(held)
    if party is None and not asks_why_no_party(to.kind, is_kept_from_parties=bool(kept)):
        return _why_not_court(to, held, carrier)
    if because := reason_in(to.named_because):
        return because
    if party is None:
        raise PlaceToExplain(
            f"On this disc or stick is what no party may have, or not as it came: "
            f"{list_words(kept)}. Say who “{cleaned(to.name)}” is, and so why it is not with a "
            "party. If they are of the court, the defence or counsel, choose that."
        )
    raise PlaceToExplain(
        f"“{cleaned(to.name)}” reads like {uncapitalised(party.words)}, and something "
        "sensitive is on this disc or stick: that goes to the police or to this unit, and to "
        "nobody else. If it goes to them there, say why it is not with a party."
    )


def _why_not_court(to: Hands, held: OnDisc, carrier: Carrier) -> str:
    """Return why it is not with the court, where the name reads like it.

    Whoever hands it over once more by the name that it is under says so whatever is on it.

    :raises PlaceToExplain: if it has to be said, and nobody does
    """
    unused = unused_to_decide(held.items, ())
    is_again = cleaned(to.name) == carrier.location and bool(with_the_court(carrier))
    if not asks_why_not_court(to.kind, to.name, has_unused=bool(unused) or is_again):
        return ""
    if because := reason_in(to.named_because):
        return because
    what = f", and what is unused is on this disc or stick: {_named(unused)}" if unused else ""
    raise PlaceToExplain(
        f"“{cleaned(to.name)}” reads like the court{what}. What is disclosed as unused goes to the "
        "defence, and the court sees it only where somebody decides that. If this goes to the "
        "court, choose “The court” as who gets it. If it does not, say why it is not with the "
        "court."
    )


def _named(items: Sequence[MediaItem]) -> str:
    return list_words([each.exhibit for each in items])


def _check_acts(to: Hands, carrier: Carrier, items: Sequence[MediaItem], on: date) -> None:
    """Refuse the defence a disc of a case in which whoever is named does not act for it.

    What came from them goes back to them all the same.

    :raises CarrierRefused: with the case, and who acts in it
    """
    name = cleaned(to.name)
    if to.kind != Receiver.DEFENCE or name.casefold() == carrier.received_from.casefold():
        return
    if why := why_nobody_of_the_defence(name, items, on):
        raise CarrierRefused(why)


def check_stays_hidden(kind: Receiver, name: str, items: Sequence[MediaItem]) -> None:
    """Refuse to hand a recording as it came to whoever has a copy in which it is hidden.

    :raises CarrierRefused: with the recording and the copy
    """
    there = held_by_whoever_is_named(kind, name, alike_to(items))
    for item in items:
        whole = piece_of_whole(digests_of(item), item.exhibit)
        if found := first_laid_bare(there, [whole]):
            raise CarrierRefused(refusal_of(cleaned(name), found, item))


def _check_hidden_too(to: Hands, items: Sequence[MediaItem]) -> None:
    """Refuse a party what a copy hides, or is to hide, where nobody decided that it may be seen.

    :raises HiddenOnDisc: with the recordings, the copies and how to decide
    """
    by = hidden_to_decide(items, to.hidden_asked if to.hidden_too else ())
    if not by:
        return
    raise HiddenOnDisc(
        f"{SINCE if to.hidden_too else ''}This disc or stick shows, as it came, what is hidden by "
        f"a copy, or is to be: {list_words(by)}. Tick that it may be seen there, or share a copy "
        "in which it is hidden."
    )


def hidden_to_decide(
    items: Sequence[MediaItem], decided: Collection[str] | None
) -> list[str]:  # fmt: skip
    """Return of which recordings a copy hides something, or is to, and which, in words.

    :param decided: what was decided that it may be seen, see `hidden_key`; None: all
    """
    if decided is None:
        return []
    hiding = hiding_of(items)
    return [
        f"{each.exhibit} ({list_words([copy.hiding_words for copy in new])})"
        for each in items
        if (new := [e for e in hiding.get(each.pk, ()) if hidden_key(each, e) not in decided])
    ]


def _check_unused_too(to: Hands, items: Sequence[MediaItem]) -> None:
    """Refuse the court what is unused, where nobody decided that it is to have it.

    :raises UnusedOnDisc: with the recordings and how to decide
    """
    if to.kind != Receiver.COURT:
        return
    if found := unused_to_decide(items, to.unused_asked if to.unused_too else ()):
        raise UnusedOnDisc(
            f"{SINCE if to.unused_too else ''}Unused on this disc or stick: "
            f"{_named(found)}. What is disclosed as unused goes to "
            "the defence, and the court does not see it. Give the court what holds only the rest, "
            "or tick that the court is to have it, as where a judge asked to see it."
        )


def with_the_court(carrier: Carrier) -> str:
    """Return with whom a disc is, in words, that the court has or may have; else nothing."""
    last = next(reversed(hand_overs_that_stand([carrier.pk]).get(carrier.pk, [])), None)
    if last is None or carrier.state in GOT_BACK_BY_NOBODY:
        return ""
    if last.to_kind == Receiver.COURT:
        return "the court"
    place = place_of(carrier)  # what was handed to another unit names that too
    is_asked = asks_why_not_court(Receiver(last.to_kind), place, has_unused=True)
    if last.named_because or not is_asked:
        return ""
    return f"“{place}”, which reads like the court"
