"""The list of problems in a file, as a file that opens in Excel."""

import csv
from collections.abc import Iterable
from io import StringIO

from forthright.table_files.problems import Problem

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def problems_csv(problems: Iterable[Problem]) -> bytes:
    """Return problems as .csv, marked as UTF-8 so that Excel reads the letters rightly."""
    written = StringIO(newline="")
    rows = csv.writer(written)
    rows.writerow(["Sheet", "Row", "Column", "Problem", "How to mend it", "Stops the import"])
    for problem in problems:
        rows.writerow(
            [
                safe(problem.sheet),
                problem.row or "",
                safe(problem.column),
                safe(problem.message),
                safe(problem.mend),
                "Yes" if problem.stops else "No",
            ]
        )
    return written.getvalue().encode("utf-8-sig")


def safe(text: str) -> str:
    """Return text that a spreadsheet will show and never work out."""
    return f"'{text}" if text.lstrip(" ").startswith(RISKY) else text
