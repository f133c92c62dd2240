"""The record sheet of a duty: what was done, by whom and when, made from the record itself.

It is never sent to the defence and stands in no file: it is a page for those who work on the case.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from forthright.audit.models import Event
from forthright.disclosure.models import Delivery, DisclosureDuty, PoliceReturn
from forthright.disclosure.selectors.record_words import HIDDEN, names_of, words_of
from forthright.web.meanwhile import newest_event

# Looks at a page are in the record, and are no step of the disclosure.
LEFT_OUT = ("disclosure.seen", "items.seen", "delivery.seen", "return.seen", "disclosure.moved")


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record sheet."""

    at: datetime
    who: str
    what: str
    details: str


def events_of(duty: DisclosureDuty) -> "QuerySet[Event]":
    """Return what was done about a duty and its schedules."""
    deliveries = [str(pk) for pk in Delivery.objects.filter(case=duty.case_id).values_list(
        "pk", flat=True)]  # fmt: skip
    returns = [str(pk) for pk in PoliceReturn.objects.filter(
        delivery__case=duty.case_id).values_list("pk", flat=True)]  # fmt: skip
    about = (
        Q(subject_kind=DisclosureDuty._meta.label, subject_id=str(duty.pk))
        | Q(subject_kind=Delivery._meta.label, subject_id__in=deliveries)
        | Q(subject_kind=PoliceReturn._meta.label, subject_id__in=returns)
    )
    return Event.objects.filter(about).exclude(name__in=LEFT_OUT).select_related("by")


def entries_of(
    duty: DisclosureDuty, events: Sequence[Event], *, with_sensitive: bool, is_theirs: bool
) -> list[Entry]:
    """Return some events as lines of the record sheet.

    :param is_theirs: whether who reads it works on the case
    """
    names = names_of(duty, events, with_sensitive=with_sensitive, is_theirs=is_theirs)
    return [_entry(event, *words_of(event, names)) for event in events]


def sent_back_with(duty: DisclosureDuty, *, with_sensitive: bool) -> Entry | None:
    """Return what an approver asked to be looked at again, until the duty has moved on.

    Whoever may not see what is sensitive is told who sent it back and when, and not the words: they
    may be about any item.
    """
    event = newest_event(duty, "disclosure.sent_back")
    if event is None or event.at != duty.moved_at:
        return None
    who = event.by.full_name if event.by else ""
    reason = str(event.detail.get("reason", ""))
    return Entry(event.at, who, "Sent back", reason if with_sensitive else HIDDEN)


def _entry(event: Event, what: str, details: str) -> Entry:
    who = event.by.full_name if event.by else "Forthright"
    return Entry(at=event.at, who=who, what=what, details=details)
