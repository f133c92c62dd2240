"""Takes an import back: what it added goes, what it changed is as it was before."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.apps import apps
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, ProtectedError

from forthright.accounts.models import User
from forthright.audit import services as audit
from forthright.audit.models import Event
from forthright.cases.models import Case, Decision, Defendant, PersonToTell
from forthright.extracts import policies
from forthright.extracts.models import ImportChange, ImportRun
from forthright.extracts.plans import ImportRefused
from forthright.extracts.services.case_batch import as_kept, as_stored
from forthright.letters.models import Letter
from forthright.rules.words import count_words, date_words, local
from forthright.schemes.models import DueChange, Duty
from forthright.web import jobs

# Each kind of record after those that hang on it.
ORDER = (Duty, Decision, PersonToTell, Defendant, Case)
AT_A_TIME = 500
# Above this an import is undone in the background.
UNDO_NOW_CHANGES = 5_000
UNDO_JOB = "extracts.undo"
Changes = dict[str, list[ImportChange]]


@transaction.atomic
def undo_import(run: ImportRun, *, by: User | None, at: datetime) -> ImportRun:
    """Take back everything that one import did.

    :raises ImportRefused: if something done since hangs on it; then nothing is taken back
    """
    run = ImportRun.objects.select_for_update().select_related("area").get(pk=run.pk)
    if run.state == ImportRun.State.UNDONE:
        raise ImportRefused("This import was undone already.")
    check_can_be_undone(run)
    try:
        for model in ORDER:
            _remove_added(run, model)
    except ProtectedError as held:
        raise ImportRefused(_held_words(held)) from held
    for model in reversed(ORDER):
        _restore_changed(run, model, by=by, at=at)
    run.state = ImportRun.State.UNDONE
    run.undone_at, run.undone_by = at, by
    run.save(update_fields=["state", "undone_at", "undone_by"])
    audit.record(
        "import.undone",
        run,
        by=by,
        at=at,
        sha256=run.sha256,
        records_removed=run.changes.filter(was_added=True).count(),
        records_restored=run.changes.filter(was_added=False).count(),
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
    return run.changes.count() > UNDO_NOW_CHANGES


def why_not_undone(run: ImportRun) -> str:
    """Say why an import cannot be undone, or nothing if nothing is known to stand in the way."""
    try:
        check_can_be_undone(run)
    except ImportRefused as refusal:
        return str(refusal)
    return ""


def check_can_be_undone(run: ImportRun) -> None:
    """Refuse to undo an import when something done since hangs on it.

    :raises ImportRefused: saying what hangs on it
    """
    _check_later_imports(run)
    _check_written_letters(run)
    _check_later_records(run)
    _check_later_acts(run)


def _check_later_imports(run: ImportRun) -> None:
    later = ImportChange.objects.filter(
        run__area=run.area_id,
        run__state=ImportRun.State.DONE,
        run__gt=run.pk,
        record_kind=OuterRef("record_kind"),
        record_id=OuterRef("record_id"),
    )
    touched = run.changes.filter(Exists(later)).values("record_kind", "record_id").first()
    if touched is None:
        return
    last = (
        ImportRun.objects.filter(
            state=ImportRun.State.DONE, pk__gt=run.pk, changes__record_kind=touched["record_kind"],
            changes__record_id=touched["record_id"],
        ).order_by("-pk").first()
    )  # fmt: skip
    if last is not None:
        raise ImportRefused(
            f"A later import, “{last.file_name}” of {date_words(local(last.imported_at).date())}, "
            "changed the same records. Undo that one first."
        )


def _check_written_letters(run: ImportRun) -> None:
    for ids in _ids(run, Duty):
        written = Letter.objects.filter(duty__in=ids).count()
        if written:
            raise ImportRefused(
                f"{count_words(written, 'letter has', 'letters have')} been written since for "
                "decisions that this import added, and would be lost."
            )


def _check_later_records(run: ImportRun) -> None:
    """Refuse when somebody, or another import, has added to the cases that this one added."""
    for ids in _ids(run, Case):
        for model in (PersonToTell, Defendant, Decision):
            _check_all_ours(run, model, model._default_manager.filter(case__in=ids))
        _check_all_ours(run, Duty, Duty.objects.filter(case__in=ids))
    for ids in _ids(run, Decision):
        _check_all_ours(run, Duty, Duty.objects.filter(decision__in=ids))
    for ids in _ids(run, PersonToTell):
        _check_all_ours(run, Duty, Duty.objects.filter(person__in=ids))


def _check_all_ours(run: ImportRun, model: type[Model], rows: Any) -> None:
    ours = run.changes.filter(
        record_kind=model._meta.label, record_id=OuterRef("pk"), was_added=True
    )
    others = rows.filter(~Exists(ours)).count()
    if others:
        kind = f"{model._meta.verbose_name}", f"{model._meta.verbose_name_plural}"
        raise ImportRefused(
            f"{count_words(others, *kind)} that this import did not add "
            f"{'hangs' if others == 1 else 'hang'} on cases that it did add. "
            "Undo what added them first."
        )


def _check_later_acts(run: ImportRun) -> None:
    """Refuse when somebody has recorded something of a letter since."""
    done = Event.objects.filter(
        name="import.done", subject_kind=ImportRun._meta.label, subject_id=str(run.pk)
    ).first()
    if done is None:
        return
    for model in ORDER:
        for ids in _ids(run, model, added_only=False):
            acts = Event.objects.filter(
                sequence__gt=done.sequence,
                subject_kind=model._meta.label,
                subject_id__in=[str(pk) for pk in ids],
            ).exclude(name__endswith=".seen")
            if acts.exists():
                raise ImportRefused(
                    "Since this import, somebody has worked on "
                    f"{count_words(acts.values('subject_id').distinct().count(), 'record')} "
                    "that it added or changed, and their work would be lost."
                )


def _ids(run: ImportRun, model: type[Model], *, added_only: bool = True) -> Iterator[list[int]]:
    rows = run.changes.filter(record_kind=model._meta.label)
    if added_only:
        rows = rows.filter(was_added=True)
    yield from in_parts(list(rows.order_by("pk").values_list("record_id", flat=True)))


def in_parts(ids: Sequence[int]) -> Iterator[list[int]]:
    """Yield ids some hundreds at a time."""
    for start in range(0, len(ids), AT_A_TIME):
        yield list(ids[start : start + AT_A_TIME])


def _remove_added(run: ImportRun, model: type[Model]) -> None:
    for ids in _ids(run, model):
        model._default_manager.filter(pk__in=ids).delete()


def _restore_changed(run: ImportRun, model: type[Model], *, by: User | None, at: datetime) -> None:
    changes = run.changes.filter(record_kind=model._meta.label, was_added=False)
    by_names: dict[tuple[str, ...], list[ImportChange]] = defaultdict(list)
    for change in changes:
        by_names[tuple(sorted(change.before or {}))].append(change)
    for names, same in by_names.items():
        rows = model._default_manager.in_bulk([change.record_id for change in same])
        for change in same:
            _restore_one(rows.get(change.record_id), model, change)
        fields = [model._meta.get_field(name).name for name in names]
        model._default_manager.bulk_update(rows.values(), fields, batch_size=AT_A_TIME)
    if model is Duty:
        _note_due_dates(list(changes), by=by, at=at)


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


def _held_words(held: ProtectedError) -> str:
    models = {type(each) for each in held.protected_objects}
    rooms = {apps.get_app_config(model._meta.app_label).label for model in models}
    if "samples" in rooms:
        return (
            "A letter of this import has been drawn in a sample, and a draw is never changed, "
            "so the import cannot be undone."
        )
    return "Something made since hangs on the records of this import, so it cannot be undone."
