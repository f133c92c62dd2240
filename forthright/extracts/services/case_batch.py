"""Writes some hundreds of held cases at once, with everything in them, and notes each change."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.db.models import Model

from forthright.accounts.models import User
from forthright.cases.models import Decision
from forthright.disclosure.services import following as disclosure
from forthright.extracts.models import ImportChange, ImportRun
from forthright.extracts.plans import ImportRefused
from forthright.extracts.services.added_records import AddedRecords
from forthright.extracts.services.case_changes import (
    MODELS,
    MOVED,
    CaseChanges,
    Change,
    LetterFacts,
    as_kept,
    as_stored,
    close_not_required,
    stage_times,
)
from forthright.hard_media.services import following as recordings
from forthright.letters.services.checks import ask_for_words_drafted
from forthright.schemes.models import Duty
from forthright.schemes.services import Opened, open_duties, reckon_again, record_stages_bulk

REASON = "The decision’s time or the entitlement was corrected by an import."
BATCH = 1000


class CaseBatch(CaseChanges):
    """Some cases that are held, with what one import changes and adds in them."""

    def __init__(
        self,
        run: ImportRun,
        changes: Sequence[tuple[int, Change]],
        *,
        by: User | None,
        at: datetime,
    ) -> None:
        """Sort what is to be written by kind."""
        super().__init__(run.area_id, changes)
        self.run, self.by, self.at = run, by, at
        self.notes: list[ImportChange] = []
        self.added = AddedRecords()

    def write(self) -> None:
        """Write the batch and note what each changed record was before."""
        for what in MODELS:
            self._change_held(what)
            self._add_new(what)
        self._move_with_their_cases()
        self._write_letters()
        ImportChange.objects.bulk_create(self.notes, batch_size=BATCH)

    def _add_new(self, what: str) -> None:
        model = MODELS[what]
        new = [(number, change) for number, change in self.changes[what] if change["id"] is None]
        rows = [model(**self.values(model, number, change)) for number, change in new]
        model._default_manager.bulk_create(rows, batch_size=BATCH)
        for row, (number, change) in zip(rows, new, strict=True):
            self.ids[number, what, change["key"]] = row.pk
        self.added.note(model, [row.pk for row in rows])

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
        save_fields(model, rows.values(), names)

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
        after = self.linked(number, after)
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
                last_id=pk,
                was_added=False,
                before=before,
                after=after,
            )
        )

    def _move_with_their_cases(self) -> None:
        """Let recordings and disclosure go with cases that another unit holds now."""
        cases = [change for _, change in self.changes["case"] if "unit_id" in change["before"]]
        follow_case([change["id"] for change in cases], by=self.by, at=self.at)

    def _write_letters(self) -> None:
        case_ids = [self.ids[number, "case", "case"] for number, _ in self.changes["case"]]
        held = [change["id"] for _, change in self.changes["case"] if change["id"]]
        before = snapshots(held)
        facts = self.letter_facts()
        opened = 0
        if decisions := self._decisions_to_open(case_ids):
            opened = len(self._open(decisions, facts).ids)
        # Somebody may have added a person or a decision to a case since the file was checked.
        if opened != sum(change["owed"] for _, change in self.changes["case"]):
            raise ImportRefused(MOVED)
        self._move_due_dates()
        known = {(each["decision_id"], each["person_id"]) for each in before.values()}
        again = {key: times for key in known & facts.keys() if (times := stage_times(facts[key]))}
        if again:
            record_stages_bulk(self.run.area, again, by=self.by, at=self.at)
        self._close_not_required(facts)
        new = Duty.objects.filter(case__in=case_ids).exclude(pk__in=before)
        self.added.note(Duty, new.order_by("pk").values_list("pk", flat=True))
        after = snapshots(held)
        self._note_letters(before, after)
        drafted = [
            pk for pk, was in before.items() if not was["drafted_at"] and after[pk]["drafted_at"]
        ]
        ask_for_words_drafted(drafted, by=self.by, at=self.at)

    def _open(self, decisions: list[Decision], facts: LetterFacts) -> Opened:
        return open_duties(
            decisions,
            by=self.by,
            at=self.at,
            times=lambda duty: stage_times(facts.get((duty.decision_id, duty.person_id))),
        )

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

    def _close_not_required(self, facts: LetterFacts) -> None:
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
            close_not_required(duty, reason, by=self.by, at=self.at)
            closed.append(duty)
        names = ["state", "late_stage", "not_required_reason", "not_required_at",
                 "not_required_by"]  # fmt: skip
        save_fields(Duty, closed, names)

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


def follow_case(cases: Sequence[int], *, by: User | None, at: datetime) -> None:
    """Let recordings and disclosure of cases go to the units that hold the cases now."""
    if cases:
        recordings.follow_units(cases, by=by, at=at)
        disclosure.follow_units(cases, by=by, at=at)


def save_fields(model: type[Model], rows: Iterable[Model], names: Iterable[str]) -> None:
    """Save the named fields of records that exist already.

    An upsert is many times quicker than Django's bulk update, which writes one CASE for each field
    and row.
    """
    if fields := sorted(names):
        model._default_manager.bulk_create(
            rows, batch_size=BATCH, update_conflicts=True, unique_fields=["id"],
            update_fields=fields,
        )  # fmt: skip


def snapshots(case_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Return every letter owed in some cases as it stands, by its id."""
    rows = Duty.objects.filter(case__in=case_ids).values(*_letter_columns())
    return {row["id"]: {name: as_kept(value) for name, value in row.items()} for row in rows}


@cache
def _letter_columns() -> tuple[str, ...]:
    return tuple(field.attname for field in Duty._meta.concrete_fields)
