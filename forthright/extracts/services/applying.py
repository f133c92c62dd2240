"""Writes what a plan says, all of it or none, and keeps what stood there before.

New cases are worked out first, and changes to held ones while they are locked; so a transaction,
for which everybody else waits, is as short as it can be.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from forthright.accounts.models import Area, User
from forthright.audit import services as audit
from forthright.extracts.models import ImportChange, ImportRun, WaitingFile
from forthright.extracts.plans import Counts, ImportRefused, Kind
from forthright.extracts.services.added_records import AddedRecords
from forthright.extracts.services.case_batch import CaseBatch
from forthright.extracts.services.case_changes import MOVED
from forthright.extracts.services.prepared_rows import PreparedRows, settle_links
from forthright.extracts.services.preparing import Prepared, Told, quiet
from forthright.extracts.services.waiting import as_it_stands
from forthright.schemes.models import Duty
from forthright.schemes.selectors import area_clock
from forthright.schemes.services import (
    DutiesRefused,
    TimesRefused,
    count_rows_anew,
    lock_area,
    record_opened,
)

CASES_AT_A_TIME = 400
MANY_RECORDS = 5000
RULES_MOVED = (
    "The time limits or the calendar changed while the due dates were worked out, so nothing was "
    "imported. Check the file again and look at what it would do now."
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
    ready: Prepared,
    source: Source,
    *,
    by: User | None,
    at: datetime,
    told: Told = quiet,
) -> ImportRun:
    """Import everything that a prepared plan holds, or nothing.

    :raises ImportRefused: if the records or the rules changed since the plan was made
    """
    area = lock_area(area.pk)
    if ready.clock and not ready.clock.is_as(area_clock(area)):
        raise ImportRefused(RULES_MOVED)
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
    with audit.at_the_end():
        try:
            added = _write(run, ready, by=by, at=at, told=told)
        except (DutiesRefused, TimesRefused) as refusal:
            raise ImportRefused(str(refusal)) from refusal
        except IntegrityError as clash:
            raise ImportRefused(MOVED) from clash
        run.records = added.counts()
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
    waiting: WaitingFile, ready: Prepared, source: Source, *, by: User | None, at: datetime,
    told: Told = quiet,
) -> ImportRun:  # fmt: skip
    """Import a file that was confirmed; done once, however often it is asked for.

    :raises ImportRefused: if the records or the rules changed since it was checked
    """
    waiting = as_it_stands(waiting)
    if waiting.run is not None:
        return waiting.run
    run = apply_plan(waiting.area, ready, source, by=by, at=at, told=told)
    waiting.run = run
    waiting.state = WaitingFile.State.DONE
    waiting.refusal = {}
    waiting.save(update_fields=["run", "state", "refusal"])
    return run


def refresh_statistics(run: ImportRun) -> None:
    """Let the database look at what it now holds after a large import, so that lists stay quick."""
    if sum(run.records.values()) >= MANY_RECORDS:
        count_rows_anew()


def _write(
    run: ImportRun, ready: Prepared, *, by: User | None, at: datetime, told: Told
) -> AddedRecords:
    """Write new cases, then changes to those held; return which records were added."""
    if ready.rows is not None:
        _write_new(run, ready, ready.rows, by=by, at=at, told=told)
    added = AddedRecords()
    added.add(ready.added)
    total, done = ready.plan.case_count(new=False), 0
    for changes in ready.plan.changes(new=False, cases=CASES_AT_A_TIME):
        batch = CaseBatch(run, changes, by=by, at=at)
        batch.write()
        added.add(batch.added)
        done += batch.case_count
        told("Writing changes", done, total)
    ImportChange.objects.bulk_create(added.notes(run))
    settle_links()
    return added


def _write_new(
    run: ImportRun,
    ready: Prepared,
    rows: PreparedRows,
    *,
    by: User | None,
    at: datetime,
    told: Told,
) -> None:
    total, done = sum(rows.counts.values()), 0
    told("Writing", done, total)
    for count in rows.write():
        done += count
        told("Writing", done, total)
    if letters := ready.added.rows(Duty):
        span = letters[0][0], letters[-1][1]
        record_opened(run.area, rows.counts[Duty], span, by=by, at=at)
