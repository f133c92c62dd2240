"""What the product already holds of the cases in a file, fetched some hundreds at a time."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from forthright.accounts.models import Area
from forthright.audit.models import Event
from forthright.cases.models import Case, Decision, Defendant, PersonToTell
from forthright.letters.services.details import DETAILS_CHANGED
from forthright.rules.words import local
from forthright.schemes.models import Duty

CaseKey = tuple[str, str]


@dataclass
class Held:
    """The records held of some cases, each beside its case."""

    cases: dict[CaseKey, Case] = field(default_factory=dict)
    people: dict[int, list[PersonToTell]] = field(default_factory=lambda: defaultdict(list))
    defendants: dict[int, list[Defendant]] = field(default_factory=lambda: defaultdict(list))
    decisions: dict[int, list[Decision]] = field(default_factory=lambda: defaultdict(list))
    letters: dict[tuple[int, int], Duty] = field(default_factory=dict)
    # The fields of each person that somebody corrected by hand, by the person's number.
    by_hand: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))


def held_of(area: Area, keys: Collection[CaseKey]) -> Held:
    """Return what is held of the cases with these URNs, in six queries."""
    held = Held()
    wanted = set(keys)
    for case in Case.objects.filter(area=area, urn__in={root for root, _ in keys if root}):
        if (case.urn, case.urn_suffix) in wanted:
            held.cases[case.urn, case.urn_suffix] = case
    ids = [case.pk for case in held.cases.values()]
    if ids:
        _hold_those_in(held, ids)
    return held


def _hold_those_in(held: Held, ids: list[int]) -> None:
    for person in PersonToTell.objects.filter(case__in=ids).order_by("pk"):
        held.people[person.case_id].append(person)
    people = [str(person.pk) for found in held.people.values() for person in found]
    corrections = Event.objects.filter(
        subject_kind=PersonToTell._meta.label, subject_id__in=people, name=DETAILS_CHANGED
    )
    for person_id, detail in corrections.values_list("subject_id", "detail"):
        held.by_hand[int(person_id)].update(detail["changed"])
    for defendant in Defendant.objects.filter(case__in=ids).order_by("pk"):
        held.defendants[defendant.case_id].append(defendant)
    for decision in Decision.objects.filter(case__in=ids).order_by("pk"):
        held.decisions[decision.case_id].append(decision)
    for letter in Duty.objects.filter(case__in=ids):
        held.letters[letter.decision_id, letter.person_id] = letter


def as_kept(value: Any) -> Any:
    """Return a value of a record as JSON keeps it, moments by the clock in London."""
    if isinstance(value, datetime):
        return local(value).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return value
