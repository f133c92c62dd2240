"""Holds the words of an item back by hand, and those that stand on a sensitive schedule too.

What no list of words knows to be sensitive a person does. Released they are as all that is held
back: somebody decides the item, and a second person says that its words may go.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import (
    Delivery,
    DisclosureDuty,
    Endorsement,
    HeldWords,
    Item,
)
from forthright.disclosure.selectors.hidden import OPEN_FORMS, things_of
from forthright.disclosure.selectors.standings import Line, lines_of
from forthright.disclosure.services.moving import locked_of_case, move_by_items
from forthright.rules.disclosure_duty import SERVED_OR_LATER, DutyState
from forthright.rules.endorsements import HELD_BY_HAND, LONGEST_REASON, MOVED, Endorsed
from forthright.rules.schedules.alike import Described, secret_told, tells_the_same
from forthright.rules.schedules.bundle import Bundle
from forthright.rules.schedules.said_elsewhere import told_of_earlier
from forthright.rules.schedules.schedule import Form
from forthright.rules.schedules.shared_words import shared_with_sensitive
from forthright.rules.written import reason_in

# Before, whoever approves is asked about each item that is held back by then.
APPROVED_OR_LATER = (SERVED_OR_LATER | {DutyState.APPROVED}) - {DutyState.CLOSED}

TOLD = "What {source} of {delivery} says of it may be sensitive."
SHARED = "With {delivery} it was seen to repeat a name, an address or words of the MG6D."


class HoldRefused(ValueError):
    """The words of an item cannot be held back so; the message says why."""


@transaction.atomic
def hold_back(item: Item, *, reason: str = "", by: User | None, at: datetime) -> list[Item]:
    """Hold the words of an item back at once, in every version; return what is held back with it.

    Where it was decided and has not been served, it waits again: a query stands against it, so
    that its words leave in nothing that was approved before.

    :param reason: why, for the lawyers of the unit alone; without one, a plain sentence
    :raises NotAllowed: if the case is not this person's
    :raises HoldRefused: if its words are for the lawyers already, or the reason is too long
    """
    case_id = item.schedule.delivery.case_id
    duties = locked_of_case(case_id)
    item = Item.objects.select_related("schedule__delivery").get(pk=item.pk)
    delivery = item.schedule.delivery
    policies.check_can_hold_back(by, delivery)
    if item.schedule.form not in OPEN_FORMS:
        raise HoldRefused("Nobody but the lawyers of the unit reads its words on this form.")
    why = reason_in(reason) or HELD_BY_HAND
    if len(why) > LONGEST_REASON:
        raise HoldRefused(f"The reason may have {LONGEST_REASON} letters and spaces.")
    held = _of_one_thing(item, _open_items(case_id))
    waiting = [(duty, _decided(duty, held)) for duty in duties if _may_wait(duty)]
    if item.is_held_back and not any(lines for _, lines in waiting):
        raise HoldRefused("Its words are held back already, and nobody has decided it.")
    for each in held:
        each.is_held_back, each.sensitive_reason = True, _both(each.sensitive_reason, why)
    Item.objects.bulk_update(held, ["is_held_back", "sensitive_reason"], batch_size=500)
    for duty, lines in waiting:
        _wait_again(duty, lines, why, by=by, at=at)
    # Why is for the lawyers, and the record of acts is not for them alone.
    audit.record("item.held_back", delivery, by=by, at=at, item=item.pk, versions=len(held))
    return held


def hold_told(delivery: Delivery, bundle: Bundle, *, by: User | None, at: datetime) -> list[Item]:
    """Hold back what a delivery says of items of schedules that came before, at once.

    So is what repeats words of a sensitive item of which it did not know. Where one was decided and
    has not been served it waits again, as if a person had held it back: who decided it had not read
    this, and neither had who released its words.

    :param bundle: what came, with the schedules that stand, as `read_again` returns them
    """
    told = {
        (each.schedule.place.sheet, each.item.place.row): SHARED.format(delivery=delivery)
        for each in bundle.once(shared_with_sensitive)
        # Of what comes only now the check itself holds its rows back, as it keeps them.
        if bundle.is_again or any(each.schedule is one for one in bundle.earlier)
    } | {
        (each.schedule.place.sheet, each.item.place.row):
            TOLD.format(source=each.words.source, delivery=delivery)
        for each in told_of_earlier(bundle)
    }  # fmt: skip
    if not told:
        return []
    duties = locked_of_case(delivery.case_id)
    items = _open_items(delivery.case_id)
    found = [(item, told.get((str(item.schedule_id), item.place))) for item in items]
    held: list[Item] = []
    for item, why in found:
        # Compared again, the same delivery says no more of it.
        if why is None or (item.is_held_back and why in item.sensitive_reason):
            continue
        versions = _of_one_thing(item, items)
        for each in versions:
            each.is_held_back, each.sensitive_reason = True, _both(each.sensitive_reason, why)
        for duty in duties:
            if _may_wait(duty):
                _wait_again(duty, _decided(duty, versions), why, by=by, at=at)
        audit.record("item.held_back", item.schedule.delivery, by=by, at=at, item=item.pk,
                     versions=len(versions), told_in=delivery.pk)  # fmt: skip
        held += versions
    Item.objects.bulk_update(held, ["is_held_back", "sensitive_reason"], batch_size=500)
    return held


def hold_alike(case_id: int, *, at: datetime) -> list[Item]:
    """Hold back what tells on an open schedule what stands on a sensitive one, or was held back.

    So nothing of a delivery is shown to who may not read it, whichever came first.
    """
    items = _open_items(case_id)
    sensitive = Item.objects.filter(
        schedule__delivery__case=case_id, schedule__form=Form.MG6D.value
    )
    secrets = [_described(each) for each in sensitive.select_related("schedule__delivery")]
    kept = HeldWords.objects.filter(case=case_id).order_by("pk")
    secrets += [_remembered(each) for each in kept if each.form == Form.MG6D]
    by_hand = [each for each in items if each.is_held_back and each.sensitive_reason]
    remembered = [(_remembered(each), each.reason) for each in kept]
    held = []
    for item in items:
        if item.is_held_back:
            continue
        said = _described(item)
        why = next(
            (each.sensitive_reason for each in by_hand if _is_one_thing(item, each, items)), None
        )
        if why is None:
            why = next((why for words, why in remembered if tells_the_same(said, words)), None)
        if why is None and secret_told(said, secrets) is None:
            continue
        item.is_held_back = True
        item.sensitive_reason = _both(item.sensitive_reason, why or "")
        held.append(item)
    if not held:
        return []
    duties = locked_of_case(case_id)
    Item.objects.bulk_update(held, ["is_held_back", "sensitive_reason"], batch_size=500)
    # What was approved and waits to be served would go with words that nobody released.
    for duty in duties:
        if duty.stands in APPROVED_OR_LATER:
            _wait_again(duty, _decided(duty, held), MOVED, by=None, at=at)
    return held


def remember_held(delivery: Delivery, *, at: datetime) -> int:
    """Keep what was held back by hand in a delivery whose rows go; return how many items it is."""
    held = Item.objects.filter(
        schedule__delivery=delivery, schedule__form__in=OPEN_FORMS, is_held_back=True
    ).exclude(sensitive_reason="")
    return _remember(held, at=at)


def remember_sensitive(delivery: Delivery, *, at: datetime) -> int:
    """Keep all that was sensitive in a delivery that goes on with another, whoever held it back.

    Who hands in anew what a form says does not release what it said before; a lawyer does.
    """
    of_it = Q(schedule__form__in=OPEN_FORMS, is_held_back=True) | Q(schedule__form=Form.MG6D.value)
    return _remember(Item.objects.filter(of_it, schedule__delivery=delivery), at=at)


def _remember(held: "QuerySet[Item]", *, at: datetime) -> int:
    rows = list(held.select_related("schedule__delivery__case").order_by("pk"))
    if not rows:
        return 0
    case = rows[0].schedule.delivery.case
    known = {
        (each.form, each.number, each.description) for each in HeldWords.objects.filter(case=case)
    }
    HeldWords.objects.bulk_create(
        HeldWords(case=case, form=item.schedule.form, number=item.number,
                  description=item.description, reason=item.sensitive_reason, kept_at=at)
        for item in rows
        if (item.schedule.form, item.number, item.description) not in known
    )  # fmt: skip
    return len(rows)


def _remembered(held: HeldWords) -> Described:
    return Described(number=held.number, words=held.description)


def _open_items(case_id: int) -> list[Item]:
    rows = Item.objects.filter(schedule__delivery__case=case_id, schedule__form__in=OPEN_FORMS)
    return list(rows.select_related("schedule__delivery").order_by("pk"))


def _described(item: Item) -> Described:
    schedule = item.schedule
    # What waits to be taken in has left nothing yet.
    stands = schedule.is_live or schedule.delivery.state == Delivery.State.CHECKED
    return Described(number=item.number, words=item.description, stands=stands)


def _of_one_thing(item: Item, items: Sequence[Item]) -> list[Item]:
    """Return an item in every version: joined to it from version to version, or in like words."""
    thing = things_of((each.pk, each.root_id, each.before_id) for each in items)
    return [
        each
        for each in items
        if thing[each.pk] == thing[item.pk] or _is_one_thing(each, item, items)
    ]


def _is_one_thing(other: Item, item: Item, items: Iterable[Item]) -> bool:
    """Say whether one is the other in other words; what stands beside it is another thing."""
    if not tells_the_same(_described(other), _described(item)):
        return False
    beside = {
        _words(each) for each in items if each.schedule_id == item.schedule_id and each != item
    }
    return _words(other) == _words(item) or (
        other.schedule_id != item.schedule_id and _words(other) not in beside
    )


def _words(item: Item) -> str:
    return " ".join(item.description.lower().split())


def _may_wait(duty: DisclosureDuty) -> bool:
    return duty.stands in policies.ENDORSABLE


def _decided(duty: DisclosureDuty, items: Sequence[Item]) -> list[Line]:
    """Return which of some items were decided for a defendant and not served in these words."""
    held = {each.pk for each in items}
    lines = lines_of(duty, with_sensitive=False)
    return [
        line
        for line in lines
        if line.item.pk in held and line.standing.is_decided and not line.is_served_so
    ]


def _wait_again(
    duty: DisclosureDuty, lines: Sequence[Line], why: str, *, by: User | None, at: datetime
) -> None:
    """Let items of a locked duty wait for the police, and for whoever approves, once more."""
    for line in lines:
        before = line.endorsement.code if line.endorsement else ""
        Endorsement.objects.create(
            duty=duty, item_id=line.item.thing_id, version=line.item, code=Endorsed.QUERY.value,
            since_served=line.beside.value,
            reason=why, is_hold=True, made_at=at, made_by=by,
        )  # fmt: skip
        audit.record("item.endorsed", duty, by=by, at=at, item=line.item.pk,
                     code=Endorsed.QUERY.value, before=before)  # fmt: skip
    if lines:
        move_by_items(duty, by=by, at=at)


def _both(before: str, why: str) -> str:
    """Return both reasons, each once."""
    return before if why in before else "; ".join(filter(None, (before, why)))
