"""The tables that are made at once are those that migrations make, one after the other."""

import json
import os
import subprocess
from urllib.parse import urlsplit

import psycopg
import pytest

from scripts import places

SERVER = os.environ.get("DATABASE_URL", "")
AT_ONCE = "from scripts import fresh; fresh.make()"
STEP_BY_STEP = (
    "from django.core.management import call_command; call_command('migrate', verbosity=0)"
)
TELL = """
import json
from django.db import connection
from django.apps import apps
NUMBERED = ("__", "fk_")  # SQLite's, by their place in the table
NOT_OURS = "auth_"  # Django's own groups, which nobody uses
TRIGGERS = {
    "sqlite": "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": '''
        SELECT t.tgname, c.relname, pg_get_triggerdef(t.oid) || pg_get_functiondef(t.tgfoid)
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal''',
}
CHECKS = {
    "sqlite": "SELECT name, name, 0 FROM sqlite_master WHERE 0",
    "postgresql": '''
        SELECT conname, conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint
        WHERE contype = 'c' ''',
}
read, told = connection.introspection, {}
with connection.cursor() as cursor:
    for table in read.table_names(cursor):
        if table.startswith(NOT_OURS):
            continue
        columns = [
            [each.name, str(each.type_code), each.display_size, each.null_ok, str(each.default),
             each.collation]
            for each in read.get_table_description(cursor, table)
        ]
        limits = [
            ["" if name.startswith(NUMBERED) else name, each["columns"], each["primary_key"],
             each["unique"], each["foreign_key"], each["check"], each["index"],
             each.get("definition"), each.get("orders")]
            for name, each in read.get_constraints(cursor, table).items()
        ]
        told[table] = [sorted(columns, key=str), sorted(limits, key=str)]
    for kind in (TRIGGERS, CHECKS):
        cursor.execute(kind[connection.vendor])
        told[kind is TRIGGERS] = sorted(map(list, cursor.fetchall()), key=str)
    cursor.execute("SELECT app, name FROM django_migrations")
    told["done"] = sorted(map(list, cursor.fetchall()))
for model in ("auth.Permission", "contenttypes.ContentType"):
    told[model] = sorted(map(str, apps.get_model(model).objects.all()))
told["heads"] = list(apps.get_model("audit.Head").objects.values())
print(json.dumps(told, default=str))
"""


def empty_database(name, folder) -> str:
    """Return the address of a new database, of the kind that the tests run on."""
    if not SERVER:
        return f"sqlite:///{folder / name}"
    with psycopg.connect(SERVER, autocommit=True) as database:
        database.execute(f"CREATE DATABASE {name}")
    return urlsplit(SERVER)._replace(path=f"/{name}").geturl()


def told_of(name, making, folder) -> dict:
    """Return what there is in a database of this name, made in one of the two ways."""
    done = run(f"{making}\n{TELL}", empty_database(name, folder))
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def run(program, address):
    return subprocess.run(
        [places.PYTHON, "-c", f"import django; django.setup(); {program}"],
        cwd=places.ROOT,
        env=places.environment({"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE":
                                "config.settings", "FORTHRIGHT_TESTING": "1"}),
        capture_output=True, text=True, check=False,
    )  # fmt: skip


# Slow: migrating takes a minute.
@pytest.mark.slow
def test_both_ways_lead_to_the_same_tables(tmp_path):
    at_once = told_of("made_at_once", AT_ONCE, tmp_path)
    step_by_step = told_of("made_step_by_step", STEP_BY_STEP, tmp_path)

    assert len(at_once) > 150
    assert at_once["true"], "there are triggers"
    different = {
        name: (at_once.get(name), said)
        for name, said in step_by_step.items()
        if at_once.get(name) != said
    }
    assert different == {}
    assert at_once.keys() == step_by_step.keys()


# Slow: another process makes the tables.
@pytest.mark.slow
def test_killed_on_the_way_the_database_is_as_empty_as_before(tmp_path):
    address = empty_database("killed", tmp_path)
    killed = (
        "import os; from django.db.migrations.recorder import MigrationRecorder as R; "
        "R.record_applied = lambda *_: os.kill(os.getpid(), 9)"
    )
    is_empty = "from scripts import fresh; assert fresh.is_empty()"

    for program, status in ((f"{killed}; {AT_ONCE}", -9), (is_empty, 0), (AT_ONCE, 0)):
        done = run(program, address)
        assert done.returncode == status, done.stderr
