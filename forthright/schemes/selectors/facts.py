"""What is recorded of a letter: a stamp of each fact, and what stands now with who said so."""

from forthright.cases.models import Decision, PersonToTell
from forthright.rules.marking import said_stamp
from forthright.rules.words import moment_words
from forthright.schemes.models import Duty
from forthright.web.meanwhile import newest_event, who_did

CORRECTED = "This was corrected after you opened the page"
CHOOSE = (
    "Choose which is right: “Correct it” puts yours in its place, “Cancel” leaves what is there."
)
CHOOSE_TIME = (
    "Choose which is right: “Change it” puts yours in its place, “Cancel” leaves what is there."
)


def entitlement_stamp(person: PersonToTell) -> str:
    """Return a stamp of what a person is entitled to and what that rests on."""
    return said_stamp(person.entitlement, person.entitlement_because)


def decision_stamp(decision: Decision) -> str:
    """Return a stamp of when a decision was made."""
    return said_stamp(decision.made_at.isoformat())


def drafter_stamp(duty: Duty) -> str:
    """Return a stamp of who is recorded to have drafted a letter."""
    return said_stamp(str(duty.drafter_id or ""), duty.drafter_name)


def stage_stamp(duty: Duty, stage: str) -> str:
    """Return a stamp of when a step of a letter is recorded to have happened."""
    recorded = getattr(duty, f"{stage}_at")
    return said_stamp(recorded.isoformat() if recorded else "")


def entitlement_now(person: PersonToTell) -> str:
    """Say what stands now of a person's entitlement, and who put it there."""
    rests = f", because: {person.entitlement_because}" if person.entitlement_because else ""
    event = newest_event(person, "person_to_tell.entitlement_corrected")
    who = who_did(event) if event and event.detail["now"] == person.entitlement else ""
    return f"{CORRECTED}{who}. Now it says {person.get_entitlement_display()}{rests}. {CHOOSE}"


def decision_now(decision: Decision) -> str:
    """Say when a decision is now recorded as made, and who put that there."""
    event = newest_event(decision, "decision.time_corrected")
    who = who_did(event)
    return f"{CORRECTED}{who}. Now it says {moment_words(decision.made_at)}. {CHOOSE}"


def stage_now(duty: Duty, stage: str) -> str:
    """Say when a step of a letter is now recorded to have happened, and who put that there."""
    event = newest_event(
        duty, f"letter.{stage}", f"letter.{stage}_corrected", f"letter.{stage}_cleared"
    )
    who = who_did(event)
    recorded = getattr(duty, f"{stage}_at")
    if recorded is None:
        return f"This was taken back after you opened the page{who}. Nothing is recorded now."
    return (
        f"This was recorded after you opened the page{who}. "
        f"Now it says {moment_words(recorded)}. {CHOOSE_TIME}"
    )
