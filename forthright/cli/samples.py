"""`forthright sample`: draws the weekly samples, and draws one again to make sure of it."""

import json
from typing import TYPE_CHECKING, Annotated, Any

import typer

from forthright.cli.refusals import REFUSED, stop
from forthright.rules.weeks import NotAWeek, Week, is_old, read_week, weeks_since
from forthright.rules.words import list_words

if TYPE_CHECKING:
    from forthright.accounts.models import Area, Unit
    from forthright.samples.models import Draw
    from forthright.samples.services import WeeklyDraws

sample = typer.Typer(
    no_args_is_help=True,
    help="Draw the weekly samples of letters owed, and draw one again to make sure of it.",
)


@sample.command()
def draw(
    week: Annotated[str, typer.Option(help="The week, such as 2026-W40.")],
    area: Annotated[str, typer.Option(help="The Area, where there is more than one.")] = "",
    unit: Annotated[str, typer.Option(help="Only the plans of this unit.")] = "",
    seed: Annotated[int | None, typer.Option(min=0, help="Without it, one is made.")] = None,
    is_sure: Annotated[
        bool, typer.Option("--from-old-week", help="Draw although the week ended weeks ago.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Freeze the list of a week's letters owed and draw each plan's sample from it."""
    from forthright.cli.areas import area_named
    from forthright.samples import services
    from forthright.web import clock

    of_week = week_named(week)
    in_area = area_named(area)
    of_unit = unit_named(in_area, unit) if unit else None
    if is_old(of_week, clock.today()) and not is_sure:
        stop(old_week_words(of_week, weeks_since(of_week, clock.today())))
    drawn = services.draw_weekly_samples(
        in_area, of_week, by=None, at=clock.now(), unit=of_unit, seed=seed
    )
    no_plan = "" if drawn.made or drawn.left_out else why_no_plan(in_area, of_unit)
    if as_json:
        said = as_data(of_week, drawn)
        if no_plan:
            unit_name = of_unit.name if of_unit else None
            said["not_drawn"].append({"plan": None, "unit": unit_name, "reason": no_plan})
        typer.echo(json.dumps(said | refused_data(said), indent=2, ensure_ascii=False))
    else:
        print_draws(of_week, drawn)
        if no_plan:
            typer.echo(no_plan, err=True)
    if not drawn.made:
        raise typer.Exit(REFUSED)


@sample.command()
def verify(
    draw_number: Annotated[int, typer.Argument(metavar="DRAW", help="The number of the draw.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Draw again from the frozen list; exit with 1 and the differences if it is not the same."""
    from forthright.samples import services
    from forthright.samples.models import Draw
    from forthright.web import clock

    kept = Draw.objects.filter(pk=draw_number).first()
    if kept is None:
        stop(f"There is no draw {draw_number}.")
    found = services.verify_draw(kept, by=None, at=clock.now())
    if as_json:
        said = {
            "draw": kept.pk,
            "ok": found.is_same,
            "letters": found.letters,
            "substitutions": found.substitutions,
            "differences": list(found.differences),
        }
        typer.echo(json.dumps(said, indent=2, ensure_ascii=False))
    elif found.is_same:
        typer.echo(f"Draw {kept.pk}: the same {found.letters} letters from the frozen list.")
    else:
        typer.echo(f"Draw {kept.pk} is not the same when it is drawn again:", err=True)
        for difference in found.differences:
            typer.echo(f"- {difference}", err=True)
    if not found.is_same:
        raise typer.Exit(1)


def week_named(written: str) -> Week:
    """Return the week that was written, or stop as wrongly used."""
    try:
        return read_week(written)
    except NotAWeek as refusal:
        raise typer.BadParameter(str(refusal), param_hint="--week") from refusal


def old_week_words(week: Week, weeks_ago: int) -> str:
    """Say why an old week is not drawn unasked, and how to draw it."""
    return (
        f"Nothing was drawn: the {week.short_words} ended {weeks_ago} weeks ago. Its list would be "
        "frozen as the record stands today: letters sent late in all that time count as sent, and "
        "whoever wrote them may have left. If that is what you want, type the command again with "
        "--from-old-week."
    )


def unit_named(area: "Area", name: str) -> "Unit":
    """Return the Area's unit of that name, with or without the Area's own name before it."""
    units = list(area.own_units)
    wanted = name.lower().removeprefix(area.name.lower()).strip()
    for unit in units:
        if unit.name.lower().removeprefix(area.name.lower()).strip() == wanted:
            return unit
    known = ", ".join(unit.name for unit in units)
    raise typer.BadParameter(
        f"{area.name} has no unit “{name}”. Known: {known}.", param_hint="--unit"
    )


def why_no_plan(area: "Area", unit: "Unit | None") -> str:
    """Say why nothing was drawn where no plan is in use, or none of a unit alone."""
    from forthright.samples.selectors.plans import active_plans, scope_words

    plans = list(active_plans(area))
    if unit is None or not plans:
        return "No plan is in use, so nothing was drawn. Make one under Samples."
    in_use = list_words([f"“{plan}” ({scope_words(plan)})" for plan in plans])
    wide = [f"“{plan}”" for plan in plans if plan.unit is None]
    if wide:
        return (
            f"No plan in use draws from {unit} alone, so nothing was drawn. {list_words(wide)} "
            f"{'draws' if len(wide) == 1 else 'draw'} from every unit: leave out --unit. Plans in "
            f"use: {in_use}."
        )
    return (
        f"No plan in use draws from {unit}, so nothing was drawn. Plans in use: {in_use}. Make one "
        "for the unit under Samples."
    )


def as_data(week: Week, drawn: "WeeklyDraws") -> dict[str, Any]:
    """Return what was drawn as plain data; letters are references, which name nobody."""
    return {
        "week": str(week),
        "draws": [draw_data(each) for each in drawn.made],
        "not_drawn": [
            {
                "plan": plan.name,
                "unit": plan.unit.name if plan.unit else None,
                "reason": str(refusal),
            }
            for plan, refusal in drawn.left_out
        ],
    }


def refused_data(said: dict[str, Any]) -> dict[str, Any]:
    """Return why nothing at all was drawn, as every refused command says it."""
    if said["draws"]:
        return {}
    reasons = " ".join(each["reason"] for each in said["not_drawn"])
    return {"refusal": reasons, "status": REFUSED}


def draw_data(made: "Draw") -> dict[str, Any]:
    """Return one draw as plain data."""
    letters = list(made.letters.order_by("position", "pk"))
    return {
        "draw": made.pk,
        "plan": made.plan.name,
        "unit": made.unit.name if made.unit else None,
        "population": made.frame.size,
        "left_out": len(made.exclusions),
        "seed": made.seed,
        "method": made.method,
        "digest": made.frame.digest,
        "random": [each.reference for each in letters if each.part == "RANDOM"],
        "targeted": [each.reference for each in letters if each.part != "RANDOM"],
        "not_sent": [each.reference for each in letters if not each.was_sent],
    }


def print_draws(week: Week, drawn: "WeeklyDraws") -> None:
    """Say in words what was drawn and what was not."""
    for made in drawn.made:
        said = draw_data(made)
        typer.echo(
            f"Draw {made.pk}, {made.plan.name}, {week}: {len(said['random'])} at random and "
            f"{len(said['targeted'])} looked for, of {made.frame.size:,} letters owed "
            f"({len(said['not_sent'])} drawn had not been sent). Seed {made.seed}."
        )
    for plan, refusal in drawn.left_out:
        typer.echo(f"{plan.name} was not drawn. {refusal}", err=True)
