"""Tells whether the database's list of migrations lacks some whose work is in it already.

To run such a migration again could change tables that hold people's work, so it is never tried.
"""

from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

Columns = set[tuple[str, str]]
MOST_NAMED = 3


class ListNotWhole(Exception):
    """The list of migrations lacks some that were done; the message says which, and of what."""


def refuse_to_repeat(executor: MigrationExecutor) -> None:
    """Make sure that nothing which the migrations to be done would make is there already.

    :raises ListNotWhole: if something is
    """
    there = _in_the_database()
    if not there:
        return
    loader = executor.loader
    done = [each for each in loader.applied_migrations if each in loader.graph.nodes]
    state = loader.project_state(done)
    known, found = _in_the_models(state), []
    for migration, _ in executor.migration_plan(loader.graph.leaf_nodes()):
        migration.mutate_state(state, preserve=False)
        wanted = _in_the_models(state)
        there -= known - wanted
        if made := sorted((wanted - known) & there):
            table, column = made[0]
            found.append(f"{migration.app_label} {migration.name} ({column} of {table} is there)")
        known = wanted
    if found:
        more = f", and {len(found) - MOST_NAMED} more" if len(found) > MOST_NAMED else ""
        raise ListNotWhole(f"{', '.join(found[:MOST_NAMED])}{more}")


def _in_the_database() -> Columns:
    """Return every column of every table as it is now."""
    read = connection.introspection
    with connection.cursor() as cursor:
        return {
            (table, column.name)
            for table in read.table_names(cursor)
            for column in read.get_table_description(cursor, table)
        }


def _in_the_models(state: ProjectState) -> Columns:
    """Return every column that the models of a state have; links of many to many have none."""
    return {
        (model.options.get("db_table") or f"{app}_{name}", column)
        for (app, name), model in state.models.items()
        for field_name, field in model.fields.items()
        if (column := _column(field_name, field))
    }


def _column(name: str, field: Any) -> str:
    if field.many_to_many:
        return ""
    return field.db_column or (f"{name}_id" if field.is_relation else name)
