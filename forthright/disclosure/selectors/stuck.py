"""What is owed to the defence, or overdue, on schedules that cannot be used for now.

A new version may be back with the police, or wait to be looked through: nothing on it is endorsed
or served before, and what was decided of its items in the version before still holds.
"""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from forthright.disclosure.models import DisclosureDuty, Item
from forthright.disclosure.selectors.standings import Waiting, lists_waiting, standings_of
from forthright.rules.disclosure_duty import DutyState, ItemStanding, stuck_words
from forthright.web import clock

# A schedule that cannot be used for now, with how each of its items stands.
OnWaiting = tuple[Waiting, list[ItemStanding]]


def items_waiting(duty: DisclosureDuty, moment: datetime) -> list[OnWaiting]:
    """Return what the rules ask about each item of a duty whose schedule cannot be used then."""
    lists = lists_waiting(duty.case_id, moment)
    return [(waiting, _items_on(duty, waiting)) for waiting in lists]


def stuck_of(
    duty: DisclosureDuty, moment: datetime, held: Sequence[OnWaiting] | None = None
) -> list[tuple[str, Waiting]]:
    """Say what is owed or overdue, and can be neither served nor decided at that moment.

    Before a service the state of the duty says where its schedules are; of one that is closed
    nothing is served any more.

    :param held: what waits, where the caller has read it
    """
    if duty.served_at is None or duty.stands is DutyState.CLOSED:
        return []
    held = items_waiting(duty, moment) if held is None else held
    said = [(stuck_words(items, clock.day_of(moment)), waiting) for waiting, items in held]
    return [(words, waiting) for words, waiting in said if words]


def _items_on(duty: DisclosureDuty, waiting: Waiting) -> list[ItemStanding]:
    """Return the items of a schedule; what it writes otherwise stands as it did before."""
    items = waiting.schedule.items.order_by("place")
    found = {each.key: each for each in standings_of(duty, items)}
    before = _before(duty, items)
    for each in standings_of(duty, Item.objects.filter(pk__in=before)) if before else ():
        if each.is_owed or (each.has_override and not each.is_decided):
            found[before[each.key]] = each
    return list(found.values())


def _before(duty: DisclosureDuty, items: "QuerySet[Item]") -> dict[int, int]:
    """Return what was written of last of each thing that is in new words now, with the new thing.

    A thing of which something was written in these very words is not among them.
    """
    rows = items.values_list("pk", "root", "origin")
    lines = {origin or pk: root or pk for pk, root, origin in rows}
    written = Q(pk__in=duty.endorsements.values("item")) | Q(pk__in=duty.set_aside.values("item"))
    of_case = Item.objects.filter(written, schedule__delivery__case=duty.case_id).order_by("pk")
    last: dict[int, int] = {}
    things = set()
    for pk, origin in of_case.values_list("pk", "origin"):
        last[origin or pk] = pk
        things.add(pk)
    return {
        pk: lines[line] for line, pk in last.items() if line in lines and lines[line] not in things
    }
