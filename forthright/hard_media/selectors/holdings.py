"""What a party holds of the recordings of which it is given something, however it got it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Q

from forthright.hard_media.models import (
    Carrier,
    CutCopy,
    HandOver,
    MediaItem,
    Representation,
    SentFile,
    ShareContent,
    ShareRecord,
)
from forthright.hard_media.selectors.hand_overs import hand_overs_that_stand
from forthright.rules.firm_names import firm_key, firm_words, may_be_one_firm
from forthright.rules.hidden_parts import Covering, Part, Piece
from forthright.rules.media_states import CarrierState

# Seconds that a clip may begin earlier, or something be hidden from, than was asked for, where the
# copy does not say itself: from the picture on that was on the screen then.
UNKNOWN = 1.0


@dataclass(frozen=True, kw_only=True)
class Holder:
    """Who holds or gets something: a party of a case, by all that it may be known by.

    :param email: where a link goes to; whoever reads it is the same, whatever they are called
    """

    kind: str
    case_id: int
    firm: Representation | None = None
    email: str = ""


def piece_of_copy(copy: CutCopy) -> Piece:
    """Return what a copy shows of its file, and what it hides."""
    of = frozenset({copy.file.sha256})
    looked = copy.lineage.get("shown", {})
    hides = tuple(_part(*each) for each in copy.parts)
    # The picture that is on the screen when something is to be hidden is hidden from its beginning.
    snapped = [each for each in looked.get("hidden", []) if each["what"] != "mute"]
    seen = [each for each in hides if each.how is not Covering.MUTE]
    if snapped and len(snapped) == len(seen):
        snaps = dict(zip(seen, snapped, strict=True))
        hides = tuple(
            replace(each, start=min(each.start, snaps[each]["start"])) if each in snaps else each
            for each in hides
        )
    name = f"copy {copy.pk}"
    if copy.what != CutCopy.What.CLIP:
        return Piece(of, hides, name=name)
    if copy.of is not None:
        hides = piece_of_copy(copy.of).hides
    begins = looked.get("begins")
    start = min(copy.start, begins) if begins is not None else copy.start - UNKNOWN
    return Piece(of, hides, start=start, end=copy.end, name=name)


def _part(how: str, start: float, end: float, box: Sequence[float]) -> Part:
    return Part(Covering(how), start, end, *box)


def piece_of_whole(digests: Collection[str], exhibit: str) -> Piece:
    """Return a recording as it came, by the SHA-256 of its files."""
    return Piece(frozenset(digests), name=exhibit)


def pieces_given(contents: Iterable[ShareContent]) -> list[Piece]:
    """Return what is given, as pieces."""
    return [
        piece_of_copy(each.copy) if each.copy
        else piece_of_whole({each.file.sha256}, each.file.item.exhibit)
        for each in contents
    ]  # fmt: skip


def digests_of(item: MediaItem) -> set[str]:
    """Return the SHA-256 of every file that was ever kept of a recording."""
    return set(item.files.exclude(sha256="").values_list("sha256", flat=True))


def alike_to(items: Iterable[MediaItem]) -> list[MediaItem]:
    """Return some recordings and all of which a file is, byte for byte, one of theirs."""
    chosen = list(items)
    if not chosen:
        return []
    own = SentFile.objects.filter(item__in=chosen).exclude(sha256="").values("sha256")
    same = SentFile.objects.filter(sha256__in=own, area=chosen[0].area_id).values("item")
    return list(
        MediaItem.objects.filter(Q(pk__in=same) | Q(pk__in=[each.pk for each in chosen]))
    )  # fmt: skip


def held_by(holder: Holder, items: Sequence[MediaItem]) -> list[Piece]:
    """Return what stands with a party of some recordings: by a link, another way, or on a disc.

    :param items: those and all alike, see `alike_to`
    """
    shares = ShareRecord.objects.filter(item__in=items, revoked_at=None)
    shares = shares.filter(_as(holder, items))
    rows = shares.distinct().select_related("item", "representation")
    found = [
        replace(piece, holder=_other_firm(holder, each))
        for each in rows.prefetch_related("contents__copy__file", "contents__file__item")
        for piece in _pieces_of(each)
    ]
    handed = [each for each in items if discs_with(holder, each)]
    found += [piece_of_whole(digests_of(each), each.exhibit) for each in handed]
    # What they have themselves is named before what another firm has.
    return sorted(found, key=lambda piece: bool(piece.holder))


def _other_firm(holder: Holder, share: ShareRecord) -> str:
    """Return which other firm of the defendant was given something, or nothing."""
    firm, other = holder.firm, share.representation
    if firm is None or other is None or other.defendant_id != firm.defendant_id:
        return ""
    if other.pk == firm.pk or firm_key(other.firm) == firm_key(firm.firm):
        return ""
    # Rows follow each other in the order in which they were kept.
    return f"{other.firm}, who {'had the case before' if other.pk < firm.pk else 'has it since'}"


def held_by_whoever_is_named(kind: str, place: str, items: Sequence[MediaItem]) -> list[Piece]:
    """Return what stands of some recordings with whoever gets a disc, by what is written of them.

    :param items: those on the disc and all alike, see `alike_to`
    """
    shares = ShareRecord.objects.filter(item__in=items, revoked_at=None, party=kind)
    rows = shares.select_related("item", "representation__defendant")
    return [
        piece
        for each in rows.prefetch_related("contents__copy__file", "contents__file__item")
        if each.representation is None or is_named(each.representation, place, each.item)
        for piece in _pieces_of(each)
    ]


def _pieces_of(share: ShareRecord) -> list[Piece]:
    contents = list(share.contents.all())
    if contents:
        return pieces_given(contents)
    # What went another way, and of which no copies are known, was all of it.
    return [piece_of_whole(digests_of(share.item), share.item.exhibit)]


def _as(holder: Holder, items: Sequence[MediaItem]) -> Q:
    """Return which shares of recordings are of a party, or of whoever reads or works with it.

    A defendant's firms are one, and so are a firm, or an address, for two defendants.
    """
    firm = holder.firm
    if firm is not None:
        alike = Q(representation__in=firms_alike(firm, {each.case_id for each in items}))
    else:
        alike = Q(party=holder.kind, item__case=holder.case_id)
    if holder.email:
        alike |= Q(links__email__iexact=holder.email)
        alike |= Q(representation__email__iexact=holder.email)
    return alike


def firms_alike(firm: Representation, cases: Collection[int]) -> list[int]:
    """Return the firms of some cases that are a defendant's, or may be one with that firm.

    However either is written: "Hale L.L.P." for one defendant is "Hale LLP" for another.
    """
    rows = Representation.objects.filter(defendant__case__in=cases).values_list(
        "pk", "defendant", "firm", "email"
    )
    return [
        pk for pk, defendant, name, email in rows
        if defendant == firm.defendant_id
        or (name and firm.firm and may_be_one_firm(firm.firm, firm.email, name, email))
    ]  # fmt: skip


def discs_with(holder: Holder, item: MediaItem) -> list[Carrier]:
    """Return the discs with a recording that are with a party now, as far as anybody can tell."""
    discs = Carrier.objects.filter(carried__item=item).exclude(state=CarrierState.DESTROYED)
    return [each for each in discs.distinct() if with_since(holder, each, item)]


def with_since(holder: Holder, disc: Carrier, item: MediaItem) -> datetime | None:
    """Return since when, without a break, a disc is with a party, or None where it is not.

    Where it was recorded by mistake that it went elsewhere, it was with them all the while.
    """
    since = None
    for each in reversed(hand_overs_that_stand([disc.pk]).get(disc.pk, [])):
        if not _may_be(holder, each, item):
            break
        since = each.at
    return since


def _may_be(holder: Holder, last: HandOver, item: MediaItem) -> bool:
    if last.to_kind != holder.kind:
        return False
    if holder.firm is None:
        return item.case_id == holder.case_id
    return is_named(holder.firm, last.to_place, item)


def is_named(firm: Representation, place: str, item: MediaItem) -> bool:
    """Say whether what was written as the receiver of a disc may be a firm.

    It is not where it names another firm of the case, and not this one.
    """
    written = place.casefold()
    if f" {firm_key(firm.firm)} " in f" {' '.join(firm_words(place))} ":
        return True
    if item.case_id != firm.defendant.case_id:
        return False
    others = Representation.everything.filter(defendant__case=item.case_id, is_unrepresented=False)
    return not any(
        each.casefold() in written for each in others.values_list("firm", flat=True)
    )  # fmt: skip
