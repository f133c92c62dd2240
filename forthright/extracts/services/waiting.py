"""Files that were handed over: kept until they are imported or given up, then removed."""

import json
import shutil
from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from forthright.accounts.models import Unit, User
from forthright.audit import services as audit
from forthright.extracts import policies
from forthright.extracts.models import WaitingFile
from forthright.extracts.plans import UNANSWERED, Answers, ImportRefused, Kind, Near
from forthright.extracts.selectors import forgotten_files
from forthright.web import jobs
from forthright.web.work_folders import remove_left_folders

# Above these a file is checked, or imported, in the background.
CHECK_NOW_BYTES = 400_000
IMPORT_NOW_ROWS = 1_000
# A file that was handed over and never imported is removed after so many days.
KEPT_DAYS = 7
GONE = "Somebody else imported this file or gave it up meanwhile."
CHECK_JOB = "extracts.check"
IMPORT_JOB = "extracts.import"


@transaction.atomic
def hand_over(
    file_name: str,
    content: Iterable[bytes],
    *,
    kind: Kind,
    unit: Unit | None,
    by: User,
    at: datetime,
) -> WaitingFile:
    """Keep a file that was handed over until it is imported or given up.

    :raises NotAllowed: if this person may not import
    """
    policies.check_can_import(by)
    waiting = WaitingFile.objects.create(
        area=by.area,
        file_name=Path(file_name).name[-200:],
        size=0,
        kind=kind,
        unit=unit,
        handed_over_at=at,
        handed_over_by=by,
    )
    folder = folder_of(waiting)
    # A folder of this number can only be left over from an act that was never finished.
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)
    with file_of(waiting).open("wb") as kept:
        for part in content:
            kept.write(part)
    waiting.size = file_of(waiting).stat().st_size
    waiting.save(update_fields=["size"])
    audit.record("import.handed_over", waiting, by=by, at=at, size=waiting.size, kind=str(kind))
    return waiting


@transaction.atomic
def ask_for_check(
    waiting: WaitingFile,
    *,
    in_background: bool,
    answers: Answers = UNANSWERED,
    by: User,
    at: datetime,
) -> WaitingFile:
    """Put a file back to be checked, in the background if it is large.

    :raises NotAllowed: if this person may not import
    :raises ImportRefused: if it was given up meanwhile
    """
    policies.check_can_import(by)
    waiting = as_it_stands(waiting)
    if waiting.state in {WaitingFile.State.CONFIRMED, WaitingFile.State.DONE}:
        return waiting
    waiting.state = WaitingFile.State.HANDED_OVER
    waiting.refusal = {}
    said = asdict(answers)
    waiting.repeats_are_one = answers.repeats_are_one
    waiting.near_decisions = answers.near_decisions or ""
    waiting.near_names = answers.near_names or ""
    waiting.save(update_fields=["state", "refusal", *said])
    if answers != UNANSWERED:
        audit.record("import.answered", waiting, by=by, at=at, **said)
    if in_background:
        key = f"{CHECK_JOB} {waiting.pk} {at.timestamp():.0f}"
        jobs.ask(CHECK_JOB, key=key, by=by, at=at, args={"file": waiting.pk})
    return waiting


def answers_of(waiting: WaitingFile) -> Answers:
    """Return what was said of the rows of a file that a question was asked about."""
    return Answers(
        repeats_are_one=waiting.repeats_are_one,
        near_decisions=Near(waiting.near_decisions) if waiting.near_decisions else None,
        near_names=Near(waiting.near_names) if waiting.near_names else None,
    )


def as_it_stands(waiting: WaitingFile) -> WaitingFile:
    """Return a file as it stands now, locked: it may have changed since it was looked at.

    :raises ImportRefused: if it was given up meanwhile
    """
    kept = WaitingFile.objects.select_for_update().filter(pk=waiting.pk).first()
    if kept is None:
        raise ImportRefused(GONE)
    return kept


