"""Put on the locks that the first migration had not thought of: replacing and emptying."""

from django.db import migrations

from forthright.audit import locks


def put_on(apps, schema_editor):
    # Read as they are today: whatever the locks become, this leaves the record locked by them.
    locks.put_on()


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_only_ever_added")]
    operations = [migrations.RunPython(put_on, migrations.RunPython.noop)]
