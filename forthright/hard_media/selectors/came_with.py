"""With which disc or stick a recording came, and whether that was put right since."""

from collections import defaultdict
from collections.abc import Collection

from forthright.audit.models import Event
from forthright.hard_media.models import Carrier, CarrierChange, MediaStep
from forthright.rules.media_states import MediaEvent

# By each, those of its recordings that were waited for came.
FILLED, PUT_RIGHT = "disc.filled", "disc.put_right"
TAKEN_OFF = "disc.taken_off"
_NAMES_IN = {FILLED: "recordings", PUT_RIGHT: "received"}


def discs_of(steps: Collection[MediaStep]) -> dict[int, set[int]]:
    """Return with which discs some steps of coming were made, by the step.

    One that somebody recorded on the page of its recording was made with none.
    """
    found: dict[int, set[int]] = {each.pk: set() for each in steps}
    by_hand = [each for each in steps if each.event == MediaEvent.RECEIVE_PHYSICAL]
    if not by_hand:
        return found
    events = Event.objects.filter(
        subject_kind=Carrier._meta.label, name__in=_NAMES_IN, at__in={each.at for each in by_hand}
    )
    told = defaultdict(set)
    for name, at, disc, detail in events.values_list("name", "at", "subject_id", "detail"):
        for item in detail.get(_NAMES_IN[name], []):
            told[item, at].add(int(disc))
    for each in by_hand:
        found[each.pk] = told[each.item_id, each.at]
    return found


def undone(steps: Collection[MediaStep]) -> set[int]:
    """Return which steps of coming were never so: the recording was taken off that disc since."""
    with_discs = {step: discs for step, discs in discs_of(steps).items() if discs}
    if not with_discs:
        return set()
    of_them = [each for each in steps if each.pk in with_discs]
    rows = CarrierChange.objects.filter(item__in={each.item_id for each in of_them})
    last_off = {
        (item, disc): at
        for item, disc, at in rows.order_by("changed_at", "pk").values_list(
            "item_id", "carrier_id", "changed_at"
        )
    }

    def is_off(step: MediaStep, disc: int) -> bool:
        at = last_off.get((step.item_id, disc))
        return at is not None and at >= step.at

    return {
        each.pk for each in of_them if all(is_off(each, disc) for disc in with_discs[each.pk])
    }  # fmt: skip
