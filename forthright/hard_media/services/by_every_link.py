"""Takes back what a party was given, with every other link of theirs that opens the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.hard_media import policies
from forthright.hard_media.models import Carrier, MediaItem, Representation, ShareRecord
from forthright.hard_media.selectors.holdings import (
    alike_to,
    digests_of,
    piece_of_whole,
    pieces_given,
)
from forthright.hard_media.selectors.links import why_closed
from forthright.hard_media.selectors.went_on_discs import discs_given
from forthright.hard_media.services.giving import ShareRefused
from forthright.hard_media.services.sharing import Party, had_by, revoke_share
from forthright.rules.firm_names import may_be_one_firm
from forthright.rules.hidden_parts import Piece
from forthright.rules.words import date_words, day_of, list_words, uncapitalised
from forthright.rules.written import reason_in


@dataclass(frozen=True)
class Besides:
    """What else stands of the same recording with whoever something is taken back from.

    :param links: what opens the same by another link, to the same party, and goes with it
    :param others: what gives it, or some of it, otherwise: another way, with more, as a copy, for
        another defendant, or as another recording with the same file; links that open nothing any
        more are left out
    :param not_theirs: what another firm for the same defendant has, before it or since; it stays
    :param discs: which have it on them, or some of it, and are with whoever it is taken back from
    """

    links: tuple[ShareRecord, ...]
    others: tuple[ShareRecord, ...]
    not_theirs: tuple[ShareRecord, ...] = ()
    discs: tuple[Carrier, ...] = ()


def besides(share: ShareRecord, today: date) -> Besides:
    """Return what gives a party the same as a share that is to be taken back, or some of it."""
    address = share.links.filter(replaced_at=None).order_by("-pk").first()
    firm = share.representation
    party = Party(
        kind=share.party, representation=firm, counsel=share.counsel,
        email=address.email if address and firm is None else "",
    )  # fmt: skip
    given, shown = _what(share), _pieces(share)
    alike = _with_the_same_file(share)
    had = [each for item in alike for each in had_by(party, item)]
    links, others = [], []
    for each in had:
        if each.pk == share.pk or not _show_some(_pieces(each), shown):
            continue
        is_link = each.way == ShareRecord.Way.LINK
        is_same = each.item_id == share.item_id and _what(each) <= given
        if is_link and is_same and each.representation_id == share.representation_id:
            links.append(each)
        elif not is_link or not all(why_closed(one, today) for one in each.links.all()):
            others.append(each)
    other_firms = [each for each in others if _is_another_firm(each, firm)]
    theirs = [each for each in others if each not in other_firms]
    discs = {
        disc.pk: disc
        for item in alike
        if item.pk == share.item_id or _show_some([_whole(item)], shown)
        for disc in discs_given(share, item)
    }
    return Besides(tuple(links), tuple(theirs), tuple(other_firms), tuple(discs.values()))


def _is_another_firm(share: ShareRecord, firm: Representation | None) -> bool:
    """Say whether a share is with a firm that nobody would take for that firm."""
    other = share.representation
    if firm is None or other is None:
        return False
    is_one_address = bool(firm.email) and firm.email.casefold() == other.email.casefold()
    return not is_one_address and not may_be_one_firm(
        firm.firm, firm.email, other.firm, other.email
    )


def _with_the_same_file(share: ShareRecord) -> list[MediaItem]:
    """Return the recording of a share, and those of its unit that hold a file of it byte for byte.

    The court, counsel and the police are others in another case.
    """
    return [
        each
        for each in alike_to([share.item])
        if each.unit_id == share.item.unit_id
        and (share.representation_id is not None or each.case_id == share.item.case_id)
    ]


def _pieces(share: ShareRecord) -> list[Piece]:
    """Return what a share gives as pieces; what went another way was the whole."""
    contents = share.contents.select_related("copy__file", "copy__of__file", "file__item")
    return pieces_given(contents) or [_whole(share.item)]


def _whole(item: MediaItem) -> Piece:
    return piece_of_whole(digests_of(item), item.exhibit)


def _show_some(pieces: Sequence[Piece], shown: Sequence[Piece]) -> bool:
    """Say whether some pieces show some seconds of what others show."""
    return any(
        one.of & other.of and max(one.start, other.start) < min(one.end, other.end)
        for one in pieces
        for other in shown
    )


def _what(share: ShareRecord) -> set[int | None]:
    """Return what a share gives: None for the recording as it came, and each copy."""
    return {each.copy_id for each in share.contents.all()} or {None}


@transaction.atomic
def take_back(
    share: ShareRecord, *, reason: str, by: User | None, at: datetime, is_alone: bool = False
) -> Sequence[ShareRecord]:
    """Record that a share was taken back, and close every other link that opens the same.

    :param is_alone: somebody says that the other links stay open
    :returns: what was taken back with it
    :raises NotAllowed: if the recording is another unit's
    :raises ShareRefused: if it was taken back before, or nobody says why
    """
    policies.check_can_record(by, share.item)
    MediaItem.objects.select_for_update().get(pk=share.item_id)
    if not reason_in(reason):
        raise ShareRefused("Say why it is taken back.")
    found = () if is_alone else besides(share, day_of(at)).links
    for each in (share, *found):
        revoke_share(each, reason=reason, by=by, at=at)
    return found


def named(shares: Sequence[ShareRecord], taken: ShareRecord) -> str:
    """Say of some shares what each is, and since when, beside one that is taken back."""
    return list_words([_named(each, taken) for each in shares])


def _named(share: ShareRecord, taken: ShareRecord) -> str:
    ends = share.link_expires_on
    until = f", which ends on {date_words(ends)}" if ends else ""
    way = "a link" if share.way == ShareRecord.Way.LINK else share.get_way_display()
    return f"{way} of {date_words(share.shared_on)}{until} ({share.to_in_full}{_as(share, taken)})"


def _as(share: ShareRecord, taken: ShareRecord) -> str:
    """Say as which other recording, or in which other copies, a share gives what is taken back."""
    said = ""
    if share.item_id != taken.item_id:
        of = "" if share.item.case_id == taken.item.case_id else f" of {share.item.case}"
        said = f", as {share.item.exhibit}{of}"
    own = _what(taken)
    copies = [each.copy for each in share.contents.all() if each.copy and each.copy_id not in own]
    if copies:
        said += f": {list_words([uncapitalised(str(each)) for each in copies])}"
    return said