@transaction.atomic
def confirm_file(
    waiting: WaitingFile, *, in_background: bool, by: User, at: datetime
) -> WaitingFile:
    """Confirm that a checked file is to be imported.

    :raises NotAllowed: if this person may not import
    :raises ImportRefused: if it has not been checked, or is being imported already
    """
    policies.check_can_import(by)
    waiting = as_it_stands(waiting)
    if waiting.state != WaitingFile.State.CHECKED:
        raise ImportRefused(
            f"This file cannot be imported now: it is “{waiting.get_state_display().lower()}”."
        )
    waiting.state = WaitingFile.State.CONFIRMED
    waiting.confirmed_at, waiting.confirmed_by = at, by
    waiting.refusal = {}
    waiting.save(update_fields=["state", "confirmed_at", "confirmed_by", "refusal"])
    if in_background:
        key = f"{IMPORT_JOB} {waiting.pk} {at.timestamp():.0f}"
        jobs.ask(IMPORT_JOB, key=key, by=by, at=at, args={"file": waiting.pk})
    return waiting


@transaction.atomic
def abandon_file(waiting: WaitingFile, *, by: User, at: datetime) -> None:
    """Give a file up and remove it.

    :raises NotAllowed: if this person may not import
    :raises ImportRefused: if it is being imported, or was
    """
    policies.check_can_import(by)
    waiting = as_it_stands(waiting)
    if waiting.state in {WaitingFile.State.CONFIRMED, WaitingFile.State.DONE}:
        raise ImportRefused("This file is being imported, so it cannot be given up.")
    audit.record("import.given_up", waiting, by=by, at=at, sha256=waiting.sha256)
    folder = folder_of(waiting)
    waiting.delete()
    transaction.on_commit(lambda: shutil.rmtree(folder, ignore_errors=True))


@transaction.atomic
def remove_forgotten(*, by: User | None, at: datetime) -> int:
    """Remove files that nobody imported within the days we keep them; return how many."""
    old = list(forgotten_files(at - timedelta(days=KEPT_DAYS)).select_for_update())
    for waiting in old:
        audit.record("import.forgotten", waiting, by=by, at=at, area=waiting.area)
        waiting.delete()
    transaction.on_commit(_remove_strays)
    return len(old)


def _remove_strays() -> None:
    remove_left_folders()
    _remove_unknown()


def _remove_unknown() -> None:
    """Remove folders whose file nobody knows: what a machine that stopped half-way leaves."""
    folder = Path(settings.MEDIA_ROOT) / "imports"
    if not folder.is_dir():
        return
    known = {str(pk) for pk in WaitingFile.objects.filter(run=None).values_list("pk", flat=True)}
    for each in folder.iterdir():
        if each.name not in known:
            shutil.rmtree(each, ignore_errors=True)


def see_rows(waiting: WaitingFile, *, rows: int, by: User, at: datetime) -> None:
    """Record that somebody saw rows of a file that name people."""
    audit.record("import.seen", waiting, by=by, at=at, rows=rows)


def folder_of(waiting: WaitingFile) -> Path:
    """Return the folder that holds a file until it is imported."""
    return Path(settings.MEDIA_ROOT) / "imports" / str(waiting.pk)


def file_of(waiting: WaitingFile) -> Path:
    """Return where the file itself is kept."""
    return folder_of(waiting) / "file"


def plan_of(waiting: WaitingFile) -> Path:
    """Return where the plan made from the file is kept."""
    return folder_of(waiting) / "plan.sqlite3"


def remove_kept(waiting: WaitingFile) -> None:
    """Remove a file and its plan; what was imported stays in the records."""
    shutil.rmtree(folder_of(waiting), ignore_errors=True)


def say_progress(waiting: WaitingFile, stage: str, done: int, total: int) -> None:
    """Note how far the work on a file has come, where the page can read it.

    It is not kept in the database: an import is one transaction, and nothing written in it can
    be seen until it ends.
    """
    folder = folder_of(waiting)
    if folder.is_dir():
        new = folder / "progress.new"
        words = f"{stage}: {done:,} of {total:,}" if total else f"{stage}: {done:,}"
        new.write_text(json.dumps({"words": words, "done": done, "total": total}))
        new.replace(folder / "progress.json")


def progress_of(waiting: WaitingFile) -> dict[str, Any]:
    """Return how far the work on a file has come."""
    try:
        return dict(json.loads((folder_of(waiting) / "progress.json").read_text()))
    except (OSError, ValueError):
        return {}
