"""Jobs that only tests know; each step leaves a line in a file, so that repeats show."""

import time
from pathlib import Path

from django.conf import settings

from forthright.web.jobs import JobRefused
from forthright.worker.kinds import Step, Work, kind


def leave_line(words: str) -> None:
    with (Path(settings.HOME) / "lines.txt").open("a") as lines:
        lines.write(words + "\n")


def first(work: Work) -> dict[str, int]:
    leave_line("first")
    return {"counted": work.arguments.get("count", 0)}


def second(work: Work) -> None:
    leave_line("second begun")
    deadline = time.monotonic() + 900
    while not (Path(settings.HOME) / "go").exists() and time.monotonic() < deadline:
        time.sleep(0.1)
    leave_line("second done")


def third(work: Work) -> None:
    leave_line(f"third was told {work.answers['First']['counted']}")


def mend_at_third_try(work: Work) -> None:
    leave_line("tried")
    if (Path(settings.HOME) / "lines.txt").read_text().splitlines().count("tried") < 3:
        raise OSError("The post office is shut")


def never_works(work: Work) -> None:
    leave_line("tried in vain")
    raise OSError("The post office is shut")


def refuse(work: Work) -> None:
    leave_line("refused")
    raise JobRefused("The week has not ended yet.")


def name_people(work: Work) -> list[str]:
    return ["Ann", "Bob", "Cat"]


def write_to_all_but_bob(work: Work) -> None:
    if work.one == "Bob":
        raise JobRefused("Bob has left.")
    leave_line(f"half wrote to {work.one}")


def write_to_one(work: Work) -> None:
    leave_line(f"wrote to {work.one}")


KINDS = [
    kind("example.three", Step("First", first), Step("Second", second), Step("Third", third)),
    kind("example.mends", Step("Post", mend_at_third_try, first_wait=0.2, wait_grows=1.5)),
    kind("example.fails", Step("Post", never_works, tries=3, first_wait=0.2, wait_grows=1.5)),
    kind("example.refused", Step("Freeze", refuse)),
    kind("example.each", Step("Name", name_people), Step("Write", write_to_one, each_of="Name")),
    kind(
        "example.some",
        Step("Name", name_people),
        Step("Write", write_to_all_but_bob, each_of="Name"),
        Step("Third", third),
    ),
]
