"""Puts right what was recorded of a disc by mistake; what stood before, and why, stays.

A recording that was ticked and is not on the disc is waited for as it was before, unless it came
another way as well: what was tried of that disc, and what was let stand with it, goes then too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.hard_media import policies
from forthright.hard_media.models import (
    Carried,
    Carrier,
    CarrierChange,
    MediaItem,
    MediaStep,
)
from forthright.hard_media.selectors.came_with import (
    FILLED,
    PUT_RIGHT,
    TAKEN_OFF,
    discs_of,
    undone,
)
from forthright.hard_media.selectors.discs import what_is_on
from forthright.hard_media.selectors.registered import asked_again_at
from forthright.hard_media.services.carriers import NotComeYet
from forthright.hard_media.services.come_again import check_had_gone, last_with
from forthright.hard_media.services.coming import Came, check_case_was_there
from forthright.hard_media.services.going_to import CarrierRefused
from forthright.hard_media.services.here_otherwise import (
    other_ways,
    receive_otherwise,
    source_of,
)
from forthright.hard_media.services.items import receive_item
from forthright.hard_media.services.second_copies import take_answer_back
from forthright.hard_media.services.taking_back import locked_together
from forthright.rules.media_hands import PARTIES
from forthright.rules.media_states import WAITED_FOR, CarrierState, MediaEvent
from forthright.rules.states import MoveNotAllowed
from forthright.rules.words import date_words, day_of, moment_at
from forthright.rules.written import cleaned, reason_in
from forthright.web.meanwhile import by_whom, check_unchanged

# What came by an upload afterwards has the day of its disc all the same.
CAME = (MediaEvent.RECEIVE_PHYSICAL, MediaEvent.RECEIVE_LINK)
OF_COMING = (*CAME, MediaEvent.NOT_THERE, MediaEvent.NOT_THERE_AS_ASKED)

WORKED_ON = {
    MediaEvent.SHARE: "shared",
    MediaEvent.CLASSIFY_SENSITIVE: "found sensitive",
    MediaEvent.CLASSIFY: "classified",
    MediaEvent.VIEW: "viewed",
}


class NoReason(CarrierRefused):
    """Nobody says why what stood was wrong."""


@dataclass(frozen=True, kw_only=True)
class Right:
    """What a disc has in truth, and why what stood was wrong.

    :param not_on_it: recordings that were ticked by mistake
    :param opened: the stamp of what the page showed; without one, nothing is asked
    """

    barcode: str
    received_on: date
    reason: str
    not_on_it: Sequence[MediaItem] = ()
    opened: str | None = None


def right_stamp(carrier: Carrier) -> str:
    """Return a stamp of what can be put right of a disc: its words, and what is on it."""
    last = carrier.changes.order_by("pk").last()
    newest = carrier.carried.order_by("pk").last()
    return f"{last.pk if last else ''} {newest.pk if newest else ''}".strip()


@transaction.atomic
def put_disc_right(
    carrier: Carrier, right: Right, *, by: User | None, at: datetime
) -> list[CarrierChange]:
    """Correct the barcode or the day of a disc, and take off what is not on it.

    :raises NotAllowed: if the disc is another unit's, or a recording is
    :raises ChangedMeanwhile: if somebody put it right, or filled it, since the page was opened
    :raises CarrierRefused: if it is not held, nothing differs, nobody says why, another disc has
        the barcode, the day cannot be, or a recording was worked on since
    """
    policies.check_can_record(by, carrier)
    for item in right.not_on_it:
        policies.check_can_record(by, item)
    carrier = Carrier.objects.select_for_update().get(pk=carrier.pk)
    who = by_whom(carrier, PUT_RIGHT, TAKEN_OFF, FILLED)
    check_unchanged(right.opened, right_stamp(carrier), who)
    if carrier.state != CarrierState.HELD:
        raise CarrierRefused(
            f"This disc or stick is {carrier.get_state_display().lower()}, so what its papers say "
            "stays."
        )
    reason = reason_in(right.reason)
    if not reason:
        raise NoReason("Say why it was wrong, such as: the label was read wrong.")
    # All locked together, before the first event holds the head of the record.
    off = {each.pk for each in right.not_on_it}
    of_it = off | set(carrier.carried.values_list("item", flat=True))
    items = locked_together(of_it)
    made = [_take_off(carrier, each, reason, by, at) for each in items if each.pk in off]
    if (words := _words_put_right(carrier, right, reason, by, at)) is not None:
        made.append(words)
    if not made:
        raise CarrierRefused("That is what is recorded already, so there is nothing to put right.")
    return made


def _words_put_right(
    carrier: Carrier, right: Right, reason: str, by: User | None, at: datetime
) -> CarrierChange | None:  # fmt: skip
    old, new = (carrier.barcode, carrier.received_on), (
        cleaned(right.barcode).upper() or carrier.barcode, right.received_on,
    )  # fmt: skip
    if old == new:
        return None
    came: list[int] = []
    waited: list[MediaItem] = []
    if old[1] != new[1]:
        _check_day(carrier, new[1], at)
        came = _let_come(carrier, new[1])
        waited = _waits_for_its_day(carrier, new[1])
    before = _record_before(carrier, *new)
    carrier.barcode, carrier.received_on = new
    try:
        with transaction.atomic():
            carrier.save(update_fields=["barcode", "received_on"])
    except IntegrityError:
        raise CarrierRefused(
            f"Another disc or stick with the barcode {new[0]} is in the "
            f"register{_of_whom(carrier, before)} already."
        ) from None
    for item in waited:
        try:
            with_it = Came(source=source_of(carrier), on=new[1], disc=carrier)
            receive_item(item, with_it, by=by, at=at)
        except MoveNotAllowed as refusal:
            raise CarrierRefused(f"{item}: {refusal}") from refusal
    change = CarrierChange.objects.create(
        carrier=carrier, old_barcode=old[0], new_barcode=new[0], old_day=old[1], new_day=new[1],
        reason=reason, changed_at=at, changed_by=by,
    )  # fmt: skip
    audit.record(
        PUT_RIGHT, carrier, by=by, at=at, change=change.pk, old_barcode=old[0], new_barcode=new[0],
        old_day=old[1], new_day=new[1], recordings=came,
        received=[each.pk for each in waited],
    )  # fmt: skip
    return change


def _record_before(carrier: Carrier, barcode: str, day: date) -> Carrier | None:
    """Return the last other record of a barcode, if there is one.

    :raises CarrierRefused: if a disc is given the barcode of one that was destroyed, or came before
        the one of that record went
    """
    last = last_with(carrier.area_id, barcode, but=carrier)
    if last and last.state == CarrierState.DESTROYED and barcode != carrier.barcode:
        how = "have them say" if _of_whom(carrier, last) else "say"
        raise CarrierRefused(
            f"A disc or stick with the barcode {barcode} is in the register"
            f"{_of_whom(carrier, last)} as destroyed. If this is it, {how} on the page of that "
            "record that it was not destroyed: it is held again there."
        )
    # Of a record that began after this one the day tells nothing.
    if last and last.added_at < carrier.added_at:
        check_had_gone(last, day, carrier.unit)
    return last


def _of_whom(carrier: Carrier, other: Carrier | None) -> str:
    """Say in whose register another record is, where that is not the unit of a disc."""
    return f" of {other.unit}" if other and other.unit_id != carrier.unit_id else ""


def _check_day(carrier: Carrier, day: date, at: datetime) -> None:
    """Refuse a day on which a disc cannot have come.

    :raises CarrierRefused: with why
    """
    if day > day_of(at):
        raise NotComeYet("That day is still to come. Enter the day on which it came.")
    if day > (taken_in := day_of(carrier.added_at)):
        raise CarrierRefused(
            f"It was taken into the register on {date_words(taken_in)}, so it had come by then."
        )


def _let_come(carrier: Carrier, day: date) -> list[int]:
    """Let what came with discs have come on the right day of one of them; return those recordings.

    What is on several discs, or came as a file as well, came with the first of them.

    :raises CarrierRefused: if one of them cannot have come then
    """
    moved = []
    for there in carrier.carried.select_related("item__case"):
        item = there.item
        if (came := _last_coming(item)) is None or not discs_of([came])[came.pk]:
            continue
        if there.taken_at is not None and came.at <= there.taken_at:
            # It came when what is on it was taken as the next copy, whenever the disc did.
            continue
        at, source = _first_way(carrier, item, day)
        gone = _went_out_on(item)
        if gone is not None and gone < day_of(at):
            raise CarrierRefused(f"{item} went out on {date_words(gone)}, so it had come by then.")
        if item.received_at is None or day_of(item.received_at) != day_of(at):
            item.received_at, item.source = at, source
            item.save(update_fields=["received_at", "source"])
            moved.append(item.pk)
    return moved


def _went_out_on(item: MediaItem) -> date | None:
    """Return the day on which the copy of now of a recording first went out, if it did."""
    again = asked_again_at(item)
    shares = item.shares.filter(recorded_at__gte=again) if again else item.shares.all()
    return shares.order_by("shared_on").values_list("shared_on", flat=True).first()


def _first_way(carrier: Carrier, item: MediaItem, day: date) -> tuple[datetime, str]:
    """Return when a recording first came, and as what, if one of its discs came on a day.

    :raises CarrierRefused: if it cannot have come then
    """
    try:
        check_case_was_there(item.case.urn, day)
    except MoveNotAllowed as refusal:
        raise CarrierRefused(f"{item}: {refusal}") from refusal
    ways = other_ways(item, but=carrier)
    again = asked_again_at(item)
    if again is None or (carrier.added_at >= again and day >= day_of(again)):
        ways.append((moment_at(day, None), source_of(carrier)))
    elif not ways:
        raise CarrierRefused(
            f"{item} was asked for again on {date_words(day_of(again))}, so a disc of before holds "
            "the copy before. Take it off this one first."
        )
    return min(ways)


def _waits_for_its_day(carrier: Carrier, day: date) -> list[MediaItem]:
    """Return what is on a disc and waited for only because its day was typed too early."""
    found = []
    for item in carrier.items.filter(state__in=WAITED_FOR).select_related("case"):
        again = asked_again_at(item)
        taken_up = item.steps.filter(event=MediaEvent.REINSTATE, at__gte=carrier.added_at)
        if again is None or taken_up.exists():
            continue
        ticked_at = carrier.carried.get(item=item).ticked_at or carrier.added_at
        if again < ticked_at and again <= carrier.added_at and day_of(again) <= day:
            found.append(item)
    return found


def _take_off(
    carrier: Carrier, item: MediaItem, reason: str, by: User | None, at: datetime
) -> CarrierChange:
    """Take a recording off a disc; it is waited for as before unless it came another way too."""
    there = Carried.objects.filter(carrier=carrier, item=item).first()
    if there is None:
        raise CarrierRefused(f"{item} is not recorded as on this disc or stick.")
    _check_is_not_out(carrier)
    came = _last_coming(item)
    _check_nothing_followed(item, _looked_at_since(there, came), what_is_on(carrier).secret)
    came_with_it = came is not None and _rests_on(came, carrier)
    take_answer_back(there, by=by, at=at)
    there.delete()
    old_day = new_day = day_of(item.received_at) if item.received_at else None
    no_answer: list[int] = []
    if came is not None and came_with_it:
        why = f"Not on {carrier.barcode}: {reason}"
        no_answer = receive_otherwise(item, came, why, by, at)
        new_day = day_of(item.received_at) if item.received_at else None
    change = CarrierChange.objects.create(
        carrier=carrier, item=item, old_day=old_day, new_day=new_day, reason=reason,
        changed_at=at, changed_by=by,
    )  # fmt: skip
    audit.record(
        TAKEN_OFF, carrier, by=by, at=at, change=change.pk, recording=item.pk, old_day=old_day,
        new_day=new_day, no_answer=no_answer,
    )  # fmt: skip
    return change


def _check_is_not_out(carrier: Carrier) -> None:
    """Refuse to say what is not on a disc that is with a party: nobody here can look at it.

    What that party holds, and whether the disc must come back, goes by what is on it.

    :raises CarrierRefused: with who has it
    """
    last = carrier.hand_overs.order_by("at", "pk").last()
    if last is not None and last.to_kind in PARTIES:
        raise CarrierRefused(
            f"This disc or stick is with {last.to_place}, so nobody here can look at what is on "
            "it. Get it back, record that on its page, and look first."
        )


def _looked_at_since(there: Carried, came: MediaStep | None) -> datetime:
    """Return since when somebody who viewed a recording may have had a disc before them.

    What came as a link or a file, or with another disc, was that until it was said to be on this
    one; what was recorded on its page as come in the hand may have been this one from the first.
    """
    if came is None:
        is_apart = there.item.source == MediaItem.Source.UPLOAD
    else:
        is_apart = came.event == MediaEvent.RECEIVE_LINK or bool(discs_of([came])[came.pk])
    return (there.ticked_at if is_apart else None) or there.carrier.added_at


def _check_nothing_followed(item: MediaItem, since: datetime, secret: set[int]) -> None:
    """Refuse to take off what somebody worked on since: what they saw may be what is on it.

    So nothing sensitive is taken off a disc to let that go to a party.

    :raises CarrierRefused: with what was done
    """
    events = item.steps.filter(at__gte=since).values_list("event", flat=True)
    given = item.shares.filter(recorded_at__gte=since).exists()
    done = next((words for event, words in WORKED_ON.items() if event in events), "")
    if item.is_sensitive or item.pk in secret:
        done = "found sensitive"
    if done or given:
        raise CarrierRefused(
            f"{item} was {done or 'shared'} since this disc or stick came, so it stays on it: what "
            "somebody had before them may be what is on it. If the copy that came is the wrong "
            "one, ask for it again on its page."
        )


def _last_coming(item: MediaItem) -> MediaStep | None:
    """Return the step with which a recording came by hand or link, if it did since last asked."""
    last = item.steps.filter(event__in=OF_COMING).order_by("-at", "-pk").first()
    if last is None or last.event not in CAME or item.received_at is None:
        return None
    again = asked_again_at(item)
    return None if again is not None and last.at < again else last


def _rests_on(came: MediaStep, carrier: Carrier) -> bool:
    """Say whether a recording came with a disc, or on several of which the first is put right."""
    return carrier.pk in discs_of([came])[came.pk] or came.pk in undone([came])
