"""Rows worked out before they are written: kept where nobody waits for them.

They lie in temporary tables of the connection. Filling those takes no lock on the database, one
statement for each table then writes them all, and they are gone with the connection, however the
work ends.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from operator import itemgetter
from typing import Any

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models import DateField, JSONField, Model

Column = tuple[int, Callable[[Any], Any]]  # its place in the row, and what makes it ready


class PreparedRows:
    """New rows of some models, complete with their ids, that are not in the models' tables yet."""

    def __init__(self, models: Sequence[type[Model]]) -> None:
        """Make the temporary tables, which must not be there already."""
        self.shapes = {model: _Shape(model) for model in models}
        self.counts = dict.fromkeys(models, 0)
        with connection.cursor() as cursor:
            for shape in self.shapes.values():
                cursor.execute(f"DROP TABLE IF EXISTS {shape.temporary}")
                cursor.execute(
                    f"CREATE TEMPORARY TABLE {shape.temporary} AS "  # noqa: S608 - own names
                    f"SELECT {shape.columns} FROM {shape.table} LIMIT 0"
                )

    def keep(self, model: type[Model], records: Sequence[Model]) -> None:
        """Keep records, each with its id, until they are written."""
        with connection.cursor() as cursor:
            FILLERS[connection.vendor](cursor, self.shapes[model], records)
        self.counts[model] += len(records)

    def write(self) -> Iterator[int]:
        """Write all rows, model by model, and yield after each how many were."""
        with connection.cursor() as cursor:
            for model, shape in self.shapes.items():
                cursor.execute(
                    f"INSERT INTO {shape.table} ({shape.columns}) "  # noqa: S608 - own names
                    f"SELECT {shape.columns} FROM {shape.temporary}"
                )
                yield self.counts[model]

    def forget(self) -> None:
        """Remove what was kept."""
        with connection.cursor() as cursor:
            for shape in self.shapes.values():
                cursor.execute(f"DROP TABLE IF EXISTS {shape.temporary}")


class _Shape:
    """The columns of a model's table, and how a record becomes a row of it."""

    def __init__(self, model: type[Model]) -> None:
        quote = connection.ops.quote_name
        fields = model._meta.concrete_fields
        self.table = quote(model._meta.db_table)
        self.temporary = quote(f"prepared_{model._meta.db_table}")
        self.columns = ", ".join(quote(str(field.column)) for field in fields)
        self.width = len(fields)
        self._values = itemgetter(*(field.attname for field in fields))
        # What else a record holds is already as the database takes it.
        self._made_ready: list[Column] = [
            (place, partial(field.get_db_prep_save, connection=connection))
            for place, field in enumerate(fields)
            if isinstance(field, DateField | JSONField)
        ]

    def row(self, record: Model) -> list[Any]:
        """Return a record as the database takes it."""
        row = list(self._values(record.__dict__))
        for place, made_ready in self._made_ready:
            if row[place] is not None:
                row[place] = made_ready(row[place])
        return row


def _fill_postgres(cursor: CursorWrapper, shape: _Shape, records: Sequence[Model]) -> None:
    with cursor.copy(f"COPY {shape.temporary} ({shape.columns}) FROM STDIN") as copy:
        for record in records:
            copy.write_row(shape.row(record))


def _fill_sqlite(cursor: CursorWrapper, shape: _Shape, records: Sequence[Model]) -> None:
    # One savepoint for all: it opens a transaction that touches the temporary table alone.
    cursor.execute("SAVEPOINT prepared")
    places = ", ".join(["%s"] * shape.width)
    cursor.executemany(
        f"INSERT INTO {shape.temporary} VALUES ({places})",  # noqa: S608 - own names
        [shape.row(record) for record in records],
    )
    cursor.execute("RELEASE SAVEPOINT prepared")


FILLERS = {"postgresql": _fill_postgres, "sqlite": _fill_sqlite}


def reserve_ids(model: type[Model], count: int) -> Sequence[int]:
    """Return ids that no other record will get; those never used leave a harmless gap."""
    return RESERVERS[connection.vendor](model._meta.db_table, count)


def _reserve_postgres(table: str, count: int) -> Sequence[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [connection.ops.quote_name(table), count],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _reserve_sqlite(table: str, count: int) -> Sequence[int]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE sqlite_sequence SET seq = seq + %s WHERE name = %s", [count, table])
        if not cursor.rowcount:  # nothing was ever added to the table
            cursor.execute("INSERT INTO sqlite_sequence VALUES (%s, %s)", [table, count])
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        (last,) = cursor.fetchone()
    return range(last - count + 1, last + 1)


RESERVERS = {"postgresql": _reserve_postgres, "sqlite": _reserve_sqlite}


def settle_links() -> None:
    """Have PostgreSQL look now, and not at the end, whether each row's links lead somewhere.

    It takes seconds for a large import, and whatever is locked last would be locked that long.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
