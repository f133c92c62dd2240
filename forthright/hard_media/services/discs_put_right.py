"""Puts right what was recorded of a disc by mistake; what stood before, and why, stays.

A recording that was ticked and is not on the disc is waited for as it was before, unless it came
another way as well.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.audit.models import Event
from forthright.hard_media import policies
from forthright.hard_media.models import (
    Carried,
    Carrier,
    CarrierChange,
    MediaItem,
    MediaStep,
    SentFile,
)
from forthright.hard_media.selectors.discs import what_is_on
from forthright.hard_media.selectors.registered import asked_again_at
from forthright.hard_media.services.carriers import (
    CarrierRefused,
    NotComeYet,
    holds_copy_before,
)
from forthright.hard_media.services.items import check_case_was_there, step
from forthright.hard_media.services.taking_back import locked_together
from forthright.rules.media_states import CarrierState, MediaEvent, MediaState
from forthright.rules.states import MoveNotAllowed
from forthright.rules.words import date_words, day_of, moment_at
from forthright.rules.written import cleaned, reason_in
from forthright.web.meanwhile import by_whom, check_unchanged

CHANGED, TAKEN_OFF = "disc.put_right", "disc.taken_off"
# What came by an upload afterwards has the day of its disc all the same.
OF_COMING = (
    MediaEvent.RECEIVE_PHYSICAL, MediaEvent.RECEIVE_LINK, MediaEvent.NOT_THERE,
    MediaEvent.NOT_THERE_AS_ASKED,
)  # fmt: skip

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
    who = by_whom(carrier, CHANGED, TAKEN_OFF, "disc.filled")
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
    came = []
    if old[1] != new[1]:
        _check_day(carrier, new[1], at)
        came = _let_come(carrier, new[1])
    carrier.barcode, carrier.received_on = new
    try:
        with transaction.atomic():
            carrier.save(update_fields=["barcode", "received_on"])
    except IntegrityError:
        raise CarrierRefused(
            f"Another disc or stick with the barcode {new[0]} is in the register already."
        ) from None
    change = CarrierChange.objects.create(
        carrier=carrier, old_barcode=old[0], new_barcode=new[0], old_day=old[1], new_day=new[1],
        reason=reason, changed_at=at, changed_by=by,
    )  # fmt: skip
    audit.record(
        CHANGED, carrier, by=by, at=at, change=change.pk, old_barcode=old[0], new_barcode=new[0],
        old_day=old[1], new_day=new[1], recordings=came,
    )  # fmt: skip
    return change


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
    """Let what came with a disc have come on another day; return those recordings.

    :raises CarrierRefused: if one of them cannot have come then
    """
    came = [each for each in carrier.items.select_related("case") if _came_with(carrier, each)]
    for item in came:
        try:
            check_case_was_there(item.case.urn, day)
        except MoveNotAllowed as refusal:
            raise CarrierRefused(f"{item}: {refusal}") from refusal
        again = asked_again_at(item)
        if again is not None and day < (asked := day_of(again)):
            raise CarrierRefused(
                f"{item} was asked for again on {date_words(asked)}, so a disc of before holds the "
                "copy before. Take it off this one first."
            )
        gone = item.shares.order_by("shared_on").values_list("shared_on", flat=True).first()
        if gone is not None and gone < day:
            raise CarrierRefused(f"{item} went out on {date_words(gone)}, so it had come by then.")
        item.received_at = moment_at(day, None)
        item.save(update_fields=["received_at"])
    return [each.pk for each in came]


def _take_off(
    carrier: Carrier, item: MediaItem, reason: str, by: User | None, at: datetime
) -> CarrierChange:
    """Take a recording off a disc; it is waited for as before unless it came another way too."""
    there = Carried.objects.filter(carrier=carrier, item=item)
    if not there.exists():
        raise CarrierRefused(f"{item} is not recorded as on this disc or stick.")
    _check_nothing_followed(carrier, item)
    came_with_it = _came_with(carrier, item)
    there.delete()
    old_day = new_day = day_of(item.received_at) if item.received_at else None
    if came_with_it is not None:
        why = f"Not on {carrier.barcode}: {reason}"
        new_day = _receive_otherwise(item, came_with_it, why, by, at)
    change = CarrierChange.objects.create(
        carrier=carrier, item=item, old_day=old_day, new_day=new_day, reason=reason,
        changed_at=at, changed_by=by,
    )  # fmt: skip
    audit.record(
        TAKEN_OFF, carrier, by=by, at=at, change=change.pk, recording=item.pk, old_day=old_day,
        new_day=new_day,
    )  # fmt: skip
    return change


def _check_nothing_followed(carrier: Carrier, item: MediaItem) -> None:
    """Refuse to take off what somebody worked on since: what they saw may be what is on it.

    So nothing sensitive is taken off a disc to let that go to a party.

    :raises CarrierRefused: with what was done
    """
    since = item.steps.filter(at__gte=carrier.added_at).values_list("event", flat=True)
    given = item.shares.filter(recorded_at__gte=carrier.added_at).exists()
    done = next((words for event, words in WORKED_ON.items() if event in since), "")
    if item.is_sensitive or item.pk in what_is_on(carrier).secret:
        done = "found sensitive"
    if done or given:
        raise CarrierRefused(
            f"{item} was {done or 'shared'} since this disc or stick came, so it stays on it: what "
            "somebody had before them may be what is on it. If the copy that came is the wrong "
            "one, ask for it again on its page."
        )


def _came_with(carrier: Carrier, item: MediaItem) -> MediaStep | None:
    """Return the step with which a recording came, where it was filling this disc that made it."""
    last = item.steps.filter(event__in=OF_COMING).order_by("-at", "-pk").first()
    again = asked_again_at(item)
    if last is None or last.event != MediaEvent.RECEIVE_PHYSICAL or item.received_at is None:
        return None
    if again is not None and last.at < again:
        return None
    filled = Event.objects.filter(
        subject_kind=Carrier._meta.label, subject_id=str(carrier.pk), name="disc.filled", at=last.at
    )
    if any(item.pk in each.detail.get("recordings", []) for each in filled):
        return last
    return None


def _receive_otherwise(
    item: MediaItem, came: MediaStep, reason: str, by: User | None, at: datetime
) -> date | None:
    """Let a recording have come by what else it came with, or wait for it; return its day."""
    ways = _other_ways(item)
    if ways:
        item.received_at, item.source = min(ways)
    elif item.state == MediaState.RECEIVED_PHYSICAL:
        was_asked = came.before == MediaState.REQUESTED
        event = MediaEvent.NOT_THERE_AS_ASKED if was_asked else MediaEvent.NOT_THERE
        step(item, event, reason=reason, by=by, at=at)
        item.received_at, item.source = None, ""
    else:
        raise CarrierRefused(
            f"{item} is {item.get_state_display().lower()} since, so it stays on this disc or "
            "stick: what somebody tried may be what is on it. If the copy that came is the wrong "
            "one, ask for it again on its page."
        )
    item.save()
    return day_of(item.received_at) if item.received_at else None


def _other_ways(item: MediaItem) -> list[tuple[datetime, str]]:
    """Return when a recording came by its files that stand and by other discs, and as what."""
    files = item.files.filter(state=SentFile.State.KEPT, superseded_at=None)
    ways = [(each.kept_at, str(MediaItem.Source.UPLOAD)) for each in files if each.kept_at]
    for disc in item.carriers.all():
        if not holds_copy_before(disc, item, was_on_it=False):
            is_stick = disc.kind == Carrier.Kind.USB
            source = MediaItem.Source.USB if is_stick else MediaItem.Source.DISC
            ways.append((moment_at(disc.received_on, None), str(source)))
    return ways
