"""Finds items of open schedules that tell what an item of the sensitive schedule keeps back.

A name, an address or words in a row that stand on the MG6D leave with the MG6C where an item there
repeats them. What everybody in the case knows is no secret: who is accused, whose case it is, the
officers, what the papers of the case say, and what several open items name.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from forthright.rules.schedules.alike import Described, tells_the_same
from forthright.rules.schedules.bundle import LISTS, Bundle, Hit, numbers_of, plain
from forthright.rules.schedules.care import mark_in
from forthright.rules.schedules.comparing import is_answered
from forthright.rules.schedules.kept_words import kept_words
from forthright.rules.schedules.said_beside import sentences_of
from forthright.rules.schedules.schedule import Form, Line, Place, Schedule, ScheduleItem
from forthright.rules.schedules.telling import Words, words_in, words_of

# What so many open items tell is known in the case, unless it is told of as a source is.
KNOWN_FROM = 3
# Papers that the defence is given, by their name or first lines; others may be notes to the lawyer.
SERVED = re.compile(
    r"\bmg ?0?(?:4[a-f]?|5|9|10|11|12|15|16)\b|\bpolice report\b|\bcase summary\b|"
    r"\bwitness statement\b|\bstatement of\b|\bindictment\b|\bcharge sheet\b"
)
FIRST_LINES = 300
# Shorter descriptions are labels, such as "Nil", and the same on both tells nothing.
SHORTEST_SAME = 12
# Of two that are alike the shorter shares at least this part of its words: one in so many.
LEAST_PART = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """An open item that tells what a sensitive one does, and by which of its own words."""

    schedule: Schedule
    item: ScheduleItem
    secret: ScheduleItem
    words: str
    # The same thing stands on both, in the very same words.
    is_same: bool = False


def on_both(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield each item of an open schedule that stands on the sensitive one in the same words."""
    return (_hit(each) for each in _of(bundle, schedule) if each.is_same)


