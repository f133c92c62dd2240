"""Checks and imports files that wait, now or in the background, and from the command line."""

import sqlite3
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.db import transaction

from forthright.accounts.models import Area, User
from forthright.extracts.imports.planning import (
    ImportPlan,
    Readable,
    Told,
    digest_of,
    open_plan,
    plan_import,
    quiet,
    small_map,
)
from forthright.extracts.models import ImportRun, WaitingFile
from forthright.extracts.plans import UNANSWERED, Answers, ImportRefused, Kind
from forthright.extracts.services import Source, apply_plan, confirm_file
from forthright.extracts.services.applying import apply_waiting, refresh_statistics
from forthright.extracts.services.preparing import prepared
from forthright.extracts.services.waiting import (
    CHECK_NOW_BYTES,
    GONE,
    IMPORT_NOW_ROWS,
    answers_of,
    as_it_stands,
    ask_for_check,
    file_of,
    plan_of,
    remove_kept,
    say_progress,
)
from forthright.table_files.problems import FileRefused

State = WaitingFile.State


def check_or_ask(
    waiting: WaitingFile, *, answers: Answers = UNANSWERED, by: User, at: datetime
) -> None:
    """Check a small file now; have a large one checked in the background.

    `answers` is what was said of the rows that a question was asked about.

    :raises ImportRefused: if somebody imported it or gave it up meanwhile
    """
    is_large = waiting.size > CHECK_NOW_BYTES
    waiting = ask_for_check(waiting, in_background=is_large, answers=answers, by=by, at=at)
    if waiting.size <= CHECK_NOW_BYTES:
        check_waiting(waiting, at=at)


def confirm_and_import(waiting: WaitingFile, *, by: User, at: datetime) -> ImportRun | None:
    """Import a small file now; have a large one imported in the background, and return None.

    :raises ImportRefused: if it was not checked, somebody else was quicker, or the records changed
    """
    plan = open_plan(plan_of(waiting))
    try:
        if plan.counts.changes_nothing:
            raise ImportRefused("Everything in this file is held already: nothing to import.")
        in_background = plan.counts.total > IMPORT_NOW_ROWS
        source = Source(waiting.file_name, plan.kind, plan.sha256, plan.counts)
        if in_background:
            confirm_file(waiting, in_background=True, by=by, at=at)
            return None
        # Confirmed and imported together: if the machine stops, neither has happened.
        with prepared(waiting.area, plan.file, by=by, at=at) as ready, transaction.atomic():
            confirm_file(waiting, in_background=False, by=by, at=at)
            run = apply_waiting(waiting, ready, source, by=by, at=at)
    finally:
        plan.file.close()
    remove_kept(waiting)
    return run


def check_waiting(waiting: WaitingFile, *, at: datetime) -> WaitingFile:
    """Make the plan of a file that waits; it may be asked for again at any time before the end.

    :raises ImportRefused: if somebody imported it or gave it up meanwhile
    """
    if waiting.state != State.HANDED_OVER:
        return waiting
    readable = Readable(
        file_of(waiting), waiting.file_name, Kind(waiting.kind), waiting.unit,
        answers=answers_of(waiting),
    )  # fmt: skip

    def told(stage: str, done: int, total: int) -> None:
        say_progress(waiting, stage, done, total)

    # Two may press at once, and a third may look: each makes a plan of its own, and it is put in
    # its place whole.
    work = plan_of(waiting).with_name(f"{uuid4().hex}.sqlite3")
    try:
        plan = plan_import(waiting.area, readable, work=work, now=at, told=told)
        plan.file.close()
        return _settled(waiting, work=work, sha256=plan.sha256)
    except FileRefused as refusal:
        sha256 = digest_of(readable.path)
        return _settled(waiting, sha256=sha256, refusal=refusal.problem.as_json())
    except (FileNotFoundError, sqlite3.OperationalError) as missing:
        if readable.path.exists():
            raise
        raise ImportRefused(GONE) from missing
    finally:
        work.unlink(missing_ok=True)


@transaction.atomic
def _settled(
    waiting: WaitingFile, *, sha256: str, work: Path | None = None, refusal: Any = None
) -> WaitingFile:
    """Keep what a check found, unless somebody did something else with the file meanwhile."""
    kept = as_it_stands(waiting)
    if kept.state != State.HANDED_OVER or answers_of(kept) != answers_of(waiting):
        return kept
    kept.state = State.CHECKED if work else State.REFUSED
    kept.refusal = refusal or {}
    kept.sha256 = sha256
    kept.save(update_fields=["state", "refusal", "sha256"])
    if work:
        work.replace(plan_of(kept))
    return kept


def import_waiting(waiting: WaitingFile, *, at: datetime) -> ImportRun | None:
    """Import a file that was confirmed, then remove it; None if the records moved meanwhile."""
    if waiting.run is None:

        def told(stage: str, done: int, total: int) -> None:
            say_progress(waiting, stage, done, total)

        plan = open_plan(plan_of(waiting))
        source = Source(waiting.file_name, plan.kind, plan.sha256, plan.counts)
        try:
            by = waiting.confirmed_by
            with (
                small_map(),
                prepared(waiting.area, plan.file, by=by, at=at, told=told) as ready,
            ):
                waiting.run = apply_waiting(waiting, ready, source, by=by, at=at, told=told)
            refresh_statistics(waiting.run)
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
    with small_map(), prepared(area, plan.file, by=by, at=at, told=told) as ready:
        run = apply_plan(area, ready, source, by=by, at=at, told=told)
    refresh_statistics(run)
    return run
