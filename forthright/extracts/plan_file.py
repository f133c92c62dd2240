"""The working file of one import: rows, problems and changes, kept on disk and not in memory.

It lies beside the file that was handed over, holds the same personal data, and is removed with it.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from forthright.extracts.plans import Counts, NotChecked, Outcome, RowFacts
from forthright.table_files.problems import Problem

TABLES = """
CREATE TABLE facts (id INTEGER PRIMARY KEY, urn TEXT, suffix TEXT, content TEXT);
CREATE TABLE rows (id INTEGER PRIMARY KEY, sheet TEXT, row INTEGER, urn TEXT,
                   outcome TEXT, words TEXT);
CREATE TABLE problems (id INTEGER PRIMARY KEY, fact INTEGER, sheet TEXT, row INTEGER,
                       column_name TEXT, message TEXT, mend TEXT, stops INTEGER);
CREATE TABLE changes (case_number INTEGER PRIMARY KEY, is_new INTEGER, content TEXT);
CREATE TABLE notes (name TEXT PRIMARY KEY, content TEXT);
"""
INDEXES = """
CREATE INDEX IF NOT EXISTS facts_by_case ON facts (urn, suffix, id);
CREATE INDEX IF NOT EXISTS problems_by_fact ON problems (fact);
"""
LATER = """
CREATE INDEX IF NOT EXISTS rows_by_outcome ON rows (outcome, id);
CREATE INDEX IF NOT EXISTS problems_by_row ON problems (stops DESC, id);
"""
KEPT_FACTS = ("sheet", "row", "urn", "urn_suffix", "case", "people", "defendants", "decision",
              "letter")  # fmt: skip
NO_PLAN = (
    "This file is not checked just now: it is being checked again, or somebody imported it or gave "
    "it up meanwhile."
)
BATCH = 2000
written = json.JSONEncoder(separators=(",", ":")).encode
Change = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """One row of the file, with what would become of it, in words."""

    number: int
    sheet: str
    row: int
    urn: str
    outcome: Outcome
    words: list[str]


class PlanFile:
    """A small database of its own for one file; nothing of it reaches the product's database."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Work in a database that was begun or opened."""
        self._db = database

    @classmethod
    def begun(cls, path: Path) -> Self:
        """Begin a new working file."""
        database = sqlite3.connect(path)
        # It can be made again from the file, so it need not survive a crash.
        database.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;")
        database.executescript(TABLES)
        return cls(database)

    @classmethod
    def opened(cls, path: Path) -> Self:
        """Open a working file that was finished, to be read.

        :raises NotChecked: if it is not there, or not finished
        """
        database = None
        try:
            database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
            plan = cls(database)
            if plan.note("kind"):
                return plan
        except sqlite3.DatabaseError:
            pass
        if database:
            database.close()
        raise NotChecked(NO_PLAN)

    def close(self) -> None:
        """Close the working file."""
        self._db.close()

    def keep_facts(self, rows: Iterable[RowFacts], *, told: Iterator[None]) -> None:
        """Keep rows as they are read, and their problems."""
        facts: list[tuple[Any, ...]] = []
        problems: list[tuple[Any, ...]] = []
        for number, row in enumerate(rows, start=1):
            content = {name: getattr(row, name) for name in KEPT_FACTS}
            facts.append((number, row.urn, row.urn_suffix, written(content)))
            problems += [(number, *_problem_row(problem)) for problem in row.problems]
            if len(facts) == BATCH:
                self._write_facts(facts, problems)
                next(told, None)
        self._write_facts(facts, problems)
        self._db.executescript(INDEXES)

    def _write_facts(self, facts: list[tuple[Any, ...]], problems: list[tuple[Any, ...]]) -> None:
        self._db.executemany("INSERT INTO facts VALUES (?, ?, ?, ?)", facts)
        self._write_problems(problems)
        self._db.commit()
        facts.clear()
        problems.clear()

    def _write_problems(self, problems: list[tuple[Any, ...]]) -> None:
        self._db.executemany(
            "INSERT INTO problems (fact, sheet, row, column_name, message, mend, stops) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            problems,
        )

    def add_problems(self, problems: Iterable[tuple[int | None, Problem]]) -> None:
        """Keep further problems, each with the row that it is about, if any."""
        self._write_problems([(number, *_problem_row(each)) for number, each in problems])

    def fact_count(self) -> int:
        """Return how many rows were read."""
        return int(self._db.execute("SELECT count(*) FROM facts").fetchone()[0])

    def refused_rows(self, numbers: Sequence[int]) -> set[int]:
        """Return which of some rows have a problem that stops the import."""
        found = self._db.execute(
            "SELECT DISTINCT fact FROM problems WHERE stops "
            "AND fact IN (SELECT value FROM json_each(?))",
            (json.dumps(list(numbers)),),
        )
        return {number for (number,) in found}

    def cases(self, *, at_a_time: int) -> Iterator[list[list[tuple[int, RowFacts]]]]:
        """Yield the rows case by case, so many cases at a time, wherever they stood in the file."""
        batch: list[list[tuple[int, RowFacts]]] = []
        current: tuple[str, str] | None = None
        reading = self._db.cursor()
        reading.execute("SELECT id, urn, suffix, content FROM facts ORDER BY urn, suffix, id")
        for number, urn, suffix, content in reading:
            facts = RowFacts(**json.loads(content))
            # Rows without a URN belong to no case and are each refused by themselves.
            if current != (urn, suffix) or not urn:
                if len(batch) >= at_a_time:
                    yield batch
                    batch = []
                batch.append([])
                current = (urn, suffix)
            batch[-1].append((number, facts))
        if batch:
            yield batch

    def keep_outcomes(self, rows: Sequence[PlannedRow]) -> None:
        """Keep what would become of rows."""
        self._db.executemany(
            "INSERT INTO rows VALUES (?, ?, ?, ?, ?, ?)",
            [
                (row.number, row.sheet, row.row, row.urn, row.outcome, written(row.words))
                for row in rows
            ],
        )

    def keep_changes(self, cases: Sequence[tuple[int, list[Change]]]) -> None:
        """Keep what would be written of each case, with its number; the case itself comes first."""
        self._db.executemany(
            "INSERT INTO changes VALUES (?, ?, ?)",
            [(number, changes[0]["id"] is None, written(changes)) for number, changes in cases],
        )
        self._db.commit()

    def finish(self, **notes: Any) -> None:
        """Close the plan: drop what only planning needed, and keep what was noted."""
        self._db.execute("DROP TABLE IF EXISTS facts")
        self._db.executemany(
            "INSERT OR REPLACE INTO notes VALUES (?, ?)",
            [(name, json.dumps(content)) for name, content in notes.items()],
        )
        self._db.executescript(LATER)
        self._db.commit()

    def note(self, name: str) -> Any:
        """Return what was noted under a name, or None."""
        found = self._db.execute("SELECT content FROM notes WHERE name = ?", (name,)).fetchone()
        return json.loads(found[0]) if found else None

    def counts(self) -> Counts:
        """Return how many rows have each outcome."""
        found = dict(self._db.execute("SELECT outcome, count(*) FROM rows GROUP BY outcome"))
        return Counts(
            added=found.get(Outcome.ADD, 0),
            changed=found.get(Outcome.CHANGE, 0),
            unchanged=found.get(Outcome.UNCHANGED, 0),
            refused=found.get(Outcome.REFUSED, 0),
        )

    def rows(self, outcome: Outcome | None, *, skip: int, take: int) -> list[PlannedRow]:
        """Return rows in the order of the file, all or those with one outcome."""
        found = self._db.execute(
            "SELECT id, sheet, row, urn, outcome, words FROM rows "
            "WHERE ? IS NULL OR outcome = ? ORDER BY id LIMIT ? OFFSET ?",
            (outcome, outcome, take, skip),
        )
        return [
            PlannedRow(number, sheet, row, urn, Outcome(kept), json.loads(words))
            for number, sheet, row, urn, kept, words in found
        ]

    def problems(self, *, skip: int = 0, take: int = -1) -> list[Problem]:
        """Return problems, those that stop the import first, then in the order of the file."""
        found = self._db.execute(
            "SELECT sheet, row, column_name, message, mend, stops FROM problems "
            "ORDER BY stops DESC, sheet, row, id LIMIT ? OFFSET ?",
            (take, skip),
        )
        return [_problem(each) for each in found]

    def problems_of(self, numbers: Sequence[int]) -> dict[int, list[Problem]]:
        """Return the problems of some rows."""
        found = self._db.execute(
            "SELECT fact, sheet, row, column_name, message, mend, stops FROM problems "
            "WHERE fact IN (SELECT value FROM json_each(?)) ORDER BY id",
            (json.dumps(list(numbers)),),
        )
        by_row: dict[int, list[Problem]] = {}
        for number, *rest in found:
            by_row.setdefault(number, []).append(_problem(rest))
        return by_row

    def problem_counts(self) -> tuple[int, int]:
        """Return how many problems stop the import, and how many are only notes."""
        found = dict(self._db.execute("SELECT stops, count(*) FROM problems GROUP BY stops"))
        return found.get(1, 0), found.get(0, 0)

    def case_count(self, *, new: bool) -> int:
        """Return how many new cases, or how many held ones, would be written to."""
        found = self._db.execute("SELECT count(*) FROM changes WHERE is_new = ?", (new,))
        return int(found.fetchone()[0])

    def changes(self, *, new: bool, cases: int) -> Iterator[list[tuple[int, Change]]]:
        """Yield what would be written to new cases, or to those held, so many cases at a time."""
        reading = self._db.execute(
            "SELECT case_number, content FROM changes WHERE is_new = ? ORDER BY case_number", (new,)
        )
        while kept := reading.fetchmany(cases):
            yield [(number, each) for number, content in kept for each in json.loads(content)]


def _problem_row(problem: Problem) -> tuple[Any, ...]:
    return (
        problem.sheet,
        problem.row,
        problem.column,
        problem.message,
        problem.mend,
        int(problem.stops),
    )


def _problem(row: Sequence[Any]) -> Problem:
    sheet, number, column, message, mend, stops = row
    return Problem(
        sheet=sheet,
        row=number,
        column=column,
        message=message,
        mend=mend,
        stops=bool(stops),
    )
