"""Which entries of the officer's report have no item number, and what somebody said each means."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet

from forthright.disclosure.models import UnnumberedEntry
from forthright.rules.words import count_words, list_words

Outcome = UnnumberedEntry.Outcome


def standing_entries() -> "QuerySet[UnnumberedEntry]":
    """Return what stands of each entry of the reports that stand."""
    newer = UnnumberedEntry.objects.filter(entry=OuterRef("entry"), pk__gt=OuterRef("pk"))
    return UnnumberedEntry.objects.filter(~Exists(newer), entry__schedule__is_live=True)


def entries_of(case_id: int) -> list[UnnumberedEntry]:
    """Return what stands of each entry of a case, those that wait first."""
    rows = standing_entries().filter(case=case_id).select_related("entry__schedule", "made_by")
    return sorted(rows, key=lambda each: (each.outcome != Outcome.WAITS, each.entry_id))


def placed_in(case_id: int) -> list[UnnumberedEntry]:
    """Return the entries of a case of which somebody said which items they are about."""
    rows = standing_entries().filter(case=case_id, outcome=Outcome.ITEMS)
    return list(rows.select_related("entry").order_by("entry"))


def unplaced_of(case_id: int, *, until: datetime | None = None) -> list[UnnumberedEntry]:
    """Return the entries of a case that wait until somebody says what they are about.

    :param until: only those that were taken in by that moment
    """
    rows = standing_entries().filter(case=case_id, outcome=Outcome.WAITS)
    if until is not None:
        rows = rows.filter(entry__schedule__delivery__received_at__lte=until)
    return list(rows.select_related("entry__schedule").order_by("entry"))


def waits_for_place() -> Q:
    """Return which duties are of a case with such an entry, as a condition on duties."""
    waiting = standing_entries().filter(outcome=Outcome.WAITS, case=OuterRef("case"))
    return Q(Exists(waiting))


def unplaced_words(waiting: Sequence[UnnumberedEntry]) -> str:
    """Say which entries wait until somebody says what they are about; nothing where none does."""
    if not waiting:
        return ""
    named = list_words([f"{each.entry.schedule}, {each.entry}" for each in waiting])
    what = count_words(len(waiting), "entry", "entries")
    return (
        f"{what} of the officer’s report may undermine the prosecution or assist the defence, and "
        f"no item number says of what: {named}. A lawyer of the unit says from the page of the "
        "duty which items each is about, or that it is about none."
    )
