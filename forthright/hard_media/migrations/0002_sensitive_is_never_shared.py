"""Make the database itself refuse a standing share of a sensitive recording, whoever asks."""

from django.db import migrations

TOLD = "A sensitive recording is never shared."
STANDS = """EXISTS (SELECT 1 FROM hard_media_sharerecord
    WHERE item_id = NEW.id AND revoked_at IS NULL)"""
SECRET = """EXISTS (SELECT 1 FROM hard_media_mediaitem
    WHERE id = NEW.item_id AND is_sensitive)"""
SQLITE = [
    f"""CREATE TRIGGER share_of_sensitive_no_insert BEFORE INSERT ON hard_media_sharerecord
       WHEN NEW.revoked_at IS NULL AND {SECRET}
       BEGIN SELECT RAISE(ABORT, '{TOLD}'); END""",
    f"""CREATE TRIGGER share_of_sensitive_no_update BEFORE UPDATE ON hard_media_sharerecord
       WHEN NEW.revoked_at IS NULL AND {SECRET}
       BEGIN SELECT RAISE(ABORT, '{TOLD}'); END""",
    f"""CREATE TRIGGER shared_item_not_sensitive BEFORE UPDATE ON hard_media_mediaitem
       WHEN NEW.is_sensitive AND {STANDS}
       BEGIN SELECT RAISE(ABORT, '{TOLD}'); END""",
]
# The recording's row is locked, so that a share and a classification at once take their turn.
POSTGRESQL = [
    f"""CREATE FUNCTION share_of_sensitive() RETURNS trigger LANGUAGE plpgsql AS $$
       DECLARE secret boolean;
       BEGIN
         IF NEW.revoked_at IS NULL THEN
           SELECT is_sensitive INTO secret FROM hard_media_mediaitem
             WHERE id = NEW.item_id FOR UPDATE;
           IF secret THEN RAISE EXCEPTION '{TOLD}' USING ERRCODE = 'check_violation'; END IF;
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER share_of_sensitive_no_change BEFORE INSERT OR UPDATE
       ON hard_media_sharerecord FOR EACH ROW EXECUTE FUNCTION share_of_sensitive()""",
    f"""CREATE FUNCTION shared_item_not_sensitive() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF NEW.is_sensitive AND {STANDS} THEN
           RAISE EXCEPTION '{TOLD}' USING ERRCODE = 'check_violation';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER shared_item_not_sensitive BEFORE UPDATE
       ON hard_media_mediaitem FOR EACH ROW EXECUTE FUNCTION shared_item_not_sensitive()""",
]
OFF = {
    "sqlite": [
        "DROP TRIGGER share_of_sensitive_no_insert",
        "DROP TRIGGER share_of_sensitive_no_update",
        "DROP TRIGGER shared_item_not_sensitive",
    ],
    "postgresql": [
        "DROP TRIGGER share_of_sensitive_no_change ON hard_media_sharerecord",
        "DROP FUNCTION share_of_sensitive()",
        "DROP TRIGGER shared_item_not_sensitive ON hard_media_mediaitem",
        "DROP FUNCTION shared_item_not_sensitive()",
    ],
}


def add_triggers(apps, schema_editor):
    for statement in {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def take_triggers_off(apps, schema_editor):
    for statement in OFF[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("hard_media", "0001_initial")]
    operations = [migrations.RunPython(add_triggers, take_triggers_off)]
