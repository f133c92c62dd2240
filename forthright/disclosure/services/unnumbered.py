"""Lets an entry of the officer's report without an item number wait until somebody places it.

What the police say may undermine the prosecution or assist the defence is read beside its item by
whoever decides that. Where no number says which item it is, nobody would.
"""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.disclosure import policies
from forthright.disclosure.models import Delivery, DisclosureDuty, Item, UnnumberedEntry
from forthright.disclosure.selectors.standings import live_items
from forthright.disclosure.selectors.unnumbered import Outcome, standing_entries
from forthright.disclosure.services.moving import locked_of_case, move_by_items
from forthright.disclosure.services.naming import told_of, wait_for_named
from forthright.rules.disclosure_duty import SERVED_OR_LATER
from forthright.rules.schedules.said_to_assist import may_name
from forthright.rules.schedules.schedule import Form
from forthright.rules.written import LEAST_WEIGHED, reason_in

# By these an entry of a new version is the same as one of which it was said before what it means.
SAME = ("description", "undermines", "copy", "comments", "of_form")


class EntryRefused(ValueError):
    """An entry cannot be placed so; the message says what to change."""


def wait_for_numbers(delivery: Delivery, *, at: datetime) -> int:
    """Let each entry without a number of a delivery that was taken in wait; return how many do.

    Of one that stood in the same words before it stays as somebody decided.
    """
    entries = Item.objects.filter(
        schedule__delivery=delivery, schedule__form=Form.MG6E.value, number=None
    )
    rows = UnnumberedEntry.objects.filter(case=delivery.case_id).exclude(outcome=Outcome.WAITS)
    known = {_words_of(each.entry): each for each in rows.select_related("entry").order_by("pk")}
    waiting = 0
    for entry in entries.order_by("pk"):
        if not may_name(entry.undermines or entry.description):
            continue
        row = UnnumberedEntry(case_id=delivery.case_id, entry=entry, made_at=at)
        if before := known.get(_words_of(entry)):
            row.outcome, row.items, row.reason = before.outcome, before.items, before.reason
            row.made_at, row.made_by = before.made_at, before.made_by
        row.save()
        waiting += row.outcome == Outcome.WAITS
    return waiting


@transaction.atomic
def place_entry(  # noqa: PLR0913 - what a page asks
    duty: DisclosureDuty, shown: UnnumberedEntry, outcome: str, *, items: Collection[int] = (),
    reason: str = "", by: User | None, at: datetime,
) -> UnnumberedEntry:  # fmt: skip
    """Keep which items an entry is about, or that it is about none, for each defendant of its case.

    What was approved with such an item withheld is approved anew; after a service the item waits
    to be decided anew.

    :param shown: what stood of the entry when the page was opened
    :raises NotAllowed: if the case is not this person's, or the duty is closed
    :raises EntryRefused: if somebody else decided it meanwhile, its report stands no more, an item
        is not on a schedule that stands, or nothing says why it is about none
    """
    duties = locked_of_case(duty.case_id)
    duty = next(each for each in duties if each.pk == duty.pk)
    policies.check_can_place(by, duty)
    if not standing_entries().filter(pk=shown.pk).exists():
        raise EntryRefused(
            "Somebody decided this meanwhile, or a new report came. Look at the list of entries "
            "as it stands now."
        )
    why = reason_in(reason)
    _check(duty, outcome, items, reason_in(reason, least=LEAST_WEIGHED))
    delivery = shown.entry.schedule.delivery
    told = told_of(duties)
    row = UnnumberedEntry.objects.create(
        case_id=duty.case_id, entry=shown.entry, outcome=outcome, items=sorted(items), reason=why,
        made_at=at, made_by=by,
    )  # fmt: skip
    # Why may tell what is sensitive, and stands beside the entry for the lawyers of the unit.
    audit.record("entry.placed", delivery, by=by, at=at, entry=shown.entry_id, outcome=outcome,
                 items=row.items)  # fmt: skip
    if outcome == Outcome.ITEMS:
        wait_for_named(delivery, duties, told, at=at)
        for each in duties:
            if each.stands not in SERVED_OR_LATER:
                move_by_items(each, by=by, at=at)
    return row


def _check(duty: DisclosureDuty, outcome: str, items: Collection[int], why: str) -> None:
    """Refuse what says too little of an entry, or names an item that nobody can endorse."""
    if outcome not in {Outcome.ITEMS, Outcome.NONE}:
        raise EntryRefused("Choose what the entry is about.")
    if outcome == Outcome.ITEMS and not items:
        raise EntryRefused("Tick the items that the entry is about, or say that it is about none.")
    if outcome == Outcome.NONE and items:
        raise EntryRefused("You ticked items. Say that the entry is about them, or untick them.")
    if set(items) - set(live_items(duty).values_list("pk", flat=True)):
        raise EntryRefused("Tick only items that are on the list below.")
    if outcome == Outcome.NONE and not why:
        raise EntryRefused(
            "Write why the entry is about no item, and what was done about what it says: what is "
            "on no schedule may have to be disclosed too."
        )


def _words_of(entry: Item) -> tuple[str, ...]:
    return tuple(" ".join(getattr(entry, name).split()) for name in SAME)
