"""Writes some hundreds of cases at once, with everything in them, and notes each change."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import DateField, DateTimeField, Model

from forthright.accounts.models import User
from forthright.cases.models import Case, Decision, Defendant, PersonToTell
from forthright.extracts.models import ImportChange, ImportRun
from forthright.extracts.plans import ImportRefused
from forthright.rules.words import local
from forthright.schemes.models import Duty
from forthright.schemes.services import (
    StageTimes,
    open_duties,
    reckon_again,
    record_stages_bulk,
)

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
REASON = "The decision’s time or the entitlement was corrected by an import."
BATCH = 1000
Change = dict[str, Any]
Place = tuple[int, str, str]  # the case's number in the file, the kind of record, its key


class CaseBatch:
    """Some cases of one import, with the people, decisions and letters in them."""

    def __init__(
        self,
        run: ImportRun,
        changes: Sequence[tuple[int, Change]],
        *,
        by: User | None,
        at: datetime,
    ) -> None:
        """Sort what is to be written by kind."""
        self.run, self.by, self.at = run, by, at
        self.changes: dict[str, list[tuple[int, Change]]] = defaultdict(list)
        for number, change in changes:
            self.changes[change["what"]].append((number, change))
        self.case_count = len(self.changes["case"])
        self.ids: dict[Place, int] = {}
        self.notes: list[ImportChange] = []
        self.added_ids: list[tuple[str, int]] = []
        self.added: Counter[type[Model]] = Counter()

    def write(self) -> None:
        """Write the batch and note what each record was before."""
        for what in ("case", "person", "defendant", "decision"):
            self._change_held(what)
            self._add_new(what)
        self._write_letters()
        ImportChange.objects.bulk_create(self.notes, batch_size=BATCH)
        _note_all_added(self.run, self.added_ids)

    def _add_new(self, what: str) -> None:
        model = MODELS[what]
        new = [(number, change) for number, change in self.changes[what] if change["id"] is None]
        rows = [model(**self._values(model, number, change)) for number, change in new]
        model._default_manager.bulk_create(rows, batch_size=BATCH)
        for row, (number, change) in zip(rows, new, strict=True):
            self.ids[number, what, change["key"]] = row.pk
        self._note_added(model, [row.pk for row in rows])

    def _note_added(self, model: type[Model], ids: Sequence[int]) -> None:
        self.added[model] += len(ids)
        self.added_ids += [(model._meta.label, pk) for pk in ids]

    def _values(self, model: type[Model], number: int, change: Change) -> dict[str, Any]:
        values = self._linked(number, change["values"])
        values = {name: as_stored(model, name, value) for name, value in values.items()}
        if model is Case:
            values |= {"urn": change["urn"], "urn_suffix": change["urn_suffix"]}
            return {**values, "area_id": self.run.area_id}
        values |= {"case_id": self.ids[number, "case", "case"], "key": change["key"]}
        return {**values, "area_id": self.run.area_id} if model is Decision else values

    def _linked(self, number: int, values: dict[str, Any]) -> dict[str, Any]:
        """Return values with the defendant's key turned into the defendant's id."""
        if "defendant_key" not in values:
            return values
        values = dict(values)
        key = values.pop("defendant_key")
        return {**values, "defendant_id": self.ids.get((number, "defendant", key))}

    def _change_held(self, what: str) -> None:
        model = MODELS[what]
        held = [(number, change) for number, change in self.changes[what] if change["id"]]
        for number, change in held:
            self.ids[number, what, change["key"]] = change["id"]
        changed = [(number, change) for number, change in held if change["before"]]
        if not changed:
            return
        rows = model._default_manager.in_bulk([change["id"] for _, change in changed])
        names: set[str] = set()
        for number, change in changed:
            names |= self._change_one(rows.get(change["id"]), model, number, change)
        model._default_manager.bulk_update(rows.values(), sorted(names), batch_size=BATCH)

    def _change_one(
        self, row: Model | None, model: type[Model], number: int, change: Change
    ) -> set[str]:
        """Put the new values on a record that stands as it did when the file was checked."""
        if row is None:
            raise ImportRefused(MOVED)
        after = {name: change["values"][name] for name in change["before"]}
        before = {name: value for name, value in change["before"].items() if name in after}
        if "defendant_key" in before:
            del before["defendant_key"]
            before["defendant_id"] = getattr(row, "defendant_id", None)
        after = self._linked(number, after)
        if any(as_kept(getattr(row, name)) != value for name, value in before.items()):
            raise ImportRefused(MOVED)
        for name, value in after.items():
            setattr(row, name, as_stored(model, name, value))
        self._note_changed(model, row.pk, before, after)
        return {model._meta.get_field(name).name for name in after}

    def _note_changed(
        self, model: type[Model], pk: int, before: dict[str, Any], after: dict[str, Any]
    ) -> None:
        self.notes.append(
            ImportChange(
                run=self.run,
                record_kind=model._meta.label,
                record_id=pk,
                was_added=False,
                before=before,
                after=after,
            )
        )

    def _write_letters(self) -> None:
        case_ids = [self.ids[number, "case", "case"] for number, _ in self.changes["case"]]
        held = [change["id"] for _, change in self.changes["case"] if change["id"]]
        before = snapshots(held)
        facts = self._letter_facts()
        if decisions := self._decisions_to_open(case_ids):
            open_duties(
                decisions,
                by=self.by,
                at=self.at,
                times=lambda duty: stage_times(facts.get((duty.decision_id, duty.person_id))),
            )
        self._move_due_dates()
        known = {(each["decision_id"], each["person_id"]) for each in before.values()}
        again = {key: times for key in known & facts.keys() if (times := stage_times(facts[key]))}
        if again:
            record_stages_bulk(self.run.area, again, by=self.by, at=self.at)
        self._close_not_required(facts)
        new = Duty.objects.filter(case__in=case_ids).exclude(pk__in=before)
        self._note_added(Duty, list(new.order_by("pk").values_list("pk", flat=True)))
        self._note_letters(before, snapshots(held))

    def _letter_facts(self) -> dict[tuple[int, int], dict[str, Any]]:
        facts = {}
        for number, change in self.changes["letter"]:
            decision = self.ids[number, "decision", change["decision"]]
            person = self.ids[number, "person", change["person"]]
            facts[decision, person] = change["values"]
        return facts

    def _decisions_to_open(self, case_ids: list[int]) -> list[Decision]:
        """Return the decisions of cases in which a person, or a qualifying decision, is new."""
        fresh = {
            self.ids[number, "case", "case"]
            for what in ("person", "decision")
            for number, change in self.changes[what]
            if change["id"] is None or {"kind", "made_at"} & change["before"].keys()
        }
        # A letter that should be owed and is not, because the rules came later, is opened too.
        fresh |= {
            self.ids[number, "case", "case"]
            for number, change in self.changes["letter"]
            if change["id"] is None
        }
        touched = [pk for pk in case_ids if pk in fresh]
        return list(Decision.objects.filter(case__in=touched).order_by("pk")) if touched else []

    def _move_due_dates(self) -> None:
        """Work out due dates afresh where the decision's time or an entitlement was corrected."""
        decisions = [
            change["id"] for _, change in self.changes["decision"] if "made_at" in change["before"]
        ]
        people = [
            change["id"]
            for _, change in self.changes["person"]
            if "entitlement" in change["before"]
        ]
        if not decisions and not people:
            return
        rows = Duty.objects.filter(decision__in=decisions) | Duty.objects.filter(person__in=people)
        reckon_again(list(rows), reason=REASON, by=self.by, at=self.at)

    def _close_not_required(self, facts: dict[tuple[int, int], dict[str, Any]]) -> None:
        reasons = {
            key: values["not_required_reason"]
            for key, values in facts.items()
            if values.get("not_required_reason")
        }
        if not reasons:
            return
        rows = Duty.objects.filter(decision__in={decision for decision, _ in reasons})
        closed = []
        for duty in rows:
            reason = reasons.get((duty.decision_id, duty.person_id))
            if reason is None or duty.not_required_reason == reason:
                continue
            if duty.sent_at is not None:
                raise ImportRefused(
                    "A letter that was sent cannot be said not to be required. " + MOVED
                )
            duty.state, duty.late_stage = Duty.State.NOT_REQUIRED, ""
            duty.not_required_reason = reason
            duty.not_required_at, duty.not_required_by = self.at, self.by
            closed.append(duty)
        names = ["state", "late_stage", "not_required_reason", "not_required_at",
                 "not_required_by"]  # fmt: skip
        Duty.objects.bulk_update(closed, names, batch_size=BATCH)

    def _note_letters(
        self, before: dict[int, dict[str, Any]], after: dict[int, dict[str, Any]]
    ) -> None:
        for pk, was in before.items():
            changed = [name for name in was if was[name] != after[pk][name]]
            if changed:
                self._note_changed(
                    Duty,
                    pk,
                    {name: was[name] for name in changed},
                    {name: after[pk][name] for name in changed},
                )


def _note_all_added(run: ImportRun, added: list[tuple[str, int]]) -> None:
    """Note added records in plain SQL: half of what an import writes are these short rows."""
    columns = ("run_id", "record_kind", "record_id", "was_added")
    quoted = ", ".join(connection.ops.quote_name(column) for column in columns)
    table = connection.ops.quote_name(ImportChange._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({quoted}) VALUES (%s, %s, %s, %s)",  # noqa: S608 - own names
            [(run.pk, kind, pk, True) for kind, pk in added],
        )


def snapshots(case_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return every letter owed in some cases as it stands, by its id."""
    rows = Duty.objects.filter(case__in=case_ids).values(*_letter_columns())
    return {row["id"]: {name: as_kept(value) for name, value in row.items()} for row in rows}


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
    if isinstance(value, str):
        field = model._meta.get_field(name)
        if isinstance(field, DateTimeField):
            return datetime.fromisoformat(value)
        if isinstance(field, DateField):
            return date.fromisoformat(value)
    return value


@cache
def _letter_columns() -> tuple[str, ...]:
    return tuple(field.attname for field in Duty._meta.concrete_fields)
