"""`forthright disclosure`: schedules checked, dates worked out, papers and figures written."""

from pathlib import Path
from typing import Annotated

import typer

disclosure = typer.Typer(
    no_args_is_help=True,
    help="Check schedules of unused material, say when disclosure is due, and write its papers.",
)


@disclosure.command("check")
def check_schedule(  # noqa: PLR0913, PLR0917 - one for each option
    schedule: Annotated[
        Path, typer.Argument(help="The schedule: .xlsx, .csv, .docx, .pdf, .json.")
    ],
    beside: Annotated[
        list[Path] | None,
        typer.Option(
            "--with", help="Another schedule or paper that came with it, such as the MG6E or MG5."
        ),
    ] = None,
    earlier: Annotated[
        Path | None, typer.Option(help="The version before; says what changed.")
    ] = None,
    as_of: Annotated[
        str, typer.Option(help="The day to check for, like 2026-04-08. Otherwise today.")
    ] = "",
    rules: Annotated[
        Path | None, typer.Option(help="A folder of rules to use instead of those that ship.")
    ] = None,
    note: Annotated[
        Path | None, typer.Option(help="Write the return note to the police into this new file.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Check a schedule of unused material; exit with 1 if it must not be used as it is."""
    from forthright.cli.schedule_checking import Given, check_schedule_file

    given = Given(schedule, tuple(beside or ()), earlier, rules, note)
    check_schedule_file(given, as_of, as_json=as_json)


@disclosure.command("due")
def due(  # noqa: PLR0913, PLR0917 - one for each option
    sent: Annotated[str, typer.Option(help="The day the case was sent, like 2026-04-08.")],
    custody: Annotated[
        bool, typer.Option("--custody", help="The defendant waits for trial in custody.")
    ] = False,
    bail: Annotated[
        bool, typer.Option("--bail", help="The defendant waits for trial on bail.")
    ] = False,
    disclosed: Annotated[
        str,
        typer.Option(
            help="The day initial disclosure was given, with its hour where it is known, like "
            "2026-12-11 or 2026-12-11T16:30: the defence’s clock starts."
        ),
    ] = "",
    way: Annotated[
        str, typer.Option(help="How it was served: electronic, post or hand.")
    ] = "electronic",
    ordered: Annotated[
        str, typer.Option(help="The day a court ordered for Stage 1; it wins over the rules.")
    ] = "",
    rules: Annotated[
        Path | None, typer.Option(help="A file of time limits instead of those that ship.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Say when initial disclosure is due and what follows from it, with the arithmetic."""
    from forthright.cli.disclosure_dates import Asked, Remands, say_dates

    remands = Remands(is_custody=custody, is_bail=bail)
    say_dates(Asked(sent, remands, disclosed, ordered, rules, way), as_json=as_json)


@disclosure.command("pack")
def pack(
    case: Annotated[str, typer.Option(help="The URN of the case.")],
    out: Annotated[Path, typer.Option(help="The folder to write into; it is made.")],
    area: Annotated[str, typer.Option(help="The Area, where there is more than one.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Write the papers of a service for each defendant of a case, in a folder of its own."""
    from forthright.cli.setting_up import set_up

    set_up()
    from forthright.cli.disclosure_packs import write_packs

    write_packs(case, out, area, as_json=as_json)


@disclosure.command("compliance")
def compliance(
    month: Annotated[str, typer.Option(help="The month, such as 2026-10.")],
    out: Annotated[Path, typer.Option(help="The folder to write into; it is made.")],
    area: Annotated[str, typer.Option(help="The Area, where there is more than one.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
) -> None:
    """Write how a month's disclosure complied: figures, and every duty, the worst first."""
    from forthright.cli.setting_up import set_up

    set_up()
    from forthright.cli.disclosure_months import write_compliance

    write_compliance(month, out, area, as_json=as_json)
