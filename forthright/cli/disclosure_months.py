"""What `forthright disclosure compliance` does: writes a month's figures and its duties."""

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import typer

from forthright.accounts.models import Area, Unit
from forthright.cases.models import Case
from forthright.cli.areas import area_named
from forthright.cli.refusals import WRONG_USE, stop
from forthright.disclosure.models import Delivery, DisclosureDuty
from forthright.disclosure.selectors.compliance import compliance_of
from forthright.disclosure.selectors.not_begun import not_begun_in
from forthright.disclosure.services.seeing import take_compliance_out
from forthright.rules.by_case import METHOD_BY_CASE
from forthright.rules.deemed_service import JUDGED_BY
from forthright.rules.disclosure_compliance import (
    QUESTIONS,
    Compliance,
    NotAMonth,
    read_month,
)
from forthright.rules.disclosure_judged import Alike, worst_first
from forthright.rules.weekly_report.disclosure import not_begun_words
from forthright.rules.weekly_report.pieces import Figure
from forthright.rules.words import count_words
from forthright.web import clock

COLUMNS = ("Duty", "URN", "Unit", "Due", "Served", "Court told")


def write_compliance(text: str, out: Path, area: str, *, as_json: bool) -> None:
    """Write compliance.json, and duties.csv with the worst first; the record keeps that it was."""
    try:
        month = read_month(text)
    except NotAMonth as refusal:
        stop(str(refusal), WRONG_USE)
    in_area = area_named(area)
    today = clock.today()
    if month.first > today:
        stop(f"{month.words} has not begun.")
    found = compliance_of(
        DisclosureDuty.objects.filter(area=in_area), Delivery.objects.filter(area=in_area), month,
        today,
    )  # fmt: skip
    not_begun = not_begun_in(Case.objects.filter(area=in_area)).count()
    table = as_table(found, in_area, not_begun)
    keys = sorted(key for group in found.groups for key in group.keys)
    # Before anything is written: no file leaves that the record does not know.
    take_compliance_out(in_area, str(month), keys, by=None, at=clock.now())
    _write(found, in_area, table, out)
    if as_json:
        typer.echo(_as_text(table))
        return
    typer.echo(f"{month.words}: {count_words(found.n, 'duty', 'duties')} in {out}")
    for figure in found.figures:
        typer.echo(f"  {figure.label}: {figure.words}")
    if not_begun:
        typer.echo(not_begun_words(not_begun))
    typer.echo(JUDGED_BY)
    typer.echo(METHOD_BY_CASE)


def as_table(found: Compliance, area: Area, not_begun: int) -> dict[str, Any]:
    """Return the figures as they are written to JSON.

    :param not_begun: how many defendants no figure counts, since no duty has begun for them
    """
    return {
        "month": str(found.month),
        "area": area.name,
        "rules": found.rules,
        "judged_by": JUDGED_BY,
        "by_case": METHOD_BY_CASE,
        "as_of": clock.today().isoformat(),
        "not_begun": not_begun,
        "figures": [_plain(figure) for figure in found.figures],
    }


def _plain(figure: Figure) -> dict[str, Any]:
    # Without its records first: there may be a hundred thousand, and each would be copied.
    plain = asdict(replace(figure, records=(), counted_from=()))
    return plain | {"records": figure.records, "counted_from": figure.counted_from}


def _as_text(table: dict[str, Any]) -> str:
    """Return the figures as JSON, each in a line of its own: a record a line would take longer."""
    about = {name: said for name, said in table.items() if name != "figures"}
    head = json.dumps(about, indent=1, ensure_ascii=False).removesuffix("\n}")
    figures = ",\n".join(f"  {json.dumps(each, ensure_ascii=False)}" for each in table["figures"])
    return f'{head},\n "figures": [\n{figures}\n ]\n}}'


def _write(found: Compliance, area: Area, table: dict[str, Any], out: Path) -> None:
    units = {pk: _cells(name) for pk, name in Unit.objects.values_list("pk", "name")}
    due = DisclosureDuty.objects.filter(
        area=area, due_on__range=(found.month.first, found.month.last)
    )
    named = due.order_by().values_list("pk", "case__urn", "case__urn_suffix", "unit")
    of_duty = {
        pk: f"{_urn(f'{urn}{suffix}')},{units[unit]}"
        for pk, urn, suffix, unit in named.iterator(chunk_size=10_000)
    }
    head = _cells(*COLUMNS, *(each.code for each in QUESTIONS), "Most significant failing")
    lines = "\r\n".join([head, *_lines(found, of_duty), ""])
    try:
        out.mkdir(parents=True, exist_ok=True)
        (out / "compliance.json").write_text(f"{_as_text(table)}\n", encoding="utf-8")
        (out / "duties.csv").write_bytes(lines.encode("utf-8-sig"))
    except OSError as fault:
        stop(f"{out} cannot be written to: {fault.strerror}.", WRONG_USE)


def _lines(found: Compliance, of_duty: dict[int, str]) -> Iterator[str]:
    """Yield a line for each duty, the worst first; what is the same for many is written once."""
    said = [_said(group) for group in found.groups]
    for key, _, group in worst_first(found.groups):
        yield f"{key},{of_duty[key]},{said[group.place]}"


def _said(group: Alike) -> str:
    facts = group.facts
    days = (facts.due_on, facts.served_on, facts.court_told_on)
    written = (day.isoformat() if day else "" for day in days)
    return _cells(*written, *(level.words for level in group.marks), group.failing)


def _urn(text: str) -> str:
    """Return a URN as a cell; nearly all are letters and figures that need no marks around them."""
    return text if text.isalnum() else _cells(text)


def _cells(*cells: str) -> str:
    """Return a part of a line of CSV, with marks around what needs them."""
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()
