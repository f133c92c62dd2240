"""How every command refuses: in words for a person, and as JSON where JSON was asked for."""

import json
from contextvars import ContextVar
from typing import Any, NoReturn

import typer
from typer._click.core import Context
from typer._click.exceptions import UsageError
from typer.core import TyperGroup

REFUSED, WRONG_USE = 1, 2
JSON = "--json"
# Wrong use is found before a command knows its own options, so this is kept for all of them.
_is_json_asked = ContextVar("is_json_asked", default=False)


class Commands(TyperGroup):
    """The commands; wrong use of one that was asked for JSON is told in JSON as well."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Keep whether JSON was asked for."""
        _is_json_asked.set(JSON in args)
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Context) -> Any:
        """Run the command, and tell wrong use of it as JSON too."""
        try:
            return super().invoke(ctx)
        except UsageError as fault:
            _tell(fault.format_message(), WRONG_USE)
            raise


def stop(words: str, status: int = REFUSED) -> NoReturn:
    """Say why nothing was done, and end: 1 for refused, 2 for wrong use."""
    typer.echo(words, err=True)
    _tell(words, status)
    raise typer.Exit(status)


def _tell(words: str, status: int) -> None:
    if _is_json_asked.get():
        typer.echo(json.dumps({"refusal": words, "status": status}, ensure_ascii=False))
