"""What the record says of a letter: the facts a marker checks it against, and if it was in time."""

from dataclasses import dataclass
from datetime import date

from forthright.rules.clock_rules import Measure
from forthright.rules.timeliness import Timeliness, outcome
from forthright.rules.words import date_words, day_words, list_words, moment_words
from forthright.schemes.models import Duty
from forthright.web import clock


@dataclass(frozen=True, slots=True)
class InTime:
    """Whether a letter was in time, worked out and never judged."""

    outcome: Timeliness
    sentence: str
    arithmetic: tuple[str, ...]

    @property
    def colour(self) -> str:
        """Return the colour of its tag."""
        return {Timeliness.MET: "green", Timeliness.NOT_REQUIRED: "grey"}.get(self.outcome, "red")


def in_time(duty: Duty, as_of: date) -> InTime:
    """Return how a letter stood on a day, with the sentence that says why."""
    sent = clock.day_of(duty.sent_at) if duty.sent_at else None
    reached = clock.day_of(duty.reached_at) if duty.reached_at else None
    stood = outcome(
        duty.due_on,
        sent=sent,
        reached=reached,
        as_of=as_of,
        measure=Measure(duty.rule_set.measure),
        required=duty.state != Duty.State.NOT_REQUIRED,
    )
    said = f"Due {day_words(duty.due_on)}; "
    said += f"sent {day_words(sent)}." if sent else "not sent."
    if reached:
        said = f"{said[:-1]}; reached the person {day_words(reached)}."
    return InTime(stood, said, tuple(duty.due_because))


def record_of(duty: Duty) -> list[dict[str, str]]:
    """Return what a marker compares the letter with, as keys and values in order."""
    case, person, decision = duty.case, duty.person, duty.decision
    special = [
        words
        for is_so, words in (
            (case.is_rasso, "rape or serious sexual offence"),
            (case.is_domestic_abuse, "domestic abuse"),
            (case.is_hate_crime, "hate crime"),
            (case.involves_child, "a child is involved"),
            (case.involves_death, "somebody died"),
        )
        if is_so
    ]
    withdrawn = " after the victim withdrew" if decision.is_after_withdrawal else ""
    told = [str(person), person.get_relation_display().lower()]
    told += ["a child"] if person.is_child else []
    told += [f"prefers “{person.preferred_name}”"] if person.preferred_name else []
    told += [f"reads {person.language}"] if person.language != "English" else []
    entitlement = person.get_entitlement_display()
    rows = [
        ("To be told", "; ".join(told)),
        ("Safe contact", person.safe_contact_note),
        ("Address", person.address),
        ("Entitlement", entitlement),
        ("Decision", f"{decision.get_kind_display()}{withdrawn}, {moment_words(decision.made_at)}"),
        ("Offence", "; ".join(part for part in (case.lead_offence, *special) if part)),
        ("Defendant", list_words([str(each) for each in case.defendants.all()])),
        ("Explanation", f"arrived {date_words(clock.day_of(duty.explained_at))}"
         if duty.explained_at else ""),
    ]  # fmt: skip
    return [{"key": key, "value": value} for key, value in rows if value]
