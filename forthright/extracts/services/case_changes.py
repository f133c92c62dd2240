"""What a plan says of some cases, sorted by kind of record, and the values it gives each."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from operator import itemgetter
from typing import Any, TypeVar

from django.db.models import DateField, DateTimeField, Model

from forthright.accounts.models import User
from forthright.cases.models import Case, Decision, Defendant, PersonToTell
from forthright.extracts.plans import ImportRefused
from forthright.rules.words import local
from forthright.schemes.models import Duty
from forthright.schemes.services import StageTimes

MODELS: dict[str, type[Model]] = {
    "case": Case,
    "person": PersonToTell,
    "defendant": Defendant,
    "decision": Decision,
}
MOVED = (
    "The records changed after the file was checked, so nothing was imported. "
    "Check the file again and look at what it would do now."
)
New = TypeVar("New", bound=Model)
Change = dict[str, Any]
Place = tuple[int, str, str]  # the case's number in the file, the kind of record, its key
LetterFacts = dict[tuple[int, int], dict[str, Any]]  # by the decision's and the person's id


class CaseChanges:
    """The changes of some cases of one Area, and the id of each record in them."""

    at: datetime  # when the import was made

    def __init__(self, area_id: int, changes: Sequence[tuple[int, Change]]) -> None:
        """Sort what is to be written by kind."""
        self.area_id = area_id
        self.changes: dict[str, list[tuple[int, Change]]] = defaultdict(list)
        for number, change in changes:
            self.changes[change["what"]].append((number, change))
        self.case_count = len(self.changes["case"])
        self.ids: dict[Place, int] = {}

    def values(self, model: type[Model], number: int, change: Change) -> dict[str, Any]:
        """Return the values of a new record, by the names that its model takes."""
        values = self.linked(number, change["values"])
        values = {name: as_stored(model, name, value) for name, value in values.items()}
        if model is Case:
            values |= {"urn": change["urn"], "urn_suffix": change["urn_suffix"]}
            return {**values, "area_id": self.area_id}
        values |= {"case_id": self.ids[number, "case", "case"], "key": change["key"]}
        if model is Defendant:
            return {**values, "added_at": self.at}
        return {**values, "area_id": self.area_id} if model is Decision else values

    def linked(self, number: int, values: dict[str, Any]) -> dict[str, Any]:
        """Return values with the defendant's key turned into the defendant's id."""
        if "defendant_key" not in values:
            return values
        values = dict(values)
        key = values.pop("defendant_key")
        return {**values, "defendant_id": self.ids.get((number, "defendant", key))}

    def letter_facts(self) -> LetterFacts:
        """Return what the file says of each letter."""
        facts = {}
        for number, change in self.changes["letter"]:
            decision = self.ids[number, "decision", change["decision"]]
            person = self.ids[number, "person", change["person"]]
            facts[decision, person] = change["values"]
        return facts


def a_record(model: type[New], values: dict[str, Any]) -> New:
    """Return a record that is not saved, from all that is known of it by the names of its columns.

    Given every value in its order, Django makes it in a third of the time that it needs to find
    each by name; a large import makes a million.
    """
    blank, in_order = _blank(model)
    whole = {**blank, **values}
    if len(whole) > len(blank):
        raise TypeError(f"{model.__name__} has no column for some of: {', '.join(values)}")
    return model(*in_order(whole))


@cache
def _blank(model: type[Model]) -> tuple[dict[str, Any], Callable[[dict[str, Any]], Any]]:
    """Return what a record holds where nothing is said, and what puts its values in order."""
    fields = model._meta.concrete_fields
    blank = {field.attname: field.get_default() for field in fields}
    return blank, itemgetter(*blank)


def close_not_required(duty: Duty, reason: str, *, by: User | None, at: datetime) -> None:
    """Set on a letter that the file says it is not required, without saving it.

    :raises ImportRefused: if the letter was sent
    """
    if duty.sent_at is not None:
        raise ImportRefused("A letter that was sent cannot be said not to be required. " + MOVED)
    duty.state, duty.late_stage = Duty.State.NOT_REQUIRED, ""
    duty.not_required_reason = reason
    duty.not_required_at, duty.not_required_by = at, by


def stage_times(facts: dict[str, Any] | None) -> StageTimes | None:
    """Return what a file says of a letter's stages, or None where it says nothing."""
    if not facts:
        return None
    known: dict[str, Any] = {
        name: datetime.fromisoformat(value) for name, value in facts.items() if name.endswith("_at")
    }
    known |= {name: facts[name] for name in ("drafter_id", "drafter_name") if name in facts}
    return StageTimes(**known) if known else None


def as_kept(value: Any) -> Any:
    """Return a value of a record as JSON keeps it, moments by the clock in London."""
    if isinstance(value, datetime):
        return local(value).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def as_stored(model: type[Model], name: str, value: Any) -> Any:
    """Return a value kept as JSON as the record holds it."""
    read = _readers(model).get(name)
    return read(value) if read and isinstance(value, str) else value


@cache
def _readers(model: type[Model]) -> dict[str, Callable[[str], Any]]:
    """Return what reads a date or a moment, by the name of each field that holds one."""
    fields = [field for field in model._meta.concrete_fields if isinstance(field, DateField)]
    return {
        field.name: datetime.fromisoformat
        if isinstance(field, DateTimeField)
        else date.fromisoformat
        for field in fields
    }
