"""What the page of a checked file shows: the counts, the problems and one page of rows."""

from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from forthright.extracts.imports.planning import ImportPlan, open_plan
from forthright.extracts.models import WaitingFile
from forthright.extracts.plan_file import PlannedRow
from forthright.extracts.plans import Outcome, letters_words
from forthright.extracts.selectors import same_file_before
from forthright.extracts.services.waiting import plan_of
from forthright.table_files.problems import Problem
from forthright.web.paging import Slice

ROWS = 50
PROBLEMS = 20
QUESTIONS = ("repeats", "near_decisions", "near_names")
COLOURS = {
    Outcome.ADD: "green",
    Outcome.CHANGE: "blue",
    Outcome.UNCHANGED: "grey",
    Outcome.REFUSED: "red",
}


class ShownRow:
    """One row of the file beside what would become of it."""

    def __init__(self, row: PlannedRow, problems: list[Problem]) -> None:
        """Keep the row with its problems."""
        self.row = row
        self.problems = problems
        self.words = row.outcome.words
        self.colour = COLOURS[row.outcome]


def plan_page(waiting: WaitingFile, query: QueryDict) -> dict[str, Any]:
    """Return what the page shows of a plan, and close the plan."""
    plan = open_plan(plan_of(waiting))
    try:
        return _shown(waiting, plan, query)
    finally:
        plan.file.close()


def _shown(waiting: WaitingFile, plan: ImportPlan, query: QueryDict) -> dict[str, Any]:
    outcome = _outcome(query.get("only", ""))
    page = _number(query.get("page", ""))
    rows = plan.file.rows(outcome, skip=(page - 1) * ROWS, take=ROWS + 1)
    problems = plan.file.problems_of([row.number for row in rows[:ROWS]])
    stopping, notes = plan.file.problem_counts()
    return {
        "counts": plan.counts,
        "kind": plan.kind.words,
        "rows": [ShownRow(row, problems.get(row.number, [])) for row in rows[:ROWS]],
        "pages": _slice(outcome, page, has_more=len(rows) > ROWS),
        "only": outcome,
        "tabs": _tabs(plan, outcome),
        "stopping": stopping,
        "asked": {question: plan.file.note(question) for question in QUESTIONS},
        "letters": letters_words(plan.owed, plan.moved),
        "notes": notes,
        "problems": plan.file.problems(take=PROBLEMS),
        "more_problems": max(stopping + notes - PROBLEMS, 0),
        "before": same_file_before(waiting.area, plan.sha256),
        "has_sheets": any(row.sheet for row in rows),
    }


def _tabs(plan: ImportPlan, chosen: Outcome | None) -> list[dict[str, Any]]:
    counts = plan.counts
    numbers = {
        None: counts.total,
        Outcome.REFUSED: counts.refused,
        Outcome.ADD: counts.added,
        Outcome.CHANGE: counts.changed,
        Outcome.UNCHANGED: counts.unchanged,
    }
    return [
        {
            "words": "All rows" if outcome is None else outcome.words,
            "number": number,
            "address": "?" if outcome is None else f"?only={outcome}",
            "is_chosen": outcome == chosen,
        }
        for outcome, number in numbers.items()
    ]


def _slice(outcome: Outcome | None, page: int, *, has_more: bool) -> Slice[Any]:
    def address(number: int) -> str:
        return "?" + urlencode({**({"only": outcome} if outcome else {}), "page": number})

    return Slice(
        rows=[],
        previous=address(page - 1) if page > 1 else "",
        next=address(page + 1) if has_more else "",
    )


def _outcome(text: str) -> Outcome | None:
    return Outcome(text) if text in list(Outcome) else None


def _number(text: str) -> int:
    return min(max(int(text), 1), 1_000_000) if text.isdecimal() else 1