def shared_words(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield each item of an open schedule that tells what a sensitive one does."""
    return (_hit(each) for each in _of(bundle, schedule) if not each.is_same)


def shared_of_earlier(bundle: Bundle, schedule: Schedule) -> Iterator[Hit]:
    """Yield each sensitive item of which an open one of before tells that stands on its schedule.

    Its words are not said: a finding about a sensitive schedule repeats none.
    """
    own = {id(item) for item in schedule.items}
    for each in bundle.once(shared_with_sensitive):
        is_of_before = _is_of(each.schedule, bundle.earlier)
        if id(each.secret) in own and is_of_before and _stands(bundle, each.schedule):
            item = f"{each.item.named} of the {each.schedule.form} that came before"
            yield Hit(schedule=schedule, item=each.secret, said={"item": item})


def shared_with_sensitive(bundle: Bundle) -> list[Shared]:
    """Return each open item that tells what a sensitive one does, of those where either came now.

    An open item of before is asked of what the sensitive schedules hold newly.
    """
    here, before = _sensitive(bundle.schedules), _sensitive(bundle.earlier)
    if not here and not before:
        return []
    listed = {_squeezed(item) for item in before}
    known = _Known(bundle)
    every = _Secrets(before if bundle.is_again else [*here, *before])
    new = _Secrets([item for item in here if _squeezed(item) not in listed])
    standing = {
        _squeezed(item)
        for each in (*bundle.schedules, *bundle.earlier)
        if each.form is Form.MG6D and (not _is_of(each, bundle.earlier) or _stands(bundle, each))
        for item in each.items
    }
    found = []
    for schedules, secrets in ((bundle.schedules, every), (bundle.earlier, new)):
        for schedule in schedules:
            if schedule.form in LISTS and not schedule.is_guessed and secrets.items:
                told = (_told(schedule, item, secrets, known) for item in schedule.items)
                found += [each for each in told if each is not None]
    return [
        Shared(schedule=each.schedule, item=each.item, secret=each.secret, words=each.words,
               is_same=each.is_same and _squeezed(each.secret) in standing)
        for each in found
    ]  # fmt: skip


class _Secrets:
    """Sensitive items, by all that another may tell of them."""

    def __init__(self, items: Sequence[ScheduleItem]) -> None:
        self.items = items
        self.read = [words_of(". ".join(filter(None, (
            each.description, each.sensitive_reason, each.reason, each.comments
        )))) for each in items]  # fmt: skip
        self.described = [
            Described(number=each.number, words="" if _is_label(each) else each.description)
            for each in items
        ]
        self.sets = [frozenset(each.said.split()) for each in self.described]
        self.by_words = {_squeezed(each): each for each in reversed(items) if _squeezed(each)}
        self.tellings: dict[object, list[int]] = {}
        for place, words in enumerate(self.read):
            for telling in words.tellings:
                self.tellings.setdefault(telling, []).append(place)

    def near(self, words: Words) -> list[int]:
        """Return the places of those that have anything at all in common with some words."""
        return sorted({place for each in words.tellings for place in self.tellings.get(each, ())})

    def alike(self, item: ScheduleItem) -> ScheduleItem | None:
        """Return the first that an item tells as a whole, in other words."""
        if _is_label(item):
            return None
        described = Described(number=item.number, words=item.description)
        words = frozenset(described.said.split())
        # To compare two takes long, and those that share few words are not alike.
        for place, secret in enumerate(self.described):
            is_near = len(words & self.sets[place]) * LEAST_PART >= min(
                len(words), len(self.sets[place])
            )
            if is_near and tells_the_same(described, secret):
                return self.items[place]
        return None


class _Known:
    """What everybody in the case knows, and which open items tell a thing."""

    def __init__(self, bundle: Bundle) -> None:
        served = [paper.text for paper in bundle.papers
                  if SERVED.search(plain(f"{paper.name}\n{paper.text[:FIRST_LINES]}"))]  # fmt: skip
        said = [*bundle.known, *(each.defendant for each in bundle.schedules), *served]
        self._words: set[str] = set()
        self._tellings: set[object] = set()
        for text in said:
            place = Place(file="paper")
            for _, sentence in sentences_of([Line(place=place, text=text)]):
                # A paper may tell of a source as a schedule does.
                if not _is_kept(sentence):
                    self._words |= words_in(sentence)
                    self._tellings |= set(words_of(sentence).tellings)
        self._in: dict[object, set[object]] = {}
        for schedule in (*bundle.schedules, *bundle.earlier):
            if schedule.form in LISTS and not schedule.is_guessed:
                self._count(schedule)

    def _count(self, schedule: Schedule) -> None:
        for item in schedule.items:
            if _is_kept(item.description):
                continue
            # An item and its new version are one.
            key = (schedule.form, item.number) if item.number is not None else _squeezed(item)
            for telling in words_of(item.description).tellings:
                self._in.setdefault(telling, set()).add(key)

    def has(self, telling: object, *, is_pointed: bool) -> bool:
        """Say whether everybody knows it; who is told of as a source is known by no count."""
        if telling in self._words or telling in self._tellings:
            return True
        return not is_pointed and len(self._in.get(telling, ())) >= KNOWN_FROM


def _told(
    schedule: Schedule, item: ScheduleItem, secrets: _Secrets, known: _Known
) -> Shared | None:
    """Return the first sensitive item of which an open one tells, if any."""
    same = None if _is_label(item) else secrets.by_words.get(_squeezed(item))
    if same is not None:
        return Shared(
            schedule=schedule, item=item, secret=same, words=item.description, is_same=True
        )
    said = words_of(item.description)
    for place in secrets.near(said):
        secret = secrets.read[place]
        for telling in said.told_with(secret):
            if not known.has(telling, is_pointed=telling in secret.pointed | said.pointed):
                return Shared(schedule=schedule, item=item, secret=secrets.items[place],
                              words=said.as_written(telling))  # fmt: skip
    alike = secrets.alike(item)
    if alike is None:
        return None
    return Shared(schedule=schedule, item=item, secret=alike, words=item.description)


def _of(bundle: Bundle, schedule: Schedule) -> Iterator[Shared]:
    found = bundle.once(shared_with_sensitive)
    return (each for each in found if each.schedule is schedule)


def _hit(shared: Shared) -> Hit:
    return Hit(schedule=shared.schedule, item=shared.item, words=shared.words,
               said={"secret": shared.secret.named})  # fmt: skip


def _sensitive(schedules: Sequence[Schedule]) -> list[ScheduleItem]:
    return [item for each in schedules if each.form is Form.MG6D and not each.is_guessed
            for item in each.items]  # fmt: skip


def _is_of(schedule: Schedule, schedules: Sequence[Schedule]) -> bool:
    return any(schedule is each for each in schedules)


def _stands(bundle: Bundle, earlier: Schedule) -> bool:
    """Say whether no new version of a schedule of before came now."""
    came = [item for each in bundle.of(earlier.form) for item in each.items]
    return not any(bundle.of(earlier.form)) or not is_answered(earlier, set(numbers_of(came)))


def _is_kept(words: str) -> bool:
    """Say whether words tell of a source, or are marked as what the defence is not to see."""
    said = plain(words)
    return bool(mark_in(words) or kept_words(("source", "private")).found_in(said))


def _is_label(item: ScheduleItem) -> bool:
    return len(_squeezed(item)) < SHORTEST_SAME


def _squeezed(item: ScheduleItem) -> str:
    return " ".join(plain(item.description).split())
