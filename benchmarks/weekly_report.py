"""The weekly report: counting and freezing it, showing it, and its PDF, as the letters grow."""

import os
from collections.abc import Callable
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.test_settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be set up first
from django.db import connection  # noqa: E402
from django.db.models import F  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks import letters_owed, recordings_registered  # noqa: E402
from benchmarks.measuring import Figure, median_seconds  # noqa: E402
from forthright.accounts.models import Area, User  # noqa: E402
from forthright.reports import documents  # noqa: E402
from forthright.reports.models import WeeklyReport  # noqa: E402
from forthright.reports.services import make_weekly_report  # noqa: E402
from forthright.rules.weekly_report.trends import CHARTED_WEEKS  # noqa: E402
from forthright.rules.weeks import week_of  # noqa: E402
from forthright.schemes.models import Duty  # noqa: E402
from forthright.standards.services import start_area_standards  # noqa: E402
from forthright.web import clock  # noqa: E402

GOAL_GROWTH = 1.5
# The first counts a week's own letters and keeps the number of each: it grows as they do.
GOAL_SECONDS = {"report with its PDF and spreadsheet": 2.0, "report as a page": 0.2}


def measure(*, quick: bool) -> list[Figure]:
    """Time each part of one Area's report at 10,000, 100,000 and 1,000,000 letters of 14 Areas."""
    call_command("migrate", verbosity=0)
    today = clock.today()
    letters_owed.start(today)
    area = Area.objects.order_by("pk")[0]
    start_area_standards(area, by=None, at=clock.now())
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(User.objects.get(email="manager0@example.test"))
    figures: list[Figure] = []
    before: dict[str, tuple[int, float]] = {}
    for size in [1_000, 10_000] if quick else [10_000, 100_000, 1_000_000]:
        letters_owed.fill_to(size, today)
        leave_some_unsent(area, today)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        for name, act in parts_of(area, client, today).items():
            seconds = median_seconds(act, times=5)
            figures.append(figure_of(name, size, seconds, before.get(name)))
            before[name] = (size, seconds)
    figures += with_recordings(area, client, today, before)
    return figures


def with_recordings(
    area: Area, client: Client, today: date, before: dict[str, tuple[int, float]]
) -> list[Figure]:
    """Time the same once the Area's register is full too, beside the time without it."""
    number = recordings_registered.fill(area)
    size = max(size for size, _ in before.values())
    figures = []
    for name, act in parts_of(area, client, today).items():
        seconds = median_seconds(act, times=5)
        most = GOAL_SECONDS.get(name) if size == 1_000_000 else None
        figures.append(
            Figure(
                f"{name}, {size:,} letters and {number:,} recordings of the Area", seconds, "s",
                "without the recordings", before[name][1],
                goal=f"under {most:g} s" if most else "",
                is_met=seconds < most if most else None,
            )
        )  # fmt: skip
    return figures


def leave_some_unsent(area: Area, today: date) -> None:
    """Leave every tenth letter of the charted weeks unsent, so that each size has both charts.

    With next to none unsent a chart is left out, and a report of fewer letters would be shorter.
    """
    first = week_of(today).plus(-CHARTED_WEEKS).monday
    letters = Duty.objects.filter(area=area, due_week__gte=first).annotate(tenth=F("pk") / 14 % 10)
    letters.filter(tenth=0).update(state=Duty.State.OPEN, sent_at=None)


def parts_of(area: Area, client: Client, today: date) -> dict[str, Callable[[], object]]:
    """Return what is timed, by name."""
    week = week_of(today).plus(-1)
    report = make_weekly_report(area, week, by=None, at=clock.now())

    def make() -> WeeklyReport:
        # Where nothing has changed no new version would be frozen.
        WeeklyReport.objects.filter(area=area).update(digest="")
        return make_weekly_report(area, week, by=None, at=clock.now())

    def whole() -> None:
        made = make()
        documents.pdf_of(made)
        documents.xlsx_of(made)

    return {
        "report counted and frozen": make,
        "report with its PDF and spreadsheet": whole,
        "report as a page": lambda: client.get(f"/reports/{report.pk}/"),
    }


def figure_of(name: str, size: int, seconds: float, before: tuple[int, float] | None) -> Figure:
    """Return one time beside the one at the size before."""
    most = GOAL_SECONDS.get(name) if size == 1_000_000 else None
    growth = seconds / before[1] if before else None
    return Figure(
        f"{name}, {size:,} letters",
        seconds,
        "s",
        f"at {before[0]:,}" if before else "",
        before[1] if before else None,
        goal=f"under {most:g} s and at most {GOAL_GROWTH:g} times" if most else "",
        is_met=seconds < most and (growth or 0) <= GOAL_GROWTH if most else None,
    )
