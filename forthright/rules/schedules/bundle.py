"""What is checked together: schedules, and other papers of the case that may name material."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, TypeVar

from forthright.rules.schedules.schedule import Form, Place, Schedule, ScheduleItem

LISTS = (Form.MG6C, Form.SDC)
FOUND = TypeVar("FOUND")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """Another paper of the case: the police report, a statement, an exhibit list."""

    name: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """Schedules and papers that came together; `earlier` is the version before, if known.

    `is_whole` says that all that the police sent is here, so that what is absent is missing;
    `unread` are the names of files that came and could not be read;
    `known` are the names that everybody in the case knows, as those of the defendants; and
    `is_again` that what came was compared with itself before, beside papers that are not here now.
    """

    schedules: tuple[Schedule, ...]
    papers: tuple[Paper, ...] = ()
    earlier: tuple[Schedule, ...] = ()
    is_whole: bool = False
    unread: tuple[str, ...] = ()
    known: tuple[str, ...] = ()
    is_again: bool = False
    _done: dict[Callable[["Bundle"], Any], Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def once(self, work: Callable[["Bundle"], FOUND]) -> FOUND:
        """Return what some work finds here; rules that ask each schedule for it share the work."""
        if work not in self._done:
            self._done[work] = work(self)
        found: FOUND = self._done[work]
        return found

    def of(self, *forms: Form) -> Iterator[Schedule]:
        """Yield the schedules on some forms."""
        return (each for each in self.schedules if each.form in forms)

    @cached_property
    def listed(self) -> tuple[ScheduleItem, ...]:
        """Return the items of the schedules that list material, sensitive or not."""
        lists = (*self.of(*LISTS, Form.MG6D), *self.earlier)
        return tuple(item for each in lists if each.form is not Form.MG6E for item in each.items)

    @cached_property
    def listed_plain(self) -> tuple[str, ...]:
        """Return what is listed, as patterns read it."""
        return tuple(plain(item.description) for item in self.listed)

    @cached_property
    def by_number(self) -> Mapping[int, Sequence[tuple[Schedule, ScheduleItem]]]:
        """Return all that is listed, now and before, by its number, each with its schedule."""
        found: dict[int, list[tuple[Schedule, ScheduleItem]]] = {}
        for schedule in (*self.schedules, *self.earlier):
            for item in schedule.items:
                if item.number is not None:
                    found.setdefault(item.number, []).append((schedule, item))
        return found

    @cached_property
    def plain_text(self) -> str:
        """Return every word of the bundle, as patterns read them."""
        words = [each.text for each in self.schedules]
        words += [f"{item.description}\n{item.undermines}" for each in self.schedules
                  for item in each.items]  # fmt: skip
        return plain("\n".join([*words, *(paper.text for paper in self.papers)]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """What a rule found: in an item, or about a schedule as a whole."""

    schedule: Schedule
    item: ScheduleItem | None = None
    words: str = ""
    place: Place | None = None
    said: Mapping[str, str] = field(default_factory=dict)
    # Whether the words are those of another paper, which the police unit that answers may not know.
    is_of_paper: bool = False


@lru_cache(maxsize=20_000)
def plain(text: str) -> str:
    """Return words as patterns read them: small letters, straight apostrophes, hyphens alike."""
    return text.lower().translate(PLAIN)


PLAIN = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", "“": '"', "”": '"', "\xa0": " "})


def numbers_of(items: Sequence[ScheduleItem]) -> list[int]:
    """Return the numbers that can be read, in the order in which they stand."""
    return [item.number for item in items if item.number is not None]
