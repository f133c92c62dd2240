"""What is said to be on a disc or stick that the court or another party has, and comes to them."""

from collections.abc import Collection, Sequence

from forthright.hard_media.models import Carrier, MediaItem
from forthright.hard_media.selectors.hand_overs import hand_overs_that_stand
from forthright.hard_media.selectors.hiding import hiding_of
from forthright.hard_media.services.for_the_court import unused_to_decide
from forthright.hard_media.services.giving import SINCE, hidden_key
from forthright.hard_media.services.going_to import (
    CarrierRefused,
    HiddenOnDisc,
    UnusedOnDisc,
    check_stays_hidden,
    hidden_to_decide,
    with_the_court,
)
from forthright.rules.media_hands import PARTIES, Receiver
from forthright.rules.words import list_words, uncapitalised


def unused_coming_to_court(carrier: Carrier, items: Sequence[MediaItem]) -> list[MediaItem]:
    """Return what is unused of what is said to be on a disc, and comes to the court by that."""
    if not with_the_court(carrier):
        return []
    return unused_to_decide(_new_on(carrier, items), ())


def check_unused_comes(
    carrier: Carrier, items: Sequence[MediaItem], decided: Collection[str] | None
) -> bool:
    """Refuse what is unused on a disc that the court has, where nobody decided that it is to.

    Return whether something unused comes to the court by that, as it was decided.

    :param decided: what was, by its key; None: all
    :raises UnusedOnDisc: with the recordings and how to decide
    """
    coming = unused_coming_to_court(carrier, items)
    if found := unused_to_decide(coming, decided):
        named = list_words([each.exhibit for each in found])
        raise UnusedOnDisc(
            f"{SINCE if decided else ''}{named} {'is' if len(found) == 1 else 'are'} "
            f"unused, and this disc or stick is with {with_the_court(carrier)}. What is disclosed "
            "as unused goes to the defence, and the court does not see it. Tick that the court is "
            "to have it, as where a judge asked to see it. If it is not, get it back, record that "
            "by “Hand it over” on the page of the disc or stick, and say then what is on it. If "
            "somebody else has it, record there who that is, and, where the name reads like the "
            "court, why it is not there."
        )
    return bool(coming)


def hidden_of(items: Sequence[MediaItem]) -> dict[str, list[str]]:
    """Return what the box is needed for where these are seen, with the keys of what it asks."""
    hiding = hiding_of(items)
    found: dict[str, list[str]] = {}  # two cases may have an exhibit of one name
    for each in items:
        if keys := [hidden_key(each, copy) for copy in hiding.get(each.pk, ())]:
            found.setdefault(each.exhibit, []).extend(keys)
    return found


def coming_to_a_party(carrier: Carrier, items: Sequence[MediaItem]) -> list[MediaItem]:
    """Return what is said to be on a disc and comes to a party by that.

    What is sensitive is not asked about: it must not be there whatever somebody decides, and the
    page of the disc says so.
    """
    if not _party_with(carrier):
        return []
    return [each for each in _new_on(carrier, items) if not each.is_sensitive]


def check_hidden_comes(
    carrier: Carrier, items: Sequence[MediaItem], decided: Collection[str] | None
) -> bool:
    """Refuse what a copy hides, or is to hide, on a disc that a party has, as where it goes there.

    Return whether something hidden comes to a party by that, as it was decided.

    :param decided: what was, see `hidden_key`; None: all
    :raises HiddenOnDisc: with the recordings, the copies and how to decide
    :raises CarrierRefused: if the party has a copy in which it is hidden
    """
    coming = coming_to_a_party(carrier, items)
    if not coming:
        return False
    last = hand_overs_that_stand([carrier.pk])[carrier.pk][-1]
    if last.to_kind in PARTIES:
        _check_stays_hidden(Receiver(last.to_kind), last.to_place, coming)
    if by := hidden_to_decide(coming, decided):
        raise HiddenOnDisc(
            f"{SINCE if decided else ''}This disc or stick is with {_party_with(carrier)}, and "
            f"would show there, as it came, what is hidden by a copy, or is to be: "
            f"{list_words(by)}. Tick that it may be seen there. If it may not, get it back, record "
            "that by “Hand it over” on the page of the disc or stick, and say then what is on it."
        )
    return bool(hidden_to_decide(coming, ()))


def _check_stays_hidden(kind: Receiver, name: str, coming: Sequence[MediaItem]) -> None:
    """Refuse what a party has a copy of in which it is hidden.

    :raises CarrierRefused: with what to do where it is with them all the same
    """
    try:
        check_stays_hidden(kind, name, coming)
    except CarrierRefused as refusal:
        raise CarrierRefused(
            f"{refusal} If it is with them, and must not be, report that within your office, get "
            "it back, record that by “Hand it over” on the page of the disc or stick, and say then "
            "what is on it."
        ) from refusal


def _party_with(carrier: Carrier) -> str:
    """Return with which party a disc is, or may be by its name, in words; else nothing."""
    last = next(reversed(hand_overs_that_stand([carrier.pk]).get(carrier.pk, [])), None)
    if last is not None and last.to_kind in PARTIES:
        return uncapitalised(Receiver(last.to_kind).words)
    return with_the_court(carrier)


def _new_on(carrier: Carrier, items: Sequence[MediaItem]) -> list[MediaItem]:
    there = set(carrier.carried.values_list("item", flat=True))
    return [each for each in items if each.pk not in there]
