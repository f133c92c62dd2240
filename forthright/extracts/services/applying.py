"""Writes what a plan says, all of it or none, and keeps what stood there before."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.cases.models import Case, Decision, Defendant, PersonToTell
from forthright.extracts.models import ImportRun, WaitingFile
from forthright.extracts.plan_file import PlanFile
from forthright.extracts.plans import Counts, ImportRefused, Kind
from forthright.extracts.services.case_batch import CaseBatch
from forthright.schemes.models import Duty
from forthright.schemes.services import DutiesRefused, TimesRefused

CASES_AT_A_TIME = 400
Told = Callable[[str, int, int], None]
NAMES = {
    Case: "cases",
    PersonToTell: "people",
    Defendant: "defendants",
    Decision: "decisions",
    Duty: "letters owed",
}
MOVED = (
    "The records changed after the file was checked, so nothing was imported. "
    "Check the file again and look at what it would do now."
)


@dataclass(frozen=True)
class Source:
    """The file that a plan was made from."""

    file_name: str
    kind: Kind
    sha256: str
    counts: Counts


@transaction.atomic
def apply_plan(
    area: Area,
    plan: PlanFile,
    source: Source,
    *,
    by: User | None,
    at: datetime,
    told: Told = lambda *_: None,
) -> ImportRun:
    """Import everything that a plan holds, or nothing.

    :raises ImportRefused: if a row is refused, or the records changed since the plan was made
    """
    area = Area.objects.select_for_update().get(pk=area.pk)
    if plan.problem_counts()[0]:
        raise ImportRefused("Some rows are refused, so nothing of the file was imported.")
    run = ImportRun.objects.create(
        area=area,
        file_name=source.file_name[:200],
        sha256=source.sha256,
        kind=source.kind,
        added=source.counts.added,
        changed=source.counts.changed,
        unchanged=source.counts.unchanged,
        imported_at=at,
        imported_by=by,
    )
    total, done = plan.case_count(), 0
    made: Counter[str] = Counter()
    try:
        for changes in plan.changes(cases=CASES_AT_A_TIME):
            batch = CaseBatch(run, changes, by=by, at=at)
            batch.write()
            made.update({NAMES[model]: count for model, count in batch.added.items()})
            done += batch.case_count
            told("Writing", done, total)
    except (DutiesRefused, TimesRefused) as refusal:
        raise ImportRefused(str(refusal)) from refusal
    except IntegrityError as clash:
        raise ImportRefused(MOVED) from clash
    run.records = dict(made)
    run.save(update_fields=["records"])
    audit.record(
        "import.done",
        run,
        by=by,
        at=at,
        sha256=source.sha256,
        kind=str(source.kind),
        rows_added=run.added,
        rows_changed=run.changed,
        rows_unchanged=run.unchanged,
        records=run.records,
    )
    return run


@transaction.atomic
def apply_waiting(
    waiting: WaitingFile, plan: PlanFile, source: Source, *, by: User | None, at: datetime,
    told: Told = lambda *_: None,
) -> ImportRun:  # fmt: skip
    """Import a file that was confirmed; done once, however often it is asked for.

    :raises ImportRefused: if the records changed since it was checked
    """
    waiting = WaitingFile.objects.select_for_update().get(pk=waiting.pk)
    if waiting.run is not None:
        return waiting.run
    run = apply_plan(waiting.area, plan, source, by=by, at=at, told=told)
    waiting.run = run
    waiting.state = WaitingFile.State.DONE
    waiting.refusal = {}
    waiting.save(update_fields=["run", "state", "refusal"])
    return run
