"""A report as one person may read it: without its marks while they have yet to mark blind."""

from collections.abc import Set
from copy import copy
from datetime import date
from typing import Any

from forthright.accounts.models import User
from forthright.calibration.selectors.waited_for import waited_for
from forthright.reports.models import WeeklyReport
from forthright.reports.selectors.records import figures_of_marks, reviews_to_mark_blind
from forthright.reviews.selectors.lists import number_of_letters
from forthright.rules.words import count_words, day_words

# The one part with a figure of marks whose sentences say nothing of it.
NOT_KNOWN = "unknown"
DIGEST_OF_ALL = "The digest is that of the whole."


def report_for_reader(report: WeeklyReport, reader: User, today: date) -> tuple[WeeklyReport, int]:
    """Return a report as somebody may read it today, and for how many letters it is not whole.

    Those wait for their marks, given without knowing how others marked, or for a round to close in
    which they gave them. Each part that has a figure of marks says so instead, for its sentences
    say what its figures do; those of what is not known say other things, so there it is said beside
    all else.
    """
    hiding = reviews_to_mark_blind(report, reader)
    blind = number_of_letters(hiding)
    if not blind:
        return report, 0
    hidden = frozenset(figures_of_marks(report))
    letters = count_words(blind, "letter")
    waiting = waited_for(reader, hiding).words(whose="their", who="they")
    said = (
        f"Held back on {day_words(today)} from {reader}, who marks without knowing how others "
        f"marked: {letters} of this report {'waits' if blind == 1 else 'wait'} for {waiting}. It "
        "is shown after that."
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
    if section["key"] == NOT_KNOWN:
        return {
            **section,
            "sentences": [*section["sentences"], said],
            "tables": [_without(table, hidden) for table in section["tables"]],
        }
    return {**section, "sentences": [said], "tables": [], "control_charts": [], "bars": []}


def _without(table: dict[str, Any], hidden: Set[str]) -> dict[str, Any]:
    """Return a table without the rows that have a figure of marks."""
    return {**table, "rows": [row for row in table["rows"] if not set(row[1]) & hidden]}
