"""Works out the whole rows of new cases before anything is locked, so that writing is short."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.db.models import Model

from forthright.accounts.models import Area, User
from forthright.cases.models import Case, Decision, Defendant, PersonToTell
from forthright.extracts.plan_file import PlanFile
from forthright.extracts.plans import ImportRefused
from forthright.extracts.services.added_records import AddedRecords
from forthright.extracts.services.case_changes import (
    MODELS,
    CaseChanges,
    Change,
    a_record,
    close_not_required,
    stage_times,
)
from forthright.extracts.services.prepared_rows import PreparedRows, reserve_ids
from forthright.schemes.models import Duty
from forthright.schemes.selectors import AreaClock, area_clock
from forthright.schemes.services import DutiesRefused, InCases, letters_of_new_cases

CASES_AT_A_TIME = 1000
Told = Callable[[str, int, int], None]
New = TypeVar("New", bound=Model)


def quiet(stage: str, done: int, total: int) -> None:
    """Tell nobody of the progress."""


@dataclass
class Prepared:
    """A plan whose new cases are worked out: what remains is to write."""

    plan: PlanFile
    rows: PreparedRows | None = None
    added: AddedRecords = field(default_factory=AddedRecords)
    # By what the due dates were worked out; None where no letter is owed.
    clock: AreaClock | None = None


@contextmanager
def prepared(
    area: Area, plan: PlanFile, *, by: User | None, at: datetime, told: Told = quiet
) -> Iterator[Prepared]:
    """Work out every row of the plan's new cases, with its id, and keep them to be written.

    Nothing is written but the marks of the ids that are taken, so nobody waits for it.

    :raises ImportRefused: if a row is refused, or no due date can be worked out
    """
    if plan.problem_counts()[0]:
        raise ImportRefused("Some rows are refused, so nothing of the file was imported.")
    ready = Prepared(plan)
    total, done = plan.case_count(new=True), 0
    if not total:
        yield ready
        return
    rows = ready.rows = PreparedRows((*MODELS.values(), Duty))
    try:
        for changes in plan.changes(new=True, cases=CASES_AT_A_TIME):
            cases = NewCases(area, changes, by=by, at=at)
            for model, records in cases.records(ready).items():
                rows.keep(model, records)
                ready.added.note(model, (record.pk for record in records))
            done += cases.case_count
            told("Working out what is owed", done, total)
        yield ready
    except DutiesRefused as refusal:
        raise ImportRefused(str(refusal)) from refusal
    finally:
        rows.forget()


class NewCases(CaseChanges):
    """Some cases that are not held yet, with everything in them."""

    def __init__(
        self,
        area: Area,
        changes: Sequence[tuple[int, Change]],
        *,
        by: User | None,
        at: datetime,
    ) -> None:
        """Sort what is to be written by kind."""
        super().__init__(area.pk, changes)
        self.area, self.by, self.at = area, by, at

    def records(self, ready: Prepared) -> dict[type[Model], Sequence[Model]]:
        """Return every record of the cases, with its id, in the order to write them.

        :raises DutiesRefused: if no due date can be worked out
        """
        cases = self._new("case", Case)
        people = self._new("person", PersonToTell)
        defendants = self._new("defendant", Defendant)
        decisions = self._new("decision", Decision)
        letters = self._letters(cases, people, decisions, ready) if decisions else []
        return {
            Case: cases,
            PersonToTell: people,
            Defendant: defendants,
            Decision: decisions,
            Duty: letters,
        }

    def _new(self, what: str, model: type[New]) -> list[New]:
        changes = self.changes[what]
        ids = reserve_ids(model, len(changes)) if changes else ()
        records = []
        for pk, (number, change) in zip(ids, changes, strict=True):
            self.ids[number, what, change["key"]] = pk
            records.append(a_record(model, {**self.values(model, number, change), "id": pk}))
        return records

    def _letters(
        self,
        cases: list[Case],
        people: list[PersonToTell],
        decisions: list[Decision],
        ready: Prepared,
    ) -> list[Duty]:
        ready.clock = ready.clock or area_clock(self.area)
        facts = self.letter_facts()
        of_case: dict[int, list[PersonToTell]] = defaultdict(list)
        for person in people:
            of_case[person.case_id].append(person)
        letters = letters_of_new_cases(
            decisions,
            InCases({case.pk: case.unit_id for case in cases}, of_case),
            clock=ready.clock,
            times=lambda duty: stage_times(facts.get((duty.decision_id, duty.person_id))),
        )
        ids = reserve_ids(Duty, len(letters)) if letters else ()
        for pk, letter in zip(ids, letters, strict=True):
            letter.pk = pk
            said = facts.get((letter.decision_id, letter.person_id), {})
            if reason := said.get("not_required_reason"):
                close_not_required(letter, reason, by=self.by, at=self.at)
        return letters
