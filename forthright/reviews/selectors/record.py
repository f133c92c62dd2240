"""What the record says of a letter: the facts a marker checks it against, and if it was in time."""

from dataclasses import dataclass
from datetime import date

from forthright.disclosure.models import DisclosureDuty, Serving
from forthright.disclosure.selectors.limits import judged_words_of
from forthright.disclosure.selectors.standings import standings_of
from forthright.rules.clock_rules import Measure
from forthright.rules.disclosure_duty import ItemStanding
from forthright.rules.disclosure_limits import INITIAL
from forthright.rules.timeliness import Timeliness, outcome
from forthright.rules.words import (
    count_words,
    date_words,
    day_words,
    list_words,
    moment_words,
)
from forthright.samples.models import DrawnLetter
from forthright.schemes.models import Duty
from forthright.web import clock


@dataclass(frozen=True, slots=True)
class InTime:
    """Whether a letter or disclosure was in time, worked out and never judged."""

    outcome: Timeliness
    sentence: str
    arithmetic: tuple[str, ...]
    sent: str = "sent"

    @property
    def words(self) -> str:
        """Say the outcome."""
        return self.outcome.words_of(self.sent)

    @property
    def colour(self) -> str:
        """Return the colour of its tag."""
        return {Timeliness.MET: "green", Timeliness.NOT_REQUIRED: "grey"}.get(self.outcome, "red")


def in_time(letter: DrawnLetter, as_of: date) -> InTime:
    """Return how a letter or a disclosure stood on a day, with the sentence that says why."""
    if letter.duty is None:
        return _served_in_time(letter.owed_disclosure, as_of)
    duty = letter.duty
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


def _served_in_time(duty: DisclosureDuty, as_of: date) -> InTime:
    """Return how initial disclosure stood, as the figures of its month count it.

    A date that moved after the service changes nothing, but where a correction says so.
    """
    first = first_serving(duty)
    due = duty.due_on
    served = first.served_on if first is not None else None
    said = f"Due {day_words(due)}; " + (f"served {day_words(served)}." if served else "not served.")
    if first is not None and first.due_on != due:
        said += f" As its day was typed when it was served, it was due {day_words(first.due_on)}."
    rows = duty.dates.filter(key=INITIAL).values_list("arithmetic", "source")
    why = tuple(sentence for lines, source in rows for sentence in (*lines, f"Source: {source}."))
    why = (*judged_words_of(duty), *why)
    return InTime(outcome(due, sent=served, as_of=as_of), said, why, "served")


def first_serving(duty: DisclosureDuty) -> Serving | None:
    """Return the service of initial disclosure, or of the statement that there is nothing."""
    kinds = [Serving.Kind.INITIAL, Serving.Kind.NIL]
    return duty.servings.filter(kind__in=kinds).order_by("served_at", "pk").first()


def sensitive_items_of(letter: DrawnLetter) -> int:
    """Return how many sensitive items the schedules of a disclosure list."""
    return sum(each.is_sensitive for each in standings_of(letter.owed_disclosure))


def record_of(letter: DrawnLetter) -> list[dict[str, str]]:
    """Return what a marker compares it with, as keys and values in order."""
    if letter.duty is None:
        return _record_of_disclosure(letter.owed_disclosure)
    duty = letter.duty
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


def _record_of_disclosure(duty: DisclosureDuty) -> list[dict[str, str]]:
    """Return the counts and days of a disclosure; no words of an item are among them."""
    standings = standings_of(duty)
    open_items = [each for each in standings if not each.is_sensitive]
    sensitive = [each for each in standings if each.is_sensitive]
    first = first_serving(duty)
    served = (
        f"{first.get_kind_display()}, {moment_words(first.served_at)}, by "
        f"{first.get_method_display()}"
        if first
        else "Nothing"
    )
    told = moment_words(first.court_told_at) if first and first.court_told_at else "Not told"
    rows = [
        ("Defendant", str(duty.defendant)),
        ("Offence", duty.case.lead_offence),
        ("Court", f"{duty.get_court_display()}, {duty.get_remand_display().lower()}"),
        ("Began", day_words(duty.triggered_on)),
        ("Open items", _decided(open_items)),
        ("Sensitive items", _decided(sensitive) if sensitive else "None on a schedule"),
        ("Served", served),
        ("Notice to the court", told if first else ""),
        ("Management document", "Served with it" if first and first.management_id else
         "Not served with it" if first else ""),
    ]  # fmt: skip
    return [{"key": key, "value": value} for key, value in rows if value]


def _decided(standings: list[ItemStanding]) -> str:
    decided = sum(each.is_decided for each in standings)
    return f"{count_words(len(standings), 'item')}, {decided:,} decided"
