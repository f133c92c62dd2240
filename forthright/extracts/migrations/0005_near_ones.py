"""Keeps the answers to what rows mean that nearly name a decision or a person that is held."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("extracts", "0004_note_added_records_in_rows")]

    operations = [
        migrations.AddField(
            "waitingfile", name, models.CharField(max_length=10, blank=True, default=""),
            preserve_default=False,
        )
        for name in ("near_decisions", "near_names")
    ]  # fmt: skip
