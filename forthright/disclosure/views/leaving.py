"""What pages show of items that leave the schedules, and of items that are written otherwise."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from forthright.disclosure.forms.endorsing import numbers_in
from forthright.disclosure.models import Delivery, DisclosureDuty, Item, LeftItem
from forthright.disclosure.selectors.hidden import hidden_of
from forthright.disclosure.selectors.versions import Versions, left_unsaid, names_of
from forthright.rules.schedules.comparing import COMPARED

# Of a version in which more is written otherwise, the rest is read on the schedules.
MOST_REWRITTEN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """One item that leaves: how a person finds it, and its words where they may read them."""

    pk: int
    named: str
    words: str
    is_hidden: bool
    is_ticked: bool = False
    reason: str = ""
    who: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewritten:
    """One thing of an item that is written otherwise than in the version before."""

    named: str
    words: str
    before: str
    after: str
    is_hidden: bool


def leaving_shown(
    delivery: Delivery, found: Versions | None, posted: QueryDict, *, with_sensitive: bool
) -> list[Leaving]:
    """Return what would stand on no schedule any more if a checked delivery were taken in.

    :param found: what it would change; None of one that was taken in
    """
    items = found.leaving if found else []
    return _leaving(delivery.case_id, items, posted, with_sensitive=with_sensitive)


def left_shown(duty: DisclosureDuty, posted: QueryDict, *, with_sensitive: bool) -> list[Leaving]:
    """Return what left undecided before a reason was asked."""
    return _leaving(duty.case_id, left_unsaid(duty), posted, with_sensitive=with_sensitive)


def left_by(delivery: Delivery, *, with_sensitive: bool) -> list[Leaving]:
    """Return what left by a delivery that was taken in, and why."""
    rows = LeftItem.objects.filter(delivery=delivery).order_by("pk")
    left = list(rows.select_related("item__schedule", "made_by"))
    return [
        Leaving(
            pk=each.item_id, named=name, words=_words(each.item) if with_sensitive else "",
            is_hidden=not with_sensitive, reason=each.reason if with_sensitive else "",
            who=str(each.made_by or ""), at=each.made_at,
        )
        for each, name in zip(left, names_of(each.item for each in left), strict=True)
    ]  # fmt: skip


def rewritten_in(
    delivery: Delivery, found: Versions | None, *, with_sensitive: bool
) -> list[Rewritten]:  # fmt: skip
    """Return what a delivery writes otherwise, each in the words before and now.

    Words that a person may not read in both versions are shown in neither.

    :param found: what it would change; None of one that was taken in
    """
    pairs = [pair for pair in _pairs(delivery, found) if _changed(*pair)][:MOST_REWRITTEN]
    hidden: set[int] = set()
    if not with_sensitive:
        both = [item for pair in pairs for item in pair]
        hidden = {item.pk for item in hidden_of(delivery.case_id, both)}
    shown = []
    for was, item in pairs:
        is_hidden = bool({was.pk, item.pk} & hidden)
        [named] = names_of([item])
        if was.number != item.number:
            named += f" (was {was})"
        if is_hidden:
            shown.append(Rewritten(named=named, words="", before="", after="", is_hidden=True))
            continue
        shown += [
            Rewritten(
                named=named, words=COMPARED[name], before=getattr(was, name),
                after=getattr(item, name), is_hidden=False,
            )
            for name in _changed(was, item)
        ]  # fmt: skip
    return shown


def _pairs(delivery: Delivery, found: Versions | None) -> Iterable[tuple[Item, Item]]:
    if found:
        kept = (pair for change in found.changes for pair in change.kept)
        return [(found.item(pair.before), found.item(pair.after)) for pair in kept]
    rows = Item.objects.filter(schedule__delivery=delivery, before__isnull=False)
    rows = rows.select_related("schedule", "before__schedule").order_by("schedule", "place")
    return [(item.before, item) for item in rows if item.before is not None]


def _changed(was: Item, item: Item) -> list[str]:
    """Return the names of what is written otherwise; how it is endorsed is none of an item's."""
    kept = (name for name in COMPARED if hasattr(item, name))
    return [name for name in kept if getattr(was, name).split() != getattr(item, name).split()]


def _leaving(
    case_id: int, items: Collection[Item], posted: QueryDict, *, with_sensitive: bool
) -> list[Leaving]:
    if not items:
        return []
    ticked = numbers_in(posted, "left")
    hidden = set() if with_sensitive else {item.pk for item in hidden_of(case_id, items)}
    return [
        Leaving(
            pk=item.pk, named=name, words="" if item.pk in hidden else _words(item),
            is_hidden=item.pk in hidden, is_ticked=item.pk in ticked,
        )
        for item, name in zip(items, names_of(items), strict=True)
    ]  # fmt: skip


def _words(item: Item) -> str:
    return item.description or item.undermines or "without a description"
