"""How long a schedule of 2,000 items takes to read and to check, and what memory that needs."""

import tempfile
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from benchmarks.measuring import Figure, median_seconds, seconds_of
from forthright.rules.schedules.bundle import Bundle, plain
from forthright.rules.schedules.comparing import compare_schedules
from forthright.rules.schedules.engine import check_schedules, prepare_schedule_rules
from forthright.rules.schedules.rule import shipped_schedule_rules
from forthright.rules.schedules.schedule import Form, Schedule
from forthright.rules.schedules.telling import words_of
from forthright.schedule_files.reading import read_schedules
from tests.corpus.schedule_measure import corpus_schedules
from tests.schedule_files.files import a_csv, a_pdf_schedule, a_word_schedule, a_workbook

ITEMS, SENSITIVE = 2000, 100
GOAL_S = 1
DAY = date(2026, 12, 31)
HEAD = (
    ("MG6C SCHEDULE OF NON-SENSITIVE UNUSED MATERIAL",),
    ("Item No.", "Description", "Location", "For CPS use"),
)
FOOT = (("Signed: DC 2210 Mears, disclosure officer Date: 3 March 2026",),)
WRITERS: dict[str, Callable[..., bytes]] = {
    ".xlsx": a_workbook,
    ".csv": a_csv,
    ".docx": a_word_schedule,
    ".pdf": a_pdf_schedule,
}


def measure(*, quick: bool) -> list[Figure]:
    """Time reading, checking and comparing, each kind of file by itself."""
    items = 200 if quick else ITEMS
    times = 2 if quick else 5
    rows = rows_of(items)
    with tempfile.TemporaryDirectory() as folder:
        paths = {ending: Path(folder) / f"MG6C{ending}" for ending in WRITERS}
        for ending, path in paths.items():
            path.write_bytes(WRITERS[ending](rows))
        [schedule] = read_schedules(paths[".csv"])
        return [
            *checking(schedule, sensitive(items // (ITEMS // SENSITIVE)), times=times),
            *reading(paths, items),
        ]


def sensitive(items: int) -> Schedule:
    """Return a sensitive schedule of many items: those of the corpus, with which all is compared.

    It is made in memory, as its form is told by its head and not by its rows.
    """
    told = [
        item
        for each in corpus_schedules()
        for schedule in each.read()
        if schedule.form is Form.MG6D
        for item in schedule.items
        if item.description
    ]
    place = told[0].place
    listed = tuple(
        replace(item, number=number, description=f"{item.description} (sheet {number})")
        for number in range(1, items + 1)
        for item in [told[number % len(told)]]
    )
    return Schedule(form=Form.MG6D, place=place, items=listed)


def checking(schedule: Schedule, secrets: Schedule, *, times: int) -> list[Figure]:
    """Time the check of a schedule that is in memory, and its comparison with a version."""
    rules = prepare_schedule_rules(shipped_schedule_rules())

    def check(*schedules: Schedule) -> list[object]:
        # A bundle keeps what it worked out, and words are kept as they are compared: begin anew.
        plain.cache_clear()
        words_of.cache_clear()
        return [*check_schedules(Bundle(schedules=schedules), rules, as_of=DAY)]

    tracemalloc.start()
    found = len(check(schedule))
    memory = tracemalloc.get_traced_memory()[1] / 1024 / 1024
    tracemalloc.stop()
    taken = median_seconds(partial(check, schedule), times=times)
    beside = median_seconds(partial(check, schedule, secrets), times=times)
    name = f"check of {len(schedule.items):,} items by {len(rules.rules)} rules, {found:,} findings"
    later = Schedule(form=schedule.form, place=schedule.place, items=schedule.items[10:])
    return [
        Figure(name, taken, "s", goal=f"under {GOAL_S} s", is_met=taken < GOAL_S),
        Figure(
            f"the same beside an MG6D of {len(secrets.items):,} items",
            beside,
            "s",
            goal=f"under {GOAL_S} s",
            is_met=beside < GOAL_S,
        ),
        Figure("the most memory that the check takes", memory, "MB"),
        Figure(
            "comparing it with a version that lacks ten items",
            median_seconds(lambda: compare_schedules([schedule], [later]), times=times),
            "s",
        ),
    ]


def reading(paths: dict[str, Path], items: int) -> list[Figure]:
    """Time the reading of each kind of file."""
    return [
        Figure(f"reading {items:,} items from {ending}", seconds_of(partial(read_schedules, path)),
               "s")
        for ending, path in paths.items()
    ]  # fmt: skip


def rows_of(items: int) -> list[tuple[str, ...]]:
    """Return a schedule of many items: those of the corpus, each told apart by a number."""
    described = [
        (item.description, item.location or "Niche")
        for each in corpus_schedules()
        for schedule in each.read()
        for item in schedule.items
        if item.description
    ]
    body = [
        (str(number), f"{words} (sheet {number})", held, "")
        for number in range(1, items + 1)
        for words, held in [described[number % len(described)]]
    ]
    return [*HEAD, *body, *FOOT]
