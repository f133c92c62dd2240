"""Who looked at an anonymised letter, with the names in it, and when."""

from collections.abc import Iterable
from datetime import datetime

from forthright.audit.models import Event
from forthright.panels.models import AnonymisedLetter


def seen_by(letters: Iterable[int]) -> dict[int, list[tuple[int, datetime]]]:
    """Return by the number of each letter who looked at it, each time; asks once."""
    found: dict[int, list[tuple[int, datetime]]] = {each: [] for each in letters}
    if not found:
        return found
    rows = Event.objects.filter(
        name="letter.anonymised_seen", subject_kind=AnonymisedLetter._meta.label,
        subject_id__in=[str(each) for each in found], by__isnull=False,
    )  # fmt: skip
    for letter, person, at in rows.values_list("subject_id", "by", "at"):
        found[int(letter)].append((person, at))
    return found
