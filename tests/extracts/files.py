"""Writes the files that the importer's tests hand over."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter

from forthright.accounts.models import Area, Unit
from forthright.extracts.imports.checking import import_planned
from forthright.extracts.imports.planning import ImportPlan, Readable, plan_import
from forthright.extracts.plans import Answers, Kind
from tests import given

HEADER = ["URN", "Unit", "Victim name", "Enhanced", "Decision", "Decision date"]
ROW = ["20AB0123426", "Crown Court", "Jane Smith", "Yes", "Discontinued", "02/04/2026 16:55"]


def an_area() -> Area:
    """Return an Area that has its rules, with a Crown Court and a Magistrates unit."""
    area = given.a_started_area()
    given.a_unit(Unit.Kind.CROWN_COURT, area=area)
    given.a_unit(Unit.Kind.MAGISTRATES, area=area)
    return area


def a_row(**changes: Any) -> list[Any]:
    """Return the usual row with some cells changed, named by their heading."""
    return [
        changes.get(name.replace(" ", "_"), cell) for name, cell in zip(HEADER, ROW, strict=True)
    ]


def a_csv(path: Path, *rows: Sequence[Any], encoding: str = "utf-8", delimiter: str = ",") -> Path:
    """Write rows as a text file."""
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file, delimiter=delimiter).writerows(rows)
    return path


def a_workbook(path: Path, **sheets: Sequence[Sequence[Any]]) -> Path:
    """Write each sheet's rows as a workbook; datetimes as Excel keeps them."""
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy hh:mm"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write(number, column, cell)
    return path


def a_plan(
    area: Area, path: Path, kind: Kind = Kind.AUTO, unit: Unit | None = None, **said: Any
) -> ImportPlan:
    """Return what importing a file would do."""
    readable = Readable(path, path.name, kind, unit, Answers(**said))
    return plan_import(area, readable, work=path.with_suffix(".plan"), now=given.NOON)


def imported(area: Area, path: Path, kind: Kind = Kind.AUTO, unit: Unit | None = None) -> Any:
    """Import a file and return the import."""
    plan = a_plan(area, path, kind, unit)
    assert not plan.is_refused, [problem.message for problem in plan.file.problems()]
    return import_of(area, plan, path.name)


def import_of(area: Area, plan: ImportPlan, file_name: str = "week.csv") -> Any:
    """Import what a plan holds and return the import."""
    return import_planned(area, plan, file_name, by=None, at=given.NOON)


def problems(plan: ImportPlan) -> list[tuple[int | None, str, str]]:
    """Return the problems that stop an import: row, column and message."""
    return [(each.row, each.column, each.message) for each in plan.file.problems() if each.stops]


def notes(plan: ImportPlan) -> list[str]:
    """Return what was noted without stopping the import."""
    return [each.message for each in plan.file.problems() if not each.stops]
