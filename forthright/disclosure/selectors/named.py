"""Which items of a case the police say may undermine the prosecution or assist the defence.

Asked of the reports and certificates that stand, each time somebody looks: schedules and reports
come in any order. Why they say so is for the lawyers of the unit alone, whatever item it is about.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from django.db.models import Q, prefetch_related_objects

from forthright.disclosure.models import Item, Schedule
from forthright.disclosure.selectors.hidden import things_of
from forthright.disclosure.selectors.schedules import certificate_of, read_again
from forthright.disclosure.selectors.unnumbered import placed_in
from forthright.rules.schedules.said_to_assist import (
    LISTING,
    REPORT,
    Named,
    named_in_certificate,
    named_in_report,
)
from forthright.rules.schedules.schedule import Form
from forthright.rules.words import capitalised


@dataclass(frozen=True, slots=True)
class NamedHere:
    """Where the police name an item, and why, in their words; these may be empty."""

    source: str
    why: str

    def __str__(self) -> str:
        return f"{capitalised(self.source)}: {self.why or 'it is named, and not why.'}"


@dataclass(frozen=True, slots=True)
class _Row:
    """What is known of a listed item without its words."""

    pk: int
    thing: int
    number: int | None
    form: str
    schedule: int
    is_live: bool


@dataclass(frozen=True, slots=True)
class _Listed:
    """What is listed in a case, in every version, by its number and by the thing that it is."""

    by_number: Mapping[int | None, list[_Row]]
    thing: Mapping[int, int]
    of_thing: Mapping[int, list[int]]

    @classmethod
    def of(cls, case_id: int) -> "_Listed":
        items = Item.objects.filter(
            schedule__delivery__case=case_id, schedule__form__in=[each.value for each in LISTING]
        )
        found = list(
            items.order_by("pk").values_list(
                "pk", "root", "before", "number", "schedule__form", "schedule", "schedule__is_live"
            )
        )
        thing = things_of((pk, root, before) for pk, root, before, *_ in found)
        by_number: defaultdict[int | None, list[_Row]] = defaultdict(list)
        of_thing: defaultdict[int, list[int]] = defaultdict(list)
        for pk, _, _, number, form, schedule, is_live in found:
            by_number[number].append(_Row(pk, thing[pk], number, form, schedule, is_live))
            of_thing[thing[pk]].append(pk)
        return cls(by_number, thing, of_thing)

    def meant_by(self, named: Named, beside: tuple[set[int], set[int]]) -> set[int]:
        """Return the items that a number means: there, or else on what stands now."""
        rows = [row for row in self.by_number.get(named.number, ()) if row.form in named.forms]
        then = next(filter(None, ({row.thing for row in rows if row.schedule in schedules}
                                  for schedules in beside)), None)  # fmt: skip
        things = then or {row.thing for row in rows if row.is_live}
        return {pk for each in things for pk in self.of_thing[each]}

    def as_one_with(self, items: Iterable[int]) -> set[int]:
        """Return some items in all their versions."""
        return {pk for each in items for pk in self.of_thing[self.thing[each]]}


def named_by_police_in(case_id: int) -> dict[int, tuple[NamedHere, ...]]:
    """Return by its id each listed item of a case that the police name, with where and why.

    A number is that of the schedules that stood when the report came, or came with it; where none
    of these has it, of those that stand. From there an item is followed through its versions. Of an
    entry without a number it is what a lawyer of the unit said that it is about.
    """
    told = Schedule.objects.filter(
        ~Q(certificate="") | Q(form=Form.MG6E.value), delivery__case=case_id, is_live=True
    )
    told = told.select_related("delivery").order_by("pk")
    named = [(schedule, each) for schedule in told for each in _named_in(schedule)]
    placed = placed_in(case_id)
    if not named and not placed:
        return {}
    listed = _Listed.of(case_id)
    beside = {schedule.pk: _beside(schedule) for schedule, _ in named}
    found: defaultdict[int, dict[NamedHere, None]] = defaultdict(dict)
    for schedule, each in named:
        here = NamedHere(each.source, each.why)
        for pk in listed.meant_by(each, beside[schedule.pk]):
            found[pk][here] = None
    for row in placed:
        here = NamedHere(REPORT, row.entry.undermines or row.entry.description)
        for pk in listed.as_one_with(row.items):
            found[pk][here] = None
    return {pk: tuple(those) for pk, those in found.items()}


def _named_in(schedule: Schedule) -> Iterator[Named]:
    if schedule.form == Form.MG6E:
        prefetch_related_objects([schedule], "items")
        read, kept = read_again(schedule).items, schedule.items.all()
        # Read again, an entry has the form that it stands on; here it is asked what it is about.
        yield from named_in_report(
            replace(entry, of_form=item.of_form) for entry, item in zip(read, kept, strict=True)
        )
    yield from named_in_certificate(Form(schedule.form), certificate_of(schedule))


def _beside(schedule: Schedule) -> tuple[set[int], set[int]]:
    """Return the schedules in which its numbers are sought first, and then."""
    delivery = schedule.delivery
    came = {*delivery.schedules.values_list("pk", flat=True), *delivery.compared_with}
    # A certificate is of the list that it stands beneath.
    return ({schedule.pk}, came) if schedule.form != Form.MG6E else (came, came)
