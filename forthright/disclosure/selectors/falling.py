"""What of the decisions of a case falls away once a delivery is taken in, said before it is."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from forthright.disclosure.models import Delivery, DisclosureDuty, Endorsement, Item, SetAside
from forthright.disclosure.selectors.hidden import hidden_of
from forthright.disclosure.selectors.served import Served, served_in
from forthright.disclosure.selectors.standings import LISTING, newest_endorsements
from forthright.disclosure.selectors.versions import (
    Versions,
    is_the_same,
    names_of,
    words_before,
)
from forthright.rules.endorsements import Beside
from forthright.rules.words import day_words

Pair = tuple[Item, Item]


@dataclass(frozen=True, slots=True, kw_only=True)
class Falls:
    """What a delivery changes of what was decided for one defendant, each item by its name."""

    duty: DisclosureDuty
    # What is decided anew because its words changed, each with what was decided of it.
    anew: list[str]
    # What the defence has already of these; that stays so.
    with_defence: list[str]
    # What stands again in words of before, with what was decided of it then.
    again: list[str]
    # What is kept elsewhere alone, so that what was decided of it stays.
    stays: list[str]


def falls_by(
    delivery: Delivery, found: Versions | None, duties: Iterable[DisclosureDuty],
    *, with_sensitive: bool,
) -> list[Falls]:  # fmt: skip
    """Return what falls away for each of some duties of the case, and what stays.

    What was decided of an item whose words a person may not read is not said.

    :param found: what the delivery would change; None of one that was taken in
    """
    pairs = _pairs(found) if found else []
    if not pairs:
        return []
    hidden: set[int] = set()
    if not with_sensitive:
        both = [item for pair in pairs for item in pair]
        hidden = {item.pk for item in hidden_of(delivery.case_id, both)}
    before = words_before(pairs)
    said = [_of_duty(duty, pairs, hidden, before) for duty in duties]
    return [each for each in said if each.anew or each.with_defence or each.again or each.stays]


def _pairs(found: Versions) -> list[Pair]:
    """Return the listed items that are written otherwise, or kept elsewhere."""
    kept = [
        (found.item(pair.before), found.item(pair.after))
        for change in found.changes
        if change.form.value in LISTING
        for pair in change.kept
    ]
    return [
        (was, item)
        for was, item in kept
        if not is_the_same(was, item) or was.location.split() != item.location.split()
    ]


def _of_duty(
    duty: DisclosureDuty, pairs: Collection[Pair], hidden: Collection[int],
    before: Mapping[int, Item],
) -> Falls:  # fmt: skip
    newest = newest_endorsements(duty)
    aside = {each.item_id: each for each in duty.set_aside.select_related("made_by")}
    served = served_in(duty)
    falls = Falls(duty=duty, anew=[], with_defence=[], again=[], stays=[])
    for was, item in pairs:
        [name] = names_of([item])
        made, kept = newest.get(was.thing_id), aside.get(was.thing_id)
        if is_the_same(was, item):
            if made or kept:
                falls.stays.append(name)
            continue
        is_hidden = bool({was.pk, item.pk} & set(hidden))
        then = before[item.pk].thing_id if item.pk in before else 0
        again = _said(newest.get(then), aside.get(then), is_served=then in served.things)
        if again:
            falls.again.append(name if is_hidden else f"{name} ({again})")
        if then not in served.things and _is_with_them(served, was, made):
            falls.with_defence.append(name)
        if (made or kept) and not again:
            falls.anew.append(name if is_hidden else f"{name} ({_said(made, kept)})")
    return falls


def _is_with_them(served: Served, was: Item, made: Endorsement | None) -> bool:
    beside = served.beside(was.thing_id, was.line_id, made.since_served if made else None)
    return was.line_id in served.lines and beside is not Beside.OTHER


def _said(made: Endorsement | None, aside: SetAside | None, *, is_served: bool = False) -> str:
    said = []
    if made is not None:
        said.append(f"{made.code} by {made.made_by}" if made.made_by else made.code)
    if aside is not None:
        by = f" by {aside.made_by}" if aside.made_by else ""
        said.append(f"set aside{by} until {day_words(aside.decide_by)}")
    return "; ".join(filter(None, (", ".join(said), "served so" if is_served else "")))
