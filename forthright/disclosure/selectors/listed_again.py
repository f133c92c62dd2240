"""Which items may be a queried one listed again, though no version joins them to it.

A version is joined with the one before only once it is taken in, and what left by one version and
comes in a later one is joined with nothing. Until then the number and the words tell; in doubt it
is the same thing.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from forthright.disclosure.models import Item
from forthright.rules.schedules.alike import Described, may_be_again


@dataclass(frozen=True, slots=True)
class Again:
    """An open item that may be a queried thing listed once more."""

    item: Item
    thing: int
    # In other words, and both stand on schedules at this moment: likely it is another thing.
    stands_beside: bool


def listed_again(
    items: Sequence[Item],
    thing: Mapping[int, int],
    waiting: Collection[int],
    hidden: Collection[int],
) -> Iterator[Again]:
    """Yield what may be one of some things that wait for the police, and is not joined with it.

    :param items: every open item of the case, with its schedule
    :param thing: for each item the first version of it, as it is joined
    :param waiting: the things that wait
    :param hidden: the items of theirs whose words are hidden already
    """
    of_thing: dict[int, list[_Listed]] = defaultdict(list)
    for item in items:
        of_thing[thing[item.pk]].append(_Listed.of(item))
    for about in waiting:
        if about in of_thing:
            yield from _Queried.of(about, of_thing, hidden).among(of_thing)


@dataclass(frozen=True, slots=True)
class _Listed:
    """An item with its words made ready to be compared."""

    item: Item
    said: Described
    place: str

    @classmethod
    def of(cls, item: Item) -> "_Listed":
        said = Described(number=item.number, words=item.description)
        return cls(item, said, " ".join(item.location.split()))

    @property
    def stands(self) -> bool:
        return self.item.schedule.is_live


@dataclass(frozen=True, slots=True)
class _Queried:
    """A thing that waits: in which words and schedules, and what stands beside it there."""

    thing: int
    asked: tuple[_Listed, ...]
    # Whole rows that somebody decided since, which everybody reads.
    answered: frozenset[tuple[str, str]]
    schedules: frozenset[int]
    beside: frozenset[str]
    stands: bool

    @classmethod
    def of(
        cls, thing: int, of_thing: Mapping[int, list[_Listed]], hidden: Collection[int]
    ) -> "_Queried":
        own = of_thing[thing]
        asked = tuple(each for each in own if each.item.pk in hidden)
        schedules = frozenset(each.item.schedule_id for each in own)
        return cls(
            thing=thing,
            asked=asked,
            answered=frozenset(
                (each.said.said, each.place) for each in own if each.item.pk not in hidden
            ),
            schedules=schedules,
            beside=frozenset(
                each.said.said
                for other, rows in of_thing.items()
                if other != thing
                for each in rows
                if each.item.schedule_id in schedules
            ),
            stands=any(each.stands for each in own),
        )

    def among(self, of_thing: Mapping[int, list[_Listed]]) -> Iterator[Again]:
        asked = {each.said.said for each in self.asked}
        for other, rows in of_thing.items():
            if other == self.thing:
                continue
            is_beside = any(each.item.schedule_id in self.schedules for each in rows)
            stands = self.stands and any(each.stands for each in rows)
            for each in rows:
                if (each.said.said, each.place) in self.answered:
                    continue
                if each.said.said in asked:
                    yield Again(each.item, self.thing, stands_beside=False)
                elif is_beside or each.said.said in self.beside:
                    continue
                elif self._may_be(each, stands_beside=stands):
                    yield Again(each.item, self.thing, stands_beside=stands)

    def _may_be(self, listed: _Listed, *, stands_beside: bool) -> bool:
        """Say whether words or number are those of the thing; of two that stand, words alone."""
        form = listed.item.schedule.form
        return any(
            may_be_again(
                listed.said, each.said,
                by_number=not stands_beside and each.item.schedule.form == form,
            )
            for each in self.asked
        )  # fmt: skip
