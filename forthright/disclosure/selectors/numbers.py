"""Under which number the defence knows an item: by the schedule that it holds, not by today's."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from forthright.disclosure.models import DisclosureDuty, Item, Serving
from forthright.disclosure.selectors.hidden import OPEN_FORMS
from forthright.disclosure.selectors.standings import Line, lists_then
from forthright.rules.words import day_words


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesHeld:
    """How things are named to the defence, each by its id."""

    today: dict[int, str]
    # By the schedule with which each was first served, and on which day that was.
    served: dict[int, tuple[str, date]]
    # By the schedule that was served last; no day where none was.
    last: dict[int, str]
    last_on: date | None

    def of(self, thing: Item) -> str:
        """Return the name of a thing by the schedule that the defence holds, and today's beside."""
        today = self.today.get(thing.pk, "")
        if thing.pk in self.served:
            name, _ = self.served[thing.pk]
            return name if today in {"", name} else f"{name} (now {_bare(today)})"
        today = today or _name(thing)
        before = self.last.get(thing.pk, today)
        if before == today or self.last_on is None:
            return today
        return f"{today} ({_bare(before)} on the schedule served on {day_words(self.last_on)})"

    def when(self, thing: Item) -> str:
        """Say when a thing was served; nothing where it was not."""
        return f"served on {day_words(self.served[thing.pk][1])}" if thing.pk in self.served else ""


def names_held(duty: DisclosureDuty, lines: Collection[Line]) -> NamesHeld:
    """Return how the things of a duty are named to the defence.

    :param lines: its items as they stand
    """
    served: dict[int, tuple[str, date]] = {}
    of_line: dict[int, tuple[str, date]] = {}
    last: dict[int, str] = {}
    last_on = None
    for serving in duty.servings.prefetch_related("items__item__schedule"):
        last_on = serving.served_on
        last = {item.thing_id: _name(item) for item in _listed(duty, serving.served_at)}
        for each in serving.items.all():
            named = last.get(each.item_id, _name(each.item))
            served.setdefault(each.item_id, (named, serving.served_on))
            of_line[each.item.line_id] = named, serving.served_on
    for line in lines:
        # What the defence has in other words it knows by the name that it had in those.
        if line.is_served and line.item.line_id in of_line:
            served.setdefault(line.item.thing_id, of_line[line.item.line_id])
    return NamesHeld(
        today={
            line.item.thing_id: line.standing.named for line in lines if line.form in OPEN_FORMS
        },
        served=served, last=last, last_on=last_on,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Renumbered:
    """The schedule that the defence holds, and which number each item of today's has there."""

    day: date
    # By the id of today's item; none of an item that did not stand there.
    numbers: dict[int, int | None]


def renumbered_since(
    duty: DisclosureDuty, serving: Serving | None, lines: Collection[Line]
) -> Renumbered | None:
    """Return which numbers items had on the schedule that was served before; None where all agree.

    :param serving: the service with which these lines go, where it is recorded
    :param lines: the items of the open schedules that go with it
    """
    earlier = duty.servings.filter(pk__lt=serving.pk) if serving else duty.servings.all()
    before = earlier.last()
    if before is None:
        return None
    held = {item.pk: item for item in _listed(duty, before.served_at)}
    came_from = dict(
        Item.objects.filter(schedule__delivery__case=duty.case_id).values_list("pk", "before")
    )
    taken = {(item.schedule.form, item.number) for item in held.values()}
    numbers: dict[int, int | None] = {}
    is_other = False
    for line in lines:
        pk: int | None = line.item.pk
        while pk is not None and pk not in held:
            pk = came_from.get(pk)
        numbers[line.item.pk] = held[pk].number if pk is not None else None
        # What is new and has a new number says nothing else than the schedule before.
        is_new = pk is None and (line.form, line.item.number) not in taken
        is_other |= not is_new and numbers[line.item.pk] != line.item.number
    return Renumbered(before.served_on, numbers) if is_other else None


def _listed(duty: DisclosureDuty, moment: datetime) -> Collection[Item]:
    """Return the items of the open schedules that the defence was given with a service."""
    lists = lists_then(duty.case_id, moment).filter(form__in=OPEN_FORMS)
    return Item.objects.filter(schedule__in=lists).select_related("schedule")


def _name(item: Item) -> str:
    return f"{item.schedule.form} {item}"


def _bare(name: str) -> str:
    """Return the name of an item without its schedule: an item keeps its form."""
    return name.partition(" ")[2]
