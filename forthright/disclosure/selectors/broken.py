"""Which answers promise the defence what does not hold now, or cannot be judged yet."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from forthright.disclosure.models import (
    DefenceRequest,
    DisclosureDuty,
    Endorsement,
    Item,
)
from forthright.disclosure.selectors.earlier import things_before
from forthright.disclosure.selectors.hidden import OPEN_FORMS
from forthright.disclosure.selectors.numbers import names_held
from forthright.disclosure.selectors.promises import promised_of
from forthright.disclosure.selectors.served import served_things
from forthright.disclosure.selectors.standings import (
    Waiting,
    lines_of,
    lists_then,
    lists_waiting,
    stood_then,
)
from forthright.rules.endorsements import GIVEN, WAITING, Endorsed
from forthright.rules.words import capitalised, list_words
from forthright.web import clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Broken:
    """An answer that goes on no paper: why, and where that is mended. For the unit alone."""

    request: int
    number: int
    # How its items stand, and what to do.
    stands: str
    way: str
    # The deliveries to look through, or to wait for, each once.
    waiting: tuple[Waiting, ...] = ()
    # The items on open schedules that may be decided, each by its id and name.
    to_decide: tuple[tuple[int, str], ...] = ()
    # The defence was sent it before it did not hold, or all the same.
    has_gone: bool = False

    @property
    def is_to_answer(self) -> bool:
        """Say whether to answer the request again is a way to mend it."""
        return _again(self.number) in self.way.lower()

    def __str__(self) -> str:
        """Say it as a page does."""
        said = f"Request {self.number} was answered “To be disclosed”, but {self.stands}."
        if self.has_gone:
            return f"{said} The defence has this answer. {self.way}."
        return f"{said} {self.way}: until then this answer goes on no paper."


@dataclass(slots=True)
class _Found:
    """What is to be done about one promise."""

    waiting: dict[int, Waiting] = field(default_factory=dict)
    # What was promised and waits to be decided; and what came in its place in other words.
    undecided: dict[int, str] = field(default_factory=dict)
    instead: dict[int, str] = field(default_factory=dict)
    is_to_answer: bool = False


@dataclass(slots=True, kw_only=True)
class _Then:
    """What stood at a moment on the open schedules."""

    # The newest code against each thing.
    codes: dict[int, str]
    # The item of each thing that could be decided; None where it is not kept.
    usable: dict[int, Item] | None
    is_past: bool
    # The schedules that could not be used, and on which of them each thing stood.
    waiting: dict[int, Waiting] = field(default_factory=dict)
    waits_on: dict[int, int] = field(default_factory=dict)

    def holds(self, thing: int) -> bool:
        """Say whether a thing was to be disclosed then."""
        is_there = self.usable is None or thing in self.usable
        return is_there and self.codes.get(thing, "") in GIVEN

    def say(self, now: str, then: str) -> str:
        """Return the words for now, or those for a moment that is past."""
        return then if self.is_past else now


def broken_of(duty: DisclosureDuty, at: datetime) -> dict[int, Broken]:
    """Return the requests whose answer promises what is not to be disclosed any more, with why.

    An item of it was endorsed otherwise since, stands on no open schedule, or on none that may be
    used until somebody looked through what came; what was served is not taken back by that.

    :param at: the moment that counts: what went before an item changed was no broken promise
    """
    served = served_things(duty)
    # What was answered later could not go by then.
    promised = promised_of(duty).prefetch_related("sent")
    given = [each for each in promised if _given_at(each, at) < at + timedelta(minutes=1)]
    # Each item was to be disclosed when the answer was given, within whichever minute.
    last = max((_given_at(each, at) for each in given), default=at)
    stood: dict[datetime, _Then] = {}
    left: list[tuple[DefenceRequest, list[Item], _Then]] = []
    for each in given:
        things = [one.item for one in each.items.all() if one.item_id not in served]
        if not things:
            continue
        moment = last if _given_at(each, at) > at else at
        if moment not in stood:
            stood[moment] = _then(duty, moment)
        then = stood[moment]
        if broken := [thing for thing in things if not then.holds(thing.pk)]:
            left.append((each, broken, then))
    if not left:
        return {}
    names, before = (
        names_held(duty, lines_of(duty, with_sensitive=False)),
        things_before(duty.case_id),
    )
    return {
        each.pk: _broken(each, {thing: names.of(thing) for thing in broken}, then, before)
        for each, broken, then in left
    }


def _given_at(request: DefenceRequest, at: datetime) -> datetime:
    return request.answered_at or at


def _then(duty: DisclosureDuty, moment: datetime) -> _Then:
    """Return what stood against each thing on the open schedules at a moment.

    Where it is not kept which schedules stood then, what was written by then alone counts.
    """
    written = Endorsement.objects.filter(duty=duty, made_at__lte=moment).order_by("pk")
    codes = dict(written.values_list("item", "code"))
    is_past = moment + timedelta(minutes=1) <= clock.now()
    if not stood_then(duty.case_id, moment).exists():
        return _Then(codes=codes, usable=None, is_past=is_past)
    lists = lists_then(duty.case_id, moment).filter(form__in=OPEN_FORMS)
    items = Item.objects.filter(schedule__in=lists).select_related("schedule")
    usable = {
        item.thing_id: item for item in items.only("root", "number", "place", "schedule__form")
    }
    waiting = {
        each.schedule.pk: each
        for each in lists_waiting(duty.case_id, moment)
        if each.schedule.form in OPEN_FORMS
    }
    rows = Item.objects.filter(schedule__in=waiting).values_list("pk", "root", "schedule")
    waits_on = {root or pk: schedule for pk, root, schedule in rows}
    return _Then(
        codes=codes, usable=usable, is_past=is_past, waiting=waiting, waits_on=waits_on
    )  # fmt: skip


def _broken(
    request: DefenceRequest, broken: Mapping[Item, str], then: _Then, before: Mapping[int, int]
) -> Broken:
    found = _Found()
    stands = [f"{name} {_stands_of(thing, name, then, before, found)}"
              for thing, name in broken.items()]  # fmt: skip
    return Broken(
        request=request.pk, number=request.number, stands=list_words(stands),
        way=_way(request.number, found), waiting=tuple(found.waiting.values()),
        has_gone=any(each.answered_at == request.answered_at for each in request.sent.all()),
        to_decide=tuple({**found.undecided, **found.instead}.items()),
    )  # fmt: skip


def _stands_of(
    thing: Item, name: str, then: _Then, before: Mapping[int, int], found: _Found
) -> str:
    """Say how one thing stands that was promised, and keep what is to be done about it."""
    code, usable = then.codes.get(thing.pk, ""), then.usable or {}
    if then.usable is None or thing.pk in usable:
        if thing.pk in usable and (not code or Endorsed(code) in WAITING):
            found.undecided[usable[thing.pk].pk] = name
        else:
            found.is_to_answer = True
        return _code_words(code, then)
    if waits := _waits_for(thing, then):
        found.waiting |= {each.delivery.pk: each for each in waits}
        words = list_words([_waits_words(each, then) for each in waits])
        return f"{then.say('cannot be judged now', 'could not be judged then')}: {words}"
    found.is_to_answer = True
    if later := _in_other_words(thing.pk, usable, before):
        called, code = f"{later.schedule.form} {later}", then.codes.get(later.thing_id, "")
        if code not in GIVEN:
            found.instead[later.pk] = called
        under = "" if called == name else f" as {called}"
        return f"came again{under} in other words, and {_code_words(code, then)}"
    return then.say("stands on no open schedule that may be used now",
                    "stood on no open schedule that could be used then")  # fmt: skip


def _code_words(code: str, then: _Then) -> str:
    if not code:
        return then.say("is not decided now", "was not decided then")
    words = f"{code} ({Endorsed(code).words})"
    return then.say(f"stands as {words} now", f"stood as {words} then")


def _waits_for(thing: Item, then: _Then) -> list[Waiting]:
    """Return what is to be looked through before it is known how a thing stands.

    Where it stands on none of it, a new version came without it, which may go back.
    """
    if thing.pk in then.waits_on:
        return [then.waiting[then.waits_on[thing.pk]]]
    return [each for each in then.waiting.values() if each.schedule.form == thing.schedule.form]


def _waits_words(waiting: Waiting, then: _Then) -> str:
    stands = (
        then.say("is back with the police", "was back with the police") if waiting.is_back
        else then.say("waits to be looked through", "waited to be looked through")
    )  # fmt: skip
    return f"{waiting.schedule} {stands}"


def _in_other_words(
    thing: int, usable: Mapping[int, Item], before: Mapping[int, int]
) -> Item | None:
    """Return the item that could be decided and was another thing before its words changed."""
    for each, item in usable.items():
        was = before.get(each)
        while was is not None and was != thing:
            was = before.get(was)
        if was is not None:
            return item
    return None


def _way(number: int, found: _Found) -> str:
    """Say what to do about a promise that does not hold, in the order in which it is done."""
    backs = [each.is_back for each in found.waiting.values()]
    steps = []
    if not all(backs):
        steps.append("look through what came")
    if any(backs):
        steps.append("wait for what they send")
    if to_decide := [*found.undecided.values(), *found.instead.values()]:
        steps.append(f"decide {list_words(to_decide)}")
    again = _again(number)
    if found.is_to_answer:
        return capitalised(", then ".join([*steps, again]))
    either = f", or {again}" if any(backs) or found.undecided else ""
    return capitalised(", then ".join(steps) + either)


def _again(number: int) -> str:
    return f"answer request {number} again"
