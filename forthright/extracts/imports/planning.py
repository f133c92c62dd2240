"""Reads a file and says, row by row, what importing it would do; nothing is written."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.db import connection

from forthright.accounts.models import Area, Unit, User
from forthright.extracts.imports.case_plan import CasePlan
from forthright.extracts.imports.clock import LetterClock
from forthright.extracts.imports.columns import Headings
from forthright.extracts.imports.effects import Frame
from forthright.extracts.imports.facts import Reader
from forthright.extracts.imports.headings import ELEMENTS, HEADINGS, STAND_INS
from forthright.extracts.imports.held import held_of
from forthright.extracts.imports.spi import is_xml, read_message
from forthright.extracts.imports.tables import SheetRow, Tables, open_tables
from forthright.extracts.imports.wording import Names
from forthright.extracts.plan_file import BATCH, PlanFile
from forthright.extracts.plans import UNANSWERED, Answers, Counts, Kind, RowFacts
from forthright.rules.words import list_words
from forthright.table_files.problems import FileRefused, Problem

CASES_AT_A_TIME = 400
Told = Callable[[str, int, int], None]
"""Is told of progress: the stage in words, how many are done, of how many (0: not known yet)."""


@dataclass(frozen=True)
class Readable:
    """A file to be read: where it lies, what it was called, and what is asked of it."""

    path: Path
    file_name: str
    kind: Kind = Kind.AUTO
    default_unit: Unit | None = None
    answers: Answers = UNANSWERED


@dataclass(frozen=True)
class ImportPlan:
    """What an import would do; its rows, problems and changes are in the plan file."""

    file: PlanFile
    kind: Kind
    sha256: str
    counts: Counts

    @property
    def is_refused(self) -> bool:
        """Say whether something stops the import: then none of the file is loaded."""
        return bool(self.file.problem_counts()[0])

    @property
    def owed(self) -> int:
        """Return how many letters would become owed."""
        return int(self.file.note("owed") or 0)

    @property
    def moved(self) -> int:
        """Return how many due dates would change."""
        return int(self.file.note("moved") or 0)


def quiet(stage: str, done: int, total: int) -> None:
    """Tell nobody of the progress."""


def plan_import(
    area: Area, readable: Readable, *, work: Path, now: datetime, told: Told = quiet
) -> ImportPlan:
    """Return what importing a file would do, without doing it.

    :raises FileRefused: if the file as a whole cannot be read, or must not be
    """
    work.unlink(missing_ok=True)
    file = PlanFile.begun(work)
    sha256 = digest_of(readable.path)
    with _open(readable) as (kind, tables):
        reader = Reader(
            area,
            kind,
            now=now,
            today=now.date(),
            default_unit_id=readable.default_unit.pk if readable.default_unit else None,
        )
        if tables:
            tables.check = _checks_columns(kind)
        facts = _facts(reader, tables) if tables else iter(read_message(readable.path, now.date()))
        file.keep_facts(facts, told=_ticks(told, "Reading rows", BATCH))
        notes = tables.notes if tables else []
    file.add_problems((None, note) for note in notes)
    total = file.fact_count()
    if not total:
        raise FileRefused(
            "There are column names but no rows beneath them.",
            "Run the extract again and check it has rows.",
        )
    frame = Frame(
        clock=LetterClock(area, now),
        names=_names_in(area),
        default_unit_id=reader.default_unit_id,
        columns=_columns(tables),
        answers=readable.answers,
        is_message=tables is None,
    )
    with small_map():
        totals = _plan_cases(area, file, frame, told=told, total=total)
    file.finish(kind=_kind_found(kind, tables), sha256=sha256, **totals)
    return ImportPlan(file, kind, sha256, file.counts())


def open_plan(work: Path) -> ImportPlan:
    """Return a plan that was made before, as it stands in its file.

    :raises NotChecked: if there is none, or not a whole one
    """
    file = PlanFile.opened(work)
    return ImportPlan(file, Kind(file.note("kind")), file.note("sha256"), file.counts())


def digest_of(path: Path) -> str:
    """Return the SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def small_map() -> Iterator[None]:
    """Keep SQLite from mapping its file into memory while a large file is compared with it.

    The mapping makes pages quicker; here it would count against the bound on memory.
    """
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        before = cursor.execute("PRAGMA mmap_size").fetchone()
        cursor.execute("PRAGMA mmap_size=0")
        try:
            yield
        finally:
            if before:  # a database in memory has no such setting
                cursor.execute(f"PRAGMA mmap_size={int(before[0])}")


