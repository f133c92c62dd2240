"""What `forthright disclosure compliance` does: writes a month's figures and its duties."""

import csv
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import typer

from forthright.accounts.models import Area
from forthright.cli.areas import area_named
from forthright.cli.refusals import WRONG_USE, stop
from forthright.disclosure.models import Delivery, DisclosureDuty
from forthright.disclosure.selectors.compliance import compliance_of
from forthright.disclosure.services.seeing import take_compliance_out
from forthright.rules.deemed_service import JUDGED_BY
from forthright.rules.disclosure_compliance import (
    QUESTIONS,
    Compliance,
    MarkedDuty,
    NotAMonth,
    read_month,
)
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
    table = as_table(found, in_area)
    keys = [each.facts.key for each in found.duties]
    # Before anything is written: no file leaves that the record does not know.
    take_compliance_out(in_area, str(month), keys, by=None, at=clock.now())
    _write(found, in_area, table, out)
    if as_json:
        typer.echo(json.dumps(table, indent=1, ensure_ascii=False))
        return
    typer.echo(f"{month.words}: {count_words(len(found.duties), 'duty', 'duties')} in {out}")
    for figure in found.figures:
        typer.echo(f"  {figure.label}: {figure.words}")
    typer.echo(JUDGED_BY)


def as_table(found: Compliance, area: Area) -> dict[str, Any]:
    """Return the figures as they are written to JSON."""
    return {
        "month": str(found.month),
        "area": area.name,
        "rules": found.rules,
        "judged_by": JUDGED_BY,
        "as_of": clock.today().isoformat(),
        "figures": [asdict(figure) for figure in found.figures],
    }


def _write(found: Compliance, area: Area, table: dict[str, Any], out: Path) -> None:
    urns = {
        pk: (f"{urn}{suffix}", unit)
        for pk, urn, suffix, unit in DisclosureDuty.objects.filter(
            area=area, due_on__range=(found.month.first, found.month.last)
        ).values_list("pk", "case__urn", "case__urn_suffix", "unit__name")
    }
    try:
        out.mkdir(parents=True, exist_ok=True)
        words = json.dumps(table, indent=1, ensure_ascii=False)
        (out / "compliance.json").write_text(words + "\n", encoding="utf-8")
        with (out / "duties.csv").open("w", encoding="utf-8-sig", newline="") as file:
            rows = csv.writer(file)
            codes = [each.code for each in QUESTIONS]
            rows.writerow([*COLUMNS, *codes, "Most significant failing"])
            rows.writerows(_row(each, *urns[each.facts.key]) for each in found.duties)
    except OSError as fault:
        stop(f"{out} cannot be written to: {fault.strerror}.", WRONG_USE)


def _row(each: MarkedDuty, urn: str, unit: str) -> list[Any]:
    facts = each.facts
    return [facts.key, urn, unit, facts.due_on, facts.served_on or "", facts.court_told_on or "",
            *(level.words for level in each.marks), each.failing]  # fmt: skip
