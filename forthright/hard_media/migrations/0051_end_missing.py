"""Keeps of each file how much of its end is missing, by what was said of it so far."""

import re

from django.db import migrations, models

# What was said of such a file before it was kept as a number.
SAID = re.compile(r"Its end is missing: (at least )?([\d,]+) bytes were not copied")
# A file may say any length of itself; none is as long as this, and more is kept of none.
MOST_BYTES = 1 << 50


def from_words(apps, schema_editor):
    playing = apps.get_model("hard_media", "Playing")
    for each in playing.objects.filter(words__contains="Its end is missing").iterator():
        if found := SAID.search(each.words):
            said = int(found[2].replace(",", ""))
            each.missing_bytes = min(said, MOST_BYTES)
            each.lacks_more = bool(found[1]) or said > MOST_BYTES
            each.save(update_fields=["missing_bytes", "lacks_more"])


class Migration(migrations.Migration):
    dependencies = [("hard_media", "0050_settled_or_not")]

    operations = [
        migrations.AddField(
            model_name="playing",
            name="missing_bytes",
            field=models.PositiveBigIntegerField(
                default=0, verbose_name="bytes at its end that were not copied"
            ),
        ),
        migrations.AddField(
            model_name="playing",
            name="lacks_more",
            field=models.BooleanField(default=False, verbose_name="or more, nobody knows how many"),
        ),
        migrations.RunPython(from_words, migrations.RunPython.noop),
    ]
