"""What the defence has: what was served, and what that came to be written as since."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, QuerySet

from forthright.disclosure.models import DisclosureDuty, Endorsement, Item, ServedItem, Serving
from forthright.rules.endorsements import Beside, Endorsed


@dataclass(frozen=True, slots=True)
class Served:
    """What was served on a defendant, by the id of each thing and by that of its line."""

    things: frozenset[int]
    # Under which endorsement each thing of a line went.
    lines: Mapping[int, Mapping[int, Endorsed]]
    # The newest thing of a line of which it was said that it is another than what was served.
    others: Mapping[int, int]

    def before(self, thing: int, line: int) -> Endorsed | None:
        """Return under what a thing was served in other words, and never in these; else None."""
        went = self.lines.get(line)
        return None if thing in self.things or not went else went[max(went)]

    def under(self, thing: int, line: int) -> Endorsed | None:
        """Return under what a thing was served in these very words; None where it was not."""
        return self.lines.get(line, {}).get(thing)

    def beside(self, thing: int, line: int, said: str | None) -> Beside:
        """Return what holds of a thing beside what was served of its line.

        :param said: what was said of it last. Where nobody said anything, it is another thing
            where the one was that it was written otherwise from, and that was not served.
        """
        if said:
            return Beside(said)
        other = self.others.get(line, 0)
        is_other = other and thing > other > max(self.lines.get(line, ()), default=0)
        return Beside.OTHER if is_other else Beside.UNSAID

    def has(self, thing: int, line: int, beside: Beside) -> bool:
        """Say whether the defence has a thing, in these words or, as somebody says, in others."""
        return thing in self.things or (beside is Beside.SAME and line in self.lines)


def served_in(
    duty: DisclosureDuty, *, by: datetime | None = None, but: Serving | None = None
) -> Served:
    """Return what was served on a defendant.

    :param by: as of that moment; None for now
    :param but: a service whose items do not count
    """
    rows = ServedItem.objects.filter(serving__duty=duty)
    if by is not None:
        rows = rows.filter(serving__served_at__lte=by)
    if but is not None:
        rows = rows.exclude(serving=but)
    lines: defaultdict[int, dict[int, Endorsed]] = defaultdict(dict)
    for item, origin, code in rows.values_list("item", "item__origin", "endorsement__code"):
        lines[origin or item][item] = Endorsed(code)
    things = frozenset(item for went in lines.values() for item in went)
    return Served(things, dict(lines), _others(duty) if things else {})


def served_things(duty: DisclosureDuty) -> set[int]:
    """Return the ids of the things that the defence has, also as they are written since."""
    served = served_in(duty)
    if not served.things:
        return set()
    later = {
        pk: origin
        for pk, origin in Item.objects.filter(
            schedule__delivery__case=duty.case_id, origin__isnull=False, root=None
        ).values_list("pk", "origin")
        if origin is not None and origin in served.lines
    }
    written = newest_written(duty).filter(item__in=later) if later else newest_written(duty).none()
    said = dict(written.values_list("item", "since_served"))
    return set(served.things) | {
        pk
        for pk, line in later.items()
        if served.has(pk, line, served.beside(pk, line, said.get(pk)))
    }


def _others(duty: DisclosureDuty) -> dict[int, int]:
    """Return of each line of which that was said last the thing that is another than was served."""
    if not duty.endorsements.filter(since_served=Beside.OTHER.value).exists():
        return {}
    rows = newest_written(duty).exclude(since_served="").order_by("item")
    last = {
        origin or item: (item, said)
        for item, origin, said in rows.values_list("item", "item__origin", "since_served")
    }
    return {line: item for line, (item, said) in last.items() if said == Beside.OTHER}


def newest_written(duty: DisclosureDuty) -> "QuerySet[Endorsement]":
    """Return what stands against each item of a duty: its newest endorsement."""
    newest = Endorsement.objects.filter(duty=duty).order_by().values("item")
    return Endorsement.objects.filter(pk__in=newest.annotate(last=Max("pk")).values("last"))
