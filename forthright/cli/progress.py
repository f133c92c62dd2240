"""How far a command has come, shown on stderr while it works."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


@contextmanager
def progress() -> Iterator[Callable[[str, int, int], None]]:
    """Show a bar on stderr, so that what is printed can be read by a program.

    Where stderr is kept in a log, each stage is one line.
    """
    console = Console(stderr=True)
    if not console.is_terminal:
        stages: set[str] = set()

        def said(stage: str, done: int, total: int) -> None:
            if stage not in stages:
                stages.add(stage)
                typer.echo(f"{stage} …", err=True)

        yield said
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeElapsedColumn())  # fmt: skip
    with Progress(*columns, console=console) as bar:
        tasks: dict[str, Any] = {}

        def told(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                tasks[stage] = bar.add_task(stage, total=total or None)
            bar.update(tasks[stage], completed=done, total=total or None)

        yield told
