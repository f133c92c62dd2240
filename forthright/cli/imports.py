"""`forthright import`: reads an extract into the product, or says why not."""

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forthright.cli.progress import progress
from forthright.cli.refusals import REFUSED
from forthright.extracts.plans import Near
from forthright.table_files.problems import FileRefused, Problem

if TYPE_CHECKING:
    from forthright.accounts.models import Area, Unit
    from forthright.extracts.imports.planning import ImportPlan, Readable
    from forthright.extracts.models import ImportRun

SHOWN_PROBLEMS = 50
KINDS = "auto|cases|decisions|spi"
Answer = dict[str, Any]


def import_extract(  # noqa: PLR0913 - one for each option
    file: Annotated[
        Path,
        typer.Argument(exists=True, dir_okay=False, readable=True, metavar="FILE",
                       help="An .xlsx, .csv or .xml file."),
    ],
    *,
    kind: Annotated[str, typer.Option(metavar=KINDS, help="What the file holds.")] = "auto",
    area: Annotated[str, typer.Option(help="The Area; needed where there are several.")] = "",
    unit: Annotated[str, typer.Option(help="The unit of new cases that name none.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would change.")] = False,
    repeats_are_one: Annotated[bool, typer.Option(
        "--repeats-are-one", help="Rows that name somebody again are about one person.")] = False,
    near_decisions: Annotated[Near | None, typer.Option(
        help="Decisions nearly like one held are that one, corrected, or another one.")] = None,
    near_names: Annotated[Near | None, typer.Option(
        help="Names nearly like one held are that person's, corrected, or another's.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
) -> None:  # fmt: skip
    """Import an extract: all of it, or nothing and the reasons.

    The same file twice changes nothing. Exit status 0 is done, 1 is refused, 2 is wrong use.
    """
    from forthright.cli.areas import area_named
    from forthright.extracts.imports.planning import Readable
    from forthright.extracts.plans import Answers, ImportRefused, Kind

    if kind not in list(Kind):
        raise typer.BadParameter(f"choose one of {', '.join(Kind)}", param_hint="--kind")
    its_area = area_named(area)
    its_unit = _unit_named(its_area, unit) if unit else None
    answers = Answers(
        repeats_are_one=repeats_are_one, near_decisions=near_decisions, near_names=near_names
    )
    try:
        readable = Readable(file, file.name, Kind(kind), its_unit, answers)
        answer = _import(readable, its_area, dry_run=dry_run)
    except FileRefused as refusal:
        answer = _answer_of_refusal(refusal.problem.as_json())
    except ImportRefused as refusal:
        problem = {"message": str(refusal), "mend": "Run the import again."}
        answer = _answer_of_refusal(problem)
    stopping = [each["message"] for each in answer["problems"] if each.get("stops", True)]
    is_refused = bool(answer["refused"] or stopping)
    if is_refused:
        answer |= {"refusal": next(iter(stopping), ""), "status": REFUSED}
    _print(answer, file.name, as_json=as_json, dry_run=dry_run)
    if is_refused:
        raise typer.Exit(REFUSED)


def _import(readable: "Readable", area: "Area", *, dry_run: bool) -> Answer:
    from forthright.extracts.imports.checking import import_planned
    from forthright.extracts.imports.planning import plan_import
    from forthright.extracts.selectors import same_file_before
    from forthright.web import clock
    from forthright.web.work_folders import work_folder

    now = clock.now()
    with work_folder() as folder, progress() as told:
        work = folder / "plan.sqlite3"
        plan = plan_import(area, readable, work=work, now=now, told=told)
        before = same_file_before(area, plan.sha256)
        run = None
        if not dry_run and not plan.is_refused:
            run = import_planned(area, plan, readable.file_name, by=None, at=now, told=told)
        answer = _answer(plan, run, before)
        plan.file.close()
    return answer


def _answer(plan: "ImportPlan", run: "ImportRun | None", before: "ImportRun | None") -> Answer:
    counts = plan.counts
    if plan.is_refused:
        # One refused row keeps the whole file out: nothing is, or would be, added.
        counts = replace(counts, added=0, changed=0)
    return {
        "added": counts.added,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "refused": counts.refused,
        "letters_owed": 0 if plan.is_refused else plan.owed,
        "due_dates_changed": 0 if plan.is_refused else plan.moved,
        "problems": [problem.as_json() for problem in plan.file.problems()],
        "kind": str(plan.kind),
        "sha256": plan.sha256,
        "imported": run.pk if run else None,
        "records": run.records if run else {},
        "imported_before_at": before.imported_at.isoformat() if before else None,
    }


def _answer_of_refusal(problem: Answer) -> Answer:
    blank = {"sheet": "", "row": None, "column": "", "mend": "", "stops": True}
    return {
        "added": 0,
        "changed": 0,
        "unchanged": 0,
        "refused": 0,
        "letters_owed": 0,
        "due_dates_changed": 0,
        "problems": [{**blank, **problem}],
        "imported": None,
    }


def _print(answer: Answer, name: str, *, as_json: bool, dry_run: bool) -> None:
    if as_json:
        typer.echo(json.dumps(answer, indent=2, ensure_ascii=False))
        return
    from forthright.extracts.plans import Counts

    counts = Counts(**{key: answer[key] for key in ("added", "changed", "unchanged", "refused")})
    problems = [Problem(**problem) for problem in answer["problems"]]
    for problem in problems[:SHOWN_PROBLEMS]:
        typer.echo(f"{problem.place}: {problem.message} {problem.mend}", err=True)
    if len(problems) > SHOWN_PROBLEMS:
        typer.echo(f"{len(problems) - SHOWN_PROBLEMS:,} more; --json prints all.", err=True)
    typer.echo(_outcome(answer, counts, name, dry_run=dry_run))


def _outcome(answer: Answer, counts: Any, name: str, *, dry_run: bool) -> str:
    from forthright.extracts.plans import letters_words

    if any(problem["stops"] for problem in answer["problems"]):
        refused = f" ({counts.words_before})" if counts.total else ""
        return (
            f"{name}: refused, so nothing was imported: no row was added or changed{refused}. "
            "Mend the file and try again."
        )
    letters = letters_words(answer["letters_owed"], answer["due_dates_changed"])
    if dry_run:
        return (
            f"{name}: {counts.words_before}; {letters}. Nothing was imported: this was a dry run."
        )
    if answer["imported"] is None:
        return f"{name}: everything in it is held already, so nothing changed ({counts.words})."
    return f"{name}: imported, {counts.words}; {letters}."


def _unit_named(area: "Area", name: str) -> "Unit":
    from forthright.accounts.models import Unit
    from forthright.extracts.imports.names import units_of
    from forthright.extracts.imports.values import NotReadable

    try:
        return Unit.objects.get(pk=units_of(area).find(name))
    except NotReadable as refusal:
        raise typer.BadParameter(str(refusal), param_hint="--unit") from refusal
