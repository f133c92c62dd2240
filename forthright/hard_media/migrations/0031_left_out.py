"""Keeps of each file how much stands in it and is not played, by what was said of it so far."""

import re

from django.db import migrations, models

# What was said of such a file before it was kept as a number.
SAID = re.compile(r"([\d,]+\.\d) seconds from before its beginning still stand in the file")


def from_words(apps, schema_editor):
    playing = apps.get_model("hard_media", "Playing")
    for each in playing.objects.filter(words__contains="still stand in the file").iterator():
        if found := SAID.search(each.words):
            each.left_out = float(found[1].replace(",", ""))
            each.save(update_fields=["left_out"])


class Migration(migrations.Migration):

    dependencies = [
        ('hard_media', '0030_firms_by_mistake'),
    ]

    operations = [
        migrations.AddField(
            model_name='playing',
            name='left_out',
            field=models.FloatField(default=0, verbose_name='seconds that are not played'),
        ),
        migrations.RunPython(from_words, migrations.RunPython.noop),
    ]
