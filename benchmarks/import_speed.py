"""How fast a workbook comes in, and in how much memory, against only reading it."""

import json
import os
import resource
import select
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import django
import xlsxwriter
from django.core.management import call_command

from benchmarks.measuring import Figure

ROWS, QUICK_ROWS = 200_000, 2_000
FEWER_ROWS, FEWER_QUICK_ROWS = 40_000, 400
MOST_MEGABYTES = 500
LEAST_RATE = 2_000
LONGEST_LOCK = 10
# How often somebody else tries to write while an import is being done.
TRIED_EVERY = 0.05
BEGINS = (datetime.now(UTC) - timedelta(days=200)).replace(tzinfo=None, second=0, microsecond=0)
HEADER = ["URN", "Unit", "Lead offence", "Domestic abuse", "Victim ref no", "Title", "First name",
          "Surname", "Enhanced", "E-mail", "Phone", "Address", "Decision", "Decision date",
          "Prosecutor", "Defendant", "VLU told", "Drafted", "Approved", "Sent",
          "Drafter"]  # fmt: skip


def measure(*, quick: bool) -> list[Figure]:
    """Import one workbook of made-up rows, each step in a process of its own."""
    django.setup()
    call_command("migrate", verbosity=0)
    rows = QUICK_ROWS if quick else ROWS
    fewer = FEWER_QUICK_ROWS if quick else FEWER_ROWS
    with tempfile.TemporaryDirectory(prefix="forthright-bench-") as folder:
        small = write_workbook(Path(folder) / "fewer.xlsx", fewer)
        waits = locks(fewer, in_process("import_it", small), in_process("undo_it", small))
        path = write_workbook(Path(folder) / "extract.xlsx", rows)
        bare = in_process("bare_read", path)
        read = in_process("read_rows", path)
        checked = in_process("check", path)
        imported = in_process("import_it", path)
        again = in_process("import_it", path)
        undone = in_process("undo_it", path)
    waits += locks(rows, imported, undone)
    against = "reading it with calamine alone"
    bare_rate = rows / bare["seconds"]
    rate = rows / imported["seconds"]
    most = max(each["megabytes"] for each in (checked, imported, again, undone))
    return [
        Figure(f"read {rows:,} rows", rows / read["seconds"], "rows/s", against, bare_rate),
        Figure(f"check {rows:,} rows", rows / checked["seconds"], "rows/s", against, bare_rate),
        Figure(
            f"import {rows:,} rows",
            rate,
            "rows/s",
            against,
            bare_rate,
            goal=f"at least {LEAST_RATE:,} rows/s",
            is_met=rate >= LEAST_RATE,
        ),
        Figure(
            f"import the same {rows:,} rows again",
            rows / again["seconds"],
            "rows/s",
            against,
            bare_rate,
        ),
        Figure(f"undo {rows:,} rows", rows / undone["seconds"], "rows/s", against, bare_rate),
        *waits,
        Figure(
            f"most memory for {rows:,} rows",
            most,
            "MB",
            against,
            bare["megabytes"],
            goal=f"under {MOST_MEGABYTES} MB",
            is_met=most < MOST_MEGABYTES,
        ),
    ]


def locks(rows: int, imported: dict[str, float], undone: dict[str, float]) -> list[Figure]:
    """Return how long somebody else who wanted to write waited, at the worst."""
    return [
        Figure(
            f"the longest that others wait to write, {what} {rows:,} rows",
            taken["longest_wait"],
            "s",
            "the whole of it",
            taken["seconds"],
            goal=f"under {LONGEST_LOCK} s",
            is_met=taken["longest_wait"] < LONGEST_LOCK,
        )
        for what, taken in (("importing", imported), ("undoing", undone))
    ]


def in_process(name: str, path: Path) -> dict[str, float]:
    """Do one step in a new process, so that its memory is its own; return what it took."""
    words = [sys.executable, "-m", "benchmarks.import_speed", name, str(path)]
    ran = subprocess.run(words, check=True, capture_output=True, text=True)
    taken: dict[str, float] = json.loads(ran.stdout.splitlines()[-1])
    return taken


@contextmanager
def somebody_writing() -> Iterator[Callable[[], float]]:
    """Have another process write as a page does, all the while; yield what ends it.

    What ends it returns the longest time in seconds that one of its writes took.
    """
    words = [sys.executable, "-m", "benchmarks.import_speed", "write_on", "-"]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        said = other.stdout
        assert said is not None
        said.readline()

        def end() -> float:
            assert other.stdin is not None
            other.stdin.close()
            return float(json.loads(said.readlines()[-1])["longest_wait"])

        yield end


