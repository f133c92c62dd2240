"""SQLite as strict with text as PostgreSQL is, in tests: too long for its column, or with a NUL."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

from django.apps import apps
from django.db import DataError
from django.db.models import CharField

INSERT = re.compile(r'INSERT (?:OR \w+ )?INTO "(\w+)" \(([^()]*)\) VALUES \(([%s, ]*)\)')
UPDATE = re.compile(r'UPDATE "(\w+)" SET ((?:"\w+" = %s(?:, )?)+) WHERE')
COLUMN = re.compile(r'"(\w+)"')


def listen(connection: Any, **_: object) -> None:
    """Hold what a new connection writes to the lengths of its columns, where it is to SQLite."""
    if connection.vendor == "sqlite" and _checked not in connection.execute_wrappers:
        connection.execute_wrappers.append(_checked)


def _checked(execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
    most = limits_of(str(sql)) if params else ()
    if most:
        for row in params if many else (params,):
            check(most, row)
    return execute(sql, params, many, context)


@cache
def limits_of(sql: str) -> tuple[int | None, ...]:
    """Return how long each value may be that a statement writes, in their order; none for others.

    An UPDATE has values of its condition behind them, an INSERT of several rows begins again.
    """
    if found := INSERT.match(sql):
        return _limits(found[1], COLUMN.findall(found[2]))
    if found := UPDATE.match(sql):
        return _limits(found[1], COLUMN.findall(found[2])) + (None,) * sql.count("%s")
    return ()


def check(most: tuple[int | None, ...], values: Iterable[Any]) -> None:
    """Refuse a text that PostgreSQL would not keep.

    :raises DataError: as it does
    """
    for place, value in enumerate(values):
        limit = most[place % len(most)]
        if not isinstance(value, str):
            continue
        if "\0" in value:
            raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
        if limit is not None and len(value) > limit:
            raise DataError(f"value too long for type character varying({limit}): {value[:60]}")


def _limits(table: str, columns: list[str]) -> tuple[int | None, ...]:
    lengths = _lengths()
    return tuple(lengths.get((table, column)) for column in columns)


@cache
def _lengths() -> dict[tuple[str, str], int]:
    return {
        (model._meta.db_table, field.column): field.max_length
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.local_fields
        if isinstance(field, CharField) and field.max_length
    }
