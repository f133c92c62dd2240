"""What was taken back, and may be with a party all the same, until somebody has asked for it."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.db.models import (
    Case,
    Exists,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
    prefetch_related_objects,
)

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.hard_media.models import (
    AskedBack,
    Carried,
    HandOver,
    MediaItem,
    MediaStep,
    ShareLink,
    ShareReceipt,
    ShareRecord,
)
from forthright.hard_media.selectors.bags import bags_to_ask_for
from forthright.hard_media.selectors.firm_mistakes import HAD, Given, given_of
from forthright.hard_media.selectors.history import TURNING, turns_of
from forthright.hard_media.selectors.ladder import words_of
from forthright.hard_media.selectors.registered import reached
from forthright.hard_media.selectors.went_on_discs import discs_given, given_since
from forthright.rules.media_history import for_nobody_since
from forthright.rules.media_states import GOT_BACK_BY_NOBODY, WAITED_FOR, MediaEvent
from forthright.rules.words import list_words

HAVE_IT = "What they took out, or got another way, they have all the same: ask them for it."


Gives = set[tuple[int, int | None] | None]


def what_it_gives(share: ShareRecord) -> Gives:
    """Return what a share gives: each file, with its copy in place of it, and None for the whole.

    What went another way, and of which no contents are known, was the whole.
    """
    given = {(each.file_id, each.copy_id) for each in share.contents.all()}
    return {*given, None} if all(copy is None for _, copy in given) else set(given)


def to_ask_for(items: Collection[int]) -> tuple[Given, ...]:
    """Return what was taken back of some recordings and was had, and is not settled yet.

    Had is what was opened or taken out of a link, and all that went another way, of which nobody
    here sees what became; so is what a disc gives that was with the party when it was taken back,
    and is with it still. What the same address has by another link all the same is not asked for,
    and neither is the copy from before a recording was asked for again, unless that was found since
    to be sensitive or not relevant, or was withdrawn: then nobody was to have the copy before.
    """
    keys = [each.pk for each in _had_all_the_same(items)]
    if not keys:
        return ()
    rows = ShareRecord.objects.filter(pk__in=keys).select_related(
        "representation__defendant", "item"
    )
    rows = rows.prefetch_related("asked_back__by")
    return tuple(
        replace(
            each,
            discs=tuple(discs_given(each.share, each.share.item)),
            answers=tuple(each.share.asked_back.all()),
        )
        for each in given_of(rows)
    )


def _had_all_the_same(items: "Collection[int] | QuerySet[MediaItem]") -> list[ShareRecord]:
    had = ShareReceipt.objects.filter(share=OuterRef("pk"), what__in=HAD)
    asked = MediaStep.objects.filter(item=OuterRef("item"), event=MediaEvent.REQUEST)
    again = asked.filter(at=OuterRef("revoked_at")).exclude(before__in=WAITED_FOR)
    # Who reads an address of somebody else is asked, whatever goes there since.
    astray = ShareLink.objects.filter(shares=OuterRef("pk"), wrong_at__isnull=False)
    is_had = Q(opened_on__isnull=False) | ~Q(way=ShareRecord.Way.LINK) | Exists(had)
    said = AskedBack.objects.filter(share=OuterRef("pk")).order_by("-at", "-pk")
    rows = ShareRecord.objects.filter(item__in=items, revoked_at__isnull=False)
    rows = rows.annotate(is_settled=Subquery(said.values("is_settled")[:1]))
    rows = rows.filter(Q(is_settled=None) | Q(is_settled=False))
    rows = rows.filter(is_had | Exists(_on_disc()))
    rows = rows.annotate(
        is_astray=Exists(astray), is_before=Exists(again),
        was_had=Case(When(is_had, then=True), default=False),
        disc_is_theirs=Exists(_by_another_share()),
    )  # fmt: skip
    back: list[Any] = list(rows.select_related("item__case", "representation__defendant"))
    before = {each.item_id for each in back if each.is_before}
    turns = turns_of(before, events=TURNING) if before else {}
    back = [
        each
        for each in back
        if not each.is_before or for_nobody_since(turns[each.item_id], each.revoked_at)
    ]
    # Discs are asked about last: each by itself, and of few.
    back = [
        each for each in back if each.was_had or (not each.disc_is_theirs and _has_a_disc(each))
    ]
    if not back:
        return []
    links = ShareLink.objects.filter(notified_at__isnull=False)
    stands = links.filter(replaced_at=None, guessed_at=None, wrong_at=None)
    standing = ShareRecord.objects.filter(
        item__in={each.item_id for each in back}, revoked_at=None
    ).prefetch_related(Prefetch("links", stands, to_attr="gone"))
    with_links: list[Any] = list(standing)
    prefetch_related_objects(back, Prefetch("links", links, to_attr="gone"))
    prefetch_related_objects([*back, *with_links], "contents")
    theirs: defaultdict[tuple[int, str, str], Gives] = defaultdict(set)
    for share in with_links:
        for address in _addresses(share):
            theirs[address] |= what_it_gives(share)
    return [each for each in back if each.is_astray or not _have_it_still(each, theirs)]


def _on_disc() -> "QuerySet[Carried]":
    """Return on which discs the recording of a share is that went last to a party of its kind."""
    last = HandOver.objects.filter(carrier=OuterRef("carrier")).order_by("-at", "-pk")
    rows = Carried.objects.filter(item=OuterRef("item")).exclude(
        carrier__state__in=GOT_BACK_BY_NOBODY
    )
    kinds = rows.annotate(is_with=Subquery(last.values("to_kind")[:1]))
    return kinds.filter(is_with=OuterRef("party"))


def _has_a_disc(share: ShareRecord) -> bool:
    """Say whether a disc was with a party when its share was taken back, and is with it still."""
    return any(
        (since := given_since(share, each)) and share.revoked_at and since <= share.revoked_at
        for each in discs_given(share, share.item)
    )


def _by_another_share() -> "QuerySet[ShareRecord]":
    """Return by what the court, or a firm, has a recording all the same; counsel may be others."""
    rows = ShareRecord.objects.filter(
        item=OuterRef("item"), party=OuterRef("party"), revoked_at=None
    ).exclude(party=ShareRecord.Party.COUNSEL)
    firm = Q(representation=OuterRef("representation"))
    return rows.filter(firm | Q(representation=None))


def _addresses(share: Any) -> set[tuple[int, str, str]]:
    return {(share.item_id, share.party, each.email.casefold()) for each in share.gone}


def _have_it_still(
    share: ShareRecord, theirs: Mapping[tuple[int, str, str], Gives]
) -> bool:  # fmt: skip
    """Say whether whoever had it has it rightly by another link: to each address that it went to.

    That the party has it at another address, or another way, tells nothing of who had this: the
    first address may have been a stranger's, and so may the mail that went another way.
    """
    went_to = _addresses(share)
    return bool(went_to) and all(_is_among(share, theirs.get(each, set())) for each in went_to)


def _is_among(share: ShareRecord, stands: Gives) -> bool:
    return None in stands or what_it_gives(share) <= stands


def ask_words(item: MediaItem) -> str:
    """Say of a recording whom to ask for what they have of it; nothing where there is nobody."""
    whom = list(dict.fromkeys(words_of(each.share) for each in to_ask_for([item.pk])))
    if bags_to_ask_for([item.pk]):
        whom.append("whoever has the bag that it is in")
    if not whom:
        return ""
    return f"Ask {list_words(whom)} to delete or return what they have: see below."


def items_to_ask_for(user: User) -> Sequence[MediaItem]:
    """Return the recordings of which this person is to ask for what was taken back."""
    mine = reached(user, Permission.MEDIA_RECORD, MediaItem.objects.all())
    found = {each.item_id: each.item for each in _had_all_the_same(mine)}
    return sorted(found.values(), key=lambda each: (each.case.urn, each.exhibit))
