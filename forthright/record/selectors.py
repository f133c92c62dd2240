"""Reads the events of an Area for its record page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.apps import apps
from django.conf import settings
from django.db.models import QuerySet
from django.urls import resolve, reverse

from forthright.accounts.models import User
from forthright.accounts.permissions import Permission
from forthright.accounts.policies import has_permission, within_reach
from forthright.audit.models import DEPUTY_FOR, Event, Head
from forthright.rules.words import list_words

# Where the word on the pages is not the name of the model.
PAGE_WORDS = {"schemes.Duty": "letter owed", "accounts.User": "person"}
# Pages of other rooms, by name: this room lies below them.
PAGES = {
    "accounts.User": "accounts:person",
    "disclosure.Delivery": "disclosure:delivery",
    "disclosure.DisclosureDuty": "disclosure:duty",
    "extracts.ImportRun": "extracts:run",
    "reports.WeeklyReport": "reports:report",
    "samples.Draw": "samples:draw",
    "samples.Plan": "samples:plan",
    "schemes.Duty": "letters:letter",
}
# What an event keeps and this page does not say: those who may read it read it elsewhere.
KEPT_BACK = {"disclosure.sent_back": {"reason"}, "return.taken_back": {"reason"}}


@dataclass(frozen=True)
class Line:
    """One event in plain words."""

    sequence: int
    at: datetime
    who: str
    what: str
    subject: str
    address: str
    details: list[str]


def events_for(user: User) -> QuerySet[Event]:
    """Return the events that this person may see."""
    rows = Event.objects.select_related("by")
    return within_reach(user, Permission.AUDIT_SEE, rows)


def narrowed(
    events: QuerySet[Event], *, person: User | None = None, kind: str = "",
    first: date | None = None, last: date | None = None,
) -> QuerySet[Event]:  # fmt: skip
    """Return the events of one person, kind of thing, or span of days."""
    if person is not None:
        events = events.filter(by=person)
    if kind:
        events = events.filter(subject_kind=kind)
    if first is not None:
        events = events.filter(at__gte=morning_of(first))
    if last is not None:
        events = events.filter(at__lt=morning_of(last + timedelta(days=1)))
    return events


def morning_of(day: date) -> datetime:
    """Return the first moment of a day."""
    return datetime.combine(day, time.min, tzinfo=ZoneInfo(settings.TIME_ZONE))


def lines_of(events: Sequence[Event], reader: User) -> list[Line]:
    """Return events as their page shows them to somebody, each with whom its doer stood in for."""
    stood_for = {pk for event in events for pk in event.detail.get(DEPUTY_FOR, [])}
    names = dict(User.objects.filter(pk__in=stood_for).values_list("pk", "full_name"))
    return [_line(event, reader, names) for event in events]


def _line(event: Event, reader: User, names: Mapping[int, str]) -> Line:
    stood_for = [names[pk] for pk in event.detail.get(DEPUTY_FOR, []) if pk in names]
    who = event.by.full_name if event.by else "Forthright, by itself"
    return Line(
        sequence=event.sequence,
        at=event.at,
        who=f"{who} for {list_words(stood_for)}" if stood_for else who,
        what=in_words(event.name),
        subject=subject_words(event),
        address=address_of(event, reader),
        details=[
            f"{in_words(name)}: {value_words(value)}"
            for name, value in event.detail.items()
            if name != DEPUTY_FOR and name not in KEPT_BACK.get(event.name, ())
        ],
    )


def value_words(value: object) -> str:
    """Return what an event keeps, a list as its members with commas."""
    if isinstance(value, list):
        return ", ".join(str(each) for each in value) or "none"
    return str(value)


def in_words(name: str) -> str:
    """Return "Letter not required" for "letter.not_required"."""
    words = name.replace(".", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def address_of(event: Event, reader: User) -> str:
    """Return where the thing that an act was done to is shown; blank where they may not open it."""
    page = PAGES.get(event.subject_kind)
    if not page or not event.subject_id:
        return ""
    address = reverse(page, args=[event.subject_id])
    permission = getattr(resolve(address).func, "permission", None)
    return address if permission is None or has_permission(reader, permission) else ""


def subject_words(event: Event) -> str:
    """Return what an act was done to, such as "Letter owed 41"."""
    return f"{in_words(kind_words(event.subject_kind))} {event.subject_id}".strip()


def kind_words(kind: str) -> str:
    """Return the pages' word for a kind of thing."""
    if kind in PAGE_WORDS or not kind:
        return PAGE_WORDS.get(kind, "")
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except (LookupError, ValueError):
        return kind


def kinds() -> list[tuple[str, str]]:
    """Return every kind of thing that acts are done to, by its word."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("forthright")]
    labels = [model._meta.label for model in ours if model not in (Event, Head)]
    pairs = [(label, in_words(kind_words(label))) for label in labels]
    return sorted(pairs, key=lambda pair: pair[1])


def people_of(user: User) -> QuerySet[User]:
    """Return the people whose acts this person may look for."""
    return User.objects.filter(area=user.area_id).order_by("full_name")


def head() -> Head:
    """Return the last link of the chain."""
    return Head.objects.filter(pk=1).first() or Head()
