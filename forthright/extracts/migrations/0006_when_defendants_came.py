"""Says of each defendant when an import added it, as the notes of the imports have it."""

from django.db import migrations


def say_when(apps, schema_editor):
    """Take the day of its import for each defendant that an import added, the last where ids came again."""
    notes = apps.get_model("extracts", "ImportChange").objects.filter(
        record_kind="cases.Defendant", was_added=True
    )
    defendants = apps.get_model("cases", "Defendant").objects
    rows = notes.order_by("run__imported_at", "pk").values_list("record_id", "last_id", "run__imported_at")
    for first, last, imported_at in rows.iterator():
        defendants.filter(pk__gte=first, pk__lte=last).update(added_at=imported_at)


class Migration(migrations.Migration):
    dependencies = [("extracts", "0005_near_ones"), ("cases", "0004_defendants_added")]

    operations = [migrations.RunPython(say_when, migrations.RunPython.noop, elidable=True)]
