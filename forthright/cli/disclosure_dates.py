"""What `forthright disclosure due` does: reads the days given, and prints dates with reasons."""

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from pathlib import Path

import typer

from forthright.cli.refusals import REFUSED, WRONG_USE, stop
from forthright.rules.bank_holidays import published_bank_holidays
from forthright.rules.deemed_service import given_on, judged_words, timed_words
from forthright.rules.disclosure_deadlines import (
    Step,
    disclosure_steps,
    initial_step,
    unconfirmed_of,
)
from forthright.rules.disclosure_limits import (
    INITIAL,
    DisclosureLimits,
    LimitsRefused,
    Remand,
    SentCase,
    Way,
    limits_of,
    published_disclosure_limits,
)
from forthright.rules.words import day_words


@dataclass(frozen=True, slots=True)
class Remands:
    """Where the defendant was said to wait for trial; one of the two is to be said."""

    is_custody: bool
    is_bail: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """The options as they were given."""

    sent: str
    remands: Remands
    disclosed: str
    ordered: str
    rules: Path | None
    way: str = Way.ELECTRONIC.value


def say_dates(asked: Asked, *, as_json: bool) -> None:
    """Print when initial disclosure is due, and the dates that follow."""
    if asked.remands.is_custody == asked.remands.is_bail:
        stop("Say where the defendant waits for trial: --custody or --bail, not both.", WRONG_USE)
    sent = _day(asked.sent)
    served = _moment_from(sent, asked.disclosed)
    ordered = _day_from(sent, asked.ordered, "--ordered")
    case = SentCase(
        sent=sent,
        remand=Remand.CUSTODY if asked.remands.is_custody else Remand.BAIL,
        ordered={INITIAL: ordered} if ordered else None,
        way=_way(asked.way),
    )
    limits, calendar = _limits(asked.rules), published_bank_holidays().calendar
    given = None
    try:
        if served:
            given = given_on(served, case, limits=limits, calendar=calendar)
            case = replace(
                case, disclosed=given.day, deemed=given.words, deemed_unverified=given.unverified
            )
        steps = disclosure_steps(case, limits=limits, calendar=calendar)
    except LookupError as refusal:  # no limit in force, or the calendar is too short
        stop(str(refusal), REFUSED)
    due = initial_step(steps).day
    judged = judged_words(served.date(), due, given) if served and given else ()
    if as_json:
        table = {
            **_table(steps, limits.version),
            "served": served.date().isoformat() if served else None,
            "days_late": (served.date() - due).days if served else None,
            "judged": list(judged),
        }
        typer.echo(json.dumps(table, ensure_ascii=False))
        return
    if served:
        typer.echo(timed_words(served.date(), due))
    _print(steps, limits.version)
    for words in judged:
        typer.echo(words)


def _way(text: str) -> Way:
    try:
        return Way(text.strip().upper())
    except ValueError:
        stop(f"“{text}” is no way of service. Write electronic, post or hand.", WRONG_USE)


def _moment_from(sent: date, text: str) -> datetime | None:
    """Return a day, with its hour where one is given; None where none was given."""
    day, _, hour = text.strip().replace("T", " ").partition(" ")
    found = _day_from(sent, day, "--disclosed")
    if found is None:
        return None
    try:
        return datetime.combine(found, time.fromisoformat(hour) if hour else time())
    except ValueError:
        stop(f"“{hour}” is not an hour. Write it like 16:30.", WRONG_USE)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        stop(f"“{text}” is not a day. Write it like 2026-04-08 (year, month, day).", WRONG_USE)


def _day_from(sent: date, text: str, option: str) -> date | None:
    """Return a day that cannot be before the sending; None where none was given."""
    day = _day(text) if text else None
    if day is not None and day < sent:
        stop(
            f"{option} is {day_words(day)}, before the case was sent on {day_words(sent)}. Correct "
            "one of the two.", WRONG_USE,
        )  # fmt: skip
    return day


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
