"""What stands in the way of undoing an import: later work that would be lost."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.db.models import CASCADE, SET_NULL, Exists, ManyToOneRel, Model, OuterRef, QuerySet

from forthright.audit.models import Event
from forthright.cases.models import Case, Decision, Defendant, PersonToTell
from forthright.extracts.models import ImportChange, ImportRun
from forthright.extracts.plans import ImportRefused
from forthright.extracts.services.added_records import Row, within
from forthright.letters.models import Letter
from forthright.rules.words import count_words, date_words, list_words, local
from forthright.schemes.models import Duty

# Each kind of record after those that hang on it.
ORDER: tuple[type[Model], ...] = (Duty, Decision, PersonToTell, Defendant, Case)
MOST_NAMED, MOST_LOOKED_AT = 5, 500


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
    _check_what_is_held(run)
    _check_later_records(run)
    _check_later_acts(run)


def links_to(model: type[Model]) -> list[ManyToOneRel]:
    """Return every link of another record to this kind."""
    links = model._meta.get_fields(include_hidden=True)
    return [each for each in links if isinstance(each, ManyToOneRel)]


def holds(link: ManyToOneRel) -> bool:
    """Say whether what hangs on a record by this link keeps the record from being removed."""
    return link.related_model not in ORDER and link.on_delete not in (SET_NULL, CASCADE)


def rows_added(run: ImportRun, model: type[Model]) -> list[Row]:
    """Return the first and last id of each row of records that an import added, in order."""
    notes = run.changes.filter(record_kind=model._meta.label, was_added=True)
    return list(notes.order_by("record_id").values_list("record_id", "last_id"))


def _check_later_imports(run: ImportRun) -> None:
    touched = next(_touched_later(run), None)
    if touched is None:
        return
    last = (
        ImportRun.objects.filter(
            state=ImportRun.State.DONE, pk__gt=run.pk, changes__record_kind=touched.record_kind,
            changes__record_id=touched.record_id,
        ).order_by("-pk").first()
    )  # fmt: skip
    if last is not None:
        raise ImportRefused(
            f"A later import, “{last.file_name}” of {date_words(local(last.imported_at).date())}, "
            "changed the same records. Undo that one first."
        )


def _touched_later(run: ImportRun) -> Iterator[ImportChange]:
    """Yield later changes to records of this import; one that was there is never added again."""
    later = ImportChange.objects.filter(
        run__area=run.area_id, run__state=ImportRun.State.DONE, run__gt=run.pk
    )
    for model in ORDER:
        same_kind = later.filter(record_kind=model._meta.label)
        for row in rows_added(run, model):
            yield from same_kind.filter(record_id__range=row)[:1]
    ours = run.changes.filter(
        was_added=False, record_kind=OuterRef("record_kind"), record_id=OuterRef("record_id")
    )
    yield from later.filter(Exists(ours))[:1]


def _check_written_letters(run: ImportRun) -> None:
    written = sum(
        Letter.objects.filter(within("duty", row)).count() for row in rows_added(run, Duty)
    )
    if written:
        raise ImportRefused(
            f"{count_words(written, 'letter has', 'letters have')} been written since for "
            "decisions that this import added, and would be lost."
        )


def _check_what_is_held(run: ImportRun) -> None:
    """Refuse when something that is kept for good, such as a draw, is about what was added."""
    for model in ORDER:
        rows = rows_added(run, model)
        for link in filter(holds, links_to(model)):
            held = [pk for row in rows for pk in _ids_held(link, row)]
            if held:
                raise ImportRefused(_held_words(link, model, held))


def _ids_held(link: ManyToOneRel, row: Row) -> Iterator[int]:
    field = link.field
    hanging = link.related_model._default_manager.filter(within(field.name, row))
    yield from hanging.order_by(field.attname).values_list(field.attname, flat=True).distinct()


def _held_words(link: ManyToOneRel, model: type[Model], held: Sequence[int]) -> str:
    where = _cases_words(model, held)
    if apps.get_app_config(link.related_model._meta.app_label).label == "samples":
        return (
            f"{count_words(len(held), 'letter', 'letters')} of this import, in {where}, "
            f"{'was' if len(held) == 1 else 'were'} drawn in a sample. A draw is never changed, "
            "so the import cannot be undone. What is wrong in these cases can be corrected on "
            "their pages, or by importing a corrected file."
        )
    return (
        f"Something made since is about {count_words(len(held), 'record')} that this import "
        f"added, in {where}, and would be lost, so the import cannot be undone."
    )


def _check_later_records(run: ImportRun) -> None:
    """Refuse when somebody, or another import, has added to the cases that this one added."""
    for row in rows_added(run, Case):
        for model in (PersonToTell, Defendant, Decision, Duty):
            _check_all_ours(run, model, model._default_manager.filter(within("case", row)))
    for row in rows_added(run, Decision):
        _check_all_ours(run, Duty, Duty.objects.filter(within("decision", row)))
    for row in rows_added(run, PersonToTell):
        _check_all_ours(run, Duty, Duty.objects.filter(within("person", row)))


def _check_all_ours(run: ImportRun, model: type[Model], rows: QuerySet[Any]) -> None:
    ours = run.changes.filter(
        record_kind=model._meta.label,
        record_id__lte=OuterRef("pk"),
        last_id__gte=OuterRef("pk"),
        was_added=True,
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
        acts = Event.objects.filter(
            sequence__gt=done.sequence, subject_kind=model._meta.label
        ).exclude(name__endswith=".seen")
        subjects = acts.values_list("subject_id", flat=True).distinct()
        worked_on = _ours(run, model, map(int, subjects.iterator()))
        if worked_on:
            raise ImportRefused(
                f"Since this import, somebody has worked on {count_words(len(worked_on), 'record')}"
                f" that it added or changed, in {_cases_words(model, worked_on)}, and their work "
                "would be lost."
            )


def _cases_words(model: type[Model], ids: Sequence[int]) -> str:
    """Name the cases that records belong to, the first few by their URNs."""
    way = "pk" if model is Case else "case"
    held = model._default_manager.filter(pk__in=ids[:MOST_LOOKED_AT]).values(way)
    names = [str(case) for case in Case.objects.filter(pk__in=held).order_by("urn")]
    more = [f"{len(names) - MOST_NAMED:,} more"] if len(names) > MOST_NAMED else []
    noun = "case" if len(names) == 1 else "cases"
    return f"{noun} {list_words([*names[:MOST_NAMED], *more])}"


def _ours(run: ImportRun, model: type[Model], ids: Iterable[int]) -> list[int]:
    """Return which of some records an import added or changed."""
    notes = run.changes.filter(record_kind=model._meta.label).order_by("record_id")
    rows = list(notes.values_list("record_id", "last_id"))
    firsts = [first for first, _ in rows]
    places = ((pk, bisect_right(firsts, pk) - 1) for pk in ids)
    return sorted(pk for pk, place in places if place >= 0 and pk <= rows[place][1])
