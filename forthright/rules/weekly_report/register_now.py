"""The stock of recordings as it stands today, counted as the weekly report counts it."""

from datetime import date, timedelta
from typing import Any

from forthright.rules.media_backlog import BacklogFacts
from forthright.rules.weekly_report.facts import ReportFacts
from forthright.rules.weekly_report.pieces import Ledger, as_plain, records_of
from forthright.rules.weekly_report.recordings import REGISTER_METHOD, recordings
from forthright.rules.weeks import Week, week_of
from forthright.rules.words import day_words


def week_now(today: date) -> Week:
    """Return the week of the last day that is over, so that on a Monday it is a whole one."""
    return week_of(today - timedelta(days=1))


def stock_now(
    register: BacklogFacts, *, today: date
) -> tuple[dict[str, Any], dict[str, list[int]]]:
    """Return the section on recordings as plain values, and the records behind each figure."""
    week = week_now(today)
    facts = ReportFacts(
        week=week, as_of=today, rules="", edition=0, duties=(), history=(), drawn=(), criteria=(),
        feedback=(), stages=(), recordings=register,
    )  # fmt: skip
    ledger = Ledger(f"recordings by periods {register.periods}")
    section = recordings(facts, register, ledger)
    plain = as_plain(
        [section], ledger, week=str(week), as_of=today.isoformat(),
        as_of_words=day_words(today - timedelta(days=1)), rules=ledger.rules,
        method=list(REGISTER_METHOD),
    )  # fmt: skip
    return plain, records_of(ledger)
