"""What is owed to the defence, asked about or overdue on schedules that cannot be used for now.

A new version may be back with the police, or wait to be looked through: nothing on it is endorsed
or served before, and what was decided of its items in the version before still holds.
"""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from forthright.disclosure.models import Delivery, DisclosureDuty, Item
from forthright.disclosure.selectors.standings import Waiting, lists_waiting, standings_of
from forthright.rules.disclosure_duty import DutyState, ItemStanding, stuck_words
from forthright.rules.words import day_words, moment_words
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
    """Say what is owed, asked about or overdue, and can be neither served nor decided then.

    Before a service the state of the duty says where its schedules are; of one that is closed
    nothing is served any more.

    :param held: what waits, where the caller has read it
    """
    if duty.served_at is None or duty.stands is DutyState.CLOSED:
        return []
    held = items_waiting(duty, moment) if held is None else held
    said = [(stuck_words(items, clock.day_of(moment)), waiting) for waiting, items in held]
    return [(words, waiting) for words, waiting in said if words]


def back_words(duty: DisclosureDuty, item_ids: Collection[int], moment: datetime) -> str:
    """Say that one of some items is on a schedule that is back with the police, and what to do.

    Nothing where none is: the same in other words is on it too.
    """
    back = [each for each in lists_waiting(duty.case_id, moment) if each.is_back]
    if not back:
        return ""
    rows = Item.objects.filter(schedule__delivery__case=duty.case_id)
    of_line = rows.annotate(line=Coalesce("origin", "pk"))
    lines = of_line.filter(pk__in=item_ids).values("line")
    on = set(of_line.filter(line__in=lines).values_list("schedule", flat=True))
    found = next((each for each in back if each.schedule.pk in on), None)
    went = found.delivery.police_return if found else None
    if found is None or not went:
        return ""
    words = (
        f"The {found.schedule.form} went back to {went.unit} {moment_words(went.sent_at)}, and "
        "nothing on it is endorsed"
    )
    came = Delivery.objects.filter(answers=went, state=Delivery.State.CHECKED).last()
    if came:
        return (
            f"{words} until what they sent in its place is adequate. They handed that in "
            f"{moment_words(came.checked_at)}: take it in, from the page of the duty."
        )
    waits = f"They are to answer by {day_words(went.answer_by)}: press them"
    if went.answered_at:
        waits = f"They answered {moment_words(went.answered_at)}: read what they say"
    return (
        f"{words} until what they send in its place is adequate, what they answer is accepted, or "
        f"the return is taken back. {waits}, or go on from that delivery, on the page of the duty."
    )


def _items_on(duty: DisclosureDuty, waiting: Waiting) -> list[ItemStanding]:
    """Return the items of a schedule; what it writes otherwise stands as it did before."""
    items = waiting.schedule.items.order_by("place")
    found = {each.key: each for each in standings_of(duty, items)}
    before = _before(duty, items)
    for each in standings_of(duty, Item.objects.filter(pk__in=before)) if before else ():
        if each.is_owed or (not each.is_decided and (each.code or each.has_override)):
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
