"""Keeps the answer to whether rows that repeat a name are about one person."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("extracts", "0002_find_changes_of_a_run")]

    operations = [
        migrations.AddField("waitingfile", "repeats_are_one", models.BooleanField(default=False)),
    ]
