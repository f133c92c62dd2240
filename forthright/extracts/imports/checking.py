"""Checks and imports files that wait, now or in the background, and from the command line."""

from datetime import datetime

from forthright.accounts.models import Area, User
from forthright.extracts.imports.planning import (
    ImportPlan,
    Readable,
    Told,
    digest_of,
    open_plan,
    plan_import,
    quiet,
)
from forthright.extracts.models import ImportRun, WaitingFile
from forthright.extracts.plans import FileRefused, ImportRefused, Kind
from forthright.extracts.services import Source, apply_plan
from forthright.extracts.services.applying import apply_waiting
from forthright.extracts.services.waiting import (
    file_of,
    plan_of,
    remove_kept,
    say_progress,
)

State = WaitingFile.State


def check_waiting(waiting: WaitingFile, *, at: datetime) -> WaitingFile:
    """Make the plan of a file that waits; it may be asked for again at any time before the end."""
    if waiting.state not in {State.HANDED_OVER, State.CHECKED, State.REFUSED}:
        return waiting
    readable = Readable(file_of(waiting), waiting.file_name, Kind(waiting.kind), waiting.unit)

    def told(stage: str, done: int, total: int) -> None:
        say_progress(waiting, stage, done, total)

    waiting.refusal = {}
    try:
        plan = plan_import(waiting.area, readable, work=plan_of(waiting), now=at, told=told)
    except FileRefused as refusal:
        waiting.state = State.REFUSED
        waiting.refusal = refusal.problem.as_json()
        waiting.sha256 = digest_of(readable.path)
    else:
        waiting.state = State.CHECKED
        waiting.sha256 = plan.sha256
        plan.file.close()
    waiting.save(update_fields=["state", "refusal", "sha256"])
    return waiting


def import_waiting(waiting: WaitingFile, *, at: datetime) -> ImportRun | None:
    """Import a file that was confirmed, then remove it; None if the records moved meanwhile."""
    if waiting.run is None:

        def told(stage: str, done: int, total: int) -> None:
            say_progress(waiting, stage, done, total)

        plan = open_plan(plan_of(waiting))
        source = Source(waiting.file_name, plan.kind, plan.sha256, plan.counts)
        try:
            waiting.run = apply_waiting(
                waiting, plan.file, source, by=waiting.confirmed_by, at=at, told=told
            )
        except ImportRefused as refusal:
            waiting.state = State.HANDED_OVER
            waiting.refusal = {"message": str(refusal), "mend": ""}
            waiting.save(update_fields=["state", "refusal"])
            return None
        finally:
            plan.file.close()
    remove_kept(waiting)
    return waiting.run


def import_planned(
    area: Area,
    plan: ImportPlan,
    file_name: str,
    *,
    by: User | None,
    at: datetime,
    told: Told = quiet,
) -> ImportRun | None:
    """Import what a plan holds; a file that changes nothing leaves no import behind.

    :raises ImportRefused: if a row is refused, or the records changed since the plan was made
    """
    if plan.counts.changes_nothing:
        return None
    source = Source(file_name, plan.kind, plan.sha256, plan.counts)
    return apply_plan(area, plan.file, source, by=by, at=at, told=told)
