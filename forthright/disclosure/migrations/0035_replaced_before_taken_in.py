"""Keep what the police replaced before it was taken in, and what came in its place."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0034_went_past_what_came"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="replaced_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="replaces",
                to="disclosure.delivery",
            ),
        ),
        migrations.AddField(
            model_name="delivery",
            name="forms_then",
            field=models.JSONField(default=list),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="state",
            field=models.CharField(
                choices=[
                    ("CHECKED", "Checked, not yet taken in"),
                    ("RECEIVED", "To be looked through"),
                    ("ADEQUATE", "Adequate"),
                    ("RETURNED", "Returned to the police"),
                    ("REPLACED", "Handed in anew by the police before it was taken in"),
                ],
                default="CHECKED",
                max_length=10,
            ),
        ),
    ]
