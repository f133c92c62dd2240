"""Bags that left, what files are called in them, and what in them is to be asked for since."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import OuterRef, QuerySet, Subquery

from forthright.accounts.models import Area, User
from forthright.accounts.permissions import Permission
from forthright.hard_media.models import BagAnswer, Bagged, MediaItem, MediaStep, SentFile
from forthright.hard_media.selectors.hiding import hiding_of
from forthright.hard_media.selectors.history import TURNING, turns_of
from forthright.hard_media.selectors.registered import found, reached, visible
from forthright.hard_media.selectors.secrets import secret_among, secret_since
from forthright.media_files.names import fitting
from forthright.rules.media_history import for_nobody_since

SAME_AS_ANOTHER = "a file of it is, byte for byte, that of a recording found sensitive since"


@dataclass(frozen=True)
class ToAskFor:
    """A recording in a bag, and why whoever has the bag is to be asked for it."""

    bagged: Bagged
    why: str


def bags_to_ask_for(items: "Collection[int] | QuerySet[MediaItem]") -> list[ToAskFor]:
    """Return what of some recordings is in a bag that left, and is to be asked for.

    That is what was found since to be sensitive or not relevant, or was withdrawn, that of which a
    file is the same as one of a recording that was found sensitive since, and that of which a copy
    hides something since: the bag holds it as it came. What comes after an answer that settled it
    is asked for anew, since whoever may keep one thing is not told of the next.
    """
    said = BagAnswer.objects.filter(bagged=OuterRef("pk")).order_by("-at", "-pk")
    rows = Bagged.objects.filter(item__in=items).annotate(
        is_settled=Subquery(said.values("is_settled")[:1]), said_at=Subquery(said.values("at")[:1])
    )
    rows = rows.select_related("bag__by", "item__case", "item__area")
    rows = rows.prefetch_related("answers__by")
    every = list(rows.order_by("item__exhibit", "bag__at", "pk"))
    if not every:
        return []
    turns = turns_of({each.item_id for each in every}, events=TURNING)
    hiding = hiding_of({each.item for each in every})
    secret = _secret_in(every)
    asked = []
    for each in every:
        since = each.said_at + timedelta(microseconds=1) if each.is_settled else each.bag.at
        why = []
        if for_nobody_since(turns[each.item_id], since):
            why.append("it was found sensitive or not relevant since, or was withdrawn")
        elif secret_since(secret.get(each.pk, ()), each.item.area, since):
            why.append(SAME_AS_ANOTHER)
        if any(copy.asked_at >= since for copy in hiding.get(each.item_id, ())):
            why.append("a copy hides something of it since, or is to, and the bag shows that")
        if why:
            asked.append(ToAskFor(each, "; ".join(why)))
    return asked


def why_asked_for(bagged: Bagged) -> str:
    """Say why whoever has a bag is to be asked for one recording in it; nothing if they are not."""
    every = bags_to_ask_for([bagged.item_id])
    return next((each.why for each in every if each.bagged == bagged), "")


def reasons_stamp(bagged: Bagged) -> str:
    """Return a stamp of all that a recording in a bag may be asked for; none of it goes again."""
    turns = MediaStep.objects.filter(item=bagged.item_id, event__in=TURNING)
    hiding = hiding_of([bagged.item]).get(bagged.item_id, ())
    secret = _secret_in([bagged]).get(bagged.pk, ())
    return f"{turns.count()}.{len(hiding)}.{len(secret)}"


def _secret_in(every: Sequence[Bagged]) -> dict[int, set[str]]:
    """Return which SHA-256 in each bag are those of a secret, which it may be under another name.

    Of nearly every bag it is none, so that no more is asked of it.
    """
    held = digests_in_bags(every)
    by_area: defaultdict[Area, set[str]] = defaultdict(set)
    for each in every:
        by_area[each.item.area] |= held[each.pk]
    secret = {area: secret_among(digests, area) for area, digests in by_area.items()}
    found = {each.pk: held[each.pk] & secret[each.item.area] for each in every}
    return {pk: digests for pk, digests in found.items() if digests}


def digests_in_bags(every: Sequence[Bagged]) -> dict[int, set[str]]:
    """Return the SHA-256 of the files of a recording, and of what plays of them, by what is bagged.

    What stood for it when the bag was written is in it.
    """
    rows = SentFile.objects.filter(
        item__in={each.item_id for each in every}, state=SentFile.State.KEPT,
        viewed_at__isnull=False,
    )  # fmt: skip
    files: dict[int, list[SentFile]] = defaultdict(list)
    for file in rows.select_related("playing").prefetch_related("playing__parts"):
        files[file.item_id].append(file)
    return {
        each.pk: {
            digest
            for file in files[each.item_id]
            if _stood(file, each.bag.at)
            for digest in file.digests
        }
        for each in every
    }


def _stood(file: SentFile, at: datetime) -> bool:
    is_kept = file.kept_at is not None and file.kept_at <= at
    # Nobody exports what nobody has viewed.
    is_viewed = file.viewed_at is not None and file.viewed_at <= at
    return is_kept and is_viewed and (file.superseded_at is None or file.superseded_at >= at)


def items_in_bags_to_ask_for(user: User) -> list[MediaItem]:
    """Return the recordings that this person is to ask for of whoever has a bag."""
    mine = reached(user, Permission.MEDIA_RECORD, MediaItem.objects.all())
    items = {each.bagged.item_id: each.bagged.item for each in bags_to_ask_for(mine)}
    return sorted(items.values(), key=lambda each: (each.case.urn, each.exhibit))


def bagged_for(user: User, bagged_id: int) -> Bagged:
    """Return one recording in a bag.

    :raises Http404: if there is none, or none that this person may see
    """
    rows = Bagged.objects.filter(pk=bagged_id, item__in=visible(user, MediaItem.objects.all()))
    return found(rows.select_related("item__case", "bag"), "No such bag")


def bagged_of(item: MediaItem) -> "QuerySet[Bagged]":
    """Return each bag that a recording is in, with what was answered of it, the first first."""
    rows = Bagged.objects.filter(item=item).select_related("bag__by")
    return rows.prefetch_related("answers__by").order_by("bag__at", "pk")


def place_in_bag(file: SentFile, item: MediaItem) -> str:
    """Return where a file stands in the bag."""
    folder = re.sub(r"[^\w.-]+", "-", item.exhibit).strip(".-") or "exhibit"
    return f"{folder}-{item.pk}/{name_in_bag(file)}"


def name_in_bag(file: SentFile) -> str:
    """Return what a file is called in the bag: its number keeps two of one name apart.

    A name that is longer than a disk takes is cut; the custody has it whole. A "%" is written
    otherwise, since the commonest program that checks bags does not read it as RFC 8493 has it
    written (2.1.3).
    """
    return fitting(f"{file.pk}-{file.file_name}".replace("%", "_"))