def write_on(path: Path) -> dict[str, float]:
    """Add an event of the Area every so often until told to end, as each page that is looked at."""
    from django.db import connection

    from forthright.audit import services as audit
    from forthright.web import clock

    if connection.vendor == "sqlite":
        # A page would give up by then; here the whole wait is to be seen.
        connection.settings_dict["OPTIONS"]["timeout"] = 3600
    area = the_area()
    longest = 0.0
    print("writing", flush=True)
    while not select.select([sys.stdin], [], [], TRIED_EVERY)[0]:
        began = time.perf_counter()
        audit.record("letters.seen", by=None, at=clock.now(), area=area)
        longest = max(longest, time.perf_counter() - began)
    return {"longest_wait": longest}


def bare_read(path: Path) -> None:
    """Read every row of a workbook and do nothing with it."""
    from python_calamine import CalamineWorkbook

    with CalamineWorkbook.from_path(path) as workbook:
        for _ in workbook.get_sheet_by_index(0).iter_rows():
            pass


def read_rows(path: Path) -> None:
    """Read every row as the importer does, within its bounds."""
    from forthright.extracts.imports.tables import open_tables

    with open_tables(path, file_name=path.name) as tables:
        for _ in tables.rows:
            pass


def check(path: Path) -> None:
    """Say row by row what importing would do."""
    plan_of(path)


def import_it(path: Path) -> dict[str, float]:
    """Check the file and import it, while somebody else writes."""
    from forthright.extracts.imports.checking import import_planned
    from forthright.web import clock

    the_area()
    with somebody_writing() as end:
        began = time.perf_counter()
        area, plan = plan_of(path)
        import_planned(area, plan, path.name, by=None, at=clock.now())
        seconds = time.perf_counter() - began
        return {"seconds": seconds, "longest_wait": end()}


def undo_it(path: Path) -> dict[str, float]:
    """Undo the last import, while somebody else writes."""
    from forthright.extracts.models import ImportRun
    from forthright.extracts.services import undo_import
    from forthright.web import clock

    run = ImportRun.objects.filter(state=ImportRun.State.DONE).order_by("-pk")[0]
    with somebody_writing() as end:
        began = time.perf_counter()
        undo_import(run, by=None, at=clock.now())
        seconds = time.perf_counter() - began
        return {"seconds": seconds, "longest_wait": end()}


def plan_of(path: Path) -> tuple[Any, Any]:
    """Return the Area and the plan of a file that must have no fault."""
    from forthright.extracts.imports.planning import Readable, plan_import
    from forthright.web import clock

    area = the_area()
    work = path.with_name(f"{os.getpid()}.plan")
    plan = plan_import(area, Readable(path, path.name), work=work, now=clock.now())
    assert not plan.is_refused, plan.file.problems(take=3)
    return area, plan


def the_area() -> Any:
    """Return an Area with its rules and a Crown Court unit, made when there is none."""
    from forthright.accounts.models import Area, Unit
    from forthright.schemes.services import start_area_scheme
    from forthright.web import clock

    area, _ = Area.objects.get_or_create(name="Import speed")
    Unit.objects.get_or_create(area=area, name="Crown Court", kind=Unit.Kind.CROWN_COURT)
    start_area_scheme(area, by=None, at=clock.now())
    return area


def write_workbook(path: Path, rows: int) -> Path:
    """Write a workbook in which each row is another case, as a busy Area's extract is."""
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy hh:mm"}) as book:
        sheet = book.add_worksheet("Decisions")
        sheet.write_row(0, 0, HEADER)
        for number in range(1, rows + 1):
            for column, cell in enumerate(row_of(number)):
                sheet.write(number, column, cell)
    return path


def row_of(number: int) -> list[object]:
    """Return a made-up decision with its victim and its letter."""
    decided = BEGINS + timedelta(minutes=number % 200_000)
    stages = [decided + timedelta(hours=hours) for hours in (1, 20, 25, 30)]
    urn = f"20AB{number % 100_000:05d}{20 + number // 100_000}"
    return [
        urn, "Crown Court", "Assault by beating", "No", f"V{number}", "Ms",
        f"Jane{number % 999}", f"Smith{number % 3333}", "Yes" if number % 3 else "No",
        f"jane{number}@example.test", "07700 900123", f"{number} High Street", "Discontinued",
        decided, f"Lawyer {number % 50}", f"John Doe{number % 8888}", *stages,
        f"Drafter {number % 40}",
    ]  # fmt: skip


def most_megabytes() -> float:
    """Return the most memory that this process has held.

    Not the figure of getrusage: it counts in the memory of the process that started this one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(each for each in status.read_text().splitlines() if each.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Do the step named in the command's words and print what it took."""
    name, path = sys.argv[1:]
    if name not in {"bare_read", "read_rows"}:
        django.setup()
    began = time.perf_counter()
    found = globals()[name](Path(path)) or {}
    taken = {"seconds": time.perf_counter() - began, "megabytes": most_megabytes(), **found}
    print(json.dumps(taken))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    main()
