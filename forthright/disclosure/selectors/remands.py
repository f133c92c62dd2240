"""Custody and bail of a defendant: how they were sent, and what changed since."""

from forthright.disclosure.models import DisclosureDuty, RemandChange
from forthright.rules.disclosure_limits import Remand, Turn


def standing_changes(duty: DisclosureDuty) -> list[RemandChange]:
    """Return what changed of custody and bail since a duty began, the first first.

    What was before the case was sent to another court is how it was sent there.
    """
    found: list[RemandChange] = []
    for each in duty.remand_changes.select_related("set_by"):
        if each.changed_on is not None:
            found.append(each)
        elif found:
            found.pop()
    return [each for each in found if each.changed_on and each.changed_on > duty.triggered_on]


def turns_of(duty: DisclosureDuty) -> tuple[Turn, ...]:
    """Return the same as the rules count with it."""
    return tuple(
        Turn(each.changed_on, Remand(each.remand))
        for each in standing_changes(duty)
        if each.changed_on
    )


def remand_now(duty: DisclosureDuty) -> str:
    """Return where a defendant waits for trial now."""
    changes = standing_changes(duty)
    return changes[-1].remand if changes else duty.remand
