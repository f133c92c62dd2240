"""`forthright rules`: rules of letters tried on their examples, and on past letters."""

from pathlib import Path
from typing import Annotated

import typer

rules = typer.Typer(
    no_args_is_help=True, help="Try the rules that letters are checked by, before they are used."
)


@rules.command("test")
def try_rules(
    folder: Annotated[
        Path | None, typer.Argument(metavar="[DIR]", help="The rules; otherwise those that ship.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Try each rule on the examples it carries; exit with 1 if one does not do as it says."""
    from forthright.cli.rule_trials import try_examples

    try_examples(folder, as_json=as_json)


@rules.command("copy")
def copy_rules(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.")],
) -> None:
    """Write the rules that ship into a new folder, as the beginning of an Area's own."""
    from forthright.cli.rule_trials import copy_shipped

    copy_shipped(folder)


@rules.command("backtest")
def backtest_rules(
    letters: Annotated[
        Path, typer.Argument(help="A folder of letters, each with its case as NAME.json beside it.")
    ],
    new: Annotated[Path, typer.Option("--rules", help="The folder of the new rules.")],
    old: Annotated[
        Path | None, typer.Option("--against", help="The rules now; otherwise those that ship.")
    ] = None,
    as_of: Annotated[
        str, typer.Option(help="Check for this day; otherwise each letter's own.")
    ] = "",
    processes: Annotated[int | None, typer.Option(min=1, help="How many work at once.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Compare new rules with the present ones on past letters, letter by letter."""
    from forthright.cli.rule_trials import compare

    compare(letters, new, old, as_of=as_of, processes=processes, as_json=as_json)
