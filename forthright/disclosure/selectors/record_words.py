"""What each event of a record sheet says in words: items by number, decisions with their reasons.

Reasons of sensitive items are for those who may see them; to others the step alone is told.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from forthright.accounts.models import Unit
from forthright.audit.models import Event
from forthright.disclosure.models import (
    DefenceRequest,
    DisclosureDuty,
    Endorsement,
    Item,
    SetAside,
    TakingBack,
)
from forthright.disclosure.selectors.hidden import Hidden, hidden_in
from forthright.disclosure.selectors.record_hand_ins import HAND_INS
from forthright.disclosure.selectors.record_services import SERVICES
from forthright.disclosure.selectors.record_since import SINCE
from forthright.disclosure.selectors.secrets import Secrets
from forthright.rules.endorsements import Beside, Endorsed
from forthright.rules.words import count_words, day_words, list_words, moment_words

Detail = dict[str, Any]
Said = tuple[str, str]
MOST_NAMED = 40
HIDDEN = "The reason is for the lawyers of the unit."
FOR_THE_UNIT = "The reason is for those who work on the case."


@dataclass(slots=True)
class Names:
    """What the numbers in some events stand for, read once for all of them."""

    with_sensitive: bool
    # Whether the reader works on the case: a reason that is no lawyer's alone may name a person.
    is_theirs: bool = False
    hidden: Hidden = field(default_factory=Hidden)
    # What a reason beside an open item may have told before it came to be sensitive.
    secrets: Secrets | None = None
    items: dict[int, Item] = field(default_factory=dict)
    endorsed: dict[tuple[int, Any], Endorsement] = field(default_factory=dict)
    aside: dict[int, SetAside] = field(default_factory=dict)
    units: dict[int, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    takings: dict[int, TakingBack] = field(default_factory=dict)

    def item(self, pk: int) -> str:
        """Return how a person finds an item."""
        item = self.items.get(pk)
        return f"{item.schedule.form} {item}" if item else "An item that is gone"

    def reason(self, pk: int, words: str) -> str:
        """Return the reason beside a decision, where this person may read it."""
        item = self.items.get(pk)
        is_secret = item is None or self.hidden.has(item, item.schedule.form)
        if not is_secret and self.secrets is not None:
            is_secret = bool(self.secrets.told_in(words))
        return words if self.with_sensitive or not is_secret else HIDDEN


def names_of(
    duty: DisclosureDuty, events: Collection[Event], *, with_sensitive: bool, is_theirs: bool
) -> Names:
    """Return what the numbers in some events of a duty stand for."""
    wanted = {pk for event in events for pk in _items_in(event.detail)}
    items = {
        each.pk: each for each in Item.objects.filter(pk__in=wanted).select_related("schedule")
    }
    things = {item.thing_id for item in items.values()}
    written = Endorsement.objects.filter(duty=duty, item__in=things)
    return Names(
        with_sensitive=with_sensitive,
        is_theirs=is_theirs,
        hidden=Hidden() if with_sensitive else hidden_in(duty.case_id),
        secrets=None if with_sensitive else Secrets(duty),
        items=items,
        endorsed={(each.item_id, each.made_at): each for each in written},
        aside={each.item_id: each for each in duty.set_aside.all()},
        units=dict(Unit.objects.filter(area=duty.area_id).values_list("pk", "name")),
        titles=dict(duty.dates.values_list("key", "title")),
        takings={each.pk: each for each in duty.taken_back.all()},
    )


def words_of(event: Event, names: Names) -> Said:
    """Return what happened in words, and what belongs to it."""
    say = SAID.get(event.name)
    if say is not None:
        return say(event, names)
    plain = event.name.replace(".", " ").replace("_", " ")
    details = "; ".join(
        f"{name.replace('_', ' ')}: {_value(value)}"
        for name, value in event.detail.items()
        if value not in (None, "", [])
    )
    return plain[:1].upper() + plain[1:], details


def _items_in(detail: Detail) -> list[int]:
    many = detail.get("items")
    one = detail.get("item")
    return [*(many if isinstance(many, list) else []), *([one] if isinstance(one, int) else [])]


def _value(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _day(text: object) -> str:
    return day_words(date.fromisoformat(str(text))) if text else ""


def _moment(text: object) -> str:
    return moment_words(datetime.fromisoformat(str(text)))


def _endorsed(event: Event, names: Names) -> Said:
    detail = event.detail
    code = Endorsed(detail["code"])
    said = f"{names.item(detail['item'])} endorsed {code.value}: {code.words}"
    if detail.get("ruled_on"):
        said += f", ruled on {_day(detail['ruled_on'])}"
    if detail.get("before"):
        said += f" (before: {detail['before']})"
    if "since_served" in detail:
        said += f". {Beside(detail['since_served']).words.rstrip('.')}"
    item = names.items.get(detail["item"])
    made = names.endorsed.get((item.thing_id, event.at)) if item else None
    if made is None:
        return said, ""
    inspected = f"Inspected: {made.inspected}" if made.inspected else ""
    reason = ". ".join(filter(None, (made.reason, inspected)))
    if code is Endorsed.QUERY and not names.with_sensitive:
        # It may say what its words do not, and stays so however the query is answered.
        return said, HIDDEN if reason else ""
    return said, names.reason(detail["item"], reason) if reason else ""


def _endorsed_together(event: Event, names: Names) -> Said:
    items = event.detail["items"]
    code = Endorsed(event.detail["code"])
    named = [names.item(pk) for pk in items[:MOST_NAMED]]
    more = [f"{len(items) - MOST_NAMED:,} more"] if len(items) > MOST_NAMED else []
    return (
        f"{count_words(len(items), 'obvious item')} endorsed together {code.value}: {code.words}",
        list_words([*named, *more]),
    )


def _set_aside(event: Event, names: Names) -> Said:
    item = names.items.get(event.detail["item"])
    aside = names.aside.get(item.thing_id) if item else None
    said = f"{names.item(event.detail['item'])} set aside, to be decided by "
    reason = names.reason(event.detail["item"], aside.reason) if aside else ""
    return said + _day(event.detail["decide_by"]), reason


def _held_back(event: Event, names: Names) -> Said:
    pk = event.detail["item"]
    item = names.items.get(pk)
    how = "for what came later said of it" if event.detail.get("told_in") else "by hand"
    said = f"The words of {names.item(pk)} held back {how}"
    return said, names.reason(pk, item.sensitive_reason) if item else ""


def _begun(event: Event, _: Names) -> Said:
    court = DisclosureDuty.Court(event.detail["court"]).label
    return (
        f"The duty began: {court}, {_day(event.detail['day'])}",
        f"Initial disclosure due by {_day(event.detail['due_on'])}",
    )


def _dated(event: Event, names: Names) -> Said:
    moved = [names.titles.get(key, key.replace("_", " ")) for key in event.detail["moved"]]
    return "Dates worked out", list_words(moved)


def _checked(event: Event, _: Names) -> Said:
    detail = event.detail
    found = count_words(detail["findings"], "finding")
    if again := detail.get("held_again"):
        found += f"; the words of {count_words(again, 'item')} stay held back as they were before"
    return f"Schedules checked: {list_words(detail['forms'])}", found


def _taken_in(event: Event, _: Names) -> Said:
    left = event.detail.get("left") or []
    if not left:
        return "Schedules taken in", ""
    return "Schedules taken in", f"{count_words(len(left), 'item')} left them, each with a reason"


def _explained(event: Event, _: Names) -> Said:
    left = count_words(len(event.detail["items"]), "item")
    return "Written down why items left the schedules", left


def _placed(event: Event, _: Names) -> Said:
    number = len(event.detail["items"])
    about = count_words(number, "item") if number else "no item"
    return "Said what an entry of the report without a number is about", f"About {about}"


def _adequate(event: Event, _: Names) -> Said:
    stops = event.detail.get("stops")
    return "Schedules found adequate", f"In spite of {count_words(stops, 'stop')}" if stops else ""


def _returned(event: Event, names: Names) -> Said:
    detail = event.detail
    unit = names.units.get(detail["unit"], "the police")
    untaken = " before it was taken in" if detail.get("before_taken_in") else ""
    return (
        f"Returned to {unit}{untaken}, answer due {_day(detail['answer_by'])}",
        "; ".join(detail["reasons"]),
    )


def _approved_later(event: Event, _: Names) -> Said:
    items = count_words(event.detail["items"], "item")
    return "Approved by a second person, after the first service", items


def _stated(event: Event, _: Names) -> Said:
    late = ", late" if event.detail.get("is_late") else ""
    return (
        f"Defence statement received {_day(event.detail['day'])}{late}",
        count_words(event.detail["requests"], "request"),
    )


def _looked_again(event: Event, _: Names) -> Said:
    found = len(event.detail["items"])
    what = f"{count_words(found, 'item')} now to be disclosed" if found else "Nothing more"
    return ("Looked again at what was not disclosed, in the light of the defence statement", what)


def _answered(event: Event, _: Names) -> Said:
    outcome = DefenceRequest.Outcome(event.detail["outcome"]).label
    if before := event.detail.get("before"):
        outcome = f"{outcome}, before: {DefenceRequest.Outcome(before).label}"
        return "Request of the defence answered again", outcome
    return "Request of the defence answered", outcome


def _answers_sent(event: Event, _: Names) -> Said:
    number = count_words(len(event.detail["requests"]), "request")
    if although := len(event.detail.get("although", ())):
        number += f", {although:,} with a promise that did not hold any more"
    if stayed := len(event.detail.get("stayed", ())):
        number += f", {stayed:,} more of which it was said that its answer did not go"
    told = ", which tells of sensitive material" if event.detail.get("is_told") else ""
    return "Answers to the defence statement sent", f"{number}{told}"


# What may wait when a case ends after a service.
LEFT = {
    "undecided": ("item", "{} not decided"),
    "unserved": ("item", "{} said to be disclosed and not served"),
    "unanswered": ("request", "{} of the defence not answered"),
    "unsent": ("answer", "{} to the defence not sent"),
    "untold": ("service", "{} without notice to the court"),
    "unplaced": ("row", "{} of the officer’s report of which nobody said what it is about"),
    "unlooked": ("defence statement", "{} after which nobody looked again"),
}


def _ended(event: Event, _: Names) -> Said:
    when = f"The case ended {_day(event.detail['day'])}"
    if not event.detail.get("is_after_service"):
        return "The duty ended before it was served", when
    left = [
        words.format(count_words(event.detail[name], thing))
        for name, (thing, words) in LEFT.items()
        if name in event.detail
    ]
    return "The duty ended with its case", ". ".join([when, *left])


def _unit_moved(event: Event, names: Names) -> Said:
    before, now = (names.units.get(event.detail[each], "") for each in ("of_unit", "to_unit"))
    return "Went with its case to another unit", f"From {before} to {now}"


def _opened_again(event: Event, _: Names) -> Said:
    return "The duty was opened again", str(event.detail["reason"])


def _sent_back(event: Event, names: Names) -> Said:
    # It belongs to no one item, and may repeat the words of any.
    return "Sent back", str(event.detail["reason"]) if names.with_sensitive else HIDDEN


def _taken_back(event: Event, names: Names) -> Said:
    reason = str(event.detail["reason"]) if names.is_theirs else FOR_THE_UNIT
    return "The return to the police was taken back as a mistake", reason


def _of_taking_back(words: str) -> Callable[[Event, Names], Said]:
    """Return how an event says that something was asked to be taken back, was, or was left."""

    def said(event: Event, names: Names) -> Said:
        taking = names.takings[event.detail["taking_back"]]
        why = taking.answer if event.name == "taking_back.left" else taking.reason
        return words, f"{event.detail['stood']}. Why: {why if names.is_theirs else FOR_THE_UNIT}"

    return said


def _waits_again(event: Event, _: Names) -> Said:
    recorded, due = _day(event.detail["recorded"]), _day(event.detail["due_on"])
    since = f"None had come by {recorded}; the defence has until {due}"
    return "The defence statement is waited for again", since


def _plainly(words: str) -> Callable[[Event, Names], Said]:
    return lambda _event, _names: (words, "")


SAID: dict[str, Callable[[Event, Names], Said]] = {
    "item.endorsed": _endorsed,
    "items.endorsed": _endorsed_together,
    "item.set_aside": _set_aside,
    "item.held_back": _held_back,
    "disclosure.begun": _begun,
    "disclosure.dated": _dated,
    **SINCE,
    "delivery.checked": _checked,
    "delivery.compared_again": _plainly("Schedules compared anew with what came meanwhile"),
    "delivery.taken_in": _taken_in,
    "items.left_explained": _explained,
    "entry.placed": _placed,
    "delivery.given_up": _plainly("Schedules thrown away before they were taken in"),
    "delivery.adequate": _adequate,
    "delivery.adequate_taken_back": _plainly("That they are adequate was taken back as a mistake"),
    "delivery.returned": _returned,
    "return.answered": _plainly("The police answered the return"),
    "return.answer_accepted": _plainly("What the police answered to the return was accepted"),
    "return.taken_back": _taken_back,
    **HAND_INS,
    "disclosure.approved": _plainly("Approved by a second person"),
    "disclosure.approved_later": _approved_later,
    "disclosure.sent_back": _sent_back,
    **SERVICES,
    "taking_back.asked": _of_taking_back("Asked that something recorded be taken back"),
    "taking_back.left": _of_taking_back("Left as it is recorded, and not taken back"),
    "disclosure.service_taken_back": _of_taking_back("A service was taken back: it never was"),
    "disclosure.later_service_taken_back": _of_taking_back(
        "A later service was taken back: it never was"
    ),
    "court.notice_taken_back": _of_taking_back("A notice to the court was taken back"),
    "statement.taken_back": _of_taking_back("What was recorded of a statement was taken back"),
    "court.told": _plainly("Court told"),
    "statement.received": _stated,
    "statement.looked_again": _looked_again,
    "statement.none": _plainly("No defence statement came in its time"),
    "statement.waits_again": _waits_again,
    "request.answered": _answered,
    "answers.sent": _answers_sent,
    "answers.taken_back": _of_taking_back("That answers were sent was taken back"),
    "answers.taken_out": _plainly("Answers to the defence statement taken out"),
    "pack.taken_out": _plainly("Papers of the service taken out"),
    "disclosure.closed": _plainly("The duty was closed"),
    "disclosure.ended": _ended,
    "disclosure.unit_moved": _unit_moved,
    "disclosure.opened_again": _opened_again,
}
