"""What changed between two versions of a schedule: added, withdrawn, changed, renumbered."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from forthright.rules.schedules.bundle import PLAIN, numbers_of, plain
from forthright.rules.schedules.schedule import Form, Schedule, ScheduleItem

# Descriptions this alike, of 100, are of one thing in other words.
SAME_THING, SAME_NUMBER = 88, 62
COMPARED = {
    "description": "description",
    "location": "location",
    "endorsed": "endorsement",
    "reason": "reason",
    "sensitive_reason": "reason for sensitivity",
    "undermines": "why it undermines or assists",
    "copy": "copy",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One item in both versions, and in what the two differ."""

    before: ScheduleItem
    after: ScheduleItem

    @property
    def changed(self) -> tuple[str, ...]:
        """Return the names of what is written otherwise than before."""
        return tuple(
            words
            for name, words in COMPARED.items()
            if not written_alike(getattr(self.before, name), getattr(self.after, name))
        )

    @property
    def is_renumbered(self) -> bool:
        """Say whether the item has another number than before."""
        return self.before.number != self.after.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed on one form. A later schedule that only goes on withdraws nothing.

    `answered` are the earlier schedules that what came is a new version of; all others stand on.
    """

    form: Form
    added: tuple[ScheduleItem, ...] = ()
    withdrawn: tuple[ScheduleItem, ...] = ()
    changed: tuple[Pair, ...] = ()
    renumbered: tuple[Pair, ...] = ()
    goes_on: bool = False
    answered: tuple[Schedule, ...] = ()
    # Every item that stands in both, changed or not.
    kept: tuple[Pair, ...] = ()
    # Numbers that stood for one thing and now stand for another.
    reused: tuple[int, ...] = ()

    @property
    def is_same(self) -> bool:
        """Say whether nothing changed."""
        return not (self.added or self.withdrawn or self.changed or self.renumbered)


def written_alike(before: str, after: str) -> bool:
    """Say whether two texts say the same.

    Blanks, large letters, how a quotation mark or a dash is drawn and a last stop say nothing.
    """
    return as_said(before) == as_said(after)


def as_said(words: str) -> str:
    """Return a text without what says nothing of its own."""
    return _squeezed(words.translate(PLAIN).casefold()).rstrip(" .,;:")


def compare_schedules(
    before: Iterable[Schedule], after: Iterable[Schedule]
) -> tuple[Comparison, ...]:
    """Return what changed, form by form; a form that stands only in the later is all added.

    A new version answers the earlier schedules whose numbers it gives again, and no others: a
    continuation that comes again, mended, leaves the schedule that it goes on from as it stands.
    """
    earlier, later = list(before), without_copies(after)
    forms = dict.fromkeys(each.form for each in (*later, *earlier))
    return tuple(_of_form(form, _on(earlier, form), _on(later, form)) for form in forms)


def without_copies(schedules: Iterable[Schedule]) -> list[Schedule]:
    """Return schedules without those that a later one on the same form gives again whole.

    The same schedule as a document and as a PDF is one; of two that differ, both stand.
    """
    given = list(schedules)
    return [
        each
        for place, each in enumerate(given)
        if not any(
            other.form is each.form and set(_rows(each)) <= set(_rows(other))
            for other in given[place + 1 :]
        )
    ]


def _rows(schedule: Schedule) -> list[tuple[str, ...]]:
    return [
        (str(item.number), *(_squeezed(getattr(item, name)) for name in COMPARED))
        for item in schedule.items
    ]


def _on(schedules: Sequence[Schedule], form: Form) -> list[Schedule]:
    return [each for each in schedules if each.form is form]


def _items(schedules: Sequence[Schedule]) -> list[ScheduleItem]:
    return [item for each in schedules for item in each.items]


def is_answered(schedule: Schedule, numbers: set[int]) -> bool:
    """Say whether numbers are those of a schedule; without numbers, nothing tells it apart."""
    known = set(numbers_of(schedule.items))
    return not known or not numbers or bool(known & numbers)


def _of_form(form: Form, earlier: list[Schedule], later: list[Schedule]) -> Comparison:
    after = _items(later)
    numbers = set(numbers_of(after))
    answered = tuple(each for each in earlier if is_answered(each, numbers))
    if earlier and not answered:
        return Comparison(form=form, added=tuple(after), goes_on=True)
    before = _items(answered)
    pairs, left, new = _by_words(before, after)
    more, left, new = _by_number(left, new)
    again, left, new = _nearly(left, new)
    pairs += more + again
    order = {id(item): place for place, item in enumerate(after)}
    pairs.sort(key=lambda pair: order[id(pair.after)])
    return Comparison(
        form=form,
        added=tuple(new),
        withdrawn=tuple(left),
        changed=tuple(pair for pair in pairs if pair.changed),
        renumbered=tuple(pair for pair in pairs if pair.is_renumbered),
        answered=answered,
        kept=tuple(pairs),
        reused=_reused(before, after, pairs),
    )


def _reused(
    before: Sequence[ScheduleItem], after: Sequence[ScheduleItem], pairs: Sequence[Pair]
) -> tuple[int, ...]:
    """Return the numbers that stood for one thing and stand for another, new or renumbered."""
    kept = {pair.after.number for pair in pairs if not pair.is_renumbered}
    had = {item.number for item in before} - kept - {None}
    return tuple(dict.fromkeys(item.number for item in after if item.number and item.number in had))


Matched = tuple[list[Pair], list[ScheduleItem], list[ScheduleItem]]


def _words(item: ScheduleItem) -> str:
    return _squeezed(plain(item.description or item.undermines))


def _squeezed(words: str) -> str:
    return " ".join(words.split())


def _by_words(before: list[ScheduleItem], after: list[ScheduleItem]) -> Matched:
    """Match items in the very same words: of several, first the one with the same number."""
    waiting: dict[str, list[ScheduleItem]] = {}
    for item in before:
        waiting.setdefault(_words(item), []).append(item)
    pairs: list[Pair] = []
    new: list[ScheduleItem] = []
    for item in after:
        same = waiting.get(_words(item), [])
        if not same:
            new.append(item)
            continue
        old = next((each for each in same if each.number == item.number), same[0])
        same.remove(old)
        pairs.append(Pair(before=old, after=item))
    return pairs, [item for same in waiting.values() for item in same], new


def _by_number(before: list[ScheduleItem], after: list[ScheduleItem]) -> Matched:
    numbered = {item.number or 0: item for item in before if item.number is not None}
    pairs, new = [], []
    for item in after:
        old = numbered.get(item.number or 0)
        if old is not None and fuzz.token_set_ratio(_words(old), _words(item)) >= SAME_NUMBER:
            pairs.append(Pair(before=old, after=item))
            numbered.pop(item.number or 0)
        else:
            new.append(item)
    taken = {id(pair.before) for pair in pairs}
    return pairs, [item for item in before if id(item) not in taken], new


def _nearly(before: list[ScheduleItem], after: list[ScheduleItem]) -> Matched:
    left = {place: _words(item) for place, item in enumerate(before)}
    pairs, new = [], []
    for item in after:
        best = process.extractOne(
            _words(item), left, scorer=fuzz.token_sort_ratio, score_cutoff=SAME_THING
        )
        if best is None:
            new.append(item)
            continue
        pairs.append(Pair(before=before[best[2]], after=item))
        left.pop(best[2])
    return pairs, [before[place] for place in left], new
