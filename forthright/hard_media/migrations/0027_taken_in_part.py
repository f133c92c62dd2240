"""What was taken out in part, and what did not play, have receipts of their own."""

import django.db.models.deletion
from django.db import migrations, models

WHAT = [
    ("OPENED", "Opened"),
    ("WATCHED", "Played"),
    ("FETCHED", "All bytes were fetched while playing"),
    ("TAKEN_OUT", "Taken out"),
    ("TAKEN_PART", "Taken out in part"),
    ("NOT_PLAYED", "Did not play there"),
]


class Migration(migrations.Migration):
    dependencies = [("hard_media", "0026_closed_by_guesses")]

    operations = [
        migrations.AddField(
            model_name="goneout",
            name="receipt",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="hard_media.sharereceipt",
            ),
        ),
        migrations.AddField(
            model_name="sharereceipt",
            name="percent",
            field=models.PositiveSmallIntegerField(
                blank=True,
                null=True,
                verbose_name="how much of it was taken out, in whole parts of a hundred",
            ),
        ),
        migrations.AlterField(
            model_name="sharereceipt",
            name="what",
            field=models.CharField(choices=WHAT, max_length=10),
        ),
    ]
