"""Writes many new rows at once: one prepared statement, instead of one long one for every few.

Django's own bulk insert puts each value through its field and as many rows into one statement as
the database has parameters for; of wide rows that are a few dozen. A country's letters take
several times as long that way.
"""

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import connection, transaction
from django.db.models import (
    DateField,
    DateTimeField,
    Field,
    ForeignKey,
    JSONField,
    Model,
    TimeField,
)

Row = TypeVar("Row", bound=Model)


@transaction.atomic(savepoint=False)
def insert_many(rows: Sequence[Row]) -> None:
    """Write new records of one model and set their ids; links to records just written are kept.

    Nothing is asked of the model's own `save`, as with Django's bulk insert.
    """
    if not rows:
        return
    model = type(rows[0])
    fields = [each for each in model._meta.concrete_fields if not each.primary_key]
    links = [each for each in fields if isinstance(each, ForeignKey)]
    for pk, row in zip(_new_ids(model, len(rows)), rows, strict=True):
        row.pk = pk
        row._state.adding = False
        row._state.db = connection.alias
        _follow_links(row, links)
    own = model._meta.pk
    assert own is not None  # noqa: S101 - every record has an id
    names = [own.attname, *(each.attname for each in fields)]
    stored = [(each.attname, _stored_by(each)) for each in fields]
    columns = [connection.ops.quote_name(str(each.column)) for each in (own, *fields)]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {connection.ops.quote_name(model._meta.db_table)} "  # noqa: S608 - own names
            f"({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(names))})",
            [
                (row.pk, *(as_stored(getattr(row, name)) for name, as_stored in stored))
                for row in rows
            ],
        )


def _new_ids(model: type[Model], number: int) -> Sequence[int]:
    """Take so many ids that nobody has had."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # Whoever writes holds the whole database, so nobody takes an id in between.
            cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            last = cursor.fetchone()
            first = (last[0] if last else 0) + 1
            return range(first, first + number)
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [f'"{table}"', number],
        )
        return [row[0] for row in cursor.fetchall()]


def _follow_links(row: Model, links: Sequence["ForeignKey[Any, Any]"]) -> None:
    """Take over the ids of linked records that were written after the link was made."""
    for link in links:
        if getattr(row, link.attname) is None and link.is_cached(row):
            linked = getattr(row, link.name)
            setattr(row, link.attname, linked.pk if linked is not None else None)


def _stored_by(field: "Field[Any, Any]") -> Callable[[Any], Any]:
    """Return what turns a field's value into what the database is given."""
    if isinstance(field, JSONField):
        return lambda value: json.dumps(value, cls=field.encoder)
    if isinstance(field, DateTimeField):
        adapt = connection.ops.adapt_datetimefield_value
        return lambda value: adapt(value) if isinstance(value, datetime) else value
    if isinstance(field, DateField):
        return lambda value: (
            connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value
        )
    if isinstance(field, TimeField):
        return lambda value: field.get_db_prep_save(value, connection)
    return _as_it_is


def _as_it_is(value: Any) -> Any:
    return value
