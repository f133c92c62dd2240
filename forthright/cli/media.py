"""`forthright media`: how far recordings have come before each hearing."""

import json
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forthright.cli.refusals import WRONG_USE, stop

if TYPE_CHECKING:
    from forthright.hard_media.selectors.ladder import CaseLine

media = typer.Typer(no_args_is_help=True, help="Recordings and discs.")


@media.callback()
def group() -> None:
    """Recordings and discs."""


@media.command()
def ladder(
    before: Annotated[
        str, typer.Option(help="only hearings before this day, for example 2026-12-24")
    ] = "",
    area: Annotated[str, typer.Option(help="the Area, where there is more than one")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="print the ladder as JSON")] = False,
) -> None:
    """Say for each case how far its recordings have come before the PTPH, the worst first."""
    from forthright.audit import services as audit
    from forthright.cli.areas import area_named
    from forthright.hard_media.selectors.ladder import ladders_of
    from forthright.hard_media.selectors.ladder_filters import LadderFilters
    from forthright.web import clock

    day = _read_day(before)
    of_area = area_named(area)
    lines = ladders_of(of_area, LadderFilters(before=day), clock.today())
    audit.record(
        "media.listed", by=None, at=clock.now(), area=of_area, where="command",
        cases=[line.hearing.case_id for line in lines],
    )  # fmt: skip
    if as_json:
        typer.echo(json.dumps({"cases": [facts_of(line) for line in lines]}, ensure_ascii=False))
        return
    if not lines:
        typer.echo("No case is in the register, or none has its hearing before that day.")
    for line in lines:
        typer.echo(words_of(line))


def facts_of(line: "CaseLine") -> dict[str, Any]:
    """Return one case as data; sensitive recordings are counted and not named."""
    found, on = line.ladder, line.ladder.case.hearing_on
    return {
        "case": str(line.hearing.case),
        "unit": str(line.hearing.unit),
        "ptph": on.isoformat() if on else None,
        "is_expected_only": found.case.is_estimated and on is not None,
        "days_left": found.days_left,
        "standing": found.standing.value,
        "ready": found.is_ready,
        "proved": found.is_proved,
        "next": found.next_rung.value if found.next_rung else None,
        "next_words": found.next_words,
        "whose": found.whose.value,
        "told_to": found.escalate_to or None,
        "recordings": len(found.items),
        "sensitive": sum(each.item.is_barred for each in found.items),
    }


def words_of(line: "CaseLine") -> str:
    """Return one case as a line of text."""
    from forthright.rules.words import date_words

    found, on = line.ladder, line.ladder.case.hearing_on
    expected = "expected " if found.case.is_estimated else ""
    when = (
        f"PTPH {expected}{date_words(on)} ({_days_words(found.days_left or 0)})"
        if on
        else "no PTPH date"
    )
    return f"{line.hearing.case}  {when}  {found.colour_words}. Next: {found.next_words}."


def _days_words(left: int) -> str:
    from forthright.rules.words import count_words

    if left == 0:
        return "today"
    return f"in {count_words(left, 'day')}" if left > 0 else f"{count_words(-left, 'day')} ago"


def _read_day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        stop(f"“{text}” is not a day. Write it like 2026-12-24.", WRONG_USE)
