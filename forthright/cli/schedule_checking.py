"""What `forthright disclosure check` does: reads schedules and papers, and prints what is found."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import typer

from forthright.cli.checking import LEVELS, STOPPED, day_of
from forthright.cli.refusals import WRONG_USE, stop
from forthright.rules.letter_checks.rule import Level, RulesRefused
from forthright.rules.schedules.bundle import LISTS, Bundle, Paper
from forthright.rules.schedules.comparing import Comparison, compare_schedules
from forthright.rules.schedules.engine import ScheduleFinding, check_schedules
from forthright.rules.schedules.reported import is_known_open
from forthright.rules.schedules.return_note import ReturnNote, return_note
from forthright.rules.schedules.rule import (
    ScheduleRule,
    load_schedule_rules,
    shipped_schedule_rules,
)
from forthright.rules.schedules.schedule import Form, Schedule, ScheduleItem
from forthright.rules.words import count_words, list_words
from forthright.schedule_files.papers import read_paper
from forthright.schedule_files.reading import read_schedules
from forthright.table_files.problems import FileRefused


@dataclass(frozen=True, slots=True)
class Given:
    """The files that were named."""

    schedule: Path
    beside: tuple[Path, ...]
    earlier: Path | None
    rules: Path | None
    note: Path | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of a check."""

    name: str
    bundle: Bundle
    findings: tuple[ScheduleFinding, ...]
    note: ReturnNote
    changes: tuple[Comparison, ...]
    # By file name why a paper that came with it could not be read.
    unread: dict[str, str]


def check_schedule_file(given: Given, as_of: str, *, as_json: bool) -> None:
    """Check the schedule of a file and print what is found; end with 1 if it stops it.

    A paper beside it that cannot be read is named, and stops it as on the page of a delivery.
    """
    if given.note and given.note.exists():
        stop(
            f"There is a file {given.note} already, and it stays as it is. Give --note another "
            "name, or move that file away first.", WRONG_USE,
        )  # fmt: skip
    rules, day = _rules(given.rules), day_of(as_of)
    bundle, unread = _bundle(given)
    findings = tuple(check_schedules(bundle, rules, as_of=day))
    answer = Answer(
        name=given.schedule.name,
        bundle=bundle,
        findings=findings,
        note=return_note(given.schedule.name, findings),
        changes=compare_schedules(bundle.earlier, bundle.schedules) if given.earlier else (),
        unread=unread,
    )
    if given.note:
        _write_note(answer.note, given.note)
    if as_json:
        typer.echo(json.dumps(_table(answer, day.isoformat()), indent=1, ensure_ascii=False))
    else:
        _print(answer)
    if unread or _hiding(bundle) or any(each.level is Level.STOP for each in findings):
        raise typer.Exit(STOPPED)


def _hiding(bundle: Bundle) -> int:
    """Count what was not read and may hide items, which stops a delivery as a finding does."""
    return sum(each.may_hide_items for schedule in bundle.schedules for each in schedule.unread)


def _rules(folder: Path | None) -> tuple[ScheduleRule, ...]:
    try:
        return load_schedule_rules(folder) if folder else shipped_schedule_rules()
    except RulesRefused as refusal:
        stop(str(refusal), WRONG_USE)


def _bundle(given: Given) -> tuple[Bundle, dict[str, str]]:
    """Return what was read, and by file name why a paper beside the schedule was not."""
    schedules = list(_schedules(given.schedule))
    papers, unread = [], {}
    for path in given.beside:
        found = _schedules_or_paper(path)
        if isinstance(found, Paper):
            papers.append(found)
        elif isinstance(found, FileRefused):
            unread[path.name] = f"{found.problem.place}: {found}"
        else:
            schedules += found
    bundle = Bundle(
        schedules=tuple(schedules),
        papers=tuple(papers),
        earlier=_schedules(given.earlier) if given.earlier else (),
        is_whole=bool(given.beside),
        unread=tuple(unread),
    )
    return bundle, unread


def _schedules(path: Path) -> tuple[Schedule, ...]:
    try:
        return read_schedules(path)
    except OSError as fault:
        stop(f"{path} cannot be read: {fault.strerror}.", WRONG_USE)
    except FileRefused as refusal:
        stop(f"{path.name}, {refusal.problem.place.lower()}: {refusal}", WRONG_USE)


def _schedules_or_paper(path: Path) -> tuple[Schedule, ...] | Paper | FileRefused:
    """Return the schedules of a file; the words of one that holds none, or why it has neither."""
    try:
        return read_schedules(path)
    except OSError as fault:
        stop(f"{path} cannot be read: {fault.strerror}.", WRONG_USE)
    except FileRefused as refusal:
        try:
            return read_paper(path, path.name, refusal)
        except FileRefused as still:
            return still


def _write_note(note: ReturnNote, path: Path) -> None:
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(note.as_text() + "\n" if note.requests else "Nothing to return.\n")
    except OSError as fault:
        stop(f"The note cannot be written to {path}: {fault.strerror}.", WRONG_USE)


