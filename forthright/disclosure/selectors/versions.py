"""What a delivery changes in its case: what it answers, what is written anew, and what leaves."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from forthright.disclosure.models import Delivery, DisclosureDuty, Item, Schedule
from forthright.disclosure.selectors.schedules import live_schedules, read_again
from forthright.disclosure.selectors.served import served_things
from forthright.disclosure.selectors.standings import LISTING, newest_endorsements
from forthright.rules.endorsements import WAITING
from forthright.rules.schedules.comparing import (
    Comparison,
    as_said,
    compare_schedules,
    without_copies,
    written_alike,
)
from forthright.rules.schedules.schedule import ScheduleItem

# What a decision is a decision on. Where a thing is kept is none of it: the test asks what it says.
DECIDED_ON = ("description", "sensitive_reason")


@dataclass(frozen=True, slots=True)
class Versions:
    """The schedules of a delivery beside those that stand, form by form.

    `came` are the schedules that stand once it is taken in; one that another gives again whole is
    not among them.
    """

    came: tuple[Schedule, ...]
    changes: tuple[Comparison, ...]
    _items: dict[tuple[int, int], Item]

    def item(self, read: ScheduleItem) -> Item:
        """Return the kept item behind one that was read again."""
        return self._items[int(read.place.sheet), read.place.row or 0]

    @property
    def leaving(self) -> list[Item]:
        """Return the items that stand on no schedule any more once the delivery is taken in."""
        return [
            self.item(read)
            for change in self.changes
            if change.form.value in LISTING
            for read in change.withdrawn
        ]

    @property
    def answered(self) -> list[int]:
        """Return the schedules that the delivery is a new version of."""
        return [int(each.place.sheet) for change in self.changes for each in change.answered]


def versions_of(delivery: Delivery) -> Versions:
    """Compare a delivery that was not taken in with what stands in its case."""
    came = list(delivery.schedules.order_by("pk").prefetch_related("items"))
    forms = {each.form for each in came}
    live = [each for each in live_schedules(delivery.case_id) if each.form in forms]
    items = {
        (schedule.pk, item.place): item
        for schedule in (*live, *came)
        for item in schedule.items.all()
    }
    for schedule in (*live, *came):
        for item in schedule.items.all():
            item.schedule = schedule
    read = {each.pk: read_again(each) for each in (*live, *came)}
    new = without_copies([read[each.pk] for each in came])
    kept = {int(each.place.sheet) for each in new}
    return Versions(
        came=tuple(each for each in came if each.pk in kept),
        changes=compare_schedules([read[each.pk] for each in live], new),
        _items=items,
    )


def left_unsaid(duty: DisclosureDuty) -> list[Item]:
    """Return what left the schedules before this defendant's duty was decided on it, unexplained.

    Nothing leaves so any more: this is what left before a reason was asked.
    """
    gone = list(_left(duty.case_id).filter(left=None).select_related("schedule").order_by("pk"))
    if not gone:
        return []
    listed = Item.objects.filter(
        schedule__delivery__case=duty.case_id, schedule__is_live=True, schedule__form__in=LISTING
    ).select_related("schedule")
    here = {_row(item) for item in listed}
    newest, served = newest_endorsements(duty), served_things(duty)
    return [
        item
        for item in gone
        if _row(item) not in here
        and item.thing_id not in served
        and (item.thing_id not in newest or newest[item.thing_id].code in WAITING)
    ]


def names_left(duty: DisclosureDuty) -> list[str]:
    """Say what left undecided and unexplained; a sensitive item is counted and not named."""
    return [
        "a sensitive item" if item.schedule.is_sensitive else name
        for item, name in _named(left_unsaid(duty))
    ]


def names_of(items: Iterable[Item]) -> list[str]:
    """Say which items some are, each by its form and number."""
    return [name for _, name in _named(items)]


def _named(items: Iterable[Item]) -> list[tuple[Item, str]]:
    return [(item, f"{item.schedule.form} {item}") for item in items]


def _left(case_id: int) -> "QuerySet[Item]":
    """Return the items that stood in a case and have no place in a later version."""
    return Item.objects.filter(
        schedule__delivery__case=case_id, schedule__is_live=False, schedule__form__in=LISTING,
        schedule__delivery__received_at__isnull=False, after=None,
    )  # fmt: skip


def _row(item: Item) -> tuple[str, ...]:
    words = (as_said(getattr(item, name)) for name in DECIDED_ON)
    return (item.schedule.form, str(item.number), *words)


def is_the_same(was: Item, item: Item) -> bool:
    """Say whether a decision on the one is a decision on the other."""
    return all(written_alike(getattr(was, name), getattr(item, name)) for name in DECIDED_ON)


def words_before(joined: Collection[tuple[Item, Item]]) -> dict[int, Item]:
    """Return for each item, by its id, in which words of before it stands again, if it does.

    Words that were there before are what they were then, whatever stood between.

    :param joined: what each item was in the version before, and the item
    """
    earlier = _wordings_of({was.line_id for was, item in joined if not is_the_same(was, item)})
    found = {}
    for was, item in joined:
        alike = (each for each in (was, *earlier.get(was.line_id, ())) if is_the_same(each, item))
        if (same := next(alike, None)) is not None:
            found[item.pk] = same
    return found


def _wordings_of(lines: Collection[int]) -> dict[int, list[Item]]:
    """Return in which words each item of some lines ever stood, the last first."""
    found: dict[int, list[Item]] = {line: [] for line in lines}
    rows = Item.objects.filter(Q(pk__in=lines) | Q(origin__in=lines), root=None)
    for each in rows.order_by("-pk"):
        found[each.line_id].append(each)
    return found
