"""The locks on the record: triggers by which the database itself refuses to change an event."""

from dataclasses import dataclass

from django.db import connection

SQLITE = {
    "audit_event_no_update": """CREATE TRIGGER audit_event_no_update BEFORE UPDATE ON audit_event
       BEGIN SELECT RAISE(ABORT, 'An event of the record is never edited.'); END""",
    "audit_event_no_delete": """CREATE TRIGGER audit_event_no_delete BEFORE DELETE ON audit_event
       BEGIN SELECT RAISE(ABORT, 'An event of the record is never removed.'); END""",
    # INSERT OR REPLACE removes the row that stands in its way without asking the lock above.
    "audit_event_no_replace": """CREATE TRIGGER audit_event_no_replace BEFORE INSERT ON audit_event
       WHEN EXISTS (SELECT 1 FROM audit_event WHERE id = NEW.id OR sequence = NEW.sequence)
       BEGIN SELECT RAISE(ABORT, 'An event of the record is never replaced.'); END""",
}
BODY = "BEGIN RAISE EXCEPTION 'An event of the record is never edited or removed.'; END"
FUNCTION = f"""CREATE OR REPLACE FUNCTION audit_event_only_added() RETURNS trigger
    LANGUAGE plpgsql AS $${BODY}$$"""
POSTGRESQL = {
    "audit_event_no_change": """CREATE TRIGGER audit_event_no_change
        BEFORE UPDATE OR DELETE ON audit_event
        FOR EACH ROW EXECUTE FUNCTION audit_event_only_added()""",
    "audit_event_no_truncate": """CREATE TRIGGER audit_event_no_truncate
        BEFORE TRUNCATE ON audit_event
        FOR EACH STATEMENT EXECUTE FUNCTION audit_event_only_added()""",
}
# How PostgreSQL keeps when a trigger fires: bits for row 1, before 2, delete 8, update 16,
# truncate 32.
FIRES = {"audit_event_no_change": 1 + 2 + 8 + 16, "audit_event_no_truncate": 2 + 32}
LOOK = """SELECT t.tgname, t.tgtype, t.tgenabled, p.proname, p.prosrc,
    t.tgqual IS NULL AND t.tgattr = '' FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
    WHERE t.tgrelid = 'audit_event'::regclass AND NOT t.tgisinternal"""


@dataclass(frozen=True)
class Trouble:
    """A lock that does not hold, and why."""

    lock: str
    why: str


def troubles() -> list[Trouble]:
    """Return the locks that are missing, altered or switched off."""
    return _on_sqlite() if connection.vendor == "sqlite" else _on_postgresql()


def put_on() -> None:
    """Put every lock on as it should be, whatever stands there now."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for name, statement in SQLITE.items():
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
                cursor.execute(statement)
            return
        # A table is not altered while checks of this transaction's own rows still wait.
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(FUNCTION)
        for name, statement in POSTGRESQL.items():
            cursor.execute(f"DROP TRIGGER IF EXISTS {name} ON audit_event")
            cursor.execute(statement)
            # Else a session could say that it only replicates, and pass.
            cursor.execute(f"ALTER TABLE audit_event ENABLE ALWAYS TRIGGER {name}")


def _on_sqlite() -> list[Trouble]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        found = dict(cursor.fetchall())
    missing = [Trouble(name, "is missing") for name in SQLITE if name not in found]
    altered = [
        Trouble(name, "was altered")
        for name, statement in SQLITE.items()
        if name in found and found[name].split() != statement.split()
    ]
    return missing + altered


def _on_postgresql() -> list[Trouble]:
    with connection.cursor() as cursor:
        cursor.execute(LOOK)
        found = {name: tuple(rest) for name, *rest in cursor.fetchall()}
    said = []
    for name in POSTGRESQL:
        fires, enabled, function, body, is_for_all = found.get(name, (0, "", "", "", False))
        if name not in found:
            said.append(Trouble(name, "is missing"))
        elif enabled != "A":
            said.append(Trouble(name, "is switched off, or can be passed by"))
        elif (fires, function, body) != (FIRES[name], "audit_event_only_added", BODY):
            said.append(Trouble(name, "was altered"))
        elif not is_for_all:
            said.append(Trouble(name, "was narrowed to some events"))
    return said