def _table(answer: Answer, day: str) -> dict[str, Any]:
    return {
        "schedule": answer.name,
        "as_of": day,
        "schedules": [_schedule_table(each, answer.bundle) for each in answer.bundle.schedules],
        "papers": [each.name for each in answer.bundle.papers],
        "unread": [{"file": name, "why": why} for name, why in answer.unread.items()],
        "findings": [each.as_table() for each in answer.findings],
        "return_note": answer.note.as_table(),
        "changes": [_change_table(each) for each in answer.changes],
    }


def _schedule_table(schedule: Schedule, bundle: Bundle) -> dict[str, Any]:
    # What is sensitive is for those alone who hold the file; it is counted here, and not repeated.
    items = schedule.items if schedule.form is not Form.MG6D else ()
    return {
        "form": schedule.form.value,
        "place": schedule.place.words,
        "urn": schedule.urn,
        "key": dict(schedule.key) if schedule.form in LISTS else {},
        "certificate": schedule.certificate_text if schedule.form in LISTS else "",
        "count": len(schedule.items),
        "items": [_item_table(item, schedule, bundle) for item in items],
        "unread": [{"place": each.place.words, "what": each.what, "why": each.why,
                    "mend": each.mend, "may_hide_items": each.may_hide_items}
                   for each in schedule.unread],
    }  # fmt: skip


def _item_table(item: ScheduleItem, schedule: Schedule, bundle: Bundle) -> dict[str, Any]:
    # Of an entry that may be about a sensitive item the report gives the number alone.
    if schedule.form is Form.MG6E and not is_known_open(bundle, item):
        item = ScheduleItem(place=item.place, number=item.number)
    return {**asdict(item), "place": item.place.words}


def _change_table(change: Comparison) -> dict[str, Any]:
    return {
        "form": change.form.value,
        "goes_on": change.goes_on,
        "added": [item.number for item in change.added],
        "withdrawn": [item.number for item in change.withdrawn],
        "changed": [{"number": pair.after.number, "in": list(pair.changed)}
                    for pair in change.changed],
        "renumbered": [{"from": pair.before.number, "to": pair.after.number}
                       for pair in change.renumbered],
        "reused": list(change.reused),
    }  # fmt: skip


def _print(answer: Answer) -> None:
    held = [
        f"{each.form} with {count_words(len(each.items), 'item')}"
        for each in answer.bundle.schedules
    ]
    hiding = _hiding(answer.bundle)
    counts = [
        count_words(number, one, many)
        for level, (_, one, many) in LEVELS.items()
        if (number := sum(each.level is level for each in answer.findings)
            + (hiding if level is Level.STOP else 0))
    ]  # fmt: skip
    typer.echo(f"{answer.name}: {list_words(held)}. {list_words(counts) or 'Nothing found'}.")
    for paper in answer.bundle.papers:
        typer.echo(f"\nREAD AS ANOTHER PAPER, no schedule: {paper.name}.")
    for name, why in answer.unread.items():
        typer.echo(f"\nNOT READ: {name}. {why} What it says was not compared.")
    for schedule in answer.bundle.schedules:
        for each in schedule.unread:
            stops = "STOP, " if each.may_hide_items else ""
            typer.echo(
                f"\n{stops}NOT READ, {each.place.words}: {each.what}. {each.why} {each.mend}"
            )
    for change in answer.changes:
        typer.echo(f"\nCHANGED SINCE THE VERSION BEFORE: {change_words(change)}")
    for finding in answer.findings:
        _print_finding(finding)
    if answer.note.requests:
        typer.echo(f"\n{'-' * 20}\n{answer.note.as_text()}")


def _print_finding(finding: ScheduleFinding) -> None:
    typer.echo(f"\n{LEVELS[finding.level][0]}, {finding.form} {finding.named} ({finding.place})")
    typer.echo(f"  {finding.message}")
    if finding.suggestion:
        typer.echo(f"  Instead: {finding.suggestion}")
    unsure = " To be confirmed by the Area." if finding.status != "confirmed" else ""
    typer.echo(f"  Rule {finding.rule}. Source: {finding.source}.{unsure}")


def change_words(change: Comparison) -> str:
    """Say what changed on one form."""
    if change.is_same:
        return f"{change.form}: nothing."
    said = [
        f"added {_numbers([item.number for item in change.added])}" if change.added else "",
        f"withdrawn {_numbers([item.number for item in change.withdrawn])}"
        if change.withdrawn else "",
        f"changed {_numbers([pair.after.number for pair in change.changed])}"
        if change.changed else "",
        list_words([f"{pair.before.number} is now {pair.after.number}"
                    for pair in change.renumbered]),
        f"{'the number' if len(change.reused) == 1 else 'each of the numbers'} "
        f"{_numbers(change.reused)} now stands for something else" if change.reused else "",
    ]  # fmt: skip
    goes_on = " The numbers go on from the version before." if change.goes_on else ""
    return f"{change.form}: {'; '.join(each for each in said if each)}.{goes_on}"


def _numbers(numbers: Sequence[int | None]) -> str:
    return list_words([str(number) if number is not None else "without a number"
                       for number in numbers])  # fmt: skip
