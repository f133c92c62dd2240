"""A report as one person may read it: without its marks while they have yet to mark blind."""

from collections.abc import Set
from copy import copy
from datetime import date
from typing import Any

from forthright.accounts.models import User
from forthright.reports.models import WeeklyReport
from forthright.reports.selectors.records import figures_of_marks, number_to_mark_blind
from forthright.rules.words import count_words, day_words

DIGEST_OF_ALL = "The digest is that of the whole."


def report_for_reader(report: WeeklyReport, reader: User, today: date) -> tuple[WeeklyReport, int]:
    """Return a report as somebody may read it today, and for how many letters it is not whole.

    Those wait for their marks, given without knowing how others marked. Each part that has a figure
    of marks says so instead, for its sentences say what its figures do.
    """
    blind = number_to_mark_blind(report, reader)
    if not blind:
        return report, 0
    hidden = frozenset(figures_of_marks(report))
    letters = count_words(blind, "letter")
    said = (
        f"Held back on {day_words(today)} from {reader}: {letters} of this report "
        f"{'waits' if blind == 1 else 'wait'} for their marks, given without knowing how others "
        "marked. It is shown once they have given them."
    )
    shown = copy(report)
    shown.figures = {
        **report.figures,
        "sections": [_told(each, hidden, said) for each in report.figures["sections"]],
        "figures": {
            key: each for key, each in report.figures["figures"].items() if key not in hidden
        },
        "method": [*report.figures["method"], f"Parts about marks: {said} {DIGEST_OF_ALL}"],
    }
    return shown, blind


def _told(section: dict[str, Any], hidden: Set[str], said: str) -> dict[str, Any]:
    keys = {key for table in section["tables"] for _, row in table["rows"] for key in row}
    if not keys & hidden:
        return section
    return {**section, "sentences": [said], "tables": [], "control_charts": [], "bars": []}
