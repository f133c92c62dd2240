"""What `forthright disclosure due` does: reads the days given, and prints dates with reasons."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typer

from forthright.cli.refusals import REFUSED, WRONG_USE, stop
from forthright.rules.bank_holidays import published_bank_holidays
from forthright.rules.disclosure_deadlines import (
    INITIAL,
    DisclosureLimits,
    LimitsRefused,
    Remand,
    SentCase,
    Step,
    disclosure_steps,
    initial_step,
    limits_of,
    published_disclosure_limits,
    unconfirmed_of,
)
from forthright.rules.words import day_words


@dataclass(frozen=True, slots=True)
class Asked:
    """The options as they were given."""

    sent: str
    is_custody: bool | None
    disclosed: str
    ordered: str
    rules: Path | None


def say_dates(asked: Asked, *, as_json: bool) -> None:
    """Print when initial disclosure is due, and the dates that follow."""
    if asked.is_custody is None:
        stop("Say where the defendant waits for trial: --custody or --bail.", WRONG_USE)
    case = SentCase(
        sent=_day(asked.sent),
        remand=Remand.CUSTODY if asked.is_custody else Remand.BAIL,
        disclosed=_day(asked.disclosed) if asked.disclosed else None,
        ordered={INITIAL: _day(asked.ordered)} if asked.ordered else None,
    )
    limits = _limits(asked.rules)
    try:
        steps = disclosure_steps(case, limits=limits, calendar=published_bank_holidays().calendar)
    except LookupError as refusal:  # no limit in force, or the calendar is too short
        stop(str(refusal), REFUSED)
    if as_json:
        typer.echo(json.dumps(_table(steps, limits.version), ensure_ascii=False))
        return
    _print(steps, limits.version)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        stop(f"“{text}” is not a day. Write it like 2026-04-08 (year, month, day).", WRONG_USE)


def _limits(path: Path | None) -> DisclosureLimits:
    if path is None:
        return published_disclosure_limits()
    try:
        return limits_of(path.read_text("utf-8-sig"), path.name)
    except (OSError, UnicodeDecodeError) as fault:
        stop(f"{path} cannot be read: {fault}.", WRONG_USE)
    except LimitsRefused as refusal:
        stop(str(refusal), WRONG_USE)


def _table(steps: tuple[Step, ...], version: str) -> dict[str, object]:
    first = initial_step(steps)
    return {
        "due": first.day.isoformat(),
        "serve_by": first.serve_by.isoformat(),
        "arithmetic": list(first.arithmetic),
        "source": first.source,
        "rules": version,
        "unconfirmed": list(unconfirmed_of(steps)),
        "dates": [step.as_table() for step in steps],
    }


def _print(steps: tuple[Step, ...], version: str) -> None:
    first = initial_step(steps)
    typer.echo(f"Initial disclosure is due by {day_words(first.day)}")
    _print_step(first)
    for step in steps:
        if step is not first:
            typer.echo(f"\n{step.title}: {day_words(step.day)}")
            _print_step(step)
    typer.echo("")
    for words in unconfirmed_of(steps):
        typer.echo(words)
    typer.echo(f"By the time limits as they ship or as given, version {version}.")


def _print_step(step: Step) -> None:
    for sentence in step.arithmetic:
        typer.echo(f"  {sentence}")
    typer.echo(f"  Source: {step.source}.")
