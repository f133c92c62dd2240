"""The weekly report: counting and freezing it, showing it, and its PDF, as the letters grow."""

import os
from collections.abc import Callable
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.test_settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be set up first
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402

from benchmarks import letters_owed  # noqa: E402
from benchmarks.measuring import Figure, median_seconds  # noqa: E402
from forthright.accounts.models import Area, User  # noqa: E402
from forthright.reports import documents  # noqa: E402
from forthright.reports.services import make_weekly_report  # noqa: E402
from forthright.rules.weeks import week_of  # noqa: E402
from forthright.standards.services import start_area_standards  # noqa: E402
from forthright.web import clock  # noqa: E402

GOAL_SECONDS, GOAL_GROWTH = 2.0, 1.5


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
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        for name, act in parts_of(area, client, today).items():
            seconds = median_seconds(act, times=5)
            figures.append(figure_of(name, size, seconds, before.get(name)))
            before[name] = (size, seconds)
    return figures


def parts_of(area: Area, client: Client, today: date) -> dict[str, Callable[[], object]]:
    """Return what is timed, by name."""
    week = week_of(today).plus(-1)
    report = make_weekly_report(area, week, by=None, at=clock.now())

    def whole() -> None:
        made = make_weekly_report(area, week, by=None, at=clock.now())
        documents.pdf_of(made)
        documents.xlsx_of(made)

    return {
        "report counted and frozen": lambda: make_weekly_report(
            area, week, by=None, at=clock.now()
        ),
        "report with its PDF and spreadsheet": whole,
        "report as a page": lambda: client.get(f"/reports/{report.pk}/"),
    }


def figure_of(name: str, size: int, seconds: float, before: tuple[int, float] | None) -> Figure:
    """Return one time beside the one at the size before."""
    is_last = size == 1_000_000
    growth = seconds / before[1] if before else None
    return Figure(
        f"{name}, {size:,} letters",
        seconds,
        "s",
        f"at {before[0]:,}" if before else "",
        before[1] if before else None,
        goal="under 2 s and at most 1.5 times" if is_last else "",
        is_met=seconds < GOAL_SECONDS and (growth or 0) <= GOAL_GROWTH if is_last else None,
    )
