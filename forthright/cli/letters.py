"""`forthright letter`: a letter made from a template and a case file, with no server."""

from pathlib import Path
from typing import Annotated

import typer

letter = typer.Typer(help="Letters made from templates and a case.", no_args_is_help=True)


@letter.command()
def build(
    template: Annotated[str, typer.Argument(help="The code of a template, or a .docx of one.")],
    case: Annotated[Path, typer.Option(help="The case file (JSON).")],
    out: Annotated[Path, typer.Option(help="The file to write: .docx, .pdf or .txt.")],
    large_print: Annotated[bool, typer.Option(help="18 point type.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Put a letter together and write it to a file."""
    # What makes letters takes a moment to load, which other commands do not need.
    from forthright.cli.building import build_letter

    build_letter(template, case, out, is_large_print=large_print, as_json=as_json)


@letter.command("templates")
def list_templates(
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """List the templates that ship."""
    from forthright.cli.building import print_templates

    print_templates(as_json=as_json)
