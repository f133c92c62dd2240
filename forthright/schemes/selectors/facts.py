"""The facts a due date is counted from: a stamp of each, and what stands now with who said so."""

from django.db.models import Model

from forthright.audit.models import Event
from forthright.cases.models import Decision, PersonToTell
from forthright.rules.marking import said_stamp
from forthright.rules.words import moment_words

CORRECTED = "This was corrected after you opened the page"
CHOOSE = (
    "Choose which is right: “Correct it” puts yours in its place, “Cancel” leaves what is there."
)


def entitlement_stamp(person: PersonToTell) -> str:
    """Return a stamp of what a person is entitled to and what that rests on."""
    return said_stamp(person.entitlement, person.entitlement_because)


def decision_stamp(decision: Decision) -> str:
    """Return a stamp of when a decision was made."""
    return said_stamp(decision.made_at.isoformat())


def entitlement_now(person: PersonToTell) -> str:
    """Say what stands now of a person's entitlement, and who put it there."""
    rests = f", because: {person.entitlement_because}" if person.entitlement_because else ""
    event = _newest(person, "person_to_tell.entitlement_corrected")
    who = _who(event) if event and event.detail["now"] == person.entitlement else ""
    return f"{CORRECTED}{who}. Now it says {person.get_entitlement_display()}{rests}. {CHOOSE}"


def decision_now(decision: Decision) -> str:
    """Say when a decision is now recorded as made, and who put that there."""
    event = _newest(decision, "decision.time_corrected")
    who = _who(event) if event else ""
    return f"{CORRECTED}{who}. Now it says {moment_words(decision.made_at)}. {CHOOSE}"


def _newest(subject: Model, name: str) -> Event | None:
    events = Event.objects.filter(
        subject_kind=subject._meta.label, subject_id=str(subject.pk), name=name
    )
    return events.select_related("by").order_by("-sequence").first()


def _who(event: Event) -> str:
    by = f" by {event.by}" if event.by else ""
    return f"{by}, {moment_words(event.at)}"
