"""What was decided of an item before it was written otherwise: nothing of that is hidden."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from forthright.disclosure.models import (
    DisclosureDuty,
    Endorsement,
    Item,
    ServedItem,
    SetAside,
)
from forthright.disclosure.selectors.served import served_in
from forthright.disclosure.selectors.standings import Line, history_of, newest_endorsements
from forthright.rules.words import moment_words


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """One wording of an item that another took the place of, and what came of it for one duty."""

    item: Item
    came_at: datetime | None
    decided: list[Endorsement]
    set_aside: SetAside | None
    # On which days it was served in these words.
    served_on: list[date]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptBefore:
    """Where an item was kept by a version that another took the place of."""

    item: Item
    came_at: datetime | None


def earlier_of(duty: DisclosureDuty, item: Item) -> list[Earlier]:
    """Return the wordings of an item before this one, the last of them first."""
    found: list[Earlier] = []
    seen = {item.thing_id}
    for each in _versions_before(item):
        if (thing := each.thing_id) in seen:
            continue
        seen.add(thing)
        went = ServedItem.objects.filter(serving__duty=duty, item=thing).order_by("pk")
        found.append(
            Earlier(
                item=each,
                came_at=_came_at(each),
                decided=list(history_of(duty, each)),
                set_aside=duty.set_aside.filter(item=thing).select_related("made_by").first(),
                served_on=list(went.values_list("serving__served_on", flat=True)),
            )
        )
    return found


def kept_before(item: Item) -> list[KeptBefore]:
    """Return where an item was kept before, the last place first."""
    found: list[KeptBefore] = []
    place = item.location
    for each in _versions_before(item):
        if each.location.split() != place.split():
            found.append(KeptBefore(item=each, came_at=_came_at(each)))
        place = each.location
    return found


def _versions_before(item: Item) -> Iterator[Item]:
    versions = Item.objects.select_related("schedule__delivery")
    before = item.before_id
    while before is not None:
        each = versions.get(pk=before)
        yield each
        before = each.before_id


def _came_at(item: Item) -> datetime | None:
    return item.schedule.delivery.received_at


def decided_before(duty: DisclosureDuty, lines: Collection[Line]) -> dict[int, str]:
    """Say of each undecided item what was decided of it before it was written otherwise.

    By the id of the item; nothing of one of which nothing was decided.
    """
    open_lines = [line for line in lines if line.endorsement is None and line.item.origin_id]
    if not open_lines:
        return {}
    before = things_before(duty.case_id)
    went = served_in(duty).things
    newest = newest_endorsements(duty)
    aside = {each.item_id: each for each in duty.set_aside.select_related("made_by")}
    found = {}
    for line in open_lines:
        thing = before.get(line.item.thing_id)
        while thing is not None and thing not in newest and thing not in aside:
            thing = before.get(thing)
        if thing is not None:
            said = _said(newest.get(thing), aside.get(thing))
            served = " It was served so." if thing in went else ""
            found[line.item.pk] = f"Before it was written otherwise: {said}.{served}"
    return found


def things_before(case_id: int) -> dict[int, int]:
    """Return which thing each thing of a case was before it was written otherwise."""
    rows = Item.objects.filter(
        schedule__delivery__case=case_id, root=None, before__isnull=False
    ).values_list("pk", "before", "before__root")
    return {pk: root or before for pk, before, root in rows if before is not None}


def _said(made: Endorsement | None, aside: SetAside | None) -> str:
    said = []
    if made is not None:
        reason = f", {made.reason.rstrip('. ')}" if made.reason else ""
        said.append(f"{made.code}{reason}{_by(made)}")
    if aside is not None and (made is None or aside.made_at > made.made_at):
        said.append(f"set aside{_by(aside)}")
    return "; ".join(said)


def _by(made: Endorsement | SetAside) -> str:
    by = f", by {made.made_by}" if made.made_by else ""
    return f"{by}, {moment_words(made.made_at)}"
