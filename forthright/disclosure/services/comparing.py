"""Compares what came with what stands in its case, and says when that is so no more."""

from collections.abc import Iterable, Sequence

from forthright.disclosure.models import Delivery, Schedule
from forthright.disclosure.selectors.schedules import live_schedules
from forthright.rules.schedules.comparing import Comparison, compare_schedules
from forthright.rules.schedules.schedule import Schedule as ReadSchedule
from forthright.web.meanwhile import ChangedMeanwhile, newest_event, who_did


def ids_of(schedules: Iterable[Schedule]) -> list[int]:
    """Return which schedules some are, in one order."""
    return sorted(each.pk for each in schedules)


def check_nothing_came(delivery: Delivery) -> None:
    """Refuse a checked delivery whose case holds other schedules than it was compared with.

    The case is locked by whoever asks, so that nothing comes in between.

    :raises ChangedMeanwhile: with who took the other in, and what to do
    """
    stands = ids_of(live_schedules(delivery.case_id))
    if stands == delivery.compared_with:
        return
    taken = Delivery.objects.filter(case=delivery.case_id, received_at__isnull=False)
    other = taken.order_by("-received_at", "-pk").first()
    who = who_did(newest_event(other, "delivery.taken_in")) if other else ""
    raise ChangedMeanwhile(
        f"Nothing was taken in: the schedules of the case changed meanwhile{who}, after these were "
        "checked. They are compared anew below with what stands now. Read what changed, then take "
        "them in; or throw them away, if the other delivery is the right one.",
        stands=str(stands),
    )


def changes_of(
    earlier: Sequence[ReadSchedule], later: Sequence[ReadSchedule]
) -> list[dict[str, object]]:
    """Return what a new version changes on each form that both have, by item numbers alone."""
    forms = {each.form for each in earlier}
    found = compare_schedules(earlier, [each for each in later if each.form in forms])
    came = {each.form for each in later}
    return [_change(each) for each in found if each.form in came]


def _change(change: Comparison) -> dict[str, object]:
    return {
        "form": change.form.value,
        "goes_on": change.goes_on,
        "added": [item.number for item in change.added],
        "withdrawn": [item.number for item in change.withdrawn],
        "changed": [
            {"number": pair.after.number, "in": list(pair.changed)} for pair in change.changed
        ],
        "renumbered": [[pair.before.number, pair.after.number] for pair in change.renumbered],
        "reused": list(change.reused),
    }
