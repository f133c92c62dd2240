"""Which words that are held back a second person let go since, so that others may read them too."""

from forthright.audit.models import Event
from forthright.disclosure.models import Delivery, DisclosureDuty, Item
from forthright.disclosure.selectors.hidden import things_of

APPROVED = ("disclosure.approved", "disclosure.approved_later")
HELD = "item.held_back"


def released_items(duty: DisclosureDuty) -> frozenset[int]:
    """Return the items, in every version, whose words were let go for a defendant.

    What is held back by hand after that is for the lawyers again, also where it was served.
    """
    approved = Event.objects.filter(
        name__in=APPROVED, subject_kind=DisclosureDuty._meta.label, subject_id=str(duty.pk)
    )
    let_go: dict[int, int] = {}
    for sequence, detail in approved.order_by("sequence").values_list("sequence", "detail"):
        let_go |= dict.fromkeys(detail.get("released") or [], sequence)
    if not let_go:
        return frozenset()
    rows = list(
        Item.objects.filter(schedule__delivery__case=duty.case_id)
        .order_by("pk")
        .values_list("pk", "root", "before")
    )
    thing = things_of(rows)
    released, held = _last(let_go, thing), _last(_held(duty), thing)
    return frozenset(pk for pk in thing if released.get(thing[pk], 0) > held.get(thing[pk], 0))


def _held(duty: DisclosureDuty) -> dict[int, int]:
    deliveries = Delivery.objects.filter(case=duty.case_id).values_list("pk", flat=True)
    events = Event.objects.filter(
        name=HELD, subject_kind=Delivery._meta.label, subject_id__in=[str(pk) for pk in deliveries]
    )
    rows = events.order_by("sequence").values_list("detail", "sequence")
    return {detail["item"]: sequence for detail, sequence in rows}


def _last(events: dict[int, int], thing: dict[int, int]) -> dict[int, int]:
    """Return the place in the record of the last of some events about each thing."""
    last: dict[int, int] = {}
    for item, sequence in events.items():
        if item in thing:
            last[thing[item]] = max(sequence, last.get(thing[item], 0))
    return last
