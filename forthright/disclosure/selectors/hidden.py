"""What of a case is for the lawyers of the unit alone, asked anew each time somebody looks.

An entry of the officer's report is hidden unless it is known to be about an open item: schedules
come in any order, so what was no sensitive item's number when it came may be one today. An item
that a lawyer queries is hidden, in every version, until it is answered otherwise: why it is
queried may be that it should never have stood there. Where the police then write it otherwise, the
words that were queried stay hidden. What may be the same thing listed again, by its number or its
words, is hidden too until it is decided, also in a version that is not taken in yet.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from forthright.disclosure.models import Endorsement, Item
from forthright.disclosure.selectors.listed_again import listed_again
from forthright.rules.endorsements import Endorsed
from forthright.rules.schedules.schedule import Form

OPEN_FORMS = (Form.MG6C.value, Form.SDC.value)


@dataclass(frozen=True, slots=True)
class Hidden:
    """What of a case is for the lawyers of its unit alone, as it stands at this moment."""

    # The numbers by which a report can only mean an item that everybody may see.
    open_numbers: frozenset[int] = frozenset()
    # The ids of the items that wait for the police, in every version.
    queried: frozenset[int] = frozenset()

    def has(self, item: Item, form: str) -> bool:
        """Say whether the words of an item are for the lawyers of the unit alone."""
        if form == Form.MG6E and item.number not in self.open_numbers:
            return True
        return form == Form.MG6D or item.is_held_back or item.pk in self.queried


def hidden_in(case_id: int) -> Hidden:
    """Return what of a case is for the lawyers of the unit alone."""
    queried = queried_items(case_id)
    return Hidden(_open_numbers(case_id, queried), queried)


def queried_items(case_id: int, *, by: datetime | None = None) -> frozenset[int]:
    """Return the items of a case that are queried for any defendant, in every version.

    A later version in other words is the same thing here, until somebody decides it; and what is
    decided then are its words alone: those that were queried stay with the lawyers, as do the
    versions beside them, unless a decision stands against the very words.

    :param by: as of that moment; None for now
    """
    made = Endorsement.objects.filter(duty__case=case_id).order_by("pk")
    if by is not None:
        made = made.filter(made_at__lte=by)
    written = list(made.values_list("duty", "item", "version", "code"))
    if not any(code == Endorsed.QUERY for *_, code in written):
        return frozenset()
    rows = list(
        Item.objects.filter(schedule__delivery__case=case_id)
        .order_by("pk")
        .values_list("pk", "root", "before", "description", "location")
    )
    thing = things_of((pk, root, before) for pk, root, before, *_ in rows)
    words = _words_of(rows)
    asked: dict[tuple[int, int], _Asked] = {}
    decided: dict[tuple[int, int], int] = {}
    for place, (duty, item, version, code) in enumerate(written, 1):
        said = words[version or item]
        asked.setdefault((duty, thing[item]), _Asked(duty)).write(said, code, place)
        if code != Endorsed.QUERY:
            # What was taken back is as if nobody had decided it.
            decided[duty, item] = 0 if code == Endorsed.TAKEN_BACK else place
    waiting: dict[int, list[_Asked]] = defaultdict(list)
    for (_, about), one in asked.items():
        if one.open:
            waiting[about].append(one)
    if not waiting:
        return frozenset()
    joined = {
        pk
        for pk, *_ in rows
        if any(words[pk] not in one.answered for one in waiting.get(thing[pk], ()))
    }
    again = listed_again(_open_items(case_id), thing, waiting, joined)
    return frozenset(joined).union(
        each.item.pk
        for each in again
        if any(
            # Two that stand side by side are likely two things: any decision shows the other.
            decided.get((one.duty, each.item.thing_id), 0)
            < (1 if each.stands_beside else one.since)
            for one in waiting[each.thing]
        )
    )


def _open_items(case_id: int) -> list[Item]:
    rows = Item.objects.filter(schedule__delivery__case=case_id, schedule__form__in=OPEN_FORMS)
    wanted = rows.select_related("schedule").only(
        "number", "description", "location", "root", "schedule__form", "schedule__is_live"
    )
    return list(wanted.order_by("pk"))


@dataclass(slots=True)
class _Asked:
    """The queries about one thing for one defendant, by the words against which they stand.

    An item is known here by the id of the first version in its very words, of where it is kept too.
    """

    duty: int
    # The place of the last query among all that was written.
    since: int = 0
    # Queried in words that nobody decided since.
    open: set[int] = field(default_factory=set)
    # Decided since the last query.
    answered: set[int] = field(default_factory=set)

    def write(self, item: int, code: str, place: int) -> None:
        """Take in the next endorsement, in the order in which they were written."""
        if code == Endorsed.QUERY:
            self.since = place
            self.open.add(item)
            self.answered.clear()
        elif code == Endorsed.TAKEN_BACK:
            # Nothing is decided of these words any more: what was asked about them is open again.
            self.answered.discard(item)
            if self.since:
                self.open.add(item)
        else:
            self.open.discard(item)
            self.answered.add(item)


def _words_of(rows: Iterable[tuple[int, int | None, int | None, str, str]]) -> dict[int, int]:
    """Return for each item the first version that is one thing with it, in its very words."""
    first: dict[tuple[int, str, str], int] = {}
    return {
        pk: first.setdefault(
            (root or pk, " ".join(description.split()), " ".join(location.split())), pk
        )
        for pk, root, _, description, location in rows
    }


def things_of(rows: Iterable[tuple[int, int | None, int | None]]) -> dict[int, int]:
    """Return for each item the first version of it, joined from version to version.

    :param rows: the items by their ids, the oldest first: each, its root and the one before it
    """
    thing: dict[int, int] = {}
    for pk, root, before in rows:
        earlier = next((each for each in (root, before) if each in thing), None)
        thing[pk] = thing[earlier] if earlier is not None else pk
    return thing


def _open_numbers(case_id: int, queried: frozenset[int]) -> frozenset[int]:
    """Return the numbers by which a report can only mean an item that everybody may see.

    A number that a sensitive item has too, in any version, is none of them; and there are none
    while a sensitive item has no number that can be read, because it may be any.
    """
    rows = Item.objects.filter(schedule__delivery__case=case_id)
    listed = rows.filter(schedule__form__in=[*OPEN_FORMS, Form.MG6D.value])
    seen, hidden = set(), set()
    for pk, number, form, is_held_back in listed.values_list(
        "pk", "number", "schedule__form", "is_held_back"
    ).order_by():
        if form == Form.MG6D or is_held_back or pk in queried:
            hidden.add(number)
        else:
            seen.add(number)
    if None in hidden:
        return frozenset()
    return frozenset(number for number in seen - hidden if number is not None)


def hidden_of(case_id: int, items: Iterable[Item]) -> list[Item]:
    """Return which items of a case are for the lawyers of the unit alone.

    :param items: with their schedules
    """
    hidden = hidden_in(case_id)
    return [each for each in items if hidden.has(each, each.schedule.form)]