@contextmanager
def _open(readable: Readable) -> Iterator[tuple[Kind, Tables | None]]:
    looks_like_xml = is_xml(readable.path, readable.file_name)
    if readable.kind is Kind.SPI or looks_like_xml:
        if readable.kind not in {Kind.SPI, Kind.AUTO}:
            raise FileRefused(
                "The file is XML, not a table of cases or decisions.",
                "If it is a new case message from the police, choose that kind of file.",
            )
        yield Kind.SPI, None
        return
    with open_tables(readable.path, file_name=readable.file_name) as tables:
        yield readable.kind, tables


def _checks_columns(kind: Kind) -> Callable[[str, Headings], None]:
    """Return a check that a sheet has the columns that its kind of file needs."""

    def check(sheet: str, headings: Headings) -> None:
        needed = {"decision_kind", "decided_on"}
        has = needed & headings.fields
        if has == needed or kind is Kind.CASES or (not has and kind is Kind.AUTO):
            return
        missing = [HEADINGS[name][0] for name in sorted(needed - has)]
        guesses = [note.mend for note in headings.notes if "Did you mean" in note.mend]
        raise FileRefused(
            f"Decisions need a column “{list_words(missing)}”, and the header row has none.",
            " ".join(["Add it, or hand the file over as cases.", *guesses]),
            sheet=sheet,
            row=headings.row,
        )

    return check


def _kind_found(kind: Kind, tables: Tables | None) -> Kind:
    if kind is not Kind.AUTO or tables is None:
        return kind
    fields = {name for each in tables.headings.values() for name in each.fields}
    return Kind.DECISIONS if "decision_kind" in fields else Kind.CASES


def _names_in(area: Area) -> Names:
    accounts = dict(User.objects.filter(area=area).values_list("pk", "full_name"))
    units = dict(Unit.objects.filter(area=area).values_list("pk", "name"))
    return {"unit_id": units, "made_by_id": accounts, "drafter_id": accounts}


def _facts(reader: Reader, tables: Tables) -> Iterator[RowFacts]:
    for row in tables.rows:
        yield reader.read(row, _column_in(tables, row))


def _column_in(tables: Tables, row: SheetRow) -> Callable[[str], str]:
    return lambda name: _columns(tables)(row.sheet, name)


def _columns(tables: Tables | None) -> Callable[[str, str], str]:
    """Return what names the place of a field as the file itself does: its column or element."""

    def column(sheet: str, name: str) -> str:
        if tables is None:
            return ELEMENTS.get(name, "Case")
        fields = (name, *STAND_INS.get(name, ()), "urn")
        return next((found for each in fields if (found := tables.column(sheet, each))), "")

    return column


def _plan_cases(
    area: Area, file: PlanFile, frame: Frame, *, told: Told, total: int
) -> Counter[str]:
    """Plan each case, and return what was counted in all of them, by the name it is noted under.

    `owed` counts the letters that become owed, `moved` the due dates that change, and the others
    how many rows each question is asked about that is not answered yet.
    """
    done, case_number, totals = 0, 0, Counter[str]()
    for batch in file.cases(at_a_time=CASES_AT_A_TIME):
        held = held_of(area, {(rows[0][1].urn, rows[0][1].urn_suffix) for rows in batch})
        numbers = [number for rows in batch for number, _ in rows]
        refused = file.refused_rows(numbers)
        problems: list[tuple[int | None, Problem]] = []
        outcomes, changes = [], []
        for rows in batch:
            case_number += 1
            plan = CasePlan(frame, held, rows, refused)
            outcomes += plan.rows()
            problems += plan.problems()
            totals.update(plan.totals())
            if wanted := plan.changes():
                changes.append((case_number, wanted))
        file.keep_outcomes(outcomes)
        file.add_problems(problems)
        file.keep_changes(changes)
        done += len(numbers)
        told("Comparing with what is held", done, total)
    return totals


def _ticks(told: Told, stage: str, size: int) -> Iterator[None]:
    done = 0
    while True:
        done += size
        told(stage, done, 0)
        yield
