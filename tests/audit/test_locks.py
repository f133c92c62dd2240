"""The database itself refuses to change an event; a lock that is off is found and put back."""

import pytest
from django.db import DatabaseError, connection, transaction
from typer.testing import CliRunner

from forthright.audit import locks
from forthright.audit.models import Event
from forthright.audit.selectors import verify
from forthright.cli.main import run
from tests.audit.tampering import ten_events

pytestmark = pytest.mark.django_db
REPLACE = """INSERT OR REPLACE INTO audit_event
    (sequence, at, name, subject_kind, subject_id, detail, previous_hash, hash)
    SELECT sequence, at, 'letter.drafted', subject_kind, subject_id, detail, previous_hash, hash
    FROM audit_event WHERE sequence = 5"""
CHANGES = {
    "sqlite": [REPLACE],
    "postgresql": [
        "TRUNCATE audit_event",
        "SET session_replication_role = replica; DELETE FROM audit_event",
    ],
}
DROP = "DROP TRIGGER audit_event_no_change ON audit_event"
ALWAYS = "ALTER TABLE audit_event ENABLE ALWAYS TRIGGER audit_event_no_change"
# How each database's locks can be got round, and what is said of it.
WEAKENED = {
    "sqlite": [
        (["DROP TRIGGER audit_event_no_update"], "audit_event_no_update is missing"),
        (["DROP TRIGGER audit_event_no_delete"], "audit_event_no_delete is missing"),
        (["DROP TRIGGER audit_event_no_replace"], "audit_event_no_replace is missing"),
        (
            [
                "DROP TRIGGER audit_event_no_delete",
                """CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event WHEN 0
                   BEGIN SELECT 1; END""",
            ],
            "audit_event_no_delete was altered",
        ),
    ],
    "postgresql": [
        ([DROP], "audit_event_no_change is missing"),
        (
            ["DROP TRIGGER audit_event_no_truncate ON audit_event"],
            "audit_event_no_truncate is missing",
        ),
        (
            ["ALTER TABLE audit_event DISABLE TRIGGER audit_event_no_change"],
            "audit_event_no_change is switched off",
        ),
        (
            ["ALTER TABLE audit_event ENABLE TRIGGER audit_event_no_change"],
            "audit_event_no_change is switched off, or can be passed by",
        ),
        (
            [
                """CREATE OR REPLACE FUNCTION audit_event_only_added() RETURNS trigger
                   LANGUAGE plpgsql AS $$BEGIN RETURN OLD; END$$"""
            ],
            "audit_event_no_change was altered",
        ),
        (
            [
                DROP,
                """CREATE TRIGGER audit_event_no_change BEFORE DELETE ON audit_event
                   FOR EACH ROW EXECUTE FUNCTION audit_event_only_added()""",
                ALWAYS,
            ],
            "audit_event_no_change was altered",
        ),
        (
            [
                DROP,
                """CREATE TRIGGER audit_event_no_change BEFORE UPDATE OR DELETE ON audit_event
                   FOR EACH ROW WHEN (OLD.sequence > 1000)
                   EXECUTE FUNCTION audit_event_only_added()""",
                ALWAYS,
            ],
            "audit_event_no_change was narrowed",
        ),
    ],
}
HERE = connection.vendor


def do(*statements):
    with connection.cursor() as cursor:
        connection.check_constraints()
        for statement in statements:
            cursor.execute(statement)


def test_a_new_database_has_every_lock():
    assert locks.troubles() == []
    assert verify().ok


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_event SET name = 'letter.drafted'",
        "DELETE FROM audit_event",
        *CHANGES[HERE],
    ],
)
def test_the_database_refuses_to_change_an_event(change):
    ten_events()

    with pytest.raises(DatabaseError, match="never"), transaction.atomic():
        do(change)

    assert Event.objects.count() == 10
    assert verify().ok


@pytest.mark.parametrize(("statements", "said"), WEAKENED[HERE])
def test_a_lock_that_does_not_hold_is_named_and_put_back(statements, said):
    ten_events()
    do(*statements)

    verdict = verify()
    assert not verdict.ok
    assert [fault for fault in verdict.faults if f"The lock {said}" in fault]

    told = CliRunner().invoke(run, ["audit", "put-locks-back"])
    assert told.exit_code == 0
    assert "it is put back" in told.stdout
    assert verify().ok
    event = Event.objects.latest("sequence")
    assert event.name == "record.locks_put_back"
    assert [lock for lock in event.detail["locks"] if lock.startswith(said)]


def test_locks_that_are_on_are_left_alone():
    told = CliRunner().invoke(run, ["audit", "put-locks-back"])

    assert "Every lock is on" in told.stdout
    assert not Event.objects.exists()
