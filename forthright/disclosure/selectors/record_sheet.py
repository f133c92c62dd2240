"""The record sheet of a duty: what was done, by whom and when, made from the record itself.

It is never sent to the defence and stands in no file: it is a page for those who work on the case.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from forthright.audit.models import Event
from forthright.disclosure.models import Delivery, DisclosureDuty, PoliceReturn
from forthright.web.meanwhile import newest_event

# Looks at a page are in the record, and are no step of the disclosure.
LEFT_OUT = ("disclosure.seen", "items.seen", "delivery.seen", "return.seen", "disclosure.moved")
MOST = 2_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the record sheet."""

    at: datetime
    who: str
    what: str
    details: str


def record_sheet_of(duty: DisclosureDuty) -> list[Entry]:
    """Return what was done about a duty and its schedules, the first first."""
    deliveries = [str(pk) for pk in Delivery.objects.filter(case=duty.case_id).values_list(
        "pk", flat=True)]  # fmt: skip
    returns = [str(pk) for pk in PoliceReturn.objects.filter(
        delivery__case=duty.case_id).values_list("pk", flat=True)]  # fmt: skip
    about = (
        Q(subject_kind=DisclosureDuty._meta.label, subject_id=str(duty.pk))
        | Q(subject_kind=Delivery._meta.label, subject_id__in=deliveries)
        | Q(subject_kind=PoliceReturn._meta.label, subject_id__in=returns)
    )
    events = Event.objects.filter(about).exclude(name__in=LEFT_OUT).select_related("by")
    return [_entry(event) for event in events.order_by("sequence")[:MOST]]


def sent_back_with(duty: DisclosureDuty) -> Entry | None:
    """Return what an approver asked to be looked at again, until the duty has moved on."""
    event = newest_event(duty, "disclosure.sent_back")
    if event is None or event.at != duty.moved_at:
        return None
    who = event.by.full_name if event.by else ""
    return Entry(event.at, who, "Sent back", str(event.detail.get("reason", "")))


def _entry(event: Event) -> Entry:
    words = event.name.replace(".", " ").replace("_", " ")
    return Entry(
        at=event.at,
        who=event.by.full_name if event.by else "Forthright",
        what=words[:1].upper() + words[1:],
        details="; ".join(f"{name.replace('_', ' ')}: {_value(value)}"
                          for name, value in event.detail.items() if value not in (None, "", [])),
    )  # fmt: skip


def _value(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
