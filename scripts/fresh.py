"""Makes the tables of an empty database at once from the models, in place of step by step.

Some eighty migrations take a minute of a processor, since Django makes its models anew after each
step; what they come to is the models as they stand. tests/web/test_tables.py proves that both
ways lead to the same tables, indexes, constraints and triggers.
"""

from collections.abc import Sequence

from django.apps import apps
from django.core.management.sql import emit_post_migrate_signal, emit_pre_migrate_signal
from django.db import connection, router
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations.base import Operation

OURS = "forthright."


def is_empty() -> bool:
    """Tell whether the database holds no table at all."""
    with connection.cursor() as cursor:
        return not connection.introspection.table_names(cursor)


def make() -> None:
    """Make every table, do what migrations do besides, and list each migration as done.

    All of it or nothing: killed on the way, the database is as empty as before.
    """
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes(), clean_start=True)
    emit_pre_migrate_signal(0, False, connection.alias, apps=apps, plan=plan)
    with connection.schema_editor(atomic=True) as editor:
        executor.recorder.ensure_schema()
        for config in apps.get_app_configs():
            for model in router.get_migratable_models(config, connection.alias):
                if model._meta.can_migrate(connection):
                    editor.create_model(model)
        for migration, _ in plan:
            if migration.__module__.startswith(OURS):
                _do_besides(migration.operations, editor)
            executor.recorder.record_applied(migration.app_label, migration.name)
    emit_post_migrate_signal(0, False, connection.alias, apps=apps, plan=plan)


def _do_besides(operations: Sequence[Operation], editor: BaseDatabaseSchemaEditor) -> None:
    """Do what is no change of a table: locks of the record, its head, tables outside the models.

    What only carries over rows of older tables is called elidable, as for squashing.
    """
    for operation in operations:
        if isinstance(operation, RunPython) and not operation.elidable:
            # The models as they stand serve as those of the migration.
            operation.code(apps, editor)  # type: ignore[arg-type]
