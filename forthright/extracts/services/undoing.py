"""Takes an import back: what it added goes, what it changed is as it was before."""

from collections import defaultdict
from datetime import datetime

from django.db import DEFAULT_DB_ALIAS, transaction
from django.db.models import (
    CASCADE,
    SET_NULL,
    Exists,
    ManyToOneRel,
    Model,
    OuterRef,
)

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.cases.models import Case, Decision
from forthright.extracts import policies
from forthright.extracts.models import ImportChange, ImportRun
from forthright.extracts.plans import ImportRefused
from forthright.extracts.services.added_records import Row, length, within
from forthright.extracts.services.case_batch import follow_case, save_fields
from forthright.extracts.services.case_changes import as_kept, as_stored
from forthright.extracts.services.prepared_rows import settle_links
from forthright.extracts.services.undo_checks import (
    ORDER,
    check_can_be_undone,
    links_to,
    rows_added,
)
from forthright.schemes.models import DueChange, Duty
from forthright.schemes.services import lock_area
from forthright.web import jobs

# Above this an import is undone in the background.
UNDO_NOW_CHANGES = 5_000
UNDO_JOB = "extracts.undo"


@transaction.atomic
def undo_import(run: ImportRun, *, by: User | None, at: datetime) -> ImportRun:
    """Take back everything that one import did.

    :raises ImportRefused: if something done since hangs on it; then nothing is taken back
    """
    lock_area(run.area_id)
    run = ImportRun.objects.select_for_update(of=("self",)).select_related("area").get(pk=run.pk)
    if run.state == ImportRun.State.UNDONE:
        raise ImportRefused("This import was undone already.")
    check_can_be_undone(run)
    restored = sum(_restore_changed(run, model, by=by, at=at) for model in reversed(ORDER))
    removed = sum(_remove_added(run, model) for model in ORDER)
    settle_links()
    run.state = ImportRun.State.UNDONE
    run.undone_at, run.undone_by = at, by
    run.save(update_fields=["state", "undone_at", "undone_by"])
    audit.record(
        "import.undone",
        run,
        by=by,
        at=at,
        sha256=run.sha256,
        records_removed=removed,
        records_restored=restored,
    )
    return run


@transaction.atomic
def ask_for_undo(run: ImportRun, *, by: User, at: datetime) -> None:
    """Have a large import taken back in the background.

    :raises NotAllowed: if this person may not undo it
    :raises ImportRefused: if something done since hangs on it
    """
    policies.check_can_undo(by, run)
    check_can_be_undone(run)
    jobs.ask(UNDO_JOB, key=undo_key(run), by=by, at=at, args={"import": run.pk})


def undo_key(run: ImportRun) -> str:
    """Return the key under which an import is undone, once."""
    return f"{UNDO_JOB} {run.pk}"


def is_large(run: ImportRun) -> bool:
    """Say whether undoing an import takes longer than a page may."""
    changed = run.changes.filter(was_added=False).count()
    return bool(changed + sum(run.records.values()) > UNDO_NOW_CHANGES)


def _remove_added(run: ImportRun, model: type[Model]) -> int:
    """Remove the records of one kind that an import added; return how many there were.

    They go in one statement for each row of them: loaded one by one, as Django would to find what
    hangs on them, they would keep everybody else waiting for minutes.
    """
    rows = rows_added(run, model)
    for row in rows:
        if model is Duty:
            _ask_anew_who_is_told(run, row)
        for link in links_to(model):
            _let_go(link, row)
        model._default_manager.filter(pk__range=row)._raw_delete(DEFAULT_DB_ALIAS)
    return sum(map(length, rows))


def _ask_anew_who_is_told(run: ImportRun, letters: Row) -> None:
    """Let decisions that stay wait for somebody to tell, where their letters go.

    One that has another letter, or of which somebody said that nobody is told, waits no more for
    it: the lists ask for both.
    """
    going = Duty.objects.filter(decision=OuterRef("pk"))
    staying = Decision.objects.filter(Exists(going.filter(pk__range=letters)))
    for row in rows_added(run, Decision):
        staying = staying.exclude(pk__range=row)
    staying.update(who_is_told_is_known=False)


def _let_go(link: ManyToOneRel, row: Row) -> None:
    """Do with what hangs on records what its link says is done when they go."""
    other, field = link.related_model, link.field.name
    hanging = other._default_manager.filter(within(field, row))
    if link.on_delete is SET_NULL:
        hanging.update(**{field: None})
    elif link.on_delete is CASCADE and other not in ORDER:
        hanging.delete()


def _restore_changed(run: ImportRun, model: type[Model], *, by: User | None, at: datetime) -> int:
    """Put back what an import changed in records of one kind; return how many there were."""
    changes = list(run.changes.filter(record_kind=model._meta.label, was_added=False))
    by_names: dict[tuple[str, ...], list[ImportChange]] = defaultdict(list)
    for change in changes:
        by_names[tuple(sorted(change.before or {}))].append(change)
    for names, same in by_names.items():
        rows = model._default_manager.in_bulk([change.record_id for change in same])
        for change in same:
            _restore_one(rows.get(change.record_id), model, change)
        save_fields(model, rows.values(), [model._meta.get_field(name).name for name in names])
    if model is Duty:
        _note_due_dates(changes, by=by, at=at)
    if model is Case:
        moved = [each.record_id for each in changes if "unit_id" in (each.before or {})]
        follow_case(moved, by=by, at=at)
    return len(changes)


def _restore_one(row: Model | None, model: type[Model], change: ImportChange) -> None:
    if row is None or any(
        as_kept(getattr(row, name)) != value for name, value in (change.after or {}).items()
    ):
        raise ImportRefused(
            "A record that this import changed has been changed again since, "
            "so what stood there before cannot be put back."
        )
    for name, value in (change.before or {}).items():
        setattr(row, name, as_stored(model, name, value))


def _note_due_dates(changes: list[ImportChange], *, by: User | None, at: datetime) -> None:
    """Keep the due dates that go back, so that no date moves without a trace."""
    DueChange.objects.bulk_create(
        DueChange(
            duty_id=change.record_id,
            old_due_on=change.after["due_on"],
            new_due_on=change.before["due_on"],
            old_because=change.after.get("due_because", []),
            reason="The import that moved it was undone.",
            changed_at=at,
            changed_by=by,
        )
        for change in changes
        if change.before and change.after and "due_on" in change.before
    )
