"""The list of letters owed: how long the server takes for a page as the letters grow tenfold."""

import os
from datetime import date

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.test_settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - Django must be set up first
from django.test import Client  # noqa: E402

from benchmarks import letters_owed  # noqa: E402
from benchmarks.measuring import Figure, median_seconds  # noqa: E402
from forthright.accounts.models import User  # noqa: E402
from forthright.cases.models import PersonToTell  # noqa: E402
from forthright.web import clock  # noqa: E402

GOAL_SECONDS, GOAL_GROWTH = 0.2, 1.5
# One in 32 bears it, so what it finds grows with the letters, and its time may.
COMMON = "/letters/?words=Nowak"
PAGES = {
    "list of what is to be sent": "/letters/",
    "list of what one unit sent late": "/letters/?show=late&late_stage=DRAFTING&unit=1",
    "list of one officer's letters": "/letters/?show=met&drafter=3",
    "list of one week": "/letters/?week={week}",
    "search by a common surname": COMMON,
    "search by a rare surname": "/letters/?words={rare}",
    "search by URN": "/letters/?words=20AB0000",
}


def measure(*, quick: bool) -> list[Figure]:
    """Time each page at 10,000, 100,000 and 1,000,000 letters."""
    call_command("migrate", verbosity=0)
    today = clock.today()
    letters_owed.start(today)
    manager = User.objects.get(email="manager0@example.test")
    client = Client(HTTP_HOST="127.0.0.1")
    client.force_login(manager)
    taken: dict[str, dict[int, float]] = {name: {} for name in PAGES}
    sizes = [10_000, 30_000] if quick else [10_000, 100_000, 1_000_000]
    for size in sizes:
        letters_owed.fill_to(size, today)
        letters_owed.keep_house()
        rare = PersonToTell.objects.filter(case__area=manager.area_id).order_by("pk")[0].family_name
        for name, address in PAGES.items():
            taken[name][size] = _seconds(client, address, today, rare)
    return [figure for name in PAGES for figure in _figures(name, taken[name])]


def _seconds(client: Client, address: str, today: date, rare: str) -> float:
    year, week, _ = today.isocalendar()
    asked = address.format(week=f"{year}-W{week:02d}", rare=rare)

    def fetch() -> None:
        answer = client.get(asked)
        assert answer.status_code == 200, f"{asked} answered {answer.status_code}"
        assert b"<tbody" in answer.content, f"{asked} lists nothing"

    fetch()
    return median_seconds(fetch, times=9)


def _figures(name: str, taken: dict[int, float]) -> list[Figure]:
    """Return a page's time at each size against the size before."""
    figures = []
    before: tuple[int, float] | None = None
    for size, seconds in taken.items():
        growth = seconds / before[1] if before else None
        is_last = size == max(taken)
        grows = PAGES[name] == COMMON
        met = seconds < GOAL_SECONDS and (growth is None or grows or growth <= GOAL_GROWTH)
        goal = "under 0.2 s" if grows else "under 0.2 s and at most 1.5 times"
        figures.append(
            Figure(
                f"{name}, {size:,} letters",
                seconds,
                "s",
                f"at {before[0]:,}" if before else "",
                before[1] if before else None,
                goal=goal if is_last else "",
                is_met=met if is_last else None,
            )
        )
        before = (size, seconds)
    return figures
